"""Every word of the course is in the word list, or among our own words.

english.txt.gz holds American and British spellings (SCOWL, Kevin Atkinson; see NOTICE there);
own_words.txt holds terms of the field and names, one a line.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from content.checking.texts import all_texts
from content.checking.words import prose
from content.course import Course, Problem
from content.markup import QUOTED

_WORD = re.compile(r"(?<![\w\\])[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)*(?![\w])")
_LONGEST_LETTERS = 1  # single letters are names of things
_LONGEST_SHORT = 5  # so are abbreviations in capitals


def misspelt(course: Course) -> Iterator[Problem]:
    """Words that neither list knows, each once a text. Quotations of the notes keep their spelling."""
    for file, item, text in all_texts(course):
        words = _WORD.findall(prose(QUOTED.sub(" ", text), tables=True))
        for word in dict.fromkeys(words):
            if not _known(word):
                yield Problem(
                    file, item, f"{word!r} is in no word list; mend it, or add it to own_words.txt."
                )


def _known(word: str) -> bool:
    bare = re.sub(r"['’](s|S|re|ve|ll|d|t)$", "", word)
    lists = _lists()
    if len(bare) <= _LONGEST_LETTERS or (bare.isupper() and len(bare) <= _LONGEST_SHORT):
        return True
    return bare in lists or bare.lower() in lists or word.lower() in lists


@cache
def _lists() -> frozenset[str]:
    folder = files("content") / "checking"
    english = gzip.decompress((folder / "english.txt.gz").read_bytes()).decode()
    own = (folder / "own_words.txt").read_text(encoding="utf-8")
    return frozenset(english.split()) | frozenset(own.split()) | frozenset(own.lower().split())
