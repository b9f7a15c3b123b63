"""A typed line of one job as trees, with ≤ as well as =, and with sides that do not fit each other.

Knows the student's text and the job's way of writing; compares nothing.
"""

from __future__ import annotations

import re

from engine.derivations.programs import program
from engine.errors import FormulaError
from engine.symbolic.jobs import GradientJob
from engine.working.typed import Equation, Vocabulary, read, vocabulary
from engine.working.typed_rows import joined

_BOUND = re.compile(r"≤|<=|⩽|\\leqslant|\\leq?(?![A-Za-z])")


def names(job: GradientJob) -> Vocabulary:
    """What things are called in a line of this job."""
    return vocabulary(program(job), job.steps, job.rows)


def as_equation(text: str) -> tuple[str, str]:
    """The text in one row with an equals sign for ≤, as long as before; and which of the two it had.

    Raises FormulaError: several lines.
    """
    text = joined(text)
    found = _BOUND.search(text)
    if found is None:
        return text, "="
    return f"{text[: found.start()]}{'=':<{len(found.group())}}{text[found.end() :]}", "≤"


def understood(job: GradientJob, text: str) -> Equation:
    """What `text` says. Raises FormulaError."""
    return read(text, names(job))


def loosely(job: GradientJob, text: str) -> Equation:
    """What `text` says, also where the shapes of its two sides differ. Raises FormulaError."""
    try:
        return understood(job, text)
    except FormulaError:
        return _side_by_side(job, text)


def _side_by_side(job: GradientJob, text: str) -> Equation:
    """Each side read alone."""
    known, place = names(job), _equals(text)
    if place is None:
        raise FormulaError("There is no equals sign.", text, 0)
    left, right = (read(side, known) for side in (text[:place], text[place + 1 :]))
    if left.left is not None or right.left is not None:
        raise FormulaError("One line has one equals sign; here is a second one.", text, place)
    return Equation(left.right, right.right)


def _equals(text: str) -> int | None:
    """Where the two sides meet; not the sign in the bounds of a sum."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "=" and not depth:
            return place
    return None
