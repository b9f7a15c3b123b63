"""A query as a student types it -> what FTS5 is asked for, and the kind of thing that is wanted.

Nothing of the query gets through but words in quotes: the index's language is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from content.plain_text import GREEK
from content.search_spelling import Spelling

_LONGEST_QUERY = 200
_MOST_WORDS = 12
_WORD = re.compile(r"\w+")
_SIGN = re.compile(r"\s*([-+*/=<>^|−·×])\s*")
_FILLERS = frozenset({
    "a", "about", "all", "an", "and", "are", "as", "at", "be", "between", "by", "can", "do", "does",
    "explain", "for", "from", "has", "have", "how", "i", "if", "in", "is", "it", "its", "of", "on", "or",
    "should", "that", "the", "there", "this", "to", "use", "used", "versus", "vs", "what", "when", "where",
    "which", "why", "with", "you",
})  # fmt: skip
_SAYING = {
    "card": "card cards flashcard flashcards",
    "diagram": "diagram diagrams drawing figure picture pictures sketch",  # image: captioning has a note
    "formula": "equation equations formula formulae formulas",
    "question": "question questions quiz",
    "term": "define definition definitions meaning",
}
_KINDS = {word: kind for kind, words in _SAYING.items() for word in words.split()}
_LETTERS = {letter: name for name, letter in GREEK.items() if not name.startswith("var")}


@dataclass(frozen=True)
class Asked:
    """`some` and `every` in FTS5's language; `kind` of a Hit or empty; the thing's `names`, small letters."""

    some: str
    every: str
    kind: str
    names: frozenset[str]


def asked(connection: Connection, query: str) -> Asked | None:
    """None for a query without words. `connection` knows the words of the index."""
    spelling = Spelling(connection)
    said = [word for words in _words(query) for word in spelling.together(words)]
    if not said:
        return None
    wanted = [word for word in said if word not in _FILLERS] or said
    things = [word for word in wanted if word not in _KINDS]
    kind = next((_KINDS[word] for word in wanted if word in _KINDS), "") if things else ""
    words = (things or wanted)[:_MOST_WORDS]
    forms = spelling.forms(words)
    names = frozenset({" ".join(words), " ".join(word for word in said if not kind or word not in _KINDS)})
    return Asked(" OR ".join(forms), " AND ".join(forms), kind, names)


def _words(query: str) -> Iterator[list[str]]:
    """In small letters, Greek ones by name; by what is typed together: `1 - z`, `h_{t-1}`."""
    query = query[:_LONGEST_QUERY]
    for letter, name in _LETTERS.items():
        query = query.replace(letter, f" {name} ")
    for typed in _SIGN.sub(r"\1", query).split():
        yield [word.lower() for word in _WORD.findall(typed) if word.strip("_")]
