"""Curves to plot: a formula sampled evenly on a logarithmic axis, with measured points beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
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
    found = [(x, size.log10) for x in _spread(*ends) if (size := _size(value_at, x)) is not None]
    measured = [
        (float(n), size.log10) for n, value in points if (size := _size(_of_value, value)) is not None
    ]
    return Curve(name, formula, tuple(x for x, _ in found), tuple(y for _, y in found), tuple(measured))


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
