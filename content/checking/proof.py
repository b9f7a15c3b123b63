"""Everything that can be proved about a course at once."""

from __future__ import annotations

from content.check import between, numbers
from content.checking.coverage import gaps
from content.checking.formulas import untrue
from content.checking.overlap import copies
from content.checking.reading_ease import hard
from content.checking.spelling import misspelt
from content.checking.structure import faults
from content.checking.syllabus import syllabus
from content.course import Course, Problem


def problems(course: Course) -> list[Problem]:
    """All that is wrong with a course whose files could be read, each once."""
    found = [
        *between(course),
        *numbers(course),
        *untrue(course),
        *gaps(course, syllabus()),
        *faults(course),
        *copies(course),
        *misspelt(course),
        *hard(course),
    ]
    return list(dict.fromkeys(found))
