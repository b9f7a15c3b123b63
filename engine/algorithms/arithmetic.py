"""Arithmetic with what is known: exact forms, spans between two forms, roots and logarithms."""

from __future__ import annotations

import ast
import math
from fractions import Fraction

from engine.algorithms.allowed import MAX_BITS
from engine.algorithms.counts import Around
from engine.algorithms.forms import ZERO, Form
from engine.algorithms.functions import floor_div, floor_log, floor_of, floor_root, mod, raised
from engine.algorithms.known import (
    DATA,
    Known,
    Real,
    Span,
    Steps,
    Whole,
    bounds,
    form_of,
)


def of_wholes(op: ast.operator, a: Form, b: Form, around: Around) -> Known:  # noqa: PLR0911 - one case an operator
    size = b.whole
    match op:
        case ast.Add():
            return Whole(a + b)
        case ast.Sub():
            return Whole(a - b)
        case ast.Mult():
            return Whole(a * b)
        case ast.FloorDiv():
            return _quotient(a, b, around)
        case ast.Mod() if size is not None and size > 0:
            return Whole(mod(a, size))
        case ast.Mod() if around.sign(b - 1) == 1:
            return Span(ZERO, b - 1)
        case ast.Div():
            return Real(a / size) if size else DATA
        case ast.Pow():
            return _power(a, b, around)
        case ast.LShift():
            return Whole(a * raised(Fraction(2), b)) if around.sign(b) == 1 and not _is_long(2, b) else DATA
        case ast.RShift() if size is not None and 0 <= size <= 64:
            return Whole(floor_div(a, 1 << size))
        case ast.RShift() if not _is_long(2, b):
            return Whole(floor_of(a, raised(Fraction(2), b)))
        case ast.BitAnd() if size is not None and size >= 0 and (size + 1) & size == 0:
            return Whole(mod(a, size + 1))
    return DATA


def _quotient(a: Form, b: Form, around: Around) -> Known:
    size = b.whole
    if size is not None:
        return Whole(floor_div(a, size)) if size > 0 else DATA
    return Whole(floor_of(a, b)) if around.sign(b - 1) == 1 else DATA


def _power(a: Form, b: Form, around: Around) -> Known:
    exponent, base = b.whole, a.whole
    if base is not None and _is_long(base, b):
        return DATA
    if exponent is not None and 0 <= exponent <= 12:
        return Whole(a**exponent)
    if base is not None and base >= 2 and around.sign(b) == 1:
        return Whole(raised(Fraction(base), b))
    return DATA


def _is_long(base: int, exponent: Form) -> bool:
    """Whether base^exponent has a number in it that is too long to work with, as in 9^(9^9)."""
    largest = max((abs(factor) for factor in exponent.terms.values()), default=Fraction(0))
    return base.bit_length() * largest > MAX_BITS


def of_spans(op: ast.operator, first: Known, second: Known, around: Around) -> Known:
    (low, high), (other_low, other_high) = bounds(first), bounds(second)
    match op:
        case ast.Add():
            return _span(_add(low, other_low), _add(high, other_high))
        case ast.Sub():
            return _span(_add(low, _minus(other_high)), _add(high, _minus(other_low)))
        case ast.FloorDiv():
            size = form_of(second)
            if size is not None and (whole := size.whole) is not None and whole > 0:
                return _span(
                    floor_div(low, whole) if low is not None else None,
                    floor_div(high, whole) if high is not None else None,
                )
        case ast.Mod():
            size = form_of(second)
            if size is not None and around.sign(size - 1) == 1:
                return Span(ZERO, size - 1)
    return DATA


def _add(a: Form | None, b: Form | None) -> Form | None:
    return None if a is None or b is None else a + b


def _minus(a: Form | None) -> Form | None:
    return None if a is None else -a


def _span(low: Form | None, high: Form | None) -> Known:
    return Span(low, high) if low is not None or high is not None else DATA


def of_reals(op: ast.operator, first: Known, second: Known) -> Known:  # noqa: PLR0911 - one case an operator
    a, b = _plain(first), _plain(second)
    if isinstance(op, ast.Pow) and a is not None and b is not None:
        return _real_power(a, b)
    if a is None or b is None:
        return DATA
    match op:
        case ast.Add():
            return Real(a + b)
        case ast.Sub():
            return Real(a - b)
        case ast.Mult():
            return Real(a * b)
        case ast.Div() if b.constant:
            return Real(a / b.constant)
        case ast.FloorDiv() if b.whole:
            return Real(floor_div(a, b.whole))
    return DATA


def _plain(value: Known) -> Form | None:
    if isinstance(value, Real):
        return value.form if value.kind == "plain" else None
    return form_of(value)


def _real_power(base: Form, exponent: Form) -> Known:
    number_of = exponent.constant
    if number_of == Fraction(1, 2):
        return Real(base, "root", 2)
    if number_of is not None and number_of.numerator == 1 and number_of.denominator > 1:
        return Real(base, "root", number_of.denominator)
    if number_of is not None and abs(number_of - Fraction(1, 3)) < Fraction(1, 10**9):
        return Real(base, "root", 3)
    return Real(base ** int(number_of)) if number_of is not None and number_of.denominator == 1 else DATA


def rounded(value: Known, up: bool = False) -> Known:
    """floor of it, or ceil; int() of what is not negative."""
    match value:
        case Whole() | Span():
            return value
        case Real(form, "plain"):
            scale = math.lcm(*(factor.denominator for factor in form.terms.values()), 1)
            if scale == 1:
                return Whole(form)
            above = form * scale
            return Whole(-floor_div(-above, scale) if up else floor_div(above, scale))
        case Real(form, "root", degree):
            return Whole(floor_root(form - 1, degree) + 1 if up else floor_root(form, degree))
        case Real(form, "log", base) if base > 1:
            return Whole(floor_log(form - 1, base) + 1 if up else floor_log(form, base))
    return DATA


def trips(steps: Steps, around: Around) -> Known:
    """How many numbers range(start, stop, step) gives, where it gives any."""
    size = steps.step.whole
    distance = steps.stop - steps.start
    if size is None:
        if around.sign(steps.step - 1) != 1:
            return DATA
        return Whole(floor_of(distance - 1, steps.step) + 1)
    if size < 0:
        distance, size = -distance, -size
    return Whole(floor_div(distance + (size - 1), size)) if size else DATA
