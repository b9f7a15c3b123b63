"""The GRU's numbers, found again by torch.nn (where it uses the same order) and by plain NumPy."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch

from content.generators import gru, gru_wording
from content.generators.registry import generator

V = Mapping[str, Any]
NAMES = [made.name for made in (*gru.GENERATORS, *gru_wording.GENERATORS)]


def _sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def _gate(v: V) -> dict[str, Any]:
    a = v["w_h"] * v["h"] + v["w_x"] * v["x"] + v["b"]
    return {
        "a": a,
        "gate": _sigmoid(a),
        "mirror": 1 - _sigmoid(a),
        "gate_by_tanh": np.tanh(a),
        "gate_without_bias": _sigmoid(a - v["b"]),
        "gate_without_sigmoid": a,
    }


def _candidate(v: V) -> dict[str, Any]:
    row, bias = np.array([v["w_h"], v["w_x"]]), v["b"]
    stacked = np.array([v["r"] * v["h"], v["x"]])
    a = row @ stacked + bias
    whole = row @ [v["h"], v["x"]] + bias
    return {
        "rh": stacked[0],
        "a": a,
        "n": np.tanh(a),
        "n_without_reset": np.tanh(whole),
        "n_without_reset_by_sigmoid": (1 + np.tanh(whole / 2)) / 2,
        "n_without_reset_sum": whole,
        "n_by_sigmoid": (1 + np.tanh(a / 2)) / 2,
        "n_without_tanh": a,
        "n_reset_input": np.tanh(v["r"] * (row @ [v["h"], v["x"]]) + bias),
    }


def _reset_order(v: V) -> dict[str, Any]:
    """PyTorch's cell resets after the product; the other order is NumPy's."""
    h, r = (np.array([v[f"{letter}1"], v[f"{letter}2"]]) for letter in "hr")
    first = np.array([v["w1"], v["w2"]])
    cell = torch.nn.GRUCell(1, 2, dtype=torch.float64)
    with torch.no_grad():
        for weights in cell.parameters():
            weights.zero_()
        cell.weight_hh[4] = torch.tensor(first)
        cell.bias_ih[:2] = torch.tensor(np.log(r / (1 - r)))
        cell.bias_ih[2:4] = -60.0  # z = 0: the state becomes the candidate
        after = cell(torch.zeros(1, 1, dtype=torch.float64), torch.tensor(h)[None])[0, 0].item()
    return {
        "before": first @ (r * h),
        "after": math.atanh(after),
        "n_before": np.tanh(first @ (r * h)),
        "n_after": after,
        "before_first_gate": r[0] * (first @ h),
    }


def _update(v: V) -> dict[str, Any]:
    z, n, h = (Fraction(str(v[name])) for name in ("z", "n", "h_prev"))
    found = {
        "taken": h + z * (n - h),
        "kept": n + z * (h - n),
        "old_a": h - z * h,
        "new_a": z * n,
        "old_b": z * h,
        "new_b": n - z * n,
        "rest": 1 - z,
        "taken_plus": h + z * h + z * n,
        "only_added": h + z * n,
    }
    near = "mostly the new candidate" if 2 * z > 1 else "mostly the old state"
    other = "mostly the old state" if 2 * z > 1 else "mostly the new candidate"
    return {**{name: float(value) for name, value in found.items()}, "lean_a": near, "lean_b": other}


def _percent(v: V) -> dict[str, Any]:
    z = Fraction(str(v["z"]))
    return {"percent_a": int(100 - 100 * z), "percent_b": int(100 * z)}


def _whole_step(v: V) -> dict[str, Any]:
    x, h = v["x"], v["h_prev"]
    a_z, a_r = (v[f"w_{gate}h"] * h + v[f"w_{gate}x"] * x + v[f"b_{gate}"] for gate in "zr")
    r = _sigmoid(a_r)
    a_n = v["w_nh"] * (r * h) + v["w_nx"] * x + v["b_n"]
    z, n = _sigmoid(a_z), math.tanh(a_n)
    return {
        "a_z": a_z,
        "a_r": a_r,
        "a_n": a_n,
        "z": z,
        "r": r,
        "rh": r * h,
        "n": n,
        "rest": 1 - z,
        "h_a": h + z * (n - h),
        "h_b": _torch_step(v),
        "h_without_reset": h + z * (math.tanh(v["w_nh"] * h + v["w_nx"] * x + v["b_n"]) - h),
    }


def _torch_step(v: V) -> float:
    """One unit without a bias inside the reset: there both orders agree, so torch.nn.GRUCell will do."""
    cell = torch.nn.GRUCell(1, 1, dtype=torch.float64)
    with torch.no_grad():
        for k, gate in enumerate("rzn"):
            cell.weight_hh[k, 0], cell.weight_ih[k, 0] = v[f"w_{gate}h"], v[f"w_{gate}x"]
            cell.bias_ih[k], cell.bias_hh[k] = v[f"b_{gate}"], 0.0
        start = torch.tensor([[v["h_prev"]]], dtype=torch.float64)
        return cell(torch.tensor([[v["x"]]], dtype=torch.float64), start).item()


def _hold(v: V) -> dict[str, Any]:
    z, steps = Fraction(str(v["z"])), v["steps"]
    return {
        "share": float(z**steps),
        "percent": float(100 * z**steps),
        "h_end": float(v["h_start"] * z**steps),
        "percent_a": float(100 * (1 - z) ** steps),
        "percent_linear": float(max(Fraction(0), 100 - 100 * steps * (1 - z))),
    }


def _sizes(v: V) -> dict[str, Any]:
    d, h = v["d"], v["h"]
    gru_torch, lstm_torch = (
        sum(each.numel() for each in made(d, h).parameters()) for made in (torch.nn.GRU, torch.nn.LSTM)
    )
    one, four = gru_torch - 3 * h, lstm_torch - 4 * h
    unbiased = sum(each.numel() for each in torch.nn.GRU(d, h, bias=False).parameters())
    return {
        "stacked": d + h,
        "per_block": one / 3,
        "count": one,
        "count_torch": gru_torch,
        "lstm": four,
        "lstm_torch": lstm_torch,
        "saved": four - one,
        "count_two_blocks": 2 * one / 3,
        "count_without_bias": unbiased,
        "count_input_only": one - 3 * h * h,
    }


def _shape(v: V) -> dict[str, Any]:
    matrix = np.zeros((v["h"], v["d"] + v["h"]))
    return {
        "rows": matrix.shape[0],
        "columns": matrix.shape[1],
        "entries": matrix.size,
        "row_form": rf"{matrix.T.shape[0]}\times {matrix.T.shape[1]}",
        "columns_product": v["d"] * v["h"],
        "entries_state_only": v["h"] ** 2,
    }


def _mix(v: V) -> dict[str, Any]:
    h, n = (np.array([v[f"{letter}{k}"] for k in (1, 2, 3, 4)]) for letter in "hn")
    at = v["k"] - 1
    return {
        "hk": h[at],
        "nk": n[at],
        "rest": 1 - v["z"],
        "mixed": (h + v["z"] * (n - h))[at],
        "mixed_b": (n + v["z"] * (h - n))[at],
        "product": (h * n)[at],
        "total": (h + n)[at],
    }


def _impossible(v: V) -> dict[str, Any]:
    r = Fraction(str(v["m"])) / Fraction(str(v["h"]))
    assert r > 1
    return {"r": float(r), "r_upside_down": float(1 / r), "product": v["h"] * v["m"]}


def _role(v: V) -> dict[str, Any]:
    parts = {v["part"], v["wrong_one"], v["wrong_two"], v["wrong_three"]}
    assert parts == {"the update gate", "the reset gate", "the candidate state", "the new hidden state"}
    return {}


def _notation(v: V) -> dict[str, Any]:
    assert len({v["here"], v["wrong_one"], v["wrong_two"]}) == len("abc")
    return {}


def _compared(v: V) -> dict[str, Any]:
    of_lstm = ("three gates", "a cell state", "four blocks", "output gate", "$4(")
    of_both = ("candidate", "all time steps", "vanishing")
    if any(mark in v["sentence"] for mark in of_both):
        return {"cell": "both", "other": "the LSTM", "third": "the GRU"}
    cells = ["the GRU", "the LSTM"]
    is_lstm = any(mark in v["sentence"] for mark in of_lstm)
    return {"cell": cells[is_lstm], "other": cells[not is_lstm], "third": "both"}


def _source(v: V) -> dict[str, Any]:
    takes = any(name in v["source"] for name in ("Chung", "Moodle", "Ng's"))
    line = r"$h_t=(1-z_t)\odot h_{t-1}+z_t\odot\tilde h_t$"
    return {
        "meaning": "take the new candidate" if takes else "keep the old state",
        ("line" if takes else "wrong_line"): line,
    }


ORACLES: dict[str, Callable[[V], Mapping[str, Any]]] = {
    "gru_gate": _gate,
    "gru_candidate": _candidate,
    "gru_reset_order": _reset_order,
    "gru_update": _update,
    "gru_percent": _percent,
    "gru_whole_step": _whole_step,
    "gru_hold": _hold,
    "gru_sizes": _sizes,
    "gru_shape": _shape,
    "gru_mix": _mix,
    "gru_impossible": _impossible,
    "gru_role": _role,
    "gru_notation": _notation,
    "gru_or_lstm": _compared,
    "gru_source": _source,
}


def test_each_generator_here_has_its_oracle() -> None:
    assert list(ORACLES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in range(50):
        values = generator(name).vary("some-item", seed)
        for key, expected in ORACLES[name](values).items():
            if isinstance(expected, str):
                assert values[key] == expected, (seed, key)
            else:
                assert values[key] == pytest.approx(expected, rel=1e-9, abs=1e-12), (seed, key)


def test_every_number_has_been_found_a_second_time() -> None:
    for name in NAMES:
        values = generator(name).vary("some-item", 0)
        numbers = {key for key, value in values.items() if not isinstance(value, str)}
        assert numbers - set(generator(name).inputs) <= set(ORACLES[name](values)), name
