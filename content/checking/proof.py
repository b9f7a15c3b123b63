"""Everything that can be proved about a course at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from content.check import between, numbers
from content.checking.chains import unequal
from content.checking.coverage import gaps
from content.checking.formulas import untrue
from content.checking.growths import untold
from content.checking.overlap import copies
from content.checking.reading_ease import hard
from content.checking.rendered import shipped, unset
from content.checking.shown import unheld
from content.checking.spelling import misspelt
from content.checking.stated import unproved
from content.checking.structure import faults
from content.checking.syllabus import syllabus
from content.checking.worked_example import uncomputed
from content.course import Course, Problem

_TOLD = re.compile(r"'([^']+)' is|([0-9.]+) is typed|[^“]*“([^ ”]+)")  # the words that a sentence is about


def problems(course: Course) -> list[Problem]:
    """All that is wrong with a course whose files could be read, each once, with its line if known."""
    found = [
        *between(course),
        *numbers(course),
        *untrue(course),
        *unset(course, shipped()),
        *unheld(course),
        *unproved(course),
        *untold(course),
        *unequal(course),
        *uncomputed(course),
        *gaps(course, syllabus()),
        *faults(course),
        *copies(course),
        *misspelt(course),
        *hard(course),
    ]
    return placed(course, found)


def placed(course: Course, found: Iterable[Problem]) -> list[Problem]:
    """Each problem once, with the line that it is about."""
    return list(dict.fromkeys(replace(problem, line=_line(course, problem)) for problem in found))


def _line(course: Course, problem: Problem) -> int:
    """Where the words stand that it is about, else where its item begins."""
    if problem.line:
        return problem.line
    told = _TOLD.match(problem.sentence)
    words = next(filter(None, told.groups()), "") if told else ""
    body, start = course.raw.get(problem.item, ""), course.lines.get((problem.file, ""), 0)
    place = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", body) if words and start else None
    if place:
        return start + body.count("\n", 0, place.start())
    return course.lines.get((problem.file, problem.item), 0)
