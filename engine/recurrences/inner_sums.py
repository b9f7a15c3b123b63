"""Sums over numbers inside a recurrence, 1 + 2 + ... + n say: replaced by their formulas before solving.

Each formula is held against the sum as it was typed, at more places than its degree needs. What
has no formula stays. Sums over terms of the sequence are `history.py`'s.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from engine.recurrences.closed import solve
from engine.recurrences.forcing import as_exp_poly
from engine.recurrences.hyper_reading import read
from engine.recurrences.normal import Contradiction, NotSolved, has_term, straight_line
from engine.recurrences.partial_sums import summed
from engine.recurrences.show import exp_poly_expr
from engine.recurrences.verify import close
from engine.symbolic.evaluate import Letters, constant, evaluate
from engine.symbolic.expr import Big, Expr, Sym, column, letters, put, swap, walk
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain

_TRIED = 24  # places of n at which a formula is held against its sum
_N = Sym("n")
_STEP = {1: Fraction(1)}


def without_sums(problem: RecurrenceInput) -> RecurrenceInput:
    """`problem` with a formula in place of each such sum; typeset as it was typed."""
    if not any(isinstance(part, Big) for part in walk(problem.right)):
        return problem
    right = swap(problem.right, lambda part: _formula(part, problem.names.variable))
    return replace(problem, right=right, typed=problem.typed or problem.right)


def told(problem: RecurrenceInput) -> tuple[tuple[str, str], ...]:
    """What was put in, as conventions."""
    variable, found = problem.names.variable, []
    for part in dict.fromkeys(walk(problem.right)):
        formula = _formula(part, variable)
        if formula is not None:
            found.append(("Sum", f"{plain(part)} = {plain(formula)} is put in"))
    return tuple(found)


def _formula(part: Expr, variable: str) -> Expr | None:
    """The formula of a sum over numbers; None for any other part. Raises NotSolved where it has none."""
    if not isinstance(part, Big) or part.kind != "sum" or has_term(part):
        return None
    low, line = constant(part.low), straight_line(part.high, variable)
    if low is None or low.denominator > 1 or line is None or not letters(part.body) <= {part.index}:
        return None
    slope, offset = line
    if slope.denominator > 1 or offset.denominator > 1 or slope < 1 or slope + offset < low - 1:
        return None
    total = _running(part.body, part.index, int(low))
    if total is None:
        raise NotSolved(
            f"No formula was found for the sum on the right, {plain(part)}.",
            "Put its class in its place, such as Θ(n^2).",
            column(part),
        )
    formula = put(total, _N.name, part.high)
    for place in range(1, _TRIED):
        at = Letters({variable: Fraction(place)})
        if not close(evaluate(part, at), evaluate(formula, at)):
            raise Contradiction("The formula of a sum on the right does not give that sum.")
    return formula


def _running(body: Expr, index: str, low: int) -> Expr | None:
    """body(low) + ... + body(n) as a formula in n; None where there is none."""
    function = as_exp_poly(body, index)
    if function is not None:
        return exp_poly_expr(solve(_STEP, function, low - 1, (Fraction(0),)).function, _N)
    parts = read(body, index)
    found = None if parts is None else summed(parts, low, _N, Sym("j"))
    return None if found is None or found.open else found.closed
