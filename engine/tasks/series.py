"""Read a series of numbers, foretell the next one. Knows nothing of cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.config import RunConfig
from engine.snapshot import Array
from engine.tasks.task import BATCHES, Batch

PERIODS = (6.0, 24.0)  # steps; of the two sines in each wave


@dataclass(frozen=True, slots=True)
class SineTask:
    """Read a wave, foretell its next value: x_t = ½ (sin(2πt/p₁ + φ₁) + sin(2πt/p₂ + φ₂)).

    The periods p and phases φ are drawn anew for each sequence; the loss is half the squared error.
    """

    length: int
    size: int
    seed: int

    kind = "sequences"
    loss = "half squared error"
    inputs = 1
    outputs = 1
    symbols = ()
    answers = ()
    joint = ""

    @classmethod
    def of(cls, config: RunConfig) -> SineTask:
        return cls(config.length, config.batch, config.seed)

    def batch(self, step: int) -> Batch:
        rng = np.random.default_rng((self.seed, BATCHES, step))
        period = rng.uniform(*PERIODS, (2, self.size, 1))
        phase = rng.uniform(0, 2 * np.pi, (2, self.size, 1))
        t = np.arange(self.length + 1)[:, None, None, None]
        wave = np.sin(2 * np.pi * t / period + phase).mean(axis=1)
        return Batch(wave[:-1], wave[1:])

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return self.labels(rows)

    def labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(f"{value:.2f}" for value in rows[:, 0])
