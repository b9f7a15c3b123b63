"""What is done about unstable gradients: clipping, penalty, residual links; and which remedy is for what.

Numbers come from the engine. Knows no question texts.

    update_step       `rate length limit`; `step` = rate length, `step_clipped` = rate min(length, limit);
                      `step_limit_only`, `step_divided`
    clip_by_norm      `g1 g2 v`, longer than v; `norm`, `factor` = v / norm, `c1 c2`; by value `cut1 cut2`;
                      as printed in the notes `sign1 sign2`; `norm_sum`, `norm_squared`, `c1_divided` and
                      `c2_divided` (by the norm)
    clip_case         `g1 g2 v`, either side of v; `norm`, texts `result` and `wrong_turn`, `wrong_unit`,
                      `wrong_zero`
    penalty_of_norms  norms `n3 n2 n1` of the error signal at the steps 3, 2, 1; `ratio_3` = n2 / n3,
                      `ratio_2` = n1 / n2, `term_3`, `term_2`, `omega`; `ratio_3_upside_down`,
                      `ratio_3_distance` (from 1), `omega_unsquared`, `omega_upside_down`, `omega_one_ratio`
    residual_depth    `slope layers`; `plain` = slope^layers, `linked` = (1 + slope)^layers; `linked_sum` (=
                      1 + slope^layers), `linked_linear` (= 1 + slope layers)
    residual_entry    `x1 x2`, F(x) = `f1 f2`, entry `k`; `xk fk`, `y` = x_k + f_k; `y_product`, `y_only` (=
                      f_k)
    residual_slope    one unit y = x + tanh(w x): `w x`; `tanh_a`, `inner` = w (1 - tanh(w x)^2), `slope` =
                      1 + inner; `slope_plain` (= inner), `slope_without_w`
    gradient_symptom  row `case` of a table; texts `symptom`, `trouble`, `not_trouble`, `remedy`,
                      `not_remedy`, `misfit` of that one, `sign` that tells the trouble
    remedy_list       row `case` of a table; texts `method`, `target`, `how`, `wrong_one`, `wrong_two`
                      and the methods `one_is`, `two_is` that work so
"""

from __future__ import annotations

import math

from content.generators.domain import Generator, Span
from content.placeholders import Values

_SMALL = Span(-12, 12, places=1, zero=False)


def _update_step(rate: float, length: int, limit: int) -> Values:
    from content.worked.stability import clip_norm

    return {
        "step": rate * length,
        "step_clipped": rate * float(abs(clip_norm([length], limit)[0])),
        "step_limit_only": limit,
        "step_divided": length / rate,
    }


def _clip_by_norm(g1: int, g2: int, v: int) -> Values:
    from content.worked.stability import clip_norm, clip_value

    c1, c2 = clip_norm([g1, g2], v)
    cut1, cut2 = clip_value([g1, g2], v)
    norm = math.hypot(g1, g2)
    return {
        "norm": norm,
        "factor": v / norm,
        "c1": float(c1),
        "c2": float(c2),
        "cut1": int(cut1),
        "cut2": int(cut2),
        "sign1": int(math.copysign(v, g1)),
        "sign2": int(math.copysign(v, g2)),
        "norm_sum": abs(g1) + abs(g2),
        "norm_squared": g1 * g1 + g2 * g2,
        "c1_divided": g1 / norm,
        "c2_divided": g2 / norm,
    }


def _turned(g1: int, g2: int, v: int) -> bool:
    """Too long by norm, and cutting by value or by sign would give other vectors."""
    import numpy as np

    from engine.clipping import global_norm

    far = global_norm(np.array([g1, g2], float)) > v
    return far and abs(g1) != abs(g2) and min(abs(g1), abs(g2)) < v < max(abs(g1), abs(g2))


def _clip_case(g1: int, g2: int, v: int) -> Values:
    from content.worked.stability import clip_norm

    c1, c2 = (float(entry) for entry in clip_norm([g1, g2], v))
    norm = math.hypot(g1, g2)
    return {
        "norm": norm,
        "result": _pair(c1, c2),
        "wrong_turn": _pair(math.copysign(v, g1), math.copysign(v, g2)),
        "wrong_unit": _pair(g1 / norm, g2 / norm),
        "wrong_zero": _pair(0, 0),
    }


def _pair(first: float, second: float) -> str:
    return rf"[{first:.3g},\,{second:.3g}]"


def _clip_case_fits(g1: int, g2: int, v: int) -> bool:
    return abs(g1) != abs(g2) and v > 1 and abs(math.hypot(g1, g2) - v) > 1


def _penalty_of_norms(n3: int, n2: int, n1: int) -> Values:
    from content.worked.stability import keep_penalty

    ratio_3, ratio_2 = n2 / n3, n1 / n2
    signal = [float(n1), float(n2), float(n3)]
    return {
        "ratio_3": ratio_3,
        "ratio_2": ratio_2,
        "ratio_3_upside_down": n3 / n2,
        "ratio_3_distance": abs(ratio_3 - 1),
        "term_3": (ratio_3 - 1) ** 2,
        "term_2": (ratio_2 - 1) ** 2,
        "omega": keep_penalty(1.0, signal, [0.0, float(n1), float(n2)]),
        "omega_unsquared": abs(ratio_3 - 1) + abs(ratio_2 - 1),
        "omega_upside_down": (n3 / n2 - 1) ** 2 + (n2 / n1 - 1) ** 2,
        "omega_one_ratio": (n1 / n3 - 1) ** 2,
    }


def _residual_depth(slope: float, layers: int) -> Values:
    return {
        "plain": math.prod([slope] * layers),
        "linked": math.prod([1 + slope] * layers),
        "linked_sum": 1 + slope**layers,
        "linked_linear": 1 + slope * layers,
    }


def _residual_entry(k: int, **entries: int) -> Values:
    x, f = entries[f"x{k}"], entries[f"f{k}"]
    return {"xk": x, "fk": f, "y": x + f, "y_product": x * f, "y_only": f}


def _residual_slope(w: float, x: float) -> Values:
    import numpy as np

    from content.worked.stability import residual_jacobian

    slope = float(np.asarray(residual_jacobian([[w]], [x]))[0, 0])
    return {
        "tanh_a": math.tanh(w * x),
        "inner": slope - 1,
        "slope": slope,
        "slope_plain": slope - 1,
        "slope_without_w": 1 + (slope - 1) / w,
    }


_VANISHING = (
    "vanishing gradients",
    "exploding gradients",
    "gates, as in an LSTM or GRU",
    "gradient clipping",
)
_EXPLODING = (
    "exploding gradients",
    "vanishing gradients",
    "gradient clipping",
    "gates, as in an LSTM or GRU",
)
_MISFITS = (
    "Gates keep a signal from fading; a gradient that is too long has to be shortened.",
    "Clipping shortens long gradients; it cannot lengthen short ones.",
)
_SYMPTOMS = (
    (
        "after 40 good steps the loss jumps to NaN",
        _EXPLODING,
        "NaN comes from numbers that have grown beyond all bounds.",
    ),
    (
        "the norm of the gradient leaps from 2 to 9000 in one step",
        _EXPLODING,
        "A norm of 9000 has grown, not shrunk.",
    ),
    (
        "one update throws all weights far away and the loss triples",
        _EXPLODING,
        "Only a huge gradient moves all weights so far.",
    ),
    (
        "the loss curve shows sharp spikes, each after a very long gradient",
        _EXPLODING,
        "The spikes follow gradients that are too long.",
    ),
    (
        "the error signal of a ReLU network gets three times as long at every step on its way back",
        _EXPLODING,
        "Tripled at every step, it is soon huge.",
    ),
    (
        "training runs smoothly, but the answer never depends on the first words",
        _VANISHING,
        "Nothing fails; the early steps just get no signal.",
    ),
    (
        "patterns of 3 steps are learnt, patterns of 50 steps never",
        _VANISHING,
        "Over 50 steps the signal has shrunk too far to teach anything.",
    ),
    (
        "the part of the gradient that belongs to step 1 is a billionth of that of step 60",
        _VANISHING,
        "A billionth is what many factors below 1 leave over.",
    ),
    (
        "the error signal loses half of its length at every step on its way back",
        _VANISHING,
        "Halved at every step, it is soon next to nothing.",
    ),
    (
        "all units sit where tanh is flat and early inputs leave no trace",
        _VANISHING,
        "Where tanh is flat its slope is near 0, and so is the product of slopes.",
    ),
    (
        "a sigmoid RNN with small weights forgets the subject before it meets the verb",
        _VANISHING,
        "Slopes of at most 1/4 and small weights make every factor small.",
    ),
    (
        "the network predicts well from yesterday, never from last month, without any error message",
        _VANISHING,
        "A signal that fades leaves no error message, only no trace of last month.",
    ),
)


def _symptom(case: int) -> Values:
    symptom, told, sign = _SYMPTOMS[case]
    return {
        "symptom": symptom,
        "sign": sign,
        "misfit": _MISFITS[told is _VANISHING],
        **dict(zip(("trouble", "not_trouble", "remedy", "not_remedy"), told, strict=True)),
    }


_ROWS = (  # method, what it is against, how it works, two ways that belong to others
    ("gradient clipping", "exploding", "shortens a gradient that is too long"),
    ("an orthogonal start of the recurrent matrix", "both", "gives every singular value the size 1"),
    ("a forget bias of 1", "vanishing", "opens the gate that keeps the cell state"),
    ("the ReLU", "vanishing", "has the slope 1 wherever its input is positive"),
    ("tanh in the recurrent layer", "exploding", "keeps every state between -1 and 1"),
    ("a lower learning rate", "exploding", "makes each update shorter by the same share"),
    ("a residual link", "vanishing", "adds an identity to the Jacobian of a layer"),
    ("the penalty Ω", "vanishing", "punishes an error signal that changes its length from step to step"),
    ("layer normalization", "both", "gives the sums of a layer mean 0 and variance 1 at each time step"),
    ("dropout between the layers", "neither", "switches units off at random against overfitting"),
    ("Adam or RMSProp", "neither", "gives each weight a step size of its own"),
    ("a GRU", "vanishing", "replaces only a gated share of its state at each step"),
)


def _remedy(case: int) -> Values:
    method, target, how = _ROWS[case]
    one, two = (_ROWS[(case + far) % len(_ROWS)] for far in (4, 7))
    return {
        "method": method,
        "target": target,
        "how": how,
        "wrong_one": one[2],
        "wrong_two": two[2],
        "one_is": one[0],
        "two_is": two[0],
    }


_ENTRY = Span(-9, 9, zero=False)
_NORM = Span(2, 12)

GENERATORS = (
    Generator(
        "update_step",
        {"rate": Span(1, 20, places=2), "length": Span(20, 400, step=5), "limit": Span(1, 9)},
        _update_step,
    ),
    Generator("clip_by_norm", {"g1": _ENTRY, "g2": _ENTRY, "v": Span(2, 8)}, _clip_by_norm, _turned),
    Generator("clip_case", {"g1": _ENTRY, "g2": _ENTRY, "v": Span(2, 12)}, _clip_case, _clip_case_fits),
    Generator("penalty_of_norms", {"n3": _NORM, "n2": _NORM, "n1": _NORM}, _penalty_of_norms),
    Generator("residual_depth", {"slope": Span(5, 30, places=2), "layers": Span(2, 12)}, _residual_depth),
    Generator(
        "residual_entry",
        {**dict.fromkeys(("x1", "x2", "f1", "f2"), _ENTRY), "k": Span(1, 2)},
        _residual_entry,
    ),
    Generator("residual_slope", {"w": _SMALL, "x": _SMALL}, _residual_slope),
    Generator("gradient_symptom", {"case": Span(0, len(_SYMPTOMS) - 1)}, _symptom),
    Generator("remedy_list", {"case": Span(0, len(_ROWS) - 1)}, _remedy),
)
