"""An equation between terms of a sequence, solved for the latest of them.

T(n) - 2T(n-1) = n becomes T(n) = 2T(n-1) + n, and n T(n) = (n+1) T(n-1) becomes
T(n) = (n+1) T(n-1) / n. Moves summands over the equals sign, nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.symbolic.expr import (
    ONE,
    ZERO,
    Add,
    Big,
    Div,
    Expr,
    Mul,
    Neg,
    Num,
    Sym,
    Term,
    neg,
    over,
    plus,
    swap,
    times,
    walk,
)


class Side(NamedTuple):
    """One summand: `factor` times `term`, or `factor` alone where there is no term."""

    factor: Expr
    term: Term | None


def has_term(expr: Expr) -> bool:
    return any(isinstance(part, Term) for part in walk(expr))


def ahead(place: Expr, variable: str) -> int | None:
    """c of a place n + c; None for anything else."""
    match place:
        case Sym(name) if name == variable:
            return 0
        case Add((Sym(name), Num(value)) | (Num(value), Sym(name))) if name == variable:
            return int(value) if value.denominator == 1 else None
        case Add((Sym(name), Neg(Num(value)))) if name == variable and value.denominator == 1:
            return -int(value)
        case _:
            return None


def solved(left: Expr, right: Expr, variable: str) -> tuple[Term, Expr] | None:
    """(the latest term, what it equals), or None if it cannot be told from the others.

    The latest is the term of n + c with the largest c; its factor may be a number or a function of n.
    """
    summands = [*_summands(left, ONE), *(Side(neg(side.factor), side.term) for side in _summands(right, ONE))]
    places = [
        shift
        for side in summands
        if side.term is not None and (shift := ahead(side.term.place, variable)) is not None
    ]
    if not places:
        return None
    last = max(places)
    tops = [side for side in summands if side.term is not None and ahead(side.term.place, variable) == last]
    rest = [side for side in summands if side not in tops]
    if (
        len(tops) != 1
        or tops[0].factor == ZERO
        or tops[0].term is None
        or any(side.term is None and _has_other_term(side.factor) for side in rest)
    ):
        return None
    moved = plus(*(_written(Side(neg(side.factor), side.term)) for side in rest))
    if tops[0].factor == neg(ONE):
        return tops[0].term, plus(*(_written(side) for side in rest))
    return tops[0].term, over(moved, tops[0].factor)


def _has_other_term(expr: Expr) -> bool:
    """Whether a term stands in `expr` that no sum over earlier terms holds."""
    return has_term(swap(expr, lambda part: ZERO if isinstance(part, Big) and part.kind == "sum" else None))


def _written(side: Side) -> Expr:
    return side.factor if side.term is None else times(side.factor, side.term)


def _summands(expr: Expr, factor: Expr) -> list[Side]:  # noqa: PLR0911 - one case a node
    match expr:
        case Num(value) if not value:
            return []
        case Term():
            return [Side(factor, expr)]
        case Neg(body):
            return _summands(body, neg(factor))
        case Add(parts):
            return [side for part in parts for side in _summands(part, factor)]
        case Mul(parts) if sum(map(has_term, parts)) == 1:
            others = [part for part in parts if not has_term(part)]
            inner = next(part for part in parts if has_term(part))
            return _summands(inner, times(factor, *others))
        case Div(above, below) if has_term(above) and not has_term(below):
            return _summands(above, over(factor, below))
        case _:
            return [Side(times(factor, expr), None)]
