"""The special pages of the notes, beside the notes themselves: how each is called, listed, found. Data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studyapp.reading import place

_LEAST = 4  # letters that one of the words must have: "in the" asks for no page


@dataclass(frozen=True, slots=True)
class SpecialPage:
    """One page.

    Attributes:
        key: of `place`. icon: a name in resources/icons.
        title, summary: stand above it; "{count}" in the summary is how many things it holds.
        tip: says in the list what it is for.
        filter: what its box to filter with says; empty for none.
        outlined: the deepest heading that is listed beside it.
        asked: in which words one may search for it, besides its title.
        explained: follows the summary, and stands on paper too: what one must know to read the page.
    """

    key: str
    icon: str
    title: str
    summary: str
    tip: str
    filter: str = ""
    outlined: int = 6
    asked: str = ""
    explained: str = ""

    def answers(self, text: str) -> bool:
        """Whether each of these words, or its beginning, is one of ours."""
        ours, words = _words(f"{self.title} {self.asked}"), _words(text)
        known = all(any(each.startswith(word) for each in ours) for word in words)
        return known and any(len(word) >= _LEAST for word in words)


PAGES = (
    SpecialPage(
        place.CONTENTS,
        "table-of-contents",
        "Contents",
        "Everything there is to read, and how far you are.",
        "All notes, and what to read next",
    ),
    SpecialPage(
        place.SHEET,
        "sigma",
        "Formula sheet",
        "Every formula of the course, unit by unit, with each of its symbols.",
        "Every formula, to filter, copy and print",
        "Filter the formulas",
        2,
    ),
    SpecialPage(
        place.GLOSSARY,
        "book-a",
        "Glossary",
        "Every word of the course in a sentence or two.",
        "Every word, alphabetically",
        "Filter the words",
        2,
    ),
    SpecialPage(
        place.DIAGRAMS,
        "shapes",
        "Diagrams",
        "Every picture of the course; click one to see it larger.",
        "Every picture of the course",
        "Filter the pictures",
    ),
    SpecialPage(
        place.EXAM,
        "graduation-cap",
        "In the exam",
        "What to know and to write on each of the {count} topics.",
        "What to know for the exam, topic by topic",
        "Filter what to know for the exam",
        2,
        "what must I have to know for exams what is important",
        "“Above” and “the first table” mean: in the note.",
    ),
    SpecialPage(
        place.PUT_RIGHT,
        "badge-check",
        "Put right",
        "{count} places where the lecture notes are wrong, unclear or incomplete, and what is right.",
        "What is wrong in the lecture notes, and what is right",
        "Filter what is put right",
        2,
        "what is wrong in the lecture notes mistakes errata corrections corrected",
        "“Above” means: in the note.",
    ),
)
BY_KEY = {page.key: page for page in PAGES}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
