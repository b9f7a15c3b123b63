"""Functions with a name, of what tends to infinity: factorials, binomials, harmonic numbers, log*."""

from __future__ import annotations

import math
from fractions import Fraction

from engine.growth import constants, sizes
from engine.growth import series as expansions
from engine.growth.constants import GAMMA, constant, ln
from engine.growth.monomials import ONE as M_ONE
from engine.growth.monomials import Level, Monomial, atom
from engine.growth.series import Series, Undecided, of_constant, of_monomial
from engine.growth.sizes import Rough, Size

_HALF = Fraction(1, 2)
_LARGEST_FIXED = 40  # k of binomial(n, k)
_N = of_monomial(atom((0, 0)))
_LN_2 = ln(constant(2))


def factorial(size: Size) -> Size:
    fixed = exact_number(size)
    known = fixed.fraction if fixed is not None else None
    if known is not None:
        if known.denominator != 1 or not 0 <= known <= 200:
            raise ValueError("factorial of what is no whole number from 0 to 200")
        return of_constant(constant(math.factorial(int(known))))
    if not sizes.grows(size):
        raise Undecided("it has the factorial of something that does not grow")
    return sizes.exp(sizes.log_factorial(size))


def binomial(above: Size, below: Size) -> Size:
    for lower in (below, _minus(above, below)):
        fixed = exact_number(lower)
        known = fixed.fraction if fixed is not None else None
        if known is not None and known.denominator == 1:
            return _falling(above, int(known))
    parts = [sizes.log_factorial(part) for part in (above, below, _minus(above, below)) if sizes.grows(part)]
    if len(parts) != 3:
        raise Undecided("it has a binomial coefficient that is 0, or stays small")
    return sizes.exp(parts[0] - parts[1] - parts[2])


def _minus(first: Size, second: Size) -> Size:
    return sizes.total(first, sizes.negated(second))


def _falling(above: Size, times: int) -> Size:
    """above (above - 1) ... (above - times + 1) / times!"""
    if times < 0:
        return Series()
    if times > _LARGEST_FIXED:
        raise Undecided(f"it has a binomial coefficient with a number above {_LARGEST_FIXED}")
    found: Size = of_constant(constant(Fraction(1, math.factorial(times))))
    for k in range(times):
        found = sizes.product(found, sizes.total(above, of_constant(constant(-k))))
    return found


def harmonic(size: Size) -> Size:
    """ln x + gamma + 1/(2x) - 1/(12x^2) + O(x^-4) (Knuth, TAOCP 1.2.7)."""
    fixed = exact_number(size)
    known = fixed.fraction if fixed is not None else None
    if known is not None:
        if known.denominator != 1 or not 0 <= known <= 200:
            raise ValueError("harmonic number of what is no whole number from 0 to 200")
        return of_constant(constant(sum((Fraction(1, k) for k in range(1, int(known) + 1)), Fraction(0))))
    if not sizes.grows(size):
        raise Undecided("it has a harmonic number of something that does not grow")
    if isinstance(size, Rough):
        return sizes.log(size).bounded()
    once, twice = (expansions.power(size, constant(-k)) for k in (1, 2))
    tail = Series((), (twice * twice).order)
    small = once.scaled(constant(_HALF)) - twice.scaled(constant(Fraction(1, 12))) + tail
    return sizes.log(size) + of_constant(GAMMA) + small


def log_star(size: Size) -> Size:
    """log* n + k + O(1): repeated logarithms only move it by a number."""
    if not sizes.grows(size):
        raise Undecided("it has log* of something that does not grow")
    if size == _N:
        return of_monomial(atom((1, 0)))
    steps = 0
    terms = sizes.log(size)
    inner = terms.leading[1]
    while inner.tower or len(inner.powers) != 1 or inner.powers[0][1] != constants.ONE:
        inner = inner.log[0][1]
        steps += 1
        if steps > 2 * _LARGEST_FIXED:
            raise Undecided("it has log* of something too large")
    level: Level = (inner.powers[0][0][0] + 1, 0)
    exact = _binary_logarithms(size)
    if exact is not None:
        return of_monomial(atom((1, 0))) - of_constant(constant(exact))
    return of_monomial(atom(level)).bounded()


def _binary_logarithms(size: Size) -> int | None:
    """k, if it is log_2 log_2 ... n, k times."""
    current: Series = _N
    for times in range(1, 6):
        current = as_series(sizes.log(current)).scaled(constants.ONE / _LN_2)
        if current == size:
            return times
    return None


# --- what kind of number it is --------------------------------------------------------------


def exact_number(size: Size) -> constants.Constant | None:
    """The number, if it is one exactly."""
    if isinstance(size, Rough) or size.error is not None:
        return None
    if not size.terms:
        return constants.ZERO
    return size.terms[0][0] if len(size.terms) == 1 and size.terms[0][1] == M_ONE else None


def as_series(size: Size) -> Series:
    if isinstance(size, Rough):
        raise Undecided("a part of it is only known up to a factor")
    return size


def is_whole(size: Size) -> bool:
    """Whether it is a polynomial in n with whole coefficients."""
    if isinstance(size, Rough) or size.error is not None:
        return False
    return all(_whole_number(own) and _whole_power_of_n(monomial) for own, monomial in size.terms)


def _whole_number(number: constants.Constant) -> bool:
    known = number.fraction
    return known is not None and known.denominator == 1


def _whole_power_of_n(monomial: Monomial) -> bool:
    if monomial == M_ONE:
        return True
    if monomial.tower or len(monomial.powers) != 1 or monomial.powers[0][0] != (0, 0):
        return False
    known = monomial.powers[0][1].fraction
    return known is not None and known > 0 and known.denominator == 1
