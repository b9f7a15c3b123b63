"""Curves to plot: a formula sampled evenly on a logarithmic axis, with measured points beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from engine.recurrences.magnitude import Magnitude, of_number
from engine.recurrences.tables import Size
from engine.symbolic.findings import Curve, Formula

SAMPLES = 60


def curve(
    name: str,
    formula: Formula,
    value_at: Callable[[float], Magnitude | None],
    ends: tuple[float, float],
    points: Iterable[tuple[int, Size]] = (),
) -> Curve:
    """`value_at` between `ends`, left out where it has no value or is not above 0; `points` as (n, value)."""
    found = dict(_sampled(value_at, ends))
    measured = [
        (float(n), size.log10) for n, value in points if (size := _size(_of_value, value)) is not None
    ]
    return Curve(name, formula, tuple(found), tuple(found.values()), tuple(measured))


def _sampled(
    value_at: Callable[[float], Magnitude | None], ends: tuple[float, float]
) -> Iterator[tuple[float, float]]:
    """Evenly on a logarithmic axis; a formula that has values at whole n only, such as (-1)^n, there."""
    for x in _spread(*ends):
        for place in (x, float(round(x))):
            if (size := _size(value_at, place)) is not None:
                yield place, size.log10
                break


def _of_value(value: Size) -> Magnitude:
    return value if isinstance(value, Magnitude) else of_number(value)


def _spread(low: float, high: float) -> list[float]:
    low = max(low, 1.0)
    if high <= low:
        return [low]
    return [low * (high / low) ** (i / (SAMPLES - 1)) for i in range(SAMPLES)]


def _size(value_of: Callable[[Any], Magnitude | None], of: Any) -> Magnitude | None:
    """A positive size, else None."""
    try:
        size = value_of(of)
    except (ArithmeticError, ValueError, KeyError):
        return None
    return size if size is not None and size.sign > 0 and math.isfinite(size.log10) else None
