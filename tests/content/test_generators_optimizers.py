"""Optimizers, worked out a second time by torch.optim, its schedulers and its clipping."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import torch

from content.generators import named_optimizers
from content.generators.optimizers import GENERATORS
from content.generators.registry import generator

V = Mapping[str, float]
SEEDS = range(20)
TABLES = ("optimizer_name", "schedule_name")


def _after(
    make: Callable[[list[Any]], Any], theta: float, slopes: list[float | Callable[[float], float]]
) -> list[float]:
    """θ before and after each step of one of torch's optimisers."""
    parameter = torch.tensor(theta, dtype=torch.float64, requires_grad=True)
    optimiser, places = make([parameter]), [theta]
    for slope in slopes:
        g = slope(parameter.item()) if callable(slope) else slope
        parameter.grad = torch.tensor(g, dtype=torch.float64)
        optimiser.step()
        places.append(parameter.item())
    return places


def _sgd(v: V, momentum: float = 0.0, nesterov: bool = False) -> Callable[[list[Any]], Any]:
    return lambda p: torch.optim.SGD(p, lr=v["eta"], momentum=momentum, nesterov=nesterov)


def _step(v: V) -> dict[str, float]:
    new = _after(_sgd(v), v["theta"], [v["g"]])[-1]
    return {"new": new, "new_uphill": 2 * v["theta"] - new, "new_only_step": v["theta"] - new}


def _bowl(v: V) -> dict[str, float]:
    path = _after(_sgd(v), v["start"], [lambda theta: v["a"] * theta] * int(v["steps"]))
    return {"value": path[-1], "value_one_step": path[1], "factor": path[1] / path[0]}


def _batches(v: V) -> dict[str, float]:
    loader = torch.arange(int(v["examples"])).split(int(v["batch"]))
    return {
        "per_epoch": len(loader),
        "last": len(loader[-1]),
        "total": v["epochs"] * len(loader),
        "total_stochastic": v["epochs"] * v["examples"],
    }


def _momentum(v: V) -> dict[str, float]:
    """A first step that leaves m, and then the one that is asked for."""
    first = -v["m"] / v["eta"]
    path = _after(_sgd(v, v["beta"]), v["theta"] - v["m"], [first, v["g"]])
    return {"theta_new": path[2], "m_new": path[2] - path[1], "theta_new_old_step": v["theta"] + v["m"]}


def _steady(v: V) -> dict[str, float]:
    path = _after(_sgd(v, v["beta"]), 0.0, [v["g"]] * int(v["steps"]))
    far = _after(_sgd(v, v["beta"]), 0.0, [v["g"]] * 400)
    return {
        "step": path[-2] - path[-1],
        "limit": far[-2] - far[-1],
        "speedup": (far[-2] - far[-1]) / (v["eta"] * v["g"]),
        "step_plain": -path[1],
    }


def _nesterov(v: V) -> dict[str, float]:
    """Torch's parameter is the point ahead: one step that leaves m there, then the one asked for."""
    ahead = v["theta"] + v["beta"] * v["m"]
    first = -v["m"] / v["eta"]
    start = ahead + v["eta"] * first * (1 + v["beta"])
    path = _after(_sgd(v, v["beta"], True), start, [first, lambda theta: v["a"] * theta])
    assert path[1] == pytest.approx(ahead)
    m_new = v["beta"] * v["m"] - v["eta"] * v["a"] * ahead
    return {"ahead": ahead, "m_new": m_new, "theta_new": path[2] - v["beta"] * m_new}


def _adagrad(v: V) -> dict[str, float]:
    path = _after(lambda p: torch.optim.Adagrad(p, lr=v["eta"], eps=0), 0.0, [v["g1"], v["g2"]])
    return {"step1": -path[1], "step2": path[1] - path[2], "s": v["g1"] ** 2 + v["g2"] ** 2}


def _rmsprop(v: V) -> dict[str, float]:
    """A first gradient whose square leaves the average v."""
    first = math.sqrt(v["v"] / 0.01)
    path = _after(lambda p: torch.optim.RMSprop(p, lr=v["eta"]), 0.0, [first, v["g"]])
    return {"step": path[1] - path[2], "v_new": 0.99 * v["v"] + 0.01 * v["g"] ** 2}


def _adam(v: V, *names: str) -> list[float]:
    return _after(lambda p: torch.optim.Adam(p, lr=v["eta"]), 0.0, [v[name] for name in names])


def _adam_first(v: V) -> dict[str, float]:
    g = v["g"]
    return {
        "step": -_adam(v, "g")[1],
        "m": 0.1 * g,
        "v": 0.001 * g * g,
        "m_hat": g,
        "v_hat": g * g,
        "step_uncorrected": v["eta"] * math.copysign(0.1 / math.sqrt(0.001), g),
    }


def _adam_second(v: V) -> dict[str, float]:
    """The corrected average is the mean with weights 0.9 and 1."""
    path = _adam(v, "g1", "g2")
    return {
        "step": path[1] - path[2],
        "m_hat": (0.9 * v["g1"] + v["g2"]) / 1.9,
        "v_hat": (0.999 * v["g1"] ** 2 + v["g2"] ** 2) / 1.999,
    }


def _adamw(v: V) -> dict[str, float]:
    def make(p: list[Any], **more: float) -> Any:
        return torch.optim.AdamW(p, lr=v["eta"], **more)

    return {
        "new": _after(lambda p: make(p, weight_decay=v["decay"]), v["theta"], [v["g"]])[1],
        "new_without_decay": _after(lambda p: make(p, weight_decay=0), v["theta"], [v["g"]])[1],
        "shrunk": v["theta"] - v["eta"] * v["decay"] * v["theta"],
    }


def _schedules(v: V) -> dict[str, float]:
    rates, n, done = torch.optim.lr_scheduler, int(v["n"]), int(v["done"])

    def rate(make: Callable[[Any], Any]) -> float:
        optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=v["eta"])
        schedule = make(optimiser)
        for _ in range(done):
            optimiser.step()
            schedule.step()
        return float(optimiser.param_groups[0]["lr"])

    found = {
        "rate_step": rate(lambda o: rates.StepLR(o, n, 0.5)),
        "rate_exponential": rate(lambda o: rates.ExponentialLR(o, 0.5 ** (1 / n))),
        "rate_warmup": rate(lambda o: rates.LinearLR(o, 1 / n, 1.0, n - 1)),
    }
    return found | ({"rate_cosine": rate(lambda o: rates.CosineAnnealingLR(o, n))} if done <= n else {})


def _clipped(v: V) -> dict[str, float]:
    p = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    p.grad = torch.tensor([v["g1"], v["g2"]], dtype=torch.float64)
    norm = torch.nn.utils.clip_grad_norm_([p], v["limit"]).item()
    c1, c2 = p.grad.tolist()
    p.grad = torch.tensor([v["g1"], v["g2"]], dtype=torch.float64)
    torch.nn.utils.clip_grad_value_([p], v["limit"])
    by_value = p.grad[0].item()
    return {"norm": norm, "c1": c1, "c2": c2, "new": v["theta"] - v["eta"] * c1, "c1_by_value": by_value}


ORACLES: dict[str, Callable[[V], Mapping[str, float]]] = {
    "gd_step": _step,
    "gd_bowl": _bowl,
    "gd_limit": lambda v: {"limit": 2 / v["a"], "best": 1 / v["a"]},
    "gd_verdict": lambda v: {"factor": (v["a"] - v["eta"] * v["a"] ** 2) / v["a"]},
    "batches": _batches,
    "momentum_step": _momentum,
    "momentum_run": _steady,
    "nesterov_step": _nesterov,
    "adagrad_two": _adagrad,
    "rmsprop_step": _rmsprop,
    "adam_first": _adam_first,
    "adam_second": _adam_second,
    "adamw_first": _adamw,
    "schedules": _schedules,
    "schedule_start": _schedules,
    "clipped_update": _clipped,
}


def test_each_generator_has_an_oracle_or_is_a_table() -> None:
    assert {made.name for made in GENERATORS} == set(ORACLES)
    assert {made.name for made in named_optimizers.GENERATORS} == set(TABLES)


@pytest.mark.parametrize("name", ORACLES)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in SEEDS:
        values = generator(name).vary("some-item", seed)
        numbers = {key: value for key, value in values.items() if not isinstance(value, str)}
        for key, expected in ORACLES[name](numbers).items():
            assert values[key] == pytest.approx(expected, rel=1e-6, abs=1e-9), (seed, key)


def test_the_verdict_on_a_rate_is_what_descent_does() -> None:
    for seed in range(50):
        v = generator("gd_verdict").vary("some-item", seed)
        a, eta = float(v["a"]), float(v["eta"])
        path = _after(_sgd({"eta": eta}), 1.0, [lambda theta, a=a: a * theta] * 60)
        nearer, sides = abs(path[-1]) < 1, path[1] < -1e-12
        if abs(path[1]) < 1e-12:
            expected = "It lands"
        elif not nearer:
            expected = "It overshoots further"
        else:
            expected = "It overshoots, changes sides" if sides else "It comes nearer"
        assert str(v["right"]).startswith(expected)
        assert len({v["right"], v["wrong1"], v["wrong2"], v["wrong3"]}) == 4
