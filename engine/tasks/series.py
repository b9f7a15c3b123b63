"""Read a series of numbers, foretell the next one. Knows nothing of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from engine.config import RunConfig
from engine.snapshot import Array
from engine.tasks.task import BATCHES, Batch
from engine.tasks.windows import following

PERIODS = (6.0, 24.0)  # steps; of the two sines in each wave
_LARGE = 1000.0  # from here on two decimals are more than anybody reads
SPAN = 10  # how many batches one wave lasts in a stateful run


@dataclass(frozen=True, slots=True)
class SineTask:
    """Read a wave, foretell its next value: x_t = ½ (sin(2πt/p₁ + φ₁) + sin(2πt/p₂ + φ₂)) + σ ε_t.

    The periods p and phases φ are drawn anew for each sequence, ε is standard normal. The loss is
    half the squared error: as ε cannot be foretold it never stays below ½ σ². Stateful, a wave goes
    on for `span` batches; then come new ones, from a fresh state.

    Attributes:
        noise: σ.
        span: how many batches a wave lasts, 1 for stateless.
    """

    length: int
    size: int
    seed: int
    noise: float = 0.0
    span: int = 1

    kind: ClassVar[Literal["sequences"]] = "sequences"
    loss: ClassVar[Literal["half squared error"]] = "half squared error"
    inputs: ClassVar[int] = 1
    outputs: ClassVar[int] = 1
    symbols: ClassVar[tuple[str, ...]] = ()
    answers: ClassVar[tuple[str, ...]] = ()
    joint: ClassVar[str] = ""

    @classmethod
    def of(cls, config: RunConfig) -> SineTask:
        """The clean or the noisy wave of `config`."""
        noise = config.noise if config.task == "noisy" else 0.0
        span = SPAN if config.state == "stateful" else 1
        return cls(config.length, config.batch, config.seed, noise, span)

    def batch(self, step: int) -> Batch:
        """T + 1 values of each wave, the last of them only as a target."""
        stretch, place = divmod(step - 1, self.span)
        rng = np.random.default_rng((self.seed, BATCHES, stretch + 1))
        period = rng.uniform(*PERIODS, (2, self.size, 1))
        phase = rng.uniform(0, 2 * np.pi, (2, self.size, 1))
        start = place * self.length
        t = start + np.arange(self.length + 1)[:, None, None, None]
        wave = np.sin(2 * np.pi * t / period + phase).mean(axis=1)
        if self.noise:  # the whole stretch is drawn: where two batches meet they share a value
            drawn = rng.standard_normal((self.span * self.length + 1, self.size, 1))
            wave += self.noise * drawn[start : start + self.length + 1]
        return Batch(wave[:-1], wave[1:], fresh=place == 0, own=following(self.length, self.size))

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return self.labels(rows)

    def labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(figure(value) for value in rows[:, 0])


def figure(value: float) -> str:
    """Two decimals, or four figures of a number that has exploded: 0.50, -3.14, 1.235e+04."""
    return f"{value:.2f}" if abs(value) < _LARGE else f"{value:.4g}"
