"""The numbers of the training unit, worked out a second time: by torch's autograd, and by counting."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import pytest
import torch

from content.generators.registry import generator
from content.generators.training import GENERATORS

V = Mapping[str, float]
SEEDS = range(25)


def _number(value: float) -> torch.Tensor:
    return torch.tensor(float(value), dtype=torch.float64, requires_grad=True)


def _softmax(v: V) -> dict[str, float]:
    z = torch.tensor([v["z1"], v["z2"], v["z3"]], dtype=torch.float64, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(z, torch.tensor(int(v["k"]) - 1))
    (slope,) = torch.autograd.grad(loss, z)
    share = torch.softmax(z.detach(), 0)
    return {
        "loss": loss.item(),
        "slope": slope[int(v["j"]) - 1].item(),
        "slope_turned": -slope[int(v["j"]) - 1].item(),
        "p1": share[0].item(),
        "p3": share[2].item(),
        "yj": float(v["j"] == v["k"]),
        "slope_other": share[int(v["j"]) - 1].item() - (v["j"] != v["k"]),
    }


def _binary(v: V) -> dict[str, float]:
    yhat, y = (torch.tensor([float(v[name])], dtype=torch.float64) for name in ("yhat", "y"))
    entropy = torch.nn.functional.binary_cross_entropy
    loss = entropy(yhat, y).item()
    return {
        "loss": loss,
        "loss_other_label": entropy(yhat, 1 - y).item(),
        "loss_log10": loss / math.log(10),
        "loss_linear": abs(v["y"] - v["yhat"]),
    }


def _one_step(v: V) -> dict[str, float]:
    w, out = _number(v["w"]), _number(v["v"])
    hidden = torch.tanh(w * v["x"])
    error = out * hidden - v["y"]
    by_w, by_v = torch.autograd.grad(0.5 * error**2, [w, out])
    return {
        "hidden": hidden.item(),
        "error": error.item(),
        "slope": by_w.item(),
        "slope_of_v": by_v.item(),
        "slope_without_bend": by_w.item() / (1 - hidden.item() ** 2),
        "slope_without_input": by_w.item() / v["x"],
        "slope_turned": -by_w.item(),
    }


def _three(v: V) -> dict[str, float]:
    """Every use of a weight is a weight of its own, so that autograd gives the shares apart."""
    w_i, w_h = ([_number(v[name]) for _ in range(3)] for name in ("w_i", "w_h"))
    w_o, h, z = _number(v["w_o"]), [_number(0.0)], []
    for t in range(3):
        z.append(w_i[t] * v[f"x{t + 1}"] + w_h[t] * h[-1])
        h.append(torch.tanh(z[-1]))
    loss = 0.5 * (w_o * h[-1] - v["y"]) ** 2
    inputs, loops, da = (torch.autograd.grad(loss, each, retain_graph=True) for each in (w_i, w_h, z))
    by_o, by_h3 = torch.autograd.grad(loss, [w_o, h[-1]])
    return {
        **{f"i{t}": share.item() for t, share in enumerate(inputs, 1)},
        **{f"da{t}": share.item() for t, share in enumerate(da, 1)},
        **{f"h_share{t}": loops[t - 1].item() for t in (2, 3)},
        **{f"h{t}": h[t].item() for t in (1, 2, 3)},
        "grad_i": sum(inputs).item(),
        "grad_h": sum(loops).item(),
        "grad_o": by_o.item(),
        "grad_i_misprint": (inputs[0] + inputs[2]).item(),
        "grad_i_middle": inputs[1].item(),
        "grad_i_last": inputs[2].item(),
        "grad_h_last": loops[2].item(),
        "grad_h_of_state": by_h3.item(),
    }


def _update(v: V) -> dict[str, float]:
    w = _number(v["w"])
    descent = torch.optim.SGD([w], lr=v["eta"])
    w.grad = torch.tensor(v["g"], dtype=torch.float64)
    descent.step()
    return {"w_new": w.item(), "w_new_up": 2 * v["w"] - w.item(), "w_new_gradient": w.item() - v["w"]}


def _work(v: V) -> dict[str, float]:
    """Of torch's own layer: one multiplication for each weight and step, and what it hands back."""
    d, h, n = (int(v[name]) for name in "dhn")
    layer = torch.nn.RNN(d, h, bias=False)
    weights = sum(p.numel() for p in layer.parameters())
    states, _ = layer(torch.zeros(n, 1, d))
    return {"per_step": weights, "products": n * weights, "kept": states.numel(), "kept_one_state": h}


def _chained(v: V) -> dict[str, float]:
    """dh_n/dh_j of h_t = bend w h_{t-1}, by autograd."""
    first = h = _number(1.0)
    for _ in range(int(v["j"]), int(v["n"])):
        h = v["bend"] * v["w"] * h
    (slope,) = torch.autograd.grad(h, first)
    one_more = slope.item() * v["bend"] * v["w"]
    return {"product": slope.item(), "product_one_more": one_more, "count": v["n"] - v["j"]}


def _steps(v: V) -> dict[str, float]:
    losses = [math.log(1 / v[name]) for name in ("p1", "p2", "p3")]
    return {
        "total": math.fsum(losses),
        "mean": math.fsum(losses) / 3,
        "total_last": losses[2],
        "total_log10": math.fsum(losses) / math.log(10),
        "product": math.exp(-math.fsum(losses)),
    }


def _coins(v: V) -> dict[str, float]:
    return {"truth": v["steps"] * v["percent"] / 100, "own": v["steps"] * (100 - v["percent"]) / 100}


ORACLES: Mapping[str, Callable[[V], Mapping[str, float]]] = {
    "step_loss": lambda v: {
        "loss": math.log(1 / v["p"]),
        "loss_of_rest": math.log(1 / (1 - v["p"])),
        "loss_log2": math.log2(1 / v["p"]),
    },
    "sequence_loss": _steps,
    "binary_loss": _binary,
    "softmax_slope": _softmax,
    "weight_step": _update,
    "chain_one_step": _one_step,
    "bptt_three": _three,
    "step_product": _chained,
    "bptt_work": _work,
    "longer_sequence": lambda v: {
        "ms_new": v["ms"] * v["longer"] / v["n"],
        "ms_new_square": v["ms"] * (v["longer"] / v["n"]) ** 2,
    },
    "mixed_feeding": _coins,
}


def test_every_generator_is_held_against_something() -> None:
    assert {made.name for made in GENERATORS} == {*ORACLES, "fed_word"}


@pytest.mark.parametrize("name", ORACLES)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in SEEDS:
        values = generator(name).vary("an-item", seed)
        numbers = {key: value for key, value in values.items() if not isinstance(value, str)}
        for key, expected in ORACLES[name](numbers).items():
            assert values[key] == pytest.approx(expected, rel=1e-9, abs=1e-12), (seed, key)


def test_the_word_that_is_fed_stands_one_place_before() -> None:
    for seed in SEEDS:
        v = generator("fed_word").vary("an-item", seed)
        true = [v[f"true{t}"] for t in (1, 2, 3, 4)]
        own = [v[f"own{t}"] for t in (1, 2, 3, 4)]
        assert true.index(v["next_true"]) == true.index(v["fed"]) + 1 == v["t"] - 1
        assert own.index(v["next_own"]) == own.index(v["fed_own"]) + 1
        assert not set(true) & set(own)
