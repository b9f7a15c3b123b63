"""Plain recurrent networks as NumPy programs: one layer, both directions, two layers. See `oracles`.

Elman (1990); Schuster & Paliwal (1997) for both directions. Layers as in Goodfellow et al. (2016), 10.5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.checking.oracles_run import ACTIVATIONS, Array, Run, softmax, squares
from engine.symbolic.jobs import GradientJob

Outputs = Sequence[tuple[Array, ...]]  # by time, from 1: what the output layer reads


def rnn(job: GradientJob, run: Run) -> None:
    """a_t = W_h h_{t-1} + W_i x_t + b_h, h_t = φ(a_t)."""
    W_h, W_i, b_h = run.reads("W_h", "W_i", "b_h")
    inputs = [run.read("x", t) for t in range(1, run.steps + 1)]
    states = _one_way(job, run, inputs, (W_h, W_i, b_h), ("a", "h"))
    output_layer(job, run, [(h,) for h in states], ("W_o",), "b_o")


def two_layers(job: GradientJob, run: Run) -> None:
    """The second layer reads the states of the first."""
    first, second = run.reads("W_h1", "W_i1", "b_1"), run.reads("W_h2", "W_i2", "b_2")
    inputs = [run.read("x", t) for t in range(1, run.steps + 1)]
    lower = _one_way(job, run, inputs, first, ("a1", "h1"))
    upper = _one_way(job, run, lower, second, ("a2", "h2"))
    output_layer(job, run, [(h,) for h in upper], ("W_o",), "b_o")


def both_ways(job: GradientJob, run: Run) -> None:
    """One network reads x_1 .. x_T, a second one x_T .. x_1; the output reads both at each time."""
    there, back = run.reads("W_h", "W_i", "b_h"), run.reads("W_h_rev", "W_i_rev", "b_h_rev")
    inputs = [run.read("x", t) for t in range(1, run.steps + 1)]
    ahead = _one_way(job, run, inputs, there, ("a", "h"))
    behind = _one_way(job, run, inputs, back, ("a_rev", "h_rev"), rising=False)
    output_layer(job, run, list(zip(ahead, behind, strict=True)), ("W_o", "W_o_rev"), "b_o")


def _one_way(
    job: GradientJob,
    run: Run,
    inputs: list[Array],
    weights: tuple[Array, ...],
    names: tuple[str, str],
    rising: bool = True,
) -> list[Array]:
    """The states at 1 .. T of a layer with `weights` (to the state, to the input, bias)."""
    (W_h, W_i, b), (sum_name, state_name) = weights, names
    activation = ACTIVATIONS[job.activation]
    times = range(1, run.steps + 1)
    h = run.read(state_name, 0 if rising else run.steps + 1)
    states = {}
    for t in times if rising else reversed(times):
        a = run.keep(sum_name, t, W_h @ h + W_i @ inputs[t - 1] + b)
        states[t] = run.keep(state_name, t, activation(a))
        h = run.handed(state_name, t, states[t]) if rising else states[t]
    return [states[t] for t in times]


def output_layer(job: GradientJob, run: Run, read: Outputs, weights: tuple[str, ...], bias: str) -> None:
    """s = W h + b of all that is read, each step or after the last one only, and the loss of it."""
    matrices, b = run.reads(*weights), run.read(bias)
    if job.outputs == "each":
        losses = [loss(job, run, _affine(matrices, states, b), t) for t, states in enumerate(read, start=1)]
        run.keep("L", None, sum(losses[1:], losses[0]))
    else:
        loss(job, run, _affine(matrices, read[-1], b), None)


def loss(job: GradientJob, run: Run, s: Array, t: int | None) -> Array:
    """The loss of one output s: ½|s - y|² or |s - y|², where ŷ is s itself, or -yᵀ ln softmax(s)."""
    y = run.read("y", t)
    if job.loss == "cross-entropy":
        return cross_entropy(run, run.keep("s", t, s), y, t)
    yhat = run.keep("yhat", t, s)
    return run.keep("L", t, squares(yhat - y) * (0.5 if job.loss == "half" else 1.0))


def cross_entropy(run: Run, s: Array, y: Array, t: int | None) -> Array:
    """Of s, kept already."""
    yhat = run.keep("yhat", t, softmax(s))
    return run.keep("L", t, -(y * np.log(yhat)).sum(axis=-2, keepdims=True))


def _affine(matrices: tuple[Array, ...], states: tuple[Array, ...], b: Array) -> Array:
    total: Array = sum((W @ h for W, h in zip(matrices, states, strict=True)), b)
    return total
