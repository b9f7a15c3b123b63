"""Which card comes now, and how many wait. Reads only; the same bank and moment give the same card.

Order: learning cards whose minutes are over; reviews due today, longest overdue first and topics
mixed; new cards in the order of the course, up to the daily limit; then learning cards early,
rather than letting the learner wait.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, select, true

from content.clock import Moment
from content.models import card, memory, review, topic
from content.records import Card, Counts, Due, Memory, Phase
from content.reviews import memory_of
from content.scheduler import Scheduler

Topics = Collection[str] | None

_LEARNING = memory.c.phase.in_((Phase.LEARNING.value, Phase.RELEARNING.value))


def next_due(
    connection: Connection, scheduler: Scheduler, now: Moment, topics: Topics, new_per_day: int
) -> Due | None:
    """The card to show now; None when today's work is done. `topics` None means all."""
    row = (
        _first(connection, topics, and_(_LEARNING, memory.c.due_ms <= now.utc_ms), memory.c.due_ms)
        or _first(connection, topics, _due_review(now), memory.c.due_day, card.c.mix)
        or (_first_new(connection, topics) if _new_left(connection, now, new_per_day) else None)
        # No step is longer than the 20 minutes one may be early, unless the clock was put back.
        or _first(connection, topics, _LEARNING, memory.c.due_ms)
    )
    return None if row is None else _due(row, scheduler, now)


def counts(connection: Connection, now: Moment, topics: Topics, new_per_day: int) -> Counts:
    """What waits today."""
    learning = _count(connection, topics, _LEARNING)
    soonest = _among(select(func.min(memory.c.due_ms)), topics)
    return Counts(
        new=min(_count(connection, topics, memory.c.card.is_(None)), _new_left(connection, now, new_per_day)),
        learning=learning,
        review=_count(connection, topics, _due_review(now)),
        next_ms=connection.execute(soonest.where(_LEARNING, memory.c.due_ms > now.utc_ms)).scalar() or 0,
    )


def _due_review(now: Moment) -> ColumnElement[bool]:
    return and_(memory.c.phase == Phase.REVIEW.value, memory.c.due_day <= now.study_day)


def _new_left(connection: Connection, now: Moment, new_per_day: int) -> int:
    begun = select(func.count()).where(review.c.study_day == now.study_day, review.c.phase == Phase.NEW.value)
    return max(0, new_per_day - connection.execute(begun).scalar_one())


def _first_new(connection: Connection, topics: Topics) -> RowMapping | None:
    return _first(connection, topics, memory.c.card.is_(None), card.c.place)


def _first(
    connection: Connection, topics: Topics, where: ColumnElement[bool], *order: ColumnElement[Any]
) -> RowMapping | None:
    columns = select(card, memory, topic.c.title.label("topic_title"))
    query = _among(columns, topics).join(topic).where(where).order_by(*order, card.c.id).limit(1)
    return connection.execute(query).mappings().one_or_none()


def _count(connection: Connection, topics: Topics, where: ColumnElement[bool]) -> int:
    query = _among(select(func.count()), topics).where(where)
    return int(connection.execute(query).scalar_one())


def _among(query: Select[Any], topics: Topics) -> Select[Any]:
    """From the living cards, with their memory if they have one."""
    wanted = true() if topics is None else card.c.topic.in_(topics)
    return query.select_from(card).join(memory, isouter=True).where(card.c.retired.is_(False), wanted)


def _due(row: RowMapping, scheduler: Scheduler, now: Moment) -> Due:
    state = Memory() if row["phase"] is None else memory_of(row)
    shown = Card(row["id"], row["topic"], row["front"], row["back"], tuple(row["claims"]), row["diagram"])
    return Due(shown, row["topic_title"], state, scheduler.prospects(state, now))
