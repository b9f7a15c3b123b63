"""ReadingMemory: which notes were read, how far each page was scrolled, which units are folded.

What was read is part of what is learnt, and so in the bank; the rest is a setting. Knows no widget.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from content.errors import ContentError
from studyapp.settings import Settings
from studyapp.store import Store

_READ = "notes.read"
_MOST_PLACES = 300


class ReadingMemory:
    """Reads from the bank once it is open; writes at once what was read, the rest with `keep`."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        kept = settings.knobs("reading")
        self.folded = tuple(unit for unit in _strings(kept.get("folded")))
        self._places = {
            key: place for key, place in _table(kept.get("places")).items() if isinstance(place, int)
        }
        self._read: frozenset[str] | None = None

    @property
    def read(self) -> frozenset[str]:
        """Ids of the topics whose notes are marked as read."""
        if self._read is None and self._store.is_open:
            self._read = frozenset(_strings(_json(self._store.meta(_READ, "[]"))))
        return self._read or frozenset()

    def forget(self) -> None:
        """Another bank was opened."""
        self._read = None

    def mark(self, topic: str, read: bool) -> str:
        """Mark a note, or take the mark away; what went wrong, or nothing."""
        marked = self.read | {topic} if read else self.read - {topic}
        try:
            self._store.set_meta(_READ, json.dumps(sorted(marked)))
        except ContentError as error:
            return str(error)
        self._read = frozenset(marked)
        return ""

    def place(self, key: str) -> int:
        """The character at which a page was left; 0 at first."""
        return self._places.get(key, 0)

    def leave(self, key: str, place: int) -> None:
        """The page `key` is left at this character."""
        self._places.pop(key, None)
        if place > 0:
            self._places[key] = place
        while len(self._places) > _MOST_PLACES:
            del self._places[next(iter(self._places))]  # the one that was left longest ago

    def keep(self) -> None:
        """Write what is a setting."""
        self._settings.keep_knobs("reading", {"folded": list(self.folded), "places": self._places})

    def fold(self, folded: Collection[str]) -> None:
        """These units are folded now."""
        self.folded = tuple(folded)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _strings(found: object) -> list[str]:
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _table(found: object) -> dict[str, object]:
    return (
        {key: value for key, value in found.items() if isinstance(key, str)}
        if isinstance(found, dict)
        else {}
    )
