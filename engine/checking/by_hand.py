"""A gradient by the engine's hand-written passes, which know nothing of derivations: a second opinion.

The engine stacks the gates of a cell in PyTorch's order and takes means over time; here its passes
get what they want, and their gradients the names and columns of the derivation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from engine import bptt
from engine.cells import Rnn
from engine.checking.by_hand_cells import cell, found, weights
from engine.checking.by_hand_single import attention, batch_norm, clipping, layer_norm, softmax_loss
from engine.losses import LOSSES
from engine.models.layers import LayerRun, Layers
from engine.snapshot import Array
from engine.symbolic.jobs import GradientJob

Arrays = Mapping[str, Array]


def gradient(job: GradientJob, arrays: Arrays, wrt: str) -> Array:
    """dL/d`wrt` at one point, in the shape of the quantity; of one with a time [T, r, 1], t = 1 .. T.

    `arrays` are in the layout of `oracles`, without leading axes. Raises KeyError: no such quantity.
    """
    return _MODELS[job.model](job, arrays)[wrt]


def _recurrent(job: GradientJob, arrays: Arrays) -> dict[str, Array]:
    """One layer in one direction: rnn, lstm, gru."""
    its, own = cell(job), weights(job, arrays)
    start = tuple(arrays[name][0].T for name in ("h", "c")[: its.parts])
    run = bptt.unroll(its, own, _inputs(arrays), start)
    output = "o" if job.model == "rnn" else "y"
    dh, gradients = _output_layer(job, arrays, run.hidden[1:], (f"W_{output}",), f"b_{output}")
    back = bptt.rewind(run, dh, job.truncate)
    starts = {f"{name}_0": part.T for name, part in zip("hc", back.start, strict=False)}
    return gradients | found(job, run, back) | starts


def _two_layers(job: GradientJob, arrays: Arrays) -> dict[str, Array]:
    layers = Layers(Rnn(job.activation), arrays["b_1"].shape[0], layers=2)
    own = {
        f"{theirs}_l{layer}": arrays[f"{ours}{layer}"] if theirs != "b_ih" else arrays[f"b_{layer}"][:, 0]
        for layer in (1, 2)
        for theirs, ours in (("W_ih", "W_i"), ("W_hh", "W_h"), ("b_ih", "b_"))
    }
    runs = layers.forward(own, _inputs(arrays), (arrays["h1"][0].T, arrays["h2"][0].T))
    dh, gradients = _output_layer(job, arrays, runs[-1].outputs, ("W_o",), "b_o")
    backs = layers.backward(runs, dh, job.truncate)
    for layer, (run, (back,)) in enumerate(zip(runs, backs, strict=True), start=1):
        parts = found(job, run.lanes[0], back)
        gradients |= {f"W_h{layer}": parts["W_h"], f"W_i{layer}": parts["W_i"], f"b_{layer}": parts["b_h"]}
        gradients |= {f"a{layer}": parts["a"], f"h{layer}": parts["h"], f"h{layer}_0": back.start[0].T}
    return gradients


def _both_ways(job: GradientJob, arrays: Arrays) -> dict[str, Array]:
    """The engine's reverse network starts from zeros; here both start where they are told to."""
    layers = Layers(Rnn(job.activation), arrays["b_h"].shape[0], both=True)
    x = _inputs(arrays)
    there = bptt.unroll(layers.cell, weights(job, arrays), x, (arrays["h"][0].T,))
    behind = bptt.unroll(layers.cell, weights(job, arrays, "_rev"), x[::-1], (arrays["h_rev"][-1].T,))
    outputs = np.concatenate([there.hidden[1:], behind.hidden[:0:-1]], axis=2)
    dh, gradients = _output_layer(job, arrays, outputs, ("W_o", "W_o_rev"), "b_o")
    ((ahead, back),) = layers.backward((LayerRun(x, (there, behind), outputs),), dh)
    gradients |= found(job, there, ahead) | {"h_0": ahead.start[0].T, "h_rev_T+1": back.start[0].T}
    turned = found(job, behind, back)
    over_time = {f"{name}_rev": turned.pop(name)[::-1] for name in ("a", "h")}
    return gradients | over_time | {f"{name}_rev": each for name, each in turned.items()}


def _inputs(arrays: Arrays) -> Array:
    """x_1 .. x_T as the cells read them, [T, 1, d]."""
    return arrays["x"][1:-1].swapaxes(1, 2)


def _output_layer(
    job: GradientJob, arrays: Arrays, hidden: Array, matrices: tuple[str, ...], bias: str
) -> tuple[Array, dict[str, Array]]:
    """dL/d(hidden) [T, 1, n], and the gradients of the output layer that reads hidden [T, 1, n]."""
    W_o = np.concatenate([arrays[name] for name in matrices], axis=1)
    dz = _loss_slope(job, arrays["y"], hidden @ W_o.T + arrays[bias][:, 0])
    gradients = bptt.output_uses(dz, hidden).gradients()
    parts = np.split(gradients["W_o"], len(matrices), axis=1)
    return dz @ W_o, dict(zip(matrices, parts, strict=True)) | {bias: gradients["b_o"][:, None]}


def _loss_slope(job: GradientJob, y: Array, z: Array) -> Array:
    """dL/dz [T, 1, k]; L is a sum over the outputs that are asked for, where the engine takes a mean."""
    targets, asked = np.zeros_like(z), np.zeros(z.shape[:2])
    if job.outputs == "each":
        targets[:], asked[:] = y[1:-1].swapaxes(1, 2), 1
    else:
        targets[-1], asked[-1] = y.T, 1
    loss = LOSSES["cross-entropy" if job.loss == "cross-entropy" else "half squared error"]
    dz: Array = loss(z, targets, asked).dz * (asked.sum() * (2 if job.loss == "whole" else 1))
    return dz


def _alone(model: Callable[[Arrays], dict[str, Array]]) -> Callable[[GradientJob, Arrays], dict[str, Array]]:
    """The pass of a model without choices, asked as the others."""
    return lambda _job, arrays: model(arrays)


_MODELS: Mapping[str, Callable[[GradientJob, Arrays], dict[str, Array]]] = {
    "rnn": _recurrent,
    "lstm": _recurrent,
    "gru": _recurrent,
    "birnn": _both_ways,
    "layers": _two_layers,
    "attention": attention,
    "softmax": _alone(softmax_loss),
    "layernorm": _alone(layer_norm),
    "batchnorm": _alone(batch_norm),
    "clipping": _alone(clipping),
}
