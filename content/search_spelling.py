"""The forms under which the search index may know a word: its beginning, both spellings of -ise, written as
one word or as two, and, for a word that nothing begins with, the nearest ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import pairwise

from sqlalchemy import Connection

from content.search_words import index_words

_ISE = re.compile(r"(?<=\w{3})(is|iz)(?=e|ing|ation|$)")  # normalise, normalize
_ENDING = re.compile(r"(?<=\w{3}[^s])s$|(?<=\w{4})(?:ing|ed|e)$|(?<=\w{5})ation$")
_MOST_MENDED = 3  # each costs some milliseconds
_NEAR = 0.8  # one letter wrong or missing in five
_SHORTEST_JOINED = 5
_LONGEST_PHRASE = 3

_HAS = "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"


class Spelling:
    """Of one query."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = index_words(connection)
        self._mended = 0

    def together(self, words: Sequence[str]) -> Sequence[str]:
        """Symbols typed as one, which the index has so, are one phrase: `1 z` of `1-z`."""
        phrase = " ".join(words)
        symbols = 1 < len(words) <= _LONGEST_PHRASE and any(len(word) == 1 for word in words)
        return [phrase] if symbols and self._has(f'"{phrase}"') else words

    def forms(self, words: Sequence[str]) -> list[str]:
        """For each of `words`, in small letters, an expression of FTS5, which may find nothing.

        A single letter among other words is a symbol, not a beginning.
        """
        pairs = ["", *(self._pair(first + second) for first, second in pairwise(words)), ""]
        return [
            f'("{word}")' if len(word) == 1 < len(words) else self._forms(word, pairs[n : n + 2])
            for n, word in enumerate(words)
        ]

    def _forms(self, word: str, pairs: Sequence[str]) -> str:
        """`pairs`: the word joined with its neighbours, each empty if nothing begins so."""
        if " " in word:
            start = "*" if word[-2] != " " else ""
            return f'("{word}"{start} OR "{word.replace(" ", "")}"{start})'
        stem = _ENDING.sub("", word)
        other = _ISE.sub(lambda ending: {"is": "iz", "iz": "is"}[ending[0]], stem)
        spelt = dict.fromkeys((stem, other))
        found = [f'"{form}"*' for form in spelt if self._index.any_begins(form)] + self._apart(word)
        found = found or self._near(word) or [f'"{word}"*']
        found += [f'"{pair}"*' for pair in pairs if pair]
        return f"({' OR '.join(found)})"

    def _pair(self, joined: str) -> str:
        """`pixelrnn` of `pixel rnn`; empty if nothing begins so."""
        return joined if len(joined) >= _SHORTEST_JOINED and self._index.any_begins(joined) else ""

    def _apart(self, word: str) -> list[str]:
        """The name of something that is written as two words: `layer norm` of `layernorm`.

        Only FTS5 knows that `nórm` is `norm`.
        """
        cuts = [cut for cut in range(2, len(word) - 1) if word[:cut] in self._index]
        cuts = [cut for cut in cuts if self._index.any_begins(word[cut:]) or not word.isascii()]
        phrases = [f'"{word[:cut]}" + "{word[cut:]}"*' for cut in cuts]
        return [phrase for phrase in phrases if self._names(phrase)]

    def _names(self, phrase: str) -> bool:
        return self._has(f"{{title names}} : {phrase}")

    def _has(self, phrase: str) -> bool:
        return self._connection.exec_driver_sql(_HAS, (phrase,)).scalar() is not None

    def _near(self, word: str) -> list[str]:
        """The index's words with its letters swapped, else those most like it; of these the first letter is
        right, missing or one too many.
        """
        self._mended += 1
        if self._mended > _MOST_MENDED:
            return []
        words = [found for letter in dict.fromkeys(word[:2]) for found in self._index.beginning(letter)]
        swapped = [found for found in words if len(found) == len(word) and sorted(found) == sorted(word)]
        return [f'"{found}"' for found in swapped or get_close_matches(word, words, 2, _NEAR)]
