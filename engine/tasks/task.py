"""What a task is: batches, the same for the same step, and words for what they hold.

A task of the kind "sequences" makes a `Batch`, "pairs" makes `Pairs` (and, by `as_sequences`
in `pairs`, a Batch too), "skip-grams" makes `SkipGrams`. Knows nothing of cells or training.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.snapshot import Array

Codes = NDArray[np.intp]
BATCHES = (
    1  # which stream of random numbers: default_rng((seed, BATCHES, step)); weights 0, sampling 2, models 3
)


@dataclass(frozen=True, slots=True)
class Batch:
    """B sequences of T steps.

    Attributes:
        inputs: [T, B, d].
        targets: [T, B, k] what should come out: one-hot for cross-entropy, else values.
        weights: [T, B] how much each output counts, 0 where none is asked for; None: all count 1.
            The loss is the weighted mean.
        tokens: [T, B] places of the ones where every input is one-hot, else None.
        fresh: the state starts at zeros; False in a stateful run that goes on.
        own: [T, B] True where the input is the last target, so that a run with teacher forcing
            below 1 may put the network's own last output there; None: nowhere.
    """

    inputs: Array
    targets: Array
    weights: Array | None = None
    tokens: Codes | None = None
    fresh: bool = True
    own: NDArray[np.bool_] | None = None

    @property
    def sizes(self) -> tuple[int, int]:
        """T and B."""
        T, B = (self.inputs if self.tokens is None else self.tokens).shape[:2]
        return T, B

    @property
    def labels(self) -> Codes:
        """[T, B] places of the ones of one-hot targets."""
        found: Codes = self.targets.argmax(axis=2)
        return found


class Symbols(Batch):
    """A Batch told by places: its one-hot arrays are made for whoever asks, which the kernel does not."""

    _wanted: Codes | None = None  # the labels; None where the arrays were given, as `replace` does
    _places = (0, 0)

    @classmethod
    def of(
        cls,
        tokens: Codes,
        labels: Codes,
        places: tuple[int, int],
        weights: Array | None = None,
        fresh: bool = True,
        own: NDArray[np.bool_] | None = None,
    ) -> Symbols:
        """`tokens` and `labels` are [T, B]; `places` is d and k, how many there are of each."""
        given = {"tokens": tokens, "weights": weights, "fresh": fresh, "own": own}
        batch = cls.__new__(cls)
        for name, value in (given | {"_wanted": labels, "_places": places}).items():
            object.__setattr__(batch, name, value)  # it is frozen
        return batch

    @cached_property
    def inputs(self) -> Array:
        assert self.tokens is not None, "symbols are told by their places"  # noqa: S101 - ours to keep
        return np.eye(self._places[0]).take(self.tokens, axis=0)

    @cached_property
    def targets(self) -> Array:
        return np.eye(self._places[1]).take(self.labels, axis=0)

    @property
    def labels(self) -> Codes:
        return super().labels if self._wanted is None else self._wanted


def batch_rng(seed: int, step: int) -> np.random.Generator:
    """What the batch of `step` is drawn with: the same as from the tuple, which is read more slowly."""
    return np.random.default_rng(np.array((seed, BATCHES, step), np.uint32))


@dataclass(frozen=True, slots=True)
class Pairs:
    """B pairs of a source and a target of their own lengths, as places in two vocabularies.

    Attributes:
        source: [S, B], padded with `PAD` (place 0) at the end.
        target: [U, B], each ended by the end sign and padded with `PAD`; the decoder starts from `GO`.
    """

    source: Codes
    target: Codes


@dataclass(frozen=True, slots=True)
class SkipGrams:
    """B centre words, the word seen beside each, and n drawn words that were not.

    Attributes:
        centre, context: [B]; negatives: [B, n]. Places in the vocabulary.
    """

    centre: Codes
    context: Codes
    negatives: Codes


PAD, GO, END = 0, 1, 2  # places of the three signs in both vocabularies of a task of pairs


class Task(Protocol):
    """What a run needs of a task.

    Attributes:
        kind: what `batch` makes.
        loss: how outputs are judged.
        inputs, outputs: d and k. For pairs, the sizes of the two vocabularies.
        symbols, answers: what the places of inputs and outputs mean; () where they are numbers.
        joint: what stands between two symbols of a text ("" for characters, " " for words).
    """

    @property
    def kind(self) -> Literal["sequences", "pairs", "skip-grams"]: ...
    @property
    def loss(self) -> Literal["cross-entropy", "half squared error"]: ...
    @property
    def inputs(self) -> int: ...
    @property
    def outputs(self) -> int: ...
    @property
    def symbols(self) -> tuple[str, ...]: ...
    @property
    def answers(self) -> tuple[str, ...]: ...
    @property
    def joint(self) -> str: ...

    def batch(self, step: int) -> Batch | Pairs | SkipGrams:
        """The batch of step 1, 2, ...: always the same for the same step."""

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        """One short label for each row of inputs [n, d]."""

    def labels(self, rows: Array) -> tuple[str, ...]:
        """One short label for each row of targets or judged outputs [n, k]."""
