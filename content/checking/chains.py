"""Shown sums are right: in a = b = c every side that holds nothing but numbers has the same value.

Notes are read with the numbers of their head, solutions and reasons of questions with those of two seeds;
a filled number counts with all its decimals, so a wrong expression behind one is found as well. A side that
is one number may be rounded to the decimals shown. Sides with letters are left to the formula sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

import numpy as np

from content.course import Course, Problem, QuestionSource
from content.generators.registry import generator_names
from content.latex.cursor import Names, Unread
from content.latex.meaning import Meaning
from content.latex.parts import EQUAL, Statement, statements
from content.latex.reading import read
from content.latex.tokens import Tokens
from content.latex.tree import Joined, Named, Negative, Node, Number
from content.markup import CODE, MATHS, QUOTED
from content.variants import values_of
from content.worked.evaluate import Value
from content.worked.reading import WorkedError

_SEEDS = (0, 1)
_DIGIT = re.compile(r"[0-9]|<<")
_EXACT = 1e-9
_NONE = Names()


def unequal(course: Course) -> Iterator[Problem]:
    """Each chain whose sides differ, once an item."""
    for topic, body in course.raw.items():
        for sentence in broken_in(QUOTED.sub(" ", body), course.numbers.get(topic, {})):
            yield Problem(f"topics/{topic}.md", topic, sentence)
    for question in course.questions:
        for sentence in dict.fromkeys(_of_question(question)):
            yield Problem(f"questions/{question.topic}.yaml", question.id, sentence)


def _of_question(question: QuestionSource) -> Iterator[str]:
    texts = [question.solution, *(option.why for option in question.options)]
    texts += [option.text for option in question.options if option.right]
    made = question.generator in generator_names()
    for seed in _SEEDS if made else (0,):
        values = values_of(question, seed) if made else {}
        for text in texts:
            for sentence in broken_in(text, values):
                yield sentence + (f" (seed {seed})" if made else "")


def broken_in(text: str, values: Mapping[str, object]) -> Iterator[str]:
    """A sentence for each chain in the formulas of `text` whose sides differ."""
    known = {f"<<{name}": _array(value) for name, value in values.items() if not isinstance(value, str)}
    for formula in MATHS.finditer(CODE.sub(" ", text)):
        for statement in statements(formula[1] or formula[2]):
            sides = list(_numbers(statement, known))
            for (said, first, _), (other, second, near) in pairwise(sides):
                if not _same(first, second, near):
                    yield f"{' '.join(said)} is {_told(first)}, but {' '.join(other)} is {_told(second)}."


def _numbers(statement: Statement, values: Mapping[str, Value]) -> Iterator[tuple[Tokens, Value, float]]:
    """The sides that are numbers: tokens, value, rounding; up to the first relation that does not equate."""
    for place, side in enumerate(statement.sides):
        if place and statement.relations[place - 1] not in EQUAL:
            return
        if not _DIGIT.search(" ".join(side)):
            continue
        try:
            node = read(side, _NONE)
            value, near = Meaning({}, values).value(node), _rounding(node)
            if place and statement.relations[place - 1] == r"\approx":
                near = max(near, 0.5 if isinstance(node, Number) else _carried(side, value))
            yield side, value, near
        except (Unread, WorkedError, ArithmeticError, ValueError):
            continue


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


def _same(left: Value, right: Value, near: float) -> bool:
    first, second = np.asarray(left, float), np.asarray(right, float)
    if first.shape != second.shape:
        return False
    allowed = np.maximum(near, _EXACT * np.maximum(1.0, np.abs(first)))
    return bool(np.all(np.abs(first - second) <= allowed))


def _array(value: object) -> Value:
    if isinstance(value, Sequence):
        return np.array(value, dtype=float)
    assert isinstance(value, (int, float))  # noqa: S101 - placeholders hold nothing else
    return value


def _told(value: Value) -> str:
    return np.array2string(np.asarray(value), precision=6, threshold=6)
