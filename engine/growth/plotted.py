"""Curves and rows of typed functions, from their own values."""

from __future__ import annotations

import math
from decimal import Decimal

from engine.growth.far_out import NotThere, ratio, value_at, wide
from engine.growth.witnesses import scientific
from engine.symbolic.expr import Expr
from engine.symbolic.findings import Curve, Row
from engine.symbolic.formulas import formula

_PLACES = (10, 1000, 10**6)
_SAMPLES = tuple(sorted({round(1.5**k) for k in range(28)}))  # 1 to 56000
_HIGHEST = 10**7  # base-10 logarithm that is still drawn


def curve(name: str, expr: Expr, variable: str) -> Curve:
    """log10 f(n) where f(n) > 0, at whole n."""
    pairs = [(float(n), log10) for n in _SAMPLES if (log10 := _log10(expr, variable, n)) is not None]
    return Curve(name, formula(expr), tuple(x for x, _ in pairs), tuple(y for _, y in pairs), ())


def _log10(expr: Expr, variable: str, n: int) -> float | None:
    value = number(expr, variable, n)
    if value is None or value <= 0 or value.adjusted() > _HIGHEST:
        return None
    return _log10_of(value)


def _log10_of(value: Decimal) -> float:
    return value.adjusted() + math.log10(float(wide().scaleb(value, -value.adjusted())))


def number(expr: Expr, variable: str, n: int) -> Decimal | None:
    """f(n), or None where there is none that fits."""
    try:
        return value_at(expr, variable, n)
    except NotThere:
        return None


def rows(first: Expr, second: Expr, variable: str) -> tuple[Row, ...]:
    """f/g at a few n; a row has no time, as a quotient takes none."""
    found = []
    for n in _PLACES:
        above, below = number(first, variable, n), number(second, variable, n)
        if above is not None and below is not None and above > 0 and below > 0:
            quotient = ratio(above, below)
            text = f"f = {worded(above)}, g = {worded(below)}, f/g = {worded(quotient)}"
            found.append(Row(n, text, _log10_of(quotient), ""))
    return tuple(found)


def worded(value: Decimal) -> str:
    """Three digits, in plain text: 1.41 · 10^30."""
    return scientific(value).replace(r" \cdot ", " · ").replace("{", "").replace("}", "")
