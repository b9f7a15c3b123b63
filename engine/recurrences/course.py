"""How a formula grows, by `engine.growth`, with its sign; and its size against a class, far out."""

from __future__ import annotations

import math
from fractions import Fraction

from engine.growth.classes import Growth, rational
from engine.growth.reading import NoGrowth, growth_of
from engine.recurrences.asymptotic import Asymptotic, Course
from engine.recurrences.magnitude import Magnitude, magnitude
from engine.recurrences.normal import NotSolved
from engine.symbolic.expr import Big, Call, Expr, Sym, neg, num, put, swap, walk

_CONVERGES = Growth(power=rational(Fraction(-5, 4)))  # summands below this have a finite sum
_SUMMED = 100
_FAR = ((10**150, 10**300), (10**6, 10**12), (10**4, 10**8), (60, 120), (12, 24), (5, 10))
_FAR_OF_SUMS = _FAR[2:]


def course_of(closed: Expr, variable: str) -> Asymptotic:
    """The class and the sign of `closed` for large n.

    Raises:
        NotSolved: it has no class that could be found.
    """
    try:
        signs = {_sign(closed, variable, place) for place in (1000, 1001, 1002, 1003)}
    except (ArithmeticError, ValueError):
        raise NotSolved("Its values far out are too large or too small to tell how they grow.") from None
    if signs == {0}:
        return Asymptotic(Course.ZERO, None)
    if 0 in signs:
        return Asymptotic(Course.UNEVEN, None)
    positive = {frozenset({1}): closed, frozenset({-1}): neg(closed)}.get(frozenset(signs))
    course = Course.ALTERNATING if positive is None else Course.POSITIVE if signs == {1} else Course.NEGATIVE
    shape = positive or Call("abs", closed)
    try:
        return Asymptotic(course, growth_of(shape, variable))
    except NoGrowth as why:
        settled = swap(shape, lambda part: _limit(part, variable))
        if settled == shape:
            raise NotSolved(f"How fast it grows could not be found. {why}") from None
    try:
        return Asymptotic(course, growth_of(settled, variable))
    except NoGrowth as why:
        raise NotSolved(f"How fast it grows could not be found. {why}") from None


def _limit(part: Expr, variable: str) -> Expr | None:
    """A sum that converges, whatever its signs, as the number it comes near to; None for any other part."""
    if not isinstance(part, Big) or part.kind != "sum" or part.high != Sym(variable):
        return None
    try:
        size = Call("abs", put(part.body, part.index, Sym(variable)))
        if not growth_of(size, variable) < _CONVERGES:
            return None
        near = magnitude(put(part, variable, num(_SUMMED)), {})
    except (NoGrowth, ArithmeticError, ValueError):
        return None
    return num(Fraction(float(near)).limit_denominator(_SUMMED**3)) if near.sign else None


def _sign(closed: Expr, variable: str, place: int) -> int:
    try:
        return magnitude(closed, {variable: place}).sign
    except (ArithmeticError, ValueError):
        return magnitude(closed, {variable: place % 100 + 40}).sign


def far_quotients(closed: Expr, growth: Growth, variable: str) -> list[float]:
    """|closed| over the class at two places, as far out as the numbers go."""
    shape = growth.expr(variable)
    sums = any(isinstance(part, Big) for part in walk(closed))
    for places in _FAR_OF_SUMS if sums else _FAR:
        try:
            return [_quotient(closed, shape, variable, place) for place in places]
        except (ArithmeticError, ValueError):
            continue
    return []


def _quotient(closed: Expr, shape: Expr, variable: str, place: int) -> float:
    above: Magnitude = magnitude(closed, {variable: place})
    below = magnitude(shape, {variable: place})
    if not above.sign or not below.sign or max(abs(above.log10), abs(below.log10)) > 1e13:
        raise OverflowError  # beyond, the floats of a logarithm are too coarse
    return math.pow(10.0, above.log10 - below.log10)
