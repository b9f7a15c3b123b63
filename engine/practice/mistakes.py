"""What is often written instead of a line about a recurrence or a count: one slip, with its name.

Changes trees, and knows nothing of what they are worth: whoever asks tries them with numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.symbolic.expr import (
    ONE,
    Add,
    Big,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Num,
    Pow,
    Term,
    children,
    minus,
    neg,
    num,
    over,
    plus,
    power,
    swap,
    times,
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One slip in a side of a line.

    Attributes:
        name: plain, e.g. "one place off".
        why: what is wrong, Markdown; «right» and «wrong» stand for the two parts.
        side: the whole side with the slip in it.
        right, wrong: the part as it should be, and as it is then.
    """

    name: str
    why: str
    side: Expr
    right: Expr
    wrong: Expr


def mistakes(side: Expr) -> Iterator[Mistake]:
    """Every slip that we know in `side`, the usual ones first."""
    for slips in (_places, _powers, _signs, _lost, _sums, _turned, _numbers):
        for part in _parts(side):
            for name, why, wrong in slips(part):
                yield Mistake(name, why, exchanged(side, part, wrong), part, wrong)


def _parts(side: Expr) -> Iterator[Expr]:
    """All that can slip; the place of a term slips as a whole."""
    yield side
    for part in () if isinstance(side, Term) else children(side):
        yield from _parts(part)


def exchanged(side: Expr, part: Expr, other: Expr) -> Expr:
    """`side` with this very `part` of it replaced, not those that look like it."""
    return swap(side, lambda found: other if found is part else None)


_Slips = Iterator[tuple[str, str, Expr]]


def _places(part: Expr) -> _Slips:
    if isinstance(part, Term) and not isinstance(part.place, Num):
        why = "The recurrence is used at the wrong place: $«right»$ belongs there, not $«wrong»$."
        for move in (num(-1), ONE):
            yield "one place off", why, replace(part, place=_moved(part.place, move))


def _powers(part: Expr) -> _Slips:
    if isinstance(part, Pow):
        why = "The power is one off: count the substitutions again. $«right»$ belongs there, not $«wrong»$."
        for move in (num(-1), ONE):
            yield "power one off", why, power(part.base, _moved(part.exponent, move))


def _lost(part: Expr) -> _Slips:
    if isinstance(part, Add):
        for lost in part.terms:
            rest = plus(*(term for term in part.terms if term is not lost))
            yield "a summand is lost", "A summand is lost: $«right»$ became $«wrong»$.", rest
    if isinstance(part, Mul):
        for lost in part.factors:
            rest = times(*(factor for factor in part.factors if factor is not lost))
            yield (
                "a factor is lost",
                "A factor is lost: a substitution multiplies all that it brings. $«right»$ became $«wrong»$.",
                rest,
            )


def _signs(part: Expr) -> _Slips:
    if isinstance(part, Add):
        for turned in part.terms[1:]:
            terms = (neg(term) if term is turned else term for term in part.terms)
            yield "wrong sign", "A sign is wrong: $«right»$ became $«wrong»$.", plus(*terms)
    elif isinstance(part, Neg):
        yield "wrong sign", "A sign is wrong: $«right»$ became $«wrong»$.", part.body


def _sums(part: Expr) -> _Slips:
    if isinstance(part, Big):
        why = "The sum has one summand too many or too few: it should be $«right»$."
        for move in (num(-1), ONE):
            yield "an end of the sum is one off", why, replace(part, high=_moved(part.high, move))
            yield "an end of the sum is one off", why, replace(part, low=_moved(part.low, move))


def _turned(part: Expr) -> _Slips:
    if isinstance(part, Div):
        why = "The fraction is upside down: $«right»$ belongs there."
        yield "fraction upside down", why, over(part.below, part.above)
    if isinstance(part, Call) and part.name in ("floor", "ceil"):
        other = "ceil" if part.name == "floor" else "floor"
        why = "It is rounded the wrong way: $«right»$ belongs there."
        yield "rounded the wrong way", why, replace(part, name=other)
    if isinstance(part, Pow):
        yield (
            "base and exponent swapped",
            "Base and exponent are swapped: $«right»$ belongs there.",
            power(part.exponent, part.base),
        )


def _numbers(part: Expr) -> _Slips:
    if isinstance(part, Num) and part.value.denominator == 1:
        why = "A number is one off: $«right»$ belongs there, not $«wrong»$."
        for move in (1, -1):
            yield "a number is one off", why, num(part.value + move)


def _moved(place: Expr, by: Num) -> Expr:
    """`place` + `by`, as one writes it."""
    match place:
        case Num(value):
            return num(value + by.value)
        case Add((*first, Num(value))):
            return plus(*first, num(value + by.value))
        case Add((*first, Neg(Num(value)))):
            return minus(plus(*first), num(value - by.value)) if value != by.value else plus(*first)
        case _:
            return plus(place, by)
