"""What a bound should not have in it: constant factors and lower-order terms."""

from __future__ import annotations

from engine.symbolic.expr import Add, Call, Div, Expr, Mul, Neg, Num, Pow, letters

_FACTOR, _TERMS = "a constant factor is left in", "lower-order terms are left in"
_BOTH = "constants and lower-order terms are left in"


def untidy(bound: Expr, variable: str) -> str:
    """What is left in, as half a sentence; empty where nothing is.

    Only where it does not matter: 2^(2n) and n^2 keep their numbers, 3n^2 + n does not.
    """
    found = _found(bound, variable)
    if found >= {_FACTOR, _TERMS}:
        return _BOTH
    return next(iter(found), "")


def _found(expr: Expr, variable: str) -> set[str]:  # noqa: PLR0911 - one case a node
    match expr:
        case Num(value):
            return set() if value == 1 else {_FACTOR}
        case Neg(body):
            return {_FACTOR} | _found(body, variable)
        case Add(terms):
            return {_TERMS}.union(*(_factors(term, variable) for term in terms))
        case Mul(factors):
            return set[str]().union(*(_found(factor, variable) for factor in factors))
        case Div(above, below):
            return _found(above, variable) | _found(below, variable)
        case Pow(base, exponent) if variable not in letters(exponent):
            return _found(base, variable)
        case Pow(base, Add(terms)) if not letters(base):  # 2^(n + 3) is 8 * 2^n
            return {_FACTOR} if any(not letters(term) for term in terms) else set()
        case Call("sqrt", body):
            return _found(body, variable)
        case Call("log" | "ln", Pow(_, Num())):  # log(n^2) is 2 log n
            return {_FACTOR}
        case _:
            return set() if variable in letters(expr) else {_FACTOR}


def _factors(term: Expr, variable: str) -> set[str]:
    return {_FACTOR} & _found(term, variable) if variable in letters(term) else set()
