"""All pictures of the course as a text, each with its parts and its notes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.diagram import Diagram
from content.records import Topic
from studyapp.reading.text import Lines, Text, has_words, plain

_HINT = "Rest the mouse on a part, or walk there with Tab: it says what it is."


def gallery(diagrams: Sequence[Diagram], topics: Mapping[str, Topic], words: str = "") -> Text:
    """The pictures in whose title, parts or topics each of `words` occurs, in the order of the course."""
    lines = Lines()
    places = {topic: number for number, topic in enumerate(topics)}
    for diagram in sorted(diagrams, key=lambda d: (places.get(d.topics[0], len(places)), d.id)):
        if not has_words(_found_by(diagram, topics), words):
            continue
        lines.heading(2, plain(diagram.title), diagram.id)
        lines.add(f"![{_HINT}](diagram:{diagram.id})")
        where = [f"[{plain(topics[t].title)}](topic:{t})" for t in diagram.topics if t in topics]
        lines.add("In " + ", ".join(where) + "." if where else "")
        lines.counted()
    return lines.text()


def _found_by(diagram: Diagram, topics: Mapping[str, Topic]) -> str:
    parts = " ".join(f"{part.label} {part.says}" for part in diagram.parts)
    return f"{diagram.title} {parts} {' '.join(topics[t].title for t in diagram.topics if t in topics)}"
