"""Elman's recurrent network. What a cell is stands in `cell`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.cells.arithmetic import sigmoid, sigmoid_slope, tanh_slope
from engine.cells.cell import Cell, State, Step, StepGradient, Weights
from engine.cells.entry import enter
from engine.cells.norms import Normalised, normalised
from engine.snapshot import Array


class _Activation(NamedTuple):
    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]  # by the value, not by what it is the value of


def _relu(a: Array) -> Array:
    return np.maximum(a, 0)


def _relu_slope(h: Array) -> Array:
    return (h > 0).astype(h.dtype)


_ACTIVATIONS = {
    "tanh": _Activation(np.tanh, tanh_slope),
    "relu": _Activation(_relu, _relu_slope),
    "sigmoid": _Activation(sigmoid, sigmoid_slope),
    "identity": _Activation(np.positive, np.ones_like),
}


@dataclass(frozen=True, slots=True)
class Rnn(Cell):
    """Simple recurrent network (Elman 1990, with tanh as in Goodfellow et al. 2016, eq. 10.8-10.9).

    a_t = W_ih x_t + b_ih + W_hh h_{t-1} + b_hh
    h_t = φ(a_t)                                           φ: tanh, relu, sigmoid or identity

    With `norm` "layer" (Ba et al. 2016, eq. 4) or "batch":

    a_t = γ ⊙ norm(W_ih x_t + W_hh h_{t-1}) + b_ih + b_hh      γ is "gain_h" [h]
    """

    activation: str = "tanh"
    norm: str = "none"

    stacked = ("h",)
    shown = ()

    def extras(self, h: int) -> dict[str, tuple[int, ...]]:
        return {} if self.norm == "none" else {"gain_h": (h,)}

    def step(self, weights: Weights, x: Array, before: State, entered: Array | None) -> Step:
        (h_prev,) = before
        a, hat = self._sum(weights, x, h_prev, entered)
        h = _ACTIVATIONS[self.activation].value(a)
        return Step(before, (h,), {"h": h}, (h_prev,), {"a": hat})

    def backward(self, weights: Weights, step: Step, after: State) -> StepGradient:
        """da = dh ⊙ φ'(a), through the norm if there is one;  dh_prev = W_hhᵀ da."""
        (dh,) = after
        da = dh * _ACTIVATIONS[self.activation].slope(step.values["h"])
        extra: dict[str, Array] = {}
        hat = step.hats["a"]
        if hat is not None:
            extra = {name: da for name in ("b_ih", "b_hh") if name in weights}
            extra["gain_h"] = da * hat.hat
            da = hat.back(da * weights["gain_h"])
        return StepGradient(da, da, (da @ weights["W_hh"],), after, extra)

    def _sum(
        self, weights: Weights, x: Array, h_prev: Array, entered: Array | None
    ) -> tuple[Array, Normalised | None]:
        if entered is not None:
            return entered + enter(weights, "hh", h_prev)[0], None
        hat = normalised(x @ weights["W_ih"].T + h_prev @ weights["W_hh"].T, self.norm)
        a = weights["gain_h"] * hat.hat + weights["b_ih"]
        return (a + weights["b_hh"] if "b_hh" in weights else a), hat
