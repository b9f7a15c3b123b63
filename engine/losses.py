"""The two losses, each with its derivative and what the output means.

Both are means over the T time steps and the B sequences, so that neither knob changes the
scale of a gradient. Knows nothing of networks.
"""

from __future__ import annotations

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


def cross_entropy(z: Array, targets: Array) -> Loss:
    """Softmax and cross-entropy in nats: L = -mean Σ_k y_k ln p_k,  dL/dz = (p - y) / (T B).

    z and targets are [T, B, k]; the rows of targets sum to 1. (Goodfellow et al. 2016, 6.2.2.3)
    """
    log_p = log_softmax(z)
    p = np.exp(log_p)
    n = z.shape[0] * z.shape[1]
    return Loss(float(-(targets * log_p).sum()) / n, (p - targets) / n, p)


def half_squared_error(z: Array, targets: Array) -> Loss:
    """L = mean ½ Σ_k (z_k - y_k)²,  dL/dz = (z - y) / (T B): the ½ is there to cancel the 2."""
    error = z - targets
    n = z.shape[0] * z.shape[1]
    return Loss(float(0.5 * (error * error).sum()) / n, error / n, z)


def log_softmax(z: Array) -> Array:
    """ln p over the last axis; the largest z is taken off first, which changes nothing but overflow."""
    shifted = z - z.max(axis=-1, keepdims=True)
    logs: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logs
