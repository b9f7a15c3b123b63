"""The network around one quantity that is nudged: what can depend on it is computed again.

Values for a tree's leaves, with an axis in front for the entries that are nudged, each by a tiny
imaginary step. Everything else is as it was recorded, and so is what is held.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.checking.recorded import Recorded, Unknown
from engine.tape.index import Span
from engine.tape.nodes import Partial, Slope, Var
from engine.tape.numbers import Array, Letters, Times, evaluate
from engine.tape.program import Definition, Program
from engine.tape.walk import variables

NUDGE = 1e-30  # the imaginary step: nothing is subtracted, so it may be as small as one likes


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quantity is computed: number of the block, of the line in it."""

    block: int
    line: int
    definition: Definition
    span: Span | None

    def bounds(self, last: int) -> tuple[int, int]:
        """First and last time."""
        letters = {"T": last}
        return (self.span.low.number(letters), self.span.high.number(letters)) if self.span else (1, last)


class Nearby:
    """Values while `leaf.by` is nudged at the times `by`; see `engine.tape.numbers.Values`."""

    def __init__(self, program: Program, recorded: Recorded, leaf: Partial, by: Times | None) -> None:
        self._recorded, self._by, self._times = recorded, leaf.by, by
        self._changing = _reached(program, leaf.by.name, leaf.held or ())
        self._units = units(recorded, leaf.by)
        self._made: dict[tuple[str, bytes], Array] = {}
        self._places = {
            (definition.var.name, definition.var.at is None): _Place(number, line, definition, block.span)
            for number, block in enumerate(program.blocks)
            for line, definition in enumerate(block.definitions)
        }
        self._source = self._places.get((leaf.by.name, by is None))

    def size(self, name: str) -> int:
        return self._recorded.size(name)

    def partial(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        """Raises Unknown: no program has one."""
        raise Unknown(f"the slope of {leaf.of.name} by {leaf.by.name} at {of} and {by} inside the network")

    def of(self, leaf: Var | Slope, times: Times | None) -> Array:
        """[entries, points, n, r, c], or without the first axis where nothing changes."""
        if isinstance(leaf, Slope):
            raise Unknown(f"the slope of {leaf.of.name} inside the network")
        key = leaf.name, b"" if times is None else times.tobytes()
        if key not in self._made:
            self._made[key] = self._once(leaf, times)
        return self._made[key]

    def _once(self, leaf: Var, times: Times | None) -> Array:
        here = self._nudged(leaf, times)
        settled = here | self._settled(leaf, times)
        found = self._recorded.of(leaf, times) if settled.all() else self.again(leaf, times, settled)
        return np.where(here[:, None, None], found.real + self._units, found) if here.any() else found

    def _nudged(self, leaf: Var, times: Times | None) -> Array:
        """[n] or [1]: at which of the times it is the nudged quantity itself."""
        if leaf.name != self._by.name or (times is None) != (self._times is None):
            return np.zeros(1, bool)
        same: Array = np.ones(1, bool) if times is None else np.atleast_1d(times == self._times)
        return same

    def _settled(self, leaf: Var, times: Times | None) -> Array:
        """[n] or [1]: at which of the times it cannot have changed: held, given, or computed before."""
        place, source = self._places.get((leaf.name, times is None)), self._source
        if place is None or leaf.name not in self._changing:
            return np.ones(1, bool)
        if times is None or place.span is None:
            return np.zeros(1, bool)
        low, high = place.bounds(self._recorded.last)
        outside: Array = (times < low) | (times > high)
        if self._times is None or source is None or place.block != source.block:
            return outside
        ahead = (self._times - times) if place.span.falling else (times - self._times)
        settled: Array = outside | (ahead < 0) | ((ahead == 0) & (place.line < source.line))
        return settled

    def again(self, leaf: Var, times: Times | None, settled: Array | None = None) -> Array:
        """Computed anew, but as recorded where that is `settled`."""
        place = self._places.get((leaf.name, times is None))
        if place is None:
            raise Unknown(f"{leaf.name}, which the network does not compute")
        if times is None or place.span is None:
            return evaluate(place.definition.value, self, {"T": self._recorded.last})
        low, high = place.bounds(self._recorded.last)
        if settled is None:
            settled = (times < low) | (times > high)
        letters: Letters = {"T": self._recorded.last, place.span.letter: np.clip(times, low, high)}
        anew = evaluate(place.definition.value, self, letters)
        return np.where(settled[:, None, None], self._recorded.of(leaf, times), anew)


def _reached(program: Program, name: str, held: tuple[str, ...]) -> set[str]:
    """The names of everything that depends on `name` in some way that does not go through what is held."""
    found, before = {name}, 0
    while len(found) > before:
        before = len(found)
        for definition, _ in program.definitions():
            if definition.var.name not in held and any(
                leaf.name in found for leaf in variables(definition.value)
            ):
                found.add(definition.var.name)
    return found - set(held)


def units(recorded: Recorded, leaf: Var) -> Array:
    """[entries, 1, 1, r, c]: an imaginary step in each entry, column after column."""
    rows, columns = recorded.size(leaf.shape[0]), recorded.size(leaf.shape[1])
    steps = np.eye(rows * columns).reshape(-1, columns, rows)
    return 1j * NUDGE * np.swapaxes(steps, -1, -2)[:, None, None]
