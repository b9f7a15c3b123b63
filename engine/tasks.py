"""What there is to learn: the next character of a text, or the next value of a wave.

A task makes batches and judges outputs. A batch is a pure function of the seed and the number
of the step, so a run can be replayed from any step. Knows nothing of cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from engine.config import RunConfig
from engine.errors import TaskError
from engine.losses import Loss, cross_entropy, half_squared_error
from engine.sample_text import SAMPLE_TEXT
from engine.snapshot import Array

MAX_VOCABULARY = 256
PERIODS = (6.0, 24.0)  # steps; of the two sines in each wave

_BATCHES = 1  # which stream of random numbers; initial weights and sampling use others
_SEEN_AS = {" ": "␣", "\n": "↵", "\t": "⇥"}


class Batch(NamedTuple):
    """B sequences of T steps: inputs [T, B, d] and what should come out, targets [T, B, k]."""

    inputs: Array
    targets: Array


class Task(Protocol):
    """What a run needs of a task; `inputs` is d and `outputs` is k."""

    @property
    def inputs(self) -> int: ...
    @property
    def outputs(self) -> int: ...
    def batch(self, step: int) -> Batch:
        """The batch of step 1, 2, ...: always the same for the same step."""

    def judge(self, z: Array, targets: Array) -> Loss:
        """The loss of the network's outputs z [T, B, k]."""

    def labels(self, rows: Array) -> tuple[str, ...]:
        """One short label for each row of inputs, targets or judged outputs."""


@dataclass(frozen=True, slots=True, eq=False)
class CharacterTask:
    """Read a character, name the next: one-hot in, softmax and cross-entropy out.

    Attributes:
        vocabulary: the distinct characters of the text, sorted; d = k = how many.
        codes: [n] the text as places in `vocabulary`.
    """

    vocabulary: str
    codes: np.ndarray[tuple[int], np.dtype[np.intp]]
    one_hot: Array
    length: int
    size: int
    seed: int

    @classmethod
    def of(cls, config: RunConfig) -> CharacterTask:
        """The task of `config`; TaskError if its text is too short or its characters too few or too many."""
        text = config.text.replace("\r\n", "\n") or SAMPLE_TEXT
        vocabulary = "".join(sorted(set(text)))
        _check_text(len(text), len(vocabulary), config.length)
        places = {character: place for place, character in enumerate(vocabulary)}
        codes = np.array([places[character] for character in text])
        return cls(vocabulary, codes, np.eye(len(vocabulary)), config.length, config.batch, config.seed)

    @property
    def inputs(self) -> int:
        return len(self.vocabulary)

    @property
    def outputs(self) -> int:
        return len(self.vocabulary)

    def batch(self, step: int) -> Batch:
        """Windows of T + 1 characters that start anywhere in the text."""
        rng = np.random.default_rng((self.seed, _BATCHES, step))
        starts = rng.integers(0, len(self.codes) - self.length, self.size)
        windows = self.one_hot[self.codes[np.arange(self.length + 1)[:, None] + starts]]
        return Batch(windows[:-1], windows[1:])

    def judge(self, z: Array, targets: Array) -> Loss:
        return cross_entropy(z, targets)

    def labels(self, rows: Array) -> tuple[str, ...]:
        """The likeliest character of each row, made visible."""
        return tuple(visible(self.vocabulary[place]) for place in rows.argmax(axis=-1))


@dataclass(frozen=True, slots=True)
class SineTask:
    """Read a wave, foretell its next value: x_t = ½ (sin(2πt/p₁ + φ₁) + sin(2πt/p₂ + φ₂)).

    The periods p and phases φ are drawn anew for each sequence; the loss is half the squared error.
    """

    length: int
    size: int
    seed: int

    inputs = 1
    outputs = 1

    @classmethod
    def of(cls, config: RunConfig) -> SineTask:
        return cls(config.length, config.batch, config.seed)

    def batch(self, step: int) -> Batch:
        rng = np.random.default_rng((self.seed, _BATCHES, step))
        period = rng.uniform(*PERIODS, (2, self.size, 1))
        phase = rng.uniform(0, 2 * np.pi, (2, self.size, 1))
        t = np.arange(self.length + 1)[:, None, None, None]
        wave = np.sin(2 * np.pi * t / period + phase).mean(axis=1)
        return Batch(wave[:-1], wave[1:])

    def judge(self, z: Array, targets: Array) -> Loss:
        return half_squared_error(z, targets)

    def labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(f"{value:.2f}" for value in rows[:, 0])


def task_of(config: RunConfig) -> Task:
    """The task that `config` names; TaskError if nothing can be learnt from its text."""
    return SineTask.of(config) if config.task == "sine" else CharacterTask.of(config)


def visible(character: str) -> str:
    """`character` as it can be shown in a label: white space has a sign, control codes are spelt out."""
    if character in _SEEN_AS:
        return _SEEN_AS[character]
    return character if character.isprintable() else repr(character)[1:-1]


def _check_text(characters: int, distinct: int, length: int) -> None:
    if characters < 2 * length:
        raise TaskError(
            f"The text has {characters} characters; with {length} time steps it needs at least {2 * length}. "
            "Use a longer text or fewer time steps."
        )
    if distinct < 2:
        raise TaskError(
            "The text repeats a single character, so there is nothing to learn. Use a text with at least two."
        )
    if distinct > MAX_VOCABULARY:
        raise TaskError(
            f"The text has {distinct} different characters; {MAX_VOCABULARY} is the most. "
            "Use a text in one alphabet."
        )
