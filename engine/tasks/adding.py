"""The adding problem: two numbers among many are marked; what is their sum? Knows nothing of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from engine.config import RunConfig
from engine.snapshot import Array
from engine.tasks.series import figure
from engine.tasks.task import BATCHES, Batch


@dataclass(frozen=True, slots=True)
class AddingTask:
    """Two channels, a value uniform in [0, 1] and a mark; the sum of the two marked is asked for at T.

    Hochreiter & Schmidhuber 1997, experiment 5, with the range of Le et al. 2015 and one mark in each
    half of the sequence. Half the squared error: a network that always says 1 gets 1/12 = 0.083.
    """

    length: int
    size: int
    seed: int

    kind: ClassVar[Literal["sequences"]] = "sequences"
    loss: ClassVar[Literal["half squared error"]] = "half squared error"
    inputs: ClassVar[int] = 2
    outputs: ClassVar[int] = 1
    symbols: ClassVar[tuple[str, ...]] = ()
    answers: ClassVar[tuple[str, ...]] = ()
    joint: ClassVar[str] = ""

    @classmethod
    def of(cls, config: RunConfig) -> AddingTask:
        return cls(config.length, config.batch, config.seed)

    def batch(self, step: int) -> Batch:
        """Targets are the sum so far; only the last one counts."""
        rng = np.random.default_rng((self.seed, BATCHES, step))
        values = rng.random((self.length, self.size))
        marks = np.zeros_like(values)
        half, every = self.length // 2, np.arange(self.size)
        marks[rng.integers(0, half, self.size), every] = 1
        marks[rng.integers(half, self.length, self.size), every] = 1
        weights = np.zeros_like(values)
        weights[-1] = 1
        sums = (values * marks).cumsum(axis=0)
        return Batch(np.stack([values, marks], axis=2), sums[..., None], weights)

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        """The value, with a star where it is marked."""
        return tuple(f"{figure(value)}{'*' if mark > 0.5 else ''}" for value, mark in rows)

    def labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(figure(value) for value in rows[:, 0])
