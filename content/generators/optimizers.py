"""Steps of optimisers, taken by the engine's own; rates by its schedules, clipping by its clipping.

Given first, computed after the semicolon; names that begin with a wanted value's name are wrong numbers.
m is the step of the books, m = -eta v with the engine's v.

| name | values |
|---|---|
| `gd_step` | `theta g eta`; `new`; `new_uphill`, `new_without_rate`, `new_only_step` (= eta g) |
| `gd_bowl` | J = a theta^2 / 2: `a start steps`, `eta`; `factor` = 1 - eta a, `value` after the steps; `value_one_step`, `value_uphill`, `value_linear` |
| `gd_limit` | curvature `a`; `best` = 1/a, `limit` = 2/a; `limit_one_over`, `limit_half` |
| `gd_verdict` | `a eta`; `factor`, texts `right right_why wrong1 wrong1_why ...`: how descent on a theta^2 / 2 behaves |
| `batches` | `examples batch epochs`; `per_epoch`, `total`, `last` (size of the last batch); `per_epoch_floor`, `total_stochastic`, `total_full`, `total_one_epoch` |
| `momentum_step` | `theta m g eta beta`; `m_new`, `theta_new`; `m_new_uphill`, `m_new_damped`, `theta_new_plain`, `theta_new_old_step` |
| `momentum_run` | steady gradient `g`, `eta beta steps`; `step` of that number, `limit` = eta g / (1 - beta), `speedup`; `step_plain`, `step_all` (= steps eta g), `speedup_beta` |
| `nesterov_step` | J = a theta^2 / 2: `a theta m eta beta`; `ahead`, `g_ahead`, `m_new`, `theta_new`; `theta_new_here` (gradient at theta), `theta_new_twice` |
| `adagrad_two` | gradients `g1 g2`, `eta`; `s`, `step1`, `step2` (both as lengths taken off); `step2_alone`, `step2_without_root`, `step2_plain` |
| `rmsprop_step` | `v g eta`, rho = 0.99; `v_new`, `step`; `v_new_sum`, `v_new_swapped`, `step_plain`, `step_without_root`, `step_old_v` |
| `adam_first` | `g eta`; `m v m_hat v_hat step`; `step_uncorrected`, `step_plain`, `step_tenth` |
| `adam_second` | `g1 g2 eta`; `m v m_hat v_hat step` of the second step; `m_first` (after the first), `step_uncorrected`, `step_plain`, `m_hat_first_power` |
| `adamw_first` | `theta g eta decay`; `shrunk`, `new`; `new_without_decay`, `new_coupled`, `new_full_decay` |
| `schedules` | `eta n done` (steps already done); `step_now`, `rate_step`, `rate_exponential`, `rate_cosine`, `rate_warmup`; `rate_step_linear`, `rate_step_none`, `rate_exponential_all`, `rate_cosine_linear`, `rate_warmup_full` |
| `schedule_start` | the same with done < n - 1, where cosine and warm-up are under way |
| `clipped_update` | `g1 g2 limit theta eta` (theta belongs to g1); `norm`, `scale`, `c1 c2`, `new`; `c1_by_value`, `c1_unit`, `new_unclipped`, `new_by_value` |
"""  # noqa: E501 - a row of a table is one line

from __future__ import annotations

import math

from content.generators.domain import Generator, OneOf, Span
from content.placeholders import Values

_SIGNED = Span(-50, 50, places=1, zero=False)
_RATE = Span(5, 50, step=5, places=2)
_BETA = Span(50, 95, step=5, places=2)


def _gd_step(theta: float, g: float, eta: float) -> Values:
    from content.worked.descending import sgd_step

    return {
        "new": float(sgd_step(theta, g, eta)),
        "new_uphill": theta + eta * g,
        "new_without_rate": theta - g,
        "new_only_step": eta * g,
    }


def _away_from_zero(theta: float, g: float, eta: float) -> bool:
    return abs(theta - eta * g) > 0.05


def _bowl(a: int, start: int, steps: int, eta: float) -> Values:
    import numpy as np

    from content.worked.descending import bowl_path

    path = bowl_path(np.array([a]), np.array([start]), eta, 0.0, steps)
    return {
        "factor": 1 - eta * a,
        "value": float(path[-1, 0]),
        "value_one_step": float(path[1, 0]),
        "value_uphill": start * (1 + eta * a) ** steps,
        "value_linear": start * (1 - steps * eta * a),
    }


def _clear_bowl(a: int, start: int, steps: int, eta: float) -> bool:
    return 0.05 < abs((1 - eta * a) ** steps * start) < 1000 and abs(eta * a - 1) > 0.05


def _limit(a: float) -> Values:
    return {"best": 1 / a, "limit": 2 / a, "limit_one_over": 1 / a, "limit_half": a / 2}


_VERDICTS = {
    "creeps": ("It comes nearer from one side at every step.", "That needs a factor between 0 and 1."),
    "once": ("It lands in the minimum at the first step.", "That needs the factor 0, so $\\eta=1/a$."),
    "zigzag": (
        "It overshoots, changes sides at every step, and still converges.",
        "That needs a factor between -1 and 0.",
    ),
    "diverges": (
        "It overshoots further at every step and diverges.",
        "That needs a factor below -1, so $\\eta>2/a$.",
    ),
}


def _verdict(a: int, eta: float) -> Values:
    factor = round(1 - eta * a, 10)
    kind = "once" if factor == 0 else "creeps" if factor > 0 else "zigzag" if factor > -1 else "diverges"
    wrong = [texts for name, texts in _VERDICTS.items() if name != kind]
    return {
        "factor": factor,
        "right": _VERDICTS[kind][0],
        "right_why": f"Each step multiplies the distance to the minimum by $1-\\eta a={factor:g}$.",
        **{f"wrong{k}": text for k, (text, _) in enumerate(wrong, 1)},
        **{f"wrong{k}_why": f"{why} Here the factor is {factor:g}." for k, (_, why) in enumerate(wrong, 1)},
    }


def _not_on_the_edge(a: int, eta: float) -> bool:
    return abs(eta * a - 2) > 1e-9


def _batches(examples: int, batch: int, epochs: int) -> Values:
    sizes = [min(batch, examples - first) for first in range(0, examples, batch)]
    return {
        "per_epoch": len(sizes),
        "total": epochs * len(sizes),
        "last": sizes[-1],
        "per_epoch_floor": examples // batch,
        "total_stochastic": epochs * examples,
        "total_full": epochs,
        "total_one_epoch": len(sizes),
    }


def _with_remainder(examples: int, batch: int, **_: int) -> bool:
    return examples % batch != 0


def _momentum(theta: float, m: float, g: float, eta: float, beta: float) -> Values:
    from content.worked.descending import momentum_step

    after, v = momentum_step(theta, -m / eta, g, eta, beta)
    return {
        "m_new": float(-eta * v),
        "theta_new": float(after),
        "m_new_uphill": beta * m + eta * g,
        "m_new_damped": beta * m - (1 - beta) * eta * g,
        "theta_new_plain": theta - eta * g,
        "theta_new_old_step": theta + m,
    }


def _clear_momentum(theta: float, m: float, g: float, eta: float, beta: float) -> bool:
    new = beta * m - eta * g
    return abs(new) > 0.05 and abs(theta + new) > 0.05


def _steady(g: int, eta: float, beta: float, steps: int) -> Values:
    from content.worked.descending import momentum_step

    v = 0.0
    for _ in range(steps):
        _, v = momentum_step(0.0, v, g, eta, beta)
    return {
        "step": float(eta * v),
        "limit": eta * g / (1 - beta),
        "speedup": 1 / (1 - beta),
        "step_plain": eta * g,
        "step_all": steps * eta * g,
        "speedup_beta": 1 / beta,
    }


def _nesterov(a: int, theta: float, m: float, eta: float, beta: float) -> Values:
    from content.worked.descending import momentum_step, nesterov_step

    ahead = theta + beta * m
    next_ahead, v = nesterov_step(ahead, -m / eta, a * ahead, eta, beta)
    m_new = float(-eta * v)
    here = float(momentum_step(theta, -m / eta, a * theta, eta, beta)[0])
    return {
        "ahead": ahead,
        "g_ahead": a * ahead,
        "m_new": m_new,
        "theta_new": float(next_ahead) - beta * m_new,
        "theta_new_here": here,
        "theta_new_twice": ahead + m_new,
    }


def _clear_nesterov(a: int, theta: float, m: float, eta: float, beta: float) -> bool:
    ahead = theta + beta * m
    return min(abs(ahead), abs(theta + beta * m - eta * a * ahead)) > 0.05


def _adagrad(g1: float, g2: float, eta: float) -> Values:
    from content.worked.descending import adagrad_step

    first, s1 = adagrad_step(0.0, 0.0, g1, eta)
    second, s2 = adagrad_step(first, s1, g2, eta)
    return {
        "s": float(s2),
        "step1": float(-first),
        "step2": float(first - second),
        "step2_alone": math.copysign(eta, g2),
        "step2_without_root": eta * g2 / float(s2),
        "step2_plain": eta * g2,
    }


def _second_shows(g1: float, g2: float, eta: float) -> bool:
    return eta * abs(g2) > 0.01 * math.hypot(g1, g2)


def _rmsprop(v: float, g: float, eta: float) -> Values:
    from content.worked.descending import rmsprop_step

    theta, v_new = rmsprop_step(0.0, v, g, eta)
    return {
        "v_new": float(v_new),
        "step": float(-theta),
        "v_new_sum": v + g * g,
        "v_new_swapped": 0.01 * v + 0.99 * g * g,
        "step_plain": eta * g,
        "step_without_root": eta * g / float(v_new),
        "step_old_v": eta * g / math.sqrt(v),
    }


def _adam_first(g: float, eta: float) -> Values:
    from content.worked.descending import adam_step

    theta, m, v = adam_step(0.0, 0.0, 0.0, 0, g, eta)
    return {
        "m": float(m),
        "v": float(v),
        "m_hat": float(m) / (1 - 0.9),
        "v_hat": float(v) / (1 - 0.999),
        "step": float(-theta),
        "step_uncorrected": eta * float(m) / math.sqrt(float(v)),
        "step_plain": eta * g,
        "step_tenth": 0.1 * eta * g,
    }


def _adam_second(g1: float, g2: float, eta: float) -> Values:
    from content.worked.descending import adam_step

    before, m1, v1 = adam_step(0.0, 0.0, 0.0, 0, g1, eta)
    theta, m, v = map(float, adam_step(before, m1, v1, 1, g2, eta))
    return {
        "m_first": float(m1),
        "m": m,
        "v": v,
        "m_hat": m / (1 - 0.9**2),
        "v_hat": v / (1 - 0.999**2),
        "step": float(before) - theta,
        "step_uncorrected": eta * m / math.sqrt(v),
        "step_plain": eta * g2,
        "m_hat_first_power": m / (1 - 0.9),
    }


def _visible_second(g1: float, g2: float, **_: float) -> bool:
    return abs(0.09 * g1 + 0.1 * g2) > 0.02 * (abs(g1) + abs(g2))


def _adamw(theta: float, g: float, eta: float, decay: float) -> Values:
    from content.worked.descending import adamw_step

    def after(gradient: float, pull: float) -> float:
        return float(adamw_step(theta, 0.0, 0.0, 0, gradient, eta, pull)[0])

    return {
        "shrunk": theta * (1 - eta * decay),
        "new": after(g, decay),
        "new_without_decay": after(g, 0.0),
        "new_coupled": after(g + decay * theta, 0.0),
        "new_full_decay": theta * (1 - decay) - eta * math.copysign(1, g),
    }


def _schedules(eta: float, n: int, done: int) -> Values:
    from content.worked.descending import rate_cosine, rate_exponential, rate_step, rate_warmup

    now = done + 1
    return {
        "step_now": now,
        "rate_step": rate_step(eta, n, now),
        "rate_exponential": rate_exponential(eta, n, now),
        "rate_cosine": rate_cosine(eta, n, now),
        "rate_warmup": rate_warmup(eta, n, now),
        "rate_step_linear": eta / (1 + done // n),
        "rate_step_none": eta,
        "rate_exponential_all": eta / 2,
        "rate_cosine_linear": eta * max(0.0, 1 - done / n),
        "rate_warmup_full": eta,
    }


def _under_way(n: int, done: int, **_: float) -> bool:
    return done < n - 1


def _clipped(g1: int, g2: int, limit: int, theta: int, eta: float) -> Values:
    import numpy as np

    from engine.clipping import clipped, clipped_by_value, global_norm

    g = np.array([g1, g2], float)
    norm = global_norm(g)
    c1, c2 = (float(part) for part in clipped(g, norm, limit))
    by_value = float(clipped_by_value(g, limit)[0])
    return {
        "norm": norm,
        "scale": limit / norm,
        "c1": c1,
        "c2": c2,
        "new": theta - eta * c1,
        "c1_by_value": by_value,
        "c1_unit": g1 / norm,
        "new_unclipped": theta - eta * g1,
        "new_by_value": theta - eta * by_value,
    }


def _too_long(g1: int, g2: int, limit: int, **_: float) -> bool:
    """By norm and by value, both change the first entry, and not to the same."""
    return abs(g1) > limit and math.hypot(g1, g2) > 1.2 * limit and abs(g2) > 1


GENERATORS = (
    Generator("gd_step", {"theta": _SIGNED, "g": _SIGNED, "eta": _RATE}, _gd_step, _away_from_zero),
    Generator(
        "gd_bowl",
        {"a": Span(1, 8), "start": Span(2, 9), "steps": Span(2, 4), "eta": _RATE},
        _bowl,
        _clear_bowl,
    ),
    Generator("gd_limit", {"a": Span(3, 160, places=1)}, _limit),
    Generator("gd_verdict", {"a": Span(2, 10), "eta": _RATE}, _verdict, _not_on_the_edge),
    Generator(
        "batches",
        {
            "examples": Span(500, 60_000, step=100),
            "batch": OneOf((16, 32, 64, 128, 256)),
            "epochs": Span(2, 30),
        },
        _batches,
        _with_remainder,
    ),
    Generator(
        "momentum_step",
        {
            "theta": _SIGNED,
            "m": Span(-20, 20, places=1, zero=False),
            "g": _SIGNED,
            "eta": _RATE,
            "beta": _BETA,
        },
        _momentum,
        _clear_momentum,
    ),
    Generator(
        "momentum_run",
        {"g": Span(1, 9), "eta": _RATE, "beta": _BETA, "steps": Span(2, 5)},
        _steady,
    ),
    Generator(
        "nesterov_step",
        {
            "a": Span(1, 6),
            "theta": _SIGNED,
            "m": Span(-20, 20, places=1, zero=False),
            "eta": _RATE,
            "beta": _BETA,
        },
        _nesterov,
        _clear_nesterov,
    ),
    Generator("adagrad_two", {"g1": _SIGNED, "g2": _SIGNED, "eta": _RATE}, _adagrad, _second_shows),
    Generator("rmsprop_step", {"v": Span(5, 90, places=1), "g": _SIGNED, "eta": _RATE}, _rmsprop),
    Generator("adam_first", {"g": _SIGNED, "eta": _RATE}, _adam_first),
    Generator("adam_second", {"g1": _SIGNED, "g2": _SIGNED, "eta": _RATE}, _adam_second, _visible_second),
    Generator(
        "adamw_first",
        {"theta": Span(10, 90, places=1), "g": _SIGNED, "eta": _RATE, "decay": _RATE},
        _adamw,
    ),
    Generator("schedules", {"eta": _RATE, "n": Span(10, 40), "done": Span(3, 90)}, _schedules),
    Generator(
        "schedule_start", {"eta": _RATE, "n": Span(10, 40), "done": Span(3, 35)}, _schedules, _under_way
    ),
    Generator(
        "clipped_update",
        {
            "g1": Span(-9, 9, zero=False),
            "g2": Span(-9, 9, zero=False),
            "limit": Span(1, 5),
            "theta": Span(-9, 9, zero=False),
            "eta": _RATE,
        },
        _clipped,
        _too_long,
    ),
)
