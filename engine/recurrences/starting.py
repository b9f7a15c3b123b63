"""Where a recurrence that is run one step at a time starts: typed first values, or one that is assumed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from engine.recurrences.first import FirstValues, alone, check_reach
from engine.recurrences.normal import NotSolved
from engine.recurrences.terms import Terms
from engine.recurrences.verify import close
from engine.symbolic.parser import RecurrenceInput

_LATEST = 4  # first place that is tried where none was typed
_TRIED = 12  # places after it that must have values

Defined = Callable[[int], bool]  # whether the recurrence can be run at a place


def first_values(problem: RecurrenceInput, order: int, defined: Defined) -> FirstValues:
    """`order` first values in a row that lead through the recurrence to all later typed ones.

    Raises:
        NotSolved: too few, or some that contradict the recurrence, or it cannot be run from there.
    """
    if not problem.bases:
        return _assumed(problem, order, defined)
    given = {base.index: base.value for base in problem.bases}
    starts = [place for place in given if all(place + i in given for i in range(order))]
    if not starts:
        name = problem.names.sequence
        needed = ", ".join(f"{name}({min(given) + i}) = 1" for i in range(order))
        raise NotSolved(
            f"The recurrence looks back {order} places, so {order} first values in a row are needed.",
            f"Add what is missing, such as {needed}.",
        )
    for start in starts:
        values = tuple(given[start + i] for i in range(order))
        found = FirstValues(start, values)
        if _leads_on(problem, found, given):
            _check_defined(problem, start + order, defined)
            check_reach(problem, start + order)
            note = alone(problem, [place for place in sorted(given) if place < start], start)
            return FirstValues(start, values, note=note)
    raise NotSolved(
        "The first values contradict the recurrence.",
        f"Leave out the first values from place {starts[-1] + order} on, or correct them.",
    )


def _leads_on(problem: RecurrenceInput, first: FirstValues, given: dict[int, Fraction]) -> bool:
    """Whether the recurrence, run from `first`, gives all later typed values."""
    terms = Terms(problem, first.table)
    try:
        values = {place: terms.at(Fraction(place)) for place in range(first.start, max(given) + 1)}
        return all(close(value, given.get(place, value)) for place, value in values.items())
    except (ArithmeticError, ValueError, NotSolved):
        return max(given) < first.start + len(first.values)


def _check_defined(problem: RecurrenceInput, begins: int, defined: Defined) -> None:
    bad = [place for place in range(begins, begins + _TRIED) if not defined(place)]
    if bad:
        name, n = problem.names
        raise NotSolved(
            f"The right side has no value at {n} = {bad[0]}, so {name}({bad[0]}) cannot be worked out.",
            f"Give a first value further out, such as {name}({bad[-1]}) = 1.",
        )


def _assumed(problem: RecurrenceInput, order: int, defined: Defined) -> FirstValues:
    """1 everywhere, from the first place on that the recurrence can be run from."""
    earliest = max(0, (problem.first_defined or 0) - order)
    for start in range(earliest, earliest + _LATEST):
        if all(defined(place) for place in range(start + order, start + order + _TRIED)):
            return FirstValues(start, (Fraction(1),) * order, assumed=True)
    _check_defined(problem, earliest + order, defined)
    raise NotSolved("The right side has no value at many n, so the recurrence cannot be run.")
