"""What of the course is put into the search index: a row for each thing, with the names it goes by.

Knows no query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

from content.course import Course, QuestionSource
from content.plain_text import plain, spoken
from content.records import Term
from content.search_table import BETWEEN_NAMES

_PUT = (
    "INSERT INTO search (kind, id, topic, title, names, body) "
    "VALUES (:kind, :id, :topic, :title, :names, :body)"
)
_APART = re.compile(r"[\W_]+")

Line = dict[str, str]


def fill_index(connection: Connection, course: Course) -> None:
    """Make the index say what `course` says, in the caller's transaction."""
    connection.exec_driver_sql("DELETE FROM search")
    connection.execute(text(_PUT), list(_lines(course)))


def _lines(course: Course) -> Iterator[Line]:
    """A note also goes by the terms it explains, a formula and a diagram by their note's title."""
    titles = {topic.id: topic.title for topic in course.topics}
    for topic in course.topics:
        told = [name for term in course.terms if term.topic == topic.id for name in _names(term)]
        yield _line("note", topic.id, topic.id, topic.title, f"{topic.summary} {topic.body}", told)
    for unit in course.units:
        if unit.body:
            yield _line("unit", unit.id, unit.id, unit.title, unit.body)
    for source in course.cards:
        card = source.card
        yield _line("card", card.id, card.topic, titles.get(card.topic, ""), f"{card.front} — {card.back}")
    for question in course.questions:
        yield _line("question", question.id, question.topic, titles.get(question.topic, ""), _said(question))
    for term in course.terms:
        short = ", ".join(name for name in term.also if name.isupper())
        title = f"{term.term} ({short})" if short else term.term
        yield _line("term", term.id, term.topic, title, " ".join((term.says, *term.also)), _names(term))
    for formula in course.formulas:
        maths, note = f"{spoken(formula.latex)} {formula.where} {formula.note}", titles.get(formula.topic, "")
        yield _line("formula", formula.id, formula.topic, formula.title, maths, [note])
    for diagram in course.diagrams:
        parts, topic_id = " ".join(f"{part.label} {part.says}" for part in diagram.parts), diagram.topics[0]
        yield _line("diagram", diagram.id, topic_id, diagram.title, parts, [titles.get(topic_id, "")])


def _names(term: Term) -> Sequence[str]:
    """With its first letters, as students write them: BoW, NMT."""
    words = [word for word in _APART.split(term.term) if word]
    return [term.term, *term.also, *(["".join(word[0] for word in words)] if len(words) > 1 else [])]


def _said(question: QuestionSource) -> str:
    return " ".join((question.ask, *(option.text for option in question.options), question.solution))


def _line(kind: str, item: str, topic: str, title: str, body: str, names: Sequence[str] = ()) -> Line:
    called = BETWEEN_NAMES.join(names).lower()
    return {"kind": kind, "id": item, "topic": topic, "title": title, "names": called, "body": plain(body)}
