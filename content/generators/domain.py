"""What a generator may draw, and how it draws: keyed by item, seed and variable name.

Within a block of seeds no variant comes twice, so that a learner who tries again meets
new numbers. Knows neither texts nor what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice

from content.placeholders import Values
from content.seeds import keyed

Inputs = dict[str, int | float]

BLOCK = 50
_MOST_DRAWS = 200  # enough to find the last of 20 variants almost surely


@dataclass(frozen=True, slots=True)
class Span:
    """Evenly spaced numbers: low, low + step, ... up to high, in units of 10**-places.

    Whole numbers (places 0) are ints. `zero` False leaves 0 out.
    """

    low: int
    high: int
    step: int = 1
    places: int = 0
    zero: bool = True

    def draw(self, key: int) -> int | float:
        allowed = range(self.low, self.high + 1, self.step)
        number = allowed[key % len(allowed)]
        if number == 0 and not self.zero:
            number = allowed[(key + 1) % len(allowed)]
        return number / 10**self.places if self.places else number


@dataclass(frozen=True, slots=True)
class OneOf:
    """A few whole numbers to draw from."""

    numbers: tuple[int, ...]

    def draw(self, key: int) -> int:
        return self.numbers[key % len(self.numbers)]


@dataclass(frozen=True, slots=True)
class Generator:
    """A named family of variants.

    Attributes:
        inputs: what is drawn, by name.
        compute: the inputs by keyword -> every further value, the right answer among them.
        fits: refuses draws that would make a bad exercise.
    """

    name: str
    inputs: Mapping[str, Span | OneOf]
    compute: Callable[..., Values]
    fits: Callable[..., bool] = lambda **_: True

    def vary(self, item: str, seed: int, visible: Collection[str] = ()) -> Values:
        """All values of variant `seed` of question `item`: inputs first, then the computed ones.

        `visible` names the values that the question shows: what comes new with each seed.
        """
        told = [name for name in self.inputs if name in visible]
        if not told or len(told) < len(set(visible)):
            told = list(self.inputs)  # something shown is computed: any input may make the difference
        drawn = self._draw_unlike_before(item, seed, told)
        return {**drawn, **self.compute(**drawn)}

    def _draw_unlike_before(self, item: str, seed: int, told: Sequence[str]) -> Inputs:
        before: set[tuple[float, ...]] = set()
        drawn: Inputs = {}
        for earlier in range(seed - seed % BLOCK, seed + 1):
            drawn = self._draw_new(item, earlier, told, before)
            before.add(tuple(drawn[name] for name in told))
        return drawn

    def _draw_new(self, item: str, seed: int, told: Sequence[str], before: set[tuple[float, ...]]) -> Inputs:
        fitting = (drawn for attempt in count() if self.fits(**(drawn := self._draw(item, seed, attempt))))
        for drawn in islice(fitting, _MOST_DRAWS):
            if tuple(drawn[name] for name in told) not in before:
                return drawn
        before.clear()  # all are used up: the next round begins
        return next(fitting)

    def _draw(self, item: str, seed: int, attempt: int) -> Inputs:
        return {name: span.draw(keyed(item, seed, name, attempt)) for name, span in self.inputs.items()}
