"""U(n) (c + sum) multiplied out and collected, as one would write it: 2 (n + 1) H_n - 4 n.

Only a way of writing: the result is held against the recurrence's terms like any line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from engine.recurrences.exppoly import Poly, exp_poly, poly_add
from engine.recurrences.hyper import Hyper
from engine.recurrences.hyper_reading import read
from engine.recurrences.partial_sums import partial_fractions, polynomial_of
from engine.recurrences.show import exp_poly_expr
from engine.symbolic.expr import ONE, Add, Big, Expr, Num, Sym, is_negative, num, plus, times, walk
from engine.symbolic.surd import Value

_RATE_ONE = Fraction(1)


def added(*parts: Expr) -> Expr:
    """Their sum with its plain numbers added up, what is positive first."""
    flat = [term for part in parts for term in (part.terms if isinstance(part, Add) else (part,))]
    number = sum((term.value for term in flat if isinstance(term, Num)), Fraction(0))
    rest = [term for term in flat if not isinstance(term, Num)]
    return plus(*sorted([*rest, num(number)], key=is_negative))


def multiplied_out(front: Hyper, inside: Expr, n: Sym) -> Expr:
    """front(n) * inside, multiplied out where that makes it shorter; else as a product."""
    if isinstance(inside, Num):
        return replace(front, factor=front.factor * inside.value).expr(n) if inside.value else inside
    if front == Hyper():
        return inside
    closed = not any(isinstance(part, Big) for part in walk(inside))
    whole = collected(front, inside, n) if closed else None
    return times(front.expr(n), inside) if whole is None else whole


def collected(front: Hyper, inside: Expr, n: Sym) -> Expr | None:
    """Sums of polynomials times r^n, times another function; None where something else is in it."""
    parts = read(inside, n.name)
    if parts is None or not front.geometric:
        return None
    groups: dict[str, list[Hyper]] = {}
    for part in (front.times(part) for part in parts):
        groups.setdefault(repr((part.other, part.square, part.factorials, part.halves)), []).append(part)
    found = [_group(group, n) for group in groups.values()]
    known = [one for one in found if one is not None]
    return added(*known) if len(known) == len(found) else None


def _group(parts: Sequence[Hyper], n: Sym) -> Expr | None:
    """Parts with the same other function: their polynomials added up."""
    first = parts[0]
    if first.square != 1 or first.halves or first.factorials:
        return None
    rates: dict[Value, Poly] = {}
    poles: dict[int, Fraction] = {}
    for part in parts:
        bare = replace(part, other=ONE, rate=_RATE_ONE)
        poly = polynomial_of(bare)
        if poly is None:
            split = partial_fractions(bare) if bare.plain and part.rate == 1 else None
            if split is None:
                return None
            poly = split[0]
            for shift, factor in split[1].items():
                poles[shift] = poles.get(shift, Fraction(0)) + factor
        rates[part.rate] = poly_add(rates.get(part.rate, ()), poly)
    pieces = [Hyper(c, powers={Fraction(at): -_RATE_ONE}).expr(n) for at, c in sorted(poles.items()) if c]
    whole = added(exp_poly_expr(exp_poly(rates), n), *pieces) if any(rates.values()) else added(*pieces)
    if first.other == ONE:
        return whole
    return times(whole, Hyper(other=first.other).expr(n))
