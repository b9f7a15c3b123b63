"""The exact value of a tree at whole numbers: floors are never off by one.

Knows trees only; sums are added up with plain integers as long as that goes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from operator import itemgetter
from typing import Any

from engine.algorithms.whole import root_floor, whole_log
from engine.symbolic.expr import (
    Add,
    Big,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    letters,
)

Values = Mapping[str, int]


MAX_SUMMED = 5000  # terms of a sum that is added up


class TooLarge(ArithmeticError):
    """A form has grown beyond what anybody would read."""


def value_of(expr: Expr, values: Values) -> Fraction:  # noqa: PLR0911 - one case a node
    """The exact value of a tree with these whole numbers for letters; floors are never off by one."""
    match expr:
        case Num(value):
            return value
        case Sym(name):
            return Fraction(values[name])
        case Neg(body):
            return -value_of(body, values)
        case Add(terms):
            return sum((value_of(term, values) for term in terms), Fraction(0))
        case Mul(factors):
            return math.prod((value_of(factor, values) for factor in factors), start=Fraction(1))
        case Div(above, below):
            return value_of(above, values) / value_of(below, values)
        case Pow(base, exponent):
            return _power_value(value_of(base, values), value_of(exponent, values))
        case Big():
            return _big_value(expr, values)
        case Call():
            return _call_value(expr, values)
        case _:
            raise ValueError(f"{expr!r} has no exact value")


def _big_value(big: Big, values: Values) -> Fraction:
    used = tuple((name, values[name]) for name in sorted(letters(big)))
    return _added_up(big, used)


@lru_cache(maxsize=4096)
def _added_up(big: Big, used: tuple[tuple[str, int], ...]) -> Fraction:
    values = dict(used)
    places = range(math.ceil(value_of(big.low, values)), math.floor(value_of(big.high, values)) + 1)
    if len(places) > MAX_SUMMED:
        raise TooLarge
    body, inner = _closure(big.body), dict[str, Any](values)
    total: int | Fraction = 0
    for place in places:
        inner[big.index] = place
        total += body(inner)
    return Fraction(total)


@lru_cache(maxsize=256)
def _closure(expr: Expr) -> Callable[[dict[str, Any]], Any]:  # noqa: PLR0911 - one case a node
    """`expr` as a function of whole numbers, without fractions as long as it goes: sums have many terms."""
    match expr:
        case Num(value):
            number = int(value) if value.denominator == 1 else value
            return lambda _: number
        case Sym(name):
            return itemgetter(name)
        case Neg(body):
            inner = _closure(body)
            return lambda values: -inner(values)
        case Add(parts):
            terms = [_closure(part) for part in parts]
            return lambda values: sum(term(values) for term in terms)
        case Mul(parts):
            factors = [_closure(part) for part in parts]
            return lambda values: math.prod(factor(values) for factor in factors)
        case Call("floor", Div(above, below)):
            first, second = _closure(above), _closure(below)
            return lambda values: first(values) // second(values)
        case Call("floor", Call("log", body, Num(base))):
            inside, number_of = _closure(body), int(base)
            return lambda values: whole_log(inside(values), number_of)
        case Pow(Num(base), exponent) if base.denominator == 1:
            power_of = _closure(exponent)
            return lambda values: _power_value(base, Fraction(power_of(values))).numerator
        case _:
            return lambda values: value_of(expr, values)


def _power_value(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > 20_000:
        raise ValueError(f"{base}^{exponent} has no exact value here")
    return base ** int(exponent)


def _call_value(call: Call, values: Values) -> Fraction:  # noqa: PLR0911 - one case a function
    match call:
        case Call("floor", Call("log", body, Num(base))):
            return Fraction(whole_log(value_of(body, values), int(base)))
        case Call("floor", Call("sqrt", body)):
            return Fraction(root_floor(math.floor(value_of(body, values)), 2))
        case Call("floor", Pow(body, Num(value))) if value.numerator == 1:
            return Fraction(root_floor(math.floor(value_of(body, values)), value.denominator))
    of = value_of(call.body, values)
    second = value_of(call.base, values) if call.base is not None else Fraction(0)
    match call.name:
        case "floor":
            return Fraction(math.floor(of))
        case "ceil":
            return Fraction(math.ceil(of))
        case "mod":
            return of % second
        case "max":
            return max(of, second)
        case "min":
            return min(of, second)
        case "harmonic":
            return sum((Fraction(1, k) for k in range(1, int(of) + 1)), Fraction(0))
        case "factorial" if 0 <= of <= 1000:
            return Fraction(math.factorial(int(of)))
        case _:
            raise ValueError(f"{call.name} of {of} has no exact value")
