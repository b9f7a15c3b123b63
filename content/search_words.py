"""The words that a bank's search index has, in memory: a search asks about them a dozen times.

Knows no query.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sqlalchemy import Connection

_KEPT = "search words"
_BEHIND = "\U0010ffff"  # no word goes on with it


class IndexWords:
    """All words of one index."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = sorted(words)
        self._known = frozenset(words)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def any_begins(self, start: str) -> bool:
        """Whether a word begins so."""
        at = bisect_left(self._words, start)
        return at < len(self._words) and self._words[at].startswith(start)

    def beginning(self, start: str) -> Sequence[str]:
        """The words that begin so, by the alphabet."""
        return self._words[bisect_left(self._words, start) : bisect_left(self._words, start + _BEHIND)]


def index_words(connection: Connection) -> IndexWords:
    """Read once for each open file. Makes a temporary table on `connection`."""
    kept = connection.info.get(_KEPT)
    if isinstance(kept, IndexWords):
        return kept
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab('main', 'search', 'row')"
    )
    words = connection.exec_driver_sql("SELECT term FROM temp.search_words").scalars().all()
    connection.info[_KEPT] = found = IndexWords(words)
    return found


def forget_index_words(connection: Connection) -> None:
    """To be called when the index changes."""
    connection.info.pop(_KEPT, None)
