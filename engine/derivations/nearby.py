"""The network around one quantity that is nudged: what can depend on it is computed again.

Values for a tree's leaves, with an axis in front for the entries that are nudged, each by a tiny
imaginary step. Everything else is as it was recorded, and so is what is held.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.derivations.recorded import Recorded, Unknown
from engine.tape.index import Span
from engine.tape.nodes import Partial, Slope, Var
from engine.tape.numbers import Array, Times, evaluate
from engine.tape.program import Definition, Program

NUDGE = 1e-30  # the imaginary step: nothing is subtracted, so it may be as small as one likes


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quantity is computed: number of the block, of the line in it."""

    block: int
    line: int
    definition: Definition
    span: Span | None


class Nearby:
    """Values while `leaf.by` is nudged at the times `by`; see `engine.tape.numbers.Values`."""

    def __init__(self, program: Program, recorded: Recorded, leaf: Partial, by: Times | None) -> None:
        self._recorded, self._by, self._times, self._held = recorded, leaf.by, by, leaf.held or ()
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
        there = here if here.all() or leaf.name in self._held else here | self._too_early(leaf, times)
        found = self._recorded.of(leaf, times)
        if not there.all() and leaf.name not in self._held:
            found = self.again(leaf, times, there)
        return np.where(here[:, None, None], found.real + self._units, found) if here.any() else found

    def _nudged(self, leaf: Var, times: Times | None) -> Array:
        """[n] or [1]: at which of the times it is the nudged quantity itself."""
        if leaf.name != self._by.name or (times is None) != (self._times is None):
            return np.zeros(1, bool)
        same: Array = np.ones(1, bool) if times is None else np.atleast_1d(times == self._times)
        return same

    def _too_early(self, leaf: Var, times: Times | None) -> Array:
        """[n] or [1]: at which of the times it is computed before what is nudged, or given."""
        place, source = self._places.get((leaf.name, times is None)), self._source
        if place is None:
            return np.ones(1, bool)
        if times is None or place.span is None or self._times is None:
            early = source is not None and (place.block, place.line) < (source.block, source.line)
            return np.full(1, early and times is None)
        if source is not None and place.block != source.block:
            return np.full(1, place.block < source.block)
        ahead = (self._times - times) if place.span.falling else (times - self._times)
        first = -1 if source is None else source.line
        early_in_step: Array = (ahead < 0) | ((ahead == 0) & (place.line < first))
        return early_in_step

    def again(self, leaf: Var, times: Times | None, settled: Array | None = None) -> Array:
        """Computed anew, but as recorded where that is `settled`, and at times that have no definition."""
        place = self._places.get((leaf.name, times is None))
        if place is None:
            raise Unknown(f"{leaf.name}, which the network does not compute")
        if times is None or place.span is None:
            return evaluate(place.definition.value, self, {"T": self._recorded.last})
        letters = {"T": self._recorded.last}
        low, high = place.span.low.number(letters), place.span.high.number(letters)
        inside = (times >= low) & (times <= high) & ~(np.zeros(1, bool) if settled is None else settled)
        clipped = np.clip(times, low, high)
        anew = evaluate(place.definition.value, self, {**letters, place.span.letter: clipped})
        return np.where(inside[:, None, None], anew, self._recorded.of(leaf, times))


def units(recorded: Recorded, leaf: Var) -> Array:
    """[entries, 1, 1, r, c]: an imaginary step in each entry, column after column."""
    rows, columns = recorded.size(leaf.shape[0]), recorded.size(leaf.shape[1])
    steps = np.eye(rows * columns).reshape(-1, columns, rows)
    return 1j * NUDGE * np.swapaxes(steps, -1, -2)[:, None, None]
