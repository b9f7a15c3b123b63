"""The two losses, each with its derivative and what the output means.

Both are means over the T time steps and the B sequences, or over those that are asked for, so
that neither knob changes the scale of a gradient. Knows nothing of networks.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from engine.snapshot import Array


class Loss(NamedTuple):
    """A loss with what is needed to go on from it.

    Attributes:
        value: the loss.
        dz: [T, B, k] dL/dz.
        outputs: [T, B, k] what z means: probabilities, or z itself.
    """

    value: float
    dz: Array
    outputs: Array


def cross_entropy(z: Array, targets: Array, weights: Array | None = None) -> Loss:
    """Softmax and cross-entropy in nats: L = -mean Σ_k y_k ln p_k,  dL/dz = (p - y) / (T B).

    z and targets are [T, B, k]; the rows of targets sum to 1. With weights w [T, B] the mean is
    Σ w_tb L_tb / Σ w_tb, so a position of weight 0 asks for nothing. (Goodfellow et al. 2016, 6.2.2.3)
    """
    log_p = log_softmax(z)
    p = np.exp(log_p)
    return _weighted(-(targets * log_p), p - targets, p, weights)


def half_squared_error(z: Array, targets: Array, weights: Array | None = None) -> Loss:
    """L = mean ½ Σ_k (z_k - y_k)²,  dL/dz = (z - y) / (T B): the ½ is there to cancel the 2.

    With weights w [T, B] as in `cross_entropy`.
    """
    error = z - targets
    return _weighted(0.5 * error * error, error, z, weights)


LOSSES = {"cross-entropy": cross_entropy, "half squared error": half_squared_error}


def _weighted(each: Array, dz: Array, outputs: Array, weights: Array | None) -> Loss:
    if weights is None:
        n = dz.shape[0] * dz.shape[1]
        return Loss(float(each.sum()) / n, dz / n, outputs)
    w = weights[..., None] / weights.sum()
    return Loss(float((each * w).sum()), dz * w, outputs)


def share_right(outputs: Array, targets: Array, weights: Array | None = None) -> float:
    """How many of the outputs [T, B, k] that are asked for have their largest where targets have the 1.

    Asked for is where weights [T, B] are above 0, or everywhere; not a number if nowhere.
    """
    right = outputs.argmax(axis=-1) == targets.argmax(axis=-1)
    if weights is not None:
        right = right[weights > 0]
    return float(right.mean()) if right.size else math.nan


def log_softmax(z: Array) -> Array:
    """ln p over the last axis; the largest z is taken off first, which changes nothing but overflow."""
    shifted = z - z.max(axis=-1, keepdims=True)
    logs: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logs
