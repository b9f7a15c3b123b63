"""What the letters of a cell mean, and its equations with the numbers of one unit put in. Pure: no Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping
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
    """

    symbol: str
    name: str
    values: Array
    low: float
    high: float | None


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


def rows_of(gates: Mapping[str, Array], hidden: Array, dh: Array) -> tuple[Row, ...]:
    """The rows to show: the cell's gates in the order of its equations, its state, and the gradient there."""
    return tuple(
        Row(letter, NAMES[letter][0], values, *NAMES[letter][1:])
        for letter, values in {**gates, "h": hidden, "dL/dh": dh}.items()
    )


@dataclass(frozen=True, slots=True)
class Equation:
    """One line: the `formula` (LaTeX), and `left` = `numbers` = `result` for one unit at one time step."""

    formula: str
    left: str
    numbers: str
    result: str


LSTM_C = r"c_t = f_t \odot c_{t-1} + i_t \odot g_t"
LSTM_H = r"h_t = o_t \odot \tanh(c_t)"
GRU_H = {
    "keep": r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot n_t",
    "take": r"h_t = (1 - z_t) \odot h_{t-1} + z_t \odot n_t",
}
RNN_H = r"h_t = \tanh(W_x x_t + W_h h_{t-1} + b)"
RNN_SLOPE = r"\tanh'(a_t) = 1 - h_t^2"


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
    sums = f"{short(f)}·{_in(c_before)} + {short(i)}·{_in(g)}"
    return (
        Equation(LSTM_C, f"c{now}", sums, short(f * c_before + i * g)),
        Equation(LSTM_H, f"h{now}", f"{short(o)}·tanh({short(c)})", short(o * math.tanh(c))),
    )


def _gru(now: str, update: str, kept: float, h_before: float, n: float) -> Equation:
    sums = f"{short(kept)}·{_in(h_before)} + {short(1 - kept)}·{_in(n)}"
    return Equation(GRU_H[update], f"h{now}", sums, short(kept * h_before + (1 - kept) * n))


def _rnn(now: str, h: float) -> tuple[Equation, ...]:
    """The sum inside tanh is a_t = artanh(h_t); its slope is what a gradient is multiplied by."""
    a = math.atanh(h) if abs(h) < 1 else math.copysign(math.inf, h)
    return (
        Equation(RNN_H, f"h{now}", f"tanh({short(a)})", short(h)),
        Equation(RNN_SLOPE, "slope", f"1 {MINUS} {_in(h)}²", figure(1 - h * h)),
    )


def _in(value: float) -> str:
    """`value` inside a product: negative ones in brackets."""
    text = short(value)
    return f"({text})" if text.startswith(MINUS) else text
