"""Hit: what the search has found, as it crosses the border to the window. Knows no bank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that the search has found.

    Attributes:
        kind: "note", "unit", "card", "question", "term", "formula" or "diagram".
        id: of the thing itself.
        topic: its topic; for a unit page, the unit.
        title: one line of plain text.
        text: all it says, as one line of plain text, maths in Unicode.
        words: what of it was asked for, in small letters.
    """

    kind: str
    id: str
    topic: str
    title: str
    text: str = field(repr=False)
    words: re.Pattern[str] = field(repr=False)

    @property
    def snippet(self) -> str:
        """The piece of `text` around the match; each matching word stands between "\\x02" and "\\x03".

        Cut when it is asked for: most hits of a search are never shown.
        """
        from content.search_snippet import snippet  # the window starts without it

        return snippet(self.text, self.words)
