"""Full-text search over the course: what is put into the index, and what a query finds.

SQLite's FTS5 does the work. A query is words; each may be the beginning of a word. What has all of them comes
first; where that is little, what has some of them follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text

from content.course import Course, QuestionSource
from content.plain_text import GREEK, plain, spoken
from content.records import Hit

MATCH = ("\x02", "\x03")
_LONGEST_QUERY = 200
_MOST_WORDS = 12
_FEW = 5
_WORD = re.compile(r"[\w]+")
_SPELT = re.compile(r"(?<=\w{3})(is|iz)(?=e|ing|ation)")  # normalise, normalize
_FILLERS = frozenset({
    "a", "an", "and", "are", "as", "at", "by", "do", "does", "for", "from", "how", "in", "is", "it", "its",
    "of", "on", "or", "the", "to", "use", "used", "versus", "vs", "what", "when", "which", "why", "with",
})  # fmt: skip
_NAMES = re.compile(r" \(|, |\)")  # those of a term: dense network (MLP, ANN)
_LETTERS = {letter: name for name, letter in GREEK.items() if not name.startswith("var")}

_FIND = text(
    "SELECT kind, id, topic, title, snippet(search, 4, :on, :off, '…', 16) AS snippet FROM search "
    "WHERE search MATCH :query "
    # The title of a card or question is its topic's: counted in full, all of them would precede the note.
    "ORDER BY bm25(search, 0, 0, 0, CASE WHEN kind IN ('card', 'question') THEN 0.5 ELSE 20.0 END, 1.0) "
    "+ CASE kind WHEN 'note' THEN -4 WHEN 'term' THEN -3 WHEN 'formula' THEN -1 ELSE 0 END, rowid LIMIT :most"
)
_PUT = "INSERT INTO search (kind, id, topic, title, body) VALUES (:kind, :id, :topic, :title, :body)"

Line = dict[str, str]


def fill_index(connection: Connection, course: Course) -> None:
    """Make the index say what `course` says, in the caller's transaction."""
    connection.exec_driver_sql("DELETE FROM search")
    connection.execute(text(_PUT), list(_lines(course)))


def find(connection: Connection, query: str, most: int) -> tuple[Hit, ...]:
    """The term of this name, then what has all the words of `query`, best first; behind fewer than five of
    these, what has some.
    """
    said = _words(query)
    words = [_any_form(word) for word in said]
    found: dict[tuple[str, str], Hit] = {}
    for between in (" AND ", " OR "):
        if words and len(found) < _FEW:
            asked = {"query": between.join(words), "on": MATCH[0], "off": MATCH[1], "most": most}
            for row in connection.execute(_FIND, asked):
                hit = Hit(row.kind, row.id, row.topic, row.title, row.snippet)
                found.setdefault((hit.kind, hit.id), hit)
    name = " ".join(said).lower()
    return tuple(sorted(found.values(), key=lambda hit: not _is_named(hit, name)))[:most]


def _is_named(hit: Hit, name: str) -> bool:
    return hit.kind == "term" and name in _NAMES.split(hit.title.lower())


def _words(query: str) -> list[str]:
    """The words that say something; all of them, if none does."""
    for letter, name in _LETTERS.items():
        query = query.replace(letter, f" {name} ")
    found = [word for word in _WORD.findall(query[:_LONGEST_QUERY]) if word.strip("_")]
    return ([word for word in found if word.lower() not in _FILLERS] or found)[:_MOST_WORDS]


def _any_form(word: str) -> str:
    """In FTS5's language, and nothing else gets through: the beginning of a word in quotes, its plural's s
    left out, in both spellings of -ise.
    """
    stem = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    other = _SPELT.sub(lambda ending: {"is": "iz", "iz": "is"}[ending[0]], stem.lower())
    forms = " OR ".join(f'"{form}"*' for form in dict.fromkeys((stem.lower(), other)))
    return f"({forms})"


def _lines(course: Course) -> Iterator[Line]:
    titles = {topic.id: topic.title for topic in course.topics}
    for topic in course.topics:
        yield _line("note", topic.id, topic.id, topic.title, f"{topic.summary} {topic.body}")
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
        yield _line("term", term.id, term.topic, title, " ".join((term.says, *term.also)))
    for formula in course.formulas:
        maths = f"{spoken(formula.latex)} {formula.where} {formula.note}"
        yield _line("formula", formula.id, formula.topic, formula.title, maths)
    for diagram in course.diagrams:
        parts = " ".join(f"{part.label} {part.says}" for part in diagram.parts)
        yield _line("diagram", diagram.id, diagram.topics[0], diagram.title, parts)


def _said(question: QuestionSource) -> str:
    return " ".join((question.ask, *(option.text for option in question.options), question.solution))


def _line(kind: str, item: str, topic: str, title: str, body: str) -> Line:
    return {"kind": kind, "id": item, "topic": topic, "title": title, "body": plain(body)}
