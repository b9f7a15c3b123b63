"""Sums of polynomial times geometric: n^2 + 3, 2^n, (n + 1) 3^n. The shape of every closed form here.

These are closed under what solving a linear recurrence needs (adding, shifting, summing),
and two of them are equal exactly when their tables are, so "this satisfies the recurrence
for all n" is decided, not sampled. Values are exact (`surd.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from engine.symbolic.surd import Value

Poly = tuple[Value, ...]  # coefficients of 1, n, n^2, ...; the last one is not 0

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class ExpPoly:
    """The function n -> sum over rates r of polynomial_r(n) * r^n, with r != 0.

    Attributes:
        terms: rate -> coefficients by rising power of n, without zeros at the end.
    """

    terms: Mapping[Value, Poly]

    def __call__(self, n: int) -> Value:
        total: Value = ZERO
        for rate, poly in self.terms.items():
            total = total + poly_at(poly, n) * rate**n
        return total

    def __add__(self, other: ExpPoly) -> ExpPoly:
        merged = dict(self.terms)
        for rate, poly in other.terms.items():
            merged[rate] = poly_add(merged.get(rate, ()), poly)
        return exp_poly(merged)

    def __sub__(self, other: ExpPoly) -> ExpPoly:
        return self + other.scaled(Fraction(-1))

    def __mul__(self, other: ExpPoly) -> ExpPoly:
        product = exp_poly({})
        for rate, poly in self.terms.items():
            for second, factor in other.terms.items():
                product += exp_poly({rate * second: poly_mul(poly, factor)})
        return product

    def scaled(self, factor: Value) -> ExpPoly:
        return exp_poly({rate: tuple(factor * c for c in poly) for rate, poly in self.terms.items()})

    def shifted(self, by: int) -> ExpPoly:
        """n -> self(n + by)."""
        return exp_poly(
            {rate: tuple(rate**by * c for c in poly_shift(poly, by)) for rate, poly in self.terms.items()}
        )

    @property
    def degree(self) -> int:
        """The highest power of n beside any rate; -1 for the zero function."""
        return max((len(poly) - 1 for poly in self.terms.values()), default=-1)

    @property
    def is_constant(self) -> bool:
        return set(self.terms) <= {ONE} and self.degree <= 0


def exp_poly(terms: Mapping[Value, Poly]) -> ExpPoly:
    """The function with these terms, in its one normal form."""
    trimmed = {rate: poly_trim(poly) for rate, poly in terms.items()}
    return ExpPoly({rate: poly for rate, poly in trimmed.items() if poly})


def constant_function(value: Value) -> ExpPoly:
    return exp_poly({ONE: (value,)})


# --- polynomials ---------------------------------------------------------------------------


def poly_trim(poly: Poly) -> Poly:
    end = len(poly)
    while end and poly[end - 1] == 0:
        end -= 1
    return poly[:end]


def poly_at(poly: Poly, n: int) -> Value:
    total: Value = ZERO
    for coefficient in reversed(poly):
        total = total * n + coefficient
    return total


def poly_add(first: Poly, second: Poly) -> Poly:
    long, short = (first, second) if len(first) >= len(second) else (second, first)
    return tuple(c + (short[i] if i < len(short) else 0) for i, c in enumerate(long))


def poly_mul(first: Poly, second: Poly) -> Poly:
    product: list[Value] = [ZERO] * (len(first) + len(second) - 1)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            product[i + j] = product[i + j] + a * b
    return tuple(product)


def poly_shift(poly: Poly, by: int) -> Poly:
    """The coefficients of poly(n + by)."""
    moved: list[Value] = [ZERO] * len(poly)
    for power, coefficient in enumerate(poly):
        for k in range(power + 1):
            moved[k] = moved[k] + coefficient * (comb(power, k) * Fraction(by) ** (power - k))
    return tuple(moved)


IDENTITY = exp_poly({ONE: (ZERO, ONE)})  # n -> n


# --- linear recurrences --------------------------------------------------------------------


def apply(lags: Mapping[int, Value], function: ExpPoly) -> ExpPoly:
    """n -> function(n) - sum over lags of coefficient * function(n - lag)."""
    result = function
    for lag, coefficient in lags.items():
        result = result - function.shifted(-lag).scaled(coefficient)
    return result


def particular(lags: Mapping[int, Value], forcing: ExpPoly) -> ExpPoly:
    """Some p with p(n) = sum of coefficient * p(n - lag) + forcing(n), by undetermined coefficients.

    Where a rate of `forcing` is itself a root of the characteristic equation, of multiplicity m,
    the attempt is multiplied by n^m (resonance).
    """
    found = exp_poly({})
    for rate, poly in forcing.terms.items():
        found += _for_rate(lags, rate, poly)
    return found


def _for_rate(lags: Mapping[int, Value], rate: Value, poly: Poly) -> ExpPoly:
    lowest, _ = _image(lags, rate, _multiplicity(lags, rate))
    found, left = exp_poly({}), poly_trim(poly)
    while left:  # from the highest power down: the image of n^(m + j) r^n has degree j
        power = lowest + len(left) - 1
        _, image = _image(lags, rate, power)
        factor = left[-1] / image[-1]
        found += exp_poly({rate: (*(ZERO,) * power, factor)})
        left = poly_trim(poly_add(left, tuple(-factor * c for c in image)))
    return found


def _multiplicity(lags: Mapping[int, Value], rate: Value) -> int:
    """How often `rate` is a root of the characteristic equation."""
    power = 0
    while not _image(lags, rate, power)[1]:
        power += 1
    return power


def _image(lags: Mapping[int, Value], rate: Value, power: int) -> tuple[int, Poly]:
    image = apply(lags, exp_poly({rate: (*(ZERO,) * power, ONE)}))
    return power, image.terms.get(rate, ())
