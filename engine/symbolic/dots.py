"""What the dots in T(0) + T(1) + ... + T(n-1) leave out: the sum that they stand for.

Two summands beside the dots give the pattern: where they differ, one has a number and the other
the size plus a number, and that is what runs. More summands must go on by steps of one; what
does not fit is refused, never guessed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from engine.symbolic.expr import (
    Add,
    Big,
    Call,
    Expr,
    Neg,
    Num,
    Sym,
    Term,
    children,
    num,
    plus,
    put,
    swap,
)

if TYPE_CHECKING:
    from engine.symbolic.formula import Reader

_HOW = "Write the sum with its sign, such as sum(T(i), i, 0, n-1)."


class _Line(NamedTuple):
    """slope * n + offset."""

    slope: Fraction
    offset: Fraction


def filled(reader: Reader, terms: list[Expr], gaps: list[tuple[int, int]]) -> list[Expr]:
    """`terms` with those around the dots replaced by one sum. `gaps`: see `Reader.sum`."""
    [(count, at), *more] = gaps
    if more or count == len(terms):
        reader.fail(f"It is not clear what these dots leave out. {_HOW}", more[0][1] if more else at)
    variable = reader.names.variable
    before, after = terms[:count], terms[count:]
    index = next(letter for letter in "ijkrst" if letter not in (*reader.names, *reader.bound))
    found = _Pattern.of(before[-1], after[0], variable, index)
    if found is None:
        reader.fail(f"It is not clear how the summands around the dots go on. {_HOW}", at)
    back, forth = (found.low, found.high) if found.rising else (found.high, found.low)
    step = Fraction(1 if found.rising else -1)
    before, back = _eaten(reader, found, before[:-1][::-1], back, -step, at)
    after, forth = _eaten(reader, found, after[1:], forth, step, at)
    low, high = (back, forth) if found.rising else (forth, back)
    total = Big("sum", found.body, index, _written(low, variable), _written(high, variable))
    return [*before[::-1], total, *after]


def _eaten(
    reader: Reader, found: _Pattern, terms: list[Expr], end: _Line, step: Fraction, at: int
) -> tuple[list[Expr], _Line]:
    """`terms`, nearest to the dots first, without those that go on from `end`; and the new end."""
    while terms:
        going_on = _Line(end.slope, end.offset + step)
        if _same(terms[0], put(found.body, found.letter, _written(going_on, found.variable)), found.variable):
            terms, end = terms[1:], going_on
        elif found.fits(terms[0]):
            reader.fail(f"The summands around the dots do not go on by steps of one. {_HOW}", at)
        else:
            break
    return terms, end


class _Pattern(NamedTuple):
    """The summand `body` for `letter` from `low` to `high`; `rising` if the low end is written first."""

    body: Expr
    letter: str
    variable: str
    low: _Line
    high: _Line
    rising: bool

    @classmethod
    def of(cls, first: Expr, last: Expr, variable: str, index: str) -> _Pattern | None:
        pairs = _differences(first, last, variable)
        if not pairs or len(set(pairs)) != 1:
            return None
        left, right = pairs[0]
        rising = left.slope < right.slope or (left.slope == right.slope and left.offset < right.offset)
        low, high = (left, right) if rising else (right, left)
        if low.slope != 0 or high.slope not in (0, 1) or low.offset.denominator * high.offset.denominator > 1:
            return None
        body = _templated(first, last, variable, index)
        return cls(body, index, variable, low, high, rising)

    def fits(self, term: Expr) -> bool:
        """Whether `term` is the summand at some other place."""
        pairs = _differences(self.body, term, self.variable, self.letter)
        return pairs is not None and (not pairs or len({right for _, right in pairs}) == 1)


def _line(expr: Expr, variable: str, index: str = "") -> _Line | None:  # noqa: PLR0911 - one case a node
    """`expr` as slope * variable + offset; the letter `index` counts as a number nobody else has."""
    match expr:
        case Num(value):
            return _Line(Fraction(0), value)
        case Sym(name) if name == variable:
            return _Line(Fraction(1), Fraction(0))
        case Sym(name) if name == index:
            return _Line(Fraction(0), Fraction(-1, 7919))
        case Neg(body):
            inner = _line(body, variable, index)
            return None if inner is None else _Line(-inner.slope, -inner.offset)
        case Add(parts):
            lines = [_line(part, variable, index) for part in parts]
            known = [line for line in lines if line is not None]
            if len(known) < len(lines):
                return None
            return _Line(
                sum((line.slope for line in known), Fraction(0)),
                sum((line.offset for line in known), Fraction(0)),
            )
        case _:
            return None


def _differences(first: Expr, last: Expr, variable: str, index: str = "") -> list[tuple[_Line, _Line]] | None:
    """The pairs of lines in which two trees of one shape differ; None if they differ otherwise."""
    left, right = _line(first, variable, index), _line(last, variable, index)
    if left is not None and right is not None:
        return [] if left == right else [(left, right)]
    if type(first) is not type(last) or _label(first) != _label(last):
        return None
    below, beside = children(first), children(last)
    if len(below) != len(beside):
        return None
    found: list[tuple[_Line, _Line]] = []
    for one, other in zip(below, beside, strict=True):
        pairs = _differences(one, other, variable, index)
        if pairs is None:
            return None
        found += pairs
    return found


def _label(expr: Expr) -> object:
    match expr:
        case Term(name) | Call(name) | Sym(name):
            return name
        case Big():
            return expr
        case _:
            return None


def _templated(first: Expr, last: Expr, variable: str, index: str) -> Expr:
    """`first` with the letter `index` in each place where it differs from `last`."""
    left, right = _line(first, variable), _line(last, variable)
    if left is not None and right is not None:
        return first if left == right else Sym(index)
    pairs = iter(list(zip(children(first), children(last), strict=True)))
    parts = [_templated(one, other, variable, index) for one, other in pairs]
    return _rebuilt(first, parts)


def _rebuilt(expr: Expr, parts: list[Expr]) -> Expr:
    """`expr` with its children replaced, in the order of `children`."""
    waiting = iter(parts)
    top = expr

    def change(part: Expr) -> Expr | None:
        return None if part is top else next(waiting)

    if isinstance(expr, Call) and expr.base is not None:  # children: base first; swap: body first
        return Call(expr.name, parts[1], parts[0], expr.at)
    return swap(expr, change)


def _same(first: Expr, second: Expr, variable: str) -> bool:
    return _differences(first, second, variable) == []


def _written(line: _Line, variable: str) -> Expr:
    if not line.slope:
        return num(line.offset)
    if line.offset < 0:
        return Add((Sym(variable), Neg(num(-line.offset))))  # as it is read
    return plus(Sym(variable), num(line.offset))
