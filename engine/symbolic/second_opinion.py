"""SymPy's own answer beside ours: shown as an agreement, never relied upon.

Only what SymPy does right in our area and quickly: sums of powers and geometric sums,
derivatives of scalar formulas. SymPy gets numbers and letters, never a text.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from engine.symbolic.first import FirstValues
from engine.symbolic.normal import Shift
from engine.symbolic.program import Numbers
from engine.symbolic.surd import Surd

_MAX_DEGREE = 6  # of f; SymPy's sums of powers times other powers take longer than all the rest together


def sympy_value(shift: Shift, first: FirstValues, place: int) -> Fraction | None:
    """T(place) from a^n and SymPy's closed sums, for first order with plain or geometric ones; else None."""
    import sympy

    if not _is_simple(shift):
        return None
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


def sympy_gradient(numbers: Numbers, half_loss: bool, wrt: str) -> float:
    """dL/d`wrt` of the scalar RNN from SymPy's derivatives of one step and of the loss.

    They are chained forwards in time, dh_t = (dh_t/dh_{t-1}) dh_{t-1} + immediate part, so this
    shares no line with the derivation, which goes backwards.
    """
    import sympy

    w, u, b, v, c, h, x, y = sympy.symbols("w u b v c h x y")
    step = sympy.tanh(w * h + u * x + b)
    loss = (v * h + c - y) ** 2 / (2 if half_loss else 1)
    known = {letter: sympy.Float(numbers.values[letter.name]) for letter in (w, u, b, v, c)}
    by = sympy.Symbol(wrt)  # h_0 is in neither formula: its part is the slope of the first state
    state, slope = sympy.Float(numbers.values["h_0"]), sympy.Float(1.0 if wrt == "h_0" else 0.0)
    for number in numbers.xs:
        values = {**known, h: state, x: sympy.Float(number)}
        slope = (step.diff(h) * slope + step.diff(by)).xreplace(values)
        state = step.xreplace(values)
    return float(
        (loss.diff(h) * slope + loss.diff(by)).xreplace({**known, h: state, y: sympy.Float(numbers.y)})
    )


def _rational(value: Any) -> Any:
    import sympy

    return sympy.Rational(value.numerator, value.denominator)
