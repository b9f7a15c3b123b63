"""The recurrence itself, run term by term from what was typed: the oracle of every solver.

Evaluates the typed right side again and again, exactly. Shares nothing with the solvers but
the parser, so a slip in normalising or solving shows up as a different number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from engine.recurrences.normal import NotSolved
from engine.recurrences.steps import Step
from engine.recurrences.verify import Pairs, World
from engine.symbolic.evaluate import Letters, Number, evaluate
from engine.symbolic.expr import Sym, letters
from engine.symbolic.parser import RecurrenceInput

FarQuotient = Callable[[Step], Sequence[float]]


class Terms:
    """T(place), worked out from the first values and remembered."""

    def __init__(self, problem: RecurrenceInput, first: Mapping[int, Fraction]) -> None:
        self._problem = problem
        self._known: dict[Number, Number] = {Fraction(place): value for place, value in first.items()}
        self._lowest = Fraction(min(first))

    def at(self, place: Number) -> Number:
        """T(place). Raises NotSolved if that leads below the first values."""
        if place not in self._known:
            if place < self._lowest:
                name = self._problem.names.sequence
                raise NotSolved(
                    f"The first values do not suffice: {name}({place}) is asked for, which is not given.",
                    f"Add first values, such as {name}({place}) = 1.",
                )
            point = AtPlace(self, {self._problem.names.variable: place - self._problem.ahead})
            self._known[place] = evaluate(self._problem.right, point)
        return self._known[place]

    def through(self, places: Sequence[Number]) -> list[Number]:
        """T at `places`, which rise step by step so that no long chain is left to recursion."""
        return [self.at(place) for place in places]


class AtPlace:
    """A `Meaning`: numbers for the letters, and the terms of the sequence."""

    def __init__(self, terms: Terms, values: Mapping[str, Number]) -> None:
        self._terms = terms
        self._values = values

    def letter(self, leaf: Sym) -> Number:
        return self._values[leaf.name]

    def term(self, place: Number) -> Number:
        return self._terms.at(place)


class LettersAndTerms(Letters):
    """A `Meaning`: numbers for the letters, and terms of the sequence from whoever has them."""

    def __init__(self, values: Mapping[str, Number], term: Callable[[Number], Number]) -> None:
        super().__init__(values)
        self._term = term

    def term(self, place: Number) -> Number:
        return self._term(place)


class TermsWorld(World):
    """The terms at many values of n, with a k in reach for lines that speak of k substitutions.

    `values` are the choices of numbers, the one to show first; `far` gives the quotient of
    a line's left side and its class at two far places, `off_powers` what `World.off_powers` says.
    """

    def __init__(
        self,
        terms: Terms,
        values: Sequence[Mapping[str, Number]],
        variable: str,
        far: FarQuotient,
        off_powers: Pairs = (),
    ) -> None:
        self._points = [AtPlace(terms, choice) for choice in values]
        self._shown = tuple((name, float(value)) for name, value in values[0].items())
        self._variable = variable
        self._varying = {name for name in values[0] if len({choice[name] for choice in values}) > 1}
        self._far = far
        self._off_powers = off_powers

    def points(self, step: Step) -> Sequence[AtPlace]:
        spoken = set[str]().union(*(letters(side) for side in (step.left, *step.chain)))
        return self._points if spoken & self._varying else self._points[:1]

    def shown(self) -> tuple[tuple[str, float], ...]:
        """(letter, value) of the point whose values are shown."""
        return self._shown

    def where(self, count: int) -> str:
        return f"{count} values of {self._variable}" if count > 1 else "the one value there is"

    def far(self, step: Step) -> Sequence[float]:
        return self._far(step)

    def off_powers(self, step: Step) -> Pairs:  # noqa: ARG002 - they are the same for every line
        return self._off_powers
