"""What a recurrent cell is: one step forward, the same step back, and the names of its weights.

The docstrings of the cells give the equations for one sequence, with column vectors x_t [d] and
h_t [h]. The code does B sequences at once, one a row, so that `W x` becomes `x @ W.T`. What a
step computed is kept under the letters of its equations; the backward step reads it there.

Weights are a mapping with PyTorch's stacking, G gates of h rows each:

    W_ih [G h, d]   b_ih [G h]     from the input
    W_hh [G h, h]   b_hh [G h]     from the last hidden state; without b_hh there is one bias

and the extras of a variant (peepholes, gains). σ is the logistic function, ⊙ the product by
elements, dq stands for dL/dq. Every array has the dtype of the weights and inputs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import numpy as np

from engine.cells.entry import enter
from engine.cells.norms import Normalised
from engine.snapshot import Array

Weights = Mapping[str, Array]
Shapes = Mapping[str, tuple[int, ...]]
State = tuple[Array, ...]  # (h,) or (h, c), each [B, h]


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it was computed.

    Attributes:
        before, after: the state, each part [B, h].
        values: the letters of the step's equations, each [B, h].
        sources: what W_hh multiplied: one array [B, h] for all of its rows, or one for each gate's rows.
        hats: what was normalised on the way, by the name of its place.
    """

    before: State
    after: State
    values: Mapping[str, Array]
    sources: tuple[Array, ...]
    hats: Mapping[str, Normalised | None] = field(default_factory=dict)


class StepGradient(NamedTuple):
    """What one step passes on when going back.

    With the gates' blocks of da_h and of W_hh side by side, dW_ih = da_xᵀ x and dW_hh = da_hᵀ s
    for each s of `Step.sources`. db_ih and db_hh are da_x and da_h, unless `extra` has them.

    Attributes:
        da_x: [B, G h] at the product with W_ih.
        da_h: [B, G h] at the product with W_hh.
        before: for each part of the state before the step, by way of this step alone.
        after: for each part of the state after the step, through all paths; the LSTM adds to dc what
            comes by way of h.
        extra: parameter -> each sequence's share of its gradient [B, *shape]: peepholes and gains,
            and with normalisation the biases, which are added behind it.
    """

    da_x: Array
    da_h: Array
    before: State
    after: State
    extra: Mapping[str, Array]

    @property
    def da(self) -> Array:
        """[B, G h] at the pre-activations of the gates, which is where b_ih enters."""
        return self.extra.get("b_ih", self.da_x)


class Cell(ABC):
    """A recurrent cell without its weights.

    Attributes:
        stacked: letters of the G gates in the order of the rows of W_ih and W_hh (PyTorch's).
        shown: letters worth a picture, in the order of the cell's equations.
        parts: how many arrays make up the state.
        norm: "none", "layer" or "batch".
    """

    stacked: ClassVar[tuple[str, ...]]
    shown: ClassVar[tuple[str, ...]]
    parts: ClassVar[int] = 1
    norm: str

    def entered(self, weights: Weights, inputs: Array) -> Array | None:
        """W_ih x + b_ih [..., G h] of any inputs x [..., d] in one product: no step has to wait for it.

        None with normalisation, which each step does by itself.
        """
        if self.norm != "none":
            return None
        rows, _ = enter(weights, "ih", inputs.reshape(-1, inputs.shape[-1]))
        return rows.reshape(*inputs.shape[:-1], -1)

    def forward(self, weights: Weights, x: Array, before: State, entered: Array | None = None) -> Step:
        """One step: x [B, d] and the state before it, each part [B, h].

        `entered` is this step's part [B, G h] of what the method of that name gave, if it was asked before.
        """
        return self.step(weights, x, before, self.entered(weights, x) if entered is None else entered)

    @abstractmethod
    def step(self, weights: Weights, x: Array, before: State, entered: Array | None) -> Step:
        """`forward`, given `entered` unless the cell normalises."""

    @abstractmethod
    def backward(self, weights: Weights, step: Step, after: State) -> StepGradient:
        """The same step back.

        `after` is dL/d(state after), each part [B, h]: dh through all paths, dc by way of later steps.
        """

    @abstractmethod
    def extras(self, h: int) -> dict[str, tuple[int, ...]]:
        """Name -> shape of the parameters that only this variant has."""

    def shapes(self, d: int, h: int, biases: str = "two") -> dict[str, tuple[int, ...]]:
        """Name -> shape of all parameters for d inputs and h units; `biases` is "one" or "two"."""
        rows = len(self.stacked) * h
        shapes: dict[str, tuple[int, ...]] = {"W_ih": (rows, d), "W_hh": (rows, h), "b_ih": (rows,)}
        if biases == "two":
            shapes["b_hh"] = (rows,)
        return shapes | self.extras(h)

    def start(self, batch: int, hidden: int, dtype: Any = np.float64) -> State:
        """The state before the first step: zeros."""
        return tuple(np.zeros((batch, hidden), dtype) for _ in range(self.parts))

    def rows(self, letter: str, stacked: Array) -> Array:
        """The view of one gate's h rows in W_ih, W_hh, b_ih or b_hh; ValueError for an unknown letter."""
        size = len(stacked) // len(self.stacked)
        first = self.stacked.index(letter) * size
        return stacked[first : first + size]

    def lettered(self, da: Array) -> dict[str, Array]:
        """Views of da [..., G h] by gate, under the names "da_i", "da_f", ...: each [..., h]."""
        blocks = np.split(da, len(self.stacked), axis=-1)
        return {f"da_{letter}": block for letter, block in zip(self.stacked, blocks, strict=True)}
