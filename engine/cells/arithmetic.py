"""σ, the slopes of σ and tanh by their own values, and gates side by side in one array."""

from __future__ import annotations

import numpy as np

from engine.snapshot import Array


def sigmoid(a: Array) -> Array:
    return 0.5 + 0.5 * np.tanh(0.5 * a)  # the same function as 1 / (1 + e^-a), and it cannot overflow


def sigmoid_slope(s: Array) -> Array:
    """σ'(a) where s = σ(a)."""
    return s * (1 - s)


def tanh_slope(t: Array) -> Array:
    """tanh'(a) where t = tanh(a)."""
    return 1 - t * t


def split(a: Array, gates: int) -> Array:
    """[B, G h] -> [G, B, h], each gate in one piece, which all that follows is faster on."""
    return np.ascontiguousarray(a.reshape(len(a), gates, -1).swapaxes(0, 1))


def stack(*by_gate: Array) -> Array:
    """G arrays [B, h] -> [B, G h]."""
    return np.concatenate(by_gate, axis=1)
