"""The families of recurrences that are solved, and the order in which they are tried.

A new family is a file with `form(problem, pieces)`, its normal form or None, and
`solve(problem, form)`, a Solution for each method that applies, the best one first; its rules in
one of the `rules_*.py`; and one line in FAMILIES. Nothing else knows of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.recurrences import (
    divide,
    floors,
    history,
    interleaved,
    lagged,
    lowered,
    products,
    roots,
    shift,
    splits,
    summation,
)
from engine.recurrences.explain import lines
from engine.recurrences.normal import Contradiction, NotSolved, Pieces, apart
from engine.recurrences.proofs import proven
from engine.recurrences.refusals import refused
from engine.recurrences.solution import Solution
from engine.symbolic.parser import RecurrenceInput


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of recurrence.

    Attributes:
        kind: how n shrinks, a key of `methods.WHY_NOT`.
        form: its normal form, None where it is not of this family. May raise NotSolved where no other
            family could take it either.
        solve: one Solution a method. Raises NotSolved.
    """

    kind: str
    form: Callable[[RecurrenceInput, Pieces], Any]
    solve: Callable[[RecurrenceInput, Any], tuple[Solution, ...]]


FAMILIES = (
    Family("subtract", shift.form, shift.solve),
    Family("subtract", shift.form, interleaved.solve),
    Family("subtract", summation.constant_form, summation.solve),
    Family("subtract", lagged.form, lagged.solve),
    Family("variable", summation.form, summation.solve),
    Family("variable", lowered.form, lowered.solve),
    Family("history", history.form, history.solve),
    Family("product", products.form, products.solve),
    Family("divide", floors.form, floors.solve),
    Family("divide", divide.form, divide.solve),
    Family("divide", splits.form, splits.solve),
    Family("root", roots.form, roots.solve),
)


def solved(problem: RecurrenceInput, proof: bool = True) -> tuple[str, tuple[Solution, ...]]:
    """The kind of the first family that solves `problem`, and its solutions.

    `proof`: with a proof of the class by substitution, where there is one.

    Raises:
        NotSolved: none does; in the words of the first that its form fitted.
    """
    pieces = apart(problem)
    reasons: list[NotSolved] = []
    for family in FAMILIES:
        try:
            form = family.form(problem, pieces)
            if form is not None:
                solutions = family.solve(problem, form)
                return family.kind, _with_proof(problem, pieces, solutions) if proof else solutions
        except Contradiction:
            raise
        except NotSolved as why:
            reasons.append(why)
    raise reasons[0] if reasons else refused(problem, pieces)


def _with_proof(
    problem: RecurrenceInput, pieces: Pieces, solutions: tuple[Solution, ...]
) -> tuple[Solution, ...]:
    """And the class proven by substitution, where that succeeds."""
    try:
        proof = proven(problem, pieces, solutions[0])
    except (NotSolved, ArithmeticError, ValueError):  # no terms to hold it against: T(n/3) unrounded, say
        return solutions
    return (*solutions, proof) if proof is not None and _holds(problem, proof) else solutions


def _holds(problem: RecurrenceInput, proof: Solution) -> bool:
    """Whether every line of a proof stands its check: one that does not is left out, the class stays."""
    checks = (line.check for line in lines(proof.steps, proof.world, problem.names.variable))
    return all(check is None or check.ok for check in checks)
