"""Gates, candidate and state of a GRU, computed by the engine's own cell; and its sizes.

Convention A takes the new state, h_t = (1 - z) h_{t-1} + z n (Chung et al. 2014, Ng); B keeps the old one,
h_t = z h_{t-1} + (1 - z) n (Cho et al. 2014, PyTorch, Keras). The candidate is called n.
Knows no question texts.

    gru_gate         one gate of one unit: `w_h w_x b h x`: `a` = w_h h + w_x x + b, `gate` = sigmoid(a),
                     `mirror` = sigmoid(-a), what negated weights give; `gate_by_tanh`,
                     `gate_without_bias`, `gate_without_sigmoid`
    gru_candidate    one unit: `w_h w_x b r h x`: `rh` = r h, `a` = w_h rh + w_x x + b, `n` = tanh(a);
                     `n_without_reset` (r left out), `n_without_reset_by_sigmoid`, `n_without_reset_sum`
                     (before the tanh), `n_by_sigmoid`, `n_without_tanh`, `n_reset_input` (r on the input as
                     well)
    gru_reset_order  two units, the first row of W_h: `w1 w2 r1 r2 h1 h2`, no input: `before` = w1 r1 h1 +
                     w2 r2 h2, `after` = r1 (w1 h1 + w2 h2), `n_before` and `n_after` their tanh;
                     `before_first_gate` (r1 on both)
    gru_update       `z n h_prev`: `taken` = (1 - z) h_prev + z n (A), `kept` = z h_prev + (1 - z) n (B),
                     `old_a` = (1 - z) h_prev, `new_a` = z n, `old_b`, `new_b`; `taken_plus` (with 1 + z,
                     as a page of the notes has it), `only_added` (= h_prev + z n), texts `lean_a`,
                     `lean_b`
    gru_percent      `z` and an old state of 1 mixed with a new one of 0: `percent_a` = 100 (1 - z),
                     `percent_b` = 100 z
    gru_whole_step   one step of one unit, reset before the product: `x h_prev`, weights `w_zh w_zx b_z`
                     and the same for `r` and `n`; `a_z a_r a_n`, `z r rh n`, `h_a`, `h_b`;
                     `h_without_reset` (A)
    gru_hold         `z steps h_start`, convention B with n = 0: `share` = z^steps, `percent`, `h_end`;
                     `percent_a` (the other convention), `percent_linear`
    gru_sizes        `d h`: `stacked` = d + h, `per_block` = h (d + h + 1), `count` = 3 per_block,
                     `count_torch` (two biases a block), `lstm` = 4 per_block, `lstm_torch`, `saved` =
                     lstm - count; `count_two_blocks`, `count_without_bias`, `count_input_only`
    gru_shape        `d h`: `rows` = h, `columns` = d + h of one matrix on columns, `entries`; text
                     `row_form`; `columns_product` (= d h), `entries_state_only` (= h h)
    gru_mix          vectors `h1 .. h4` and `n1 .. n4` in tenths, `z`, asked entry `k`: `hk nk`, `mixed`
                     (A), `mixed_b`; `product` (= hk nk), `total` (= hk + nk)
    gru_impossible   `h m`, m said to be r h, but larger: `r` = m / h, above 1; `product` (= h m),
                     `r_upside_down`
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from content.generators.domain import Generator, Span
from content.placeholders import Values

_TENTHS = Span(-15, 15, places=1, zero=False)
_INSIDE = Span(-9, 9, places=1, zero=False)
_GATE = Span(5, 95, step=5, places=2)
_BIAS = Span(-10, 10, places=1, zero=False)
_INPUT = Span(-20, 20, places=1, zero=False)
_Row = tuple[float, float, float]


def _step(weights: Mapping[str, _Row], x: float, h: float, update: str = "take") -> dict[str, float]:
    """One step of the engine's cell, reset before the product; `weights` has (w_h, w_x, b) of z, r and n."""
    import numpy as np

    from engine.cells import Gru

    cell = Gru(update, "before")
    rows = np.array([weights[gate] for gate in cell.stacked])
    stacked = {"W_hh": rows[:, :1], "W_ih": rows[:, 1:2], "b_ih": rows[:, 2]}
    step = cell.forward(stacked, np.array([[x]]), (np.array([[h]]),))
    values = {**step.values, "h": step.after[0]}
    return {name: float(value[0, 0]) for name, value in values.items()}


def _gate(w_h: float, w_x: float, b: float, h: float, x: float) -> Values:
    row = (w_h, w_x, b)
    found = _step({"z": row, "r": (-w_h, -w_x, -b), "n": row}, x, h)
    bare = _step(dict.fromkeys("zrn", (w_h, w_x, 0.0)), x, h)
    a = w_h * h + w_x * x + b
    return {
        "a": a,
        "gate": found["z"],
        "mirror": found["r"],
        "gate_by_tanh": math.tanh(a),
        "gate_without_bias": bare["z"],
        "gate_without_sigmoid": a,
    }


def _candidate(w_h: float, w_x: float, b: float, r: float, h: float, x: float) -> Values:
    reset = (0.0, 0.0, math.log(r / (1 - r)))  # a bias that opens the gate just so far
    row = (w_h, w_x, b)
    found = _step({"z": row, "r": reset, "n": row}, x, h)
    a = w_h * r * h + w_x * x + b
    whole = w_h * h + w_x * x + b  # nothing is reset
    return {
        "rh": r * h,
        "a": a,
        "n": found["n"],
        "n_without_reset": math.tanh(whole),
        "n_without_reset_by_sigmoid": 1 / (1 + math.exp(-whole)),
        "n_without_reset_sum": whole,
        "n_by_sigmoid": 1 / (1 + math.exp(-a)),
        "n_without_tanh": a,
        "n_reset_input": math.tanh(r * (w_h * h + w_x * x) + b),
    }


def _reset_order(w1: float, w2: float, r1: float, r2: float, h1: float, h2: float) -> Values:
    """The first unit's candidate of the engine's cell, once for each order."""
    import numpy as np

    from engine.cells import Gru

    gates = np.log([r1 / (1 - r1), r2 / (1 - r2)])
    weights = {
        "W_ih": np.zeros((6, 1)),
        "W_hh": np.array([[0.0, 0.0]] * 4 + [[w1, w2], [0.0, 0.0]]),
        "b_ih": np.concatenate([gates, np.zeros(4)]),
    }
    found = {
        order: Gru("take", order).forward(weights, np.zeros((1, 1)), (np.array([[h1, h2]]),)).values["n"]
        for order in ("before", "after")
    }
    return {
        "before": w1 * r1 * h1 + w2 * r2 * h2,
        "after": r1 * (w1 * h1 + w2 * h2),
        "n_before": float(found["before"][0, 0]),
        "n_after": float(found["after"][0, 0]),
        "before_first_gate": r1 * (w1 * h1 + w2 * h2),
    }


def _update(z: float, n: float, h_prev: float) -> Values:
    old, new = "mostly the old state", "mostly the new candidate"
    return {
        "taken": (1 - z) * h_prev + z * n,
        "kept": z * h_prev + (1 - z) * n,
        "old_a": (1 - z) * h_prev,
        "new_a": z * n,
        "old_b": z * h_prev,
        "new_b": (1 - z) * n,
        "rest": 1 - z,
        "taken_plus": (1 + z) * h_prev + z * n,
        "only_added": h_prev + z * n,
        "lean_a": new if z > 0.5 else old,
        "lean_b": old if z > 0.5 else new,
    }


def _percent(z: float) -> Values:
    return {"percent_a": round(100 * (1 - z)), "percent_b": round(100 * z)}


def _whole_step(x: float, h_prev: float, **weights: float) -> dict[str, float]:
    gates = {gate: (weights[f"w_{gate}h"], weights[f"w_{gate}x"], weights[f"b_{gate}"]) for gate in "zrn"}
    step = _step(gates, x, h_prev)
    z, r, n = (step[gate] for gate in "zrn")
    unreset = math.tanh(gates["n"][0] * h_prev + gates["n"][1] * x + gates["n"][2])
    return {
        **{f"a_{gate}": gates[gate][0] * h_prev + gates[gate][1] * x + gates[gate][2] for gate in "zr"},
        "a_n": gates["n"][0] * r * h_prev + gates["n"][1] * x + gates["n"][2],
        "z": z,
        "r": r,
        "rh": r * h_prev,
        "n": n,
        "rest": 1 - z,
        "h_a": step["h"],
        "h_b": _step(gates, x, h_prev, "keep")["h"],
        "h_without_reset": (1 - z) * h_prev + z * unreset,
    }


def _hold(z: float, steps: int, h_start: int) -> Values:
    share, share_a = math.prod([z] * steps), math.prod([1 - z] * steps)
    return {
        "share": share,
        "percent": 100 * share,
        "h_end": h_start * share,
        "percent_a": 100 * share_a,
        "percent_linear": max(0.0, 100 * (1 - steps * (1 - z))),
    }


def _sizes(d: int, h: int) -> Values:
    from engine.cells import Gru, Lstm

    def count(cell: Gru | Lstm, biases: str) -> int:
        return sum(math.prod(shape) for shape in cell.shapes(d, h, biases).values())

    gru, lstm = count(Gru(), "one"), count(Lstm(), "one")
    return {
        "stacked": d + h,
        "per_block": gru // 3,
        "count": gru,
        "count_torch": count(Gru(), "two"),
        "lstm": lstm,
        "lstm_torch": count(Lstm(), "two"),
        "saved": lstm - gru,
        "count_two_blocks": 2 * gru // 3,
        "count_without_bias": 3 * h * (d + h),
        "count_input_only": 3 * (h * d + h),
    }


def _shape(d: int, h: int) -> Values:
    return {
        "rows": h,
        "columns": d + h,
        "entries": h * (d + h),
        "row_form": rf"{d + h}\times {h}",
        "columns_product": d * h,
        "entries_state_only": h * h,
    }


def _mix(z: float, k: int, **entries: float) -> Values:
    h, n = entries[f"h{k}"], entries[f"n{k}"]
    return {
        "hk": h,
        "nk": n,
        "rest": 1 - z,
        "mixed": (1 - z) * h + z * n,
        "mixed_b": z * h + (1 - z) * n,
        "product": h * n,
        "total": h + n,
    }


def _impossible(h: float, m: float) -> Values:
    return {"r": m / h, "product": h * m, "r_upside_down": h / m}


def _apart(z: float, n: float, h_prev: float) -> bool:
    """The conventions give two results, and neither is nearly 0."""
    results = (1 - z) * h_prev + z * n, z * h_prev + (1 - z) * n
    return abs(n - h_prev) > 0.15 and abs(z - 0.5) > 0.04 and min(map(abs, results)) > 0.02


def _step_shows(x: float, h_prev: float, **weights: float) -> bool:
    """Neither result is nearly 0, and the conventions and the reset gate make a difference."""
    values = _whole_step(x, h_prev, **weights)
    h_a, h_b, unreset = (values[name] for name in ("h_a", "h_b", "h_without_reset"))
    return min(abs(h_a), abs(h_b)) > 0.05 and min(abs(h_a - h_b), abs(h_a - unreset)) > 0.01


def _candidate_shows(w_h: float, w_x: float, b: float, r: float, h: float, x: float) -> bool:
    """Neither the reset state nor the candidate's sum, with or without reset, is nearly 0."""
    return abs(r * h) > 0.04 and all(abs(w_h * each + w_x * x + b) > 0.05 for each in (h, r * h))


def _orders_differ(w1: float, w2: float, r1: float, r2: float, h1: float, h2: float) -> bool:
    """The two orders give different candidates, and neither is nearly 0."""
    before, after = w1 * r1 * h1 + w2 * r2 * h2, r1 * (w1 * h1 + w2 * h2)
    return abs(before - after) > 0.05 and min(abs(before), abs(after)) > 0.05


def _mix_apart(z: float, k: int, **entries: float) -> bool:
    return _apart(z, entries[f"n{k}"], entries[f"h{k}"])


_TENTH = Span(1, 9, places=1)
_MIX = Span(-9, 9, places=1)

GENERATORS = (
    Generator("gru_gate", {"w_h": _TENTHS, "w_x": _TENTHS, "b": _BIAS, "h": _INSIDE, "x": _INPUT}, _gate),
    Generator(
        "gru_candidate",
        {"w_h": _TENTHS, "w_x": _TENTHS, "b": _BIAS, "r": _TENTH, "h": _INSIDE, "x": _INPUT},
        _candidate,
        _candidate_shows,
    ),
    Generator(
        "gru_reset_order",
        {
            **dict.fromkeys(("w1", "w2"), _TENTHS),
            **dict.fromkeys(("r1", "r2"), _TENTH),
            **dict.fromkeys(("h1", "h2"), _INSIDE),
        },
        _reset_order,
        _orders_differ,
    ),
    Generator("gru_update", {"z": _GATE, "n": _INSIDE, "h_prev": _INSIDE}, _update, _apart),
    Generator("gru_percent", {"z": Span(1, 99, places=2)}, _percent, lambda z: abs(z - 0.5) > 0.01),
    Generator(
        "gru_whole_step",
        {
            "x": _INPUT,
            "h_prev": _INSIDE,
            **{name: _TENTHS for gate in "zrn" for name in (f"w_{gate}h", f"w_{gate}x")},
            **{f"b_{gate}": _BIAS for gate in "zrn"},
        },
        _whole_step,
        _step_shows,
    ),
    Generator(
        "gru_hold",
        {"z": Span(55, 99, places=2), "steps": Span(2, 20), "h_start": Span(1, 9)},
        _hold,
        lambda z, steps, **_: z**steps > 0.01,
    ),
    Generator("gru_sizes", {"d": Span(2, 40), "h": Span(2, 40)}, _sizes),
    Generator("gru_shape", {"d": Span(2, 12), "h": Span(3, 12)}, _shape, lambda d, h: d != h),
    Generator(
        "gru_mix",
        {
            **{f"{vector}{n}": _MIX for vector in "hn" for n in (1, 2, 3, 4)},
            "z": Span(10, 90, step=10, places=2),
            "k": Span(1, 4),
        },
        _mix,
        _mix_apart,
    ),
    Generator("gru_impossible", {"h": _TENTH, "m": _TENTH}, _impossible, lambda h, m: m > h),
)
