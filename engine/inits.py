"""How weights start: each scheme draws one block, the n rows of one gate or of the output layer.

Every scheme is scaled by a gain. Drawn in float64. Knows no cell and no model.

    uniform      ±1/√h for every block, as PyTorch's recurrent layers
    xavier       uniform ±√(6 / (n + m)) (Glorot & Bengio 2010, eq. 16)
    he           normal, σ = √(2 / m) (He et al. 2015, eq. 10)
    orthogonal   QᵀQ = 1, or QQᵀ = 1 where m > n (Saxe et al. 2013)
    identity     recurrent blocks 1 (Le, Jaitly & Hinton 2015), the others as in "uniform"
    scaled       normal, σ = 1 / √m (LeCun et al. 1998)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.snapshot import Array


class Block(NamedTuple):
    """What is drawn.

    Attributes:
        n, m: rows and columns, which are the block's outputs and inputs.
        h: hidden units of the network.
        recurrent: from one hidden state to the next, so that n = m = h.
    """

    n: int
    m: int
    h: int
    recurrent: bool


def drawn(
    scheme: str,
    shape: tuple[int, ...],
    rng: np.random.Generator,
    *,
    h: int,
    gates: int = 1,
    recurrent: bool = False,
) -> Array:
    """A matrix of this shape, its rows in `gates` blocks of the same size; KeyError for an unknown scheme."""
    rows, m = shape
    block = Block(rows // gates, m, h, recurrent)
    return np.concatenate([_SCHEMES[scheme](block, rng) for _ in range(gates)])


def _uniform(block: Block, rng: np.random.Generator) -> Array:
    bound = 1 / math.sqrt(block.h)
    return rng.uniform(-bound, bound, (block.n, block.m))


def _xavier(block: Block, rng: np.random.Generator) -> Array:
    bound = math.sqrt(6 / (block.n + block.m))
    return rng.uniform(-bound, bound, (block.n, block.m))


def _he(block: Block, rng: np.random.Generator) -> Array:
    return rng.normal(0, math.sqrt(2 / block.m), (block.n, block.m))


def _orthogonal(block: Block, rng: np.random.Generator) -> Array:
    """Q of the QR of a normal matrix; R's diagonal is made positive, else Q would not be spread evenly."""
    tall = rng.normal(size=(max(block.n, block.m), min(block.n, block.m)))
    q, r = np.linalg.qr(tall)
    q = q * np.copysign(1, np.diag(r))
    return q if block.n >= block.m else q.T


def _identity(block: Block, rng: np.random.Generator) -> Array:
    return np.eye(block.n) if block.recurrent else _uniform(block, rng)


def _scaled(block: Block, rng: np.random.Generator) -> Array:
    return rng.normal(0, 1 / math.sqrt(block.m), (block.n, block.m))


_SCHEMES: dict[str, Callable[[Block, np.random.Generator], Array]] = {
    "uniform": _uniform,
    "xavier": _xavier,
    "he": _he,
    "orthogonal": _orthogonal,
    "identity": _identity,
    "scaled": _scaled,
}
