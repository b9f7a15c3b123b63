"""LossHistory: every loss of a run in bounded memory. Plain NumPy; knows nothing of Qt or of processes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LIMIT = 2**18  # buckets: three arrays of 2 MB at most, exact for the first quarter million steps


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of one place on the curve: steps `first` to `last`, their mean and their extremes."""

    first: int
    last: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Envelope:
    """A curve in few points: the middle step of each group, its extremes and its mean, all [groups]."""

    step: Array
    low: Array
    high: Array
    mean: Array


def together(*envelopes: Envelope) -> Envelope:
    """Several curves as one, for what they have in common: a scale."""
    if len(envelopes) == 1:
        return envelopes[0]
    step, low, high, mean = (
        np.concatenate([getattr(e, name) for e in envelopes]) for name in ("step", "low", "high", "mean")
    )
    return Envelope(step, low, high, mean)


class LossHistory:
    """The losses of steps 1, 2, 3, ... in buckets of `stride` steps each.

    The stride is 1 until `limit` steps have come in; then neighbours are folded in pairs, so
    that a run of any length keeps its whole shape, its extremes included.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        """`limit` is how many buckets are kept at most; even."""
        self._limit = limit
        self.clear()

    def clear(self) -> None:
        """Forget everything: a new run begins."""
        self.stride = 1
        self.steps = 0
        self.last = float("nan")
        self._buckets = 0
        self._table = np.empty((3, 1024))  # low, high, mean
        self._pending = np.empty(0)

    def extend(self, losses: Array) -> None:
        """Append `losses` [n], oldest first."""
        if not len(losses):
            return
        self.steps += len(losses)
        self.last = float(losses[-1])
        pending = np.concatenate([self._pending, losses])
        while len(pending) >= self.stride:
            whole = min(len(pending) // self.stride, self._limit - self._buckets)
            cut = whole * self.stride
            self._append(pending[:cut].reshape(whole, self.stride))
            pending = pending[cut:]
        self._pending = pending

    @property
    def means(self) -> Array:
        """[buckets] mean loss of each bucket; the losses themselves while `stride` is 1."""
        return self._table[2, : self._buckets]

    def envelope(self, columns: int, first: float = 1, last: float = math.inf) -> Envelope:
        """At most `columns` groups of neighbouring buckets: what a curve that wide can show.

        Of a run seen from step `first` to `last` only the groups there, and one more at each end,
        so that the curve leaves the picture at its edges. The borders of the groups do not depend
        on `first`: a curve that is dragged keeps its shape.
        """
        begin = min(max(0, int((first - 1) // self.stride)), max(0, self._buckets - 1))
        end = self._buckets if last >= self.steps else min(self._buckets, int(last // self.stride) + 1)
        end = max(end, begin + 1)  # also of a place before the run: its edge
        group = max(1, -(-(end - begin) // max(1, columns)))
        starts = np.arange(max(0, begin // group - 1) * group, min(self._buckets, end + group), group)
        if not len(starts):
            return Envelope(*(np.empty(0) for _ in range(4)))
        ends = np.minimum(starts + group, self._buckets)
        low, high, mean = self._table[:, : ends[-1]]
        return Envelope(
            ((starts + ends) * self.stride + 1) / 2,  # the middle of the group's 1-based steps
            np.minimum.reduceat(low, starts),
            np.maximum.reduceat(high, starts),
            np.add.reduceat(mean, starts) / (ends - starts),
        )

    def at(self, step: int) -> Reading | None:
        """The bucket that holds `step`; the nearest one when `step` is out of range, None when empty."""
        if not self._buckets:
            return None
        index = min(max(0, (step - 1) // self.stride), self._buckets - 1)
        low, high, mean = (float(v) for v in self._table[:, index])
        return Reading(index * self.stride + 1, (index + 1) * self.stride, mean, low, high)

    def readings(self) -> Iterator[Reading]:
        """Every bucket, oldest first."""
        for number in range(self._buckets):
            reading = self.at(number * self.stride + 1)
            assert reading is not None  # noqa: S101 - there are that many
            yield reading

    def _append(self, groups: Array) -> None:
        """Add `groups` [n, stride] as n buckets; at the limit, fold."""
        needed = self._buckets + len(groups)
        if needed > self._table.shape[1]:
            grown = np.empty((3, max(needed, 2 * self._table.shape[1])))
            grown[:, : self._buckets] = self._table[:, : self._buckets]
            self._table = grown
        self._table[:, self._buckets : needed] = groups.min(1), groups.max(1), groups.mean(1)
        self._buckets = needed
        if self._buckets == self._limit:
            self._fold()

    def _fold(self) -> None:
        """Join neighbours in pairs: half the buckets, twice the stride."""
        pairs = self._table[:, : self._buckets].reshape(3, -1, 2)
        self._table = np.stack([pairs[0].min(1), pairs[1].max(1), pairs[2].mean(1)])
        self._buckets = self._table.shape[1]
        self.stride *= 2
