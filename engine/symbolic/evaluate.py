"""Numbers into a tree: exact fractions and square roots as long as it goes, floats from there on.

Knows nothing of recurrences or networks: whoever asks says what the letters stand for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Protocol

from engine.symbolic.expr import Add, Big, Call, Div, Expr, Mul, Neg, Num, Pow, Sym, Term
from engine.symbolic.surd import Surd, square_root

Number = Fraction | float | Surd

MAX_BITS = 512  # of a constant in a typed formula; 9^9^9 must cost nothing


class Meaning(Protocol):
    """What the leaves of a tree stand for. A leaf without a meaning is a KeyError."""

    def letter(self, leaf: Sym) -> Number: ...
    def term(self, place: Number) -> Number: ...


class Letters:
    """The simplest meaning: letters, and nothing else."""

    def __init__(self, values: Mapping[str, Number]) -> None:
        self._values = values

    def letter(self, leaf: Sym) -> Number:
        return self._values[leaf.name]

    def term(self, place: Number) -> Number:
        raise KeyError(place)


def evaluate(expr: Expr, meaning: Meaning, bound: Mapping[str, int] | None = None) -> Number:
    """The value of `expr`; `bound` holds the letters that an enclosing sum or product counts with.

    Raises:
        KeyError: a leaf without a meaning. ZeroDivisionError, ValueError, OverflowError as in arithmetic.
    """
    bound = bound or {}
    match expr:
        case Num(value):
            return value
        case Sym(name) if name in bound:
            return Fraction(bound[name])
        case Sym():
            return meaning.letter(expr)
        case Term(place=place):
            return meaning.term(evaluate(place, meaning, bound))
        case Big():
            return _big(expr, meaning, bound)
        case _:
            return _compound(expr, meaning, bound)


def _compound(  # noqa: PLR0911 - one case a node
    expr: Neg | Add | Mul | Div | Pow | Call, meaning: Meaning, bound: Mapping[str, int]
) -> Number:
    match expr:
        case Neg(body):
            return -evaluate(body, meaning, bound)
        case Add(terms):
            return _total([evaluate(term, meaning, bound) for term in terms])
        case Mul(factors):
            return _product([evaluate(factor, meaning, bound) for factor in factors])
        case Div(above, below):
            return _quotient(evaluate(above, meaning, bound), evaluate(below, meaning, bound))
        case Pow(base, exponent):
            return raised(evaluate(base, meaning, bound), evaluate(exponent, meaning, bound))
        case Call("sqrt", Num(value)) if value > 0:
            return square_root(value)
        case Call(name, body, base):
            of = evaluate(body, meaning, bound)
            return logarithm(of, evaluate(base, meaning, bound)) if base is not None else _FUNCTIONS[name](of)


def _alike(values: list[Number]) -> list[Any]:
    """`values` as numbers that mix: all exact over one square root, or all floats."""
    roots = {value.d for value in values if isinstance(value, Surd)}
    if len(roots) > 1 or (roots and any(isinstance(value, float) for value in values)):
        return [float(value) for value in values]
    return list(values)


def _total(values: list[Number]) -> Number:
    total: Number = sum(_alike(values), Fraction(0))
    return total


def _product(values: list[Number]) -> Number:
    product: Number = math.prod(_alike(values), start=Fraction(1))
    return product


def _quotient(above: Number, below: Number) -> Number:
    first, second = _alike([above, below])
    quotient: Number = first / second
    return quotient


def _big(expr: Big, meaning: Meaning, bound: Mapping[str, int]) -> Number:
    low, high = evaluate(expr.low, meaning, bound), evaluate(expr.high, meaning, bound)
    steps = range(_whole(low), _whole(high) + 1)
    values = [evaluate(expr.body, meaning, {**bound, expr.index: step}) for step in steps]
    return _total(values) if expr.kind == "sum" else _product(values)


def _whole(value: Number) -> int:
    nearest = round(float(value))
    if abs(float(value) - nearest) > 1e-9:
        raise ValueError(f"{value} should be a whole number")
    return nearest


def raised(base: Number, exponent: Number) -> Number:
    """base ** exponent, exact where the result is a fraction that can be found by roots."""
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        root = exact_root(base, exponent.denominator)
        if root is not None:
            return root**exponent.numerator
    if isinstance(base, Surd) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        return base**exponent.numerator
    return math.pow(base, exponent)


def exact_root(value: Fraction, degree: int) -> Fraction | None:
    """The fraction whose `degree`-th power is `value`, or None."""
    if degree == 1:
        return value
    if value < 0:
        return None
    above, below = _whole_root(value.numerator, degree), _whole_root(value.denominator, degree)
    return None if above is None or below is None else Fraction(above, below)


def _whole_root(value: int, degree: int) -> int | None:
    if value == 0:
        return 0
    root = 1 << -(-value.bit_length() // degree)  # not below the root; Newton's steps fall onto it
    while (lower := ((degree - 1) * root + value // pow(root, degree - 1)) // degree) < root:
        root = lower
    return root if pow(root, degree) == value else None


def logarithm(of: Number, base: Number) -> Number:
    """log of `of` to `base`, exact where it is a whole number or one over one."""
    if isinstance(of, Fraction) and isinstance(base, Fraction) and of > 0 and base > 1:
        size = round(_ln(of) / _ln(base))
        if abs(size) <= 4096 and base**size == of:
            return Fraction(size)
    return _ln(of) / _ln(base)


def _ln(value: Number) -> float:
    if isinstance(value, Fraction):  # numbers too large for a float still have a logarithm
        return math.log(value.numerator) - math.log(value.denominator)
    return math.log(value)


def simple(value: Number) -> Fraction | float:
    """`value` without a root: those become floats."""
    return float(value) if isinstance(value, Surd) else value


def _sqrt(value: Number) -> Number:
    return raised(value, Fraction(1, 2))


def _factorial(value: Number) -> Fraction:
    return Fraction(math.factorial(_whole(value)))


_FUNCTIONS: dict[str, Callable[[Number], Number]] = {
    "sqrt": _sqrt,
    "ln": _ln,
    "abs": lambda value: -value if value < 0 else value,
    "floor": lambda value: Fraction(math.floor(simple(value))),
    "ceil": lambda value: Fraction(math.ceil(simple(value))),
    "factorial": _factorial,
}


# --- constants in typed text ---------------------------------------------------------------


def constant(expr: Expr) -> Fraction | None:  # noqa: PLR0911 - one case a node
    """The value of `expr` if it is made of numbers by + - * / and whole powers, else None.

    Raises:
        OverflowError: it would need more than MAX_BITS bits. ZeroDivisionError.
    """
    match expr:
        case Num(value):
            return value
        case Neg(body):
            inner = constant(body)
            return None if inner is None else -inner
        case Add(parts) | Mul(parts):
            values = [constant(part) for part in parts]
            known = [value for value in values if value is not None]
            if len(known) < len(values):
                return None
            return sum(known, Fraction(0)) if isinstance(expr, Add) else math.prod(known, start=Fraction(1))
        case Div(above, below):
            first, second = constant(above), constant(below)
            return None if first is None or second is None else first / second
        case Pow(base, exponent):
            return _constant_power(constant(base), constant(exponent))
        case _:
            return None


def _constant_power(base: Fraction | None, exponent: Fraction | None) -> Fraction | None:
    if base is None or exponent is None or exponent.denominator != 1:
        return None
    if bits(base) * abs(exponent) > MAX_BITS:
        raise OverflowError
    return base**exponent.numerator


def bits(value: Fraction) -> int:
    """How long the longer half of a fraction is."""
    return max(value.numerator.bit_length(), value.denominator.bit_length())
