"""A product or sum of two letters, parted: what depends on the index of a sum, and what does not."""

from __future__ import annotations

from engine.symbolic.expr import ONE, Add, Call, Div, Expr, Mul, Neg, Num, Pow, letters, neg, over, times

_MOST = 60  # parts
_LARGEST_POWER = 8

Parts = list[tuple[Expr, Expr]]  # (without the index, with nothing but the index)


def parted(body: Expr, index: str) -> Parts:  # noqa: PLR0911 - one case a node
    """(outer, inner) pairs whose products add up to `body`. What cannot be parted stays in `inner`."""
    inside = letters(body)
    if index not in inside:
        return [(body, ONE)]
    if inside == {index}:
        return [(ONE, body)]
    match body:
        case Neg(part):
            return [(neg(outer), inner) for outer, inner in parted(part, index)]
        case Add(terms):
            return [pair for term in terms for pair in parted(term, index)]
        case Mul(factors):
            return _multiplied([parted(factor, index) for factor in factors])
        case Div(above, below):
            return _divided(parted(above, index), parted(below, index)) or [(ONE, body)]
        case Pow(base, exponent):
            return _power(base, exponent, index) or [(ONE, body)]
        case Call("log" | "ln" as name, part, base):
            found = parted(part, index)
            if len(found) == 1 and (base is None or not letters(base)):  # log(n/i) = log n - log i
                (outer, inner) = found[0]
                return [(Call(name, outer, base), ONE), (ONE, Call(name, inner, base))]
    return [(ONE, body)]


def _multiplied(factors: list[Parts]) -> Parts:
    found: Parts = [(ONE, ONE)]
    for factor in factors:
        found = [(times(a, c), times(b, d)) for a, b in found for c, d in factor]
        if len(found) > _MOST:
            raise OverflowError("too many parts")
    return found


def _divided(above: Parts, below: Parts) -> Parts | None:
    if len(below) != 1:
        return None
    [(outer, inner)] = below
    return [(over(a, outer), over(b, inner)) for a, b in above]


def _power(base: Expr, exponent: Expr, index: str) -> Parts | None:
    if isinstance(exponent, Num):
        return _fixed_power(parted(base, index), exponent)
    if letters(base):
        return None
    kept: Parts = []
    for outer, inner in parted(exponent, index):  # c^(n - i) = c^n c^(-i)
        if letters(outer) and letters(inner):
            return None
        factor = Pow(base, times(outer, inner))
        kept.append((ONE, factor) if letters(inner) else (factor, ONE))
    return _multiplied([[pair] for pair in kept])


def _fixed_power(base: Parts, exponent: Num) -> Parts | None:
    if len(base) == 1:
        return [(Pow(base[0][0], exponent), Pow(base[0][1], exponent))]
    whole = exponent.value.denominator == 1 and 2 <= exponent.value <= _LARGEST_POWER
    return _multiplied([base] * int(exponent.value)) if whole else None
