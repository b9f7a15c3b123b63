"""T at whole n off the powers of b, with n/b really rounded: does it keep to the class there?

Runs what was typed, so it shares nothing with the solvers. Where nothing was rounded, both
ways are tried. Places below the first value count as the first value, as they do in a program
that stops there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from engine.recurrences.first import FirstValues
from engine.recurrences.normal import Scale
from engine.recurrences.terms import LettersAndTerms, Terms
from engine.symbolic.evaluate import Letters, Number, evaluate, simple
from engine.symbolic.expr import Term, walk
from engine.symbolic.parser import RecurrenceInput

_REACH = 1e6  # how many times the first place n goes, for b up to about 30
_FEWEST = 4  # levels of the tree at the far end, for larger b
_WIDE = 30  # whole numbers in one step of b at the near end
_DIGITS = 250  # that T may have there: it is worked out in floats


def off_powers(
    problem: RecurrenceInput, scale: Scale, first: FirstValues, terms: Terms
) -> tuple[tuple[float, float], ...]:
    """(T(n) / T(power of b below n), at n near; the same at n far), for many ways to lie between powers."""
    far = _height(scale)
    if far < _FEWEST:
        return ()
    pairs: list[tuple[float, float]] = []
    for whole in (math.floor,) if scale.rounding else (math.floor, math.ceil):
        rounded = _Rounded(problem, first, whole)
        quotients = [_quotients(rounded, scale, first, terms, count) for count in (_near(scale, far), far)]
        pairs += zip(*quotients, strict=True)
    return tuple(pairs)


def _height(scale: Scale) -> int:
    """How many powers of b up the far end lies."""
    steepest = max(1.0, scale.function.steepest, math.log(max(1.0, float(scale.factor)), scale.divisor))
    most = int(_DIGITS / (math.log10(scale.divisor) * steepest))
    return min(most, max(_FEWEST, int(math.log(_REACH, scale.divisor))))


def _near(scale: Scale, far: int) -> int:
    """Half as many, but so many that a step of b is many whole numbers wide."""
    wide = math.ceil(math.log(_WIDE / (scale.divisor - 1), scale.divisor))
    return min(max(far // 2, wide), far - 1)


def _quotients(rounded: _Rounded, scale: Scale, first: FirstValues, terms: Terms, count: int) -> list[float]:
    """T(n) / T(power) for n around the `count`-th power of b, and between it and the next."""
    terms.through([first.start * scale.divisor**k for k in range(count + 1)])
    power = first.start * scale.divisor**count
    parts = range(1, 8) if scale.divisor >= Fraction(3, 2) else (3, 6)
    inside = [math.floor(power * (1 + (scale.divisor - 1) * part / 8)) for part in parts]
    values = rounded.values([math.ceil(power) - 1, math.floor(power) + 1, *inside])
    return [value / float(terms.at(power)) for value in values]


class _Rounded:
    """The recurrence for whole n; places that are left unrounded go through `whole`."""

    def __init__(
        self, problem: RecurrenceInput, first: FirstValues, whole: Callable[[Fraction | float], int]
    ) -> None:
        self._problem, self._whole = problem, whole
        self._start = first.start
        self._known = {base.index: float(base.value) for base in problem.bases}
        self._known[first.start] = float(first.values[0])
        self._calls = [part for part in walk(problem.right) if isinstance(part, Term)]

    def values(self, places: Sequence[int]) -> list[float]:
        """T at `places`."""
        needed, waiting = set[int](), list(places)
        while waiting:
            place = waiting.pop()
            if place not in needed and place not in self._known:
                needed.add(place)
                waiting += self._parts(place)
        for place in sorted(needed):
            self._known[place] = self._value(place) if self._parts(place) else self._known[self._start]
        return [self._known[place] for place in places]

    def _parts(self, place: int) -> list[int]:
        """The places that T(place) comes from; none where it is as small as the first one."""
        if place <= self._start:
            return []
        letters = Letters(self._at(place))
        parts = [self._whole(simple(evaluate(call.place, letters))) for call in self._calls]
        return parts if max(parts) < place else []  # 2n/3 rounded up stays at 2

    def _at(self, place: int) -> Mapping[str, Number]:
        return {self._problem.names.variable: Fraction(place - self._problem.ahead)}

    def _value(self, place: int) -> float:
        return float(evaluate(self._problem.right, LettersAndTerms(self._at(place), self._term)))

    def _term(self, place: Number) -> Number:
        return self._known[self._whole(simple(place))]
