"""The numbers behind one derivation, from a source that knows nothing of it.

Quantities are what the oracle's forward run says. Slopes are what the derivation's own lines say,
and `anchor` holds them against the oracle: nudged by a tiny imaginary step, in a random direction
over all times at once, the loss has to change as the slopes predict. Jacobians come from nudging,
too (`jacobians.py`).

Arrays have the layout of `oracles`, with 8 points as their leading axis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.derivations.drawing import drawn, sizes_in, steps_of
from engine.derivations.jacobians import Jacobians
from engine.derivations.nearby import NUDGE
from engine.derivations.oracles import forward
from engine.derivations.recorded import Recorded, Unknown
from engine.derivations.steps import Step
from engine.symbolic.jobs import GradientJob
from engine.tape.nodes import Partial, Slope
from engine.tape.numbers import Array, Times, evaluate
from engine.tape.program import Program

__all__ = ["Anchor", "Unknown", "World", "drawn"]

_LEAST = 1e-14  # of the largest slope of a family: smaller ones are rounding


@dataclass(frozen=True, slots=True)
class Anchor:
    """How the slopes of one line compare to the oracle; arrays are [points].

    Attributes:
        predicted: the slopes times a random direction, summed over everything.
        measured: how fast the oracle's loss changes in that direction.
        scale: the sum of the sizes of all products in `predicted`.
    """

    predicted: Array
    measured: Array
    scale: Array


@dataclass(frozen=True, slots=True)
class _Push:
    """A direction in which one family is pushed: [points, times, r, c], and the slopes there."""

    step: Step
    name: str
    times: Sequence[int | None]
    direction: Array
    slopes: Array


class World(Recorded):
    """The numbers for one derivation. Bind its lines first; checking them is faster then."""

    def __init__(self, job: GradientJob, program: Program, arrays: Mapping[str, Array]) -> None:
        """`arrays`: what is given, as `drawn` makes it; a job's own T, activation, ... are heeded."""
        last = steps_of(job)
        self.job, self.program, self.given = job, program, dict(arrays)
        made = forward(job, arrays)
        super().__init__(
            self.given | made, sizes_in(program, arrays, last), last, len(next(iter(arrays.values())))
        )
        self._jacobians = Jacobians(job, program, self.given, self)
        self._anchors: dict[int, tuple[Step, Anchor | Unknown]] = {}  # by identity: steps cannot be hashed
        self._waiting: dict[int, tuple[Step, Slope]] = {}

    @property
    def where(self) -> str:
        """The points in words."""
        if self.job.given is None:
            return f"{self.points} random points"
        return f"the given numbers and {self.points - 1} random points"

    def bind(self, step: Step) -> None:
        super().bind(step)
        if isinstance(step.left, Slope) and id(step) not in self._anchors:
            self._waiting[id(step)] = step, step.left

    def partial(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        return self._jacobians.of(leaf, of, by)

    def anchor(self, step: Step) -> Anchor:
        """The line's slopes against the oracle; all lines that are bound are measured in the same run.

        Raises Unknown: what the line says cannot be computed.
        """
        if id(step) not in self._anchors:
            self.bind(step)
            self._measure()
        found = self._anchors[id(step)][1]
        if isinstance(found, Unknown):
            raise found
        return found

    def _measure(self) -> None:
        pushes = []
        for key, (step, slope) in self._waiting.items():
            try:
                pushes.append(self._push(step, slope))
            except Unknown as problem:
                self._anchors[key] = step, problem
        self._waiting = {}
        for push, changes in zip(pushes, self._changes(pushes), strict=True):
            products = push.direction * push.slopes
            predicted, scale = (each.sum(axis=(1, 2, 3)) for each in (products, np.abs(products)))
            self._anchors[id(push.step)] = push.step, Anchor(predicted, changes, scale)

    def _push(self, step: Step, slope: Slope) -> _Push:
        """In a random direction in which all times weigh the same, however small the slope there is."""
        times = [time for time, _ in self.moments(step)]
        found = evaluate(slope, self, self.letters(step))
        slopes = np.broadcast_to(found, (self.points, len(times), *found.shape[-2:]))
        sizes = np.abs(slopes).max(axis=(-2, -1), keepdims=True)
        sizes = np.maximum(sizes, _LEAST * sizes.max(axis=1, keepdims=True))
        random = np.random.default_rng([self.job.seed, len(slopes), len(self._anchors)])
        direction = random.uniform(0.5, 1, slopes.shape) * random.choice([-1, 1], slopes.shape)
        return _Push(step, slope.of.name, times, direction / np.where(sizes > 0, sizes, 1), slopes)

    def _changes(self, pushes: Sequence[_Push]) -> Array:
        """[pushes, points]: how fast the loss changes in each direction, in one run."""
        moved: dict[tuple[str, int | None], Array] = {}
        for number, push in enumerate(pushes):
            for place, time in enumerate(push.times):
                direction = push.direction[:, place]
                all_runs = moved.setdefault(
                    (push.name, time), np.zeros((len(pushes), *direction.shape), complex)
                )
                all_runs[number] += 1j * NUDGE * direction

        def nudge(name: str, time: int | None, value: Array) -> Array:
            return value + moved[name, time] if (name, time) in moved else value

        losses = forward(self.job, self.given, nudge)["L"][..., 0, 0]
        return np.broadcast_to(losses.imag / NUDGE, (len(pushes), self.points))
