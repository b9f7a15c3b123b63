"""Backpropagation through time, by hand: unroll T steps, then walk back and keep everything.

    h_t = cell(x_t, h_{t-1}),   z_t = W_o h_t + b_o,   L = some function of z_1 .. z_T
    dL/dh_t = W_oᵀ dL/dz_t  +  what comes back from step t + 1          (Werbos 1990)

`unroll` and `rewind` are one layer in one direction, whatever stands above it; `forward` and
`backward` put the output layer on top: W_o is [k, h], b_o is [k]. The gradient of a parameter is
the sum of one share for each time step; `shares` gives them apart, `gradients` their sum (see
`uses`). Knows cells only by their two directions, and a loss only by its derivative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.cells import Cell, State, Step, StepGradient, Weights
from engine.snapshot import Array
from engine.uses import Uses


@dataclass(frozen=True, slots=True)
class Unrolled:
    """T steps as they were computed.

    Attributes:
        cell, weights: what computed them.
        inputs: [T, B, d].
        steps: T steps of the cell.
        hidden: [T + 1, B, h], h_0 included.
    """

    cell: Cell
    weights: Weights
    inputs: Array
    steps: tuple[Step, ...]
    hidden: Array


@dataclass(frozen=True, slots=True)
class Rewound:
    """Derivatives of the loss on the way back, t = 1 .. T.

    Attributes:
        dh: [T, B, h] dL/dh_t through all paths.
        dc: [T, B, h] dL/dc_t through all paths, of an LSTM; else None.
        da_x: [T, B, G h] at the product with W_ih; da_h: at the product with W_hh.
        da: [T, B, G h] at the pre-activations of the gates; is da_x unless the cell normalises.
        extra: parameter -> [T, B, *shape], each step's and sequence's share (see StepGradient).
        start: dL/d(state before the first step), each part [B, h].
    """

    dh: Array
    dc: Array | None
    da_x: Array
    da_h: Array
    da: Array
    extra: Mapping[str, Array]
    start: State


@dataclass(frozen=True, slots=True)
class Forward(Unrolled):
    """A single layer with its output layer: z is [T, B, k], before any softmax."""

    z: Array


@dataclass(frozen=True, slots=True)
class Backward(Rewound):
    """The way back of a `Forward`: dz is [T, B, k]."""

    dz: Array


def unroll(cell: Cell, weights: Weights, inputs: Array, start: State | None = None) -> Unrolled:
    """Unroll `cell` over inputs [T, B, d], from zeros or from `start`."""
    batch, size = inputs.shape[1], weights["W_hh"].shape[1]
    state = start or cell.start(batch, size, weights["W_hh"].dtype)
    visited = [state[0]]
    steps = []
    entered = cell.entered(weights, inputs)
    weights_up = {**weights, "W_hh": np.asfortranarray(weights["W_hh"])}  # its transpose then lies in order
    for t, x in enumerate(inputs):
        step = cell.forward(weights_up, x, state, None if entered is None else entered[t])
        state = step.after
        steps.append(step)
        visited.append(state[0])
    return Unrolled(cell, weights, inputs, tuple(steps), np.stack(visited))


def rewind(run: Unrolled, dh: Array, window: int = 0) -> Rewound:
    """Walk back from the last step to the first.

    dh [T, B, h] is dL/dh_t by way of what stands above h_t. With a `window` k (truncated BPTT,
    Williams & Peng 1990) nothing passes from step t + 1 to step t where t is a multiple of k, so
    that steps 1 .. k, k + 1 .. 2k, ... are each differentiated by themselves; 0 cuts nowhere.
    """
    dh = dh.copy()
    back: list[StepGradient] = []
    nothing: State = tuple(np.zeros_like(part) for part in run.steps[-1].after)
    coming = nothing
    for t in reversed(range(len(run.steps))):  # here t counts from 0: before step t lies state t of the text
        dh[t] += coming[0]
        back.append(run.cell.backward(run.weights, run.steps[t], (dh[t], *coming[1:])))
        coming = nothing if window and t and t % window == 0 else back[-1].before
    back.reverse()
    da_x = np.stack([each.da_x for each in back])
    return Rewound(
        dh=dh,
        dc=np.stack([each.after[1] for each in back]) if run.cell.parts > 1 else None,
        da_x=da_x,
        da_h=da_x if back[0].da_h is back[0].da_x else np.stack([each.da_h for each in back]),
        da=da_x if back[0].da is back[0].da_x else np.stack([each.da for each in back]),
        extra={name: np.stack([each.extra[name] for each in back]) for name in back[0].extra},
        start=coming,
    )


def forward(cell: Cell, weights: Weights, inputs: Array, start: State | None = None) -> Forward:
    """Unroll `cell` over inputs [T, B, d] with the output layer on top, from zeros or from `start`."""
    run = unroll(cell, weights, inputs, start)
    z = run.hidden[1:] @ weights["W_o"].T + weights["b_o"]
    return Forward(cell, weights, inputs, run.steps, run.hidden, z)


def backward(cell: Cell, weights: Weights, run: Forward, dz: Array) -> Backward:  # noqa: ARG001 - as `forward`
    """Walk back from the last step to the first, given dL/dz [T, B, k]."""
    back = rewind(run, dz @ weights["W_o"])
    return Backward(back.dh, back.dc, back.da_x, back.da_h, back.da, back.extra, back.start, dz)


def shares(run: Forward, back: Backward) -> dict[str, Array]:
    """What each time step adds to the gradient of each parameter: name -> [T, *shape]."""
    return (uses(run, back) | output_uses(back.dz, run.hidden[1:])).shares()


def gradients(run: Forward, back: Backward) -> dict[str, Array]:
    """The gradient of each parameter: `shares` summed over time, without making them."""
    return (uses(run, back) | output_uses(back.dz, run.hidden[1:])).gradients()


def uses(run: Unrolled, back: Rewound) -> Uses:
    """Where the layer used its parameters, in the order in which it reads."""
    by_source = [np.stack(over_time) for over_time in zip(*(s.sources for s in run.steps), strict=True)]
    blocks = np.split(back.da_h, len(by_source), axis=2)
    second = {"b_hh": back.da_h} if "b_hh" in run.weights else {}
    return Uses(
        {"W_ih": [(back.da_x, run.inputs)], "W_hh": list(zip(blocks, by_source, strict=True))},
        {"b_ih": back.da_x, **second, **back.extra},
    )


def output_uses(dz: Array, source: Array) -> Uses:
    """Where z = W_o source + b_o used its parameters: dz [T, B, k], source [T, B, n]."""
    return Uses({"W_o": [(dz, source)]}, {"b_o": dz})
