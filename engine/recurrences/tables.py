"""Counts at a few n, as rows: the number in words and the time it takes at 10^9 a second."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from engine.recurrences.magnitude import Magnitude, of_number
from engine.symbolic.findings import Row
from engine.symbolic.surd import Surd

PLACES = (10, 100, 10**6)
A_SECOND = 9  # base-10 logarithm of how many a second
UNKNOWN = "–"

_SCALES = ((15, "quadrillion"), (12, "trillion"), (9, "billion"), (6, "million"))
_YEAR = 365.25 * 86400
_TIMES = (
    (_YEAR, "years"),
    (86400.0, "days"),
    (3600.0, "hours"),
    (60.0, "minutes"),
    (1.0, "seconds"),
    (1e-3, "ms"),
    (1e-6, "µs"),
    (1e-9, "ns"),
)
_LONGEST = 6  # base-10 logarithm of the years that are written out
_AGE_OF_THE_UNIVERSE = math.log10(1.38e10 * _YEAR)

Size = Fraction | float | int | Surd | Magnitude


def rows(value_at: Callable[[int], Size | None], places: tuple[int, ...] = PLACES) -> tuple[Row, ...]:
    """A row for each place; where `value_at` is None or has no value it says that it is not known."""
    return tuple(_row(place, value_at) for place in places)


def _row(place: int, value_at: Callable[[int], Size | None]) -> Row:
    try:
        value = value_at(place)
        size = None if value is None else value if isinstance(value, Magnitude) else of_number(value)
    except (ArithmeticError, ValueError, KeyError):
        size, value = None, None
    if size is None or math.isnan(size.log10):
        return Row(place, UNKNOWN, math.nan, UNKNOWN)
    return Row(place, in_words(size, value), size.log10, time_of(size))


def in_words(size: Magnitude, value: Size | None = None) -> str:
    """ "1,023", "1.27 million", "1.27 · 10^30", "a number of 301,030 digits"."""
    if size.sign == 0:
        return "0"
    sign = "-" if size.sign < 0 else ""
    if size.log10 < 6:
        return _small(sign + UNKNOWN, value if value is not None else size)
    if size.log10 >= 6000:
        return f"{sign}a number of {math.floor(size.log10) + 1:,} digits".replace("-a", "minus a")
    for power, name in _SCALES:
        if power <= size.log10 < 18:
            return f"{sign}{_figures(10 ** (size.log10 - power))} {name}"
    power = math.floor(size.log10)
    return f"{sign}{_figures(10 ** (size.log10 - power))} · 10^{power}"


def _small(unknown: str, value: Size) -> str:
    try:
        number = float(value)
    except OverflowError:
        return unknown
    near = round(number)
    if abs(number - near) < 1e-9 * max(1, abs(near)):
        return f"{near:,}"
    return f"{number:,.4g}" if abs(number) < 1000 else f"{number:,.1f}"


def _figures(value: float) -> str:
    """Three figures, without zeros at the end."""
    return f"{value:.3g}" if value < 999.5 else f"{value:.0f}"


def time_of(size: Magnitude) -> str:
    """How long so many steps take at 10^9 a second, in words."""
    if size.sign <= 0:
        return "no time" if size.sign == 0 else UNKNOWN
    seconds = size.log10 - A_SECOND
    years = seconds - math.log10(_YEAR)
    if years > _LONGEST:
        return _eternity(seconds, years)
    for length, name in _TIMES:
        if seconds >= math.log10(length) - 1e-12:
            count = 10**seconds / length
            return f"{_counted(count)} {name if count >= 1.05 or name in ('ms', 'µs', 'ns') else name[:-1]}"
    return "under 1 ns"


def _counted(count: float) -> str:
    return f"{count:,.0f}" if count >= 99.5 else f"{count:.2g}"


def _eternity(seconds: float, years: float) -> str:
    ages = seconds - _AGE_OF_THE_UNIVERSE
    if ages < 0:
        return f"{_counted(10 ** (years - 6))} million years"
    if ages < 6:
        return f"{_counted(10**ages)} times the age of the universe"
    return f"10^{math.floor(years):,} years"
