"""What a note displays on a line of its own, and what a card asks to complete, stands on a formula sheet.

It stands there, or among the asides of one, statement by statement, and is held there. Formulas filled with
numbers of the note are held by chains.py, and so are those of numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import combinations, pairwise

from content.course import Course, Problem
from content.latex.holding import is_growth
from content.latex.parts import EQUAL, Statement, statements
from content.latex.tokens import Tokens
from content.markup import MATHS
from content.records import Card

_DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_LETTER = re.compile(r"[A-Za-z]|\\[a-z]*(?:sigma|tanh|eta|theta|hat|tilde)")
_GAP = r"\boxed{?}"

Link = tuple[Tokens, Tokens]
"""Two sides that are equal."""


def unheld(course: Course) -> Iterator[Problem]:
    """Statements of notes and cards that equate and stand on no sheet."""
    known = {
        link
        for formula in (*course.formulas, *course.asides)
        for statement in statements(formula.latex)
        for link in combinations(_equal(statement), 2)
    }
    for topic, body in course.raw.items():
        yield from _of_note(topic, body, course.lines.get((f"topics/{topic}.md", ""), 0), known)
    for source in course.cards:
        yield from _of_card(source.card, known)


def _of_note(topic: str, body: str, first: int, known: Collection[Link]) -> Iterator[Problem]:
    for displayed in _DISPLAYED.finditer(body):
        if "<<" not in displayed[1]:
            line = first + body.count("\n", 0, displayed.start())
            for statement in statements(displayed[1]):
                if not _stands(statement, known):
                    yield Problem(f"topics/{topic}.md", topic, _told(statement), line)


def _of_card(card: Card, known: Collection[Link]) -> Iterator[Problem]:
    """The formula of a cloze, its gap filled by a formula of the back or a side of one: one has to do."""
    back = [formula[1] or formula[2] for formula in MATHS.finditer(card.back)]
    parts = [*back, *(side for latex in back for side in latex.split("="))]
    for formula in MATHS.finditer(card.front):
        asked = formula[1] or formula[2]
        if _GAP in asked and parts and any(one.equates for one in statements(asked)):
            made = [statements(asked.replace(_GAP, f" {part} ")) for part in parts]
            if not any(all(_stands(one, known) for one in said) for said in made):
                yield Problem(f"cards/{card.topic}.yaml", card.id, _told(made[0][0]))


def _stands(statement: Statement, known: Collection[Link]) -> bool:
    sides = _equal(statement)
    stands = all(link in known for link in pairwise(sides))
    return stands or not statement.equates or not _says_something(statement)


def _equal(statement: Statement) -> list[Tokens]:
    """The sides that equate, growths left out; up to the first relation of another kind."""
    found = [statement.sides[0]]
    for relation, side in zip(statement.relations, statement.sides[1:], strict=True):
        if relation not in EQUAL:
            break
        if not is_growth(side):
            found.append(side)
    return found


def _told(statement: Statement) -> str:
    return f"{statement} is on no formula sheet; add it there, or as an aside, with its letters."


def _says_something(statement: Statement) -> bool:
    """It has letters, and is more than a place to begin, as n = 1 or T(0) = 1."""
    letters = any(_LETTER.fullmatch(token) for side in statement.sides for token in side)
    return letters and not all(len(side) == 1 or side[1:2] == ("(",) for side in statement.sides)
