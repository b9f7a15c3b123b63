"""Which first values a recurrence starts from: the typed ones, or a named assumption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.recurrences.closed import Closed, solve
from engine.recurrences.normal import NotSolved, Scale, Shift
from engine.symbolic.evaluate import Letters, evaluate, simple
from engine.symbolic.parser import RecurrenceInput


@dataclass(frozen=True, slots=True)
class FirstValues:
    """T(start), T(start + 1), ... = values.

    Attributes:
        assumed: none was typed, so these were chosen.
        note: how they come about, where that needs a word.
    """

    start: int
    values: tuple[Fraction, ...]
    assumed: bool = False
    note: str = ""

    @property
    def table(self) -> dict[int, Fraction]:
        return dict(enumerate(self.values, start=self.start))


# --- T(n-1), T(n-2), ... -------------------------------------------------------------------


def for_shift(problem: RecurrenceInput, shift: Shift) -> tuple[FirstValues, Closed]:
    """The first values, and the closed form that they give.

    Raises:
        NotSolved: too few of them, or some that contradict the recurrence.
    """
    order = max(shift.lags)
    if not problem.bases:
        return _assumed(problem, shift, order)
    given = {base.index: base.value for base in problem.bases}
    starts = [place for place in given if all(place + i in given for i in range(order))]
    if not starts:
        raise _too_few(problem, order, min(given))
    for start in starts:
        values = tuple(given[start + i] for i in range(order))
        closed = solve(shift.lags, shift.function, start, values)
        if all(closed.function(place) == value for place, value in given.items() if place > start):
            check_reach(problem, start + order)
            note = alone(problem, [place for place in sorted(given) if place < start], start)
            return FirstValues(start, values, note=note), closed
    raise NotSolved(
        "The first values contradict the recurrence.",
        f"Leave out the first values from place {starts[-1] + order} on, or correct them.",
    )


def alone(problem: RecurrenceInput, places: list[int], start: int) -> str:
    """Says of the first values at `places` that nothing leads from them to `start`."""
    if not places:
        return ""
    name, n = problem.names
    typed = ", ".join(f"{name}({place})" for place in places)
    follow = "does not lead to it and stands" if len(places) == 1 else "do not lead to it and stand"
    return f"the formula is for {n} ≥ {start}: by the recurrence, {typed} {follow} alone"


def _assumed(problem: RecurrenceInput, shift: Shift, order: int) -> tuple[FirstValues, Closed]:
    """Values that are nothing special: no root of the recurrence is cancelled by them, if that can be had."""
    start = max(0, (problem.first_defined or 0) - order)
    choices = [(1,) * order, tuple(range(1, order + 1)), tuple(2**i + 1 for i in range(order))]
    tried = []
    for choice in choices:
        values = tuple(Fraction(value) for value in choice)
        closed = solve(shift.lags, shift.function, start, values)
        tried.append((FirstValues(start, values, assumed=True), closed))
        if all(constant != 0 for constant in closed.constants):
            return tried[-1]
    return tried[0]


def _too_few(problem: RecurrenceInput, order: int, place: int) -> NotSolved:
    name = problem.names.sequence
    return NotSolved(
        f"The recurrence looks back {order} places, so {order} first values in a row are needed.",
        "Add what is missing, such as " + ", ".join(f"{name}({place + i}) = 1" for i in range(order)) + ".",
    )


def check_reach(problem: RecurrenceInput, reached: int) -> None:
    begins = problem.first_defined
    if begins is not None and begins > reached:
        name = problem.names.sequence
        raise NotSolved(
            f"{name}({reached}) is neither a first value nor covered by the recurrence, which was said to "
            f"hold from {begins} on.",
            f"Add first values up to {name}({begins - 1}).",
        )


# --- T(n/b) --------------------------------------------------------------------------------


def for_scale(problem: RecurrenceInput, scale: Scale) -> FirstValues:
    """The one first value at a place from 1 on.

    Raises:
        NotSolved: f has no value where one is needed.
    """
    given = {base.index: base.value for base in problem.bases}
    places = [place for place in given if place >= 1]
    if not given:
        return FirstValues(1, (Fraction(1),), assumed=True)
    if not places:
        return _from_zero(problem, scale, given[0])
    for place in places:
        if _agrees(problem, scale, place, given):
            break
    return FirstValues(place, (given[place],), note=_aside(problem, scale, place, given))


def _aside(problem: RecurrenceInput, scale: Scale, start: int, given: Mapping[int, Fraction]) -> str:
    """Says of the first values that are at no start * b^m that the formula leaves them aside."""
    reached, at = set[Fraction](), Fraction(start)
    while at <= max(given):
        reached.add(at)
        at *= scale.divisor
    name = problem.names.sequence
    typed = ", ".join(f"{name}({place})" for place in sorted(given) if place not in reached)
    return f"the formula starts at {name}({start}) and leaves {typed} aside" if typed else ""


def _from_zero(problem: RecurrenceInput, scale: Scale, value: Fraction) -> FirstValues:
    """T(1) out of T(0), with 1/b rounded down to 0."""
    if "ceil" in scale.rounding:
        name = problem.names.sequence
        raise NotSolved(
            f"Rounded up, {name}(1) is explained by {name}(1).", f"Give {name}(1) as first value."
        )
    found = scale.factor * value + Fraction(forcing_at(problem, scale, Fraction(1)))
    return FirstValues(1, (found,), note=f"from the value at 0, as 1/{scale.divisor} rounded down is 0")


def _agrees(problem: RecurrenceInput, scale: Scale, place: int, given: Mapping[int, Fraction]) -> bool:
    """Whether the recurrence leads from `place` to all later first values on its way."""
    at, value = Fraction(place), given[place]
    while at <= max(given):
        if given.get(int(at), value) != value and at.denominator == 1:
            return False
        at *= scale.divisor
        value = scale.factor * value + Fraction(forcing_at(problem, scale, at))
    return True


def forcing_at(problem: RecurrenceInput, scale: Scale, place: Fraction) -> Fraction | float:
    """f(place). Raises NotSolved where f has no value."""
    try:
        return simple(evaluate(scale.forcing, Letters({problem.names.variable: place})))
    except (ArithmeticError, ValueError):
        name, variable = problem.names
        raise NotSolved(
            f"The part without {name} on the right has no value at {variable} = {place}.",
            f"Give a first value further out, such as {name}({scale.divisor**2}) = 1.",
        ) from None
