"""How an exponential polynomial grows, read off its exact terms, never off its first values.

The constants decide: T(n) = 2T(n-1) - 1 has the root 2, and yet T is 1 for all n if T(0) = 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cmp_to_key

from engine.growth.classes import Growth, compare_values, log_of, rational
from engine.recurrences.exppoly import ExpPoly, exp_poly, poly_at
from engine.recurrences.turning import TURNS, size_as_float, size_of, square_of_size, turns
from engine.symbolic.surd import Surd, Value, sign, size


class Course(Enum):
    """Where the values go: for the last two there is no class."""

    POSITIVE = "positive from some n on"
    NEGATIVE = "negative from some n on"
    ALL_NEGATIVE = "all negative"
    ALTERNATING = "of changing sign"
    ZERO = "0 for all n"
    UNEVEN = "of different growth at even and odd n"
    TURNING = "of changing sign, and now and then near 0"


@dataclass(frozen=True, slots=True)
class Asymptotic:
    """`growth` of |f(n)|, and the sign; None where there is no one class.

    `bound`: a class that |f(n)| never leaves upwards and comes back to again and again; None where
    that is `growth`.
    """

    course: Course
    growth: Growth | None
    bound: Growth | None = None


def asymptotic(function: ExpPoly) -> Asymptotic:
    """How `function` grows over n."""
    if not function.terms:
        return Asymptotic(Course.ZERO, None)
    if any(turns(rate) for rate in function.terms):
        return _turning(function)
    even, odd = (_leading(_every_second(function, start)) for start in (0, 1))
    if even is None or odd is None or even[:2] != odd[:2]:
        return Asymptotic(Course.UNEVEN, None)
    square, degree, even_sign = even
    base = next(size(rate) for rate in function.terms if rate * rate == square)
    signs = {even_sign, odd[2]}
    course = Course.ALTERNATING if len(signs) == 2 else Course.POSITIVE if signs == {1} else Course.NEGATIVE
    if course is Course.NEGATIVE and _is_plainly_negative(function):
        course = Course.ALL_NEGATIVE
    return Asymptotic(course, Growth(base, rational(degree)))


def _turning(function: ExpPoly) -> Asymptotic:
    """The same where some rates are complex: f may come near 0 again and again, and then has no class."""
    top = max(function.terms, key=lambda rate: (round(size_as_float(rate), 12), len(function.terms[rate])))
    degree = len(function.terms[top]) - 1
    highest = Growth(size_of(top), rational(degree))
    leaders = [
        rate
        for rate, poly in function.terms.items()
        if square_of_size(rate) == square_of_size(top) and len(poly) == degree + 1
    ]
    if not any(turns(rate) for rate in leaders):
        lesser = exp_poly({rate: function.terms[rate] for rate in leaders})
        return asymptotic(lesser)
    if any(turns(rate**TURNS) for rate in leaders):
        return Asymptotic(Course.TURNING, None, highest)
    return _round_the_circle(function, leaders, degree, highest)


def _round_the_circle(function: ExpPoly, leaders: list[Value], degree: int, highest: Growth) -> Asymptotic:
    """Where all angles are fractions of the circle: the leading part repeats, up to its size, every TURNS."""
    leading = [
        sign(_total(function.terms[rate][degree] * rate**place for rate in leaders)) for place in range(TURNS)
    ]
    if 0 in leading:
        return Asymptotic(Course.TURNING, None, highest)
    signs = set(leading)
    course = Course.ALTERNATING if len(signs) == 2 else Course.POSITIVE if signs == {1} else Course.NEGATIVE
    return Asymptotic(course, highest)


def _total(values: Iterable[Value]) -> Value:
    total: Value = Fraction(0)
    for value in values:
        total = total + value
    return total


def _is_plainly_negative(function: ExpPoly) -> bool:
    """Whether no part of it is ever above 0, and it is below 0 from n = 0 on."""
    parts = function.terms.items()
    never_above = all(sign(rate) > 0 and all(sign(c) <= 0 for c in poly) for rate, poly in parts)
    return never_above and any(poly[0] != 0 for _, poly in parts)


def _every_second(function: ExpPoly, start: int) -> ExpPoly:
    """m -> function(2m + start), up to positive factors of the leading terms: rates r and -r merge."""
    total = exp_poly({})
    for rate, poly in function.terms.items():
        total += exp_poly({rate * rate: tuple(c * rate**start for c in _doubled(poly, start))})
    return total


def _doubled(poly: tuple[Value, ...], start: int) -> tuple[Value, ...]:
    """The coefficients of poly(2m + start)."""
    shifted = exp_poly({Fraction(1): poly}).shifted(start).terms.get(Fraction(1), ())
    return tuple(c * Fraction(2) ** power for power, c in enumerate(shifted))


def _leading(function: ExpPoly) -> tuple[Value, int, int] | None:
    """(rate, degree, sign) of the term that wins; all rates are positive here."""
    if not function.terms:
        return None
    rate = max(function.terms, key=cmp_to_key(compare_values))
    poly = function.terms[rate]
    return rate, len(poly) - 1, sign(poly[-1])


def along_powers(found: Asymptotic, base: Fraction) -> Asymptotic:
    """The same for n = base^k, when `found` is over k: r^k k^q is n^(log_base r) log^q n."""
    growth = found.growth
    if growth is None or isinstance(growth.base, Surd):
        return found
    return Asymptotic(found.course, Growth(power=log_of(growth.base, base), logs=growth.power.factor))


# --- far out -------------------------------------------------------------------------------

_FAR = 60  # bits of the near one of two large n, where all coefficients are of one size
_FARTHEST = 1000  # bits: it must be a float


def far_places(coefficients: Iterable[Value | float]) -> tuple[int, int]:
    """Two n so large that none of these outweighs a power of n, the second so much larger that even a
    logarithm differs. Both are even: where the sign changes, it is the same at both.

    Raises:
        OverflowError: the coefficients are of too different sizes.
    """
    sizes = [math.log2(abs(float(value))) for value in coefficients]
    near = _FAR + math.ceil(max(sizes, default=0) - min(sizes, default=0))
    if 3 * near > _FARTHEST:
        raise OverflowError("coefficients of too different sizes")
    return 2**near, 2 ** min(10 * near, _FARTHEST)


def quotients(function: ExpPoly, growth: Growth) -> list[float]:
    """|function(n)| over the growth at two n where no constant factor can outweigh it."""
    if any(turns(rate) for rate in function.terms):
        return _exact_quotients(function, growth)
    far = far_places(c for poly in function.terms.values() for c in poly if c != 0)
    shares = ((_share(rate, poly, growth, n) for rate, poly in function.terms.items()) for n in far)
    logs = float(growth.logs)
    return [abs(sum(found)) * math.log(n) ** -logs for found, n in zip(shares, far, strict=True)]


_FAR_EXACT = (10 * TURNS, 20 * TURNS)  # of the same place in the circle


def _exact_quotients(function: ExpPoly, growth: Growth) -> list[float]:
    """The same by the values themselves, where complex rates stand in the way of floats."""
    found = []
    for n in _FAR_EXACT:
        value = function(n)
        below = size(growth.base) ** n
        quotient = size(value / below) if not isinstance(below, Surd) else size(value * below.inverse())
        found.append(float(quotient) / float(n) ** float(growth.power))
    return found


def _share(rate: Value, poly: tuple[Value, ...], growth: Growth, n: int) -> float:
    geometric = _safe_power(float(size(rate) / growth.base), n)  # divided exactly: 1 only if they are equal
    if geometric == 0:
        return 0.0
    polynomial = poly_at(poly, n) / Fraction(n) ** max(len(poly) - 1, 0)
    return float(polynomial) * geometric * _safe_power(float(n), len(poly) - 1 - float(growth.power))


def _safe_power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return math.inf
