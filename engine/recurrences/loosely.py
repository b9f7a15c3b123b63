"""Recurrences of which only a class was typed: T(n) = 2 T(n/2) + Θ(n), T(1) = Θ(1).

Solved with the simplest function of each class in its place. Of the result only the class is
kept, as another function of the same class would give another formula, but the same class.
"""

from __future__ import annotations

from dataclasses import replace

from engine.recurrences.solution import Solution
from engine.symbolic.expr import Call, Expr, swap
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain

_CLASSES = ("Theta", "O", "Omega", "o", "omega")
_SIGNS = {"Theta": "Θ", "O": "O", "Omega": "Ω", "o": "o", "omega": "ω"}


def concrete(problem: RecurrenceInput) -> RecurrenceInput:
    """`problem` with the simplest function of each class in its place."""
    return replace(problem, right=swap(problem.right, _body)) if problem.vague else problem


def _body(part: Expr) -> Expr | None:
    return part.body if isinstance(part, Call) and part.name in _CLASSES else None


def softened(problem: RecurrenceInput, solution: Solution) -> Solution:
    """What of `solution`, of the concrete problem, holds for `problem` itself: the class."""
    if not problem.vague and not problem.unknown:
        return solution
    said = (*solution.conventions, *_conventions(problem))
    return replace(solution, closed=None, domain=None, since=None, conventions=said)


def _conventions(problem: RecurrenceInput) -> tuple[tuple[str, str], ...]:
    name, variable = problem.names
    found = []
    if problem.vague:
        typed = f"{_SIGNS[problem.vague]} was typed"
        shown = plain(concrete(problem).right)
        reading = f"{typed}; the lines take {name}({variable}) = {shown}, and only the class is claimed"
        if problem.vague != "Theta":
            side = "above" if problem.vague in ("O", "o") else "below"
            reading += f". It is a bound from {side}, and the class is reached where that bound is"
        found.append(("Class of a part", reading))
    return tuple(found)
