"""The formula sheet as a text, on screen and on paper: unit by unit, with how each was checked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.plain_text import spoken
from content.records import SheetFormula, Topic, Unit
from studyapp.reading.text import Lines, Text, has_words, plain

_CHECKED = "✓\N{NO-BREAK SPACE}checked"


def sheet(
    formulas: Sequence[SheetFormula],
    units: Sequence[Unit],
    topics: Mapping[str, Topic],
    words: str = "",
    only: str = "",
    on_paper: bool = False,
) -> Text:
    """The formulas in which each of `words` occurs, of the unit `only` where it is given.

    On paper there are no links, and no word on how a formula was checked.
    """
    lines = Lines()
    for unit in units:
        if only and unit.id != only:
            continue
        mine = [f for f in formulas if f.unit == unit.id and has_words(_found_by(f, unit, topics), words)]
        if mine and not only:  # else the unit is named above the page
            lines.heading(2, plain(unit.title), unit.id)
        for formula in mine:
            lines.heading(3, plain(formula.title), formula.id)
            lines.add(f"$$\n{formula.latex.strip()}\n$$")
            lines.add(formula.where.strip())
            lines.add(f"*{formula.note.strip()}*" if formula.note and on_paper else formula.note)
            if not on_paper:
                lines.add(_foot(formula, topics.get(formula.topic)))
            lines.counted()
    return lines.text()


def _found_by(formula: SheetFormula, unit: Unit, topics: Mapping[str, Topic]) -> str:
    topic = topics[formula.topic].title if formula.topic in topics else ""
    maths = f"{formula.latex} {spoken(formula.latex)}"
    return f"{unit.title} {topic} {formula.title} {maths} {formula.where} {formula.note}"


def _foot(formula: SheetFormula, topic: Topic | None) -> str:
    parts = [f"[{plain(topic.title)}](topic:{topic.id})"] if topic is not None else []
    parts.append(f"[Copy LaTeX](copy:{formula.id})")
    parts.append(f"[{'not checked' if formula.unchecked else _CHECKED}](check:{formula.id})")
    return " · ".join(parts)


def checked(formula: SheetFormula) -> str:
    """What the formula was checked against, Markdown."""
    if formula.unchecked:
        return f"There is nothing to compute here: {formula.unchecked.rstrip('.')}."
    meanings = [f"- ${letter}$: `{_line(code)}`" for letter, code in formula.letters]
    meanings += [f"- all of it: `{_line(formula.equals)}`"] if formula.equals else []
    further = [f"- `{_line(equation)}`" for equation in formula.check]
    unread = [f"- ${said}$: {why}" for said, why in formula.unread]
    listed = (
        ("Computed as it is printed, at 8 random draws; the sides agree to 10⁻⁹, where", meanings),
        ("Computed both ways at 8 random draws, agreeing to 10⁻⁹:", further),
        ("Not computed:", unread),
    )
    return "\n\n".join(f"{heading}\n\n" + "\n".join(lines) for heading, lines in listed if lines)


def _line(code: str) -> str:
    return " ".join(code.split())
