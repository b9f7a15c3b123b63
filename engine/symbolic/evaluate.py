"""Numbers into a tree: exact fractions and square roots as long as it goes, floats from there on.

Knows nothing of recurrences or networks: whoever asks says what the letters stand for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Protocol

from engine.symbolic.calls import (
    ONE_ARGUMENT,
    TWO_ARGUMENTS,
    Number,
    exact_root,
    raised,
    simple,
    whole,
    whole_logarithm,
    whole_root,
)
from engine.symbolic.expr import Add, Big, Call, Div, Expr, Mul, Neg, Num, Pow, Sym, Term
from engine.symbolic.surd import Surd, square_root

__all__ = ["Letters", "Meaning", "Number", "bits", "constant", "evaluate", "exact_root", "raised", "simple"]

MAX_BITS = 512  # of a constant in a typed formula; 9^9^9 must cost nothing
_SHORT_FACTORIAL = 100  # whose logarithm is taken of the number itself
MAX_SUMMANDS = 200_000  # of a sum or product that is worked out


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
        KeyError: a leaf without a meaning, or a class such as O(n), which is no one function.
        ZeroDivisionError, ValueError, OverflowError: as in arithmetic, or too much work.
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
        case Call():
            return _call(expr, meaning, bound)


def _call(call: Call, meaning: Meaning, bound: Mapping[str, int]) -> Number:
    inner = call.body
    if call.name in ("floor", "ceil") and isinstance(inner, Call) and inner.name in ("log", "sqrt"):
        return _rounded(call.name, inner, meaning, bound)
    if call.name in ("log", "ln") and isinstance(inner, Call) and inner.name == "factorial":
        return _log_factorial(call, inner, meaning, bound)
    body = evaluate(inner, meaning, bound)
    if call.base is None:
        return ONE_ARGUMENT[call.name](body)
    return TWO_ARGUMENTS[call.name](body, evaluate(call.base, meaning, bound))


def _log_factorial(call: Call, inner: Call, meaning: Meaning, bound: Mapping[str, int]) -> Number:
    """log(n!), also where n! is far too long to write down."""
    of = evaluate(inner.body, meaning, bound)
    base = None if call.base is None else evaluate(call.base, meaning, bound)
    if simple(of) < _SHORT_FACTORIAL:
        known = ONE_ARGUMENT["factorial"](of)
        return ONE_ARGUMENT[call.name](known) if base is None else TWO_ARGUMENTS[call.name](known, base)
    size = math.lgamma(float(of) + 1)
    return size if call.name == "ln" else size / math.log(2 if base is None else simple(base))


def _rounded(name: str, inner: Call, meaning: Meaning, bound: Mapping[str, int]) -> Number:
    """A logarithm or a root, rounded: exact, since a float may land on the wrong side of a whole number."""
    of = evaluate(inner.body, meaning, bound)
    base = Fraction(2) if inner.base is None else evaluate(inner.base, meaning, bound)
    if not isinstance(of, Fraction) or not isinstance(base, Fraction) or base <= 1 or of <= 0:
        return ONE_ARGUMENT[name](evaluate(inner, meaning, bound))
    below = whole_logarithm(of, base) if inner.name == "log" else whole_root(of)
    hit = (base**below if inner.name == "log" else Fraction(below) ** 2) == of
    return Fraction(below if hit or name == "floor" else below + 1)


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
    steps = range(whole(low), whole(high) + 1)
    if len(steps) > MAX_SUMMANDS:
        raise OverflowError(f"{len(steps)} summands")
    values = [evaluate(expr.body, meaning, {**bound, expr.index: step}) for step in steps]
    return _total(values) if expr.kind == "sum" else _product(values)


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
