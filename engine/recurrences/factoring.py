"""Polynomials over the fractions, taken apart into factors of degree 1 and 2 as far as that goes.

Roots are found in floats, then each guess is tried by exact division, so a factor that is
returned is one. What is left over has no root that is a fraction or of a quadratic.
Coefficients stand by falling power here. Knows nothing of recurrences.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

Coefficients = list[Fraction]  # of x^d, x^(d-1), ..., 1

_BITS = 900  # of a coefficient: beyond, floats do not hold it
_DENOMINATORS = 10**6  # of a guessed coefficient


def factors(polynomial: Sequence[Fraction]) -> list[tuple[Coefficients, int]]:
    """Factors with leading coefficient 1 and how often each occurs; their product is the polynomial's own
    multiple with leading coefficient 1.

    Raises:
        OverflowError: the coefficients are too long for floats.
    """
    found: list[tuple[Coefficients, int]] = []
    for part, times in _square_free(_monic(polynomial)):
        found += [(factor, times) for factor in _apart(part)]
    return sorted(found, key=lambda item: (len(item[0]), item[1]))


def _monic(polynomial: Sequence[Fraction]) -> Coefficients:
    start = next(i for i, c in enumerate(polynomial) if c)
    return [c / polynomial[start] for c in polynomial[start:]]


# --- arithmetic ----------------------------------------------------------------------------


def divided(above: Sequence[Fraction], below: Sequence[Fraction]) -> tuple[Coefficients, Coefficients]:
    """Quotient and remainder; the remainder without leading zeros."""
    rest, quotient = list(above), list[Fraction]()
    while len(rest) >= len(below):
        factor = rest[0] / below[0]
        quotient.append(factor)
        for i, c in enumerate(below):
            rest[i] -= factor * c
        rest.pop(0)
    while rest and rest[0] == 0:
        rest.pop(0)
    return quotient, rest


def _common(first: Coefficients, second: Coefficients) -> Coefficients:
    """The greatest common divisor, with leading coefficient 1."""
    while second:
        first, second = second, divided(first, second)[1]
    return _monic(first)


def _derivative(polynomial: Coefficients) -> Coefficients:
    top = len(polynomial) - 1
    return [c * (top - i) for i, c in enumerate(polynomial[:-1])]


def _square_free(polynomial: Coefficients) -> list[tuple[Coefficients, int]]:
    """Factors without repeated roots, by how often they occur (Yun's algorithm)."""
    if len(polynomial) < 2:
        return []
    slope = _derivative(polynomial)
    common = _common(polynomial, slope)
    part, rest = divided(polynomial, common)[0], divided(slope, common)[0]
    found, times = list[tuple[Coefficients, int]](), 1
    while len(part) > 1:
        rest = _difference(rest, _derivative(part))
        factor = _common(part, rest) if rest else part
        if len(factor) > 1:
            found.append((factor, times))
        part, rest = divided(part, factor)[0], divided(rest, factor)[0] if rest else []
        times += 1
    return found


def _difference(first: Coefficients, second: Coefficients) -> Coefficients:
    size = max(len(first), len(second))
    padded = [[Fraction(0)] * (size - len(p)) + list(p) for p in (first, second)]
    result = [a - b for a, b in zip(*padded, strict=True)]
    while result and result[0] == 0:
        result.pop(0)
    return result


# --- factors -------------------------------------------------------------------------------


def _apart(polynomial: Coefficients) -> list[Coefficients]:
    """A square-free polynomial as factors of degree 1 and 2, and what is left."""
    found, left = list[Coefficients](), polynomial
    for degree in (1, 2):
        for guess in _guesses(left, degree):
            quotient, rest = divided(left, guess) if len(left) > degree else ([], [Fraction(1)])
            if not rest:
                found.append(guess)
                left = quotient
    return found + ([left] if len(left) > 1 else [])


def _guesses(polynomial: Coefficients, degree: int) -> list[Coefficients]:
    """Factors of this degree that its roots in floats suggest."""
    if len(polynomial) <= degree + 1:
        return [polynomial] if len(polynomial) == degree + 1 else []
    ones = [Fraction(1)]
    if polynomial[-1] == 0 and degree == 1:
        return [[*ones, Fraction(0)], *_guesses(polynomial[:-1], 1)]
    roots = roots_of(polynomial)
    if degree == 1:
        return [[*ones, -_near(root.real)] for root in roots if _is_real(root)]
    pairs = combinations(roots, 2)
    sums = [(first + second, first * second) for first, second in pairs]
    return [[*ones, -_near(s.real), _near(p.real)] for s, p in sums if _is_real(s) and _is_real(p)]


def _is_real(value: complex) -> bool:
    return abs(value.imag) <= 1e-6 * max(1.0, abs(value))


def _near(value: float) -> Fraction:
    return Fraction(value).limit_denominator(_DENOMINATORS if abs(value) < 1e6 else 1000)


def roots_of(polynomial: Sequence[Fraction]) -> list[complex]:
    """All roots, as floats. Raises OverflowError where the coefficients are too long."""
    import numpy as np

    if any(max(c.numerator.bit_length(), c.denominator.bit_length()) > _BITS for c in polynomial):
        raise OverflowError("coefficients that floats do not hold")
    found = np.roots([float(c) for c in polynomial])
    return [complex(root) for root in found if math.isfinite(root.real)]
