"""Where the words of the glossary stand in a note: the first place of each, in plain text only. Pure.

Nothing is marked in formulas, code, headings, links, pictures and quotations, nor a word that the note
itself is about. Works on the Markdown as it is written; knows no Qt and no bank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from content.records import Term

ADDRESS = "term:"
"""What the address of a link to a glossary entry begins with."""

_SILENT = re.compile(
    r"""
    ^(?P<fence>[ ]{0,3}(?:```+|~~~+)).*?(?:^(?P=fence)[ `~]*$|\Z)   # a block of code
    | ^[ ]{0,3}\#{1,6}[ ][^\n]*                                      # a heading
    | ^[ ]{0,3}>[^\n]*(?:\n(?![ ]*$)[^\n]+)*                         # a quotation, as far as its paragraph
    | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)                     # code in a line
    | \$\$.+?\$\$ | (?<!\\)\$(?:\\.|[^$\\])+\$                       # formulas
    | !?\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])  # links, pictures
    | <[A-Za-z][^>\s]*> | \\.
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]+")
_ATTACHED = re.compile(r"[\w-]")  # beside a place: it is only part of a word


@dataclass(frozen=True, slots=True)
class Place:
    """The characters `start` up to `end` of a Markdown text are a form of the term with this id."""

    start: int
    end: int
    term: str


class Glossary:
    """All written forms of all terms, ready to be looked for; made once for a course."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._forms: dict[str, list[_Form]] = {}
        for term in terms:
            for written in (term.term, *term.also):
                form = _form(written, term)
                if form is not None:
                    self._forms.setdefault(form.words[0], []).append(form)
        for forms in self._forms.values():
            forms.sort(key=lambda form: -len(form.words))  # the longest first

    def places(self, markdown: str, topic: str = "") -> tuple[Place, ...]:
        """The first place of each term, from top to bottom; `topic` is the note's own."""
        found: dict[str, Place] = {}
        for start, end in _spoken(markdown):
            for place in self._within(markdown, start, end, topic):
                found.setdefault(place.term, place)
        return tuple(sorted(found.values(), key=lambda place: place.start))

    def marked(self, markdown: str, topic: str = "") -> str:
        """The text with a link `term:ID` around each of these places."""
        pieces, done = [], 0
        for place in self.places(markdown, topic):
            words = markdown[place.start : place.end]
            pieces += [markdown[done : place.start], f"[{words}]({ADDRESS}{place.term})"]
            done = place.end
        return "".join([*pieces, markdown[done:]])

    def _within(self, text: str, start: int, end: int, topic: str) -> Iterator[Place]:
        """Every place in a stretch of plain text; none lies in another."""
        words = list(_WORD.finditer(text, start, end))
        number = 0
        while number < len(words):
            form = next(
                (
                    each
                    for each in self._forms.get(words[number][0].casefold(), ())
                    if each.fits(text, words[number:])
                ),
                None,
            )
            if form is None:
                number += 1
                continue
            last = words[number + len(form.words) - 1]
            if form.topic != topic:
                yield Place(words[number].start(), last.end(), form.term)
            number += len(form.words)


@dataclass(frozen=True, slots=True)
class _Form:
    """One written form: its words in small letters, and as it must stand where capitals matter."""

    words: tuple[str, ...]
    exact: str
    term: str
    topic: str

    def fits(self, text: str, words: list[re.Match[str]]) -> bool:
        """Whether the words of a text begin with this form, and none of them is part of a longer one."""
        mine = words[: len(self.words)]
        if len(mine) < len(self.words) or any(
            w[0].casefold() != own for w, own in zip(mine, self.words, strict=True)
        ):
            return False
        first, last = mine[0].start(), mine[-1].end()
        if any(not _joins(text[a.end() : b.start()]) for a, b in pairwise(mine)):
            return False
        if self.exact and " ".join(w[0] for w in mine) != self.exact:
            return False
        return not (_ATTACHED.match(text[first - 1 : first]) or _ATTACHED.match(text[last : last + 1]))


def _form(written: str, term: Term) -> _Form | None:
    words = _WORD.findall(written)
    if not words:
        return None
    shouted = " ".join(words)
    exact = shouted if len(shouted) > 1 and shouted.isupper() else ""
    return _Form(tuple(word.casefold() for word in words), exact, term.id, term.topic)


def _joins(between: str) -> bool:
    """Whether what stands between two words leaves them one expression: a space, a line's end, a hyphen."""
    return between in ("-", "/", "'", "’") or (between.isspace() and between.count("\n") <= 1)


def _spoken(markdown: str) -> Iterator[tuple[int, int]]:
    """The stretches of plain text, from top to bottom."""
    at = 0
    for silent in _SILENT.finditer(markdown):
        if silent.start() > at:
            yield at, silent.start()
        at = silent.end()
    if at < len(markdown):
        yield at, len(markdown)
