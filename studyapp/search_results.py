"""What the search has found, as lines of the palette: by kind, that of the best hit first. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from content.search_hit import Hit
from studyapp.reading.place import ReadingPlace
from studyapp.reading.special import PAGES
from studyapp.widgets.palette import Entry

EMPTY = (
    "Type a word, a part of one, or a formula's letters: forget, backprop, σ, \\sigma, W_f. "
    "Type > for commands."
)
NOTHING = (
    "Nothing in the course has any of these words. The beginning of a word is enough: “vanish” finds "
    "vanishing."
)
ANY = "↑ ↓ to move, Enter to open, Esc to close. What has all the words comes first."

_KINDS: Mapping[str, tuple[str, str]] = {  # kind -> heading, icon
    "note": ("Notes", "book-open"),
    "term": ("Glossary", "book-a"),
    "formula": ("Formulas", "sigma"),
    "diagram": ("Diagrams", "shapes"),
    "unit": ("Units", "notebook-text"),
    "card": ("Cards", "layers"),
    "question": ("Questions", "list-checks"),
}
_PAGES = "Pages"
_MOST_OF_A_KIND = 5
_MATCH = re.compile("\x02(.+?)\x03")


def by_kind(hits: Sequence[Hit], titles: Mapping[str, tuple[str, str]]) -> tuple[Entry, ...]:
    """`titles` are (title, unit) of each topic."""
    there = [hit.kind for hit in hits if hit.kind in _KINDS]
    kinds = dict.fromkeys([*there[:1], *(kind for kind in _KINDS if kind in there)])
    found: list[Entry] = []
    for kind in kinds:
        mine = [hit for hit in hits if hit.kind == kind]
        found += [_entry(hit, titles, len(mine)) for hit in mine[:_MOST_OF_A_KIND]]
    return tuple(found)


def special_pages(text: str) -> tuple[Entry, ...]:
    """The special pages of the notes that one asks for so: "errata", "what must I know"."""
    return tuple(
        Entry(_PAGES, page.icon, page.title, page.tip, "Notes", ReadingPlace(page.key))
        for page in PAGES
        if page.answers(text)
    )


def matched(hit: Hit) -> str:
    """The first words that matched, to be found again in the text; empty for none."""
    found = _MATCH.search(hit.snippet)
    return found[1] if found else ""


def _entry(hit: Hit, titles: Mapping[str, tuple[str, str]], count: int) -> Entry:
    group, icon = _KINDS[hit.kind]
    if count > _MOST_OF_A_KIND:
        group = f"{group}: the best {_MOST_OF_A_KIND} of {count}"
    topic, unit = titles.get(hit.topic, ("", ""))
    side = unit if hit.kind in ("note", "card", "question") else topic
    return Entry(group, icon, hit.title, hit.snippet, side, hit)
