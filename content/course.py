"""The course as it is written, before any number is drawn: frozen records of one read of the files.

Knows neither files nor bank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from content.records import Card, Kind, Option, Topic


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


@dataclass(frozen=True, slots=True)
class Course:
    """All of it, each part in the order it is shown in."""

    topics: tuple[Topic, ...]
    cards: tuple[CardSource, ...]
    questions: tuple[QuestionSource, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file; `item` is an id, or empty when the whole file is meant."""

    file: str
    item: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}: {self.item}: {self.sentence}" if self.item else f"{self.file}: {self.sentence}"


def question_data(source: QuestionSource) -> dict[str, Any]:
    """As plain lists and mappings, for JSON."""
    return {**asdict(source), "kind": source.kind.value}


def question_from(data: Mapping[str, Any]) -> QuestionSource:
    """The inverse of `question_data`, also after a trip through JSON."""
    known = {**data, "kind": Kind(data["kind"])}
    known["options"] = tuple(Option(**option) for option in data["options"])
    known["mistakes"] = tuple(MistakeSource(**mistake) for mistake in data["mistakes"])
    return QuestionSource(**{**known, "claims": tuple(data["claims"]), "was": tuple(data["was"])})
