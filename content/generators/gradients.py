"""How gradients travel through time: repeated factors, slopes, the shares of single steps.

Numbers come from the engine's own steps and Jacobians. Knows no question texts.

    repeated_weight   `w steps h_start`; `factors` = steps - 1, `power` = w^steps, `h_end` = power h_start,
                      text `fate`; `h_end_linear` (= w steps h_start), `h_end_one_less` (one power too few)
    step_factor       one tanh unit: `w a steps`; `tanh_a`, `slope` = 1 - tanh(a)^2, `factor` = slope w,
                      `product` = factor^steps; `factor_without_slope` (= w), `factor_by_tanh` (= w tanh a),
                      `factor_sigmoid` (slope of a sigmoid), `product_linear` (= factor steps)
    eigen_growth      W = [[a, b], [b, a]], `steps`; `lambda_1` = a + b, `lambda_2` = a - b, `radius` =
                      largest size, `growth` = radius^steps, texts `fate` and `not_fate`; `growth_entry` (=
                      a^steps), `radius_smallest`
    step_shares       one tanh unit, three steps, L = (h_3 - y)^2 / 2: `w_x w_h x1 x2 x3 y`; states `h1 h2
                      h3`, `error`, `slope2 slope3`, `carry3` and `carry2` = slope w_h, shares of dL/dw_x
                      `s1 s2 s3`, `total`; `total_last` (= s3), `total_mean`, `s1_one_factor` (one carry
                      forgotten)
    memory_trace      `factor steps`; `trace` = factor^steps, `percent`, `steps_to_percent` = first count of
                      steps with at most one per cent left; `percent_linear`, `percent_lost`,
                      `steps_to_percent_short` (one less), `steps_to_percent_linear` (equal amounts are lost)
    slopes            `a`; `tanh_slope sigmoid_slope relu_slope leaky_slope` (leak 0.01), `tanh_a
                      sigmoid_a`; `tanh_slope_unsquared` (= 1 - tanh a)
    orthogonal_turn   `u v` rotated `steps` times by 3/5, 4/5; `length` before and after, `scaled_length`
                      with every entry of the rotation times `gain`; `length_sum`, `length_linear`
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from content.generators.domain import Generator, Span
from content.placeholders import Values

if TYPE_CHECKING:
    from engine.jacobians import Jacobians

_SMALL = Span(-12, 12, places=1, zero=False)
_HUNDREDTH = 0.01


def _run(w_x: float, w_h: float, xs: list[float], h: float = 0.0) -> tuple[list[float], Jacobians]:
    """States and Jacobians of the engine's cell with one tanh unit and no bias."""
    import numpy as np

    from engine.bptt import unroll
    from engine.cells import Rnn
    from engine.jacobians import jacobians

    weights = {"W_ih": np.array([[w_x]]), "W_hh": np.array([[w_h]]), "b_ih": np.zeros(1)}
    run = unroll(Rnn(), weights, np.reshape(xs, (-1, 1, 1)), (np.array([[h]]),))
    return run.hidden[:, 0, 0].tolist(), jacobians(run)


def _repeated_weight(w: float, steps: int, h_start: int) -> Values:
    from content.worked.stability import linear_state

    power = float(linear_state(w, 1.0, steps))
    return {
        "factors": steps - 1,
        "power": power,
        "h_end": power * h_start,
        "fate": "vanishes" if abs(w) < 1 else "explodes",
        "h_end_linear": w * steps * h_start,
        "h_end_one_less": float(linear_state(w, 1.0, steps - 1)) * h_start,
    }


def _step_factor(w: float, a: float, steps: int) -> Values:
    _, found = _run(a, w, [1.0])  # with x = 1 and h = 0 the pre-activation is w_x
    factor = float(found.steps[0, 0, 0])
    return {
        "tanh_a": math.tanh(a),
        "slope": factor / w,
        "factor": factor,
        "product": factor**steps,
        "factor_without_slope": w,
        "factor_by_tanh": w * math.tanh(a),
        "factor_sigmoid": w * _sigmoid(a) * (1 - _sigmoid(a)),
        "product_linear": factor * steps,
    }


def _sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def _eigen_growth(a: float, b: float, steps: int) -> Values:
    import numpy as np

    from engine.jacobians import radius

    largest = radius(np.array([[a, b], [b, a]]))
    fates = ("vanishes", "explodes")
    return {
        "lambda_1": a + b,
        "lambda_2": a - b,
        "radius": largest,
        "growth": largest**steps,
        "fate": fates[largest > 1],
        "not_fate": fates[largest < 1],
        "growth_entry": a**steps,
        "radius_smallest": min(abs(a + b), abs(a - b)),
    }


def _shares(w_x: float, w_h: float, x1: float, x2: float, x3: float, y: float) -> list[float]:
    """What each of three steps adds to dL/dw_x."""
    from content.worked.stability import gradient_shares

    found: list[float] = gradient_shares(w_x, w_h, [x1, x2, x3], y)[0].tolist()
    return found


def _step_shares(w_x: float, w_h: float, x1: float, x2: float, x3: float, y: float) -> Values:
    states, found = _run(w_x, w_h, [x1, x2, x3])
    carry = found.steps[:, 0, 0].tolist()
    s1, s2, s3 = _shares(w_x, w_h, x1, x2, x3, y)
    return {
        "h1": states[1],
        "h2": states[2],
        "h3": states[3],
        "error": states[3] - y,
        "slope2": carry[1] / w_h,
        "slope3": carry[2] / w_h,
        "carry2": carry[1],
        "carry3": carry[2],
        "s1": s1,
        "s2": s2,
        "s3": s3,
        "total": s1 + s2 + s3,
        "total_last": s3,
        "total_mean": (s1 + s2 + s3) / 3,
        "s1_one_factor": s1 / carry[1],
    }


def _memory_trace(factor: float, steps: int) -> Values:
    left, needed = 1.0, 0
    while left > _HUNDREDTH:
        left *= factor
        needed += 1
    trace = math.prod([factor] * steps)
    return {
        "trace": trace,
        "percent": 100 * trace,
        "steps_to_percent": needed,
        "steps_to_percent_short": needed - 1,
        "steps_to_percent_linear": math.ceil(round((1 - _HUNDREDTH) / (1 - factor), 9)),
        "percent_linear": max(0.0, 100 * (1 - steps * (1 - factor))),
        "percent_lost": 100 * (1 - trace),
    }


def _slopes(a: float) -> Values:
    import numpy as np

    from engine.cells.arithmetic import sigmoid, sigmoid_slope, tanh_slope

    tanh_a, sigmoid_a = np.tanh(a), sigmoid(np.array(a))
    return {
        "tanh_a": float(tanh_a),
        "sigmoid_a": float(sigmoid_a),
        "tanh_slope": float(tanh_slope(tanh_a)),
        "sigmoid_slope": float(sigmoid_slope(sigmoid_a)),
        "relu_slope": int(a > 0),
        "leaky_slope": 1 if a > 0 else _HUNDREDTH,
        "tanh_slope_unsquared": 1 - float(tanh_a),
    }


def _orthogonal_turn(u: int, v: int, steps: int, gain: float) -> Values:
    import numpy as np

    from content.worked.stability import linear_state

    turn = np.array([[3, -4], [4, 3]]) / 5
    start = np.array([u, v], float)
    return {
        "length": float(np.linalg.norm(linear_state(turn, start, steps))),
        "scaled_length": float(np.linalg.norm(linear_state(gain * turn, start, steps))),
        "length_sum": u + v,
        "length_linear": gain * steps * math.hypot(u, v),
    }


def _tells_its_fate(w: float, steps: int, h_start: int) -> bool:
    return abs(w - 1) > 0.04 and w**steps * h_start > 0.05


def _visible(w_x: float, w_h: float, x1: float, x2: float, x3: float, y: float) -> bool:
    """No part of the gradient, nor their sum, is nearly 0; by plain arithmetic, as many draws are tried."""
    h1 = math.tanh(w_x * x1)
    h2 = math.tanh(w_x * x2 + w_h * h1)
    h3 = math.tanh(w_x * x3 + w_h * h2)
    back3 = (h3 - y) * (1 - h3 * h3)
    back2 = back3 * w_h * (1 - h2 * h2)
    back1 = back2 * w_h * (1 - h1 * h1)
    parts = (back1 * x1, back2 * x2, back3 * x3)
    return min(map(abs, parts)) > 0.02 and abs(sum(parts)) > 0.05 and abs(w_h) > 0.2


def _leaves_a_trace(factor: float, steps: int) -> bool:
    return factor**steps > 0.002


def _clear_radius(a: float, b: float, steps: int) -> bool:
    radius = abs(a) + b
    return abs(radius - 1) > 0.05 and abs(a) > 0.1 and radius**steps > 0.05


GENERATORS = (
    Generator(
        "repeated_weight",
        {"w": Span(60, 140, step=5, places=2), "steps": Span(5, 20), "h_start": Span(1, 9)},
        _repeated_weight,
        _tells_its_fate,
    ),
    Generator("step_factor", {"w": Span(5, 20, places=1), "a": _SMALL, "steps": Span(2, 6)}, _step_factor),
    Generator(
        "eigen_growth",
        {"a": Span(-9, 9, places=1, zero=False), "b": Span(1, 6, places=1), "steps": Span(3, 12)},
        _eigen_growth,
        _clear_radius,
    ),
    Generator(
        "step_shares",
        {
            "w_x": Span(3, 15, places=1),
            "w_h": Span(-12, 12, places=1, zero=False),
            **dict.fromkeys(("x1", "x2", "x3"), _SMALL),
            "y": Span(-9, 9, places=1),
        },
        _step_shares,
        _visible,
    ),
    Generator(
        "memory_trace",
        {"factor": Span(50, 97, places=2), "steps": Span(3, 40)},
        _memory_trace,
        _leaves_a_trace,
    ),
    Generator("slopes", {"a": Span(-30, 30, places=1, zero=False)}, _slopes),
    Generator(
        "orthogonal_turn",
        {"u": Span(1, 9), "v": Span(1, 9), "steps": Span(3, 20), "gain": Span(8, 12, places=1)},
        _orthogonal_turn,
        lambda gain, steps, **_: gain != 1 and gain**steps > 0.1,
    ),
)
