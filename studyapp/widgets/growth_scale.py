"""Where an n and a count stand in a plot, with a logarithmic or an even scale either way. Pure: no Qt.

Counts come as base-10 logarithms, because 2^1000 is among them; an even scale works with their ratio
to the highest one, so nothing overflows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from studyapp.widgets.numbers import power, tick_label, ticks

WIDTH = 1000.0  # units of the whole axis of n
_ROOM = 1.06  # above the highest point, as a share of the height
_LEAST = 2.0  # decades that a logarithmic scale shows
_LN10 = math.log(10)


def _log(value: float) -> float:
    return math.log10(value) if value > 0 else -math.inf


FAMILIES: tuple[tuple[str, Callable[[float], float]], ...] = (
    ("1", lambda _n: 0.0),
    ("log n", lambda n: _log(math.log2(n)) if n > 1 else -math.inf),
    ("√n", lambda n: _log(n) / 2),
    ("n", _log),
    ("n log n", lambda n: _log(n * math.log2(n)) if n > 1 else -math.inf),
    ("n²", lambda n: 2 * _log(n)),
    ("n³", lambda n: 3 * _log(n)),
    ("2ⁿ", lambda n: n * math.log10(2)),
    ("n!", lambda n: math.lgamma(n + 1) / _LN10),
)
"""(name, base-10 logarithm of it at n) of the families of growth, slowest first."""


@dataclass(frozen=True, slots=True)
class GrowthScale:
    """n runs from `first` to `last`, base-10 logarithms of counts from `low` to `high`."""

    first: float
    last: float
    low: float
    high: float
    log_x: bool
    log_y: bool

    def across(self, n: float) -> float:
        """Where n is, in units from 0 to WIDTH."""
        first, last, n = (self._x(value) for value in (self.first, self.last, n))
        return WIDTH * (n - first) / ((last - first) or 1.0)

    def n_at(self, unit: float) -> float:
        """The n at `unit`."""
        first, last = self._x(self.first), self._x(self.last)
        x = first + unit / WIDTH * (last - first)
        return float(10.0**x) if self.log_x else x

    def share(self, value: float) -> float:
        """How high a count with this logarithm is, as a share of the height; may be outside of 0 to 1."""
        if self.log_y:
            tall = (self.high - self.low) or 1.0
            return (value - self.low) / (tall * _ROOM) + 0.02 if value > -math.inf else -1.0
        return float(10.0 ** min(1.0, value - self.high)) / _ROOM if value > -math.inf else 0.0

    def marks(self, about: int) -> list[tuple[float, str]]:
        """(share, label) of round counts."""
        if not self.log_y:
            return self._even_marks(about)
        first, last = math.floor(self.low), math.ceil(self.high)
        step = max(1, math.ceil((last - first) / max(1, about)))
        every = [(self.share(k), _power_label(k)) for k in range(first, last + 1, step)]
        return [mark for mark in every if 0 <= mark[0] <= 1]

    def steps(self, first: float, last: float, about: int) -> list[tuple[float, str]]:
        """(unit, label) of round values of n between these two units."""
        low, high = self.n_at(first), self.n_at(last)
        return [
            (self.across(n), tick_label(n))
            for n in self._round(low, high, about)
            if low <= n <= high * 1.0001
        ]

    def _x(self, n: float) -> float:
        return math.log10(max(n, 1e-9)) if self.log_x else n

    def _round(self, low: float, high: float, about: int) -> list[float]:
        if self.log_x and high > 12 * max(low, 1e-9):
            first, last = math.floor(_log(max(low, 1e-9))), math.ceil(_log(high))
            step = max(1, math.ceil((last - first) / max(1, about)))
            return [10.0**k for k in range(first, last + 1, step)]
        even = ticks(max(high - low, 1e-9), about)
        gap = max(1.0, even[1] - even[0] if len(even) > 1 else 1.0)
        start = math.ceil(low / gap)
        return [gap * k for k in range(start, math.floor(high / gap + 1e-9) + 1)]

    def _even_marks(self, about: int) -> list[tuple[float, str]]:
        """With 10^k left out of the working, so that no count is too large."""
        k = math.floor(self.high)
        marks = ticks(10.0 ** (self.high - k), about)
        return [(m / 10.0 ** (self.high - k) / _ROOM, _times(m, k)) for m in marks]


def window(values: list[float], log_y: bool) -> tuple[float, float]:
    """The lowest and highest of `values` that can be shown; decades apart where the scale is logarithmic."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return 0.0, 1.0
    low, high = min(finite), max(finite)
    missing = max(0.0, _LEAST - (high - low)) / 2 if log_y else 0.0
    return low - missing, high + missing


def count_label(value: float) -> str:
    """A count by its base-10 logarithm: "1,024", "2.5×10¹²"."""
    if not math.isfinite(value):
        return "0"
    if value < 6:
        exact = 10.0**value
        return f"{exact:,.0f}" if exact >= 10 else f"{exact:.3g}"
    exponent = math.floor(value)
    return f"{10 ** (value - exponent):.2f}×10{power(exponent)}"


def _power_label(k: int) -> str:
    return tick_label(10.0**k) if -3 <= k <= 3 else f"10{power(k)}"


def _times(mantissa: float, k: int) -> str:
    return tick_label(mantissa * 10.0**k) if k < 300 else f"{mantissa:g}×10{power(k)}" if mantissa else "0"
