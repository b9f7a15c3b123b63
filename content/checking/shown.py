"""What a note displays or computes in a line, and what a card asks to complete, stands on a formula sheet.

In a line of text that is an equation with a sign of arithmetic or a function in it, outside the sections
that quote mistakes; what only gives a value, as f_t = 0, is left out. What stands on a sheet, or among the
asides of one, is held there, statement by statement. Formulas filled with numbers of the note are held by
chains.py, and so are those of numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, pairwise

from content.checking.chains import broken_in
from content.checking.coverage import NOTES_SAY
from content.checking.explained import Shown
from content.checking.structure import MISTAKES
from content.course import Course, Problem
from content.latex.factors import FUNCTIONS
from content.latex.holding import is_growth
from content.latex.parts import EQUAL, Statement, statements
from content.latex.tokens import Tokens, tokens
from content.markup import CODE, MATHS, QUOTED, only_lines
from content.records import Card, SheetFormula

_SAID_WRONG = re.compile(rf"^## (?:{NOTES_SAY}|{MISTAKES})$.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_SIGNS = r"+ - / ! \cdot \times \odot \oslash \frac \sqrt \sum \prod \binom"
_COMPUTES = frozenset((*_SIGNS.split(), *FUNCTIONS))
LETTER = re.compile(r"[A-Za-z]|\\[a-z]*(?:sigma|tanh|eta|theta|hat|tilde)")
"""A token that stands for something, in formulas with no other letters too."""

_GAP = r"\boxed{?}"
_QUESTION = re.compile(r"(?<!\\boxed\{)\?")

Link = tuple[Tokens, Tokens]
"""Two sides that are equal."""


def unheld(course: Course) -> Iterator[Problem]:
    """Statements of notes and cards that equate and stand on no sheet."""
    sheets = (*course.formulas, *course.asides)
    known = links(sheets)
    for topic, body in course.raw.items():
        yield from _of_note(topic, body, course.lines.get((f"topics/{topic}.md", ""), 0), known)
    whole = "  ".join(f" {' '.join(tokens(formula.latex))} " for formula in sheets)
    for source in course.cards:
        yield from _of_card(source.card, known, whole)


def links(sheets: Iterable[SheetFormula]) -> Collection[Link]:
    """Every two sides that a formula of a sheet equates."""
    return {
        link
        for formula in sheets
        for statement in statements(formula.latex)
        for link in combinations(equal(statement), 2)
    }


def _of_note(topic: str, body: str, first: int, known: Collection[Link]) -> Iterator[Problem]:
    for left_out in (CODE, QUOTED, _SAID_WRONG):
        body = left_out.sub(only_lines, body)
    for formula in MATHS.finditer(body):
        latex = formula[1] or formula[2]
        line = first + body.count("\n", 0, formula.start())
        for statement in () if "<<" in latex else statements(latex):
            asked = formula[1] is not None or computes(statement)
            if asked and not stands(statement, known):
                yield Problem(f"topics/{topic}.md", topic, _told(statement), line)


def _of_card(card: Card, known: Collection[Link], whole: str) -> Iterator[Problem]:
    """The formula of a cloze, its gap filled by a formula of the back or a side of one: one has to do."""
    back = [formula[1] or formula[2] for formula in MATHS.finditer(card.back)]
    parts = [*back, *(side for latex in back for side in latex.split("="))]
    for formula in MATHS.finditer(card.front):
        asked = _QUESTION.sub(lambda _: _GAP, formula[1] or formula[2])
        said = statements(asked) if _GAP in asked else ()
        if not parts and any(one.equates for one in said):
            yield _of(card, "the back has no formula to put in the gap; write it as one, as in $x$.")
        elif parts and said:
            made = [asked.replace(_GAP, f" {part} ") for part in parts]
            if not any(_completes(one, known, whole) for one in made):
                yield _of(card, _told(statements(made[0])[0]))


def _of(card: Card, sentence: str) -> Problem:
    return Problem(f"cards/{card.topic}.yaml", card.id, sentence)


def _completes(latex: str, known: Collection[Link], whole: str) -> bool:
    """Whether its equations stand on a sheet and its sums are right; or it is a piece of a formula there."""
    said = statements(latex)
    if any(one.relations for one in said):
        sums = Shown("", "", f"${latex}$", is_filled=True)
        return all(stands(one, known) for one in said) and not any(broken_in(sums))
    piece = tokens(latex)
    inside = piece[2:-1] if is_growth(piece) else piece
    return not any(map(LETTER.fullmatch, inside)) or f" {' '.join(inside)} " in whole


def stands(statement: Statement, known: Collection[Link]) -> bool:
    """Whether each of its equations is one of a sheet, or says nothing."""
    sides = equal(statement)
    stands = all(link in known for link in pairwise(sides))
    return stands or not statement.equates or not _says_something(statement)


def equal(statement: Statement) -> list[Tokens]:
    """The sides that equate, growths left out; up to the first relation of another kind."""
    found = [side for side in statement.sides[:1] if side]
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
    letters = any(LETTER.fullmatch(token) for side in statement.sides for token in side)
    return letters and not all(map(is_name, statement.sides))


def is_name(side: Tokens) -> bool:
    """One token, or T(0): a name with what stands in the one bracket behind it."""
    if len(side) < 2 or side[1] != "(" or side[0] in FUNCTIONS or side[-1] != ")":
        return len(side) == 1
    return ")" not in side[2:-1]


def computes(statement: Statement) -> bool:
    """Whether a side is more than a name or a number; what is above and below a letter belongs to it."""
    return statement.equates and any(
        not _COMPUTES.isdisjoint(_on_the_line(side)) for side in equal(statement)
    )


def _on_the_line(side: Tokens) -> Iterator[str]:
    """The tokens that are no index, no exponent and no sign in front."""
    depth, place = 0, int(side[0] == "-")
    while place < len(side):
        if side[place] in ("_", "^"):
            place += 1
            while place < len(side):
                depth += (side[place] == "{") - (side[place] == "}")
                if depth == 0:
                    break
                place += 1
        else:
            yield side[place]
        place += 1
