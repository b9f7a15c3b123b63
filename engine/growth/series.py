"""A function of n as the first terms of its expansion for large n: c_1 m_1 + c_2 m_2 + ... + O(error).

Sums, products, powers, logarithms and exponentials are exact up to the error term, so that
what matters inside an exponent is kept: 2^sqrt(n + 1) needs sqrt(n + 1) = sqrt n + 1/(2 sqrt n).
A function that is known up to a bounded factor only, such as 2^ceil(log n), is `Rough`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.growth import constants
from engine.growth.constants import ONE, Constant, constant
from engine.growth.monomials import ONE as M_ONE
from engine.growth.monomials import Monomial, Terms, merged, raised

_MOST = 10  # terms that are kept
_DEGREE = 5  # of expansions of (1 + x)^p, ln(1 + x), e^x


class Undecided(Exception):
    """What was asked lies in the error term. `str` is half a sentence that says so."""


@dataclass(frozen=True, slots=True)
class Series:
    """`terms`, largest first, plus O(`error`); None: exact."""

    terms: Terms = ()
    error: Monomial | None = None

    def __add__(self, other: Series) -> Series:
        return cut((*self.terms, *other.terms), _larger(self.error, other.error))

    def __neg__(self) -> Series:
        return Series(tuple((-own, monomial) for own, monomial in self.terms), self.error)

    def __sub__(self, other: Series) -> Series:
        return self + (-other)

    def __mul__(self, other: Series) -> Series:
        terms = [(a * b, first * second) for a, first in self.terms for b, second in other.terms]
        errors = (_times(self.error, other.order), _times(other.error, self.order))
        return cut(terms, _larger(*errors))

    def scaled(self, factor: Constant) -> Series:
        return self * of_constant(factor)

    @property
    def order(self) -> Monomial | None:
        """The monomial that it is O of; None: it is 0."""
        return _larger(self.terms[0][1] if self.terms else None, self.error)

    @property
    def leading(self) -> tuple[Constant, Monomial]:
        """Raises Undecided where it is 0, or not known."""
        if not self.terms:
            raise Undecided("the leading terms cancel" if self.error else "it is 0")
        return self.terms[0]

    @property
    def zero(self) -> bool:
        return not self.terms and self.error is None

    @property
    def limit(self) -> Constant | None:
        """The number that it tends to, or None."""
        if self.error is not None and self.error.compare(M_ONE) >= 0:
            return None
        if not self.terms:
            return constants.ZERO
        own, monomial = self.terms[0]
        side = monomial.compare(M_ONE)
        return None if side > 0 else own if side == 0 else constants.ZERO

    def grows(self) -> bool:
        """Whether it tends to plus infinity."""
        own, monomial = self.leading
        return monomial.compare(M_ONE) > 0 and own.sign() > 0

    def bounded(self) -> Series:
        """The same with an error that may be as large as a constant."""
        return Series(*_cut_at(self.terms, _larger(self.error, M_ONE)))


def of_constant(value: Constant) -> Series:
    return Series(((value, M_ONE),)) if value.sign() else Series()


def of_monomial(monomial: Monomial) -> Series:
    return Series(((ONE, monomial),))


def cut(terms: Terms | list[tuple[Constant, Monomial]], error: Monomial | None) -> Series:
    """The terms that stand out from the error, the largest ones of them."""
    kept, error = _cut_at(merged(terms), error)
    if len(kept) > _MOST:
        kept, error = kept[:_MOST], _larger(error, kept[_MOST][1])
    return Series(kept, error)


def _cut_at(terms: Terms, error: Monomial | None) -> tuple[Terms, Monomial | None]:
    if error is None:
        return terms, None
    return tuple(term for term in terms if term[1].compare(error) > 0), error


def _larger(first: Monomial | None, second: Monomial | None) -> Monomial | None:
    if first is None or second is None:
        return first or second
    return first if first.compare(second) >= 0 else second


def _times(first: Monomial | None, second: Monomial | None) -> Monomial | None:
    return None if first is None or second is None else first * second


# --- expansions ----------------------------------------------------------------------------


def _small_part(series: Series) -> tuple[Constant, Monomial, Series]:
    """c, m and x with series = c m (1 + x), x -> 0."""
    own, monomial = series.leading
    inverse = Series(((ONE / own, monomial.to(constant(-1))),))
    rest = Series(series.terms[1:], series.error) * inverse
    return own, monomial, rest


def _expanded(x: Series, coefficients: list[Constant]) -> Series:
    """The sum of coefficients[k] x^k, x -> 0; the next power of x is the error."""
    total, power = Series(), of_constant(ONE)
    for coefficient in coefficients:
        total = total + power.scaled(coefficient)
        power = power * x
        if power.zero:
            return total
    return cut(total.terms, _larger(total.error, power.order))


def power(series: Series, exponent: Constant) -> Series:
    """series^exponent for a constant exponent. Raises Undecided, ValueError (root of a negative one)."""
    if not exponent.parts:
        return of_constant(ONE)
    if series.zero:
        if exponent.sign() > 0:
            return series
        raise Undecided("it is a power of 0")
    own, monomial, x = _small_part(series)
    whole = exponent.fraction
    lead = own.to(whole) if whole is not None else constants.exp(constants.ln(own) * exponent)
    coefficients, binomial = [], ONE
    for k in range(_DEGREE + 1):
        coefficients.append(binomial)
        binomial = (binomial * (exponent - constant(k))).times(Fraction(1, k + 1))
    return _expanded(x, coefficients) * Series(((lead, monomial.to(exponent)),))


def log(series: Series) -> Series:
    """ln of it. Raises Undecided; ValueError where it is negative from some n on."""
    own, monomial, x = _small_part(series)
    if own.sign() < 0:
        raise ValueError("negative")
    signed = [constant(Fraction((-1) ** (k + 1), k)) for k in range(1, _DEGREE + 1)]
    return _expanded(x, [constants.ZERO, *signed]) + of_constant(constants.ln(own)) + Series(monomial.log)


def split(series: Series) -> tuple[Terms, Constant, Series]:
    """The terms that tend to infinity, the constant one, and what tends to 0.

    Raises Undecided where the error does not tend to 0.
    """
    if series.error is not None and series.error.compare(M_ONE) >= 0:
        raise Undecided("a part of the exponent is not known closely enough")
    sides = [(own, monomial, monomial.compare(M_ONE)) for own, monomial in series.terms]
    large = tuple((own, monomial) for own, monomial, side in sides if side > 0)
    middle = next((own for own, _, side in sides if side == 0), constants.ZERO)
    small = tuple((own, monomial) for own, monomial, side in sides if side < 0)
    return large, middle, Series(small, series.error)


def exp(series: Series) -> Series:
    """e^series. Raises Undecided where the error in the exponent does not tend to 0."""
    large, middle, small = split(series)
    factorial, coefficients = 1, [ONE]
    for k in range(1, _DEGREE + 1):
        factorial *= k
        coefficients.append(constant(Fraction(1, factorial)))
    return _expanded(small, coefficients) * Series(((constants.exp(middle), raised(large)),))
