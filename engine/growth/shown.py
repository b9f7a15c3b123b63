"""A typed formula without what does not count: lower-order terms and constant factors.

What comes out is only a proposal; it is shown if its class is the same.
"""

from __future__ import annotations

from engine.symbolic.expr import ONE, Div, Expr, Mul, Neg, Sym, letters, over, put, times

_LETTER = "n"


def simplest(expr: Expr, variable: str) -> Expr:
    """`expr` in the letter n, its constant factors left out."""
    return put(_without_factors(expr, variable), variable, Sym(_LETTER))


def _without_factors(expr: Expr, variable: str) -> Expr:
    match expr:
        case Neg(body):
            return _without_factors(body, variable)
        case Mul(factors):
            kept = [_without_factors(factor, variable) for factor in factors if variable in letters(factor)]
            return times(*kept)
        case Div(above, below):
            return over(_without_factors(above, variable), _without_factors(below, variable))
        case _:
            return expr if variable in letters(expr) else ONE
