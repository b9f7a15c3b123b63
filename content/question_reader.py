"""cards/*.yaml and questions/*.yaml -> records. FORMAT.md says what a file looks like.

A text without a generator is filled with the worked numbers of its topic here; one with a
generator keeps its placeholders until it is asked.
"""

from __future__ import annotations

from dataclasses import replace

from content.course import CardSource, MistakeSource, QuestionSource
from content.entry import Entry
from content.reading import Reading, stem
from content.records import Card, Kind, Option

_FEWEST_OPTIONS, _MOST_OPTIONS = 3, 6
_MOST_DECIMALS = 6


def read_cards(reading: Reading, name: str, text: str) -> None:
    topic = stem(name)
    for entry in reading.entries(name, text):
        front, back = (reading.filled(entry, topic, entry.text(side)) for side in ("front", "back"))
        reading.cards.append(
            CardSource(Card(entry.id("id"), topic, front, back, entry.claims()), entry.ids("was"))
        )
        entry.finish()


def read_questions(reading: Reading, name: str, text: str) -> None:
    for entry in reading.entries(name, text):
        kind = entry.text("kind")
        if kind == Kind.NUMERIC.value:
            reading.questions.append(_numeric(entry, stem(name)))
        elif kind in (Kind.CHOICE.value, Kind.MULTIPLE.value):
            question = _with_options(entry, stem(name), Kind(kind))
            reading.questions.append(question if question.generator else _filled(reading, entry, question))
        else:
            entry.complain(f"kind is {kind!r}; it must be choice, multiple or numeric.")
            continue
        entry.finish()


def _filled(reading: Reading, entry: Entry, question: QuestionSource) -> QuestionSource:
    def filled(text: str) -> str:
        return reading.filled(entry, question.topic, text)

    options = tuple(replace(o, text=filled(o.text), why=filled(o.why)) for o in question.options)
    return replace(question, ask=filled(question.ask), solution=filled(question.solution), options=options)


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
        generator=entry.text("generator", needed=False),
        hint=entry.text("hint", needed=False),
        was=entry.ids("was"),
        errata=entry.errata(),
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
        errata=entry.errata(),
    )


def _mistake(entry: Entry) -> MistakeSource:
    mistake = MistakeSource(entry.text("value"), entry.text("why"))
    entry.finish()
    return mistake
