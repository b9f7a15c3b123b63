"""What a run needs of a model: weights by name, and one look at a batch, forward and backward.

A `Learner` is a model with its optimiser and its memory: what a run drives. Two kinds of
learner exist, one over any model in NumPy, one over the compiled kernel. Knows no model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from engine.config import RunConfig
from engine.parameters import Shapes
from engine.snapshot import Array

MODELS = 3  # which stream of random numbers: dropout masks, coins of teacher forcing


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a run stands when it looks at a batch.

    Attributes:
        step: the number of the step being done, 1, 2, ...
        knobs: every knob as it is now: dropout, teacher forcing, regulariser are live.
        carry: the state handed over from the last batch; () means zeros.
    """

    step: int
    knobs: RunConfig
    carry: tuple[Array, ...] = ()

    def rng(self) -> np.random.Generator:
        """Random numbers of this step for the model: the same whenever the step is done again."""
        return np.random.default_rng((self.knobs.seed, MODELS, self.step))


@dataclass(frozen=True, slots=True)
class Picture:
    """One sequence of a batch, in full. Arrays of its own.

    Attributes:
        inputs: [T, d]; wanted, outputs: [T, k], probabilities or values.
        hidden, dh: [T, h] the state that a screen shows first, and dL/dh_t through all paths.
        gates: letter -> [T, h] of the same layer, in the order of the cell's equations.
        named: every intermediate by its name, time first: "c", "da_f", "dc", "h_l2",
            "h_reverse", "attention", "memory", ... The names are in the model's docstring.
        right: the share of the outputs asked for in the whole batch whose likeliest symbol was the
            wanted one; None where outputs are no symbols.
    """

    inputs: Array
    wanted: Array
    outputs: Array
    hidden: Array
    dh: Array
    gates: Mapping[str, Array]
    named: Mapping[str, Array]
    right: float | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A batch seen by a model.

    Attributes:
        loss: the loss of the batch, without penalties.
        gradient: [n] dL/dθ, in the order of θ.
        carry: the state to hand to the next batch.
        picture: (sequence b) -> its Picture; costs nothing until called.
    """

    loss: float
    gradient: Array
    carry: tuple[Array, ...]
    picture: Callable[[int], Picture]


class Model(Protocol):
    """An architecture without its weights; θ is one flat vector in the order of `shapes`.

    Attributes:
        arithmetic: what computes it, in words: "NumPy, float64".
    """

    @property
    def arithmetic(self) -> str: ...
    @property
    def shapes(self) -> Shapes: ...

    def initial(self, config: RunConfig, rng: np.random.Generator) -> Array:
        """θ before training."""

    def look(self, theta: Array, batch: Any, moment: Moment) -> Look:
        """Forward, loss, backward."""


class Stepper(Protocol):
    """A trained network, one symbol at a time: what sampling and beam search need."""

    def start(self) -> tuple[Array, ...]:
        """The state before the first symbol."""

    def feed(self, state: tuple[Array, ...], place: int) -> tuple[tuple[Array, ...], Array]:
        """The state after reading one symbol, and the outputs z [k] before any softmax. Changes nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One training step.

    Attributes:
        loss: of the batch, before the update.
        norm: global L2 norm of the gradient before clipping.
        finite: loss, gradient and updated weights are numbers; when not, the update was not made.
    """

    loss: float
    norm: float
    finite: bool


class Learner(Protocol):
    """What a run drives.

    Attributes:
        arithmetic: what computes, in words: "NumPy, float64", "compiled kernel, float32, AVX-512".
        slow: a step takes much longer than a copy of the memory.
    """

    @property
    def arithmetic(self) -> str: ...
    @property
    def slow(self) -> bool: ...

    @property
    def shapes(self) -> Shapes: ...
    @property
    def weights(self) -> dict[str, Array]:
        """The weights of now, by name, float64 or float32, never to be written to."""

    def advance(self, batch: Any, moment: Moment) -> Outcome:
        """One whole step: forward, loss, backward, penalties, clip, update. Carries the state itself."""

    def picture(self, sequence: int = 0) -> tuple[Picture, dict[str, Array]]:
        """The last step, also a broken one, and the weights that it ran with."""

    def gradients(self) -> dict[str, Array]:
        """dL/dW of the last step by name, before clipping; asks for a step done before."""

    def memory(self) -> dict[str, Array]:
        """All that the next step depends on, as arrays of their own: weights, optimiser, carried state."""

    def recall(self, memory: Mapping[str, Array]) -> None:
        """Be again as when `memory` was taken."""
