"""A closed form as a tree, the way one writes it: n (n + 1) / 2, 2^{n+1} - n - 2, n log_2 n + n.

Whatever is built here is only a way of writing: it is held against the recurrence's terms like
any line.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cmp_to_key

from engine.growth.classes import compare_values
from engine.recurrences.exppoly import ExpPoly, Poly
from engine.recurrences.factoring import factors
from engine.recurrences.turning import (
    raised_size,
    real_and_imaginary,
    size_as_float,
    size_of,
    turns,
    wave,
)
from engine.symbolic.expr import ONE, Expr, Pow, is_negative, neg, num, over, plus, power, times
from engine.symbolic.surd import Surd, Value, sign, size, value_expr


def exp_poly_expr(function: ExpPoly, place: Expr, raised: Callable[[Value], Expr] | None = None) -> Expr:
    """`function` at `place`, fastest growing part first.

    `raised(rate)` writes rate^place where that has a better form, as n^{log_2 3} for 3^{log_2 n}.
    """
    rates = _fastest_first(function)
    if rates == [Fraction(1)] and raised is None:
        return polynomial_expr(function.terms[rates[0]], place)
    single = sum(len(poly) for poly in function.terms.values()) == 1  # 1/2 * 3^n stays one product
    below = 1 if single else _common_denominator(function)
    whole = function.scaled(Fraction(below))
    pieces = [piece for rate in rates for piece in _pieces(rate, whole.terms[rate], place, raised)]
    return over(_total(pieces), num(below))


def _fastest_first(function: ExpPoly) -> list[Value]:
    """The rates, of two conjugate ones only that above the axis, which is written for both."""
    real = [rate for rate in function.terms if not turns(rate)]
    above = [rate for rate in function.terms if isinstance(rate, Surd) and turns(rate) and rate.q > 0]
    by_size = sorted(real, key=cmp_to_key(_by_size), reverse=True)
    return sorted([*by_size, *above], key=lambda rate: -round(size_as_float(rate), 9))


def _common_denominator(function: ExpPoly) -> int:
    """Of all coefficients; 1 if some are no fractions."""
    values = [value for poly in function.terms.values() for value in poly]
    if any(turns(rate) for rate in function.terms):
        return 1
    fractions = [value for value in values if isinstance(value, Fraction)]
    return math.lcm(*(value.denominator for value in fractions)) if len(fractions) == len(values) else 1


def _total(pieces: list[Expr]) -> Expr:
    """The sum, beginning with something positive where there is anything positive."""
    return plus(*(sorted(pieces, key=is_negative) if pieces and is_negative(pieces[0]) else pieces))


def _by_size(first: Value, second: Value) -> int:
    return compare_values(size(first), size(second)) or sign(first) - sign(second)


def _pieces(rate: Value, poly: Poly, place: Expr, raised: Callable[[Value], Expr] | None) -> list[Expr]:
    """The summands that belong to `rate`, and to its conjugate where it has one."""
    if isinstance(rate, Surd) and turns(rate):
        return _waves(rate, poly, place)
    if rate == 1:
        return _monomials(poly, place)
    if raised is not None:
        return _monomials(poly, place, raised(rate))
    if len(poly) > 1:
        geometric, rest = Pow(value_expr(rate), place), tuple(-c for c in poly)
        falling = sign(poly[-1]) < 0
        return (
            [neg(times(polynomial_expr(rest, place), geometric))]
            if falling
            else [times(polynomial_expr(poly, place), geometric)]
        )
    return [_scaled_power(poly[0], rate, place)]


def _waves(rate: Surd, poly: Poly, place: Expr) -> list[Expr]:
    """r^n (A cos nθ + B sin nθ), with polynomials A and B."""
    cosine, sine = real_and_imaginary(poly)
    size = raised_size(rate, place)
    found = []
    for name, part in (("cos", cosine), ("sin", sine)):
        for exponent in reversed(range(len(part))):
            if part[exponent] != 0:
                shape = (power(place, num(exponent)), size, wave(name, rate, place))
                product = times(value_expr(size_of(part[exponent])), *shape)
                found.append(neg(product) if sign(part[exponent]) < 0 else product)
    return found


def _scaled_power(factor: Value, rate: Value, place: Expr) -> Expr:
    """factor * rate^place, with the factor taken into the exponent where it is a power of the rate."""
    shift = _power_of(size(factor), rate)
    if shift is not None:
        exponent = place if shift == 0 else plus(place, num(shift))
        raised: Expr = Pow(value_expr(rate), exponent)
        return neg(raised) if factor < 0 else raised
    product = times(value_expr(size(factor)), Pow(value_expr(rate), place))
    return neg(product) if sign(factor) < 0 else product


def _power_of(factor: Value, rate: Value) -> int | None:
    """s with factor = rate^s for a small s; 2 * 2^n is 2^{n+1}."""
    if isinstance(factor, Surd) or isinstance(rate, Surd) or rate <= 0:
        return 0 if factor == 1 else None
    return next((s for s in (0, 1, -1, 2, -2) if rate**s == factor), None)


def _monomials(poly: Poly, place: Expr, front: Expr = ONE) -> list[Expr]:
    """The polynomial times `front`, term by term, highest power first."""
    found = []
    for exponent in range(len(poly) - 1, -1, -1):
        factor = poly[exponent]
        if factor != 0:
            product = times(value_expr(size(factor)), front, power(place, num(exponent)))
            found.append(neg(product) if sign(factor) < 0 else product)
    return found


def polynomial_expr(poly: Poly, place: Expr) -> Expr:
    """The polynomial over one denominator, as a product where it factors over the fractions."""
    coefficients = [value for value in poly if isinstance(value, Fraction)]
    if len(coefficients) < len(poly) or len(poly) == 1:
        return plus(*_monomials(poly, place))
    if len(poly) == 2:
        below = math.lcm(*(value.denominator for value in coefficients))
        return over(_total(_monomials(tuple(below * value for value in poly), place)), num(below))
    content, parts = _factors(coefficients)
    if content < 0 and len(parts) == 1 and parts[0][1] == 1:
        content, parts = -content, [([-c for c in parts[0][0]], 1)]
    shown = [power(_total(_monomials(tuple(factor), place)), num(count)) for factor, count in parts]
    whole = over(times(num(abs(content.numerator)), *shown), num(content.denominator))
    return neg(whole) if content < 0 else whole


def _factors(coefficients: list[Fraction]) -> tuple[Fraction, list[tuple[list[Fraction], int]]]:
    """content and irreducible factors with whole coefficients, each by rising powers, simplest first."""
    total, found = coefficients[-1], list[tuple[list[Fraction], int]]()
    for factor, multiplicity in factors(coefficients[::-1]):
        rising = factor[::-1]
        scale = Fraction(math.gcd(*(c.numerator for c in rising)), math.lcm(*(c.denominator for c in rising)))
        total *= scale**multiplicity
        found.append(([c / scale for c in rising], multiplicity))
    return total, sorted(found, key=lambda item: (len(item[0]), abs(item[0][0]), item[0]))
