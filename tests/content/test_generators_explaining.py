"""Explanations, worked out a second time: by autograd, by the sum over coalitions, by solving equations."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
import pytest
import torch

from content.generators import named_explanations
from content.generators.explaining import GENERATORS
from content.generators.registry import generator

V = Mapping[str, float]
SEEDS = range(25)
TABLES = ("xai_method", "xai_reason", "xai_scope", "white_or_black")


def _linear(v: V) -> dict[str, float]:
    x = torch.tensor([v["x1"], v["x2"]], dtype=torch.float64, requires_grad=True)
    y = x @ torch.tensor([v["w1"], v["w2"]], dtype=x.dtype) + v["b"]
    y.backward()
    assert x.grad is not None
    parts = (x.grad * x.detach()).tolist()
    return {"part1": parts[0], "part2": parts[1], "y": y.item()}


def _three(v: V) -> dict[str, float]:
    def share(i: str, j: str, k: str) -> float:
        def worth(players: str) -> float:
            return v["v" + ("".join(sorted(players)) or "0")]

        ends = worth(i) - worth("") + worth(i + j + k) - worth(j + k)
        middles = worth(i + j) - worth(j) + worth(i + k) - worth(k)
        return ends / 3 + middles / 6

    return {"phi1": share("1", "2", "3"), "phi2": share("2", "1", "3"), "phi3": share("3", "1", "2")}


def _weight(v: V) -> dict[str, float]:
    """One over the number of players, shared among the coalitions of this size."""
    n, size = int(v["n"]), int(v["size"])
    weights = [1 / (n * math.comb(n - 1, k)) for k in range(n)]
    assert sum(math.comb(n - 1, k) * weight for k, weight in enumerate(weights)) == pytest.approx(1)
    return {"weight": weights[size], "coalitions": sum(math.comb(n - 1, k) for k in range(n))}


def _switch(v: V) -> dict[str, float]:
    table = np.array([[1, 0], [1, 0], [1, 1], [1, 1]], float)
    y, w = (np.array([v[f"{letter}{k}"] for k in (1, 2, 3, 4)]) for letter in "yw")
    off, slope = np.linalg.solve(table.T @ np.diag(w) @ table, table.T @ (w * y))
    return {"off": off, "slope": slope, "on": off + slope}


def _saliency(v: V) -> dict[str, float]:
    x1 = torch.tensor(v["x1"], dtype=torch.float64, requires_grad=True)
    y = torch.sigmoid(v["w1"] * x1 + v["w2"] * v["x2"] + v["b"])
    y.backward()
    assert x1.grad is not None
    slope = x1.grad.item()
    return {
        "y": y.item(),
        "slope1": slope,
        "size1": abs(slope),
        "slope1_times_input": slope * v["x1"],
    }


def _path(v: V) -> dict[str, float]:
    """Many small parts of the way, with autograd."""
    end = torch.tensor([v["x1"], v["x2"]], dtype=torch.float64)
    shares = (torch.arange(400, dtype=torch.float64) + 0.5) / 400
    x = (shares[:, None] * end).requires_grad_()
    (v["a"] * x[:, 0] ** 2 + v["b"] * x[:, 0] * x[:, 1]).sum().backward()
    assert x.grad is not None
    ig1, ig2 = (x.grad.mean(dim=0) * end).tolist()
    assert ig1 + ig2 == pytest.approx(v["y"])
    return {"ig1": ig1, "ig2": ig2, "gradient1": 2 * v["a"] * v["x1"] + v["b"] * v["x2"]}


def _grad_cam(v: V) -> dict[str, float]:
    slopes = torch.tensor([[v[f"{letter}{k}"] for k in (1, 2, 3, 4)] for letter in "st"]) / 10.0
    alpha = slopes.double().mean(dim=1)
    heat = torch.relu(alpha @ torch.tensor([v["p"], v["q"]], dtype=torch.float64)).item()
    return {"alpha1": alpha[0].item(), "alpha2": alpha[1].item(), "heat": heat}


def _counterfactual(v: V) -> dict[str, float]:
    """The score at the new place is nothing."""
    assert v["w1"] * v["new_x1"] + v["w2"] * v["x2"] + v["b"] == pytest.approx(0, abs=1e-9)
    return {
        "score": np.dot([v["w1"], v["w2"], v["b"]], [v["x1"], v["x2"], 1]),
        "change": v["new_x1"] - v["x1"],
    }


def _leave_out(v: V) -> dict[str, float]:
    weights = torch.tensor([v["a1"], v["a2"], v["a3"]], dtype=torch.float64)
    values = torch.tensor([v["v1"], v["v2"], v["v3"]], dtype=torch.float64)
    logits = weights.log()
    logits[0] = -math.inf
    before, after = (weights @ values).item(), (logits.softmax(0) @ values).item()
    return {"context": before, "without": after, "change": after - before}


ORACLES: dict[str, Callable[[V], Mapping[str, float]]] = {
    "contributions": _linear,
    "shapley_two": lambda v: {
        "phi1": (v["v1"] - v["v0"] + v["v12"] - v["v2"]) / 2,
        "phi2": (v["v2"] - v["v0"] + v["v12"] - v["v1"]) / 2,
        "sum": v["phi1"] + v["phi2"],
    },
    "shapley_three": _three,
    "shapley_missing": lambda v: {
        "phi3": v["prediction"] - sum(v[name] for name in ("base", "phi1", "phi2"))
    },
    "shapley_weight": _weight,
    "lime_weight": lambda v: {
        "weight": math.exp(-1) ** ((v["d"] / v["sigma"]) ** 2),
        "weight_turned": 1 - math.exp(-1) ** ((v["d"] / v["sigma"]) ** 2),
    },
    "lime_switch": _switch,
    "saliency_unit": _saliency,
    "path_slopes": _path,
    "grad_cam": _grad_cam,
    "permutation": lambda v: {
        "shuffled": np.mean([v["s1"], v["s2"], v["s3"]]),
        "drop": np.mean([v["before"] - v[name] for name in ("s1", "s2", "s3")]),
    },
    "counterfactual": _counterfactual,
    "partial_dependence": lambda v: {
        "mean": v["x"] * (v["a"] + v["b"] * np.mean([v["u1"], v["u2"], v["u3"]])),
        "y2": v["x"] * (v["a"] + v["b"] * v["u2"]),
    },
    "attention_twin": lambda v: {
        "context": np.dot([v["a1"], v["a2"], v["a3"]], [v["v1"], v["v1"], v["v2"]]),
        "context_moved": v["context"],
    },
    "leave_out": _leave_out,
}


def test_each_generator_has_an_oracle_or_is_a_table() -> None:
    assert {made.name for made in GENERATORS} == set(ORACLES)
    assert {made.name for made in named_explanations.GENERATORS} == set(TABLES)


@pytest.mark.parametrize("name", ORACLES)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in SEEDS:
        values = generator(name).vary("some-item", seed)
        numbers = {key: value for key, value in values.items() if not isinstance(value, str)}
        for key, expected in ORACLES[name](numbers).items():
            assert values[key] == pytest.approx(expected, rel=1e-6, abs=1e-7), (seed, key)
