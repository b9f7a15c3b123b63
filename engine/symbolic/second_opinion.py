"""SymPy's own answer beside ours: shown as an agreement, never relied upon.

Only what SymPy does right in our area and quickly: sums of low polynomials times powers,
derivatives of scalar formulas. Our own trees are translated node by node; no text is parsed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from engine.symbolic.first import FirstValues
from engine.symbolic.normal import Shift
from engine.symbolic.program import Numbers

_MAX_DEGREE = 1  # of f beside a power: beyond that SymPy's sum takes longer than all the rest
_MAX_FAULHABER = 6  # of f in a plain sum


def sympy_value(shift: Shift, first: FirstValues, place: int) -> Fraction | None:
    """T(place) by a^m T(start) + SymPy's closed sum, for first order with a sum; None if SymPy has none."""
    import sympy

    if not _is_simple(shift):
        return None
    n = sympy.Symbol("n", integer=True, positive=True)
    i = sympy.Symbol("i", integer=True, positive=True)
    a = _rational(shift.lags[1])
    terms = [
        sum(_rational(c) * i**power for power, c in enumerate(poly)) * _rational(rate) ** i
        for rate, poly in shift.function.terms.items()
    ]
    total = sympy.summation(a ** (n - i) * sum(terms), (i, first.start + 1, n))
    value = (total + a ** (n - first.start) * _rational(first.values[0])).subs(n, place)
    return Fraction(int(value.p), int(value.q)) if isinstance(value, sympy.Rational) else None


def _is_simple(shift: Shift) -> bool:
    rates = [*shift.function.terms, shift.lags[1]] if max(shift.lags) == 1 else []
    if len(rates) not in (2, 3) or any(rate != int(float(rate)) for rate in rates):
        return False
    plain_sum = shift.lags[1] == 1 and set(shift.function.terms) == {1}
    return shift.function.degree <= (_MAX_FAULHABER if plain_sum else _MAX_DEGREE)


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
