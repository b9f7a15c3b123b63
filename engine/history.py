"""What a run needs to go back in time: its memory at some steps, and the knobs of every step.

`Keyframes` stand every `spacing` steps; when they outgrow their budget every other one is dropped and
the spacing doubles, so memory is bounded and the way back is never longer than one spacing.
From there the steps are done again with the knobs that the
`Timeline` has for each. Knows arrays, knobs and step numbers, nothing of training.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.config import RunConfig
from engine.snapshot import Array

Memory = Mapping[str, Array]

BUDGET = 64 * 2**20  # bytes of sparse frames
NEAR_BUDGET = 32 * 2**20  # bytes of the frames of every step near the last place gone back to
RESTING_BUDGET = 8 * 2**20  # bytes of the frames of a run that rests
SPACING = 32  # steps between two frames, at first


@dataclass(slots=True)
class Keyframes:
    """Memories by step. Those at multiples of `spacing` are kept in general, `near` ones for a while.

    With a budget of 0 only the start is kept.
    """

    budget: int = BUDGET
    spacing: int = SPACING
    _sparse: dict[int, Memory] = field(default_factory=dict)
    _near: dict[int, Memory] = field(default_factory=dict)
    _size: int = 0  # bytes of the sparse ones

    def wants(self, step: int) -> bool:
        """Whether the memory after `step` should be kept in general."""
        return self.budget > 0 and step % self.spacing == 0 and step not in self._sparse

    def keep(self, step: int, memory: Memory) -> None:
        """Keep it; older frames are thinned out when there is no room."""
        self._sparse[step] = memory
        self._size += size_of(memory)
        while self._size > self.budget and len(self._sparse) > 2:
            self._thin()

    def keep_near(self, step: int, memory: Memory) -> None:
        """Keep it as long as there is room for its kind: the way back often goes one step at a time."""
        if not self.budget:
            return
        self._near.pop(step, None)  # the newest comes last
        self._near[step] = memory
        while len(self._near) * size_of(memory) > NEAR_BUDGET and len(self._near) > 2:
            del self._near[next(iter(self._near))]

    def before(self, step: int) -> tuple[int, Memory]:
        """The last frame at or before `step`; there is always one at 0."""
        known = self._sparse | self._near
        found = max(place for place in known if place <= step)
        return found, known[found]

    def cut(self, step: int) -> None:
        """Forget all that came after `step`."""
        self._near = {place: memory for place, memory in self._near.items() if place <= step}
        self._sparse = {place: memory for place, memory in self._sparse.items() if place <= step}
        self._size = sum(map(size_of, self._sparse.values()))

    def shrink(self) -> None:
        """Keep few frames: for a run that rests."""
        self._near.clear()
        while self._size > RESTING_BUDGET and len(self._sparse) > 2:
            self._thin()

    def copy(self) -> Keyframes:
        """The same frames for a branch; the memories are shared, since nobody writes to them."""
        return Keyframes(self.budget, self.spacing, dict(self._sparse), dict(self._near), self._size)

    @property
    def size(self) -> int:
        """Bytes held by all frames."""
        return self._size + sum(map(size_of, self._near.values()))

    def _thin(self) -> None:
        self.spacing *= 2
        self._sparse = {step: memory for step, memory in self._sparse.items() if step % self.spacing == 0}
        self._size = sum(map(size_of, self._sparse.values()))


def size_of(memory: Memory) -> int:
    """Bytes of the arrays."""
    return sum(array.nbytes for array in memory.values())


@dataclass(frozen=True, slots=True)
class Turn:
    """A live knob that was turned after `step` steps."""

    step: int
    name: str
    value: float


@dataclass(slots=True)
class Timeline:
    """Which knobs each step is done with: the first ones, and every turn since."""

    _configs: list[tuple[int, RunConfig]]

    @classmethod
    def of(cls, config: RunConfig) -> Timeline:
        return cls([(0, config)])

    def replay(self, turns: Iterable[Turn]) -> None:
        """Turn every knob as in `turns`, oldest first."""
        for turn in turns:
            value = type(getattr(self.at(0), turn.name))(turn.value)  # a lag is whole
            self.turn(turn.step, dataclasses.replace(self.at(turn.step), **{turn.name: value}))

    def at(self, step: int) -> RunConfig:
        """The knobs after `step` steps, which the next step is done with."""
        return next(config for since, config in reversed(self._configs) if since <= step)

    def turn(self, step: int, config: RunConfig) -> None:
        """After `step` steps the knobs are those of `config`; what was to come is forgotten."""
        self.cut(step)
        if config != self.at(step):
            self._configs.append((step, config))

    def cut(self, step: int) -> None:
        """Forget the turns made after `step`."""
        self._configs = [(since, config) for since, config in self._configs if since <= step]

    def turns(self, step: int) -> tuple[Turn, ...]:
        """Every turn up to `step`, one knob each, in order."""
        found = []
        for (_, old), (since, new) in itertools.pairwise(self._configs):
            names = (f.name for f in dataclasses.fields(RunConfig))
            found += [Turn(since, n, getattr(new, n)) for n in names if getattr(new, n) != getattr(old, n)]
        return tuple(turn for turn in found if turn.step <= step)

    def copy(self) -> Timeline:
        return Timeline(list(self._configs))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs that were one up to a step.

    Attributes:
        forked: the last step that both have in common.
        left, right: [n] their losses from step `forked` + 1 on.
        turned: what was turned in one of them only, for each.
        distance: ‖θ_left - θ_right‖₂ of the weights that they have now.
    """

    forked: int
    left: Array
    right: Array
    turned: tuple[tuple[Turn, ...], tuple[Turn, ...]]
    distance: float


def common_steps(left: Array, right: Array) -> int:
    """How many losses two runs begin with in common, bit for bit."""
    n = min(len(left), len(right))
    differs = np.flatnonzero(np.asarray(left[:n]) != np.asarray(right[:n]))
    return int(differs[0]) if len(differs) else n
