"""What a note displays on a line of its own is held: it stands on a sheet, or among its asides.

Formulas filled with numbers of the note are held by chains.py, and so are those of numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.course import Course, Problem
from content.latex.holding import is_growth
from content.latex.parts import EQUAL, Statement, statements
from content.latex.tokens import Tokens

_DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_LETTER = re.compile(r"[A-Za-z]|\\[a-z]*(?:sigma|tanh|eta|theta|hat|tilde)")


def unheld(course: Course) -> Iterator[Problem]:
    """Displayed statements that equate and stand nowhere else, with their line."""
    known = {link for formula in (*course.formulas, *course.asides) for link in _links_of(formula.latex)}
    for topic, body in course.raw.items():
        file = f"topics/{topic}.md"
        for displayed in _DISPLAYED.finditer(body):
            if "<<" in displayed[1]:
                continue
            line = course.lines.get((file, ""), 0) + body.count("\n", 0, displayed.start())
            for statement in statements(displayed[1]):
                if statement.equates and not set(_links(statement)) <= known and _says_something(statement):
                    sentence = (
                        f"{statement} is on no formula sheet; add it there, or as an aside, with its letters."
                    )
                    yield Problem(file, topic, sentence, line)


def _links_of(latex: str) -> Iterator[tuple[Tokens, str, Tokens]]:
    for statement in statements(latex):
        yield from _links(statement)


def _links(statement: Statement) -> Iterator[tuple[Tokens, str, Tokens]]:
    """Side, relation, side; of a = b = c both a = b and b = c."""
    for link in zip(statement.sides, statement.relations, statement.sides[1:], strict=False):
        if link[1] in EQUAL and not is_growth(link[2]):
            yield link


def _says_something(statement: Statement) -> bool:
    """It has letters, and is more than a place to begin, as n = 1 or T(0) = 1."""
    letters = any(_LETTER.fullmatch(token) for side in statement.sides for token in side)
    return letters and not all(len(side) == 1 or side[1:2] == ("(",) for side in statement.sides)
