"""The numbers behind one derivation, from a source that knows nothing of it.

Quantities are what the oracle's forward run says. Slopes are what the derivation's own lines say,
and `anchor` holds them against the oracle: nudged by a tiny imaginary step, in a random direction
over all lines and times at once, the loss has to change as the slopes predict. Jacobians come from
nudging, too (`jacobians.py`).

Arrays have the layout of `oracles`, with 8 points as their leading axis.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.checking.drawing import drawn, sizes_in, steps_of
from engine.checking.jacobians import Jacobians
from engine.checking.nearby import NUDGE
from engine.checking.oracles import forward
from engine.checking.recorded import Recorded, Unknown
from engine.derivations.steps import Step
from engine.symbolic.jobs import GradientJob
from engine.tape.nodes import Partial, Slope
from engine.tape.numbers import Array, Times, evaluate
from engine.tape.program import Program

__all__ = ["Anchor", "Unknown", "World", "drawn"]

_EPSILON = 2.0**-52
_SURE = 1e-12  # relative; a wrong slope among thousands of right ones still shows
_LEAST = 1e-14  # of the largest slope of a family, or of 1: smaller ones are rounding, or have vanished


@dataclass(frozen=True, slots=True)
class Anchor:
    """How slopes compare to the oracle; arrays are [points].

    Attributes:
        predicted: the slopes times a random direction, summed over everything.
        measured: how fast the oracle's loss changes in that direction.
        scale: the sum of the sizes of all products in `predicted`.
        lost: what rounding may take of `predicted`: a slope such as ŷ - y is a difference of numbers near 1.
    """

    predicted: Array
    measured: Array
    scale: Array
    lost: Array

    @property
    def error(self) -> float:
        """The largest difference, relative to all that was added up; infinite if something is no number."""
        largest = np.maximum(self.scale, np.abs(self.measured))
        apart = np.maximum(np.abs(self.predicted - self.measured) - self.lost, 0)
        found = float((apart / np.where(largest > 0, largest, 1)).max())
        return found if math.isfinite(found) else math.inf


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
        """The line's slopes against the oracle, together with those of all lines that are bound by then.

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
        """All at once; only if that does not come out right, each line by itself, to see which it is."""
        pushes = []
        for key, (step, slope) in self._waiting.items():
            try:
                pushes.append(self._push(step, slope))
            except (LookupError, ValueError, ArithmeticError) as problem:
                self._anchors[key] = step, Unknown(str(problem))
        self._waiting = {}
        for runs in (np.zeros(len(pushes), int), np.arange(len(pushes))):
            anchors = self._anchored(pushes, runs)
            self._anchors |= {
                id(push.step): (push.step, anchors[run]) for push, run in zip(pushes, runs, strict=True)
            }
            if all(anchor.error <= _SURE for anchor in anchors):
                return

    def _anchored(self, pushes: Sequence[_Push], runs: Times) -> list[Anchor]:
        """One for each run; `runs` says which run each push is part of."""
        count = len(set(runs.tolist()))
        predicted, scale, lost = np.zeros((3, count, self.points))
        for push, run in zip(pushes, runs, strict=True):
            products = push.direction * push.slopes
            predicted[run] += products.sum(axis=(1, 2, 3))
            scale[run] += np.abs(products).sum(axis=(1, 2, 3))
            lost[run] += _EPSILON * np.abs(push.direction).sum(axis=(1, 2, 3))
        measured = self._changes(pushes, runs, count)
        return [Anchor(*each) for each in zip(predicted, measured, scale, lost, strict=True)]

    def _push(self, step: Step, slope: Slope) -> _Push:
        """In a random direction in which all times weigh the same, however small the slope there is."""
        times = [time for time, _ in self.moments(step)]
        found = evaluate(slope, self, self.letters(step))
        slopes = np.broadcast_to(found, (self.points, len(times), *found.shape[-2:]))
        sizes = np.abs(slopes).max(axis=(-2, -1), keepdims=True)
        sizes = np.maximum(sizes, _LEAST * np.maximum(sizes.max(axis=1, keepdims=True), 1))
        random = np.random.default_rng([self.job.seed, len(slopes), len(self._anchors)])
        direction = random.uniform(0.5, 1, slopes.shape) * random.choice([-1, 1], slopes.shape)
        return _Push(step, slope.of.name, times, direction / sizes, slopes)

    def _changes(self, pushes: Sequence[_Push], runs: Times, count: int) -> Array:
        """[runs, points]: how fast the loss changes if each quantity moves in its direction."""
        moved: dict[tuple[str, bool], Array] = {}  # by name and whether it has a time: [runs, P, T + 2, r, c]
        for push, run in zip(pushes, runs, strict=True):
            points, _, *shape = push.direction.shape
            key = push.name, push.times[0] is None
            if key not in moved:
                moved[key] = np.zeros((count, points, self.last + 2, *shape), complex)
            moved[key][run][:, [time or 0 for time in push.times]] += 1j * NUDGE * push.direction

        def nudge(name: str, time: int | None, value: Array) -> Array:
            steps = moved.get((name, time is None))
            return value if steps is None else value + steps[..., time or 0, :, :]

        losses = forward(self.job, self.given, nudge, only=("L",))["L"][..., 0, 0]
        return np.broadcast_to(losses.imag / NUDGE, (count, self.points))
