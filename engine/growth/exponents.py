"""Powers of n: fractions, logarithms such as log_2 3, and roots that are known by their digits only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache, total_ordering

from engine.growth.constants import Constant, constant, ln, numeric
from engine.symbolic.decimals import by_decimals
from engine.symbolic.evaluate import bits, exact_root
from engine.symbolic.expr import ONE, Call, Expr, Sym, num, over, power, times

_DIGITS = 60  # of the tie break between two logarithms with nothing in common


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Exponent:
    """`factor` * log_base(of), or just `factor` where `of` is None; made by `rational` and `log_of`.

    `digits` is the number where that is all that is known of it (see `by_digits`); `factor` is near it.
    """

    factor: Fraction
    of: Fraction | None = None
    base: Fraction | None = None
    digits: Decimal | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exponent) and self.compare(other) == 0

    def __lt__(self, other: Exponent) -> bool:
        return self.compare(other) < 0

    def __hash__(self) -> int:
        return hash(round(float(self), 9))

    def __float__(self) -> float:
        return float(self._decimal())

    def compare(self, other: Exponent) -> int:
        """-1, 0 or 1. Exact where either is a fraction or both are the same logarithm."""
        if self.digits is not None or other.digits is not None:
            return self.constant.compare(other.constant)
        if (self.of, self.base) == (other.of, other.base):
            return _sign(self.factor - other.factor)
        if other.of is None:
            return self._compare_fraction(other.factor)
        if self.of is None:
            return -other._compare_fraction(self.factor)
        return _sign(self._decimal() - other._decimal())

    def _compare_fraction(self, value: Fraction) -> int:
        """factor log_b a against p/q: a^(q factor) against b^p, in whole numbers where they stay small."""
        ratio = value / self.factor
        if self.of is None or self.base is None or abs(ratio.numerator) + ratio.denominator > 1000:
            return _sign(self._decimal() - Decimal(value.numerator) / value.denominator)
        side = _sign(self.of**ratio.denominator - self.base**ratio.numerator)
        return side if self.factor > 0 else -side

    def _decimal(self) -> Decimal:
        if self.digits is not None:
            return self.digits
        with localcontext() as context:
            context.prec = _DIGITS
            factor = Decimal(self.factor.numerator) / self.factor.denominator
            if self.of is None or self.base is None:
                return factor
            return factor * _ln(self.of) / _ln(self.base)

    @property
    def constant(self) -> Constant:
        if self.digits is not None:
            return numeric(self.digits)
        if self.of is None or self.base is None:
            return constant(self.factor)
        return (ln(constant(self.of)) / ln(constant(self.base))).times(self.factor)

    @property
    def expr(self) -> Expr:
        if self.digits is not None:
            return rounded(self.digits)
        if self.of is None or self.base is None:
            return num(self.factor)
        return times(num(self.factor), Call("log", num(self.of), num(self.base)))


def rational(value: Fraction | int) -> Exponent:
    return Exponent(Fraction(value))


def by_digits(value: Decimal) -> Exponent:
    """An exponent that has no closed form; 40 digits of it are enough to compare it with others."""
    return Exponent(Fraction(value), digits=value)


def rounded(value: Decimal) -> Expr:
    """A number with no closed form: shown as 0.7878..., handed on with all its digits."""
    return num(by_decimals(value))


@lru_cache(maxsize=1024)
def log_of(value: Fraction, base: Fraction) -> Exponent:
    """log_base(value) for value, base > 0, base != 1, in lowest terms: log_4 9 is log_2 3, log_4 8 is 3/2."""
    if value == 1:
        return rational(0)
    if value < 1 or base < 1:  # kept with both above 1, so that equal ones look equal and signs are plain
        turned = log_of(max(value, 1 / value), max(base, 1 / base))
        return replace(turned, factor=turned.factor * (-1 if (value < 1) != (base < 1) else 1))
    (root, times_in_value), (ground, times_in_base) = _core(value), _core(base)
    factor = Fraction(times_in_value, times_in_base)
    if root == ground:
        return rational(factor)
    return Exponent(factor, root, ground)


def power_of(letter: Sym, exponent: Exponent) -> Expr:
    """letter^exponent the way one writes it: with a root for 1/2, below a line if negative."""
    if exponent.of is not None or exponent.digits is not None:
        return power(letter, exponent.expr)
    if exponent.factor < 0:
        return over(ONE, power_of(letter, rational(-exponent.factor)))
    return Call("sqrt", letter) if exponent.factor == Fraction(1, 2) else power(letter, exponent.expr)


def _core(value: Fraction) -> tuple[Fraction, int]:
    """value = root^k with the largest k."""
    found, divisor = 1, 2
    while divisor <= bits(value):
        root = exact_root(value, divisor)
        if root is None or root == 1:
            divisor += 1 if divisor == 2 else 2  # composite ones find nothing that their factors left
        else:
            value, found = root, found * divisor
    return value, found


def _ln(value: Fraction) -> Decimal:
    return Decimal(value.numerator).ln() - Decimal(value.denominator).ln()


def _sign(value: Fraction | Decimal) -> int:
    return (value > 0) - (value < 0)
