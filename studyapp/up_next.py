"""What Home says, computed from what is known: greeting, formula of the day, what to do next. Pure.

Nothing here is drawn by lot: the same bank on the same study day gives the same page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from content.records import Counts, Topic, TopicProgress

_WORDS_A_MINUTE = 160  # read with pencil in hand
_FORMULA = re.compile(r"^\$\$.+?\$\$$", re.M | re.S)
_DERIVATION = re.compile(r"\]\(<derive:([^>]+)>\)")
_MOST = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to do next: an icon's name, words, and the page and target that it leads to."""

    icon: str
    text: str
    detail: str
    page: str
    target: str | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A key formula: its topic, the formula as Markdown, and the blocks that explain it, in order.

    `recurrence` is the first derivation that the topic's note links to; empty if there is none.
    """

    topic: Topic
    tex: str
    more: tuple[str, ...]
    recurrence: str = ""


def greeting(hour: int) -> str:
    """By the hour of the local clock, 0 to 23."""
    for until, words in ((5, "Still up?"), (12, "Good morning"), (18, "Good afternoon")):
        if hour < until:
            return words
    return "Good evening"


def due_words(counts: Counts) -> str:
    """What waits today, in one sentence."""
    kinds = ((counts.review, "to review"), (counts.learning, "being learnt"), (counts.new, "new"))
    shown = [(number, words) for number, words in kinds if number]
    if not shown:
        return "Nothing is waiting: today's cards are done."
    waiting = f"{_count(counts.total, 'card')} {'is' if counts.total == 1 else 'are'} waiting"
    if len(shown) == 1:
        return f"{waiting}, {'all ' if counts.total > 1 else ''}{shown[0][1]}."
    return f"{waiting}: {', '.join(f'{number} {words}' for number, words in shown)}."


def minutes_to_read(topic: Topic) -> int:
    """How long its note takes, by its number of words."""
    return max(1, round(len(topic.body.split()) / _WORDS_A_MINUTE))


def formula_of(day: int, topics: Sequence[Topic]) -> Formula | None:
    """The key formula of one topic, another one each study day; None if no note has a formula.

    The key formula is the first displayed one; what follows in the note explains it.
    """
    candidates = [(topic, found) for topic in topics if (found := _FORMULA.search(topic.body))]
    if not candidates:
        return None
    topic, found = candidates[day % len(candidates)]
    more = tuple(re.split(r"\n{2,}", topic.body[found.end() :].strip()))
    return Formula(topic, found.group(), more, recurrence_of(topic))


def recurrence_of(topic: Topic) -> str:
    """The first derivation that the note links to; empty if there is none."""
    found = _DERIVATION.search(topic.body)
    return found.group(1) if found else ""


def suggestions(progress: Sequence[TopicProgress], topics: Sequence[Topic]) -> tuple[Suggestion, ...]:
    """What to do next, the most useful first; at most four."""
    if not progress:
        return ()
    if not any(p.seen or p.right for p in progress):
        return _first_steps(progress[0], topics)
    found = [
        _read(progress, topics),
        _go_on(progress),
        _weakest(progress),
        _derive(progress, topics) or _lab(),
    ]
    return tuple(s for s in found if s is not None)[:_MOST]


def _first_steps(first: TopicProgress, topics: Sequence[Topic]) -> tuple[Suggestion, ...]:
    minutes = next((f", {minutes_to_read(t)} min" for t in topics if t.id == first.topic), "")
    return (
        Suggestion("book-open", first.title, f"Begin here: read the note{minutes}", "notes", first.topic),
        Suggestion("layers", "Learn its cards", _count(first.cards, "card"), "cards", first.topic),
        Suggestion("list-checks", "Test yourself", _count(first.questions, "question"), "quiz", first.topic),
        _lab(),
    )


def _read(progress: Sequence[TopicProgress], topics: Sequence[Topic]) -> Suggestion | None:
    """The first note whose cards are all new, and whose forerunners have been begun."""
    begun = {p.topic for p in progress if p.seen or p.right}
    for topic in topics:
        if topic.id not in begun and all(need in begun for need in topic.needs):
            minutes = f"Read the note, {minutes_to_read(topic)} min"
            return Suggestion("book-open", topic.title, minutes, "notes", topic.id)
    return None


def _go_on(progress: Sequence[TopicProgress]) -> Suggestion | None:
    """The topic whose cards have been begun, but not all of them."""
    for one in progress:
        if 0 < one.seen < one.cards:
            left = f"Go on with its cards, {one.cards - one.seen} still new"
            return Suggestion("layers", one.title, left, "cards", one.topic)
    return None


def _weakest(progress: Sequence[TopicProgress]) -> Suggestion | None:
    """Of the topics that were begun, the one with the smallest share of questions right."""
    begun = [p for p in progress if p.seen and p.right < p.questions]
    if not begun:
        return None
    one = min(begun, key=lambda p: p.right / p.questions)
    detail = f"Quiz, {one.right} of {one.questions} questions right so far"
    return Suggestion("list-checks", one.title, detail, "quiz", one.topic)


def _derive(progress: Sequence[TopicProgress], topics: Sequence[Topic]) -> Suggestion | None:
    """A derivation of a topic that was begun but is not known yet."""
    learning = {p.topic for p in progress if p.seen and p.known < p.cards}
    for topic in topics:
        if topic.id in learning and (recurrence := recurrence_of(topic)):
            return Suggestion("sigma", "Derive it line by line", recurrence, "derive", recurrence)
    return None


def _lab() -> Suggestion:
    return Suggestion("flask-conical", "Watch a network learn", "In the Lab, gate by gate", "lab", None)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
