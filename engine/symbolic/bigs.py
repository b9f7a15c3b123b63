"""Sums and products over a range, in the ways they are written.

\\sum_{i=0}^{n-1} T(i)     sum_{0 <= i < n} T(i)     sum(i = 0 to n-1) T(i)
sum(T(i), i, 0, n-1)      Sum(T(i), (i, 0, n-1))    sum(T(i) for i in range(n))
sum from i = 0 to n-1 of T(i)                       sum over i = 0 .. n-1 of T(i)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from engine.symbolic.expr import ONE, ZERO, Add, Big, Expr, Neg, plus
from engine.symbolic.tokens import Token

if TYPE_CHECKING:
    from engine.symbolic.formula import Reader

_LEADS = ("from", "over", "for")
_BY = ("to", "dots", ",")


class _Range(NamedTuple):
    low: Expr
    high: Expr


def big(reader: Reader, kind: str, token: Token) -> Expr:
    """The sum or product whose name, `token`, has just been taken."""
    index = _index(reader)
    if not index:
        reader.fail("It should say over what this runs, such as sum_{i=0}^{n-1} T(i).", token.at)
    if index in reader.names or index in reader.bound:
        reader.fail(f"The letter {index} is taken; let the sum run over another one.", token.at)
    reader.deeper()
    reader.bound.append(index)
    span, body = _parts(reader, index, token)
    reader.bound.pop()
    reader.higher()
    return Big(kind, body, index, span.low, span.high)


def _index(reader: Reader) -> str:
    """The letter that the sum runs over: the first one that is set equal, compared, or named as such."""
    tokens = reader.tokens[reader.position :]
    for before, token, after in zip([None, *tokens], tokens, tokens[1:], strict=False):
        if token.kind != "word" or len(token.text) != 1 or before is None:
            continue
        named = after.kind == "=" or (after.text == "in" and before.text in (*_LEADS, "_", "("))
        compared = before.kind in ("<", "<=") and after.kind in ("<", "<=")
        listed = before.kind in (",", "(") and after.kind == "," and token.text not in reader.names
        if named or compared or listed:
            return token.text
        if before.kind == "_" or (before.kind == "(" and after.kind in ("<", "<=")):
            return token.text
    return ""


def _parts(reader: Reader, index: str, token: Token) -> tuple[_Range, Expr]:
    if reader.accept("_"):
        span = _below_and_above(reader, index)
        return span, reader.product()
    if reader.next.text in _LEADS:
        reader.take()
        span = _range(reader, index)
        reader.accept("of")
        return span, reader.product()
    reader.accept("of")
    if reader.next.kind != "(":
        body = reader.product()
        if not reader.accept(*_LEADS):
            reader.fail("It should say from where to where this runs.", token.at)
        return _range(reader, index), body
    if reader.ahead(1).text == index and reader.ahead(2).kind == "=":
        opening = reader.take()
        span = _range(reader, index)
        reader.close(opening)
        return span, reader.product()
    return _as_call(reader, index)


def _below_and_above(reader: Reader, index: str) -> _Range:
    """_{i=0}^{n-1}, _{0 <= i < n} or _{i=0..n-1}."""
    if reader.next.kind != "(":
        _expect_index(reader, index)
        low = reader.simple()
        return _Range(low, _upper(reader))
    opening = reader.take()
    span = _range(reader, index, open_ended=True)
    reader.close(opening)
    return span if span.high is not _LATER else _Range(span.low, _upper(reader))


_LATER: Expr = Big("sum", ZERO, "", ZERO, ZERO)  # stands for an end that is written above the sign


def _upper(reader: Reader) -> Expr:
    if not reader.accept("^"):
        reader.fail("It should say up to where this runs, such as ^{n-1}.")
    return reader.simple()


def _expect_index(reader: Reader, index: str) -> None:
    if reader.next.text != index or reader.ahead(1).kind != "=":
        reader.fail(f"Here {index} = ... should say where this begins.")
    reader.take()
    reader.take()


def _range(reader: Reader, index: str, open_ended: bool = False) -> _Range:
    """i = 0 to n-1, i = 0..n-1, i = 0, n-1, 0 <= i < n, i in range(n)."""
    if reader.next.text == index and reader.ahead(1).text == "in":
        reader.take()
        reader.take()
        return _python_range(reader)
    if reader.next.text == index and reader.ahead(1).kind == "=":
        _expect_index(reader, index)
        low = reader.sum()
        if reader.accept(*_BY):
            reader.accept("dots")
            reader.accept(",")
            return _Range(low, reader.sum())
        if open_ended:
            return _Range(low, _LATER)
        if reader.next.kind == "^":
            return _Range(low, _upper(reader))
        reader.fail(f"It should say up to where {index} runs, such as {index} = 0 to n.")
    return _compared(reader, index)


def _compared(reader: Reader, index: str) -> _Range:
    low = reader.sum()
    strict_low = reader.next.kind == "<"
    if not reader.accept("<", "<=") or reader.next.text != index:
        reader.fail(f"It should say where {index} begins, such as {index} = 0.")
    reader.take()
    strict_high = reader.next.kind == "<"
    if not reader.accept("<", "<="):
        reader.fail(f"It should say up to where {index} runs.")
    high = reader.sum()
    return _Range(plus(low, ONE) if strict_low else low, _one_less(high) if strict_high else high)


def _python_range(reader: Reader) -> _Range:
    if not reader.accept("range") or reader.next.kind != "(":
        reader.fail("Here range(...) should follow.")
    opening = reader.take()
    first = reader.sum()
    last = reader.sum() if reader.accept(",") else None
    reader.close(opening)
    return _Range(ZERO, _one_less(first)) if last is None else _Range(first, _one_less(last))


def _one_less(end: Expr) -> Expr:
    return Add((end, Neg(ONE)))


def _as_call(reader: Reader, index: str) -> tuple[_Range, Expr]:
    """sum(T(i), i, 0, n-1) and its like; the bracket comes next."""
    opening = reader.take()
    body = reader.sum()
    if reader.accept(*_LEADS):
        span = _range(reader, index)
    elif not reader.accept(","):
        reader.fail("It should say from where to where this runs, such as sum(T(i), i, 0, n-1).")
    elif reader.next.kind == "(":
        inner = reader.take()
        span = _listed(reader, index)
        reader.close(inner)
    elif reader.ahead(1).kind == "=":
        span = _range(reader, index)
    else:
        span = _listed(reader, index)
    reader.close(opening)
    return span, body


def _listed(reader: Reader, index: str) -> _Range:
    """i, 0, n-1."""
    if reader.take().text != index or not reader.accept(","):
        reader.fail(f"Here {index}, its start and its end should stand.")
    low = reader.sum()
    if not reader.accept(","):
        reader.fail(f"It should say up to where {index} runs.")
    return _Range(low, reader.sum())
