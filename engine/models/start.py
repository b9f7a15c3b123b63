"""θ before training, for models whose arrays say by their names what they are.

    ..b_..          0; an LSTM's b_ih has the forget bias in the rows of f
    ..E             normal with σ = 1, as PyTorch's embeddings
    ..W_hh, ..W_ih  by the scheme of the config, each gate's rows by themselves
    all others      by the scheme; a vector counts as one row

All of it but the biases is multiplied by the gain. Knows no model.
"""

from __future__ import annotations

import numpy as np

from engine import inits, parameters
from engine.config import RunConfig
from engine.parameters import Shapes
from engine.snapshot import Array


def start(shapes: Shapes, config: RunConfig, rng: np.random.Generator) -> Array:
    """A new θ [n], drawn in the order of `shapes`."""
    return parameters.flat({name: _array(name, shape, config, rng) for name, shape in shapes.items()}, shapes)


def _array(name: str, shape: tuple[int, ...], config: RunConfig, rng: np.random.Generator) -> Array:
    h, kind = config.hidden, name.rpartition(".")[2]
    if kind.startswith("b_"):
        bias = np.zeros(shape)
        if kind.startswith("b_ih") and shape == (4 * h,):
            bias[h : 2 * h] = config.forget_bias  # PyTorch's order of gates: i f g o
        return bias
    if kind == "E":
        return config.gain * rng.normal(size=shape)
    gates = shape[0] // h if kind.startswith(("W_ih", "W_hh")) else 1
    matrix = shape if len(shape) == 2 else (1, *shape)
    drawn = inits.drawn(config.init, matrix, rng, h=h, gates=gates, recurrent=kind.startswith("W_hh"))
    return config.gain * drawn.reshape(shape)
