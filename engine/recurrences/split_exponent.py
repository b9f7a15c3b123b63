"""The exponent p of Akra and Bazzi: the one real p with sum of c_i s_i^p = 1, exact where it can be.

T(n) = sum of c_i T(s_i n) + f(n) has about n^p leaves (Akra, Bazzi: On the solution of linear
recurrence equations, 1998). Exact are fractions, and logarithms of fractions or of roots of
quadratics, where all 1/s_i are powers of one number; else p is known to 40 digits. Knows
nothing of f.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction

from engine.growth.classes import Exponent, log_of
from engine.symbolic.evaluate import raised
from engine.symbolic.surd import Surd, Value, square_root, surd

Weight = tuple[Fraction, Fraction]  # (c, s): c > 0 subproblems of size s n, 0 < s < 1
AnyWeight = tuple[Value, Fraction]  # where c may be a square root

DIGITS = 40
_SPARE = 20
_DENOMINATOR = 60  # of a p that is a fraction
_ROOT_DENOMINATOR = 10_000  # of a base^-p that is a fraction


@dataclass(frozen=True, slots=True)
class SplitExponent:
    """p. `ground`, `root`: where they are given, p = log_ground(1/root), with root = ground^-p exactly.

    Attributes:
        exact: p as a fraction or as a logarithm of a fraction; None otherwise.
        digits: p to DIGITS digits.
    """

    digits: Decimal
    exact: Exponent | None = None
    ground: Fraction | None = None
    root: Value | None = None

    @property
    def is_exact(self) -> bool:
        return self.exact is not None or self.root is not None

    def compare(self, other: Exponent) -> int:
        """-1, 0 or 1 as p is below, equal to or above `other`; equal only where that is exact."""
        if self.exact is not None:
            return self.exact.compare(other)
        difference = self.digits - decimal(other)
        return (difference > 0) - (difference < 0)


def split_exponent(weights: Sequence[AnyWeight]) -> SplitExponent:
    """The p of `weights`. Needs at least one, all c > 0 and 0 < s < 1; one alone may be a square root."""
    if len(weights) == 1:
        [(factor, slope)] = weights
        exact = critical(factor, slope)
        return SplitExponent(decimal(exact), exact, 1 / slope, _over(factor))
    return _of_several([(factor, slope) for factor, slope in weights if isinstance(factor, Fraction)])


def _of_several(weights: Sequence[Weight]) -> SplitExponent:
    digits = _newton(weights)
    guess = Fraction(float(digits)).limit_denominator(_DENOMINATOR)
    if abs(Decimal(guess.numerator) / guess.denominator - digits) < Decimal("1e-15") and _solves(
        weights, guess
    ):
        return SplitExponent(digits, Exponent(guess))
    common = _common_ground(weights)
    if common is None:
        return SplitExponent(digits)
    ground, powers = common
    root = _positive_root(powers, float(ground) ** -float(digits))
    if isinstance(root, Fraction):
        return SplitExponent(digits, log_of(1 / root, ground), ground, root)
    return SplitExponent(digits, None, ground, root) if root is not None else SplitExponent(digits)


def critical(factor: Value, slope: Fraction) -> Exponent:
    """log_b a of a subproblems of size n/b; a is a fraction or the square root of one."""
    if not isinstance(factor, Surd):
        return log_of(factor, 1 / slope)
    half = log_of(factor.q * factor.q * factor.d, 1 / slope)
    return replace(half, factor=half.factor / 2)


def _over(factor: Value) -> Value:
    return factor.inverse() if isinstance(factor, Surd) else 1 / factor


def balance(weights: Sequence[Weight], power: Exponent) -> int:
    """The sign of sum of c s^power - 1: 1 where p is above `power`, 0 where it is p, else -1."""
    return split_exponent(weights).compare(power)


def decimal(exponent: Exponent) -> Decimal:
    """`exponent` to DIGITS digits and some more."""
    with localcontext() as context:
        context.prec = DIGITS + _SPARE
        factor = Decimal(exponent.factor.numerator) / exponent.factor.denominator
        if exponent.of is None or exponent.base is None:
            return factor
        return factor * ln(exponent.of) / ln(exponent.base)


def ln(value: Value) -> Decimal:
    """Natural logarithm of a positive number, in the precision of the context."""
    if isinstance(value, Surd):
        p, q = (Decimal(part.numerator) / part.denominator for part in (value.p, value.q))
        return (p + q * Decimal(value.d).sqrt()).ln()
    return Decimal(value.numerator).ln() - Decimal(value.denominator).ln()


def _newton(weights: Sequence[Weight]) -> Decimal:
    """p by Newton's method on the convex, falling function ln(sum of c s^p): it converges from anywhere."""
    with localcontext() as context:
        context.prec = DIGITS + _SPARE
        logs = [(Decimal(c.numerator) / c.denominator, ln(s)) for c, s in weights]
        p = Decimal(0)
        for _ in range(60):
            shares = [c * (p * log).exp() for c, log in logs]
            total = sum(shares, Decimal(0))
            slope = sum((share * log for share, (_, log) in zip(shares, logs, strict=True)), Decimal(0))
            step = total.ln() * total / slope
            p -= step
            if abs(step) < Decimal(10) ** -(DIGITS + _SPARE // 2):
                break
        return p


def _solves(weights: Sequence[Weight], power: Fraction) -> bool:
    """Whether sum of c s^power is 1, exactly."""
    total = Fraction(0)
    for factor, slope in weights:
        value = raised(slope, power)
        if not isinstance(value, Fraction):
            return False
        total += factor * value
    return total == 1


def _common_ground(weights: Sequence[Weight]) -> tuple[Fraction, dict[int, Fraction]] | None:
    """(b, m -> c) with s = b^-m for whole m; None where the s have no such b."""
    first = 1 / weights[0][1]
    ratios = [log_of(1 / slope, first) for _, slope in weights]
    if any(ratio.of is not None for ratio in ratios):
        return None
    steps = math.lcm(*(ratio.factor.denominator for ratio in ratios))
    ground = raised(first, Fraction(1, steps))
    powers: dict[int, Fraction] = {}
    for ratio, (factor, _) in zip(ratios, weights, strict=True):
        count = int(ratio.factor * steps)
        powers[count] = powers.get(count, Fraction(0)) + factor
    shared = math.gcd(*powers)
    if not isinstance(ground, Fraction):
        return None
    return ground**shared, {count // shared: factor for count, factor in powers.items()}


def _positive_root(powers: dict[int, Fraction], near: float) -> Value | None:
    """x > 0 with sum of c x^m = 1 as a fraction or a quadratic surd, else None."""
    if max(powers) == 1:
        return 1 / powers[1]
    guess = Fraction(near).limit_denominator(_ROOT_DENOMINATOR)
    if guess > 0 and sum(factor * guess**count for count, factor in powers.items()) == 1:
        return guess
    if max(powers) > 2:
        return None
    one, two = powers.get(1, Fraction(0)), powers[2]
    inside = square_root(one * one + 4 * two)
    if not isinstance(inside, Surd):
        return (inside - one) / (2 * two)
    return surd((inside.p - one) / (2 * two), inside.q / (2 * two), inside.d)
