"""Shown sums are right: in a = b < c the sides that hold nothing but numbers compare as it is written.

Notes are read with the numbers of their head, solutions and reasons of questions with those of two seeds;
a filled number counts with all its decimals, so a wrong expression behind one is found as well. A side that
is one number may be rounded to the decimals shown. Cards are read as they are filled, with what rounding
allows. Sides with letters are left to the formula sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from content.check_pieces import line_of
from content.course import Course, Problem, QuestionSource
from content.generators.registry import generator_names
from content.latex.cursor import Names, Unread
from content.latex.meaning import Meaning
from content.latex.parts import EQUAL, statements
from content.latex.reading import read
from content.latex.tokens import Tokens, written
from content.latex.tree import Joined, Named, Negative, Node, Number
from content.markup import CODE, MATHS, QUOTED
from content.variants import values_of
from content.worked.evaluate import Value
from content.worked.reading import WorkedError

Side = tuple[Tokens, Value, float]
"""Tokens, value, and how far rounding may have moved it."""

_LESS = frozenset({"<", r"\le", r"\ll"})
_MORE = frozenset({">", r"\ge", r"\gg"})
_SEEDS = (0, 1)
_DIGIT = re.compile(r"[0-9]|<<")
_EXACT = 1e-9
_NONE = Names()


@dataclass(frozen=True, slots=True)
class Shown:
    """A text with its numbers.

    Attributes:
        is_filled: its numbers stand there already, rounded; so both sides of a pair may be off.
        which: told behind a problem.
    """

    file: str
    item: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_filled: bool = False
    which: str = ""


def unequal(course: Course) -> Iterator[Problem]:
    """Each chain whose sides differ, once an item."""
    for text in _texts(course):
        for formula, sentence in _broken(text):
            line = line_of(course, text.file, text.item, formula)
            yield Problem(text.file, text.item, sentence + text.which, line)


def held(course: Course) -> int:
    """How many pairs of sides are compared."""
    return sum(1 for text in _texts(course) for _ in _pairs(text))


def broken_in(text: Shown) -> Iterator[str]:
    """A sentence for each pair of sides in the formulas of `text` that does not compare as it is written."""
    return (sentence for _, sentence in _broken(text))


def _broken(text: Shown) -> Iterator[tuple[str, str]]:
    """(the formula, the sentence about it)."""
    for formula, (said, first, left), relations, (other, second, right) in _pairs(text):
        if not _holds(first, relations, second, max(right, left * text.is_filled)):
            signs = "".join(f"not {sign} " for sign in sorted(relations - EQUAL))
            other_told = f"{signs}{written(other)}, which is" if signs else f"but {written(other)} is"
            yield formula, f"{written(said)} is {_told(first)}, {other_told} {_told(second)}."
        elif said == other:
            yield formula, f"{written(said)} stands on both sides, which says nothing; leave one out."


def _texts(course: Course) -> Iterator[Shown]:
    for topic, body in course.raw.items():
        yield Shown(f"topics/{topic}.md", topic, QUOTED.sub(" ", body), course.numbers.get(topic, {}))
    for source in course.cards:
        card = source.card
        for text in (card.front, card.back):
            yield Shown(f"cards/{card.topic}.yaml", card.id, QUOTED.sub(" ", text), is_filled=True)
    for question in course.questions:
        yield from _of_question(question)


def _of_question(question: QuestionSource) -> Iterator[Shown]:
    """What explains it and what is right; wrong options may say anything."""
    texts = [question.solution, *(option.why for option in question.options)]
    texts += [option.text for option in question.options if option.right]
    texts += [mistake.why for mistake in question.mistakes]
    made = question.generator in generator_names()
    for seed in _SEEDS if made else (0,):
        values = values_of(question, seed) if made else {}
        which = f" (seed {seed})" if made else ""
        for text in texts:
            file = f"questions/{question.topic}.yaml"
            yield Shown(file, question.id, text, values, is_filled=not made, which=which)


def _pairs(text: Shown) -> Iterator[tuple[str, Side, frozenset[str], Side]]:
    """(formula, side, the relations between, side) for neighbours among the sides that are numbers."""
    values = {f"<<{name}": _array(value) for name, value in text.values.items() if not isinstance(value, str)}
    for formula in MATHS.finditer(CODE.sub(" ", text.text)):
        for statement in statements(formula[1] or formula[2]):
            last: Side | None = None
            between: set[str] = set()
            for relation, tokens in zip(("", *statement.relations), statement.sides, strict=True):
                between.add(relation)
                if side := _number(tokens, relation, values, text.is_filled):
                    if last and _compares(between):
                        yield formula[0], last, frozenset(between), side
                    last, between = side, set()


def _compares(relations: set[str]) -> bool:
    """Whether a row of these relations says how its two ends compare; a row of several < is one."""
    return any(relations <= EQUAL | kind for kind in (_LESS, _MORE)) or relations == {r"\ne"}


def _number(tokens: Tokens, relation: str, values: Mapping[str, Value], is_filled: bool) -> Side | None:
    """A side that is a number, with what `relation` before it allows."""
    if not _DIGIT.search(" ".join(tokens)):
        return None
    try:
        node = read(tokens, _NONE)
        value, near = Meaning({}, values).value(node), _rounding(node)
        if relation == r"\approx" and isinstance(node, Number):
            near = near or 0.5
        elif is_filled or relation == r"\approx":
            near = max(near, _carried(tokens, value))
    except (Unread, WorkedError):
        return None
    return tokens, value, near


def _rounding(node: Node) -> float:
    """Half a unit of the last decimal shown, for a number that stands alone."""
    if isinstance(node, Negative):
        return _rounding(node.of)
    if isinstance(node, Joined) and node.operator == "/" and node.right == Number(100):
        return _rounding(node.left) / 100
    if isinstance(node, Number) and node.places:
        return 0.5000001 * 10.0**-node.places
    if isinstance(node, Named) and (shown := node.key.strip("<>").partition(":")[2].strip("+()")):
        return 0.5000001 * 10.0 ** -int(shown)
    return 0.5000001e-4 if isinstance(node, Named) else 0.0


def _carried(side: Tokens, value: Value) -> float:
    """How far the rounding of its typed numbers can move a side, to first order."""
    moved = 0.0
    for place, said in enumerate(side):
        if "." in said and said[0].isdigit():
            further = str(Decimal(said) + Decimal(5).scaleb(-len(said.partition(".")[2]) - 1))
            node = read((*side[:place], further, *side[place + 1 :]), _NONE)
            moved += float(np.max(np.abs(np.asarray(Meaning({}, {}).value(node)) - value)))
    return moved


def _holds(left: Value, relations: frozenset[str], right: Value, near: float) -> bool:
    """Whether left < right, or what else the relations say."""
    if relations <= EQUAL:
        return _same(left, right, near)
    if relations == {r"\ne"}:
        return not _same(left, right, 0.0)
    small, large = (
        np.asarray(side, float) for side in ((left, right) if relations & _LESS else (right, left))
    )
    strict = relations & {"<", ">"}
    return bool(np.all(small < large + near if strict else small <= large + near))


def _same(left: Value, right: Value, near: float) -> bool:
    first, second = np.asarray(left, float), np.asarray(right, float)
    if first.shape != second.shape:
        return False
    allowed = np.maximum(near, _EXACT * np.maximum(np.abs(first), np.abs(second)))
    return bool(np.all(np.abs(first - second) <= allowed))


def _array(value: object) -> Value:
    if isinstance(value, Sequence):
        return np.array(value, dtype=float)
    assert isinstance(value, (int, float))  # noqa: S101 - placeholders hold nothing else
    return value


def _told(value: Value) -> str:
    return np.array2string(np.asarray(value), precision=6, threshold=6)
