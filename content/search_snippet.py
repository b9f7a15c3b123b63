"""The piece of a text that a search result shows: around what matched, marked, cut between words only.

Knows no bank and no Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from content.readable import TIED
from content.readable_maths import readable_maths
from content.readable_signs import SIGNS

MATCH = ("\x02", "\x03")
_MOST_PLACES = 5  # looked at
_BEFORE, _LONG = 28, 96  # letters
_FORM = re.compile(r'"([^"]*)"(\*?)')  # as search_spelling.py writes them


@lru_cache(maxsize=32)
def wanted(forms: str) -> re.Pattern[str]:
    """What finds the words of a query of FTS5 in a text in small letters."""
    found = sorted(set(_FORM.findall(forms)), key=lambda form: -len(form[0]))
    return re.compile("|".join(each for form, star in found for each in _patterns(form, star)))


def snippet(shown: str, words: re.Pattern[str]) -> str:
    """About a hundred letters of `shown`; its beginning where no word is found."""
    low = shown.lower()
    low = low if len(low) == len(shown) else shown
    first, last = _place(low, words)
    start = 0
    if first > _BEFORE:
        start = shown.find(" ", first - _BEFORE, first) + 1 or shown.rfind(" ", 0, first) + 1
    end = len(shown)
    if end > start + _LONG:
        end = shown.rfind(" ", start, start + _LONG)
        end = end if end >= last else shown.find(" ", last)
        end = end if end >= 0 else len(shown)
    marked = "".join(_marked(shown, low, words, start, end)).replace(TIED, " ")
    return f"{'…' if start else ''}{marked}{'…' if end < len(shown) else ''}"


def _place(low: str, words: re.Pattern[str]) -> tuple[int, int]:
    """The match that has the most different ones close behind it."""
    places = [
        (found.start(), found.end(), found[0][:4]) for found in islice(words.finditer(low), _MOST_PLACES)
    ]
    if not places:
        return 0, 0
    near = [
        len({word for start, _, word in places if 0 <= start - first < _LONG - _BEFORE})
        for first, _, _ in places
    ]
    first, last, _ = places[near.index(max(near))]
    return first, last


def _marked(shown: str, low: str, words: re.Pattern[str], start: int, end: int) -> Iterator[str]:
    at = start
    for found in words.finditer(low, start, end):
        yield shown[at : found.start()] + MATCH[0] + shown[found.start() : found.end()] + MATCH[1]
        at = found.end()
    yield shown[at:end]


def _patterns(form: str, star: str) -> Iterator[str]:
    """Of a word as it is written, with small letters below, and as a sign. The letter first: that is fast."""
    if "_ " in form:  # h_{t-1}: its letters below are words of the phrase
        form, star = "".join(form.split()[:2]), "*"
    written = {form, SIGNS.get(form, form)}
    if "_" in form[1:-1]:
        written.add(readable_maths(form))
    for word in written:
        parts = [re.escape(part) for part in word.split()]
        if parts:
            ending = r"[\w₋₊]*" if star else r"(?!\w)"
            yield rf"{parts[0]}(?<!\w{parts[0]})" + "".join(rf"\W+{part}" for part in parts[1:]) + ending
