"""ReadingPlace: where one reads on the Notes page, as an address such as "unit:lstm". Knows no Qt, no page.

A bare id is a note, so that "forget-gate" and "topic:forget-gate" mean the same.
"""

from __future__ import annotations

from dataclasses import dataclass

NOTE, UNIT = "topic", "unit"
CONTENTS, SHEET, GLOSSARY, DIAGRAMS = "contents", "formulas", "glossary", "diagrams"
EXAM, PUT_RIGHT = "exam", "put-right"
_PARTS = {"term": GLOSSARY, "formula": SHEET, "diagram": DIAGRAMS}  # one thing on one of the special pages
SPECIAL = (CONTENTS, SHEET, GLOSSARY, DIAGRAMS, EXAM, PUT_RIGHT)


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """A page, and what to look at on it.

    Attributes:
        page: "topic", "unit", or one of `SPECIAL`.
        id: of the note or the unit; for "formulas" the unit whose formulas they are; else empty.
        item: id of the term, the formula or the diagram to show; else empty.
        words: a text to be found on it, and marked.
    """

    page: str
    id: str = ""
    item: str = ""
    words: str = ""

    @property
    def key(self) -> str:
        """The page by itself: "topic:forget-gate", "formulas:lstm" or "glossary"."""
        return f"{self.page}:{self.id}" if self.id else self.page

    @staticmethod
    def read(address: str) -> ReadingPlace | None:
        """The place of an address; None for one that does not lead to the Notes page."""
        kind, colon, rest = address.partition(":")
        if not colon:
            return ReadingPlace(address) if address in SPECIAL else ReadingPlace(NOTE, address)
        if kind in SPECIAL and not rest:
            return ReadingPlace(kind)
        if kind in _PARTS:
            return ReadingPlace(_PARTS[kind], item=rest)
        return ReadingPlace(kind, rest) if kind in (NOTE, UNIT, SHEET) else None
