"""The course as it is written, before any number is drawn: frozen records of one read of the files.

Knows neither files nor bank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from content.diagram import Diagram
from content.flat import flat
from content.placeholders import Values
from content.records import Card, Kind, Option, SheetFormula, Term, Topic, Unit


@dataclass(frozen=True, slots=True)
class CardSource:
    """A card, and the ids that it had before."""

    card: Card
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MistakeSource:
    """`value` names a number of the generator; `why` may hold placeholders."""

    value: str
    why: str


@dataclass(frozen=True, slots=True)
class QuestionSource:
    """A question with its placeholders. The fields are those of FORMAT.md.

    Attributes:
        decimals: how many the student types; None for a whole number.
        tolerance: absolute; None for the default that FORMAT.md gives.
    """

    id: str
    topic: str
    kind: Kind
    ask: str
    solution: str
    claims: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    generator: str = ""
    wants: str = ""
    decimals: int | None = None
    tolerance: float | None = None
    unit: str = ""
    hint: str = ""
    mistakes: tuple[MistakeSource, ...] = ()
    was: tuple[str, ...] = ()
    errata: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Retired:
    """An id that has left the course on purpose; `folder` is the one it stood in, "units" for a unit."""

    folder: str
    id: str


@dataclass(frozen=True, slots=True)
class Course:
    """All of it, each part in the order it is shown in.

    Attributes:
        asides: formulas of notes that are held as those of the sheet are, and do not stand on it.
        numbers: topic id -> the numbers of its head.
        raw: topic id -> its Markdown as written, with placeholders and claim markers.
        lines: (file, id) -> the line where the item begins; of a note also (file, "") where its text
            begins, and (file, "needs:") where the topics that it needs stand.
        sources: file -> its text.
        unread: files that are not what their name says, so that what they hold is missing here.
    """

    topics: tuple[Topic, ...]
    cards: tuple[CardSource, ...]
    questions: tuple[QuestionSource, ...]
    units: tuple[Unit, ...] = ()
    terms: tuple[Term, ...] = ()
    formulas: tuple[SheetFormula, ...] = ()
    asides: tuple[SheetFormula, ...] = ()
    diagrams: tuple[Diagram, ...] = ()
    retired: tuple[Retired, ...] = ()
    numbers: Mapping[str, Values] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file; `item` is an id, or empty when the whole file is meant; `line` 0 is none."""

    file: str
    item: str
    sentence: str
    line: int = 0

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.item}: {self.sentence}" if self.item else f"{where}: {self.sentence}"


def question_data(source: QuestionSource) -> dict[str, Any]:
    """As plain lists and mappings, for JSON."""
    parts = {name: [flat(part) for part in getattr(source, name)] for name in ("options", "mistakes")}
    return {**flat(source), **parts, "kind": source.kind.value}


def question_from(data: Mapping[str, Any]) -> QuestionSource:
    """The inverse of `question_data`, also after a trip through JSON."""
    known = {**data, "kind": Kind(data["kind"])}
    known["options"] = tuple(Option(**option) for option in data["options"])
    known["mistakes"] = tuple(MistakeSource(**mistake) for mistake in data["mistakes"])
    for name in ("claims", "was", "errata"):
        known[name] = tuple(data.get(name, ()))
    return QuestionSource(**known)
