"""A note has its sections in order and a readable length, and its numbers are computed, not typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.checking.coverage import NOTES_SAY, sections
from content.checking.words import prose
from content.course import Course, Problem

IDEA, EXAMPLE, EXAM, MISTAKES = "The idea", "Worked example", "In the exam", "Common mistakes"
_NEEDED = (IDEA, EXAMPLE, EXAM, MISTAKES)
_ORDER = (IDEA, EXAMPLE, EXAM, NOTES_SAY, MISTAKES)
_SHORTEST, _LONGEST = 150, 600  # words of a note
_SHORTEST_PAGE, _LONGEST_PAGE = 100, 450  # of a unit's page
_TYPED = re.compile(r"(?<![\w.])\d+\.\d{2,}(?![\w.])")
_DECIMAL = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")
_LEFT_OUT = re.compile(r"^>.*$|^(`{3,}).*?^\1|`[^`\n]+`|<<[^<>\n]*>>|\]\([^)]*\)", re.DOTALL | re.MULTILINE)


def faults(course: Course) -> Iterator[Problem]:
    """What is wrong with the build of notes and unit pages."""
    for topic, body in course.raw.items():
        file = f"topics/{topic}.md"
        for sentence in (*_sections(body), *_length(body, _SHORTEST, _LONGEST), *_numbers(body)):
            yield Problem(file, topic, sentence)
    for unit in course.units:
        if any(topic.unit == unit.id for topic in course.topics):
            for sentence in _length(unit.body, _SHORTEST_PAGE, _LONGEST_PAGE):
                yield Problem(f"units/{unit.id}.md", unit.id, sentence)


def _sections(body: str) -> Iterator[str]:
    headings = list(sections(body))
    for heading in _NEEDED:
        if heading not in headings:
            yield f"the section “{heading}” is missing."
    found = [heading for heading in headings if heading in _ORDER]
    if found != sorted(found, key=_ORDER.index):
        yield f"the sections stand as {', '.join(found)}; the order is {', '.join(_ORDER)}."


def _length(body: str, shortest: int, longest: int) -> Iterator[str]:
    count = len(re.findall(r"[A-Za-z][\w'’-]*", prose(body)))
    if not shortest <= count <= longest:
        yield f"has {count} words; {shortest} to {longest} are wanted."


def _numbers(body: str) -> Iterator[str]:
    """Decimals with two or more places come from `numbers`, whatever they are; in a worked example all do."""
    example = sections(body).get(EXAMPLE, "")
    found = [*_TYPED.findall(_LEFT_OUT.sub(" ", body)), *_DECIMAL.findall(_LEFT_OUT.sub(" ", example))]
    for typed in dict.fromkeys(found):
        yield f"{typed} is typed; give it a name under numbers and fill it in."
