"""Every derivation that a note of the course links to is solved, and each of its lines holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.symbolic.dispatch import solve
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.report import Report, Status

TOPICS = Path(__file__).resolve().parents[2] / "content" / "topics"
LINKED = sorted(
    {
        text
        for note in TOPICS.glob("*.md")
        for text in re.findall(r"\(<derive:([^>]+)>\)", note.read_text("utf-8"))
    }
)


def test_there_are_some() -> None:
    assert len(LINKED) >= 5


@pytest.mark.parametrize("text", LINKED)
def test_it_is_proven(text: str) -> None:
    answer = solve(RecurrenceJob(text))
    assert isinstance(answer, Report), answer
    assert answer.status is Status.PROVEN
    assert all(line.check is None or line.check.ok for line in answer.lines)
    assert all(way.ok for way in answer.agreements)
