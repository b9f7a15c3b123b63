"""Course files -> Course, and a list of everything that is wrong in them. FORMAT.md says what is right.

Looks at one entry at a time; what must hold between entries is in check.py. Knows no bank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from content.course import CardSource, Course, Problem
from content.course_files import FOLDERS, RETIRED, UNITS, Unreadable, decoded, parse_yaml
from content.diagram_reader import labelling_card, read_diagram
from content.entry import Entry
from content.question_reader import read_cards, read_questions
from content.reading import Reading, stem
from content.records import Card
from content.retired_reader import read_retired
from content.sheet_reader import read_formulas, read_glossary
from content.topic_reader import read_topic, read_unit_page, read_units

_ORDER = [UNITS, RETIRED, *(folder for folder, _ in FOLDERS)]


def _read_diagram(reading: Reading, name: str, text: str) -> None:
    raw = parse_yaml(text)
    if not isinstance(raw, dict):
        raise Unreadable("it must be `key: value` lines.")
    entry = Entry(raw, name, stem(name), reading.problems)
    reading.began(entry)
    diagram = read_diagram(entry)
    if diagram is not None:
        reading.diagrams.append(diagram)
        card = labelling_card(diagram)
        reading.cards.append(CardSource(card))
        reading.lines[name, card.id] = entry.line


_READERS: Mapping[str, Callable[[Reading, str, str], None]] = {
    UNITS: read_units,
    RETIRED: read_retired,
    "units": read_unit_page,
    "topics": read_topic,
    "diagrams": _read_diagram,
    "cards": read_cards,
    "questions": read_questions,
    "glossary": read_glossary,
    "formulas": read_formulas,
}


def read_course(course: list[tuple[str, bytes]]) -> tuple[Course, list[Problem]]:
    """(name, content) of all files -> the course. It is only fit for use when there is no problem."""
    reading = Reading()
    for name, content in sorted(course, key=lambda file: (_ORDER.index(_part(file[0])), file[0])):
        try:
            reading.sources[name] = decoded(content)
            _READERS[_part(name)](reading, name, reading.sources[name])
        except Unreadable as error:
            reading.problems.append(Problem(name, "", str(error), error.line))
            reading.unread.add(name)
    return _in_order(reading), reading.problems


def _part(name: str) -> str:
    """The folder of a file, or the file itself."""
    return name.partition("/")[0]


def _in_order(reading: Reading) -> Course:
    topics = sorted(reading.topics, key=lambda topic: (topic.unit_order, topic.order, topic.id))
    place = {topic.id: number for number, topic in enumerate(topics)}
    units = sorted(reading.units.values(), key=lambda unit: unit.order)
    unit_place = {unit.id: number for number, unit in enumerate(units)}
    last = len(place)
    return Course(
        topics=tuple(topics),
        cards=tuple(sorted(reading.cards, key=lambda source: _labels_last(source.card, place))),
        questions=tuple(sorted(reading.questions, key=lambda question: place.get(question.topic, last))),
        units=tuple(replace(unit, body=reading.bodies.get(unit.id, "")) for unit in units),
        terms=tuple(sorted(reading.terms, key=lambda term: term.term.casefold())),
        asides=tuple(reading.asides),
        formulas=tuple(sorted(reading.formulas, key=lambda formula: unit_place.get(formula.unit, last))),
        diagrams=tuple(sorted(reading.diagrams, key=lambda diagram: diagram.id)),
        retired=tuple(reading.retired),
        numbers=reading.numbers,
        raw=reading.raw,
        lines=reading.lines,
        sources=reading.sources,
        unread=frozenset(reading.unread),
    )


def _labels_last(card: Card, place: Mapping[str, int]) -> tuple[int, bool]:
    """Cards by topic; the picture after the words."""
    return place.get(card.topic, len(place)), bool(card.diagram)
