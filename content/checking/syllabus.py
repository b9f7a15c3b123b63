"""syllabus.yaml: the claims of the lecture notes, with verdicts and exam flags, and the pictures wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from content.course_files import parse_yaml

QUESTIONABLE = ("wrong", "imprecise", "illegible")
"""Verdicts that a note has to explain."""


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What the course has to cover.

    Attributes:
        verdicts: claim -> correct, imprecise, wrong or illegible.
        flagged: claims that the notes mark for the exam.
        diagrams: picture -> the topics whose notes show it.
        parts: picture -> the parts that it must have.
    """

    verdicts: Mapping[str, str]
    flagged: frozenset[str]
    diagrams: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def errata(self) -> tuple[str, ...]:
        """Claims that are wrong as printed."""
        return tuple(claim for claim, verdict in self.verdicts.items() if verdict == "wrong")


@cache
def syllabus() -> Syllabus:
    """The syllabus that comes with the course."""
    text = (files("content") / "checking" / "syllabus.yaml").read_text(encoding="utf-8")
    raw = parse_yaml(text)
    assert isinstance(raw, dict)  # noqa: S101 - our own file
    marks = {
        f"{topic}.{claim}": mark for topic, claims in raw["claims"].items() for claim, mark in claims.items()
    }
    return Syllabus(
        verdicts={claim: mark.split()[0] for claim, mark in marks.items()},
        flagged=frozenset(claim for claim, mark in marks.items() if len(mark.split()) > 1),
        diagrams={name: tuple(picture["topics"]) for name, picture in raw["diagrams"].items()},
        parts={name: tuple(picture["parts"]) for name, picture in raw["diagrams"].items()},
    )
