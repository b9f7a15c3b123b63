"""What each preset is said to show, as numbers that must hold when it is run.

The claims themselves stand in `claims_core`, `claims_learning`, `claims_gated` and `claims_language`,
one for each preset; here is what they are made of. Each trains the preset, and the run beside it,
for its `steps`. `presets.py` prints them all; tests/engine/test_presets.py asserts the quick ones.
"""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.config import RunConfig
from engine.errors import DivergenceError
from engine.parameters import count
from engine.presets import Preset
from engine.snapshot import Array, Snapshot
from engine.tasks.task import Batch, Pairs
from engine.train import Run

LAST = 40  # steps that a loss at the end is the mean of
JUDGED = 8  # steps that a share of right answers is the mean of


@dataclass(frozen=True, slots=True)
class Held:
    """One number, and between what it must lie."""

    what: str
    value: float
    low: float = -math.inf
    high: float = math.inf

    @property
    def ok(self) -> bool:
        return self.low <= self.value <= self.high

    def __str__(self) -> str:
        bounds = [f">= {self.low:g}"] if math.isfinite(self.low) else []
        bounds += [f"<= {self.high:g}"] if math.isfinite(self.high) else []
        asked = f" ({', '.join(bounds)}{'' if self.ok else ': NOT SO'})" if bounds else ""
        return f"{self.what} {self.value:.4g}{asked}"


class Trained:
    """A run of so many steps, or up to where it exploded.

    Attributes:
        right: share of right answers where any is asked for, over the last steps.
        seconds: of processor, for the steps alone.
    """

    def __init__(self, config: RunConfig, steps: int) -> None:
        self.run = Run(config)
        self.exploded = 0
        self.norms: list[float] = []
        judged: list[float] = []
        self.seconds = 0.0
        for step in range(1, steps + 1):
            since = time.process_time()
            try:
                self.run.advance()
            except DivergenceError as error:
                self.exploded = error.step
                break
            self.seconds += time.process_time() - since
            if step <= JUDGED:
                self.norms.append(self.run.snapshot([]).gradient_norm)
            if step > steps - JUDGED:
                judged.append(_right(self.run))
        self.right = float(np.mean(judged)) if judged else math.nan

    @property
    def loss(self) -> float:
        """The mean of the last losses."""
        return float(self.run.losses[-LAST:].mean())

    @property
    def parameters(self) -> int:
        return count(self.run.learner.shapes)

    @cached_property
    def seen(self) -> Snapshot:
        """The first sequence of the last step."""
        return self.run.snapshot([])

    @property
    def named(self) -> dict[str, Array]:
        return dict(self.seen.named)

    def sequences(self) -> Iterator[Snapshot]:
        """All sequences of the last step."""
        for b in range(self.run.config.batch):
            yield self.run.snapshot([], b)


Claim = Callable[[Trained, Trained], Iterator[Held]]
ALONE: dict[str, Callable[[Trained], Iterator[Held]]] = {}  # of presets without a run beside them
BESIDE: dict[str, Claim] = {}


def claims(preset: Preset, **knobs: object) -> Iterator[Held]:
    """Train, and tell what was found; `knobs` are turned in both runs, e.g. engine="numpy"."""
    mine = Trained(dataclasses.replace(preset.config, **knobs), preset.steps)
    if preset.contrast is None:
        yield from ALONE[preset.id](mine)
    else:
        other = Trained(dataclasses.replace(preset.contrast, **knobs), preset.steps)
        yield from BESIDE[preset.id](mine, other)


def alone(*ids: str) -> Callable[[Callable[[Trained], Iterator[Held]]], Callable[[Trained], Iterator[Held]]]:
    """The claim of presets without a run beside them."""

    def note(claim: Callable[[Trained], Iterator[Held]]) -> Callable[[Trained], Iterator[Held]]:
        ALONE.update(dict.fromkeys(ids, claim))
        return claim

    return note


def beside(*ids: str) -> Callable[[Claim], Claim]:
    """The claim of presets with a run beside them."""

    def note(claim: Claim) -> Claim:
        BESIDE.update(dict.fromkeys(ids, claim))
        return claim

    return note


def losses(
    below: float = math.inf, other_above: float = 0, other_below: float = math.inf, above: float = 0
) -> Claim:
    """A claim about the two losses at the end and nothing else."""

    def claim(mine: Trained, other: Trained) -> Iterator[Held]:
        yield Held("loss", mine.loss, above, below)
        yield Held("beside it", other.loss, other_above, other_below)

    return claim


def _right(run: Run) -> float:
    """The share of right answers in the last batch, where any is asked for."""
    if run.task.loss != "cross-entropy" or run.task.kind == "skip-grams":
        return math.nan
    batch = run.task.batch(run.step)
    right = asked = 0
    for b in range(run.config.batch):
        picture, _ = run.learner.picture(b)
        counts = _asked(batch, b, len(picture.wanted))
        hits = picture.outputs.argmax(axis=1) == picture.wanted.argmax(axis=1)
        right += int(hits[counts].sum())
        asked += int(counts.sum())
    return right / asked


def _asked(batch: object, b: int, steps: int) -> Sequence[bool]:
    if isinstance(batch, Pairs):
        return batch.target[:steps, b] != 0
    assert isinstance(batch, Batch)
    return np.ones(steps, bool) if batch.weights is None else batch.weights[:, b] > 0
