"""How a gradient grows or shrinks on its way back, and what keeps it in bounds, for the numbers in notes.

Jacobians, products over time, clipping, normalization, residual layers and the penalty on the
gradient's length; all of it comes from the engine. Vectors are columns, weights have the shape
(units, inputs); one unit may be given by plain numbers. Knows no texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from engine.jacobians import Jacobians

    Numbers = NDArray[np.float64]
    Value = float | Numbers


def rnn_jacobian(W_x: Value, W_h: Value, b: Value, x: ArrayLike, h: Value) -> Value:
    """dh_t/dh_{t-1} of h_t = tanh(W_x x + W_h h + b): (units, units), or a number for one unit."""
    import numpy as np

    return rnn_carry(W_x, W_h, b, np.asarray(x, float)[None], h)


def rnn_carry(W_x: Value, W_h: Value, b: Value, xs: ArrayLike, h: Value) -> Value:
    """dh_T/dh_0 = J_T ... J_1 for the inputs xs, one a row, from the state h (Pascanu et al. 2013, eq. 5)."""
    carried = _jacobians(W_x, W_h, b, xs, h).to_last[0]
    return _like(h, carried)


def linear_state(W: Value, h: Value, n: int) -> Value:
    """The state after n steps of h_t = W h_{t-1}: an RNN without input, bias and activation."""
    import numpy as np

    from engine.bptt import unroll
    from engine.cells import Rnn

    units = np.size(h)
    weights = {"W_ih": np.zeros((units, 1)), "W_hh": np.atleast_2d(W), "b_ih": np.zeros(units)}
    run = unroll(Rnn("identity"), weights, np.zeros((int(n), 1, 1)), (_row(h),))
    return _like(h, run.hidden[-1, 0])


def gradient_shares(w_x: float, w_h: float, x: ArrayLike, y: float, w_o: float = 1.0) -> Numbers:
    """What each step adds to dL/dw_x (first row) and to dL/dw_h (second row): eq. 3-5 of Pascanu et al. 2013.

    One unit, h_t = tanh(w_x x_t + w_h h_{t-1}), h_0 = 0, L = (w_o h_T - y)^2 / 2.
    """
    import numpy as np

    from engine import bptt
    from engine.cells import Rnn

    one = np.ones((1, 1))
    weights = {
        "W_ih": w_x * one,
        "W_hh": w_h * one,
        "b_ih": np.zeros(1),
        "W_o": w_o * one,
        "b_o": np.zeros(1),
    }
    run = bptt.forward(Rnn(), weights, np.reshape(np.asarray(x, float), (-1, 1, 1)))
    dz = np.zeros_like(run.z)
    dz[-1] = run.z[-1] - y
    shares = bptt.shares(run, bptt.backward(run.cell, weights, run, dz))
    return np.stack([shares["W_ih"][:, 0, 0], shares["W_hh"][:, 0, 0]])


def clip_norm(g: ArrayLike, v: float) -> Numbers:
    """g, scaled to length v if it is longer (Pascanu et al. 2013, algorithm 1)."""
    import numpy as np

    from engine.clipping import clipped, global_norm

    gradient = np.asarray(g, float)
    return clipped(gradient, global_norm(gradient), float(v))


def clip_value(g: ArrayLike, v: float) -> Numbers:
    """g with each entry cut to -v ... v by itself."""
    import numpy as np

    from engine.clipping import clipped_by_value

    return clipped_by_value(np.asarray(g, float), float(v))


def keep_penalty(W_h: ArrayLike, dh: ArrayLike, da: ArrayLike) -> float:
    """The sum over t of (|W_h^T da_t| / |dh_t| - 1)^2, dh and da holding dL/dh_t and dL/da_t, one step a row.

    The first row is of the first step, which has no step before it and counts nothing (Pascanu et al. 2013,
    eq. 9). For one unit plain vectors serve.
    """
    import numpy as np

    from engine.regulariser import penalty

    W = np.atleast_2d(W_h)
    arriving, at_sums = (np.reshape(np.asarray(each, float), (-1, 1, len(W))) for each in (dh, da))
    return penalty(arriving, at_sums, W).value


def layer_norm(x: ArrayLike, gamma: ArrayLike, beta: ArrayLike) -> Numbers:
    """gamma x_hat + beta, x_hat normalised over the entries of x; 1e-5 is added to the variance."""
    import numpy as np

    from engine.cells.norms import normalised

    hat = normalised(_row(x), "layer").hat[0]
    found: Numbers = np.asarray(gamma) * hat + np.asarray(beta)
    return found


def batch_norm(X: ArrayLike, gamma: ArrayLike, beta: ArrayLike) -> Numbers:
    """The same for each column of X over its rows, one example a row; a plain vector is one feature."""
    import numpy as np

    from engine.cells.norms import normalised

    table = np.asarray(X, float)
    hat = normalised(table.reshape(len(table), -1), "batch").hat.reshape(table.shape)
    found: Numbers = np.asarray(gamma) * hat + np.asarray(beta)
    return found


def rnn_step_layer_norm(
    W_x: Numbers, W_h: Numbers, gamma: ArrayLike, b: ArrayLike, x: ArrayLike, h: ArrayLike
) -> Numbers:
    """One step of the RNN whose sum W_x x + W_h h is normalised, then scaled by gamma (Ba et al. 2016, 4)."""
    import numpy as np

    from engine.cells import Rnn

    weights = {"W_ih": W_x, "W_hh": W_h, "b_ih": np.asarray(b, float), "gain_h": np.asarray(gamma, float)}
    found: Numbers = Rnn(norm="layer").forward(weights, _row(x), (_row(h),)).after[0][0]
    return found


def residual_layer(
    W_x: Numbers, W_h: Numbers, W_up: Numbers, W_on: Numbers, x: ArrayLike, h1: ArrayLike, h2: ArrayLike
) -> Numbers:
    """What the second of two tanh layers hands on after one step, with a residual link and no biases.

    Layer 1 reads x (W_x) and its state h1 (W_h); layer 2 reads layer 1 (W_up) and its state h2 (W_on).
    """
    import numpy as np

    from engine.cells import Rnn
    from engine.models.layers import Layers

    units = np.size(h1)
    none = np.zeros(units)
    weights = {
        "W_ih_l1": W_x,
        "W_hh_l1": W_h,
        "b_ih_l1": none,
        "W_ih_l2": W_up,
        "W_hh_l2": W_on,
        "b_ih_l2": none,
    }
    layers = Layers(Rnn(), units, layers=2, residual=True)
    inputs = _row(x)[None]
    found: Numbers = layers.forward(weights, inputs, (_row(h1), _row(h2)))[-1].outputs[0, 0]
    return found


def residual_jacobian(W: ArrayLike, x: ArrayLike) -> Numbers:
    """dy/dx of y = x + tanh(W x), by differentiating along the imaginary axis: exact to rounding.

    (Squire & Trapp 1998, "Using complex variables to estimate derivatives of real functions".)
    """
    import numpy as np

    start, step = np.asarray(x, float), 1e-30
    moved = start[:, None] + 1j * step * np.eye(len(start))
    found: Numbers = (moved + np.tanh(np.asarray(W) @ moved)).imag / step
    return found


def orthogonal_start(n: int) -> Numbers:
    """An orthogonal (n, n) matrix as networks start with: the engine's own draw."""
    import numpy as np

    from engine.inits import drawn

    return drawn("orthogonal", (int(n), int(n)), np.random.default_rng(1), h=int(n), recurrent=True)


def _jacobians(W_x: Value, W_h: Value, b: Value, xs: ArrayLike, h: Value) -> Jacobians:
    import numpy as np

    from engine.bptt import unroll
    from engine.cells import Rnn
    from engine.jacobians import jacobians

    units = np.size(h)
    weights = {
        "W_ih": np.reshape(np.asarray(W_x, float), (units, -1)),
        "W_hh": np.atleast_2d(W_h),
        "b_ih": np.atleast_1d(b),
    }
    inputs = np.reshape(np.asarray(xs, float), (-1, 1, weights["W_ih"].shape[1]))
    return jacobians(unroll(Rnn(), weights, inputs, (_row(h),)))


def _row(vector: ArrayLike) -> Numbers:
    """A number or a vector as a batch of one."""
    import numpy as np

    return np.asarray(vector, float).reshape(1, -1)


def _like(h: Value, found: Numbers) -> Value:
    """`found` as it is, or its one number where the state `h` is a plain number."""
    import numpy as np

    return float(found.item()) if np.ndim(h) == 0 else found


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    made.__name__: made
    for made in (
        rnn_jacobian,
        rnn_carry,
        linear_state,
        gradient_shares,
        clip_norm,
        clip_value,
        keep_penalty,
        layer_norm,
        batch_norm,
        rnn_step_layer_norm,
        residual_layer,
        residual_jacobian,
        orthogonal_start,
    )
}
