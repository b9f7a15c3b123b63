"""What cards, questions, terms, unit pages and the words of the sheet equate holds: it stands on a sheet, or
is true with the letters of one of the same unit, by value and not by spelling.

Left to others: gaps of cards (shown.py), sides of numbers and what is filled with them (chains.py), and the
texts of wrong options, which may say anything. What gives but a value to a letter, or stands for a task in
which numbers are drawn, has nothing to be held against. Each other statement is held, or stands in
unread.yaml with the reason why not: what is wrong on purpose, and what is only begun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from content.check_pieces import line_of
from content.checking.formulas import at_the_draws, meanings
from content.checking.shown import LETTER, equal, is_name, links, stands
from content.checking.texts import OPTIONS, parts
from content.course import Course, Problem
from content.course_files import parse_yaml
from content.latex.cursor import Unread
from content.latex.factors import FUNCTIONS
from content.latex.holding import sides
from content.latex.meaning import is_function
from content.latex.parts import Statement, statements
from content.latex.tokens import Tokens, tokens
from content.markup import CODE, MATHS, QUOTED
from content.records import SheetFormula
from content.worked.reading import WorkedError

FILE = "checking/unread.yaml"
_UNHELD = (
    f"{{}} is on no formula sheet and holds with the letters of none of its unit; "
    f"mend it, add an aside, or say in {FILE} why it is not held."
)
_EXCUSED = f"{{}} holds; take it out of {FILE}."
_FOLDERS = ("cards", "questions", "glossary", "units", "formulas")
_SLOPE = re.compile(r"\\frac\{(\\partial.+)\}\{(\\partial.+)\}")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a text that can be held, and the formula in which it stands."""

    file: str
    item: str
    unit: str
    statement: Statement
    formula: str


@cache
def unread() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """unread.yaml: (folder, id) -> statement -> why it is not held."""
    raw = parse_yaml((files("content") / FILE).read_text(encoding="utf-8"))
    assert isinstance(raw, dict)  # noqa: S101 - our own file
    return {(folder, item): reasons for folder, items in raw.items() for item, reasons in items.items()}


def unproved(course: Course) -> Iterator[Problem]:
    """Statements that neither stand on a sheet nor hold with its letters, and reasons for others."""
    left = {(*key, statement) for key, reasons in unread().items() for statement in reasons}
    known, sheets = links((*course.formulas, *course.asides)), _by_unit(course)
    for said in stated(course):
        key = (said.file.partition("/")[0], said.item, str(said.statement))
        holds = stands(said.statement, known) or _holds(said.statement, sheets.get(said.unit, []))
        if holds == (key in left):
            sentence = _EXCUSED if holds else _UNHELD
            line = line_of(course, said.file, said.item, said.formula)
            yield Problem(said.file, said.item, sentence.format(said.statement), line)
        left.discard(key)
    for folder, item, statement in sorted(left):
        yield Problem(FILE, item, f"{statement} is no statement of this text under {folder}.")


def stated(course: Course) -> Iterator[Said]:
    """Every statement that can be held, in the texts of which this file is."""
    units = {topic.id: topic.unit for topic in course.topics}
    of = {source.card.id: units.get(source.card.topic, "") for source in course.cards}
    of |= {question.id: units.get(question.topic, "") for question in course.questions}
    wrong = {
        (question.id, OPTIONS + 2 * number)
        for question in course.questions
        for number, option in enumerate(question.options)
        if not option.right
    }
    for file, item, texts in parts(course):
        folder, _, name = file.partition("/")
        for place, text in enumerate(texts) if folder in _FOLDERS else ():
            if folder != "questions" or (item, place) not in wrong:
                unit = of[item] if folder in ("cards", "questions") else name.partition(".")[0]
                yield from (Said(file, item, unit, *one) for one in _in(text))


def _in(text: str) -> Iterator[tuple[Statement, str]]:
    for formula in MATHS.finditer(QUOTED.sub(" ", CODE.sub(" ", text))):
        latex = formula[1] or formula[2]
        for statement in statements(latex) if "?" not in latex else ():
            lettered = _lettered(statement)
            if len(equal(lettered)) > 1:
                yield lettered, formula[0]


def _lettered(statement: Statement) -> Statement:
    """Without the sides that are numbers, or are filled with them."""
    kept = [number for number, side in enumerate(statement.sides) if _has_letters(side)]
    relations = tuple(statement.relations[number - 1] for number in kept[1:])
    return Statement(tuple(statement.sides[number] for number in kept), relations)


def _has_letters(side: Tokens) -> bool:
    return any(LETTER.fullmatch(token) and token not in FUNCTIONS for token in side) and not any(
        token.startswith("<<") for token in side
    )


def _by_unit(course: Course) -> dict[str, list[SheetFormula]]:
    """The formulas of each unit that are computed; a slope is read as a/b too."""
    found: dict[str, list[SheetFormula]] = {}
    for formula in (*course.formulas, *course.asides):
        more = tuple(
            (_SLOPE.sub(r"\1/\2", name), meaning) for name, meaning in formula.letters if _SLOPE.match(name)
        )
        found.setdefault(formula.unit, []).append(replace(formula, letters=(*formula.letters, *more)))
    return found


def _holds(statement: Statement, sheets: list[SheetFormula]) -> bool:
    """Whether it is true with the letters of one of them."""
    return any(_true(statement, formula) for formula in sheets)


def _true(statement: Statement, formula: SheetFormula) -> bool:
    letters = meanings(formula)
    left = statement.sides[0]
    if len(left) > 1 and is_name(left) and not _called(left, letters):
        return False
    try:
        nodes = sides(statement, letters)
        return len(nodes) > 1 and not at_the_draws(formula, nodes, letters)
    except (Unread, WorkedError):
        return False


def _called(side: Tokens, letters: Mapping[str, str]) -> bool:
    """Whether f(x) has a meaning here, so that it is not read as f times x."""
    return any(
        tokens(name) == side or (is_function(meant) and tokens(name) == side[:1])
        for name, meant in letters.items()
    )
