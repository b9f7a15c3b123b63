"""Every line of the formula sheet holds: the formula written out = the engine, at random numbers."""

from __future__ import annotations

from collections.abc import Iterator

from content.course import Course, Problem
from content.records import SheetFormula
from content.worked.drawing import broken
from content.worked.reading import WorkedError


def untrue(course: Course) -> Iterator[Problem]:
    """Formulas whose check fails or cannot be read."""
    for formula in course.formulas:
        file = f"formulas/{formula.unit}.yaml"
        line = course.lines.get((file, formula.id), 0)
        for equation, sentence in _checked(formula):
            yield Problem(file, formula.id, f"{equation}: {sentence}", line)


def _checked(formula: SheetFormula) -> Iterator[tuple[str, str]]:
    for equation in formula.check:
        try:
            sentence = broken(formula.id, dict(formula.draw), equation)
        except WorkedError as error:
            sentence = str(error)
        if sentence:
            yield equation, sentence
