"""The numbers that are trained: one flat vector θ, and the named arrays that are views of it.

Optimisers and clipping work on θ as their papers do; cells and BPTT see the names.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import numpy as np

from engine.cells import Cell, Shapes
from engine.config import RunConfig
from engine.inits import drawn
from engine.snapshot import Array

__all__ = ["Shapes", "count", "flat", "initial", "named", "shapes_of"]

_GAINS = {
    "none": 1.0,
    "layer": 1.0,
    "batch": 0.1,
}  # 0.1: more would starve tanh's slope (Cooijmans et al. 2017)
_PLACE = re.compile(r"(_l\d+)?(_reverse)?$")  # which layer, which direction


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


def initial(cell: Cell, shapes: Shapes, rng: np.random.Generator, config: RunConfig | None = None) -> Array:
    """θ before training, in float64, for any number of layers and directions.

    `config` says scheme, gain, forget bias and normalisation. All biases start at 0 but the forget
    gate's, peepholes at 0, so that a cell with them starts as one without, and gains at 1 (layer
    norm) or 0.1 (batch norm). Weights are drawn in the order of `shapes`.
    """
    knobs = config or RunConfig()
    weights = {name: _start(cell, name, shapes, rng, knobs) for name in shapes}
    if "f" in cell.stacked:
        for name in shapes:
            if name.startswith("b_ih"):
                cell.rows("f", weights[name])[...] = knobs.forget_bias  # b_hh stays 0: the two are added
    return flat(weights, shapes)


def _start(cell: Cell, name: str, shapes: Shapes, rng: np.random.Generator, knobs: RunConfig) -> Array:
    base = _PLACE.sub("", name)
    if base.startswith("gain_"):
        return np.full(shapes[name], _GAINS[knobs.norm])
    if not base.startswith("W_"):
        return np.zeros(shapes[name])
    gates = 1 if base == "W_o" else len(cell.stacked)
    h = next(rows for other, (rows, *_) in shapes.items() if other.startswith("W_ih")) // len(cell.stacked)
    return knobs.gain * drawn(knobs.init, shapes[name], rng, h=h, gates=gates, recurrent=base == "W_hh")
