"""Explanations of small models: contributions, Shapley values, slopes, heat maps, what-ifs.

Given first, computed after the semicolon; names that begin with a wanted value's name are wrong numbers.

| name | values |
|---|---|
| `contributions` | `w1 w2 b x1 x2`; `part1 part2`, `y`; `part1_weight` (= w1), `y_without_bias` |
| `shapley_two` | worths `v0 v1 v2 v12`; `phi1 phi2`, `sum`; `phi1_alone`, `phi1_last`, `phi1_half` |
| `shapley_three` | worths `v0 v1 v2 v3 v12 v13 v23 v123`; `phi1 phi2 phi3`; `phi1_alone`, `phi1_last`, `phi1_mean` (unweighted) |
| `shapley_missing` | average prediction `base`, shares `phi1 phi2`, `prediction`; `phi3`; `phi3_without_base`, `phi3_sum` |
| `shapley_weight` | players `n`, coalition size `size`; `coalitions` = 2^(n-1) without the player, `weight`; `weight_equal`, `coalitions_all` |
| `lime_weight` | distance `d`, width `sigma`; `weight` = exp(-d^2/sigma^2); `weight_without_square`, `weight_distance`, `weight_turned` |
| `lime_switch` | one feature off: outputs `y1 y2` with weights `w1 w2`; on: `y3 y4` with `w3 w4`; `off`, `on`, `slope`; `slope_unweighted`, `slope_turned` |
| `saliency_unit` | y = sigmoid(w1 x1 + w2 x2 + b): `w1 w2 b x1 x2`; `a`, `y`, `slope1`, `size1`; `slope1_weight`, `slope1_times_input`, `slope1_output` |
| `path_slopes` | y = a x1^2 + b x1 x2 from 0: `a b x1 x2`; `y`, `ig1 ig2`, `gradient1`; `ig1_gradient` (gradient at x times x1), `ig1_slope` |
| `grad_cam` | two maps: slopes `s1 s2 s3 s4` and `t1 t2 t3 t4`, activations `p q` at one place; `alpha1 alpha2`, `sum`, `heat`; `heat_without_relu`, `heat_unweighted`, `heat_sum` (slopes summed up), `alpha1_sum` |
| `permutation` | percent right `before`, and after three shuffles `s1 s2 s3`; `shuffled`, `drop`; `drop_last`, `drop_turned`, `drop_sum` |
| `counterfactual` | score `w1 x1 + w2 x2 + b` below 0: `w1 w2 b x1 x2`; `score`, `change`, `new_x1`; `change_plain`, `change_turned` |
| `partial_dependence` | y = a x1 + b x1 x2, others `u1 u2 u3`, at `x`; `y1 y2 y3`, `mean`; `mean_first`, `mean_sum` |
| `attention_twin` | values `v1 v1 v2` of three words, weights `a1 a2`; `a3`, `context`, `moved` weights of the first two exchanged: `context_moved`; `context_mean` |
| `leave_out` | values `v1 v2 v3`, weights `a1 a2`; `a3`, `context`, `without` the first (weights renormalised), `change`; `change_weight`, `without_plain` |
"""  # noqa: E501 - a row of a table is one line

from __future__ import annotations

import math

from content.generators.domain import Generator, Span
from content.placeholders import Values, number

_DIGIT = Span(-9, 9, zero=False)
_SIGNED = Span(-20, 20, places=1, zero=False)
_SHARE = Span(5, 95, step=5, places=2)
_TENTH = Span(1, 9, places=1)
_WORTH = Span(1, 40)


def _contributions(w1: int, w2: int, b: int, x1: int, x2: int) -> Values:
    return {
        "part1": w1 * x1,
        "part2": w2 * x2,
        "y": w1 * x1 + w2 * x2 + b,
        "part1_weight": w1,
        "y_without_bias": w1 * x1 + w2 * x2,
    }


def _shapley_two(v0: int, v1: int, v2: int, v12: int) -> Values:
    import numpy as np

    from content.worked.explaining import shapley

    phi1, phi2 = map(float, shapley(np.array([v0, v1, v2, v12], float)))
    return {
        "phi1": phi1,
        "phi2": phi2,
        "sum": v12 - v0,
        "phi1_alone": v1 - v0,
        "phi1_last": v12 - v2,
        "phi1_half": (v12 - v0) / 2,
    }


def _not_additive(v0: int, v1: int, v2: int, v12: int) -> bool:
    return v12 - v2 != v1 - v0 and v1 != v2 and v1 - v0 + v12 - v2 != 0


def _shapley_three(v0: int, v1: int, v2: int, v3: int, v12: int, v13: int, v23: int, v123: int) -> Values:
    import numpy as np

    from content.worked.explaining import shapley

    shares = shapley(np.array([v0, v1, v2, v12, v3, v13, v23, v123], float))
    gains = (v1 - v0, v12 - v2, v13 - v3, v123 - v23)
    return {
        **{f"phi{k}": float(share) for k, share in enumerate(shares, 1)},
        "phi1_alone": gains[0],
        "phi1_last": gains[-1],
        "phi1_mean": sum(gains) / len(gains),
    }


def _visible_share(v0: int, v1: int, v2: int, v3: int, v12: int, v13: int, v23: int, v123: int) -> bool:
    return abs(2 * (v1 - v0) + v12 - v2 + v13 - v3 + 2 * (v123 - v23)) > 1


def _missing(base: int, phi1: int, phi2: int, prediction: int) -> Values:
    return {
        "phi3": prediction - base - phi1 - phi2,
        "phi3_without_base": prediction - phi1 - phi2,
        "phi3_sum": prediction + base + phi1 + phi2,
    }


def _weight(n: int, size: int) -> Values:
    return {
        "coalitions": 2 ** (n - 1),
        "weight": math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n),
        "weight_equal": 1 / 2 ** (n - 1),
        "coalitions_all": 2**n,
    }


def _leaves_the_player(n: int, size: int) -> bool:
    return size < n


def _lime_weight(d: float, sigma: float) -> Values:
    return {
        "weight": math.exp(-(d * d) / sigma**2),
        "weight_without_square": math.exp(-d / sigma),
        "weight_distance": d / sigma,
        "weight_turned": 1 - math.exp(-(d * d) / sigma**2),
    }


def _near_enough(d: float, sigma: float) -> bool:
    return 0.3 * sigma < d < 2 * sigma


def _lime_switch(**given: float) -> Values:
    import numpy as np

    from content.worked.explaining import local_line

    y, w = (np.array([given[f"{letter}{k}"] for k in (1, 2, 3, 4)]) for letter in "yw")
    off, slope = map(float, local_line(np.array([0.0, 0.0, 1.0, 1.0]), y, w))
    plain = float(y[2:].mean() - y[:2].mean())
    return {
        "off": off,
        "on": off + slope,
        "slope": slope,
        "slope_unweighted": plain,
        "slope_turned": -slope,
    }


def _slope_shows(**given: float) -> bool:
    off = (given["w1"] * given["y1"] + given["w2"] * given["y2"]) / (given["w1"] + given["w2"])
    on = (given["w3"] * given["y3"] + given["w4"] * given["y4"]) / (given["w3"] + given["w4"])
    return abs(on - off) > 0.03


def _saliency(w1: float, w2: float, b: float, x1: float, x2: float) -> Values:
    import numpy as np

    from engine.cells.arithmetic import sigmoid, sigmoid_slope

    a = w1 * x1 + w2 * x2 + b
    y = float(sigmoid(np.array(a)))
    slope = float(sigmoid_slope(np.array(y)))
    return {
        "a": a,
        "y": y,
        "slope1": w1 * slope,
        "size1": abs(w1 * slope),
        "slope1_weight": w1,
        "slope1_times_input": w1 * slope * x1,
        "slope1_output": y,
    }


def _not_flat(w1: float, w2: float, b: float, x1: float, x2: float) -> bool:
    return abs(w1 * x1 + w2 * x2 + b) < 3 and abs(w1) > 0.2


def _path(a: int, b: int, x1: int, x2: int) -> Values:
    """The slopes are straight lines along the path, so their middle is their mean."""
    middle1, middle2 = x1 / 2, x2 / 2
    return {
        "y": a * x1 * x1 + b * x1 * x2,
        "ig1": x1 * (2 * a * middle1 + b * middle2),
        "ig2": x2 * b * middle1,
        "gradient1": 2 * a * x1 + b * x2,
        "ig1_gradient": x1 * (2 * a * x1 + b * x2),
        "ig1_slope": 2 * a * middle1 + b * middle2,
    }


def _seen_path(a: int, b: int, x1: int, x2: int) -> bool:
    return abs(b) > 1 and 2 * a * x1 + b * x2 != 0


def _grad_cam(p: int, q: int, **slopes: int) -> Values:
    import numpy as np

    from content.worked.explaining import grad_cam

    table = np.array([[slopes[f"{letter}{k}"] for k in (1, 2, 3, 4)] for letter in "st"], float) / 10
    maps = np.array([[p, 0, 0, 0], [q, 0, 0, 0]], float)
    alpha1, alpha2 = map(float, table.mean(axis=1))
    total = alpha1 * p + alpha2 * q
    return {
        "alpha1": alpha1,
        "alpha2": alpha2,
        "sum": total,
        "heat": float(grad_cam(maps, table)[0]),
        "heat_without_relu": total,
        "heat_unweighted": p + q,
        "heat_sum": 4 * max(0.0, total),
        "alpha1_sum": 4 * alpha1,
    }


def _some_heat(p: int, q: int, **slopes: int) -> bool:
    first, second = (sum(slopes[f"{letter}{k}"] for k in (1, 2, 3, 4)) for letter in "st")
    total = first * p + second * q  # in fortieths
    return first != 0 and second != 0 and (total > 4 or (total < -4 and p > q + 3))  # in some the ReLU cuts


def _permutation(before: int, s1: int, s2: int, s3: int) -> Values:
    shuffled = (s1 + s2 + s3) / 3
    return {
        "shuffled": shuffled,
        "drop": before - shuffled,
        "drop_last": before - s3,
        "drop_turned": shuffled - before,
        "drop_sum": 3 * before - (s1 + s2 + s3),
    }


def _counterfactual(w1: int, w2: int, b: int, x1: int, x2: int) -> Values:
    score = w1 * x1 + w2 * x2 + b
    return {
        "score": score,
        "change": -score / w1,
        "new_x1": x1 - score / w1,
        "change_plain": -score,
        "change_turned": score / w1,
    }


def _refused(w1: int, w2: int, b: int, x1: int, x2: int) -> bool:
    return abs(w2) > 1 and w1 * x1 + w2 * x2 + b < 0 and abs(x1 * w1 - (w1 * x1 + w2 * x2 + b)) > 0


def _dependence(a: int, b: int, u1: int, u2: int, u3: int, x: int) -> Values:
    outputs = [a * x + b * x * other for other in (u1, u2, u3)]
    return {
        **{f"y{k}": y for k, y in enumerate(outputs, 1)},
        "mean": sum(outputs) / len(outputs),
        "mean_first": outputs[0],
        "mean_sum": sum(outputs),
    }


def _differs(a: int, b: int, u1: int, u2: int, u3: int, **_: int) -> bool:
    return abs(b) > 1 and len({u1, u2, u3}) > 1 and 3 * a + b * (u1 + u2 + u3) != 0


def _twin(v1: int, v2: int, a1: float, a2: float) -> Values:
    a3 = 1 - a1 - a2
    return {
        "a3": a3,
        "context": a1 * v1 + a2 * v1 + a3 * v2,
        "context_moved": a2 * v1 + a1 * v1 + a3 * v2,
        "context_mean": (2 * v1 + v2) / 3,
    }


def _two_values(v1: int, v2: int, a1: float, a2: float) -> bool:
    return a1 + a2 < 0.95 and a1 != a2 and v1 != v2 and abs((a1 + a2) * v1 + (1 - a1 - a2) * v2) > 0.1


def _leave_out(v1: int, v2: int, v3: int, a1: float, a2: float) -> Values:
    a3 = 1 - a1 - a2
    context = a1 * v1 + a2 * v2 + a3 * v3
    without = (a2 * v2 + a3 * v3) / (a2 + a3)
    return {
        "a3": a3,
        "context": context,
        "without": without,
        "change": without - context,
        "change_weight": -a1,
        "without_plain": a2 * v2 + a3 * v3,
    }


def _change_shows(v1: int, v2: int, v3: int, a1: float, a2: float) -> bool:
    if a1 + a2 > 0.95:
        return False
    values = _leave_out(v1, v2, v3, a1, a2)
    return min(abs(number(values[name])) for name in ("change", "without", "context")) > 0.05


GENERATORS = (
    Generator(
        "contributions",
        dict.fromkeys(("w1", "w2", "b", "x1", "x2"), _DIGIT),
        _contributions,
        lambda w1, w2, **_: min(abs(w1), abs(w2)) > 1,
    ),
    Generator("shapley_two", dict.fromkeys(("v0", "v1", "v2", "v12"), _WORTH), _shapley_two, _not_additive),
    Generator(
        "shapley_three",
        dict.fromkeys(("v0", "v1", "v2", "v3", "v12", "v13", "v23", "v123"), _WORTH),
        _shapley_three,
        _visible_share,
    ),
    Generator(
        "shapley_missing",
        {"base": Span(10, 90), "phi1": _DIGIT, "phi2": _DIGIT, "prediction": Span(10, 90)},
        _missing,
    ),
    Generator("shapley_weight", {"n": Span(3, 7), "size": Span(0, 6)}, _weight, _leaves_the_player),
    Generator(
        "lime_weight",
        {"d": Span(2, 40, places=1), "sigma": Span(5, 30, places=1)},
        _lime_weight,
        _near_enough,
    ),
    Generator(
        "lime_switch",
        {f"{letter}{k}": span for letter, span in (("y", _SHARE), ("w", _TENTH)) for k in (1, 2, 3, 4)},
        _lime_switch,
        _slope_shows,
    ),
    Generator("saliency_unit", dict.fromkeys(("w1", "w2", "b", "x1", "x2"), _SIGNED), _saliency, _not_flat),
    Generator(
        "path_slopes",
        {"a": Span(2, 6), "b": _DIGIT, "x1": Span(1, 6), "x2": Span(1, 6)},
        _path,
        _seen_path,
    ),
    Generator(
        "grad_cam",
        {f"{letter}{k}": _DIGIT for letter in "st" for k in (1, 2, 3, 4)}
        | {"p": Span(1, 9), "q": Span(1, 9)},
        _grad_cam,
        _some_heat,
    ),
    Generator(
        "permutation",
        {"before": Span(80, 98), **dict.fromkeys(("s1", "s2", "s3"), Span(50, 78))},
        _permutation,
    ),
    Generator(
        "counterfactual",
        {"w1": Span(2, 9), "w2": _DIGIT, "b": Span(-40, -5), "x1": Span(1, 9), "x2": _DIGIT},
        _counterfactual,
        _refused,
    ),
    Generator(
        "partial_dependence",
        {"a": Span(2, 9), "b": _DIGIT, "x": Span(1, 6), **dict.fromkeys(("u1", "u2", "u3"), Span(0, 9))},
        _dependence,
        _differs,
    ),
    Generator("attention_twin", {"v1": _DIGIT, "v2": _DIGIT, "a1": _TENTH, "a2": _TENTH}, _twin, _two_values),
    Generator(
        "leave_out",
        {"v1": _DIGIT, "v2": _DIGIT, "v3": _DIGIT, "a1": _TENTH, "a2": _TENTH},
        _leave_out,
        _change_shows,
    ),
)
