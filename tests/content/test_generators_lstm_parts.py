"""The parts of the LSTM: numbers against torch and autograd, tables against equations that are run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
import torch

from content.generators import lstm_parts, lstm_tables
from content.generators.registry import generator

V = Mapping[str, Any]
TABLES = {"lstm_line": "equation", "lstm_place": "name", "lstm_job": "gate", "lstm_shape": "shape"}


def _three(v: V) -> dict[str, Any]:
    f, c, a = (torch.tensor([v[f"{letter}{n}"] for n in (1, 2, 3)], dtype=torch.float64) for letter in "fca")
    at = v["k"] - 1
    return {
        "kept_k": (f * c)[at].item(),
        "new_k": torch.addcmul(a, f, c)[at].item(),
        "new_k_no_gate": (c + a)[at].item(),
        "new_k_next": torch.roll(torch.addcmul(a, f, c), -1)[at].item(),
        "fk": f[at].item(),
        "ck": c[at].item(),
    }


def _output(v: V) -> dict[str, Any]:
    o, c = (np.array([v[f"{letter}{n}"] for n in (1, 2, 3)]) for letter in "oc")
    at = v["k"] - 1
    return {
        "h_k": float((o * np.tanh(c))[at]),
        "h_k_no_tanh": float((o * c)[at]),
        "h_k_late": float(np.tanh(o * c)[at]),
        "h_k_next": float(np.roll(o * np.tanh(c), -1)[at]),
    }


def _side_path(v: V) -> dict[str, Any]:
    """Autograd through two steps of one unit: C_{t-1} shows itself by h_{t-1} in the forget gate."""
    c = torch.tensor(float(v["c_prev"]), dtype=torch.float64, requires_grad=True)
    h = v["o_prev"] * torch.tanh(c)
    at_gate = float(np.log(v["f"] / (1 - v["f"])))
    gate = torch.sigmoid(at_gate + v["w"] * (h - h.detach()))
    (slope,) = torch.autograd.grad(gate * c, c)
    return {"full": slope.item(), "direct": v["f"], "side": slope.item() - v["f"]}


ORACLES: dict[str, Callable[[V], Mapping[str, Any]]] = {
    "three_units": _three,
    "output_three": _output,
    "lstm_side_path": _side_path,
    "least_memory": lambda v: {"least": 0.5 * float(np.log((1 + v["h"]) / (1 - v["h"])))},
}


def test_each_is_looked_at() -> None:
    assert {made.name for made in (*lstm_parts.GENERATORS, *lstm_tables.GENERATORS)} == {
        *ORACLES,
        *TABLES,
        "gate_pattern",
        "impossible_entry",
    }


@pytest.mark.parametrize("name", ORACLES)
def test_another_way_gives_the_same(name: str) -> None:
    for seed in range(50):
        values = generator(name).vary("some-item", seed)
        for key, expected in ORACLES[name](values).items():
            assert values[key] == pytest.approx(expected, rel=1e-9, abs=1e-12), (seed, key)


@pytest.mark.parametrize("name", TABLES)
def test_the_others_of_a_table_are_never_the_right_one(name: str) -> None:
    for seed in range(50):
        values = generator(name).vary("some-item", seed)
        texts = [values[TABLES[name]], *(values[f"other{n}"] for n in (1, 2, 3))]
        assert len(set(texts)) == 4, texts


def test_the_shapes_are_torchs() -> None:
    for seed in range(50):
        v = generator("lstm_shape").vary("some-item", seed)
        cell = torch.nn.LSTMCell(v["d"], v["h"])
        columns = cell.weight_hh.shape[1] + cell.weight_ih.shape[1]
        shapes = {
            "$[h_{t-1},x_t]$": f"{columns} numbers",
            "$W_f$": rf"${cell.weight_hh.shape[0] // 4} \times {columns}$",
            "$b_o$": f"{len(cell.bias_ih) // 4} numbers",
            "$C_t$": f"{cell.hidden_size} numbers",
            "$i_t$": f"{cell.hidden_size} numbers",
        }
        assert v["shape"] == shapes[v["object"].split()[-1]]


def test_what_gates_of_zero_and_one_do() -> None:
    for seed in range(50):
        v = generator("gate_pattern").vary("some-item", seed)
        wanted = {"keeps": v["c_prev"], "overwrites": v["g"], "adds": v["c_prev"] + v["g"], "clears": 0}
        assert v["c"] == pytest.approx(wanted[v["reading"].split()[1]])


def test_only_one_entry_is_impossible() -> None:
    for seed in range(50):
        v = generator("impossible_entry").vary("some-item", seed)
        with np.errstate(divide="ignore"):
            gates = np.array(v["h"]) / np.tanh(v["c"])
        possible = (gates > 0) & (gates < 1)
        assert list(np.flatnonzero(~possible) + 1) == [v["bad"]]
        assert v["gates"] == pytest.approx(gates[possible])


def _run(equation: str, numbers: Mapping[str, float]) -> float:
    """A line of the cell as NumPy: the six letters that may stand in it, in the usual notation."""
    v = np.array([numbers["h_old"], numbers["x"]])
    weights = {gate: np.array([numbers[f"h_{gate}"], numbers[f"x_{gate}"]]) for gate in "fiCo"}
    for gate, row in weights.items():
        layer = row @ v + numbers[f"b_{gate}"]
        for squash, value in ((r"\sigma", 1 / (1 + np.exp(-layer))), (r"\tanh", np.tanh(layer))):
            if equation == rf"{squash}\left(W_{gate} [h_{{t-1}},x_t]+b_{gate}\right)":
                return float(value)
    raise AssertionError(equation)


def test_the_layers_of_the_table_are_torchs_gates() -> None:
    rng = np.random.default_rng(3)
    names = ["h_old", "x", *(f"{part}_{gate}" for part in ("h", "x", "b") for gate in "fiCo")]
    numbers = dict(zip(names, rng.normal(size=len(names)), strict=True))
    cell = torch.nn.LSTMCell(1, 1, dtype=torch.float64)
    with torch.no_grad():
        cell.weight_hh.copy_(torch.tensor([[numbers[f"h_{gate}"]] for gate in "ifCo"]))
        cell.weight_ih.copy_(torch.tensor([[numbers[f"x_{gate}"]] for gate in "ifCo"]))
        cell.bias_ih.copy_(torch.tensor([numbers[f"b_{gate}"] for gate in "ifCo"]))
        cell.bias_hh.zero_()
        one = torch.ones(1, 1, dtype=torch.float64)
        h, c = cell(numbers["x"] * one, (numbers["h_old"] * one, 0.7 * one))
    lines = {}
    for seed in range(50):
        values = generator("lstm_line").vary("some-item", seed)
        if values["notation"] == 0:
            lines[values["part_name"]] = values["equation"]
    f, i, g, o = (
        _run(lines[part], numbers) for part in ("forget gate", "input gate", "candidate", "output gate")
    )
    assert f * 0.7 + i * g == pytest.approx(c.item(), rel=1e-6)
    assert o * np.tanh(c.item()) == pytest.approx(h.item(), rel=1e-6)
    assert lines["new cell state"] == r"f_t \odot C_{t-1} + i_t \odot \tilde C_t"
    assert lines["new hidden state"] == r"o_t \odot \tanh(C_t)"
