"""Gates and states of an LSTM with one unit, computed by the engine's own cell; and its sizes.

Value names are listed in FORMAT.md. Knows no question texts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from content.generators.domain import Generator, Span
from content.placeholders import Values

_TENTHS = Span(-15, 15, places=1, zero=False)
_BIAS = Span(-10, 10, places=1, zero=False)
_INSIDE = Span(-9, 9, places=1, zero=False)
_GATE = Span(5, 95, step=5, places=2)
_MEMORY = Span(-20, 20, places=1, zero=False)
_DIGIT = Span(1, 9)
_ENTRY = Span(1, 3)
_GATES = ("f", "i", "g", "o")


def _step(
    weights: Mapping[str, tuple[float, float, float]], x: float, h: float, c: float
) -> dict[str, float]:
    """One step of the engine's cell; `weights` gives (w_h, w_x, b) for each of f i g o."""
    import numpy as np

    from engine.cells import Lstm

    cell = Lstm()
    rows = np.array([weights[gate] for gate in cell.stacked])
    stacked = {"W_hh": rows[:, :1], "W_ih": rows[:, 1:2], "b_ih": rows[:, 2], "b_hh": np.zeros(len(rows))}
    step = cell.forward(stacked, np.array([[x]]), (np.array([[h]]), np.array([[c]])))
    new_h, new_c = step.after
    values = {**step.values, "h": new_h, "c": new_c}
    return {name: float(value[0, 0]) for name, value in values.items()}


def _gate(w_h: float, w_x: float, b: float, h: float, x: float) -> Values:
    weights = dict.fromkeys(_GATES, (w_h, w_x, b))
    bare = dict.fromkeys(_GATES, (w_h, w_x, 0.0))
    full = _step(weights, x, h, 0.0)
    a = w_h * h + w_x * x + b
    return {
        "a": a,
        "gate": full["f"],
        "gate_by_tanh": full["g"],
        "gate_without_bias": _step(bare, x, h, 0.0)["f"],
        "gate_without_sigmoid": a,
    }


def _cell_update(f: float, i: float, g: float, c_prev: float) -> Values:
    kept, added = f * c_prev, i * g
    return {
        "kept": kept,
        "added": added,
        "c": kept + added,
        "c_swapped": i * c_prev + f * g,
        "c_without_candidate": kept + i,
        "c_only_kept": kept,
        "c_without_forgetting": c_prev + added,
    }


def _output(o: float, c: float) -> Values:
    return {
        "tanh_c": math.tanh(c),
        "h": o * math.tanh(c),
        "h_without_tanh": o * c,
        "h_tanh_of_gate": c * math.tanh(o),
        "h_without_gate": math.tanh(c),
    }


def _gate_from_states(h: float, c: float) -> Values:
    return {
        "tanh_c": math.tanh(c),
        "o": h / math.tanh(c),
        "o_without_tanh": h / c,
        "o_upside_down": math.tanh(c) / h,
    }


def _whole_step(x: float, h_prev: float, c_prev: float, **weights: float) -> Values:
    gates = {gate: (weights[f"w_{gate}h"], weights[f"w_{gate}x"], weights[f"b_{gate}"]) for gate in _GATES}
    step = _step(gates, x, h_prev, c_prev)
    f, i, g, o = (step[gate] for gate in _GATES)
    return {
        **{f"a_{gate}": w_h * h_prev + w_x * x + b for gate, (w_h, w_x, b) in gates.items()},
        **{name: step[name] for name in (*_GATES, "c", "h")},
        "c_swapped": i * c_prev + f * g,
        "h_without_tanh": o * step["c"],
        "h_without_forgetting": o * math.tanh(c_prev + i * g),
    }


def _parameters(d: int, h: int) -> Values:
    per_gate = h * (h + d) + h
    return {
        "stacked": d + h,
        "per_gate": per_gate,
        "count": 4 * per_gate,
        "count_torch": 4 * (per_gate + h),
        "count_three_gates": 3 * per_gate,
        "count_one_gate": per_gate,
        "count_without_bias": 4 * h * (h + d),
        "count_input_only": 4 * (h * d + h),
    }


def _stack(d: int, h: int) -> Values:
    return {
        "stacked": d + h,
        "rows": h,
        "columns": d + h,
        "entries": h * (d + h),
        "all_entries": 4 * h * (d + h),
        "stacked_product": d * h,
        "entries_input_only": h * d,
    }


def _carry(f: float, steps: int, c_start: int) -> Values:
    left, half_life = 1.0, 0
    for _ in range(steps):
        left *= f
    share = 1.0
    while share > 0.5:
        share *= f
        half_life += 1
    return {
        "share": left,
        "percent": 100 * left,
        "c_end": c_start * left,
        "half_life": half_life,
        "half_life_short": half_life - 1,
        "half_life_linear": math.ceil(round(0.5 / (1 - f), 9)),
        "half_life_mean": math.floor(round(1 / (1 - f), 9) + 0.5),
        "share_linear": max(0.0, 1 - steps * (1 - f)),
        "share_lost": 1 - left,
        "percent_lost": 100 * (1 - left),
        "c_end_one_step": c_start * f,
    }


def _pointwise(*, k: int, **entries: int) -> Values:
    u, v = ([entries[f"{vector}{n}"] for n in (1, 2, 3)] for vector in "uv")
    products = [a * b for a, b in zip(u, v, strict=True)]
    sums = [a + b for a, b in zip(u, v, strict=True)]
    return {
        "uk": u[k - 1],
        "vk": v[k - 1],
        **{f"p{n}": product for n, product in enumerate(products, 1)},
        **{f"s{n}": total for n, total in enumerate(sums, 1)},
        "product": products[k - 1],
        "sum": sums[k - 1],
        "dot": sum(products),
    }


def _pointwise_tanh(u1: float, u2: float, u3: float, k: int) -> Values:
    u = (u1, u2, u3)
    return {
        "uk": u[k - 1],
        **{f"t{n}": math.tanh(value) for n, value in enumerate(u, 1)},
        "entry": math.tanh(u[k - 1]),
        "entry_sigmoid": 1 / (1 + math.exp(-u[k - 1])),
    }


def _reachable(h: float, c: float) -> bool:
    """h = o tanh(c) with o inside (0, 1)."""
    return 0.02 < h / math.tanh(c) < 0.98


def _still_visible(f: float, steps: int, c_start: int) -> bool:
    return bool(f**steps * c_start >= 0.01)


_VECTORS = dict.fromkeys(("u1", "u2", "u3", "v1", "v2", "v3"), _DIGIT)
_STEP_WEIGHTS = {
    name: span
    for gate in _GATES
    for name, span in ((f"w_{gate}h", _TENTHS), (f"w_{gate}x", _TENTHS), (f"b_{gate}", _BIAS))
}

GENERATORS = (
    Generator(
        "lstm_gate",
        {"w_h": _TENTHS, "w_x": _TENTHS, "b": _BIAS, "h": _INSIDE, "x": _MEMORY},
        _gate,
    ),
    Generator("lstm_cell_update", {"f": _GATE, "i": _GATE, "g": _INSIDE, "c_prev": _MEMORY}, _cell_update),
    Generator("lstm_output", {"o": _GATE, "c": _MEMORY}, _output),
    Generator("gate_from_states", {"h": _INSIDE, "c": _MEMORY}, _gate_from_states, _reachable),
    Generator(
        "lstm_step",
        {"x": _MEMORY, "h_prev": _INSIDE, "c_prev": _MEMORY, **_STEP_WEIGHTS},
        _whole_step,
    ),
    Generator("lstm_parameters", {"d": Span(2, 40), "h": Span(2, 40)}, _parameters),
    Generator("lstm_stack", {"d": Span(2, 12), "h": Span(2, 12)}, _stack),
    Generator(
        "cell_state_carry",
        {"f": Span(50, 99, places=2), "steps": Span(2, 30), "c_start": Span(1, 9)},
        _carry,
        _still_visible,
    ),
    Generator("pointwise", {**_VECTORS, "k": _ENTRY}, _pointwise),
    Generator(
        "pointwise_tanh",
        {**{name: Span(-25, 25, places=1, zero=False) for name in ("u1", "u2", "u3")}, "k": _ENTRY},
        _pointwise_tanh,
    ),
)
