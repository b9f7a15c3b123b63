"""topics/*.md and units/*.md -> records. Worked numbers are filled in, claim markers taken out.

FORMAT.md says what a file looks like. Knows no card.
"""

from __future__ import annotations

import re

from content.course import Problem
from content.course_files import UNITS, Unreadable, parse_yaml, split_head
from content.entry import Entry
from content.placeholders import Value
from content.reading import Reading, stem
from content.records import Topic, Unit

_LONGEST_SUMMARY = 160
EXAM = ("", "must", "slide")
CLAIM_MARK = re.compile(r"\[\^((?:[a-z0-9]+(?:-[a-z0-9]+)*\.)?c[0-9]+)\]")


def read_units(reading: Reading, name: str, text: str) -> None:
    for entry in reading.entries(name, text):
        unit = entry.id("id")
        reading.units[unit] = Unit(unit, entry.text("title"), entry.whole("order") or 0)
        entry.finish()


def read_unit_page(reading: Reading, name: str, text: str) -> None:
    unit = stem(name)
    if reading.lacks(unit):
        reading.problems.append(Problem(name, unit, f"unit {unit!r} is not in {UNITS}."))
    if not text.strip():
        reading.problems.append(Problem(name, unit, "there is no text."))
    reading.bodies[unit] = text.strip() + "\n"


def read_topic(reading: Reading, name: str, text: str) -> None:
    head, body = split_head(text)
    raw = parse_yaml(head, above=1)
    if not isinstance(raw, dict):
        raise Unreadable("the head must be `key: value` lines.")
    entry = Entry(raw, name, stem(name), reading.problems, above=1)
    reading.began(entry)
    if entry.id("id") not in ("", entry.item):
        entry.complain(f"the id is {raw['id']!r}; it must be the file's name, {entry.item!r}.")
    reading.raw[entry.item] = body
    reading.lines[name, ""] = text[: text.index(body.split("\n", 1)[0], len(head))].count("\n") + 1
    reading.lines[name, "needs:"] = _line_of(head, "needs:")
    reading.numbers[entry.item] = _numbers(reading, entry, head)
    topic = _topic(reading, entry, CLAIM_MARK.sub("", reading.filled(entry, entry.item, body)))
    entry.finish()
    _look_over(entry, topic)
    reading.topics.append(topic)


def _line_of(head: str, key: str) -> int:
    """In the file, whose first line is the `---` above the head; 0 when it is written otherwise."""
    return next((n for n, line in enumerate(head.split("\n"), 2) if line.startswith(key)), 0)


def _topic(reading: Reading, entry: Entry, body: str) -> Topic:
    unit = entry.id("unit")
    if unit and reading.lacks(unit):
        entry.complain(f"unit {unit!r} is not in {UNITS}.")
    known = reading.units.get(unit, Unit(unit, "", 0))
    return Topic(
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
        derive=entry.texts("derive"),
        exam=entry.text("exam", needed=False),
    )


def _numbers(reading: Reading, entry: Entry, head: str) -> dict[str, Value]:
    from content.worked.naming import named, printed
    from content.worked.reading import WorkedError

    try:
        return {name: printed(value) for name, value in named(entry.mapping("numbers")).items()}
    except WorkedError as error:
        line = _line_of(head, f"  {str(error).partition(':')[0]}:") or entry.line
        reading.problems.append(Problem(entry.file, entry.item, f"numbers: {error}", line))
        reading.uncounted.add(entry.item)
        return {}


def _look_over(entry: Entry, topic: Topic) -> None:
    if topic.exam not in EXAM:
        entry.complain(f"exam is {topic.exam!r}; it must be must or slide, or left out.")
    if topic.order < 1:
        entry.complain("order must be 1 or more.")
    if len(topic.summary) > _LONGEST_SUMMARY or "\n" in topic.summary:
        entry.complain(f"summary must be one line of at most {_LONGEST_SUMMARY} characters.")
    if not topic.body.strip():
        entry.complain("there is no text after the head.")
