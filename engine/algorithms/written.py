"""Forms as a reader writes them: n/2 + (n mod 2)/2 is ceil(n/2). The value stays."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.algorithms.forms import ZERO, Form, Monomial, of_atom, period_of
from engine.algorithms.functions import from_expr
from engine.symbolic.expr import Call, Div, Expr, Num, letters
from engine.symbolic.plain import plain


def written(form: Form) -> Expr:
    """The shortest way of writing it, as a tree, with floors or ceilings in place of remainders."""
    for atom in [atom for atom in form.atoms() if period_of(atom)]:
        form = min((form, *(_replaced(form, atom, way) for way in _ways(atom))), key=_length)
    return form.expr()


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
