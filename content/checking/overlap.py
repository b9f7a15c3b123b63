"""No sentence is copied: no eight words in a row of the course stand so in the lecture notes.

Of the notes only hashes are shipped (notes.shingles: five bytes each, sorted), so that the course can
be checked without their text. Quotations are left out: `>` blocks and what stands in double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from content.checking.texts import all_texts
from content.course import Course, Problem
from content.markup import CODE, QUOTED, TARGET

WORDS = 8
_BYTES = 5
_MATHS = re.compile(r"\$\$.+?\$\$|\$(?:[^$\n]|\n(?![ \t]*\n))+?\$|\\\(.+?\\\)", re.DOTALL)
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_BREAK = " ¶ "


def shingles(text: str) -> Iterator[bytes]:
    """A hash of each row of eight words; formulas and blank lines part one row from the next."""
    return map(_hash, _rows(text))


def copies(course: Course) -> Iterator[Problem]:
    """Rows of eight words that stand in the lecture notes as well; the first of each text is told."""
    for file, item, text in all_texts(course):
        if found := copied(text):
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            yield Problem(
                file, item, f"“{found[0]}” stands so in the lecture notes{more}; say it in other words."
            )


def packed(hashes: Iterable[bytes]) -> bytes:
    """As notes.shingles holds them."""
    return b"".join(sorted(set(hashes)))


def copied(text: str) -> list[str]:
    """The rows of eight words in `text` that stand in the notes as well."""
    own = CODE.sub(_BREAK, TARGET.sub(" ", QUOTED.sub(_BREAK, text)))
    return [" ".join(row) for row in _rows(own) if _hash(row) in _known()]


def _rows(text: str) -> Iterator[list[str]]:
    broken = re.sub(r"\n\s*\n", _BREAK, _MATHS.sub(_BREAK, text)).lower()
    for stretch in broken.split("¶"):
        words = _WORD.findall(stretch)
        for start in range(len(words) - WORDS + 1):
            yield words[start : start + WORDS]


def _hash(words: list[str]) -> bytes:
    return blake2b(" ".join(words).encode(), digest_size=_BYTES).digest()


@cache
def _known() -> frozenset[bytes]:
    data = (files("content") / "checking" / "notes.shingles").read_bytes()
    return frozenset(data[at : at + _BYTES] for at in range(0, len(data), _BYTES))
