"""A function of n as far as it is known: its expansion, or only its logarithm up to an error.

`Rough` is what 2^ceil(log n) is: between n and 2n, but with no limit of its quotient with n.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.growth import series as expansions
from engine.growth.constants import CIRCLE, Constant, constant, ln
from engine.growth.monomials import ONE as M_ONE
from engine.growth.monomials import Monomial
from engine.growth.series import Series, Undecided, of_constant


@dataclass(frozen=True, slots=True)
class Rough:
    """sign * e^log, where `log` has an error that need not tend to 0."""

    log: Series
    sign: int = 1


Size = Series | Rough

UNIT = of_constant(constant(1))


def sign_of(size: Size) -> int:
    """-1, 0 or 1: of the values from some n on. Raises Undecided."""
    if isinstance(size, Rough):
        return size.sign
    return 0 if size.zero else size.leading[0].sign()


def log(size: Size) -> Series:
    """ln of it. Raises Undecided; ValueError where it is not positive from some n on."""
    if isinstance(size, Series):
        return expansions.log(size)
    if size.sign < 0:
        raise ValueError("negative")
    return size.log


def exp(size: Size) -> Size:
    """e^size. Raises Undecided where the exponent is only known up to a factor."""
    if isinstance(size, Rough):
        if size.log.terms and size.log.leading[1].compare(M_ONE) > 0 and size.log.leading[0].sign() < 0:
            return Rough(UNIT.bounded())  # the exponent tends to 0
        raise Undecided("a factor in an exponent is not known, and every factor there counts")
    if size.error is not None and size.error.compare(M_ONE) >= 0:
        return Rough(size)
    return expansions.exp(size)


def negated(size: Size) -> Size:
    return -size if isinstance(size, Series) else Rough(size.log, -size.sign)


def product(first: Size, second: Size) -> Size:
    if isinstance(first, Series) and isinstance(second, Series):
        return first * second
    if sign_of(first) == 0 or sign_of(second) == 0:
        return Series()
    return Rough(_log_of_size(first) + _log_of_size(second), sign_of(first) * sign_of(second))


def power(size: Size, exponent: Constant) -> Size:
    if isinstance(size, Series):
        return expansions.power(size, exponent)
    fraction = exponent.fraction
    if size.sign < 0 and (fraction is None or fraction.denominator != 1):
        raise ValueError("root of a negative number")
    odd = fraction is not None and fraction.numerator % 2 == 1
    return Rough(size.log.scaled(exponent), size.sign if odd else 1)


def inverse(size: Size) -> Size:
    return power(size, constant(-1))


def total(first: Size, second: Size) -> Size:
    """first + second. Raises Undecided where they cancel as far as they are known."""
    if isinstance(first, Series) and isinstance(second, Series):
        return first + second
    if sign_of(first) == 0 or sign_of(second) == 0:
        return second if sign_of(first) == 0 else first
    ahead = _log_of_size(first) - _log_of_size(second)
    side = decided(ahead)
    if side != 0:
        larger = first if side > 0 else second
        return Rough(_log_of_size(larger).bounded(), sign_of(larger))
    if sign_of(first) != sign_of(second):
        raise Undecided("parts of the same size are subtracted")
    return Rough(_log_of_size(first).bounded(), sign_of(first))


def decided(difference: Series) -> int:
    """Where a difference of logarithms goes: 1 to infinity, -1 to minus infinity, 0 bounded.

    Raises Undecided where it may be either.
    """
    if difference.terms and difference.terms[0][1].compare(M_ONE) > 0:
        return difference.terms[0][0].sign()
    if difference.error is not None and difference.error.compare(M_ONE) > 0:
        raise Undecided("they are too close to each other to tell which one is larger")
    return 0


def compare(first: Size, second: Size) -> int:
    """-1, 0 or 1 by their values for all large n; 0 only if they are exactly equal. Raises Undecided."""
    if isinstance(first, Series) and isinstance(second, Series):
        return sign_of(first - second)
    if sign_of(first) != sign_of(second):
        return 1 if sign_of(first) > sign_of(second) else -1
    side = decided(_log_of_size(first) - _log_of_size(second))
    if side == 0:
        raise Undecided("they are of the same size")
    return side * sign_of(first)


def _log_of_size(size: Size) -> Series:
    return size.log if isinstance(size, Rough) else log(size if sign_of(size) > 0 else -size)


def tends_to(size: Size) -> Constant | None:
    return size.limit if isinstance(size, Series) else None


def grows(size: Size) -> bool:
    """Whether it tends to plus infinity."""
    if isinstance(size, Series):
        return size.grows()
    return size.sign > 0 and decided(size.log) > 0


def order_of(size: Size) -> Monomial:
    """The monomial that it is Theta of. Raises Undecided."""
    if isinstance(size, Series):
        return size.leading[1]
    known = size.log.bounded()
    if known.error is None or known.error.compare(M_ONE) > 0:
        raise Undecided("it is not known up to a constant factor")
    return expansions.exp(Series(known.terms)).leading[1]


def log_factorial(size: Size) -> Series:
    """ln of size! = Gamma(size + 1) by Stirling's series (DLMF 5.11.1), for what tends to infinity."""
    x, logarithm = size, log(size)
    if isinstance(x, Rough):
        raise Undecided("the argument of a factorial is only known up to a factor")
    half = (logarithm + of_constant(ln(CIRCLE.times(2)))).scaled(constant(Fraction(1, 2)))
    small = expansions.power(x, constant(-1)).scaled(constant(Fraction(1, 12)))
    cube = expansions.power(x, constant(-3))
    tail = Series(small.terms, _worse(small, cube))
    return x * logarithm - x + half + tail


def _worse(first: Series, second: Series) -> Monomial | None:
    joined = Series((), first.error) + Series((), second.order)
    return joined.error
