"""The functions of single numbers that trees may use, and their slopes. They do not overflow.

All work on complex numbers as well, deciding by the real part, so that an imaginary step goes through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Function = Callable[[Array], Array]


def sigmoid(a: Array) -> Array:
    small = np.exp(np.where(a.real > 0, -a, a))  # at most 1
    found: Array = np.where(a.real > 0, 1, small) / (1 + small)
    return found


def softmax(s: Array) -> Array:
    """Over the rows of [..., r, c]; the largest is taken off first, which changes nothing but overflow."""
    powers = np.exp(s - s.real.max(axis=-2, keepdims=True))
    shares: Array = powers / powers.sum(axis=-2, keepdims=True)
    return shares


def _sigmoid_slope(a: Array) -> Array:
    g = sigmoid(a)
    slope: Array = g * (1 - g)
    return slope


def _tanh_slope(a: Array) -> Array:
    h = np.tanh(a)
    slope: Array = 1 - h * h
    return slope


FUNCTIONS: Mapping[str, Function] = {
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "relu": lambda a: np.where(a.real > 0, a, 0.0),
    "identity": lambda a: a,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "min1": lambda a: np.where(a.real < 1, a, 1.0),
}
SLOPES: Mapping[str, Function] = {
    "tanh": _tanh_slope,
    "sigmoid": _sigmoid_slope,
    "relu": lambda a: np.where(a.real > 0, 1.0, 0.0),
    "identity": np.ones_like,
    "exp": np.exp,
    "log": lambda a: 1 / a,
    "sqrt": lambda a: 0.5 / np.sqrt(a),
    "min1": lambda a: np.where(a.real < 1, 1.0, 0.0),
}
