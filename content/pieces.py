"""What a bank holds besides topics, cards and questions: unit pages, glossary, formula sheet, diagrams.

Nothing that was learnt hangs on them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from content.diagram import Diagram, diagram_from
from content.models import piece, topic
from content.records import SheetFormula, Term, Unit


def units(connection: Connection) -> tuple[Unit, ...]:
    """Those that have topics."""
    living = set(connection.execute(select(topic.c.unit).where(topic.c.retired.is_(False))).scalars())
    return tuple(Unit(**data) for data in _data(connection, "unit") if data["id"] in living)


def terms(connection: Connection) -> tuple[Term, ...]:
    return tuple(Term(**{**data, "also": tuple(data["also"])}) for data in _data(connection, "term"))


def formulas(connection: Connection) -> tuple[SheetFormula, ...]:
    return tuple(_formula(data) for data in _data(connection, "formula"))


def diagrams(connection: Connection) -> tuple[Diagram, ...]:
    return tuple(diagram_from(data) for data in _data(connection, "diagram"))


def _formula(data: dict[str, Any]) -> SheetFormula:
    pairs = {name: tuple((key, value) for key, value in data[name]) for name in ("draw", "letters", "unread")}
    lists = {name: tuple(data[name]) for name in ("claims", "check")}
    return SheetFormula(**{**data, **lists, **pairs})


def _data(connection: Connection, kind: str) -> list[dict[str, Any]]:
    query = select(piece.c.data).where(piece.c.kind == kind).order_by(piece.c.place)
    return list(connection.execute(query).scalars())
