"""The texts that explain by numbers, each with those numbers: notes, cards, solutions, reasons.

Quotations are left out, and wrong options, which may say anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from content.course import Course, QuestionSource
from content.generators.registry import generator_names
from content.markup import QUOTED
from content.variants import values_of
from content.worked.evaluate import Value

_SEEDS = (0, 1)


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

    def numbers(self) -> dict[str, Value]:
        """`<<a:3>>` of the text by "<<a", without those that are words."""
        said = {f"<<{name}": value for name, value in self.values.items()}
        return {name: _array(value) for name, value in said.items() if not isinstance(value, str)}


def explained(course: Course) -> Iterator[Shown]:
    """All of them; of a generated question the texts of two seeds."""
    for topic in course.raw:
        yield note(course, topic)
    for source in course.cards:
        card = source.card
        for text in (card.front, card.back):
            yield Shown(f"cards/{card.topic}.yaml", card.id, QUOTED.sub(" ", text), is_filled=True)
    for question in course.questions:
        yield from _of_question(question)


def note(course: Course, topic: str) -> Shown:
    """A note with the numbers of its head."""
    body = QUOTED.sub(" ", course.raw[topic])
    return Shown(f"topics/{topic}.md", topic, body, course.numbers.get(topic, {}))


def _of_question(question: QuestionSource) -> Iterator[Shown]:
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


def _array(value: object) -> Value:
    if isinstance(value, Sequence):
        return np.array(value, dtype=float)
    assert isinstance(value, (int, float))  # noqa: S101 - placeholders hold nothing else
    return value
