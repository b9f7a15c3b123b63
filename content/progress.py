"""How far one is: per topic, per day, in a row. Reads only."""

from __future__ import annotations

from itertools import count, takewhile
from typing import Any

from sqlalchemy import Connection, Select, func, select, union

from content.attempts import standings
from content.clock import Moment
from content.models import attempt, card, memory, review, topic
from content.quiz import Standing
from content.records import TopicProgress

KNOWN_STABILITY = 7.0  # days


def by_topic(connection: Connection) -> tuple[TopicProgress, ...]:
    """Every living topic, in the order of the course."""
    seen = func.count(memory.c.card)
    known = func.count().filter(memory.c.stability >= KNOWN_STABILITY)
    cards = (
        select(card.c.topic, func.count().label("cards"), seen.label("seen"), known.label("known"))
        .select_from(card)
        .join(memory, isouter=True)
        .where(card.c.retired.is_(False))
        .group_by(card.c.topic)
    )
    by_cards = {row.topic: row for row in connection.execute(cards)}
    asked: dict[str, list[Standing]] = {}
    for standing in standings(connection, None):
        asked.setdefault(standing.topic, []).append(standing)
    progress = []
    for row in connection.execute(living_topics()):
        own = by_cards.get(row.id)
        questions = asked.get(row.id, [])
        progress.append(
            TopicProgress(
                topic=row.id,
                title=row.title,
                unit=row.unit,
                unit_title=row.unit_title,
                cards=own.cards if own else 0,
                seen=own.seen if own else 0,
                known=own.known if own else 0,
                questions=len(questions),
                right=sum(standing.known for standing in questions),
            )
        )
    return tuple(progress)


def living_topics() -> Select[Any]:
    """The query of all topics of the course, in its order."""
    return select(topic).where(topic.c.retired.is_(False)).order_by(topic.c.place)


def history(connection: Connection, days: int, now: Moment) -> tuple[int, ...]:
    """Reviews on each of the last `days` study days, oldest first, today last."""
    first = now.study_day - days + 1
    query = (
        select(review.c.study_day, func.count().label("reviews"))
        .where(review.c.study_day.between(first, now.study_day))
        .group_by(review.c.study_day)
    )
    reviews = {row.study_day: int(row.reviews) for row in connection.execute(query)}
    return tuple(reviews.get(day, 0) for day in range(first, now.study_day + 1))


def streak(connection: Connection, now: Moment) -> int:
    """Study days in a row with a review or a quiz answer, up to today; today may still be empty."""
    days = union(select(review.c.study_day), select(attempt.c.study_day))
    active = {row.study_day for row in connection.execute(days)}
    last = now.study_day if now.study_day in active else now.study_day - 1
    return sum(1 for _ in takewhile(active.__contains__, count(last, -1)))
