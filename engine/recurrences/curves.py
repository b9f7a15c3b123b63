"""Curves to plot: a formula sampled evenly on a logarithmic axis, with measured points beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from engine.recurrences.magnitude import Magnitude, of_number
from engine.recurrences.tables import Size
from engine.symbolic.findings import Curve, Formula

SAMPLES = 60
_DIP, _BESIDE = 6.0, 3  # decades; samples on either side


def curve(
    name: str,
    formula: Formula,
    value_at: Callable[[float], Magnitude | None],
    ends: tuple[float, float],
    points: Iterable[tuple[int, Size]] = (),
) -> Curve:
    """`value_at` between `ends`, a gap where it is not above 0 or has no value; `points` as (n, value)."""
    xs = list(dict.fromkeys(float(round(x)) for x in _spread(*ends)))  # there floors jump, (-1)^n has a value
    sizes = (_size(value_at, x) for x in xs)
    ys = _without_dips([size.log10 if size is not None else math.nan for size in sizes])
    kept = [place for place, y in enumerate(ys) if math.isfinite(y)]
    seen = slice(kept[0], kept[-1] + 1) if kept else slice(0)
    measured = [
        (float(n), size.log10) for n, value in points if (size := _size(_of_value, value)) is not None
    ]
    return Curve(name, formula, tuple(xs[seen]), tuple(ys[seen]), tuple(measured))


def _without_dips(ys: list[float]) -> list[float]:
    """Gaps in place of values far below those on both sides: 0, but for the rounding of cosines."""

    def dips(place: int) -> bool:
        sides = (ys[max(0, place - _BESIDE) : place], ys[place + 1 : place + 1 + _BESIDE])
        highest = [max((y for y in side if math.isfinite(y)), default=math.inf) for side in sides if side]
        return len(highest) == 2 and min(highest) > ys[place] + _DIP

    return [math.nan if dips(place) else y for place, y in enumerate(ys)]


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
