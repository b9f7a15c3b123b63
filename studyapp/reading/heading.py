"""What stands above each text: title, what it builds on, and where its buttons lead. Knows no widget."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from content.records import Topic, TopicProgress, Unit
from engine.errors import ConfigError
from studyapp.reading import place
from studyapp.reading.links import presets_for, way
from studyapp.reading.special import BY_KEY

Ways = Sequence[tuple[str, str]]
"""(address, words) pairs."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a text.

    Attributes:
        unit: (address, title) of what it belongs to.
        needs: links to what is to be read first.
        state: how far it has come, a sentence.
        lab, derive, more: where its buttons lead.
        test: what the button to its questions says; empty for none.
        read: whether it is marked as read; None where there is nothing to read and review.
    """

    unit: tuple[str, str]
    title: str
    summary: str
    needs: Ways = ()
    state: str = ""
    lab: Ways = ()
    derive: Ways = ()
    more: Ways = ()
    test: str = ""
    read: bool | None = None


EXAM = {
    "": "",
    "must": "The lecture notes mark it as important for the exam.",
    "slide": "The lecture notes point at a slide for it.",
}


def of_topic(
    topic: Topic, topics: Mapping[str, Topic], progress: TopicProgress | None, read: Collection[str]
) -> Heading:
    """Above a note."""
    state = ""
    if progress is not None:
        cards = f"{progress.known} of {progress.cards} cards known"
        state = f"{cards}, {progress.right} of {progress.questions} questions right."
    state = f"{EXAM[topic.exam]} {state}".strip()
    return Heading(
        (f"unit:{topic.unit}", topic.unit_title),
        topic.title,
        topic.summary,
        needs=[(f"topic:{need}", topics[need].title) for need in topic.needs if need in topics],
        state=state,
        lab=[(f"lab:{preset.id}", preset.title) for preset in presets_for(topic.id)],
        derive=_derivations(topic.derive),
        test="Test me on this page",
        read=topic.id in read,
    )


def of_unit(
    unit: Unit, topics: Sequence[Topic], progress: Sequence[TopicProgress], read: Collection[str]
) -> Heading:
    """Above the page of a unit."""
    mine = {topic.id for topic in topics if topic.unit == unit.id}
    known = sum(p.known for p in progress if p.topic in mine)
    cards = sum(p.cards for p in progress if p.topic in mine)
    state = f"{len(mine & set(read))} of {len(mine)} notes read, {known} of {cards} cards known."
    return Heading(
        ("contents:", "Contents"),
        unit.title,
        "The unit on one page.",
        state=state,
        test="Quiz this unit",
        more=[(f"formulas:{unit.id}", "The formulas of this unit")],
    )


def of_unit_sheet(unit: Unit) -> Heading:
    """Above the formulas of one unit."""
    title = f"{BY_KEY[place.SHEET].title}: {unit.title}"
    return Heading(
        ("formulas:", "All formulas"), title, "Every formula of this unit, with each of its symbols."
    )


def of_special(page: str, count: int) -> Heading:
    """Above one of the special pages, which has so many things."""
    special = BY_KEY[page]
    summary = f"{special.summary.format(count=count)} {special.explained}".strip()
    return Heading(("", ""), special.title, summary)


def _derivations(targets: Sequence[str]) -> list[tuple[str, str]]:
    """Those that can be read; a test sees that all can."""
    found = []
    for target in targets:
        try:
            found.append((target, way(target).words))
        except ConfigError:
            continue
    return found
