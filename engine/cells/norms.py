"""Normalisation: numbers shifted and scaled to mean 0 and spread 1, and the way back through it.

Layer norm (Ba, Kiros & Hinton 2016) takes mean and spread over the units of one sequence, batch
norm (Ioffe & Szegedy 2015; in recurrent networks Cooijmans et al. 2017) over the sequences of the
batch, for each unit, anew at each time step. The papers keep averages of the latter for use after
training; here it is always the batch at hand, so a network with batch norm refuses to read one
sequence by itself. Knows no cell.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.errors import ConfigError
from engine.snapshot import Array

EPSILON = 1e-5  # added to the variance, as in PyTorch
_AXES = {"layer": 1, "batch": 0}


class Normalised(NamedTuple):
    """â = (a - μ) / s with s = √(mean (a - μ)² + ε).

    Attributes:
        hat: â, [B, n].
        spread: s, [B, 1] for layer norm, [1, n] for batch norm.
        axis: what μ and s are taken over: 1 the units, 0 the sequences.
    """

    hat: Array
    spread: Array
    axis: int

    def back(self, d_hat: Array) -> Array:
        """da = (dâ - mean(dâ) - â mean(dâ ⊙ â)) / s, each mean over the same axis."""
        mean = d_hat.mean(self.axis, keepdims=True)
        along = (d_hat * self.hat).mean(self.axis, keepdims=True)
        da: Array = (d_hat - mean - self.hat * along) / self.spread
        return da


def normalised(a: Array, kind: str) -> Normalised:
    """a [B, n] with `kind` "layer" or "batch".

    Raises:
        ConfigError: batch norm of one sequence, which has no spread: all of â would be 0, whatever a is.
    """
    if kind == "batch" and len(a) < 2:
        raise ConfigError(
            (
                "Batch norm was given 1 sequence; its mean and spread are taken over 2 or more. "
                "Use a larger batch, or layer norm.",
            )
        )
    axis = _AXES[kind]
    centred = a - a.mean(axis, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis, keepdims=True) + EPSILON)
    return Normalised(centred / spread, spread, axis)
