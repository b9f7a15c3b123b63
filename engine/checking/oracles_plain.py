"""Plain recurrent networks as NumPy programs: one layer, both directions, two layers. See `oracles`.

Elman (1990); Schuster & Paliwal (1997) for both directions. Layers as in Goodfellow et al. (2016), 10.5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.checking.oracles_run import ACTIVATIONS, Array, Keep, Run, softmax, squares, together
from engine.symbolic.jobs import GradientJob

Outputs = Sequence[tuple[Array, ...]]  # by time, from 1: what the output layer reads


def rnn(job: GradientJob, run: Run) -> None:
    """a_t = W_h h_{t-1} + W_i x_t + b_h, h_t = φ(a_t)."""
    W_h, W_i, b_h = run.reads("W_h", "W_i", "b_h")
    states = _one_way(job, run, run.reads_all("x"), (W_h, W_i, b_h), ("a", "h"))
    output_layer(job, run, [(h,) for h in states], ("W_o",), "b_o")


def two_layers(job: GradientJob, run: Run) -> None:
    """The second layer reads the states of the first."""
    first, second = run.reads("W_h1", "W_i1", "b_1"), run.reads("W_h2", "W_i2", "b_2")
    lower = _one_way(job, run, run.reads_all("x"), first, ("a1", "h1"))
    upper = _one_way(job, run, together(lower), second, ("a2", "h2"))
    output_layer(job, run, [(h,) for h in upper], ("W_o",), "b_o")


def both_ways(job: GradientJob, run: Run) -> None:
    """One network reads x_1 .. x_T, a second one x_T .. x_1; the output reads both at each time."""
    there, back = run.reads("W_h", "W_i", "b_h"), run.reads("W_h_rev", "W_i_rev", "b_h_rev")
    inputs = run.reads_all("x")
    ahead = _one_way(job, run, inputs, there, ("a", "h"))
    behind = _one_way(job, run, inputs, back, ("a_rev", "h_rev"), rising=False)
    output_layer(job, run, list(zip(ahead, behind, strict=True)), ("W_o", "W_o_rev"), "b_o")


def _one_way(
    job: GradientJob,
    run: Run,
    inputs: Array,
    weights: tuple[Array, ...],
    names: tuple[str, str],
    rising: bool = True,
) -> list[Array]:
    """The states at 1 .. T of a layer that reads `inputs` [..., T, r, 1], with weights and bias."""
    (W_h, W_i, b), (sum_name, state_name) = weights, names
    activation = ACTIVATIONS[job.activation]
    times = range(1, run.steps + 1)
    h = run.read(state_name, 0 if rising else run.steps + 1)
    inward, states = entering(W_i, inputs, b), {}
    for t in times if rising else reversed(times):
        a = run.keep(sum_name, t, W_h @ h + inward[t - 1])
        states[t] = run.keep(state_name, t, activation(a))
        h = run.handed(state_name, t, states[t]) if rising else states[t]
    return [states[t] for t in times]


def output_layer(job: GradientJob, run: Run, read: Outputs, weights: tuple[str, ...], bias: str) -> None:
    """s = W h + b of all that is read, each step or after the last one only, and the loss of it."""
    matrices, b = run.reads(*weights), run.read(bias)
    if job.outputs == "each":
        states = [together(over_time) for over_time in zip(*read, strict=True)]
        s = affine([W[..., None, :, :] for W in matrices], states, b[..., None, :, :])
        run.keep("L", None, loss(job, run.reads_all("y"), s, run.keeps_all).sum(axis=-3))
    else:
        loss(job, run.read("y"), affine(matrices, read[-1], b), run.keeps)


def loss(job: GradientJob, y: Array, s: Array, keep: Keep) -> Array:
    """The loss of the outputs s: ½|s - y|² or |s - y|², where ŷ is s itself, or -yᵀ ln softmax(s)."""
    if job.loss == "cross-entropy":
        return cross_entropy(y, keep("s", s), keep)
    yhat = keep("yhat", s)
    return keep("L", squares(yhat - y) * (0.5 if job.loss == "half" else 1.0))


def cross_entropy(y: Array, s: Array, keep: Keep) -> Array:
    """Of s, kept already."""
    yhat = keep("yhat", softmax(s))
    return keep("L", -(y * np.log(yhat)).sum(axis=-2, keepdims=True))


def entering(W: Array, columns: Array, b: Array) -> list[Array]:
    """W x_t + b for all t at once: inputs wait for no state."""
    total = W[..., None, :, :] @ columns + b[..., None, :, :]
    return [total[..., step, :, :] for step in range(total.shape[-3])]


def affine(matrices: Sequence[Array], states: Sequence[Array], b: Array) -> Array:
    total: Array = sum((W @ h for W, h in zip(matrices, states, strict=True)), b)
    return total
