"""Frozen dataclasses that cross the border between the bank and the window.

Database rows never leave `content`; these do. Knows no database, no Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum


@dataclass(frozen=True, slots=True)
class Topic:
    """One note of the course.

    Attributes:
        id: for ever the same, e.g. "forget-gate".
        unit, unit_title, unit_order: the unit it belongs to.
        order: place within the unit, from 1.
        title: plain text.
        summary: one plain sentence.
        body: Markdown with $maths$.
        claims: ids of the claims of the notes that this topic covers.
        needs: ids of topics to read first.
        derive: what the Derive page can show of it, e.g. "recurrence:T(n) = 3T(n-1), T(0) = 1".
        exam: "must" or "slide" where the lecture notes mark it for the exam so; else empty.
    """

    id: str
    unit: str
    unit_title: str
    unit_order: int
    order: int
    title: str
    summary: str
    body: str
    claims: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    derive: tuple[str, ...] = ()
    exam: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A group of topics, with a summary of one page (Markdown with $maths$, may be empty)."""

    id: str
    title: str
    order: int
    body: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary.

    Attributes:
        term: as it is written inside a sentence.
        also: other forms that mean the same: plurals, abbreviations.
        says: one or two sentences, Markdown with $maths$.
        topic: where it is introduced.
    """

    id: str
    unit: str
    term: str
    also: tuple[str, ...]
    says: str
    topic: str


@dataclass(frozen=True, slots=True)
class SheetFormula:
    """A line of the formula sheet.

    Attributes:
        latex: the formula, without dollars.
        where: what each symbol means, Markdown.
        note: a condition or convention; may be empty.
        draw: (name, kind of value) of what is drawn at random.
        letters: (symbol of the formula, expression of `content.worked`): with these it holds as printed.
        equals: what a formula without an equals sign comes to, an expression; else empty.
        unread: (statement of the formula, why it is not held against `letters`).
        check: further equations of `content.worked` that hold for every draw.
        unchecked: why there is nothing to compute; empty when there is.
    """

    id: str
    unit: str
    title: str
    latex: str
    where: str
    topic: str
    claims: tuple[str, ...]
    note: str = ""
    draw: tuple[tuple[str, str], ...] = ()
    letters: tuple[tuple[str, str], ...] = ()
    equals: str = ""
    unread: tuple[tuple[str, str], ...] = ()
    check: tuple[str, ...] = ()
    unchecked: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One flashcard's text; front and back are Markdown with $maths$.

    `diagram` is the id of the diagram whose parts are to be named, on a labelling card.
    """

    id: str
    topic: str
    front: str
    back: str
    claims: tuple[str, ...] = ()
    diagram: str = ""


class Kind(Enum):
    """How a question is answered."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    NUMERIC = "numeric"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice or multiple question.

    Attributes:
        text: Markdown with $maths$.
        right: whether it is to be chosen.
        why: why it is right, or which mistake it is.
    """

    text: str
    right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A recognised wrong number: `value`, and the mistake it comes from, in words."""

    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked: generated numbers are already in place.

    Attributes:
        id: of the item; for ever the same.
        seed: of the variant; (id, seed) gives exactly this question again.
        ask: Markdown with $maths$.
        solution: worked explanation, Markdown with $maths$.
        options: for CHOICE and MULTIPLE, in the order shown.
        answer, tolerance, unit: for NUMERIC; tolerance is absolute.
        mistakes: for NUMERIC, recognised wrong values.
        hint: how to type the answer, e.g. "three decimals".
    """

    id: str
    topic: str
    topic_title: str
    kind: Kind
    seed: int
    ask: str
    solution: str
    options: tuple[Option, ...] = ()
    answer: float = 0.0
    tolerance: float = 0.0
    unit: str = ""
    mistakes: tuple[Mistake, ...] = ()
    hint: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """What the student answered: indexes into `options`, or the text of a number."""

    chosen: tuple[int, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """How an answer was graded.

    Attributes:
        valid: False when the answer could not be read; then nothing is scored.
        score: 0 to 1.
        feedback: Markdown: why it is right, or what is wrong.
        mistake: the named mistake, empty if none was recognised.
    """

    valid: bool
    score: float
    feedback: str
    mistake: str = ""


class Rating(IntEnum):
    """The four keys of a review."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(Enum):
    """Where a card is on its way."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class Memory:
    """What the scheduler knows of one card.

    Attributes:
        phase: where it is on its way.
        stability: days after which recall has fallen to 90%; 0 while new.
        difficulty: 1 to 10; 0 while new.
        step: index of the learning step, while (re)learning.
        due_ms: UTC milliseconds, while (re)learning.
        due_day: study day, while in review.
        last_day: study day of the last review; -1 while new.
        reviews, lapses: how often, and how often forgotten.
    """

    phase: Phase = Phase.NEW
    stability: float = 0.0
    difficulty: float = 0.0
    step: int = 0
    due_ms: int = 0
    due_day: int = 0
    last_day: int = -1
    reviews: int = 0
    lapses: int = 0


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one rating would do: the memory after it, and its wait in words ("10 min", "4 d")."""

    rating: Rating
    memory: Memory
    wait: str


@dataclass(frozen=True, slots=True)
class Due:
    """The card to show now, with what each rating would do."""

    card: Card
    topic_title: str
    memory: Memory
    prospects: tuple[Prospect, Prospect, Prospect, Prospect]


@dataclass(frozen=True, slots=True)
class Counts:
    """Cards waiting today. `next_ms` is when the next learning card comes up, 0 if none does today."""

    new: int
    learning: int
    review: int
    next_ms: int = 0

    @property
    def total(self) -> int:
        return self.new + self.learning + self.review


@dataclass(frozen=True, slots=True)
class Changes:
    """What a call changed, so that screens refresh only what they must."""

    what: str
    cards: tuple[str, ...] = ()
    attempts: tuple[str, ...] = ()
    course: bool = False


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """How far one topic has come: cards seen and known (stability of a week or more), questions right."""

    topic: str
    title: str
    unit: str
    unit_title: str
    cards: int
    seen: int
    known: int
    questions: int
    right: int


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What loading the course did to the bank."""

    topics: int
    cards: int
    questions: int
    added: int = 0
    changed: int = 0
    retired: int = 0
    returned: int = 0
    details: Mapping[str, str] = field(default_factory=dict)
