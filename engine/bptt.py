"""Backpropagation through time, by hand: unroll T steps, then walk back and keep everything.

    h_t = cell(x_t, h_{t-1}),   z_t = W_o h_t + b_o,   L = some function of z_1 .. z_T
    dL/dh_t = W_oᵀ dL/dz_t  +  what comes back from step t + 1          (Werbos 1990)

W_o is [k, h], b_o is [k]. The gradient of a parameter is the sum of one share for each time
step; `shares` gives them apart, `gradients` their sum in one product. Knows cells only by
their two directions, and a loss only by its derivative dz.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.cells import Cell, Rnn, State, Step, Weights
from engine.snapshot import Array


@dataclass(frozen=True, slots=True)
class Forward:
    """T steps as they were computed.

    Attributes:
        inputs: [T, B, d].
        steps: T steps of the cell.
        hidden: [T + 1, B, h], h_0 included.
        z: [T, B, k] outputs before any softmax.
    """

    inputs: Array
    steps: tuple[Step, ...]
    hidden: Array
    z: Array


@dataclass(frozen=True, slots=True)
class Backward:
    """Derivatives of the loss on the way back, t = 1 .. T.

    Attributes:
        dh: [T, B, h] dL/dh_t through all paths.
        da_x: [T, B, G h] at the pre-activations, where W_ih and b_ih enter.
        da_h: [T, B, G h] where W_hh and b_hh enter.
        dz: [T, B, k].
        start: dL/d(state before the first step), each part [B, h].
    """

    dh: Array
    da_x: Array
    da_h: Array
    dz: Array
    start: State


def forward(cell: Cell, weights: Weights, inputs: Array, start: State | None = None) -> Forward:
    """Unroll `cell` over inputs [T, B, d], from zeros or from `start`."""
    batch, hidden = inputs.shape[1], weights["W_hh"].shape[1]
    state = cell.start(batch, hidden) if start is None else start
    visited = [state[0]]
    steps = []
    for x in inputs:
        step = cell.forward(weights, x, state)
        state = step.after
        steps.append(step)
        visited.append(state[0])
    h = np.stack(visited)
    return Forward(inputs, tuple(steps), h, h[1:] @ weights["W_o"].T + weights["b_o"])


def backward(cell: Cell, weights: Weights, run: Forward, dz: Array) -> Backward:
    """Walk back from the last step to the first, given dL/dz [T, B, k]."""
    dh = dz @ weights["W_o"]  # the output layer's part; each step adds what comes back from the next
    shape = (*dh.shape[:2], len(weights["W_hh"]))
    da_x, da_h = np.empty(shape), np.empty(shape)
    state: State = tuple(np.zeros_like(part) for part in run.steps[-1].after)
    for t in reversed(range(len(run.steps))):
        dh[t] += state[0]
        da_x[t], da_h[t], state = cell.backward(weights, run.steps[t], (dh[t], *state[1:]))
    return Backward(dh, da_x, da_h, dz, state)


def shares(run: Forward, back: Backward) -> dict[str, Array]:
    """What each time step adds to the gradient of each parameter: name -> [T, *shape]."""
    found = {}
    for end, (da, source) in _ends(run, back).items():
        found[f"W_{end}"] = da.swapaxes(1, 2) @ source
        found[f"b_{end}"] = da.sum(axis=1)
    return found


def gradients(run: Forward, back: Backward) -> dict[str, Array]:
    """The gradient of each parameter: `shares` summed over time, without making them."""
    found = {}
    for end, (da, source) in _ends(run, back).items():
        flat = da.reshape(-1, da.shape[-1])
        found[f"W_{end}"] = flat.T @ source.reshape(-1, source.shape[-1])
        found[f"b_{end}"] = flat.sum(axis=0)
    return found


def _ends(run: Forward, back: Backward) -> dict[str, tuple[Array, Array]]:
    """For each `W_end source + b_end` of the equations: its derivative, and the source."""
    return {
        "ih": (back.da_x, run.inputs),
        "hh": (back.da_h, run.hidden[:-1]),
        "o": (back.dz, run.hidden[1:]),
    }


def scalar_rnn_gradient(
    values: Mapping[str, float], xs: Sequence[float], y: float, wrt: str, half_loss: bool
) -> float:
    """dL/d`wrt` of the scalar RNN whose loss looks at the last output only, by this file's passes.

    h_t = tanh(w h_{t-1} + u x_t + b), y_hat = v h_T + c, L = (y_hat - y)², halved if `half_loss`.
    `values` has the keys w, u, b, v, c and h_0, and `wrt` is one of them, else KeyError.
    """
    cell = Rnn()
    weights = {
        "W_ih": np.array([[values["u"]]]),
        "W_hh": np.array([[values["w"]]]),
        "b_ih": np.array([values["b"]]),
        "b_hh": np.zeros(1),
        "W_o": np.array([[values["v"]]]),
        "b_o": np.array([values["c"]]),
    }
    inputs = np.array(xs, dtype=float).reshape(-1, 1, 1)
    run = forward(cell, weights, inputs, (np.array([[values["h_0"]]]),))
    dz = np.zeros_like(run.z)
    dz[-1] = (run.z[-1] - y) * (1 if half_loss else 2)
    back = backward(cell, weights, run, dz)
    found = gradients(run, back)
    by_letter = {"w": "W_hh", "u": "W_ih", "b": "b_ih", "v": "W_o", "c": "b_o"}
    return float((back.start[0] if wrt == "h_0" else found[by_letter[wrt]]).item())
