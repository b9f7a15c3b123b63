"""SGD and Adam by hand, and clipping by the global norm.

All of them take vectors and return new ones: nothing is changed in place, so whoever holds the
old parameters still has them. Knows nothing of what the numbers mean.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from engine.snapshot import Array

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8  # the paper's


class Optimiser(Protocol):
    """One rule, with what it remembers of the gradients so far."""

    def update(self, theta: Array, gradient: Array, rate: float) -> tuple[Array, Self]:
        """The parameters after one step along `gradient` [n], and the optimiser after it."""


@dataclass(frozen=True, slots=True)
class Sgd:
    """θ ← θ - η g."""

    def update(self, theta: Array, gradient: Array, rate: float) -> tuple[Array, Self]:
        return theta - rate * gradient, self


@dataclass(frozen=True, slots=True, eq=False)
class Adam:
    """Adam (Kingma & Ba 2015, algorithm 1).

    m ← β₁ m + (1 - β₁) g          m̂ = m / (1 - β₁ᵗ)
    v ← β₂ v + (1 - β₂) g ⊙ g      v̂ = v / (1 - β₂ᵗ)
    θ ← θ - η m̂ / (√v̂ + ε)
    """

    m: Array
    v: Array
    t: int = 0

    def update(self, theta: Array, gradient: Array, rate: float) -> tuple[Array, Adam]:
        t = self.t + 1
        m = BETA_1 * self.m + (1 - BETA_1) * gradient
        v = BETA_2 * self.v + (1 - BETA_2) * gradient * gradient
        m_hat = m / (1 - BETA_1**t)
        v_hat = v / (1 - BETA_2**t)
        return theta - rate * m_hat / (np.sqrt(v_hat) + EPSILON), Adam(m, v, t)


def optimiser_of(name: str, size: int) -> Optimiser:
    """A fresh "adam" or "sgd" for θ of this size."""
    return Adam(np.zeros(size), np.zeros(size)) if name == "adam" else Sgd()


def global_norm(gradient: Array) -> float:
    """‖g‖₂ over all parameters together."""
    return math.sqrt(float(gradient @ gradient))


def clipped(gradient: Array, norm: float, limit: float) -> Array:
    """g, scaled down to norm `limit` if it is longer (Pascanu et al. 2013, algorithm 1); limit 0 is none."""
    return gradient * (limit / norm) if 0 < limit < norm else gradient
