"""Exercises in symbols: what goes in, what is asked for and when, drawn by a rule.

What the rule is stands in `copying`, `recall` and `remembering`, one `Exercise` for each task. All of
them have one vocabulary, whose first place is the blank: nothing to read, or nothing asked for.
Knows nothing of cells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.config import RunConfig
from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.task import BATCHES, Batch, Codes

BLANK = "·"  # its place is 0


class Rows(NamedTuple):
    """A drawn batch, each [T, B]: what is read, what is wanted, and where an answer is asked for."""

    tokens: Codes
    wanted: Codes
    asked: NDArray[np.bool_]

    @classmethod
    def blank(cls, length: int, size: int) -> Rows:
        """Nothing to read and nothing asked for, to be filled in."""
        shape = (length, size)
        return cls(np.zeros(shape, np.intp), np.zeros(shape, np.intp), np.zeros(shape, np.bool_))


@dataclass(frozen=True, slots=True)
class Exercise:
    """A rule.

    Attributes:
        symbols: the vocabulary of inputs and outputs, `BLANK` first.
        least: the fewest time steps T in which it can be set.
        draw: (random numbers, T, B) -> Rows.
    """

    symbols: tuple[str, ...]
    least: int
    draw: Callable[[np.random.Generator, int, int], Rows]


@dataclass(frozen=True, slots=True, eq=False)
class ExerciseTask:
    """An exercise of T steps: one-hot symbols in, softmax and cross-entropy out, where it is asked for."""

    exercise: Exercise
    length: int
    size: int
    seed: int

    kind: ClassVar[Literal["sequences"]] = "sequences"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    joint: ClassVar[str] = ""

    @classmethod
    def of(cls, config: RunConfig, exercise: Exercise) -> ExerciseTask:
        """The task of `config`; TaskError if its T is too short."""
        if config.length < exercise.least:
            raise TaskError(
                f"Time steps T is {config.length}; the task {config.task} needs at least {exercise.least}. "
                f"Set Time steps T to {exercise.least} or more."
            )
        return cls(exercise, config.length, config.batch, config.seed)

    @property
    def symbols(self) -> tuple[str, ...]:
        return self.exercise.symbols

    @property
    def answers(self) -> tuple[str, ...]:
        return self.exercise.symbols

    @property
    def inputs(self) -> int:
        return len(self.symbols)

    @property
    def outputs(self) -> int:
        return len(self.symbols)

    def batch(self, step: int) -> Batch:
        rng = np.random.default_rng((self.seed, BATCHES, step))
        tokens, wanted, asked = self.exercise.draw(rng, self.length, self.size)
        one_hot = np.eye(len(self.symbols))
        return Batch(one_hot[tokens], one_hot[wanted], asked.astype(float), tokens)

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return self.labels(rows)

    def labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(self.symbols[place] for place in rows.argmax(axis=-1))
