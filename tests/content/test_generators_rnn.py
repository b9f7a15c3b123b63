"""The numbers of the simple recurrent layer, worked out a second time by torch, NumPy and closed forms."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
import torch

from content.generators.registry import generator
from content.generators.rnn import GENERATORS

V = Mapping[str, Any]


def _sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def _unit(v: V) -> dict[str, Any]:
    a = v["w_x"] * v["x"] + v["w_h"] * v["h_prev"] + v["b"]
    return {
        "a": a,
        "h": math.tanh(a),
        "h_without_tanh": a,
        "h_without_bias": math.tanh(a - v["b"]),
        "h_without_past": math.tanh(v["w_x"] * v["x"] + v["b"]),
        "h_by_sigmoid": _sigmoid(a),
        "h_swapped": math.tanh(v["w_h"] * v["x"] + v["w_x"] * v["h_prev"] + v["b"]),
    }


def _two_units(v: V) -> dict[str, Any]:
    cell = torch.nn.RNNCell(2, 2, dtype=torch.float64)
    x, h = (torch.tensor([v[name]], dtype=torch.float64) for name in ("x", "h_prev"))

    def step(w_in: Any, w_back: Any) -> Any:
        with torch.no_grad():
            cell.weight_ih.copy_(torch.tensor(np.array(w_in)))
            cell.weight_hh.copy_(torch.tensor(np.array(w_back)))
            cell.bias_ih.copy_(torch.tensor(v["b"], dtype=torch.float64))
            cell.bias_hh.zero_()
            return cell(x, h)[0].tolist()

    right, at = step(v["w_in"], v["w_back"]), v["k"] - 1
    return {
        "h": pytest.approx(right),
        "h_k": right[at],
        "h_k_other": right[1 - at],
        "h_k_transposed": step(np.transpose(v["w_in"]), np.transpose(v["w_back"]))[at],
        "h_k_no_past": step(v["w_in"], np.zeros((2, 2)))[at],
        "a_k": math.atanh(right[at]),
    }


def _three_steps(v: V) -> dict[str, Any]:
    def states(inputs: list[float], squash: Callable[[float], float]) -> list[float]:
        found = [0.0]
        for x in inputs:
            found.append(squash(v["w_x"] * x + v["w_h"] * found[-1] + v["b"]))
        return found[1:]

    xs = [v["x1"], v["x2"], v["x3"]]
    h1, h2, h3 = states(xs, math.tanh)
    return {
        "h1": h1,
        "h2": h2,
        "h3": h3,
        "a2": v["w_x"] * v["x2"] + v["w_h"] * h1 + v["b"],
        "h3_linear": states(xs, float)[-1],
        "h3_reversed": states(xs[::-1], math.tanh)[-1],
        "h3_no_memory": math.tanh(v["w_x"] * v["x3"] + v["b"]),
        "h2_no_memory": math.tanh(v["w_x"] * v["x2"] + v["b"]),
    }


def _sizes(v: V) -> dict[str, Any]:
    layer, output = torch.nn.RNN(v["d"], v["h"]), torch.nn.Linear(v["h"], v["k"])
    both = sum(weights.numel() for weights in layer.parameters())
    last = sum(weights.numel() for weights in output.parameters())
    return {
        "layer_torch": both,
        "layer": both - v["h"],
        "output": last,
        "network": both - v["h"] + last,
        "unshared": v["steps"] * (both - v["h"]),
        "input_weights": layer.weight_ih_l0.numel(),
        "recurrent_weights": layer.weight_hh_l0.numel(),
        "layer_no_bias": both - 2 * v["h"],
        "layer_no_recurrence": both - v["h"] - layer.weight_hh_l0.numel(),
    }


def _feedback(v: V) -> dict[str, Any]:
    h1 = math.tanh(v["w_x"] * v["x1"] + v["b"])
    enters = v["w_x"] * v["x2"] + v["b"]
    h2 = math.tanh(enters + v["w_y"] * v["v"] * h1)
    return {
        "h1": h1,
        "y1": v["v"] * h1,
        "h2": h2,
        "y2": v["v"] * h2,
        "h2_state_fed": math.tanh(enters + v["w_y"] * h1),
        "y2_state_fed": v["v"] * math.tanh(enters + v["w_y"] * h1),
        "y2_no_memory": v["v"] * math.tanh(enters),
    }


def _parity(v: V) -> dict[str, Any]:
    bits = [v[f"x{t}"] for t in range(1, 6)]
    return {"ones": sum(bits), **{f"s{t}": sum(bits[:t]) % 2 for t in range(1, 6)}, "parity": sum(bits) % 2}


ORACLES: dict[str, Callable[[V], Mapping[str, Any]]] = {
    "rnn_unit": _unit,
    "rnn_two_units": _two_units,
    "rnn_three_steps": _three_steps,
    "rnn_read_out": lambda v: {
        "o": v["v"] * v["h"] + v["c"],
        "p": _sigmoid(v["v"] * v["h"] + v["c"]),
        "p_no_bias": _sigmoid(v["v"] * v["h"]),
    },
    "rnn_sizes": _sizes,
    "rnn_stacked": lambda v: {
        "entries": np.zeros((v["n_a"], v["n_a"] + v["n_x"])).size,
        "rows": v["n_a"],
        "columns": v["n_a"] + v["n_x"],
    },
    "linear_memory": lambda v: {
        "share": v["w"] ** v["steps"],
        "h": v["x1"] * v["w"] ** v["steps"],
        "percent": 100 * v["w"] ** v["steps"],
        "percent_lost": 100 * (1 - v["w"] ** v["steps"]),
        "share_lost": 1 - v["w"] ** v["steps"],
    },
    "parity_net": _parity,
    "finite_states": lambda v: {
        "states": len(range(1 << (v["units"] * v["bits"]))),
        "states_one": 1 << v["bits"],
    },
    "output_feedback": _feedback,
}


def test_each_has_its_oracle_or_is_the_table_of_letters() -> None:
    assert {made.name for made in GENERATORS} == {*ORACLES, "rnn_letters"}


@pytest.mark.parametrize("name", ORACLES)
def test_another_way_gives_the_same(name: str) -> None:
    for seed in range(50):
        values = generator(name).vary("some-item", seed)
        for key, expected in ORACLES[name](values).items():
            close = pytest.approx(expected, rel=1e-12, abs=1e-12) if isinstance(expected, float) else expected
            assert values[key] == close, (seed, key)


def test_the_letters_of_a_book_are_four_different_ones() -> None:
    for seed in range(12):
        values = generator("rnn_letters").vary("some-item", seed)
        assert len({values["symbol"], *(values[f"other{n}"] for n in (1, 2, 3))}) == 4


def test_two_letters_that_everybody_knows() -> None:
    found = {}
    for seed in range(12):
        values = generator("rnn_letters").vary("some-item", seed)
        found[values["book"], values["part"]] = values["symbol"]
    assert found[0, 2] == "W"
    assert found[1, 1] == "W_{ax}"
    assert found[2, 2] == "W_h"
