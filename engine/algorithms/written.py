"""Forms as a reader writes them: n/2 + (n mod 2)/2 is ceil(n/2). The value stays."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.algorithms.forms import ZERO, Form, Monomial, of_atom, period_of
from engine.algorithms.functions import from_expr
from engine.symbolic.expr import Call, Div, Expr, Num, Sym, letters
from engine.symbolic.plain import plain


def written(form: Form) -> Expr:
    """The shortest way of writing it, as a tree, with floors or ceilings in place of remainders."""
    for atom in [atom for atom in form.atoms() if period_of(atom)]:
        form = min(
            (form, *(_replaced(form, atom, way) for way in _ways(atom)), *_in_floors(form, atom)), key=_length
        )
    return form.expr()


def _in_floors(form: Form, remainder: Expr) -> Iterator[Form]:
    """a n + g(n mod c) as its steps: it rises by the same at each n of one remainder."""
    match remainder:
        case Call("mod", Sym() as letter, Num()):
            pass
        case _:
            return
    own: Monomial = ((letter, 1),)
    period = period_of(remainder)
    wave = Form(
        {key: factor for key, factor in form.terms.items() if [atom for atom, _ in key] == [remainder]}
    )
    table = [_on_remainder(wave, r) for r in range(period)]
    slope = form.terms.get(own, Fraction(0))
    rises = [slope + table[r % period] - table[r - 1] for r in range(1, period + 1)]
    usual = max(rises, key=rises.count)
    steps = {r: rise - usual for r, rise in enumerate(rises, 1)}
    result = form - wave - Form({own: slope}) + Form({own: usual}) + table[0]
    for divisor in (d for d in range(2, period + 1) if period % d == 0):
        for first in range(1, divisor + 1):
            places = range(first, period + 1, divisor)
            found = [steps[place] for place in places]
            height = max(found, key=found.count)
            if height and (2 * found.count(height) > len(found)):
                result = result + _floor_at(letter, divisor - first, divisor) * height
                for place in places:
                    steps[place] -= height
    yield result


def _on_remainder(wave: Form, r: int) -> Fraction:
    return sum((factor * r ** key[0][1] for key, factor in wave.terms.items()), Fraction(0))


def _floor_at(letter: Sym, ahead: int, divisor: int) -> Form:
    """floor((n + ahead) / divisor)."""
    above = (of_atom(letter) + ahead).expr()
    return of_atom(Call("floor", Div(above, Num(Fraction(divisor)))))


def _ways(remainder: Expr) -> Iterator[Form]:
    """x mod c is x - c floor(x/c), and 2 ceil(x/2) - x."""
    match remainder:
        case Call("mod", body, Num(period) as below) if letters(body):
            whole, quotient = from_expr(body), Div(body, below)
            yield whole - of_atom(Call("floor", quotient)) * period
            if period == 2:
                yield of_atom(Call("ceil", quotient)) * 2 - whole


def _replaced(form: Form, atom: Expr, way: Form) -> Form:
    total = ZERO
    for key, factor in form.terms.items():
        rest: Monomial = tuple(pair for pair in key if pair[0] != atom)
        total = total + Form({rest: Fraction(factor)}) * way ** dict(key).get(atom, 0)
    return total


def _length(form: Form) -> tuple[int, int]:
    return len(form.terms), len(plain(form.expr()))
