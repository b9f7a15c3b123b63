"""The course's files -> the bank. All or nothing, safe to run twice; what was learnt survives every edit.

A changed text keeps its history, a renamed id takes it along, an item that retired.yaml lists is
retired and comes back with all of it; an id that is gone without a word is refused. When no file
has changed this costs one comparison and no YAML.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.resources.abc import Traversable
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, func, insert, select, update

from content.bank_ids import known
from content.course import CardSource, Course, Problem, QuestionSource, question_data
from content.course_files import course_files, fingerprint, shipped_course
from content.diagram import diagram_data
from content.errors import CourseError
from content.flat import flat
from content.lasting import vanished
from content.models import attempt, card, memory, meta, piece, question, review, topic
from content.records import LoadSummary, Topic
from content.search_index import fill_index
from content.seeds import keyed

_READER = "5"  # to be raised when the same files would be read differently
_MOST_TOLD = 5
_LONGEST_TOLD = 1000  # letters
_KEY = "course"

Row = dict[str, Any]
Files = list[tuple[str, bytes]]


@dataclass
class _Tally:
    """What happened to which id."""

    details: dict[str, str] = field(default_factory=dict)

    def count(self, deed: str) -> int:
        return sum(done.startswith(deed) for done in self.details.values())


def read_files(folder: Traversable | None = None) -> Files:
    """Every course file, by default of the course that comes with the app. Raises CourseError."""
    return list(course_files(folder or shipped_course()))


def read_course(folder: Traversable | None = None) -> Course:
    """The course, read and checked. Raises CourseError naming files and ids."""
    return _checked(read_files(folder))


def is_loaded(connection: Connection, files: Files) -> bool:
    """Whether the bank holds exactly these files."""
    kept = connection.execute(select(meta.c.value).where(meta.c.key == _KEY)).scalar()
    return kept == fingerprint(files, _READER)


def summary(connection: Connection, details: Mapping[str, str] | None = None) -> LoadSummary:
    """What the bank holds now, and what was just done to it."""
    tally = _Tally(dict(details or {}))
    topics, cards, questions = (
        connection.execute(select(func.count()).where(table.c.retired.is_(False))).scalar_one()
        for table in (topic, card, question)
    )
    return LoadSummary(
        topics=topics,
        cards=cards,
        questions=questions,
        added=tally.count("added"),
        changed=tally.count("changed"),
        retired=tally.count("retired"),
        returned=tally.count("returned"),
        details=tally.details,
    )


def load(connection: Connection, files: Files) -> LoadSummary:
    """Bring the bank to the course in `files`, in the caller's transaction.

    Raises CourseError before anything is written.
    """
    with _nothing_collected():
        return _loaded(connection, files)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Python's collector would walk all that is being read again and again, and find nothing to throw away:
    a tenth of the time of a first load.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _loaded(connection: Connection, files: Files) -> LoadSummary:
    course = _checked(files)
    _refuse(vanished(known(connection), course), " If a newer StudyApp has written this bank, use that one.")
    tally = _Tally()
    _rename(connection, card, _renames((s.card.id, s.was) for s in course.cards), (memory, review), tally)
    _rename(connection, question, _renames((q.id, q.was) for q in course.questions), (attempt,), tally)
    _bring(connection, topic, [_topic_row(t, place) for place, t in enumerate(course.topics)], tally)
    _bring(connection, card, [_card_row(s, place) for place, s in enumerate(course.cards)], tally)
    _bring(connection, question, [_question_row(q, place) for place, q in enumerate(course.questions)], tally)
    _replace_pieces(connection, course)
    fill_index(connection, course)
    connection.execute(delete(meta).where(meta.c.key == _KEY))
    connection.execute(insert(meta).values(key=_KEY, value=fingerprint(files, _READER)))
    return summary(connection, tally.details)


def _checked(files: Files) -> Course:
    from content import course_reader  # the readers are only wanted when a file has changed
    from content.check import between

    course, problems = course_reader.read_course(files)
    _refuse(problems or between(course))
    return course


def _refuse(problems: list[Problem], way_out: str = "") -> None:
    if problems:
        more = f" (and {len(problems) - _MOST_TOLD} more)" if len(problems) > _MOST_TOLD else ""
        told = (_cut(str(problem)) for problem in problems[:_MOST_TOLD])
        raise CourseError("; ".join(told) + more + way_out)


def _cut(sentence: str) -> str:
    """A sentence quotes what stands in the file, however long that is."""
    return sentence if len(sentence) <= _LONGEST_TOLD else f"{sentence[:_LONGEST_TOLD]} …"


def _replace_pieces(connection: Connection, course: Course) -> None:
    """Nothing that was learnt hangs on these, so they are written anew."""
    kinds: dict[str, list[tuple[str, Row]]] = {
        "unit": [(unit.id, flat(unit)) for unit in course.units],
        "term": [(term.id, flat(term)) for term in course.terms],
        "formula": [(formula.id, flat(formula)) for formula in course.formulas],
        "diagram": [(diagram.id, diagram_data(diagram)) for diagram in course.diagrams],
    }
    connection.execute(delete(piece))
    for kind, rows in kinds.items():
        values = [
            {"kind": kind, "id": item, "place": place, "data": data}
            for place, (item, data) in enumerate(rows)
        ]
        if values:
            connection.execute(insert(piece), values)


def _topic_row(source: Topic, place: int) -> Row:
    return _hashed(flat(source), place)


def _card_row(source: CardSource, place: int) -> Row:
    return {**_hashed(flat(source.card), place), "mix": keyed(source.card.id)}


def _question_row(source: QuestionSource, place: int) -> Row:
    return _hashed({"id": source.id, "topic": source.topic, "data": question_data(source)}, place)


def _hashed(row: Row, place: int) -> Row:
    """The hash is of what a learner sees; the place among the others is not part of it."""
    text = json.dumps(row, sort_keys=True, ensure_ascii=False)
    return {**row, "hash": blake2b(text.encode(), digest_size=16).hexdigest(), "place": place}


def _bring(connection: Connection, table: Table, rows: list[Row], tally: _Tally) -> None:
    """Insert, update and retire until `table` says what `rows` say."""
    columns = select(table.c.id, table.c.hash, table.c.place, table.c.retired)
    known = {row.id: row for row in connection.execute(columns)}
    added = [row for row in rows if row["id"] not in known]
    if added:
        connection.execute(insert(table), added)
    for row in rows:
        old = known.pop(row["id"], None)
        if old is None:
            tally.details.setdefault(row["id"], "added")
        elif (old.hash, old.place, old.retired) != (row["hash"], row["place"], False):
            connection.execute(update(table).where(table.c.id == old.id).values({**row, "retired": False}))
            if old.retired:
                tally.details[old.id] = "returned"
            elif old.hash != row["hash"]:
                tally.details.setdefault(old.id, "changed")
    for old in known.values():
        if not old.retired:
            connection.execute(update(table).where(table.c.id == old.id).values(retired=True))
            tally.details[old.id] = "retired"


def _renames(sources: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """old id -> new id"""
    return {old: new for new, was in sources for old in was}


def _rename(
    connection: Connection, table: Table, renames: dict[str, str], histories: tuple[Table, ...], tally: _Tally
) -> None:
    """Give old rows their new id; history follows by itself. A new row without history gives way."""
    known = set(connection.execute(select(table.c.id)).scalars())
    for old, new in renames.items():
        if old not in known or (new in known and _has_history(connection, table, new, histories)):
            continue
        connection.execute(delete(table).where(table.c.id == new))
        connection.execute(update(table).where(table.c.id == old).values(id=new))
        known = known - {old} | {new}
        tally.details[new] = f"renamed from {old}"


def _has_history(connection: Connection, table: Table, item: str, histories: tuple[Table, ...]) -> bool:
    return any(
        connection.execute(select(exists().where(history.c[table.name] == item))).scalar_one()
        for history in histories
    )
