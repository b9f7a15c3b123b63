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
        formula = _formula(entry, unit)
        if bool(formula.check) == bool(formula.unchecked):
            entry.complain("give either `check` (and `draw`), or `unchecked` with the reason.")
        if "$" in formula.latex:
            entry.complain("latex stands without dollars.")
        entry.finish()
        reading.formulas.append(formula)


def _formula(entry: Entry, unit: str) -> SheetFormula:
    return SheetFormula(
        id=entry.id("id"),
        unit=unit,
        title=entry.text("title"),
        latex=entry.text("latex"),
        where=entry.text("where"),
        topic=entry.id("topic"),
        claims=entry.claims(),
        note=entry.text("note", needed=False),
        draw=tuple((name, str(kind)) for name, kind in entry.mapping("draw").items()),
        check=entry.texts("check"),
        unchecked=entry.text("unchecked", needed=False),
    )


def _unit(reading: Reading, name: str) -> str:
    unit = stem(name)
    if unit not in reading.units:
        reading.problems.append(Problem(name, "", f"unit {unit!r} is not in {UNITS}."))
    return unit
