"""What the leaves of a derivation are worth: recorded quantities, and slopes as the lines give them.

A slope is worth what the first line about it says at that time, or the first that a rougher telling
still has: ŷ - y, and not the product that it is short for, which is 0 / 0 where softmax saturates. It
is computed when it is first asked for. Families that need each other, as dL/dh_t needs δ_{t+1} and
δ_t needs dL/dh_t, are filled hand in hand. Knows no oracle; whether a line is right is found out elsewhere.

Arrays have the layout of `oracles`: [..., r, c], or [..., T + 2, r, c] by time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from engine.checking.waiting import Waiting, abreast
from engine.derivations.steps import Step
from engine.tape.nodes import Partial, Slope, Var
from engine.tape.numbers import Array, Times, evaluate, measured
from engine.tape.walk import walk

Key = tuple[type, str]  # a quantity or its slope, at whatever time


class Unknown(LookupError):
    """A line asks for something that is not there: a time before the first, a slope without a line."""


@dataclass(slots=True)
class _Family:
    """The lines about one slope, and what it is worth where that is known; by time, None if it has none.

    Attributes:
        falling: whether later times are needed for earlier ones; None while no line says.
        lines: the line, and its letters.
        needs: what stands in the lines.
        order: the times, in the order in which they can be computed.
        table: [points, T + 2, r, c] by time, or at index 0 of what has none.
        known: the times at which the table is filled.
        asked: the times that are being computed just now.
        waiting: of lines that need the slope itself, by identity, what of them does not.
    """

    falling: bool | None = None
    lines: dict[int | None, tuple[Step, Mapping[str, int]]] = field(default_factory=dict)
    needs: set[Key] = field(default_factory=set)
    order: list[int | None] = field(default_factory=list)
    table: Array = field(default_factory=lambda: np.empty(0))
    known: set[int | None] = field(default_factory=set)
    asked: set[int | None] = field(default_factory=set)
    waiting: dict[int, Waiting] = field(default_factory=dict)


class Recorded:
    """Numbers for the leaves of one derivation, see `engine.tape.numbers.Values`."""

    def __init__(
        self, arrays: Mapping[str, Array], sizes: Mapping[str, int], last: int, points: int = 1
    ) -> None:
        """`arrays` by name, with `points` as their leading axis; `sizes` by letter; `last` is T."""
        self._arrays, self._sizes, self.last, self.points = dict(arrays), sizes, last, points
        self._families: dict[Key, _Family] = {}
        self._recurrent: dict[Key, bool] = {}

    def size(self, name: str) -> int:
        return measured(name, self._sizes.__getitem__)

    def bind(self, step: Step) -> None:
        """Let the line say what its left side is worth, where no record and no earlier line as rough does."""
        leaf = step.left
        if not isinstance(leaf, Var | Slope) or self._recorded(leaf) is not None or not step.chain:
            return
        self._recurrent = {}
        family = self._families.setdefault(_key(leaf), _Family())
        family.needs |= {_key(leaf) for leaf in walk(step.after) if isinstance(leaf, Var | Slope)}
        if step.span is not None:
            family.falling = bool(family.falling) or step.span.falling
        for time, letters in self.moments(step):
            if time not in family.lines or step.level < family.lines[time][0].level:
                family.lines[time] = step, letters
        family.order = list(family.lines)
        if family.falling is not None:
            family.order.sort(key=lambda time: time or 0, reverse=family.falling)

    def letters(self, step: Step) -> dict[str, int | Times]:
        """T, and all times of the line's span at once."""
        letters: dict[str, int | Times] = {"T": self.last}
        if step.span is not None:
            letters[step.span.letter] = np.array(step.span.times({"T": self.last}), int)
        return letters

    def moments(self, step: Step) -> list[tuple[int | None, Mapping[str, int]]]:
        """For each time of the line's span: that of its left side, a Var or Slope, and the letters there."""
        letters, leaf = {"T": self.last}, step.left
        at = leaf.at if isinstance(leaf, Var) else leaf.of.at if isinstance(leaf, Slope) else None
        each = [letters]
        if step.span is not None:
            each = [{**letters, step.span.letter: n} for n in step.span.times(letters)]
        return [(None if at is None else at.number(one), one) for one in each]

    def record(self, leaf: Var, time: int | None, value: Array) -> None:
        """`value` [points, r, c] is what the quantity is (at that time)."""
        name, whole = array_name(leaf), (self.points, *value.shape[-2:])
        if time is None:
            self._arrays[name] = np.broadcast_to(value, whole)
            return
        if name not in self._arrays:
            self._arrays[name] = np.full((self.points, self.last + 2, *value.shape[-2:]), np.nan)
        self._arrays[name][:, time] = value

    def has(self, leaf: Var) -> bool:
        """Whether it is recorded, and not only what some line says that it is."""
        return self._recorded(leaf) is not None

    def of(self, leaf: Var | Slope, times: Times | None) -> Array:
        """Raises Unknown."""
        if times is not None and not len(times):
            return np.zeros((self.points, 0, self.size(leaf.shape[0]), self.size(leaf.shape[1])))
        whole = self._recorded(leaf)
        if whole is None:
            return self._from_lines(leaf, times)
        if times is None:
            return whole[..., None, :, :]
        if times.min() < 0 or times.max() >= whole.shape[-3]:
            raise Unknown(f"{_told(leaf)} at a time that is not there")
        return whole[..., times, :, :]

    def partial(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        """Raises Unknown: nothing here says what a Jacobian is."""
        raise Unknown(f"the slope of {leaf.of.name} by {leaf.by.name} at {of} and {by}")

    def _recorded(self, leaf: Var | Slope) -> Array | None:
        return self._arrays.get(array_name(leaf)) if isinstance(leaf, Var) else None

    def _from_lines(self, leaf: Var | Slope, times: Times | None) -> Array:
        family = self._families.get(_key(leaf))
        if family is None:
            raise Unknown(f"{_told(leaf)} before any line says what it is")
        for time in [None] if times is None else times.tolist():
            if time not in family.known:
                self._fill(leaf, family, time)
        return family.table[:, :1] if times is None else family.table[:, times]

    def _fill(self, leaf: Var | Slope, family: _Family, wanted: int | None) -> None:
        """All times up to `wanted` in the family's order, so that no line has to reach far for another.

        One that does not need itself at other times is computed for all of a line's times at once.
        """
        if wanted not in family.lines:
            raise Unknown(f"{_told(leaf)} at a time for which no line says what it is")
        if not self._is_recurrent(_key(leaf)):
            step = family.lines[wanted][0]
            times = [time for time, (other, _) in family.lines.items() if other is step]
            letters = [family.lines[time][1] for time in times]
            self._compute(leaf, family, times, lambda: evaluate(step.after, self, abreast(letters)))
            return
        for time in family.order[: family.order.index(wanted) + 1]:
            if time not in family.known:
                self._compute(leaf, family, [time], partial(self._once, family, time))

    def _once(self, family: _Family, time: int | None) -> Array:
        """What the line about a slope that needs itself says at one time."""
        step, letters = family.lines[time]
        if id(step) not in family.waiting:
            moments = [letters for other, letters in family.lines.values() if other is step]
            waits = Waiting(step, moments, self, lambda leaf: self._is_recurrent(_key(leaf)))
            family.waiting[id(step)] = waits
        return family.waiting[id(step)].at(letters)

    def _compute(
        self, leaf: Var | Slope, family: _Family, times: list[int | None], value: Callable[[], Array]
    ) -> None:
        """Notes what the slope is at these times."""
        if family.asked.intersection(times):
            raise Unknown(f"{_told(leaf)}, which needs itself")
        family.asked.update(times)
        try:
            found = value()
        finally:
            family.asked.difference_update(times)
        if not family.table.size:
            family.table = np.full((self.points, self.last + 2, *found.shape[-2:]), np.nan)
        family.table[:, [time or 0 for time in times]] = found
        family.known.update(times)

    def _is_recurrent(self, key: Key) -> bool:
        """Whether its lines need it again, at other times or through others."""
        if key not in self._recurrent:
            seen: set[Key] = set()
            coming = [key]
            while coming:
                family = self._families.get(coming.pop())
                found = family.needs if family else set()
                coming += found - seen
                seen |= found
            self._recurrent[key] = key in seen
        return self._recurrent[key]


def array_name(leaf: Var) -> str:
    """What its array is called: the parts of L apart from L."""
    return "L_t" if leaf.name == "L" and leaf.at is not None else leaf.name


def _key(leaf: Var | Slope) -> Key:
    return type(leaf), leaf.name if isinstance(leaf, Var) else leaf.of.name


def _told(leaf: Var | Slope) -> str:
    return leaf.name if isinstance(leaf, Var) else f"the slope of {leaf.of.name}"
