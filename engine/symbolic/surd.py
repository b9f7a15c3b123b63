"""Exact numbers p + q √d with fractions p and q: what roots of quadratics are made of.

Exact means exact: adding, multiplying, dividing and comparing never round, so a closed form
such as Binet's is held against whole numbers without a tolerance. `d` is one square-free
whole number for each calculation; two different ones do not mix (ValueError).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from engine.symbolic.expr import Call, Expr, neg, num, over, plus, times


@dataclass(frozen=True, slots=True)
class Surd:
    """p + q √d with q != 0; a plain fraction is never stored as a Surd (see `surd`)."""

    p: Fraction
    q: Fraction
    d: int

    def _parts(self, other: Fraction | int | Surd) -> tuple[Fraction, Fraction]:
        if not isinstance(other, Surd):
            return Fraction(other), Fraction(0)
        if other.d != self.d:
            raise ValueError(f"√{self.d} and √{other.d} do not mix")
        return other.p, other.q

    def __add__(self, other: Fraction | int | Surd) -> Fraction | Surd:
        p, q = self._parts(other)
        return surd(self.p + p, self.q + q, self.d)

    __radd__ = __add__

    def __neg__(self) -> Surd:
        return Surd(-self.p, -self.q, self.d)

    def __sub__(self, other: Fraction | int | Surd) -> Fraction | Surd:
        return self + (-other)

    def __rsub__(self, other: Fraction | int) -> Fraction | Surd:
        return -self + other

    def __mul__(self, other: Fraction | int | Surd) -> Fraction | Surd:
        p, q = self._parts(other)
        return surd(self.p * p + self.q * q * self.d, self.p * q + self.q * p, self.d)

    __rmul__ = __mul__

    def inverse(self) -> Fraction | Surd:
        size = self.p**2 - self.d * self.q**2  # not 0: √d is not a fraction
        return surd(self.p / size, -self.q / size, self.d)

    def __truediv__(self, other: Fraction | int | Surd) -> Fraction | Surd:
        return self * (other.inverse() if isinstance(other, Surd) else 1 / Fraction(other))

    def __rtruediv__(self, other: Fraction | int) -> Fraction | Surd:
        return self.inverse() * other

    def __pow__(self, exponent: int) -> Fraction | Surd:
        result: Fraction | Surd = Fraction(1)
        square: Fraction | Surd = self if exponent >= 0 else self.inverse()
        left = abs(exponent)
        while left:
            if left & 1:
                result = result * square
            left >>= 1
            square = square * square if left else square
        return result

    def __float__(self) -> float:
        return float(self.p) + float(self.q) * math.sqrt(self.d)

    def __lt__(self, other: Fraction | int | Surd) -> bool:
        return sign(self - other) < 0

    def __gt__(self, other: Fraction | int | Surd) -> bool:
        return sign(self - other) > 0


Value = Fraction | Surd


def surd(p: Fraction, q: Fraction, d: int) -> Value:
    return Surd(p, q, d) if q else p


def sign(value: Value) -> int:
    """-1, 0 or 1, exactly (d > 0)."""
    if not isinstance(value, Surd):
        return (value > 0) - (value < 0)
    left, right = (value.p > 0) - (value.p < 0), 1 if value.q > 0 else -1
    if left in (0, right):
        return right
    return left if value.p**2 > value.q**2 * value.d else right


def size(value: Value) -> Value:
    """|value|, exactly."""
    return -value if sign(value) < 0 else value


@lru_cache(maxsize=256)
def square_root(value: Fraction) -> Value:
    """√value for value >= 0, with squares of small primes taken out of the root."""
    if value == 0:
        return value
    inside = value.numerator * value.denominator
    outside, d = 1, inside
    for prime in range(2, 1000):
        while d % (prime * prime) == 0:
            d //= prime * prime
            outside *= prime
    root = math.isqrt(d)
    if root * root == d:
        return Fraction(outside * root, value.denominator)
    return Surd(Fraction(0), Fraction(outside, value.denominator), d)


def value_expr(value: Value) -> Expr:
    """The number as a tree: (1 + √5)/2 over its common denominator."""
    if not isinstance(value, Surd):
        return num(value)
    below = math.lcm(value.p.denominator, value.q.denominator)
    root = times(num(abs(value.q) * below), Call("sqrt", num(value.d)))
    if not value.p:
        return over(root, num(below)) if value.q > 0 else neg(over(root, num(below)))
    return over(plus(num(value.p * below), root if value.q > 0 else neg(root)), num(below))
