"""Course files -> Course, and a list of everything that is wrong in them. FORMAT.md says what is right.

Looks at one entry at a time; what must hold between entries is in check.py. Knows no bank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar

from content.course import CardSource, Course, MistakeSource, Problem, QuestionSource
from content.course_files import UNITS, Unreadable, decoded, parse_yaml, split_head
from content.entry import Entry
from content.records import Card, Kind, Option, Topic

T = TypeVar("T")

_LONGEST_SUMMARY = 160
_FEWEST_OPTIONS, _MOST_OPTIONS = 3, 6
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class _Unit:
    title: str
    order: int


@dataclass
class _Reading:
    """What has been read so far, and what was wrong."""

    problems: list[Problem] = field(default_factory=list)
    units: dict[str, _Unit] = field(default_factory=dict)
    topics: list[Topic] = field(default_factory=list)
    cards: list[CardSource] = field(default_factory=list)
    questions: list[QuestionSource] = field(default_factory=list)


def read_course(course: list[tuple[str, bytes]]) -> tuple[Course, list[Problem]]:
    """(name, content) of all files -> the course. It is only fit for use when there is no problem."""
    reading = _Reading()
    readers: dict[str, Callable[[_Reading, str, str], None]] = {
        "": _read_units,
        "topics": _read_topic,
        "cards": _read_cards,
        "questions": _read_questions,
    }
    for name, content in sorted(course, key=lambda file: file[0] != UNITS):
        try:
            readers[name.rpartition("/")[0]](reading, name, decoded(content))
        except Unreadable as error:
            reading.problems.append(Problem(name, "", str(error)))
    return _in_order(reading), reading.problems


def _in_order(reading: _Reading) -> Course:
    topics = sorted(reading.topics, key=lambda topic: (topic.unit_order, topic.order, topic.id))
    place = {topic.id: number for number, topic in enumerate(topics)}
    last = len(place)
    return Course(
        tuple(topics),
        tuple(sorted(reading.cards, key=lambda source: place.get(source.card.topic, last))),
        tuple(sorted(reading.questions, key=lambda question: place.get(question.topic, last))),
    )


def _read_units(reading: _Reading, name: str, text: str) -> None:
    for entry in _list_of_entries(reading, name, text):
        unit = entry.id("id")
        if unit in reading.units:
            entry.complain("this id occurs twice.")
        reading.units[unit] = _Unit(entry.text("title"), entry.whole("order") or 0)
        entry.finish()


def _read_topic(reading: _Reading, name: str, text: str) -> None:
    head, body = split_head(text)
    raw = parse_yaml(head)
    if not isinstance(raw, dict):
        raise Unreadable("the head must be `key: value` lines.")
    entry = Entry(raw, name, _stem(name), reading.problems)
    if entry.id("id") not in ("", entry.item):
        entry.complain(f"the id is {raw['id']!r}; it must be the file's name, {entry.item!r}.")
    unit = entry.id("unit")
    if unit and unit not in reading.units:
        entry.complain(f"unit {unit!r} is not in {UNITS}.")
    known = reading.units.get(unit, _Unit("", 0))
    topic = Topic(
        id=entry.item,
        unit=unit,
        unit_title=known.title,
        unit_order=known.order,
        order=entry.whole("order") or 0,
        title=entry.text("title"),
        summary=entry.text("summary"),
        body=body,
        claims=entry.claims(),
        needs=entry.ids("needs"),
    )
    entry.finish()
    _look_over_topic(entry, topic)
    reading.topics.append(topic)


def _look_over_topic(entry: Entry, topic: Topic) -> None:
    if topic.order < 1:
        entry.complain("order must be 1 or more.")
    if len(topic.summary) > _LONGEST_SUMMARY or "\n" in topic.summary:
        entry.complain(f"summary must be one line of at most {_LONGEST_SUMMARY} characters.")
    if not topic.body.strip():
        entry.complain("there is no text after the head.")


def _read_cards(reading: _Reading, name: str, text: str) -> None:
    for entry in _list_of_entries(reading, name, text):
        card = Card(entry.id("id"), _stem(name), entry.text("front"), entry.text("back"), entry.claims())
        reading.cards.append(CardSource(card, entry.ids("was")))
        entry.finish()


def _read_questions(reading: _Reading, name: str, text: str) -> None:
    for entry in _list_of_entries(reading, name, text):
        kind = entry.text("kind")
        if kind == Kind.NUMERIC.value:
            reading.questions.append(_numeric(entry, _stem(name)))
        elif kind in (Kind.CHOICE.value, Kind.MULTIPLE.value):
            reading.questions.append(_with_options(entry, _stem(name), Kind(kind)))
        else:
            entry.complain(f"kind is {kind!r}; it must be choice, multiple or numeric.")
            continue
        entry.finish()


def _with_options(entry: Entry, topic: str, kind: Kind) -> QuestionSource:
    options = tuple(_option(option) for option in entry.entries("options", needed=True))
    right = sum(option.right for option in options)
    if not _FEWEST_OPTIONS <= len(options) <= _MOST_OPTIONS:
        entry.complain(f"there are {len(options)} options; {_FEWEST_OPTIONS} to {_MOST_OPTIONS} are allowed.")
    if kind is Kind.CHOICE and right != 1:
        entry.complain(f"{right} options have `right: true`; a choice needs exactly one.")
    if kind is Kind.MULTIPLE and right == 0:
        entry.complain("no option has `right: true`; at least one must.")
    if len({option.text for option in options}) < len(options):
        entry.complain("two options have the same text.")
    return QuestionSource(
        id=entry.id("id"),
        topic=topic,
        kind=kind,
        ask=entry.text("ask"),
        solution=entry.text("solution"),
        claims=entry.claims(),
        options=options,
        hint=entry.text("hint", needed=False),
        was=entry.ids("was"),
    )


def _option(entry: Entry) -> Option:
    option = Option(entry.text("text"), entry.flag("right"), entry.text("why"))
    entry.finish()
    return option


def _numeric(entry: Entry, topic: str) -> QuestionSource:
    decimals = entry.whole("decimals", needed=False)
    if decimals is not None and decimals > _MOST_DECIMALS:
        entry.complain(f"decimals is {decimals}; at most {_MOST_DECIMALS} are allowed.")
    return QuestionSource(
        id=entry.id("id"),
        topic=topic,
        kind=Kind.NUMERIC,
        ask=entry.text("ask"),
        solution=entry.text("solution"),
        claims=entry.claims(),
        generator=entry.text("generator"),
        wants=entry.text("wants"),
        decimals=decimals,
        tolerance=entry.number("tolerance"),
        unit=entry.text("unit", needed=False),
        hint=entry.text("hint", needed=False),
        mistakes=tuple(_mistake(mistake) for mistake in entry.entries("mistakes")),
        was=entry.ids("was"),
    )


def _mistake(entry: Entry) -> MistakeSource:
    mistake = MistakeSource(entry.text("value"), entry.text("why"))
    entry.finish()
    return mistake


def _list_of_entries(reading: _Reading, name: str, text: str) -> Iterator[Entry]:
    raw = parse_yaml(text)
    if not isinstance(raw, list) or not raw:
        raise Unreadable("it must be a list of entries that begin with `- id:`.")
    for number, part in enumerate(raw, 1):
        if isinstance(part, dict):
            yield Entry(part, name, str(part.get("id", f"entry {number}")), reading.problems)
        else:
            reading.problems.append(Problem(name, f"entry {number}", "it must begin with `- id:`."))


def _stem(name: str) -> str:
    return PurePosixPath(name).stem
