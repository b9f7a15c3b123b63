"""The numbers that are trained: one flat vector θ, and the named arrays that are views of it.

Optimisers and clipping work on θ as their papers do; cells and BPTT see the names.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.cells import Cell, Shapes
from engine.snapshot import Array

__all__ = ["FORGET_BIAS", "Shapes", "count", "flat", "initial", "named", "shapes_of"]

FORGET_BIAS = 1.0  # gates start open, so that the cell remembers before it has learnt to (Gers et al. 2000)


def shapes_of(cell: Cell, d: int, h: int, k: int, biases: str = "two") -> dict[str, tuple[int, ...]]:
    """Name -> shape for one layer of d inputs, h hidden units and k outputs, in the order of θ."""
    return {**cell.shapes(d, h, biases), "W_o": (k, h), "b_o": (k,)}


def count(shapes: Shapes) -> int:
    """The length of θ."""
    return sum(math.prod(shape) for shape in shapes.values())


def named(theta: Array, shapes: Shapes) -> dict[str, Array]:
    """θ [n] cut into arrays of these shapes; they are views, not copies."""
    found = {}
    start = 0
    for name, shape in shapes.items():
        end = start + math.prod(shape)
        found[name] = theta[start:end].reshape(shape)
        start = end
    return found


def flat(arrays: Mapping[str, Array], shapes: Shapes) -> Array:
    """The opposite of `named`: a new θ [n]."""
    return np.concatenate([arrays[name].ravel() for name in shapes])


def initial(cell: Cell, shapes: Shapes, rng: np.random.Generator) -> Array:
    """θ before training: weights uniform in ±1/√h as in PyTorch, biases 0, but the forget gate's."""
    bound = 1 / math.sqrt(shapes["W_hh"][1])
    weights = {
        name: rng.uniform(-bound, bound, shape) if name.startswith("W") else np.zeros(shape)
        for name, shape in shapes.items()
    }
    if "f" in cell.stacked:
        cell.rows("f", weights["b_ih"])[...] = FORGET_BIAS  # b_hh stays 0: the two are added
    return flat(weights, shapes)
