"""Answers to cards: one row per review, with the memory before and after it, and the way back.

Works inside the caller's transaction. Knows the scheduler and two tables.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from content.clock import Moment
from content.errors import UnknownItem
from content.models import card, memory, review, topic
from content.records import Memory, Phase, Rating
from content.scheduler import Scheduler


def memory_of(row: RowMapping | Mapping[str, Any]) -> Memory:
    """From a row of `memory`, or from the JSON kept with a review."""
    fields = {field.name: row[field.name] for field in dataclasses.fields(Memory)}
    return Memory(**{**fields, "phase": Phase(fields["phase"])})


def remembered(connection: Connection, card_id: str) -> Memory:
    """The memory of a card, fresh if it was never answered; UnknownItem if there is no such card."""
    query = select(card.c.id, memory).join_from(card, memory, isouter=True).where(card.c.id == card_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise UnknownItem("card", card_id)
    return Memory() if row["phase"] is None else memory_of(row)


def answer(
    connection: Connection,
    scheduler: Scheduler,
    card_id: str,
    rating: Rating,
    *,
    now: Moment,
    milliseconds: int,
) -> None:
    """Store the review and the new memory."""
    before = remembered(connection, card_id)
    after = scheduler.review(before, rating, now)
    connection.execute(
        insert(review).values(
            card=card_id,
            rating=int(rating),
            utc_ms=now.utc_ms,
            offset_minutes=now.offset_minutes,
            study_day=now.study_day,
            milliseconds=max(0, milliseconds),
            phase=before.phase.value,
            before=_plain(before),
            after=_plain(after),
        )
    )
    row = _plain(after)
    connection.execute(upsert(memory).values(card=card_id, **row).on_conflict_do_update(set_=row))


def take_back(connection: Connection) -> str | None:
    """Undo the last review: its row goes, the memory before it returns. The card's id, or None."""
    query = select(review).order_by(review.c.id.desc()).limit(1)
    last = connection.execute(query).mappings().one_or_none()
    if last is None:
        return None
    before = memory_of(last["before"])
    if before.phase is Phase.NEW:
        connection.execute(delete(memory).where(memory.c.card == last["card"]))
    else:
        connection.execute(update(memory).where(memory.c.card == last["card"]).values(_plain(before)))
    connection.execute(delete(review).where(review.c.id == last["id"]))
    return str(last["card"])


def last_in_words(connection: Connection) -> str:
    """What undo would take back: `“Good” on The forget gate`; empty if there is nothing."""
    query = select(review.c.rating, topic.c.title).join_from(review, card).join(topic)
    last = connection.execute(query.order_by(review.c.id.desc()).limit(1)).one_or_none()
    return "" if last is None else f"“{Rating(last.rating).name.capitalize()}” on {last.title}"


def _plain(state: Memory) -> dict[str, Any]:
    return {**dataclasses.asdict(state), "phase": state.phase.value}
