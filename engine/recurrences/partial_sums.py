"""Sums of h(j) for j = low .. n, closed where there is a formula, else as the sum that it is.

Polynomials times powers, rational functions (partial fractions: harmonic numbers and what
telescopes), p(j) r^j j! (by Gosper's idea: is it a difference?), logarithms (log n!), harmonic
numbers (by parts), floors (Graham, Knuth, Patashnik: Concrete Mathematics, chapters 2, 3, 5).
Nothing here is believed: what comes out is held against the recurrence's own terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.recurrences.exppoly import (
    ExpPoly,
    Poly,
    constant_function,
    exp_poly,
    particular,
    poly_add,
    poly_mul,
    poly_trim,
)
from engine.recurrences.forcing import as_exp_poly
from engine.recurrences.hyper import Hyper
from engine.recurrences.show import exp_poly_expr
from engine.symbolic.expr import (
    ONE,
    Big,
    Call,
    Div,
    Expr,
    Num,
    Sym,
    is_negative,
    letters,
    minus,
    neg,
    num,
    over,
    plus,
    power,
    times,
)

_RATE_ONE = Fraction(1)
_NOTHING: Poly = ()
_LONGEST = 40  # distance of a pole from 0


@dataclass(frozen=True, slots=True)
class Summed:
    """The sum as `closed`; `how` names what was used; `open` holds what was left as a sum."""

    closed: Expr
    how: tuple[str, ...]
    open: bool


def summed(parts: Sequence[Hyper], low: int, n: Sym, j: Sym) -> Summed:
    """Sum over j = low .. n of all `parts`."""
    rational = [part for part in parts if part.plain]
    rest = _alike([part for part in parts if not part.plain])
    pieces, how, left = list[Expr](), list[str](), list[Hyper]()
    for group in ([rational] if rational else []) + rest:
        found = _rational(group, low, n) if group is rational else _together(group, low, n)
        if found is None:
            left += group
        else:
            pieces.append(found[0])
            how.append(found[1])
    if left:
        pieces.append(Big("sum", _body(left, j), j.name, num(low), n))
    ordered = sorted(pieces, key=is_negative)
    return Summed(plus(*ordered), tuple(dict.fromkeys(how)), bool(left))


def _body(parts: Sequence[Hyper], j: Sym) -> Expr:
    return plus(*sorted((part.expr(j) for part in parts), key=is_negative))


_Found = tuple[Expr, str]


def _alike(parts: Sequence[Hyper]) -> list[list[Hyper]]:
    """Those that differ in powers of n only, together."""
    groups: dict[str, list[Hyper]] = {}
    for part in parts:
        key = repr(replace(part, factor=_RATE_ONE, powers={}))
        groups.setdefault(key, []).append(part)
    return list(groups.values())


def _together(parts: Sequence[Hyper], low: int, n: Sym) -> _Found | None:
    """The sum of parts that differ in powers of n only."""
    first = parts[0]
    if first.other == ONE and first.square == 1 and first.halves == 0 and abs(first.factorials) == 1:
        return _factorial(parts, low, n)
    found = [_single(part, low, n) for part in parts]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    return plus(*sorted((closed for closed, _ in known), key=is_negative)), known[0][1]


def _single(part: Hyper, low: int, n: Sym) -> _Found | None:
    """The sum of one summand that is not rational."""
    if part.geometric and part.rate != 1:
        return _geometric(part, low, n)
    if part.rate == 1 and part.square == 1 and not part.factorials and not part.halves:
        return _special(part, low, n)
    return None


# --- rational functions --------------------------------------------------------------------


def _rational(parts: Sequence[Hyper], low: int, n: Sym) -> _Found | None:
    """By partial fractions, where all poles are simple and at whole numbers."""
    whole: Poly = ()
    poles: dict[int, Fraction] = {}
    for part in parts:
        split = partial_fractions(part)
        if split is None:
            return None
        whole = poly_add(whole, split[0]) if whole or split[0] else ()
        for shift, factor in split[1].items():
            poles[shift] = poles.get(shift, Fraction(0)) + factor
    poles = {shift: factor for shift, factor in poles.items() if factor}
    if any(low + shift < 1 for shift in poles):
        return None
    polynomial = _antidifference(exp_poly({_RATE_ONE: poly_trim(whole)}), low)
    pieces, constant = _harmonic(poles, low, n)
    pieces = [exp_poly_expr(polynomial + exp_poly({_RATE_ONE: (constant,)}), n), *pieces]
    how = "harmonic" if sum(poles.values()) else "partial-fractions" if poles else "powers"
    return plus(*sorted(pieces, key=is_negative)), how


def _antidifference(function: ExpPoly, low: int) -> ExpPoly:
    """n -> sum of function(j) for j = low .. n."""
    special = particular({1: _RATE_ONE}, function)
    return special + exp_poly({_RATE_ONE: (-special(low - 1),)})


def _harmonic(poles: dict[int, Fraction], low: int, n: Sym) -> tuple[list[Expr], Fraction]:
    """Sum of factor / (j + shift), as factor H_n, fractions of n, and a constant."""
    total, pieces, constant = sum(poles.values(), Fraction(0)), list[Expr](), Fraction(0)
    ends: dict[int, Fraction] = {}
    for shift, factor in poles.items():
        constant -= factor * _harmonic_number(low - 1 + shift)
        span = range(1, shift + 1) if shift > 0 else range(shift + 1, 1)
        for step in span:  # H_(n + shift) - H_n
            ends[step] = ends.get(step, Fraction(0)) + (factor if shift > 0 else -factor)
    if total:
        pieces.append(_scaled(total, Call("harmonic", n)))
    for step, factor in sorted(ends.items()):
        if factor:
            pieces.append(Hyper(factor, powers={Fraction(step): Fraction(-1)}).expr(n))
    return pieces, constant


def _harmonic_number(n: int) -> Fraction:
    return sum((Fraction(1, i) for i in range(1, n + 1)), Fraction(0))


def _scaled(factor: Fraction, body: Expr) -> Expr:
    whole = times(num(abs(factor.numerator)), body)
    whole = over(whole, num(factor.denominator))
    return neg(whole) if factor < 0 else whole


def partial_fractions(part: Hyper) -> tuple[Poly, dict[int, Fraction]] | None:
    """A polynomial and factors of 1/(j + shift); None where a pole is double or at no whole number."""
    above: Poly = (part.factor,)
    below: list[int] = []
    for shift, exponent in part.powers.items():
        if exponent > 0:
            for _ in range(int(exponent)):
                above = poly_mul(above, (shift, _RATE_ONE))
        elif exponent < -1 or shift.denominator > 1 or abs(shift) > _LONGEST:
            return None
        else:
            below.append(int(shift))
    poles = dict[int, Fraction]()
    for place in below:
        others = Fraction(1)
        for other in below:
            others = others * (other - place) if other != place else others
        poles[place] = _at(above, -place) / others
    return _quotient(above, below), poles


def _at(poly: Poly, place: int | Fraction) -> Fraction:
    return sum((Fraction(str(c)) * Fraction(place) ** i for i, c in enumerate(poly)), Fraction(0))


def _quotient(above: Poly, below: Sequence[int]) -> Poly:
    """The whole part of above / prod (j + shift), by synthetic division."""
    for shift in below:
        result, carry = list[Fraction](), Fraction(0)
        for c in reversed(above):
            carry = Fraction(str(c)) - shift * carry
            result.append(carry)
        above = tuple(reversed(result[:-1]))
    return above


# --- powers of numbers and factorials ------------------------------------------------------


def polynomial_of(part: Hyper) -> Poly | None:
    """factor * prod (j + α)^e as a polynomial; None where it is none."""
    poly: Poly = (part.factor,)
    for shift, exponent in part.powers.items():
        if exponent < 0 or exponent.denominator > 1 or exponent > _LONGEST:
            return None
        for _ in range(int(exponent)):
            poly = poly_mul(poly, (shift, _RATE_ONE))
    return poly


def _geometric(part: Hyper, low: int, n: Sym) -> _Found | None:
    poly = polynomial_of(part)
    if poly is None:
        return None
    return exp_poly_expr(_antidifference(exp_poly({part.rate: poly}), low), n), "geometric"


def _factorial(parts: Sequence[Hyper], low: int, n: Sym) -> _Found | None:
    """p(j) r^j j! or p(j) r^j / j!, where it is the difference of such a function."""
    part, poly = parts[0], _NOTHING
    for one in parts:
        own = polynomial_of(one)
        if own is None:
            return None
        poly = poly_add(poly, own)
    up = part.factorials > 0
    found = _difference_of(poly_trim(poly), part.rate, up)
    if found is None:
        return None
    shape = Hyper(rate=part.rate, factorials=part.factorials)
    if up:
        shape = shape.times(Hyper(powers={_RATE_ONE: _RATE_ONE}))  # (j + 1)!
    start = _value(found, shape, low - 1)
    if start is None:
        return None
    whole = times(_poly_expr(found, n), shape.expr(n))
    return plus(*sorted((whole, num(-start)), key=is_negative)), "factorials"


def _difference_of(poly: Poly, rate: Fraction, up: bool) -> Poly | None:
    """q with q(j) s(j) - q(j-1) s(j-1) = poly(j) * shape(j); s is r^j (j+1)! for `up`, else r^j / j!.

    That is (j + 1) q(j) - q(j-1)/r = poly(j), or q(j) - q(j-1) j/r = poly(j): from the top down.
    """
    left, found = [Fraction(str(c)) for c in poly], dict[int, Fraction]()
    while left:
        degree = len(left) - 2
        if degree < 0:
            return None
        leading = left[-1] if up else -left[-1] * rate
        found[degree] = leading
        image = _image(degree, rate, up)
        left = _without(left, [leading * c for c in image])
    top = max(found, default=-1)
    return tuple(found.get(i, Fraction(0)) for i in range(top + 1)) if top >= 0 else None


def _image(degree: int, rate: Fraction, up: bool) -> list[Fraction]:
    """What j^degree becomes."""
    own = [Fraction(0)] * degree + [_RATE_ONE]
    before = [Fraction(str(c)) for c in _moved_back(degree)]
    if up:
        first = [a + b for a, b in zip([Fraction(0), *own], [*own, Fraction(0)], strict=True)]
        return _without(first, [c / rate for c in before])
    return _without([*own, Fraction(0)], [Fraction(0), *(c / rate for c in before)])


def _moved_back(degree: int) -> Poly:
    """The coefficients of (j - 1)^degree."""
    poly: Poly = (_RATE_ONE,)
    for _ in range(degree):
        poly = poly_mul(poly, (Fraction(-1), _RATE_ONE))
    return poly


def _without(first: list[Fraction], second: list[Fraction]) -> list[Fraction]:
    size = max(len(first), len(second))
    result = [
        (first[i] if i < len(first) else Fraction(0)) - (second[i] if i < len(second) else Fraction(0))
        for i in range(size)
    ]
    while result and result[-1] == 0:
        result.pop()
    return result


def _value(poly: Poly, shape: Hyper, place: int) -> Fraction | None:
    """poly * shape at a whole number from -1 on, where shape is made of r^j and a factorial."""
    value = _at(poly, place) * shape.rate**place
    if shape.factorials > 0:
        for step in range(1, place + 2):
            value *= step
        return value if place >= -1 else None
    for step in range(1, place + 1):
        value /= step
    return value if place >= 0 else None


def _poly_expr(poly: Poly, n: Sym) -> Expr:
    return exp_poly_expr(exp_poly({_RATE_ONE: poly}), n)


# --- logarithms, harmonic numbers, floors --------------------------------------------------


def _special(part: Hyper, low: int, n: Sym) -> _Found | None:
    if not part.powers and "n" not in letters(part.other):
        return times(_scaled(part.factor, ONE), part.other, minus(n, num(low - 1))), "powers"
    match part.other:
        case Call("log" | "ln", body) if not part.powers:
            return _log(part, body, low, n)
        case Call("harmonic", Sym("n")):
            return _by_parts(part, low, n)
        case Call("floor" | "ceil" as name, Div(Sym("n"), Num(value))) if not part.powers:
            return _rounded(part, name, value, low, n)
    return None


def _log(part: Hyper, body: Expr, low: int, n: Sym) -> _Found | None:
    """log(low + α) + ... + log(n + α) is the logarithm of a quotient of factorials."""
    shift = _shift_of(body)
    if shift is None or low + shift < 1 or not isinstance(part.other, Call):
        return None
    letter = plus(n, num(shift)) if shift >= 0 else minus(n, num(-shift))
    whole: Expr = Call("factorial", letter)
    first = 1
    for step in range(2, low + shift):
        first *= step
    whole = over(whole, num(first))
    return _scaled(part.factor, replace(part.other, body=whole)), "log-factorial"


def _shift_of(body: Expr) -> int | None:
    line = as_exp_poly(body, "n")
    if line is None or set(line.terms) != {_RATE_ONE} or line.degree != 1:
        return None
    offset, slope = (Fraction(str(c)) for c in line.terms[_RATE_ONE])
    return int(offset) if slope == offset.denominator == 1 and abs(offset) <= _LONGEST else None


def _by_parts(part: Hyper, low: int, n: Sym) -> _Found | None:
    """p(j) H_j: S(n) H_n minus the sum of S(j-1)/j; S(j) - S(j-1) = p(j), S(-1) = 0, so j divides S(j-1)."""
    poly = polynomial_of(replace(part, other=ONE))
    if poly is None or low < 1:
        return None
    added_up = _antidifference(exp_poly({_RATE_ONE: poly}), 1)
    total = added_up - constant_function(added_up(-1))
    earlier = total.shifted(-1).terms.get(_RATE_ONE, ())
    rest = _antidifference(exp_poly({_RATE_ONE: earlier[1:]}), 1)
    before = Fraction(str(total(low - 1))) * _harmonic_number(low - 1) - Fraction(str(rest(low - 1)))
    pieces = [
        times(exp_poly_expr(total, n), Call("harmonic", n)),
        neg(exp_poly_expr(rest, n)),
        num(-before),
    ]
    return plus(*sorted(pieces, key=is_negative)), "by-parts"


def _rounded(part: Hyper, name: str, divisor: Fraction, low: int, n: Sym) -> _Found | None:
    """floor(1/k) + ... + floor(n/k) is k m(m-1)/2 + m (n - k m + 1), with m = floor(n/k)."""
    if divisor.denominator > 1 or divisor < 2 or low < 0:
        return None
    k = int(divisor)
    inner = n if name == "floor" else plus(n, num(k - 1))
    m = Call("floor", over(inner, num(k)))
    whole = plus(
        over(times(num(k), m, minus(m, ONE)), num(2)), times(m, plus(minus(inner, times(num(k), m)), ONE))
    )
    if k == 2 and name == "floor":
        whole = Call("floor", over(power(n, num(2)), num(4)))
    before = sum((j if name == "floor" else j + k - 1) // k for j in range(low))
    return _scaled(part.factor, minus(whole, num(before))), "floors"
