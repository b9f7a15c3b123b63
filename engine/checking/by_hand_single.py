"""Hand-written passes of the models of one thought: attention, softmax, normalisation, clipping.

Where the engine has a pass it is that one; the step of a decoder with attention has its own here,
a column at a time, since the engine leaves sequences with attention to torch.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine import bptt
from engine.cells import Rnn
from engine.cells.norms import normalised
from engine.checking.by_hand_cells import found, weights
from engine.clipping import clipped, clipped_by_value, global_norm
from engine.losses import cross_entropy
from engine.snapshot import Array
from engine.symbolic.jobs import GradientJob

Arrays = Mapping[str, Array]


def attention(job: GradientJob, arrays: Arrays) -> dict[str, Array]:
    """Bahdanau et al. (2015) for one step of the decoder, from ŷ - y back to the encoder's states."""
    run = bptt.unroll(Rnn(), weights(job, arrays), arrays["x"][1:-1].swapaxes(1, 2), (arrays["h"][0].T,))
    H, d_0 = run.hidden[1:, 0].T, run.hidden[-1].T
    W_a, U_a, v_a = arrays["W_a"], arrays["U_a"], arrays["v_a"]
    W_d, W_c, W_o = arrays["W_d"], arrays["W_c"], arrays["W_o"]
    K = np.tanh(W_a @ d_0 + U_a @ H)
    alpha = _shares(K.T @ v_a)
    c = H @ alpha
    d_1 = np.tanh(W_d @ d_0 + W_c @ c + arrays["b_d"])
    ds = _shares(W_o @ d_1 + arrays["b_o"]) - arrays["y"]
    da_d = (W_o.T @ ds) * (1 - d_1 * d_1)
    dc = W_c.T @ da_d
    dalpha = H.T @ dc
    de = alpha * (dalpha - alpha.T @ dalpha)
    dK = (v_a @ de.T) * (1 - K * K)
    scored = dK.sum(axis=1, keepdims=True)
    dH = dc @ alpha.T + U_a.T @ dK
    dH[:, -1:] += W_d.T @ da_d + W_a.T @ scored  # the decoder starts where the encoder ended
    back = bptt.rewind(run, dH.T[:, None])
    gradients = {"W_o": ds @ d_1.T, "b_o": ds, "W_d": da_d @ d_0.T, "W_c": da_d @ c.T, "b_d": da_d}
    gradients |= {"W_a": scored @ d_0.T, "U_a": dK @ H.T, "v_a": K @ de}
    return gradients | found(job, run, back) | {"h_0": back.start[0].T}


def _shares(scores: Array) -> Array:
    powers = np.exp(scores - scores.max())
    shares: Array = powers / powers.sum()
    return shares


def softmax_loss(arrays: Arrays) -> dict[str, Array]:
    """ŷ - y."""
    return {"s": cross_entropy(arrays["s"].T[None], arrays["y"].T[None]).dz[0].T}


def layer_norm(arrays: Arrays) -> dict[str, Array]:
    hat = normalised(arrays["x"].T, "layer")  # its ε is the program's too
    d_out = arrays["gamma"].T * hat.hat + arrays["beta"].T - arrays["y"].T
    d_x = hat.back(d_out * arrays["gamma"].T)
    return {"x": d_x.T, "gamma": (d_out * hat.hat).T, "beta": d_out.T}


def batch_norm(arrays: Arrays) -> dict[str, Array]:
    hat = normalised(arrays["X"], "batch")
    d_out = arrays["gamma"] * hat.hat + arrays["beta"] - arrays["Y"]
    return {
        "X": hat.back(d_out * arrays["gamma"]),
        "gamma": (d_out * hat.hat).sum(axis=0, keepdims=True),
        "beta": d_out.sum(axis=0, keepdims=True),
    }


def clipping(arrays: Arrays) -> dict[str, Array]:
    """No slopes: the gradient as it is after clipping."""
    g, limit = arrays["g"][:, 0], float(arrays["v"].item())
    by_norm, by_value = clipped(g, global_norm(g), limit), clipped_by_value(g, limit)
    return {"g_by_norm": by_norm[:, None], "g_by_value": by_value[:, None]}
