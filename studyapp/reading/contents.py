"""The table of contents as a text: what to read next, then every unit and topic with how far one is. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from content.records import Topic, TopicProgress
from studyapp.reading.text import Lines, Text, plain

_NEXT = 3  # proposals


def contents(
    topics: Sequence[Topic],
    progress: Mapping[str, TopicProgress],
    read: Collection[str],
) -> Text:
    """`progress` by topic; `read` are ids of topics."""
    lines = Lines()
    _write_next(lines, topics, read)
    for unit in dict.fromkeys(topic.unit for topic in topics):
        mine = [topic for topic in topics if topic.unit == unit]
        lines.heading(2, plain(mine[0].unit_title), unit)
        lines.add(f"{_state(mine, progress, read)} [The unit on one page](unit:{unit})")
        lines.add("\n".join(_row(topic, progress.get(topic.id), read) for topic in mine))
        for _ in mine:
            lines.counted()
    return lines.text()


def next_to_read(topics: Sequence[Topic], read: Collection[str]) -> tuple[Topic, ...]:
    """Unread notes, those first whose forerunners are all read, in the order of the course."""
    unread = [topic for topic in topics if topic.id not in read]
    ready = [topic for topic in unread if all(need in read for need in topic.needs)]
    return tuple((ready or unread)[:_NEXT])


def _write_next(lines: Lines, topics: Sequence[Topic], read: Collection[str]) -> None:
    proposals = next_to_read(topics, read)
    done = sum(topic.id in read for topic in topics)
    lines.heading(2, "What to read next")
    if not proposals:
        lines.add(f"You have read all {len(topics)} notes. A quiz shows what has stayed.")
        return
    lines.add(f"You have read {done} of {len(topics)} notes.")
    lines.add("\n".join(f"- [{plain(t.title)}](topic:{t.id}): {t.summary}" for t in proposals))


def _state(mine: Sequence[Topic], progress: Mapping[str, TopicProgress], read: Collection[str]) -> str:
    known = sum(progress[t.id].known for t in mine if t.id in progress)
    cards = sum(progress[t.id].cards for t in mine if t.id in progress)
    return f"{sum(t.id in read for t in mine)} of {len(mine)} notes read, {known} of {cards} cards known."


def _row(topic: Topic, progress: TopicProgress | None, read: Collection[str]) -> str:
    done = " · ✓ read" if topic.id in read else ""
    exam = {"must": " · **for the exam**", "slide": " · on an exam slide"}.get(topic.exam, "")
    far = f" · {progress.known} of {progress.cards} cards known" if progress and progress.seen else ""
    return f"- [{plain(topic.title)}](topic:{topic.id}): {topic.summary}{exam}{done}{far}"
