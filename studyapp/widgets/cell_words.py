"""What the letters of a cell mean, and its equations with the numbers of one unit put in. Pure: no Qt."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studyapp.widgets.finite import largest
from studyapp.widgets.numbers import MINUS, figure, short, subscript

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One letter of the cell.

    Attributes:
        symbol, name: e.g. "f", "forget gate".
        values: [T, h].
        low, high: its range; `high` is None when there is no bound.
        in_notes: what the lecture notes call it, where that is another letter.
    """

    symbol: str
    name: str
    values: Array
    low: float
    high: float | None
    in_notes: str = ""


# letter -> (name, lowest, highest); the lowest of what is unbounded is minus the highest shown
NAMES: dict[str, tuple[str, float, float | None]] = {
    "f": ("forget gate", 0.0, 1.0),
    "i": ("input gate", 0.0, 1.0),
    "g": ("candidate", -1.0, 1.0),
    "o": ("output gate", 0.0, 1.0),
    "c": ("cell state", -1.0, None),
    "z": ("update gate", 0.0, 1.0),
    "r": ("reset gate", 0.0, 1.0),
    "n": ("candidate", -1.0, 1.0),
    "h": ("hidden state", -1.0, 1.0),
    "dL/dh": ("gradient", -1.0, None),
}


# letter -> what the lecture notes write; PyTorch's letters are the smaller ones
IN_NOTES = {"g": "C\u0303", "c": "C"}


def rows_of(gates: Mapping[str, Array], hidden: Array, dh: Array) -> tuple[Row, ...]:
    """The rows to show: the cell's gates in the order of its equations, its state, and the gradient there."""
    return tuple(_row(letter, values) for letter, values in {**gates, "h": hidden, "dL/dh": dh}.items())


def _row(letter: str, values: Array) -> Row:
    """A row whose range is its own; ReLU, residual links and no activation leave it, then there is none."""
    name, low, high = NAMES[letter]
    if high is not None and largest(values) > high:
        low, high = -1.0, None
    return Row(letter, name, values, low, high, IN_NOTES.get(letter, ""))


@dataclass(frozen=True, slots=True)
class Equation:
    """One line: the `formula` (LaTeX), and `left` = `numbers` = `result` for one unit at one time step.

    Attributes:
        sign: "=" where the numbers as printed give the printed result, else "≈".
        remark: what differs from the letters of the notes, for a tooltip.
    """

    formula: str
    left: str
    numbers: str
    result: str
    sign: str = "="
    remark: str = ""


LSTM_C = r"c_t = f_t \odot c_{t-1} + i_t \odot g_t"
LSTM_H = r"h_t = o_t \odot \tanh(c_t)"
GRU_H = {
    "keep": r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot n_t",
    "take": r"h_t = (1 - z_t) \odot h_{t-1} + z_t \odot n_t",
}
LSTM_REMARK = "The notes write C\u0303 for the candidate g, and C for the cell state c."
RNN_H = {
    "tanh": r"h_t = \tanh(W_x x_t + W_h h_{t-1} + b)",
    "relu": r"h_t = \max(0, W_x x_t + W_h h_{t-1} + b)",
    "sigmoid": r"h_t = \sigma(W_x x_t + W_h h_{t-1} + b)",
    "identity": r"h_t = W_x x_t + W_h h_{t-1} + b",
}
JORDAN_H = {name: tex.replace("W_h h_{t-1}", "W_y y_{t-1}") for name, tex in RNN_H.items()}
RNN_SLOPE = r"\tanh'(a_t) = 1 - h_t^2"
BACKWARDS = {
    tex: tex.replace("t-1", "t+1") for tex in (LSTM_C, LSTM_H, *GRU_H.values(), *RNN_H.values(), RNN_SLOPE)
}
MORE = range(2, 9)  # decimals that are tried, until the printed numbers give the printed result
HALF = 0.005 - 1e-9  # of the last decimal of a result


@dataclass(frozen=True, slots=True)
class CellKind:
    """What of RunConfig decides the equations; values as there.

    Attributes:
        reverse: reads from the end, so that the state before is that of the time step after.
    """

    cell: str = "lstm"
    gru_update: str = "keep"
    activation: str = "tanh"
    norm: str = "none"
    reverse: bool = False


def equations(
    kind: CellKind,
    gates: Mapping[str, Array],
    hidden: Array,
    t: int,
    unit: int,
    first: Mapping[str, Array] | None = None,
) -> tuple[Equation, ...]:
    """How `unit` got its state at `t` (0-based), every number taken from the snapshot.

    `first` is the state before the first step read, "h" and "c" [1, h]; without it, it is zero.
    Empty where the equation has parts that are not in the snapshot.
    """

    def at(values: Array, name: str = "", back: int = 0) -> float:
        step = t + back if kind.reverse else t - back
        if 0 <= step < len(values):
            return float(values[step, unit])
        return float(first[name][0, unit]) if first and name in first else 0.0

    now = subscript(t + 1)
    if kind.cell == "lstm":
        f, i, g, o, c = (at(gates[letter]) for letter in "figoc")
        made = _lstm(now, f, at(gates["c"], "c", 1), i, g, o, c)
        made = made[:1] if kind.norm != "none" else made  # h is of the normalised c
    elif kind.cell == "gru":
        z = at(gates["z"])
        kept = z if kind.gru_update == "keep" else 1 - z
        made = (_gru(now, kind.gru_update, kept, at(hidden, "h", 1), at(gates["n"])),)
    elif kind.norm != "none":
        made = ()
    else:
        made = _rnn(now, at(hidden), kind)
    return tuple(replace(e, formula=BACKWARDS[e.formula]) for e in made) if kind.reverse else made


def _lstm(
    now: str, f: float, c_before: float, i: float, g: float, o: float, c: float
) -> tuple[Equation, ...]:
    state, sign = _worked("{}·{} + {}·{}", (f, c_before, i, g), _products, f * c_before + i * g)
    out, out_sign = _worked("{}·tanh({})", (o, c), _of_tanh, o * math.tanh(c))
    return (
        Equation(LSTM_C, f"c{now}", state, short(f * c_before + i * g), sign, LSTM_REMARK),
        Equation(LSTM_H, f"h{now}", out, short(o * math.tanh(c)), out_sign, LSTM_REMARK),
    )


def _gru(now: str, update: str, kept: float, h_before: float, n: float) -> Equation:
    h = kept * h_before + (1 - kept) * n
    numbers, sign = _worked("{}·{} + {}·{}", (kept, h_before, 1 - kept, n), _products, h)
    return Equation(GRU_H[update], f"h{now}", numbers, short(h), sign)


def _rnn(now: str, h: float, kind: CellKind) -> tuple[Equation, ...]:
    """The sum a_t is found back from h_t; for tanh, its slope is what a gradient is multiplied by."""
    formula = (JORDAN_H if kind.cell == "jordan" else RNN_H)[kind.activation]
    if kind.activation == "relu":
        inside = short(h) if h > 0 else "what is not above 0"
        return (Equation(formula, f"h{now}", f"max(0, {inside})", short(h)),)
    if kind.activation == "identity":
        return (Equation(formula, f"h{now}", "the sum", short(h)),)
    if kind.activation == "sigmoid":
        a = math.log(h / (1 - h)) if 0 < h < 1 else _beyond(h - 0.5)
        numbers, sign = _worked("σ({})", (a,), _sigmoid, h)
        return (Equation(formula, f"h{now}", numbers, short(h), sign),)
    return _tanh(now, h, formula)


def _tanh(now: str, h: float, formula: str) -> tuple[Equation, ...]:
    a = math.atanh(h) if abs(h) < 1 else _beyond(h)
    numbers, sign = _worked("tanh({})", (a,), math.tanh, h)
    slope = 1 - h * h
    square, slope_sign = next(
        ((_in(h, digits), "=") for digits in MORE if figure(1 - _printed(h, digits) ** 2) == figure(slope)),
        (_in(h, MORE[-1]), "≈"),
    )
    return (
        Equation(formula, f"h{now}", numbers, short(h), sign),
        Equation(RNN_SLOPE, "slope", f"1 {MINUS} {square}²", figure(slope), slope_sign),
    )


def _beyond(side: float) -> float:
    """Infinity on that side; not a number where there is none."""
    return side if math.isnan(side) else math.copysign(math.inf, side)


def _sigmoid(a: float) -> float:
    return 0.5 + 0.5 * math.tanh(a / 2)


def _worked(
    form: str, values: tuple[float, ...], formula: Callable[..., float], result: float
) -> tuple[str, str]:
    """`form` with `values`, in so few decimals that `formula` of what is printed gives `short(result)`.

    Returns:
        The numbers and "="; "≈" when even many decimals do not give it.
    """
    wanted = round(result, 2)
    exact = (d for d in MORE if abs(formula(*(_printed(v, d) for v in values)) - wanted) < HALF)
    digits = next(exact, 0)
    write = _fixed if "(" in form else _in  # a function brings brackets of its own
    return form.format(*(write(v, digits or MORE[-1]) for v in values)), "=" if digits else "≈"


def _products(a: float, b: float, c: float, d: float) -> float:
    return a * b + c * d


def _of_tanh(o: float, c: float) -> float:
    return o * math.tanh(c)


def _fixed(value: float, digits: int) -> str:
    """`value` with so many decimals and a real minus sign."""
    if not math.isfinite(value):
        return figure(value)
    text = f"{value:.{digits}f}".replace("-", MINUS)
    return text.removeprefix(MINUS) if not float(text.replace(MINUS, "-")) else text


def _printed(value: float, digits: int) -> float:
    """The number that `_fixed` prints."""
    return float(f"{value:.{digits}f}") if math.isfinite(value) else value


def _in(value: float, digits: int) -> str:
    """`value` inside a product: negative ones in brackets."""
    text = _fixed(value, digits)
    return f"({text})" if text.startswith(MINUS) else text
