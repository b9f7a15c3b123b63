"""Shown sums are right: in a = b < c the sides that hold nothing but numbers compare as it is written.

Notes are read with the numbers of their head, solutions and reasons of questions with those of two seeds;
a filled number counts with all its decimals, so a wrong expression behind one is found as well. A side that
is one number may be rounded to the decimals shown. Cards are read as they are filled, with what rounding
allows. Sides with letters are left to the formula sheet; sides of numbers that cannot be read are told by
worked_example.py where a note works an example, and passed over elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from content.check_pieces import line_of
from content.checking.explained import Shown, explained
from content.checking.sides import Side, compares, has_digits, holds, valued
from content.course import Course, Problem
from content.latex.cursor import Unread
from content.latex.parts import EQUAL, Statement, statements
from content.latex.tokens import Tokens, written
from content.markup import CODE, MATHS
from content.worked.evaluate import Value
from content.worked.reading import WorkedError


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sides that are numbers, and the relations between them."""

    left: Side
    relations: frozenset[str]
    right: Side


def unequal(course: Course) -> Iterator[Problem]:
    """Each chain whose sides differ, once an item."""
    for text in explained(course):
        for formula, pair in _pairs(text):
            if sentence := _wrong(pair, is_filled=text.is_filled):
                line = line_of(course, text.file, text.item, formula)
                yield Problem(text.file, text.item, sentence + text.which, line)


def held(course: Course) -> int:
    """How many pairs of sides are compared."""
    return sum(1 for text in explained(course) for _ in _pairs(text))


def broken_in(text: Shown) -> Iterator[str]:
    """A sentence for each pair of sides in the formulas of `text` that does not compare as it is written."""
    return filter(None, (_wrong(pair, is_filled=text.is_filled) for _, pair in _pairs(text)))


def _wrong(pair: _Pair, *, is_filled: bool) -> str:
    """What is wrong with it, as a sentence; empty if nothing is."""
    left, right = pair.left, pair.right
    near = max(right.near, left.near) if is_filled else right.near
    if not holds(left.value, pair.relations, right.value, near):
        signs = "".join(f"not {sign} " for sign in sorted(pair.relations - EQUAL))
        other = f"{signs}{right}".replace(" is ", ", which is ", 1) if signs else f"but {right}"
        return f"{left}, {other}."
    if left.tokens == right.tokens:
        return f"{written(left.tokens)} stands on both sides, which says nothing; leave one out."
    return ""


def _pairs(text: Shown) -> Iterator[tuple[str, _Pair]]:
    """Each pair, behind the formula in which it stands."""
    values = text.numbers()
    for formula in MATHS.finditer(CODE.sub(" ", text.text)):
        for statement in statements(formula[1] or formula[2]):
            for pair in _neighbours(statement, values, is_filled=text.is_filled):
                yield formula[0], pair


def _neighbours(statement: Statement, values: Mapping[str, Value], *, is_filled: bool) -> Iterator[_Pair]:
    """Of the sides that are numbers each with the next one: of 2 = x = 3 the 2 and the 3."""
    before = ("", *statement.relations)
    found = [
        _number(side, relation, values, is_filled=is_filled)
        for relation, side in zip(before, statement.sides, strict=True)
    ]
    known = [(place, side) for place, side in enumerate(found) if side]
    for (first, left), (second, right) in pairwise(known):
        relations = frozenset(statement.relations[first:second])
        if compares(relations):
            yield _Pair(left, relations, right)


def _number(side: Tokens, relation: str, values: Mapping[str, Value], *, is_filled: bool) -> Side | None:
    try:
        return valued(side, relation, values, is_filled=is_filled) if has_digits(side) else None
    except (Unread, WorkedError):
        return None
