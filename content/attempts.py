"""Questions out of the bank, and what was answered to them.

Works inside the caller's transaction. Knows nothing of marking.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, insert, select, true

from content.clock import Moment
from content.course import question_from
from content.errors import UnknownItem
from content.models import attempt, question, topic
from content.quiz import Standing
from content.records import Mark, Question, Response
from content.variants import variant


def standings(connection: Connection, topics: Collection[str] | None) -> list[Standing]:
    """Every living question of the topics (None: all), in the order of the course."""
    tried = (
        select(attempt.c.question, func.count().label("tries"), func.max(attempt.c.id).label("last"))
        .group_by(attempt.c.question)
        .subquery()
    )
    query = (
        select(question.c.id, question.c.topic, tried.c.tries, tried.c.last, attempt.c.score)
        .select_from(question)
        .join(tried, tried.c.question == question.c.id, isouter=True)
        .join(attempt, attempt.c.id == tried.c.last, isouter=True)
        .where(question.c.retired.is_(False), true() if topics is None else question.c.topic.in_(topics))
        .order_by(question.c.place, question.c.id)
    )
    return [
        Standing(row.id, row.topic, row.tries or 0, row.score or 0.0, row.last or 0)
        for row in connection.execute(query)
    ]


def question_variant(connection: Connection, question_id: str, seed: int) -> Question:
    """Raises UnknownItem; a retired question can still be looked at."""
    query = (
        select(question.c.data, topic.c.title).join_from(question, topic).where(question.c.id == question_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownItem("question", question_id)
    return variant(question_from(row.data), row.title, seed)


def record(
    connection: Connection, asked: Question, response: Response, mark: Mark, *, now: Moment, milliseconds: int
) -> None:
    """Store one marked answer; Raises ValueError for a mark that is not valid, UnknownItem."""
    if not mark.valid:
        raise ValueError("an answer that could not be read is not stored")
    item_hash = connection.execute(select(question.c.hash).where(question.c.id == asked.id)).scalar()
    if item_hash is None:
        raise UnknownItem("question", asked.id)
    connection.execute(
        insert(attempt).values(
            question=asked.id,
            seed=asked.seed,
            item_hash=item_hash,
            response={"chosen": list(response.chosen), "text": response.text},
            score=mark.score,
            mistake=mark.mistake,
            utc_ms=now.utc_ms,
            offset_minutes=now.offset_minutes,
            study_day=now.study_day,
            milliseconds=max(0, milliseconds),
        )
    )
