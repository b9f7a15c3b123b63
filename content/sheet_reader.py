"""glossary/*.yaml and formulas/*.yaml -> records. FORMAT.md says what a file looks like."""

from __future__ import annotations

from content.course import Problem
from content.course_files import UNITS
from content.entry import Entry
from content.reading import Reading, stem
from content.records import SheetFormula, Term

_LONGEST_DEFINITION = 300


def read_glossary(reading: Reading, name: str, text: str) -> None:
    unit = _unit(reading, name)
    for entry in reading.entries(name, text):
        term = Term(
            id=entry.id("id"),
            unit=unit,
            term=entry.text("term"),
            also=entry.texts("also"),
            says=entry.text("says"),
            topic=entry.id("topic"),
        )
        if len(term.says) > _LONGEST_DEFINITION:
            entry.complain(
                f"says has {len(term.says)} characters; at most {_LONGEST_DEFINITION} are allowed."
            )
        entry.finish()
        reading.terms.append(term)


def read_formulas(reading: Reading, name: str, text: str) -> None:
    unit = _unit(reading, name)
    for entry in reading.entries(name, text):
        aside = entry.flag("aside")
        formula = _formula(entry, unit, aside)
        if bool(formula.letters or formula.equals or formula.check) == bool(formula.unchecked):
            entry.complain(
                "give `letters`, `equals` or `check` (and `draw`), or `unchecked` with the reason."
            )
        if "$" in formula.latex:
            entry.complain("latex stands without dollars.")
        entry.finish()
        (reading.asides if aside else reading.formulas).append(formula)


def _formula(entry: Entry, unit: str, aside: bool) -> SheetFormula:
    """An aside needs no more than its topic: what its letters mean stands in the note."""
    return SheetFormula(
        id=entry.id("id"),
        unit=unit,
        title="" if aside else entry.text("title"),
        latex=entry.text("latex"),
        where="" if aside else entry.text("where"),
        topic=entry.id("topic"),
        claims=() if aside else entry.claims(),
        note=entry.text("note", needed=False),
        draw=_pairs(entry, "draw"),
        letters=_pairs(entry, "letters"),
        equals=entry.text("equals", needed=False),
        unread=_pairs(entry, "unread"),
        check=entry.texts("check"),
        unchecked=entry.text("unchecked", needed=False),
    )


def _pairs(entry: Entry, name: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(value)) for key, value in entry.mapping(name).items())


def _unit(reading: Reading, name: str) -> str:
    unit = stem(name)
    if reading.lacks(unit):
        reading.problems.append(Problem(name, "", f"unit {unit!r} is not in {UNITS}."))
    return unit
