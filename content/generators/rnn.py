"""The simple recurrent layer: steps, states, sizes and its letters in different books.

Names before the semicolon are drawn, those after it computed. Steps come from the engine's cell.

| name | values |
|---|---|
| `rnn_unit` | `w_x w_h b x h_prev`; sum `a`, `h` = tanh(a); `h_without_tanh` (= a), `h_without_bias`, `h_without_past`, `h_by_sigmoid`, `h_swapped` (the weights changed places) |
| `rnn_two_units` | asked unit `k` and single entries; matrices `w_in`, `w_back` 2 x 2, vectors `b x h_prev`, sums `a`, states `h`, the asked `a_k`, `h_k`; `h_k_transposed` (both matrices transposed), `h_k_other` (the other unit), `h_k_no_past` |
| `rnn_three_steps` | `w_x w_h b x1 x2 x3`, h_0 = 0; `h1 h2 h3`, sums `a1 a2 a3`; `h3_no_memory`, `h3_linear` (no tanh), `h3_reversed` (inputs back to front), `h2_no_memory` |
| `rnn_read_out` | `h v c`; `o` = v h + c, `p` = sigmoid(o); `p_no_sigmoid` (= o), `p_tanh`, `p_no_bias` |
| `rnn_sizes` | `d h k steps`; `input_weights` = d h, `recurrent_weights` = h^2, `layer`, `layer_torch`, `output` = k h + k, `network`; `layer_times_length`, `layer_no_recurrence`, `layer_no_bias`, `layer_square_sum` (= (d + h)^2), `unshared` (a layer of its own for each step) |
| `rnn_stacked` | `n_a n_x`; `rows` `columns` `entries` of W_a; `entries_input` (= n_a n_x), `columns_product`, `rows_all` (= n_a + n_x) |
| `linear_memory` | `w` `steps` `x1`; a cell without activation, all later inputs 0: state `h` at the end, `share` = w^steps, `percent`, `percent_lost`; `share_linear`, `percent_linear` (= steps times the first loss), `share_one_more` (a step too many), `share_lost` |
| `parity_net` | bits `x1 ... x5`; states `s1 ... s5` of a network of two ReLU units, `parity` = s5, `ones`, text `bits`; `parity_count` (= ones), `parity_last` (= x5) |
| `finite_states` | `units bits`; `total` = units bits, `states` = 2^total; `states_product` (= 2 total), `states_one` (= 2^bits), `states_square` (= total^2) |
| `output_feedback` | `w_x w_y b v x1 x2`, y_0 = 0; `h1 y1 h2 y2`; `y2_state_fed` (h_1 fed back in place of y_1), `y2_no_memory`, `h2_state_fed` |
| `rnn_letters` | a book and a part of the layer; texts `book_name part_name symbol`, `other1 other2 other3` and what they are, `is1 is2 is3` |
"""  # noqa: E501 - rows of a table

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from content.generators.domain import Generator, OneOf, Span
from content.placeholders import Values
from content.worked import recurrent

_TENTHS = Span(-15, 15, places=1, zero=False)
_INSIDE = Span(-9, 9, places=1, zero=False)
_CLEAR = 0.05  # an answer nearer to 0 could be guessed
_BIT = OneOf((0, 1))
_PARTS = (
    "the hidden state",
    "the input-to-hidden weights",
    "the hidden-to-hidden weights",
    "the hidden-to-output weights",
)
_BOOKS = (
    (r"the textbook with $x^{(t)}$ (Goodfellow and others)", ("h^{(t)}", "U", "W", "V")),
    (r"Ng's course with $x^{\langle t\rangle}$", (r"a^{\langle t\rangle}", "W_{ax}", "W_{aa}", "W_{ya}")),
    (r"the row-vector pages with $x_t W_{in}$", ("o_t", "W_{in}", "W_h", "W_o")),
)


def _unit(w_x: float, w_h: float, b: float, x: float, h_prev: float) -> Values:
    a = _number(recurrent.rnn_step_linear(w_x, w_h, b, x, h_prev))
    return {
        "a": a,
        "h": _step(w_x, w_h, b, x, h_prev),
        "h_without_tanh": a,
        "h_without_bias": _step(w_x, w_h, 0.0, x, h_prev),
        "h_without_past": _step(w_x, 0.0, b, x, h_prev),
        "h_by_sigmoid": 1 / (1 + math.exp(-a)),
        "h_swapped": _step(w_h, w_x, b, x, h_prev),
    }


def _step(w_x: float, w_h: float, b: float, x: float, h: float) -> float:
    return _number(recurrent.rnn_step(w_x, w_h, b, x, h))


def _number(value: Any) -> float:
    return float(value)


def _two_units(*, k: float, **entries: float) -> Values:
    W_x, W_h = (_square(name, entries) for name in ("p", "q"))
    b, x, h_prev = ([entries[f"{name}{n}"] for n in (1, 2)] for name in ("b", "x", "g"))
    a = recurrent.rnn_step_linear(W_x, W_h, b, x, h_prev)
    h = recurrent.rnn_step(W_x, W_h, b, x, h_prev)
    turned = recurrent.rnn_step(_transposed(W_x), _transposed(W_h), b, x, h_prev)
    alone = recurrent.rnn_step(W_x, [[0, 0], [0, 0]], b, x, h_prev)
    at = round(k) - 1
    return {
        "w_in": _rows(W_x),
        "w_back": _rows(W_h),
        "b": tuple(b),
        "x": tuple(x),
        "h_prev": tuple(h_prev),
        "a": tuple(map(float, a)),
        "h": tuple(map(float, h)),
        "a_k": float(a[at]),
        "h_k": float(h[at]),
        "h_k_transposed": float(turned[at]),
        "h_k_other": float(h[1 - at]),
        "h_k_no_past": float(alone[at]),
    }


def _square(name: str, entries: dict[str, float]) -> list[list[float]]:
    return [[entries[f"{name}{row}{column}"] for column in (1, 2)] for row in (1, 2)]


def _transposed(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    return [list(column) for column in zip(*matrix, strict=True)]


def _rows(matrix: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, matrix))


def _three_steps(w_x: float, w_h: float, b: float, x1: float, x2: float, x3: float) -> Values:
    xs = [x1, x2, x3]
    states = [float(h) for h in recurrent.rnn_states(w_x, w_h, b, xs, 0.0)]
    sums = [w_x * x + w_h * h + b for x, h in zip(xs, [0.0, *states], strict=False)]
    linear = 0.0
    for x in xs:
        linear = _number(recurrent.rnn_step_linear(w_x, w_h, b, x, linear))
    return {
        **{f"h{t}": h for t, h in enumerate(states, 1)},
        **{f"a{t}": a for t, a in enumerate(sums, 1)},
        "h3_no_memory": _step(w_x, 0.0, b, x3, 0.0),
        "h2_no_memory": _step(w_x, 0.0, b, x2, 0.0),
        "h3_linear": linear,
        "h3_reversed": float(recurrent.rnn_states(w_x, w_h, b, xs[::-1], 0.0)[-1]),
    }


def _read_out(h: float, v: float, c: float) -> Values:
    o = v * h + c
    return {
        "o": o,
        "p": 1 / (1 + math.exp(-o)),
        "p_no_sigmoid": o,
        "p_tanh": math.tanh(o),
        "p_no_bias": 1 / (1 + math.exp(-v * h)),
    }


def _sizes(d: int, h: int, k: int, steps: int) -> Values:
    layer, output = recurrent.rnn_count(d, h), k * h + k
    return {
        "input_weights": d * h,
        "recurrent_weights": h * h,
        "layer": layer,
        "layer_torch": recurrent.rnn_count_torch(d, h),
        "output": output,
        "network": layer + output,
        "unshared": steps * layer,
        "layer_times_length": steps * layer,
        "layer_no_recurrence": d * h + h,
        "layer_no_bias": d * h + h * h,
        "layer_square_sum": (d + h) ** 2,
    }


def _stacked(n_a: int, n_x: int) -> Values:
    return {
        "rows": n_a,
        "columns": n_a + n_x,
        "entries": recurrent.rnn_count(n_x, n_a) - n_a,
        "entries_input": n_a * n_x,
        "columns_product": n_a * n_x,
        "rows_all": n_a + n_x,
    }


def _linear_memory(w: float, steps: int, x1: int) -> Values:
    h = _number(recurrent.rnn_step_linear(1.0, w, 0.0, float(x1), 0.0))
    for _ in range(steps):
        h = _number(recurrent.rnn_step_linear(1.0, w, 0.0, 0.0, h))
    return {
        "h": h,
        "share": h / x1,
        "percent": 100 * h / x1,
        "percent_lost": 100 - 100 * h / x1,
        "share_linear": max(0.0, 1 - steps * (1 - w)),
        "percent_linear": 100 * max(0.0, 1 - steps * (1 - w)),
        "share_one_more": w ** (steps + 1),
        "share_lost": 1 - h / x1,
    }


def _parity(**bits: int) -> Values:
    states, state = [], 0
    for bit in bits.values():
        u, v = recurrent.rnn_step_relu([[1.0], [1.0]], [[1.0], [1.0]], [0.0, -1.0], [bit], [state])
        state = round(float(u - 2 * v))
        states.append(state)
    ones = sum(bits.values())
    return {
        **{f"s{t}": state for t, state in enumerate(states, 1)},
        "bits": ", ".join(map(str, bits.values())),
        "ones": ones,
        "parity": state,
        "parity_count": ones,
        "parity_last": bits["x5"],
    }


def _finite_states(units: int, bits: int) -> Values:
    total = units * bits
    return {
        "total": total,
        "states": 2**total,
        "states_product": 2 * total,
        "states_one": 2**bits,
        "states_square": total**2,
    }


def _output_feedback(w_x: float, w_y: float, b: float, v: float, x1: float, x2: float) -> Values:
    h1 = _step(w_x, w_y, b, x1, 0.0)
    y1 = v * h1
    h2 = _step(w_x, w_y, b, x2, y1)
    fed = _step(w_x, w_y, b, x2, h1)
    return {
        "h1": h1,
        "y1": y1,
        "h2": h2,
        "y2": v * h2,
        "h2_state_fed": fed,
        "y2_state_fed": v * fed,
        "y2_no_memory": v * _step(w_x, 0.0, b, x2, 0.0),
    }


def _letters(book: int, part: int) -> Values:
    name, symbols = _BOOKS[book]
    others = [(symbol, _PARTS[place]) for place, symbol in enumerate(symbols) if place != part]
    return {
        "book_name": name,
        "part_name": _PARTS[part],
        "symbol": symbols[part],
        **{f"other{n}": symbol for n, (symbol, _) in enumerate(others, 1)},
        **{f"is{n}": name for n, (_, name) in enumerate(others, 1)},
    }


def _differ(p12: float, p21: float, **entries: float) -> bool:
    """The matrices are not symmetric, and no answer lies near 0."""
    states = _two_units(p12=p12, p21=p21, **entries)
    return p12 != p21 and abs(_number(states["h_k"])) > _CLEAR


def _unit_is_clear(**drawn: float) -> bool:
    return abs(_number(_unit(**drawn)["h"])) > _CLEAR


def _steps_are_clear(**drawn: float) -> bool:
    states = _three_steps(**drawn)
    return drawn["x1"] != drawn["x3"] and all(abs(_number(states[h])) > _CLEAR for h in ("h1", "h2", "h3"))


def _feedback_is_clear(**drawn: float) -> bool:
    values = _output_feedback(**drawn)
    return all(abs(_number(values[name])) > _CLEAR for name in ("y1", "h2", "y2"))


_MATRICES = {f"{name}{row}{column}": _TENTHS for name in "pq" for row in (1, 2) for column in (1, 2)}
_VECTORS = {f"{name}{n}": _INSIDE for name in "bxg" for n in (1, 2)}

GENERATORS = (
    Generator(
        "rnn_unit",
        {"w_x": _TENTHS, "w_h": _TENTHS, "b": _INSIDE, "x": _TENTHS, "h_prev": _INSIDE},
        _unit,
        _unit_is_clear,
    ),
    Generator("rnn_two_units", {**_MATRICES, **_VECTORS, "k": OneOf((1, 2))}, _two_units, _differ),
    Generator(
        "rnn_three_steps",
        dict.fromkeys(("w_x", "w_h", "b", "x1", "x2", "x3"), _TENTHS),
        _three_steps,
        _steps_are_clear,
    ),
    Generator(
        "rnn_read_out", {"h": _INSIDE, "v": Span(-30, 30, places=1, zero=False), "c": _INSIDE}, _read_out
    ),
    Generator(
        "rnn_sizes",
        {"d": Span(2, 60), "h": Span(2, 40), "k": Span(1, 20), "steps": Span(3, 50)},
        _sizes,
    ),
    Generator("rnn_stacked", {"n_a": Span(2, 60), "n_x": Span(2, 60)}, _stacked),
    Generator(
        "linear_memory",
        {"w": Span(50, 98, places=2), "steps": Span(2, 12), "x1": Span(1, 9)},
        _linear_memory,
        lambda w, steps, **_: bool(w**steps > 0.02),
    ),
    Generator("parity_net", {f"x{t}": _BIT for t in range(1, 6)}, _parity),
    Generator("finite_states", {"units": Span(1, 5), "bits": OneOf((1, 2, 3, 4))}, _finite_states),
    Generator(
        "output_feedback",
        dict.fromkeys(("w_x", "w_y", "b", "v", "x1", "x2"), _TENTHS),
        _output_feedback,
        _feedback_is_clear,
    ),
    Generator("rnn_letters", {"book": OneOf((0, 1, 2)), "part": OneOf((0, 1, 2, 3))}, _letters),
)
