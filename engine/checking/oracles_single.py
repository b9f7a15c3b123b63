"""Models of one thought each as NumPy programs: attention, softmax, normalisation, clipping. See `oracles`.

None of them has a choice, so none is told the job.

Attention as in Bahdanau et al. (2015), one step of the decoder; layer norm as in Ba et al. (2016),
batch norm as in Ioffe & Szegedy (2015); clipping as in Pascanu et al. (2013), algorithm 1.
"""

from __future__ import annotations

import numpy as np

from engine.checking.oracles_plain import cross_entropy, output_layer
from engine.checking.oracles_run import Array, Run, softmax, squares, tanh
from engine.symbolic.jobs import GradientJob

_ENDING = GradientJob("attention", outputs="last", loss="cross-entropy")


def attention(run: Run) -> None:
    """An encoder over x_1 .. x_T; one step of a decoder that looks back at all its states."""
    W_h, W_i, b_h = run.reads("W_h", "W_i", "b_h")
    h, states = run.read("h", 0), []
    for t in range(1, run.steps + 1):
        a = run.keep("a", t, W_h @ h + W_i @ run.read("x", t) + b_h)
        h = run.keep("h", t, tanh(a))
        states.append(h)
    H = run.keep("H", None, _beside(states))
    d_0 = run.keep("d", 0, h)
    W_a, U_a, v_a, W_d, W_c, b_d = run.reads("W_a", "U_a", "v_a", "W_d", "W_c", "b_d")
    K = run.keep("K", None, tanh(W_a @ d_0 + U_a @ H))  # W_a d_0 is added to each column
    e = run.keep("e", None, np.swapaxes(K, -1, -2) @ v_a)
    alpha = run.keep("alpha", None, softmax(e))
    c = run.keep("c", None, H @ alpha)
    a_d = run.keep("a_d", None, W_d @ d_0 + W_c @ c + b_d)
    d_1 = run.keep("d1", None, tanh(a_d))
    output_layer(_ENDING, run, [(d_1,)], ("W_o",), "b_o")


def _beside(columns: list[Array]) -> Array:
    return np.concatenate(np.broadcast_arrays(*columns), axis=-1)


def softmax_loss(run: Run) -> None:
    """The loss of a given s."""
    s, y = run.reads("s", "y")
    cross_entropy(y, s, run.keeps)


def layer_norm(run: Run) -> None:
    """Mean and variance over the entries of x."""
    x, gamma, beta, y = run.reads("x", "gamma", "beta", "y")
    mu = run.keep("mu", None, x.mean(axis=-2, keepdims=True))
    _normalised(run, x - mu, gamma, beta, y)


def batch_norm(run: Run) -> None:
    """Mean and variance of each column of X over its rows, the examples."""
    X, gamma, beta, Y = run.reads("X", "gamma", "beta", "Y")
    mu = run.keep("mu", None, X.mean(axis=-2, keepdims=True))
    _normalised(run, X - mu, gamma, beta, Y)


def _normalised(run: Run, centred: Array, gamma: Array, beta: Array, y: Array) -> None:
    var = run.keep("var", None, (centred * centred).mean(axis=-2, keepdims=True))
    sd = run.keep("sd", None, np.sqrt(var + run.read("eps")))
    xhat = run.keep("xhat", None, centred / sd)
    out = run.keep("out", None, gamma * xhat + beta)
    run.keep("L", None, 0.5 * squares(out - y))


def clipping(run: Run) -> None:
    """g, scaled down to the length v if it is longer; and with every entry cut to ±v by itself."""
    g, v = run.reads("g", "v")
    n = run.keep("n", None, np.sqrt(squares(g)))
    run.keep("g_by_norm", None, np.where((v / n).real < 1, g * (v / n), g))
    run.keep("g_by_value", None, np.where(g.real > v.real, v, np.where(g.real < -v.real, -v, g)))
