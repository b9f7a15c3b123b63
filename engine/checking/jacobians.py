"""Jacobians as numbers, by nudging: total ones, and immediate ones with some quantities held.

From one step to the next the network's own definitions are run again from recorded states, for
all times at once; over longer ways the oracle is. A tiny imaginary step in each entry gives a
column of the Jacobian, exact to the last digits.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.checking.nearby import NUDGE, Nearby, units
from engine.checking.oracles import forward
from engine.checking.recorded import Recorded, Unknown
from engine.symbolic.jobs import GradientJob
from engine.tape.index import t
from engine.tape.makers import partial, var
from engine.tape.nodes import Partial, Var
from engine.tape.numbers import Array, Times
from engine.tape.program import Program

_LEAST = 1e-14  # of an entry: smaller ones have vanished
_CONFIRMED = 1e-11  # relative


class Jacobians:
    """Of one network at recorded numbers."""

    def __init__(
        self, job: GradientJob, program: Program, given: Mapping[str, Array], recorded: Recorded
    ) -> None:
        self._job, self._program, self._given, self._recorded = job, program, given, recorded
        self._known: dict[tuple[Partial, bytes, bytes], Array] = {}

    def of(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        """[points, n, rows of `of`, entries of `by`]; a matrix `by` counts column after column.

        Raises Unknown: the network has no such quantity, or not at that time.
        """
        count = max(1 if times is None else len(times) for times in (of, by))
        if any(times is not None and not len(times) for times in (of, by)):
            return np.zeros(
                (self._recorded.points, 0, self._recorded.size(leaf.of.shape[0]), self._entries(leaf.by))
            )
        return self._kept(leaf, of, by) if count <= self._recorded.last else self._once(leaf, of, by, count)

    def _once(self, leaf: Partial, of: Times | None, by: Times | None, count: int) -> Array:
        """For more pairs of times than there are times: a sum of sums asks for each one many times."""
        pairs = [
            np.zeros(count, int) if times is None else np.broadcast_to(times, count) for times in (of, by)
        ]
        distinct, again = np.unique(np.stack(pairs), axis=1, return_inverse=True)
        ends, starts = (
            None if times is None else each for times, each in zip((of, by), distinct, strict=True)
        )
        found = self._kept(leaf, ends, starts)
        return found[:, again.ravel()] if found.shape[1] > 1 else found

    def _kept(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        key = leaf, b"" if of is None else of.tobytes(), b"" if by is None else by.tobytes()
        if key not in self._known:
            self._known[key] = self._found(leaf, of, by)
        return self._known[key]

    def _found(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        if leaf.of.name == leaf.by.name and _same(of, by):
            whole = self._recorded.of(leaf.of, of)  # raises Unknown where there is none
            return np.broadcast_to(np.eye(whole.shape[-2]), (*whole.shape[:-1], whole.shape[-2]))
        if self._near(leaf, of, by):
            return self._locally(leaf, of, by)
        if of is not None and by is not None:
            product = self._product(leaf, of, by)
            if product is not None and self._confirmed(leaf, int(of[0]), by, product):
                return product
        return self._by_oracle(leaf, of, by)

    def _near(self, leaf: Partial, of: Times | None, by: Times | None) -> bool:
        """Whether only a step or so lies between the two, so that little has to be run again."""
        if of is not None and by is not None:
            away = np.unique(of - by)
            return len(away) == 1 and abs(int(away[0])) <= 1
        return by is None and leaf.held is not None

    def _locally(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        made = Nearby(self._program, self._recorded, leaf, by).again(leaf.of, of)
        return _columns(made, self._entries(leaf.by))

    def _product(self, leaf: Partial, of: Times, by: Times) -> Array | None:
        """Of all single steps on the way to one end: the Jacobian, if nothing goes around them.

        The last factor is what another quantity than `by` does at that end.
        """
        end, begin = int(of[0]), int(by.min())
        if (of != end).any() or by.max() >= end:
            return None
        times = np.arange(begin + 1, end + 1)
        ends, here = var(leaf.of.name, leaf.of.shape, t), var(leaf.by.name, leaf.by.shape, t)
        before = var(leaf.by.name, leaf.by.shape, t - 1)
        try:
            steps = self.of(partial(here, before, leaf.held), times, times - 1)
            products = [self.of(partial(ends, here, leaf.held), of[:1], of[:1])[:, 0]]
        except Unknown:  # nothing is handed on from step to step
            return None
        for step in reversed(range(len(times))):
            products.append(products[-1] @ steps[:, step])
        return np.stack([products[end - time] for time in by.tolist()], axis=1)

    def _confirmed(self, leaf: Partial, end: int, by: Times, product: Array) -> bool:
        """Whether the oracle's end moves as `product` says when all the earlier ones are pushed at once."""
        sizes = np.maximum(np.abs(product).max(axis=(-2, -1), keepdims=True), _LEAST)
        random = np.random.default_rng(len(by))
        pushes = random.choice([-1.0, 1.0], (*product.shape[:2], product.shape[-1], 1)) / sizes
        steps: dict[int | None, Array] = {
            time: 1j * NUDGE * pushes[:, by == time].sum(axis=1) for time in by.tolist()
        }
        made: dict[int | None, Array] = {}

        def nudge(name: str, time: int | None, value: Array) -> Array:
            if name == leaf.of.name:
                made[time] = value
            if name == leaf.by.name:
                return value + steps[time] if time in steps else value
            return value.real if name in (leaf.held or ()) else value

        forward(self._job, self._given, nudge, only=())
        moved = product @ pushes
        apart = np.abs(moved.sum(axis=1) - made[end].imag / NUDGE)
        return end in made and bool((apart <= _CONFIRMED * np.abs(moved).sum(axis=1)).all())

    def _by_oracle(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        """The whole network is run for each entry and each time of `by`."""
        starts = [None] if by is None else np.unique(by).tolist()
        each = units(self._recorded, leaf.by)[:, :, 0]
        pushes = np.zeros((len(starts), *each.shape), complex)
        made: dict[int | None, Array] = {}

        def nudge(name: str, time: int | None, value: Array) -> Array:
            moved = value.real if name in (leaf.held or ()) else value
            if name == leaf.by.name and time in starts:
                moved = np.broadcast_to(value, np.broadcast_shapes(value.shape, pushes.shape)).astype(complex)
                run = starts.index(time)
                moved[run] = moved[run].real + each  # the other runs were pushed earlier, or will be later
            if name == leaf.of.name:
                made[time] = moved if name == leaf.by.name and time in starts else value
            return moved

        forward(self._job, self._given, nudge, only=())
        count = max(1 if times is None else len(times) for times in (of, by))
        runs = [0] * count if by is None else [starts.index(int(time)) for time in np.broadcast_to(by, count)]
        return self._picked(leaf, made, of, runs)

    def _picked(
        self, leaf: Partial, made: Mapping[int | None, Array], of: Times | None, runs: list[int]
    ) -> Array:
        """For each n the quantity at its time, from the run that was pushed at the other time."""
        ends = [None] * len(runs) if of is None else np.broadcast_to(of, len(runs)).tolist()
        entries, shape = self._entries(leaf.by), (self._recorded.size(leaf.of.shape[0]), 1)
        whole = (max(runs) + 1, entries, self._recorded.points, *shape)
        try:
            found = [np.broadcast_to(made[end], whole)[run] for end, run in zip(ends, runs, strict=True)]
        except KeyError:
            raise Unknown(f"{leaf.of.name} at a time at which the network does not make it") from None
        return _columns(np.stack(found, axis=2), entries)

    def _entries(self, leaf: Var) -> int:
        return self._recorded.size(leaf.shape[0]) * self._recorded.size(leaf.shape[1])


def _same(of: Times | None, by: Times | None) -> bool:
    """Whether the two times are always one and the same."""
    return of is by is None or (of is not None and by is not None and bool((of == by).all()))


def _columns(made: Array, entries: int) -> Array:
    """[entries, points, n, r, 1] -> [points, n, r, entries], the imaginary parts."""
    whole = np.broadcast_to(made.imag, (entries, *made.shape[-4:]))
    return np.moveaxis(whole[..., 0], 0, -1) / NUDGE
