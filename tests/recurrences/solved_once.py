"""Each recurrence solved and reported once for all tests: nothing of either can be changed."""

from __future__ import annotations

from functools import cache

from engine.recurrences.answers import answer, solutions_of
from engine.recurrences.solution import Solution
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.parser import parse_recurrence
from engine.symbolic.report import Report


@cache
def report(text: str) -> Report:
    found = answer(RecurrenceJob(text))
    assert isinstance(found, Report), found
    return found


@cache
def each_solved(text: str) -> tuple[Solution, ...]:
    """By each method, the best first; lines unchecked."""
    return solutions_of(parse_recurrence(text))[1]


def solved(text: str) -> Solution:
    return each_solved(text)[0]
