"""A recurrence run for whole n as a program would run it: places rounded, results remembered.

Works from what was typed and shares nothing with the solvers. Places that are left unrounded
are rounded down. Where a place is below the first value, or the recurrence would not lead
to a smaller one, the value is the first value, as in a program that stops there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from engine.recurrences.terms import LettersAndTerms, Terms
from engine.symbolic.evaluate import Letters, Number, evaluate, simple
from engine.symbolic.expr import Term, walk
from engine.symbolic.parser import RecurrenceInput

MAX_PLACES = 6000  # that one run may visit


class TooFar(ArithmeticError):
    """More places than one run may visit, or numbers that no float holds."""


class WholeRun(Terms):
    """T at whole places; `known` are the first values, `start` the place from which on they count."""

    def __init__(
        self,
        problem: RecurrenceInput,
        known: Mapping[int, Fraction],
        start: int,
        exact: bool = False,
        whole: Callable[[Fraction | float], int] = math.floor,
    ) -> None:
        super().__init__(problem, known)
        self._start, self._exact, self._whole = start, exact, whole
        self._run: dict[int, Number] = {
            place: value if exact else float(value) for place, value in known.items()
        }
        self._first = self._run[start]
        self._calls = [part for part in walk(problem.right) if isinstance(part, Term)]

    def values(self, places: Sequence[int]) -> list[Number]:
        """T at `places`. Raises TooFar."""
        found: dict[int, list[int]] = {}
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            if place in found or place in self._run:
                continue
            found[place] = self._parts(place)
            waiting += found[place]
            if len(found) > MAX_PLACES:
                raise TooFar(f"more than {MAX_PLACES} places")
        for place in sorted(found):
            self._run[place] = self._value(place) if found[place] else self._first
        return [self._run[place] for place in places]

    def at(self, place: Number) -> Number:
        """T(place), rounded to a whole place first."""
        return self.values([self._whole(simple(place))])[0]

    def leads_down(self, place: int) -> bool:
        """Whether all places that T(place) is worked out from are smaller."""
        try:
            return bool(self._parts(place))
        except (ArithmeticError, ValueError):  # log log 1, say
            return False

    def _parts(self, place: int) -> list[int]:
        if place <= self._start:
            return []
        point = Letters(self._letters(place))
        parts = [self._whole(simple(evaluate(call.place, point))) for call in self._calls]
        return parts if max(parts) < place else []

    def _letters(self, place: int) -> dict[str, Number]:
        return {self._problem.names.variable: Fraction(place - self._problem.ahead)}

    def _value(self, place: int) -> Number:
        try:
            value = evaluate(self._problem.right, LettersAndTerms(self._letters(place), self._term))
            return value if self._exact else float(value)
        except OverflowError:
            raise TooFar("no float holds it") from None

    def _term(self, place: Number) -> Number:
        return self._run[self._whole(simple(place))]
