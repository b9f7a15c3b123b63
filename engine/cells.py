"""RNN, LSTM and GRU: one step forward and the same step backward, side by side.

The docstrings give the equations for one sequence, with column vectors x_t [d] and h_t [h].
The code does B sequences at once, one a row, so that `W x` becomes `x @ W.T`. What a step
computed is kept under the letters of its equations; the backward step reads it there.

Weights are a mapping with PyTorch's stacking, G gates of h rows each:

    W_ih [G h, d]   b_ih [G h]     from the input
    W_hh [G h, h]   b_hh [G h]     from the last hidden state

σ is the logistic function, ⊙ the product by elements, dq stands for dL/dq. Knows nothing of
time beyond one step, of losses or of training.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from engine.snapshot import Array

Weights = Mapping[str, Array]
State = tuple[Array, ...]  # (h,) or (h, c), each [B, h]


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it was computed: `values` holds its letters, each [B, h]."""

    before: State
    after: State
    values: Mapping[str, Array]


class StepGradient(NamedTuple):
    """What one step passes on when going back.

    Attributes:
        da_x: [B, G h] at the pre-activations, where the input's weights and bias enter.
        da_h: [B, G h] where the recurrent weights and bias enter; differs from da_x only in the GRU.
        before: for each part of the state before the step, by way of this step alone.
    """

    da_x: Array
    da_h: Array
    before: State


class Cell(ABC):
    """A recurrent cell without its weights.

    Attributes:
        stacked: letters of the G gates in the order of the rows of W_ih and W_hh (PyTorch's).
        shown: letters worth a picture, in the order of the cell's equations.
        parts: how many arrays make up the state.
    """

    stacked: ClassVar[tuple[str, ...]]
    shown: ClassVar[tuple[str, ...]]
    parts: ClassVar[int] = 1

    @abstractmethod
    def forward(self, weights: Weights, x: Array, before: State) -> Step:
        """One step: x [B, d] and the state before it, each part [B, h]."""

    @abstractmethod
    def backward(self, weights: Weights, step: Step, after: State) -> StepGradient:
        """The same step back: `after` is dL/d(state after), through all paths, each part [B, h]."""

    def start(self, batch: int, hidden: int) -> State:
        """The state before the first step: zeros."""
        return tuple(np.zeros((batch, hidden)) for _ in range(self.parts))

    def rows(self, letter: str, stacked: Array) -> Array:
        """The view of one gate's h rows in W_ih, W_hh, b_ih or b_hh; ValueError for an unknown letter."""
        size = len(stacked) // len(self.stacked)
        first = self.stacked.index(letter) * size
        return stacked[first : first + size]


class Rnn(Cell):
    """Simple recurrent network (Elman 1990, with tanh as in Goodfellow et al. 2016, eq. 10.8-10.9).

    a_t = W_ih x_t + b_ih + W_hh h_{t-1} + b_hh
    h_t = tanh(a_t)
    """

    stacked = ("h",)
    shown = ()

    def forward(self, weights: Weights, x: Array, before: State) -> Step:
        (h_prev,) = before
        h = np.tanh(_affine(x, weights, "ih") + _affine(h_prev, weights, "hh"))
        return Step(before, (h,), {"h": h})

    def backward(self, weights: Weights, step: Step, after: State) -> StepGradient:
        """da = dh ⊙ (1 - h²);  dh_prev = W_hhᵀ da."""
        (dh,) = after
        da = dh * _tanh_slope(step.values["h"])
        return StepGradient(da, da, (da @ weights["W_hh"],))


class Lstm(Cell):
    """Long short-term memory (Hochreiter & Schmidhuber 1997) with forget gate (Gers et al. 2000).

    f_t = σ(W_if x_t + b_if + W_hf h_{t-1} + b_hf)       forget
    i_t = σ(W_ii x_t + b_ii + W_hi h_{t-1} + b_hi)       input
    g_t = tanh(W_ig x_t + b_ig + W_hg h_{t-1} + b_hg)    candidate
    o_t = σ(W_io x_t + b_io + W_ho h_{t-1} + b_ho)       output
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
    h_t = o_t ⊙ tanh(c_t)
    """

    stacked = ("i", "f", "g", "o")
    shown = ("f", "i", "g", "o", "c")
    parts = 2

    def forward(self, weights: Weights, x: Array, before: State) -> Step:
        h_prev, c_prev = before
        a_i, a_f, a_g, a_o = _split(_affine(x, weights, "ih") + _affine(h_prev, weights, "hh"), 4)
        f = _sigmoid(a_f)
        i = _sigmoid(a_i)
        g = np.tanh(a_g)
        o = _sigmoid(a_o)
        c = f * c_prev + i * g
        tanh_c = np.tanh(c)
        h = o * tanh_c
        return Step(before, (h, c), {"f": f, "i": i, "g": g, "o": o, "c": c, "tanh_c": tanh_c})

    def backward(self, weights: Weights, step: Step, after: State) -> StepGradient:
        """The lines of `forward` from the last to the first.

        do = dh ⊙ tanh(c);  dc += dh ⊙ o ⊙ (1 - tanh²(c))
        dc_prev = dc ⊙ f;  df = dc ⊙ c_prev;  di = dc ⊙ g;  dg = dc ⊙ i
        da_q = dq ⊙ q' for each gate q;  dh_prev = W_hhᵀ da.
        """
        dh, dc = after
        _, c_prev = step.before
        f, i, g, o, tanh_c = (step.values[letter] for letter in ("f", "i", "g", "o", "tanh_c"))
        do = dh * tanh_c
        dc = dc + dh * o * _tanh_slope(tanh_c)
        df = dc * c_prev
        di = dc * g
        dg = dc * i
        da = _stack(
            di * _sigmoid_slope(i), df * _sigmoid_slope(f), dg * _tanh_slope(g), do * _sigmoid_slope(o)
        )
        return StepGradient(da, da, (da @ weights["W_hh"], dc * f))


@dataclass(frozen=True, slots=True)
class Gru(Cell):
    """Gated recurrent unit (Cho et al. 2014; Chung et al. 2014), reset after the product as in PyTorch.

    z_t = σ(W_iz x_t + b_iz + W_hz h_{t-1} + b_hz)       update
    r_t = σ(W_ir x_t + b_ir + W_hr h_{t-1} + b_hr)       reset
    m_t = W_hn h_{t-1} + b_hn                            memory offered to the candidate
    n_t = tanh(W_in x_t + b_in + r_t ⊙ m_t)              candidate
    h_t = z_t ⊙ h_{t-1} + (1 - z_t) ⊙ n_t                update "keep": Cho 2014, PyTorch
    h_t = (1 - z_t) ⊙ h_{t-1} + z_t ⊙ n_t                update "take": Chung 2014
    """

    update: str = "keep"

    stacked = ("r", "z", "n")
    shown = ("z", "r", "n")

    def forward(self, weights: Weights, x: Array, before: State) -> Step:
        (h_prev,) = before
        x_r, x_z, x_n = _split(_affine(x, weights, "ih"), 3)
        h_r, h_z, m = _split(_affine(h_prev, weights, "hh"), 3)
        z = _sigmoid(x_z + h_z)
        r = _sigmoid(x_r + h_r)
        n = np.tanh(x_n + r * m)
        kept = z if self.update == "keep" else 1 - z
        h = kept * h_prev + (1 - kept) * n
        return Step(before, (h,), {"z": z, "r": r, "m": m, "n": n, "kept": kept})

    def backward(self, weights: Weights, step: Step, after: State) -> StepGradient:
        """The lines of `forward` from the last to the first.

        dkept = dh ⊙ (h_prev - n), which is dz or -dz;  dn = dh ⊙ (1 - kept)
        da_n = dn ⊙ (1 - n²);  dr = da_n ⊙ m;  dm = da_n ⊙ r
        dh_prev = dh ⊙ kept + W_hhᵀ [da_r, da_z, dm].
        """
        (dh,) = after
        (h_prev,) = step.before
        z, r, m, n, kept = (step.values[letter] for letter in ("z", "r", "m", "n", "kept"))
        dkept = dh * (h_prev - n)
        dz = dkept if self.update == "keep" else -dkept
        da_n = dh * (1 - kept) * _tanh_slope(n)
        da_r = da_n * m * _sigmoid_slope(r)
        da_z = dz * _sigmoid_slope(z)
        da_h = _stack(da_r, da_z, da_n * r)
        return StepGradient(_stack(da_r, da_z, da_n), da_h, (dh * kept + da_h @ weights["W_hh"],))


def cell_of(name: str, gru_update: str = "keep") -> Cell:
    """The cell that RunConfig calls `name`; KeyError if there is none."""
    return {"rnn": Rnn(), "lstm": Lstm(), "gru": Gru(gru_update)}[name]


def _affine(x: Array, weights: Weights, source: str) -> Array:
    return x @ weights[f"W_{source}"].T + weights[f"b_{source}"]


def _split(a: Array, gates: int) -> Array:
    """[B, G h] -> [G, B, h], a view."""
    return a.reshape(len(a), gates, -1).swapaxes(0, 1)


def _stack(*by_gate: Array) -> Array:
    """G arrays [B, h] -> [B, G h]."""
    return np.concatenate(by_gate, axis=1)


def _sigmoid(a: Array) -> Array:
    return 0.5 + 0.5 * np.tanh(0.5 * a)  # the same function as 1 / (1 + e^-a), and it cannot overflow


def _sigmoid_slope(s: Array) -> Array:
    return s * (1 - s)


def _tanh_slope(t: Array) -> Array:
    return 1 - t * t
