"""The page of a unit as a text: its summary, then its topics. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from content.records import Topic, Unit
from studyapp.reading.text import Text, plain


def unit_text(unit: Unit, topics: Sequence[Topic], read: Collection[str]) -> Text:
    """`topics` are all of the course; `read` are ids."""
    mine = [topic for topic in topics if topic.unit == unit.id]
    rows = [
        f"{number}. [{plain(t.title)}](topic:{t.id}): {t.summary}{' ✓' if t.id in read else ''}"
        for number, t in enumerate(mine, 1)
    ]
    parts = [unit.body.strip(), "## The notes of this unit", "\n".join(rows)]
    return Text("\n\n".join(part for part in parts if part) + "\n", count=len(mine))
