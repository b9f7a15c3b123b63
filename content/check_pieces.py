"""What must hold between unit pages, glossary, formula sheet, diagrams and all the links of a course.

Quick; runs before every load. Returns problems and raises nothing. Knows no bank.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from content.course import Course, Problem
from content.macros import unknown_in_maths, unpaired_in_maths
from content.records import SheetFormula
from content.worked.reading import WorkedError, read_equation

_LINK = re.compile(r"\]\((topic|unit|term|formulas|diagram|lab):([^)\s]*)\)")
_WHAT = {
    "topic": "topic",
    "unit": "unit",
    "term": "term of the glossary",
    "formulas": "unit",
    "diagram": "diagram",
    "lab": "preset of the Lab",
}
_DERIVE = ("recurrence:", "code:", "gradient:", "compare:")

Texts = list[tuple[str, str, str]]


def pieces(course: Course) -> Iterator[Problem]:
    """Problems of what is neither topic nor card nor question."""
    yield from _pages(course)
    yield from _terms(course)
    yield from _formulas(course)
    yield from _diagrams(course)
    for topic in course.topics:
        for target in topic.derive:
            if not target.startswith(_DERIVE):
                yield Problem(
                    f"topics/{topic.id}.md", topic.id, f"derive {target!r} begins with none of {_DERIVE}."
                )


def links(course: Course, texts: Texts) -> Iterator[Problem]:
    """Links of `texts` that lead nowhere."""
    known = _targets(course)
    for file, item, text in texts:
        for kind, target in _LINK.findall(text):
            if target not in known[kind]:
                line = line_of(course, file, item, f"({kind}:{target})")
                yield Problem(file, item, f"links to {target!r}, which is no {_WHAT[kind]}.", line)


def line_of(course: Course, file: str, item: str, words: str) -> int:
    """The line where `words` stand in a note or in an item of a list; 0 for words that are not there."""
    if (file, "") in course.lines:
        before, found, _ = course.raw.get(item, "").partition(words)
        return course.lines[file, ""] + before.count("\n") if found else 0
    begins = sorted(line for (of, _), line in course.lines.items() if of == file)
    first = course.lines.get((file, item), 0)
    behind = next((line for line in begins if line > first), None)
    lines = course.sources.get(file, "").split("\n")[first - 1 : behind and behind - 1] if first else []
    before, found, _ = "\n".join(lines).partition(words)
    return first + before.count("\n") if found else 0


def place_of(course: Course, file: str, item: str) -> str:
    """FILE:LINE of an item, as far as it is known."""
    line = course.lines.get((file, item), 0)
    return f"{file}:{line}" if line else file


def texts_of_pieces(course: Course) -> Texts:
    """(file, id, Markdown) of unit pages, glossary and formula sheet."""
    found = [(f"units/{unit.id}.md", unit.id, unit.body) for unit in course.units]
    found += [(f"glossary/{term.unit}.yaml", term.id, term.says) for term in course.terms]
    for formula in course.formulas:
        found += [
            (f"formulas/{formula.unit}.yaml", formula.id, text) for text in (formula.where, formula.note)
        ]
    return found


def _targets(course: Course) -> Mapping[str, Collection[str]]:
    from engine.presets import PRESETS

    units = {topic.unit for topic in course.topics}
    return {
        "topic": {topic.id for topic in course.topics},
        "unit": units,
        "term": {term.id for term in course.terms},
        "formulas": units,
        "diagram": {diagram.id for diagram in course.diagrams},
        "lab": {preset.id for preset in PRESETS},
    }


def _pages(course: Course) -> Iterator[Problem]:
    """Either no unit of the course has a page, or each one that is shown."""
    shown = {topic.unit for topic in course.topics}
    if any(unit.body for unit in course.units):
        for unit in course.units:
            if unit.id in shown and not unit.body.strip():
                yield Problem(f"units/{unit.id}.md", unit.id, "has no page, but other units have; write one.")


def _terms(course: Course) -> Iterator[Problem]:
    topics = {topic.id for topic in course.topics}
    ids: dict[str, str] = {}
    forms: dict[str, str] = {}
    for term in course.terms:
        file = f"glossary/{term.unit}.yaml"
        if ids.get(term.id, file) != file:
            place = place_of(course, ids[term.id], term.id)
            yield Problem(file, term.id, f"this id is also used in {place}.")
        ids[term.id] = file
        if term.topic not in topics:
            yield Problem(file, term.id, f"topic {term.topic!r} does not exist.")
        for form in dict.fromkeys((term.term, *term.also)):
            key = form if form.isupper() else form.casefold()
            if forms.get(key, term.id) != term.id:
                yield Problem(file, term.id, f"{form!r} is already explained by {forms[key]!r}.")
            forms[key] = term.id


def _formulas(course: Course) -> Iterator[Problem]:
    topics = {topic.id for topic in course.topics}
    claims = {claim for topic in course.topics for claim in topic.claims}
    ids: dict[str, str] = {}
    for formula in (*course.formulas, *course.asides):
        file = f"formulas/{formula.unit}.yaml"
        if ids.get(formula.id, file) != file:
            place = place_of(course, ids[formula.id], formula.id)
            yield Problem(file, formula.id, f"this id is also used in {place}.")
        ids[formula.id] = file
        if formula.topic not in topics:
            yield Problem(file, formula.id, f"topic {formula.topic!r} does not exist.")
        for claim in formula.claims:
            if claim not in claims:
                yield Problem(file, formula.id, f"claim {claim!r} is in no topic's head.")
        for sentence in _unreadable(formula):
            yield Problem(file, formula.id, sentence)
        for sentence in (*unknown_in_maths(formula.latex), *unpaired_in_maths(formula.latex)):
            yield Problem(file, formula.id, sentence)


def _unreadable(formula: SheetFormula) -> Iterator[str]:
    """Equations that are none; whether one holds is proved elsewhere, as it takes longer."""
    for equation in formula.check:
        try:
            read_equation(equation)
        except WorkedError as error:
            yield f"{equation}: {error}"


def _diagrams(course: Course) -> Iterator[Problem]:
    topics = {topic.id for topic in course.topics}
    claims = {claim for topic in course.topics for claim in topic.claims}
    for diagram in course.diagrams:
        file = f"diagrams/{diagram.id}.yaml"
        for topic in diagram.topics:
            if topic not in topics:
                yield Problem(file, diagram.id, f"topic {topic!r} does not exist.")
        for claim in diagram.claims:
            if claim not in claims:
                yield Problem(file, diagram.id, f"claim {claim!r} is in no topic's head.")
