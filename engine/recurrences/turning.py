"""Complex roots: p + q √d with d < 0, written as r^n times cosine and sine of n times an angle.

Exact throughout: `Surd` adds and multiplies them as it does real ones; only comparing and
printing need another form, and that is here.
"""

from __future__ import annotations

import math
from fractions import Fraction

from engine.recurrences.exppoly import Poly
from engine.symbolic.expr import Call, Expr, Sym, num, over, power, times
from engine.symbolic.surd import Surd, Value, sign, square_root, value_expr

TURNS = 24  # every angle that is a fraction of the circle and of a quadratic is a multiple of 1/24 of it


def root_of_negative(value: Fraction) -> Surd:
    """√value for value < 0."""
    positive = square_root(-value)
    if isinstance(positive, Surd):
        return Surd(Fraction(0), positive.q, -positive.d)
    return Surd(Fraction(0), positive, -1)


def turns(value: Value) -> bool:
    """Whether `value` is not real."""
    return isinstance(value, Surd) and value.d < 0


def square_of_size(value: Value) -> Value:
    """|value|^2."""
    if isinstance(value, Surd) and value.d < 0:
        return value.p**2 - value.d * value.q**2
    return value * value


def size_of(value: Value) -> Value:
    """|value|, of a root of a quadratic over the fractions."""
    if isinstance(value, Surd) and value.d < 0:
        return square_root(value.p**2 - value.d * value.q**2)
    return -value if sign(value) < 0 else value


def size_as_float(value: Value) -> float:
    if isinstance(value, Surd) and value.d < 0:
        return math.sqrt(value.p**2 - value.d * value.q**2)
    return abs(float(value))


def share_of_turn(value: Surd) -> Fraction | None:
    """The angle of a complex root as a fraction of π between 0 and 1, where it is one; else None."""
    angle = math.atan2(float(abs(value.q)) * math.sqrt(-value.d), float(value.p)) / math.pi
    return None if turns(value**TURNS) else Fraction(round(angle * TURNS / 2), TURNS // 2)


def angle_expr(value: Surd) -> Expr:
    """The angle θ of a root above the axis, with 0 < θ < π; only to be shown, as π is no letter."""
    share = share_of_turn(value)
    if share is not None:
        return over(times(num(share.numerator), Sym("π")), num(share.denominator))
    return Call("acos", over(num(value.p), value_expr(size_of(value))))


def wave(name: str, value: Surd, place: Expr) -> Expr:
    """cos or sin of `place` times the angle of `value`."""
    share = share_of_turn(value)
    if share is None:
        return Call(name, times(angle_expr(value), place))
    whole = over(times(num(share.numerator), place), num(share.denominator))
    return Call(f"{name}pi", whole)


def real_and_imaginary(poly: Poly) -> tuple[Poly, Poly]:
    """A and B of A cos + B sin, for c r^n + its conjugate with the coefficients c of `poly`."""
    cosine = tuple(2 * (c.p if isinstance(c, Surd) else c) for c in poly)
    sine: list[Value] = []
    for c in poly:
        if isinstance(c, Surd):
            root = square_root(Fraction(-c.d))
            sine.append(root * (-2 * c.q))
        else:
            sine.append(Fraction(0))
    return cosine, tuple(sine)


def raised_size(value: Surd, place: Expr) -> Expr:
    """|value|^place."""
    return power(value_expr(size_of(value)), place)
