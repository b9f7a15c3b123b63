"""Snapshot: what one training step looked like. NumPy arrays and plain values only.

It crosses the border from the training process to the window, so it must never hold
anything that needs torch to be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One step of a run, seen through the first sequence of the batch.

    Attributes:
        step: optimiser steps done so far, this one included.
        losses: [n] every loss since the last snapshot, oldest first; the last is this step's.
        gradient_norm: global L2 norm of all gradients, before clipping.
        inputs: T labels of what was read, e.g. characters, or numbers as text.
        targets: T labels of what should follow.
        predictions: T labels of the likeliest output.
        outputs: [T, k] probabilities, or predicted values.
        wanted: [T, k] what `outputs` should have been: one-hot, or the true values.
        hidden: [T, h] hidden state after each step.
        gates: symbol -> [T, h], in the order of the cell's equations (LSTM: f, i, g, o, c;
            GRU: z, r, n; RNN: none).
        dh: [T, h] dL/dh_t, through all paths.
        dh_norm: [T] L2 norm of dL/dh_t.
        weights: parameter name -> array, enough to step the cell by hand.
        named: every intermediate of the sequence by its name, time first; the names are in the
            docstring of the model (`models`), e.g. "c", "da_f", "dc", "h_l2", "attention"; "x" is
            what was read, [T, d].
        gradients: parameter name -> dL/d(parameter) of the whole batch at this step, before clipping.
        right: the share of the outputs asked for in the whole batch whose likeliest symbol was the
            wanted one; None where outputs are numbers.
        asked: [T] True where an output is asked for and counts; None: everywhere.
    """

    step: int
    losses: Array
    gradient_norm: float
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    predictions: tuple[str, ...]
    outputs: Array
    wanted: Array
    hidden: Array
    dh: Array
    dh_norm: Array
    gates: Mapping[str, Array] = field(default_factory=dict)
    weights: Mapping[str, Array] = field(default_factory=dict)
    named: Mapping[str, Array] = field(default_factory=dict)
    gradients: Mapping[str, Array] = field(default_factory=dict)
    right: float | None = None
    asked: NDArray[np.bool_] | None = None


def lengths(rows: Array) -> Array:
    """[T] L2 norms of rows [T, h]; hypot has no overflow where a sum of squares has one."""
    with np.errstate(all="ignore"):  # a picture may be of a step whose numbers are no longer finite
        found: Array = np.hypot.reduce(rows, axis=1)
    return found
