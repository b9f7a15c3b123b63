"""The numbers of bidirectional and deep networks, worked out a second time: torch's layers, and counting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import permutations

import pytest
import torch

from content.generators.deep import GENERATORS
from content.generators.registry import generator

V = Mapping[str, float]
SEEDS = range(25)


def _parameters(layer: torch.nn.Module, biases: int = 1) -> int:
    """torch counts two biases; with one, b_hh is left out."""
    named = layer.named_parameters()
    return sum(p.numel() for name, p in named if biases == 2 or not name.startswith("bias_hh"))


def _sizes(kind: type[torch.nn.RNNBase]) -> Callable[[V], dict[str, float]]:
    def found(v: V) -> dict[str, float]:
        d, h = int(v["d"]), int(v["h"])
        both = kind(d, h, bidirectional=True)
        return {
            "one": _parameters(kind(d, h)),
            "both": _parameters(both),
            "both_torch": _parameters(both, 2),
            "both_without_bias": _parameters(kind(d, h, bidirectional=True, bias=False)),
            "both_one_way": _parameters(kind(d, h)),
        }

    return found


def _simple(v: V) -> dict[str, float]:
    d, h = int(v["d"]), int(v["h"])
    outputs, _ = torch.nn.RNN(d, h, bidirectional=True)(torch.zeros(1, 1, d))
    return {
        **_sizes(torch.nn.RNN)(v),
        "width": outputs.numel(),
        "both_wider": _parameters(torch.nn.RNN(d, 2 * h)),
    }


def _readout(v: V) -> dict[str, float]:
    h, k = int(v["h"]), int(v["k"])
    return {
        "weights": _parameters(torch.nn.Linear(2 * h, k)),
        "weights_one_way": _parameters(torch.nn.Linear(h, k)),
        "weights_without_bias": _parameters(torch.nn.Linear(2 * h, k, bias=False)),
    }


def _filled(layer: torch.nn.RNN, values: Mapping[str, float]) -> torch.nn.RNN:
    with torch.no_grad():
        for name, parameter in layer.named_parameters():
            parameter.fill_(values.get(name.split("_l")[0] + "_l" + name.split("_l")[1][0], 0.0))
    return layer


def _both_states(v: V) -> dict[str, float]:
    layer = torch.nn.RNN(1, 1, bidirectional=True, bias=False, dtype=torch.float64)
    _filled(layer, {"weight_ih_l0": v["w_x"], "weight_hh_l0": v["w_h"]})
    x = torch.tensor([[v["x1"]], [v["x2"]], [v["x3"]]], dtype=torch.float64)
    states = layer(x)[0].detach().tolist()
    t = int(v["t"])
    return {
        **{f"f{n}": forward for n, (forward, _) in enumerate(states, 1)},
        **{f"b{n}": backward for n, (_, backward) in enumerate(states, 1)},
        "b": states[t - 1][1],
        "b_forward": states[t - 1][0],
        "b_turned": states[3 - t][1],
        "xt": x[t - 1].item(),
    }


def _stack_sizes(v: V) -> dict[str, float]:
    d, h, layers = (int(v[name]) for name in ("d", "h", "layers"))
    stack = torch.nn.RNN(d, h, num_layers=layers)
    return {
        "all": _parameters(stack),
        "all_torch": _parameters(stack, 2),
        "first": _parameters(torch.nn.RNN(d, h)),
        "each_next": _parameters(torch.nn.RNN(h, h)),
    }


def _stack_states(v: V) -> dict[str, float]:
    layer = torch.nn.RNN(1, 1, num_layers=2, bias=False, dtype=torch.float64)
    names = ("weight_ih_l0", "weight_hh_l0", "weight_ih_l1", "weight_hh_l1")
    _filled(layer, dict(zip(names, (v[n] for n in ("w_1x", "w_1h", "w_2x", "w_2h")), strict=True)))
    x = torch.tensor([[v["x1"]], [v["x2"]]], dtype=torch.float64)
    outputs, last = layer(x)
    return {"top1": outputs[0].item(), "top2": outputs[1].item(), "low2": last[0].item()}


def _ways(v: V) -> dict[str, float]:
    """Every monotone way has as many states as it has moves, and one more."""
    layers, steps = min(3, int(v["layers"])), min(4, int(v["steps"]))
    moves = {len(way) + 1 for way in permutations("u" * (layers - 1) + "r" * (steps - 1))}
    assert moves == {layers + steps - 1}
    return {"longest": v["layers"] + v["steps"] - 1, "states": v["layers"] * v["steps"]}


ORACLES: Mapping[str, Callable[[V], Mapping[str, float]]] = {
    "both_ways_sizes": _simple,
    "both_ways_lstm": _sizes(torch.nn.LSTM),
    "both_ways_readout": _readout,
    "both_ways_states": _both_states,
    "waiting": lambda v: {"wait": (v["n"] - v["t"]) * v["ms"], "wait_heard": v["t"] * v["ms"]},
    "stacked_sizes": _stack_sizes,
    "stacked_states": _stack_states,
    "grid_of_states": _ways,
}


def test_every_generator_has_an_oracle() -> None:
    assert {made.name for made in GENERATORS} == set(ORACLES)


@pytest.mark.parametrize("name", ORACLES)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in SEEDS:
        values = generator(name).vary("an-item", seed)
        numbers = {key: value for key, value in values.items() if not isinstance(value, str)}
        for key, expected in ORACLES[name](numbers).items():
            assert values[key] == pytest.approx(expected, rel=1e-12, abs=1e-12), (seed, key)
