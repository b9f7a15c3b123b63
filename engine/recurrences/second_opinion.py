"""SymPy's own answer beside ours: shown as an agreement, never relied upon.

Only what SymPy does right in our area and quickly: sums of powers and geometric sums. SymPy
gets numbers and letters, never a text.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from engine.recurrences.first import FirstValues
from engine.recurrences.normal import Shift
from engine.symbolic.surd import Surd

_MAX_DEGREE = 6  # of f; SymPy's sums of powers times other powers take longer than all the rest together


def sympy_value(shift: Shift, first: FirstValues, place: int) -> Fraction | None:
    """T(place) from a^n and SymPy's closed sums, for first order with plain or geometric ones; else None."""
    if not _is_simple(shift):
        return None
    import sympy

    n = sympy.Symbol("n", integer=True, positive=True)
    i = sympy.Symbol("i", integer=True, positive=True)
    a = _rational(shift.lags[1])
    total = a ** (n - first.start) * _rational(first.values[0])
    for rate, poly in shift.function.terms.items():
        for power, factor in enumerate(poly):  # one by one: a sum of several makes SymPy try `simplify`
            summand = i**power * (_rational(rate) / a) ** i
            total += a**n * _rational(factor) * sympy.summation(summand, (i, first.start + 1, n))
    value = total.subs(n, place)
    return Fraction(int(value.p), int(value.q)) if isinstance(value, sympy.Rational) else None


def _is_simple(shift: Shift) -> bool:
    """Whether each sum is one of powers (all rates are a) or of a geometric series with a positive ratio."""
    if max(shift.lags) > 1 or not shift.function.terms or shift.function.degree > _MAX_DEGREE:
        return False
    a = shift.lags[1]
    return a > 0 and all(
        not isinstance(rate, Surd) and rate > 0 and (rate == a or len(poly) == 1)
        for rate, poly in shift.function.terms.items()
    )


def _rational(value: Any) -> Any:
    import sympy

    return sympy.Rational(value.numerator, value.denominator)
