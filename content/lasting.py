"""Ids are for ever: one may only go when retired.yaml, or `was` of the item in its place, says so.

What stood in it once, by a bank or by the record of all ids, is held against the course. Knows neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from content.course import Course, Problem
from content.course_files import RETIRED, UNITS

Id = tuple[str, str]
"""The folder of a kind of item, and the item's id in it."""

WITH_WAS = ("cards", "questions")  # they share one set of ids
_MOST_TOLD = 5


def standing(course: Course) -> dict[Id, str]:
    """Every id of the course -> its file.

    A labelling card belongs to its picture and has no line here; an aside is never shown and may go.
    """
    cards = [source.card for source in course.cards if not source.card.diagram]
    return {
        **{("units", unit.id): UNITS for unit in course.units},
        **{("topics", topic.id): f"topics/{topic.id}.md" for topic in course.topics},
        **{("cards", card.id): f"cards/{card.topic}.yaml" for card in cards},
        **{("questions", q.id): f"questions/{q.topic}.yaml" for q in course.questions},
        **{("glossary", term.id): f"glossary/{term.unit}.yaml" for term in course.terms},
        **{("formulas", formula.id): f"formulas/{formula.unit}.yaml" for formula in course.formulas},
        **{("diagrams", diagram.id): f"diagrams/{diagram.id}.yaml" for diagram in course.diagrams},
    }


def vanished(once: Mapping[Id, str], course: Course) -> list[Problem]:
    """Ids that stood in the course once (-> the file of each) and are gone without a word, file by file."""
    retired = {(line.folder, line.id) for line in course.retired}
    accounted = {*standing(course), *_renamed(course), *retired}
    missing: dict[tuple[str, str], list[str]] = {}
    for (folder, item), file in once.items():
        if (folder, item) not in accounted:
            missing.setdefault((file, folder), []).append(item)
    return [_missing(file, folder, sorted(items)) for (file, folder), items in missing.items()]


def returned(course: Course) -> Iterator[Problem]:
    """Lines of retired.yaml about something that is there, or that `was` tells of as well."""
    live, renamed = standing(course), _renamed(course)
    for retired in course.retired:
        folders = WITH_WAS if retired.folder in WITH_WAS else (retired.folder,)
        for file in [live[folder, retired.id] for folder in folders if (folder, retired.id) in live]:
            yield Problem(
                RETIRED,
                retired.id,
                f"is listed here, but it stands in {file}. If it is the old one come back, take this line "
                "away; something new needs another id.",
            )
        for new in [renamed[folder, retired.id] for folder in folders if (folder, retired.id) in renamed]:
            yield Problem(RETIRED, retired.id, f"is listed here, but also under `was` of {new!r}; keep one.")


def _renamed(course: Course) -> dict[Id, str]:
    """Old id -> new id."""
    cards = {("cards", old): source.card.id for source in course.cards for old in source.was}
    return cards | {("questions", old): question.id for question in course.questions for old in question.was}


def _missing(file: str, folder: str, items: list[str]) -> Problem:
    more = f" and {len(items) - _MOST_TOLD} more" if len(items) > _MOST_TOLD else ""
    are_gone, them = ("is gone", "it") if len(items) == 1 else ("are gone", "them")
    or_was = ", or under `was` of what took its place" if folder in WITH_WAS else ""
    return Problem(
        file,
        ", ".join(items[:_MOST_TOLD]) + more,
        f"stood here and {are_gone} without a word; bring {them} back, or list {them} under `{folder}` "
        f"in {RETIRED}{or_was}.",
    )
