"""A typed line as trees of the derivation's own columns, also where vectors are written as rows.

Knows the student's text and the job's way of writing; compares nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from engine.derivations.programs import program
from engine.derivations.typed import Equation, Vocabulary, read, vocabulary
from engine.errors import FormulaError
from engine.symbolic.jobs import GradientJob
from engine.tape import nodes
from engine.tape.makers import prod_over, slope, transpose, var
from engine.tape.nodes import Node, Slope, Var
from engine.tape.walk import swap

_BOUND = re.compile(r"≤|<=|⩽|\\leqslant|\\leq?(?![A-Za-z])")


def names(job: GradientJob) -> Vocabulary:
    """What things are called in a line of this job."""
    known = vocabulary(program(job), job.steps)
    if not job.rows:
        return known
    turned = {name: replace(entry, shape=entry.shape[::-1]) for name, entry in known.entries.items()}
    return replace(known, entries=turned, ones=known.ones[::-1])


def as_equation(text: str) -> tuple[str, str]:
    """The text with an equals sign for ≤, as long as before; and which of the two it had."""
    found = _BOUND.search(text)
    if found is None:
        return text, "="
    return f"{text[: found.start()]}{'=':<{len(found.group())}}{text[found.end() :]}", "≤"


def understood(job: GradientJob, text: str) -> Equation:
    """What `text` says. Raises FormulaError."""
    return _in_columns(job, read(text, names(job)))


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
    return _in_columns(job, Equation(left.right, right.right))


def _equals(text: str) -> int | None:
    """Where the two sides meet; not the sign in the bounds of a sum."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "=" and not depth:
            return place
    return None


def _in_columns(job: GradientJob, equation: Equation) -> Equation:
    if not job.rows:
        return equation
    left = equation.left and transpose(_columns(equation.left))
    return Equation(left, transpose(_columns(equation.right)))


def _columns(node: Node) -> Node:
    """The same matrix from the quantities as columns: each stands transposed in it."""

    def change(part: Node) -> Node | None:
        match part:
            case Var(shape, name, time):
                return transpose(var(name, shape[::-1], time))
            case Slope(_, Var(shape, name, time)):
                return transpose(slope(var(name, shape[::-1], time)))
            case nodes.Prod(_, body, index, low, high):  # in rows the earliest stands on the left
                return transpose(prod_over(transpose(_columns(body)), index, low, high))
        return None

    return swap(node, change)
