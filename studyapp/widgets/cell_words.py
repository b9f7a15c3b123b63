"""What the letters of a cell mean, and its equations with the numbers of one unit put in. Pure: no Qt."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    return tuple(
        Row(letter, NAMES[letter][0], values, *NAMES[letter][1:], IN_NOTES.get(letter, ""))
        for letter, values in {**gates, "h": hidden, "dL/dh": dh}.items()
    )


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
RNN_H = r"h_t = \tanh(W_x x_t + W_h h_{t-1} + b)"
RNN_SLOPE = r"\tanh'(a_t) = 1 - h_t^2"
MORE = range(2, 9)  # decimals that are tried, until the printed numbers give the printed result
HALF = 0.005 - 1e-9  # of the last decimal of a result


def equations(
    cell: str, gru_update: str, gates: Mapping[str, Array], hidden: Array, t: int, unit: int
) -> tuple[Equation, ...]:
    """How `unit` got its state at `t` (0-based), every number taken from the snapshot.

    `gru_update` is RunConfig's: "keep" or "take". The state before the first step is zero.
    """

    def at(values: Array, step: int = t) -> float:
        return float(values[step, unit]) if step >= 0 else 0.0

    now = subscript(t + 1)
    if cell == "lstm":
        f, i, g, o, c = (at(gates[letter]) for letter in "figoc")
        return _lstm(now, f, at(gates["c"], t - 1), i, g, o, c)
    if cell == "gru":
        z = at(gates["z"])
        kept = z if gru_update == "keep" else 1 - z
        return (_gru(now, gru_update, kept, at(hidden, t - 1), at(gates["n"])),)
    return _rnn(now, at(hidden))


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


def _rnn(now: str, h: float) -> tuple[Equation, ...]:
    """The sum inside tanh is a_t = artanh(h_t); its slope is what a gradient is multiplied by."""
    a = math.atanh(h) if abs(h) < 1 else math.copysign(math.inf, h)
    numbers, sign = _worked("tanh({})", (a,), math.tanh, h)
    slope = 1 - h * h
    square, slope_sign = next(
        ((_in(h, digits), "=") for digits in MORE if figure(1 - _printed(h, digits) ** 2) == figure(slope)),
        (_in(h, MORE[-1]), "≈"),
    )
    return (
        Equation(RNN_H, f"h{now}", numbers, short(h), sign),
        Equation(RNN_SLOPE, "slope", f"1 {MINUS} {square}²", figure(slope), slope_sign),
    )


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
    write = _fixed if "tanh" in form else _in  # tanh brings brackets of its own
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
