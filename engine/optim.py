"""Six optimisers by hand: how a gradient becomes a step.

All of them take vectors and return new ones: nothing is changed in place, so whoever holds the
old parameters still has them. The equations are PyTorch's, letter for letter; g is the gradient
after clipping and with the pull of weight decay, g + λ θ: the loss that is lowered is
L + ½ λ ‖θ‖². AdamW alone decays the weights beside the gradient. Works in the dtype of θ.
Knows nothing of what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from engine.errors import CheckpointError
from engine.snapshot import Array

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8  # the paper's
ALPHA = 0.99  # RMSprop's share of the past, PyTorch's
_MOST_STEPS = 2**53  # the last count that a float can hold
_LETTERS = {"sgd": "", "momentum": "v", "nesterov": "v", "rmsprop": "v", "adam": "mvt", "adamw": "mvt"}


class Knobs(Protocol):
    """The knobs that an update reads, as they are now; a RunConfig has them."""

    @property
    def momentum(self) -> float: ...
    @property
    def l2(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """No weight decay, and the usual momentum."""

    momentum: float = 0.9
    l2: float = 0.0


PLAIN = Plain()


class Optimiser(Protocol):
    """One rule, with what it remembers of the gradients so far."""

    def update(self, theta: Array, gradient: Array, rate: float, knobs: Knobs = PLAIN) -> tuple[Array, Self]:
        """The parameters after one step along `gradient` [n], and the optimiser after it."""

    @property
    def finite(self) -> bool:
        """All that it remembers are numbers. Squares are infinite long before gradient and θ are."""

    def memory(self) -> dict[str, Array]:
        """What it remembers, as arrays of their own; `restored` makes the optimiser from it again."""


@dataclass(frozen=True, slots=True)
class Sgd:
    """θ ← θ - η g."""

    def update(self, theta: Array, gradient: Array, rate: float, knobs: Knobs = PLAIN) -> tuple[Array, Self]:
        return theta - rate * _pulled(gradient, theta, knobs), self

    @property
    def finite(self) -> bool:
        return True

    def memory(self) -> dict[str, Array]:
        return {}


@dataclass(frozen=True, slots=True, eq=False)
class Momentum:
    """SGD with momentum (Polyak 1964, as Sutskever et al. 2013 without its sign and with η outside).

    v ← μ v + g
    θ ← θ - η v
    """

    v: Array

    def update(
        self, theta: Array, gradient: Array, rate: float, knobs: Knobs = PLAIN
    ) -> tuple[Array, Momentum]:
        v = knobs.momentum * self.v + _pulled(gradient, theta, knobs)
        return theta - rate * v, Momentum(v)

    @property
    def finite(self) -> bool:
        return bool(np.isfinite(self.v).all())

    def memory(self) -> dict[str, Array]:
        return {"v": self.v.copy()}


@dataclass(frozen=True, slots=True, eq=False)
class Nesterov:
    """Nesterov's momentum, which looks one step ahead (Sutskever et al. 2013, in PyTorch's form).

    v ← μ v + g
    θ ← θ - η (g + μ v)
    """

    v: Array

    def update(
        self, theta: Array, gradient: Array, rate: float, knobs: Knobs = PLAIN
    ) -> tuple[Array, Nesterov]:
        g = _pulled(gradient, theta, knobs)
        v = knobs.momentum * self.v + g
        return theta - rate * (g + knobs.momentum * v), Nesterov(v)

    @property
    def finite(self) -> bool:
        return bool(np.isfinite(self.v).all())

    def memory(self) -> dict[str, Array]:
        return {"v": self.v.copy()}


@dataclass(frozen=True, slots=True, eq=False)
class Rmsprop:
    """RMSprop (Tieleman & Hinton 2012, lecture 6e), without momentum and not centred.

    v ← α v + (1 - α) g ⊙ g
    θ ← θ - η g / (√v + ε)
    """

    v: Array

    def update(
        self, theta: Array, gradient: Array, rate: float, knobs: Knobs = PLAIN
    ) -> tuple[Array, Rmsprop]:
        g = _pulled(gradient, theta, knobs)
        v = ALPHA * self.v + (1 - ALPHA) * g * g
        return theta - rate * g / (np.sqrt(v) + EPSILON), Rmsprop(v)

    @property
    def finite(self) -> bool:
        return bool(np.isfinite(self.v).all())

    def memory(self) -> dict[str, Array]:
        return {"v": self.v.copy()}


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

    def update(self, theta: Array, gradient: Array, rate: float, knobs: Knobs = PLAIN) -> tuple[Array, Self]:
        return self._step(theta, _pulled(gradient, theta, knobs), rate)

    @property
    def finite(self) -> bool:
        return bool(np.isfinite(self.m).all() and np.isfinite(self.v).all())

    def memory(self) -> dict[str, Array]:
        return {"m": self.m.copy(), "v": self.v.copy(), "t": np.array(float(self.t))}

    def _step(self, theta: Array, g: Array, rate: float) -> tuple[Array, Self]:
        t = self.t + 1
        m = BETA_1 * self.m + (1 - BETA_1) * g
        v = BETA_2 * self.v + (1 - BETA_2) * g * g
        m_hat = m / (1 - BETA_1**t)
        v_hat = v / (1 - BETA_2**t)
        return theta - rate * m_hat / (np.sqrt(v_hat) + EPSILON), type(self)(m, v, t)


@dataclass(frozen=True, slots=True, eq=False)
class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2, scaled by η as PyTorch).

    θ ← θ - η λ θ, then Adam's step with the gradient of the loss alone
    """

    def update(self, theta: Array, gradient: Array, rate: float, knobs: Knobs = PLAIN) -> tuple[Array, Self]:
        return self._step(theta * (1 - rate * knobs.l2), gradient, rate)


def optimiser_of(name: str, size: int, dtype: type[np.floating] = np.float64) -> Optimiser:
    """A fresh optimiser for θ of this size and dtype; `name` as RunConfig has it, KeyError for another."""
    return _made(name, {letter: np.zeros(() if letter == "t" else size, dtype) for letter in _LETTERS[name]})


def restored(name: str, memory: Mapping[str, Array]) -> Optimiser:
    """The optimiser `name` as it was when `memory` was taken; KeyError for an unknown name.

    Raises:
        CheckpointError: part of the memory is missing, or its count of steps is none.
    """
    if missing := [letter for letter in _LETTERS[name] if letter not in memory]:
        raise CheckpointError(f"The optimiser {name} also remembers {' and '.join(missing)}; add it.")
    return _made(name, memory)


def _made(name: str, memory: Mapping[str, Array]) -> Optimiser:
    if name == "sgd":
        return Sgd()
    if name in ("adam", "adamw"):
        adam = Adam if name == "adam" else AdamW
        return adam(memory["m"].copy(), memory["v"].copy(), _count(memory["t"]))
    with_v: dict[str, type[Momentum | Nesterov | Rmsprop]] = {
        "momentum": Momentum,
        "nesterov": Nesterov,
        "rmsprop": Rmsprop,
    }
    return with_v[name](memory["v"].copy())


def _count(t: Array) -> int:
    if t.shape == () and 0 <= t <= _MOST_STEPS and t == np.floor(t):
        return int(t)
    raise CheckpointError(f"The optimiser's count of steps t is {t}; it must be one whole number, 0 or more.")


def _pulled(gradient: Array, theta: Array, knobs: Knobs) -> Array:
    """g + λ θ."""
    return gradient + knobs.l2 * theta if knobs.l2 else gradient
