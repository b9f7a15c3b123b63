"""What all notes say under one heading, gathered by unit and topic: nothing is written a second time. Pure.

Two pages are made so: what to know for the exam, and what the lecture notes say wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from content.markup import MATHS
from content.plain_text import plain as spoken
from content.records import Topic
from studyapp.reading.heading import EXAM
from studyapp.reading.text import Lines, Text, has_words, plain

IN_THE_EXAM, NOTES_SAY = "In the exam", "What the lecture notes say"
# How a section says itself that the lecture notes stress its topic.
_STRESSED = re.compile(
    r"\*\*Marked as |\bmarked with a slide|\bpoint(s|ed)? (out|at|to) [^.]*\bslide", re.IGNORECASE
)
_NEXT_QUOTE = re.compile(r"(?<=\n\n)(?=>)")

Marking = Callable[[str, str], str]
"""(text, id of its topic) -> the text with its words explained."""


def in_the_exam(topics: Sequence[Topic], words: str, mark: Marking | None) -> Text:
    """What each note says on the exam. Where nothing is explained, on paper, there are no links either."""
    lines = Lines()
    for unit, mine in _by_unit(topics):
        told = [topic for topic in mine if _exam(topic)]
        shown = [topic for topic in told if _is_found(topic, f"{EXAM[topic.exam]} {_exam(topic)}", words)]
        _unit(lines, unit, shown)
        for topic in shown:
            lines.heading(3, plain(topic.title), topic.id)
            lines.add(_exam(topic) if mark is None else mark(_exam(topic), topic.id))
            stressed = "" if _STRESSED.search(_exam(topic)) else EXAM[topic.exam]
            foot = ("" if mark is None else _ways(topic), stressed)
            lines.add(" · ".join(part for part in foot if part))
            lines.counted()
    return lines.text()


def put_right(topics: Sequence[Topic], words: str, mark: Marking | None) -> Text:
    """Each quotation of the lecture notes with what is right, as the notes have it; counted one by one."""
    lines = Lines()
    for unit, mine in _by_unit(topics):
        found = [
            (topic, [c for c in corrections(topic.body) if _is_found(topic, c, words)]) for topic in mine
        ]
        shown = [(topic, pieces) for topic, pieces in found if pieces]
        _unit(lines, unit, shown)
        for topic, pieces in shown:
            text = "\n\n".join(pieces)
            lines.heading(3, plain(topic.title), topic.id)
            lines.add(text if mark is None else mark(text, topic.id))
            lines.add("" if mark is None else _ways(topic))
            for _ in pieces:
                lines.counted()
    return lines.text()


def corrections(body: str) -> tuple[str, ...]:
    """What a note puts right, each piece with its quotation; what stands before the first belongs to it."""
    first, *others = _NEXT_QUOTE.split(section(body, NOTES_SAY))
    if others and not first.startswith(">"):
        first, others = first + others[0], others[1:]
    return tuple(piece.strip() for piece in (first, *others) if piece.strip())


def section(body: str, title: str) -> str:
    """What stands under this heading of a note; empty where it has none."""
    found = re.search(rf"^## {re.escape(title)}[ \t]*\n(.*?)(?=^## |\Z)", body, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def _exam(topic: Topic) -> str:
    return section(topic.body, IN_THE_EXAM)


def _ways(topic: Topic) -> str:
    """Where to go on from here."""
    return f"[Read the note](topic:{topic.id}) · [Test me on it](test:{topic.id})"


def _by_unit(topics: Sequence[Topic]) -> list[tuple[Topic, list[Topic]]]:
    """(one that names the unit, those of the unit), in the order of reading."""
    units: dict[str, list[Topic]] = {}
    for topic in topics:
        units.setdefault(topic.unit, []).append(topic)
    return [(mine[0], mine) for mine in units.values()]


def _unit(lines: Lines, unit: Topic, shown: Sequence[object]) -> None:
    if shown:
        lines.heading(2, plain(unit.unit_title), unit.unit)


def _is_found(topic: Topic, text: str, words: str) -> bool:
    maths = " ".join(formula[0] for formula in MATHS.finditer(text))
    return has_words(f"{topic.unit_title} {topic.title} {spoken(text)} {maths}", words)
