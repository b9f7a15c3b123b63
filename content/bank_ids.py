"""Which ids a bank knows, and the file where each stood last, told from what the bank holds."""

from __future__ import annotations

from sqlalchemy import Connection, select

from content.course_files import UNITS
from content.lasting import Id
from content.models import card, piece, question, topic

_PIECES = {"unit": "units", "term": "glossary", "formula": "formulas", "diagram": "diagrams"}


def known(connection: Connection) -> dict[Id, str]:
    """Every id that is not retired yet -> its file. A labelling card goes with its picture."""
    topics = connection.execute(select(topic.c.id).where(topic.c.retired.is_(False))).scalars()
    found = {("topics", item): f"topics/{item}.md" for item in topics}
    asked = select(card.c.id, card.c.topic).where(card.c.retired.is_(False), card.c.diagram == "")
    found |= {("cards", row.id): f"cards/{row.topic}.yaml" for row in connection.execute(asked)}
    asked = select(question.c.id, question.c.topic).where(question.c.retired.is_(False))
    found |= {("questions", row.id): f"questions/{row.topic}.yaml" for row in connection.execute(asked)}
    unit = piece.c.data["unit"].as_string()  # of a term or a formula; a picture has a file of its own
    for row in connection.execute(select(piece.c.kind, piece.c.id, unit.label("unit"))):
        folder = _PIECES[row.kind]
        found[folder, row.id] = UNITS if folder == "units" else f"{folder}/{row.unit or row.id}.yaml"
    return found
