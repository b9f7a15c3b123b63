"""Two methods that solve the same recurrence must say the same: formulas at many n, and the class."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from engine.recurrences.normal import Contradiction
from engine.recurrences.solution import Solution
from engine.recurrences.verify import close
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import letters
from engine.symbolic.parser import RecurrenceInput

_PLACES = 20
_BITS = 4000  # of a place
_DISAGREE = "{} and {} disagree, so neither is shown."


def insist_on_agreement(problem: RecurrenceInput, solutions: Sequence[Solution]) -> None:
    """Raises Contradiction where two of them differ."""
    graded = [solution for solution in solutions if solution.course.growth is not None]
    for first, second in pairwise(graded):
        if first.course.growth != second.course.growth:
            raise Contradiction(_DISAGREE.format(first.method, second.method))
    exact = [solution for solution in solutions if solution.closed is not None]
    for first, second in pairwise(exact):
        if first.closed != second.closed and not _same_values(problem, first, second):
            raise Contradiction(_DISAGREE.format(first.method, second.method))


def _same_values(problem: RecurrenceInput, first: Solution, second: Solution) -> bool:
    if first.closed is None or second.closed is None:
        return True
    here, there = first.closed, second.closed
    places = (Letters({problem.names.variable: place}) for place in _places(first, second))
    return all(close(evaluate(here, at), evaluate(there, at)) for at in places)


def _places(first: Solution, second: Solution) -> list[Fraction]:
    """Where both formulas hold."""
    domain = first.domain if first.domain is not None else second.domain
    start = max(first.start, second.start)
    if domain is None:
        return [Fraction(start + i) for i in range(_PLACES)]
    [letter] = letters(domain)
    found = []
    for m in range(_PLACES):
        try:
            place = evaluate(domain, Letters({letter: Fraction(m)}))
        except OverflowError:  # 2^(2^m)
            break
        if isinstance(place, Fraction) and place >= start and place.numerator.bit_length() <= _BITS:
            found.append(place)
    return found
