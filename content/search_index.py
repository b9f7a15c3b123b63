"""What of the course is put into the search index: a row for each thing, with the names it goes by.

Knows no query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from sqlalchemy import Connection

from content.course import CardSource, Course, QuestionSource
from content.diagram import Diagram
from content.plain_text import plain, spoken
from content.readable import readable, tied
from content.records import SheetFormula, Term, Topic
from content.search_table import BETWEEN_NAMES, KINDS, PLACES
from content.search_words import forget_index_words

_PUT = (
    "INSERT INTO search (rowid, kind, id, topic, title, names, body, shown) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_APART = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the index: `names` and `body` are what is looked for, `shown` is what a result shows."""

    kind: str
    id: str
    topic: str
    title: str
    names: str
    body: str
    shown: str


_COLUMNS = attrgetter(*(field.name for field in fields(_Line)))  # astuple would copy every text


def fill_index(connection: Connection, course: Course) -> None:
    """Make the index say what `course` says, in the caller's transaction."""
    forget_index_words(connection)
    connection.exec_driver_sql("DELETE FROM search")
    numbered = enumerate(_lines(course), 1)
    rows = [(KINDS[line.kind] * PLACES + place, *_COLUMNS(line)) for place, line in numbered]
    connection.exec_driver_sql(_PUT, rows)


def _lines(course: Course) -> Iterator[_Line]:
    titles = {topic.id: topic.title for topic in course.topics}
    yield from (_note(topic, course.terms) for topic in course.topics)
    yield from (_line("unit", unit.id, unit.id, unit.title, unit.body) for unit in course.units if unit.body)
    yield from (_card(source, titles.get(source.card.topic, "")) for source in course.cards)
    yield from (_question(question, titles.get(question.topic, "")) for question in course.questions)
    yield from (_term(term) for term in course.terms)
    yield from (_formula(formula, titles.get(formula.topic, "")) for formula in course.formulas)
    yield from (_diagram(diagram, titles.get(diagram.topics[0], "")) for diagram in course.diagrams)


def _note(topic: Topic, terms: Sequence[Term]) -> _Line:
    """It also goes by the terms it explains."""
    told = [name for term in terms if term.topic == topic.id for name in _names(term)]
    return _line("note", topic.id, topic.id, topic.title, f"{topic.summary}\n\n{topic.body}", told)


def _card(source: CardSource, title: str) -> _Line:
    card = source.card
    return _line("card", card.id, card.topic, title, f"{card.front}\n\n — {card.back}")


def _question(question: QuestionSource, title: str) -> _Line:
    options = " · ".join(option.text for option in question.options)
    said = "\n\n".join(part for part in (question.ask, options, question.solution) if part)
    return _line("question", question.id, question.topic, title, said)


def _term(term: Term) -> _Line:
    short = ", ".join(name for name in term.also if name.isupper())
    title = f"{term.term} ({short})" if short else term.term
    also = " ".join(term.also)
    return _line("term", term.id, term.topic, title, term.says, _names(term), also)


def _formula(formula: SheetFormula, title: str) -> _Line:
    """It goes by its note's title, as a diagram does."""
    says = ". ".join(part.strip().rstrip(".") for part in (formula.where, formula.note) if part)
    body, shown = plain(f"{spoken(formula.latex)} {says}"), f"{tied(formula.latex)} — {readable(says)}"
    return _Line("formula", formula.id, formula.topic, formula.title, title.lower(), body, shown)


def _diagram(diagram: Diagram, title: str) -> _Line:
    parts = "\n\n".join(f"{part.label}: {part.says}" for part in diagram.parts)
    return _line("diagram", diagram.id, diagram.topics[0], diagram.title, parts, [title])


def _names(term: Term) -> Sequence[str]:
    """With its first letters, as students write them: BoW, NMT."""
    words = [word for word in _APART.split(term.term) if word]
    return [term.term, *term.also, *(["".join(word[0] for word in words)] if len(words) > 1 else [])]


def _line(
    kind: str, item: str, topic: str, title: str, text: str, names: Sequence[str] = (), more: str = ""
) -> _Line:
    """`more` is found, but not shown."""
    called = BETWEEN_NAMES.join(names).lower()
    return _Line(kind, item, topic, title, called, plain(f"{text} {more}"), readable(text))
