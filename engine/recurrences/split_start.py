"""Where T(n) = sum of c_i T(s_i n + ...) + f(n) starts: from which n on it leads to smaller n."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.recurrences.first import FirstValues
from engine.recurrences.normal import NotSolved
from engine.recurrences.whole_run import WholeRun
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import Expr
from engine.symbolic.parser import RecurrenceInput

_TRIED = 60  # whole n beyond the last that does not recur
_FARTHEST = 3000  # that one may be


@dataclass(frozen=True, slots=True)
class Start:
    """`first`: the first values; from `first` on to `last` T is known, after it the recurrence holds."""

    first: FirstValues
    last: int

    @property
    def known(self) -> dict[int, Fraction]:
        return self.first.table


def start_of(problem: RecurrenceInput, forcing: Expr, place: int = 1) -> Start:
    """The typed first values, or T(place) = 1; moved up to where the recurrence can hold.

    Raises:
        NotSolved: there is no such place in reach.
    """
    given = {base.index: base.value for base in problem.bases}
    assumed = not given
    table = given or {place: Fraction(1)}
    last = max(table)
    lowest = _recurs_from(problem, forcing, table, last)
    if lowest == last:
        first = min(place for place in table if all(i in table for i in range(place, last + 1)))
        values = tuple(table[place] for place in range(first, last + 1))
        return Start(FirstValues(first, values, assumed=assumed), last)
    name, variable = problem.names
    note = (
        f"up to {variable} = {lowest} the recurrence leads to no smaller {variable} or f has no value, so "
        f"{name} is taken to be {table[last]} there"
    )
    return Start(FirstValues(lowest, (table[last],), assumed=assumed, note=note), lowest)


def _recurs_from(problem: RecurrenceInput, forcing: Expr, table: dict[int, Fraction], last: int) -> int:
    """The last place at which the recurrence does not lead down, or f has no value."""
    run = WholeRun(problem, table, last)
    found, place = last, last + 1
    while place <= found + _TRIED:
        if not (run.leads_down(place) and _has_value(problem, forcing, place)):
            found = place
        if found > _FARTHEST:
            name, variable = problem.names
            raise NotSolved(
                f"Up to {variable} = {_FARTHEST} there is no place from which on the recurrence leads to "
                f"smaller {variable}.",
                f"Try smaller numbers beside {variable} inside {name}(...).",
            )
        place += 1
    return found


def _has_value(problem: RecurrenceInput, forcing: Expr, place: int) -> bool:
    try:
        float(evaluate(forcing, Letters({problem.names.variable: Fraction(place)})))
    except OverflowError:
        return True
    except (ArithmeticError, ValueError):
        return False
    return True
