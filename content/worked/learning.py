"""Losses, gradients and runs of small networks, computed by the engine, for the numbers of the notes.

One block a subject; each block adds its own lines to FUNCTIONS. Vectors are 1-d arrays, matrices have a
row a unit. X is [T, d] or, for a network of single numbers, [T]; then weights are numbers, too. The
simple network of the course is h_t = tanh(W_i x_t + W_h h_{t-1} + b) from h_0 = 0, with ŷ = W_o h_T and
L = ½|ŷ - y|². Knows no notes; NumPy and the engine are imported when a number is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from content.worked.evaluate import Value

# --- losses (engine.losses) ---


def _judged(loss: str, z: Any, y: Any) -> Any:
    """Loss and slope of one row or of rows [T, k], summed over them: the engine takes the mean."""
    from numpy import array

    from engine.losses import LOSSES

    rows = array(z, dtype=float, ndmin=2)[:, None]
    wanted = array(y, dtype=float, ndmin=2)[:, None]
    found = LOSSES[loss](rows, wanted)
    return found.value * len(rows), (found.dz * len(rows)).reshape(array(z).shape)


def _cross_entropy(z: Any, y: Any) -> Value:
    """Softmax and cross-entropy in nats of logits z [k] or [T, k], the sum over time."""
    return float(_judged("cross-entropy", z, y)[0])


def _cross_entropy_slope(z: Any, y: Any) -> Value:
    """dL/dz of `cross_entropy`, in the shape of z (Goodfellow et al. 2016, 6.2.2.3)."""
    found: Value = _judged("cross-entropy", z, y)[1]
    return found


def _half_squared_error(z: Any, y: Any) -> Value:
    return float(_judged("half squared error", [z], [y])[0])


def _binary_cross_entropy(z: float, y: float) -> Value:
    """Of one sigmoid output with logit z: σ(z) is the softmax of [z, 0]."""
    return float(_judged("cross-entropy", [z, 0.0], [y, 1.0 - y])[0])


# --- the simple network through time (engine.bptt, engine.derivations) ---


def _columns(W_i: Any, W_h: Any, b: Any, end: str = "") -> dict[str, Any]:
    from numpy import array, atleast_1d

    W_i, W_h = array(W_i, dtype=float), array(W_h, dtype=float)
    units = len(W_h) if W_h.ndim else 1
    return {
        "W_ih" + end: W_i.reshape(units, -1),
        "W_hh" + end: W_h.reshape(units, units),
        "b_ih" + end: atleast_1d(array(b, dtype=float)),
    }


def _inputs(X: Any) -> Any:
    from numpy import array

    X = array(X, dtype=float)
    return X.reshape(len(X), 1, -1)


def _tidy(states: Any, W_h: Any) -> Value:
    """[T, 1, h] as [T, h], or as [T] where the weights were numbers."""
    from numpy import ndim

    found: Value = states[:, 0] if ndim(W_h) else states[:, 0, 0]
    return found


def _both_ways(W_i: Any, W_h: Any, b: Any, W_i_back: Any, W_h_back: Any, b_back: Any, X: Any) -> Value:
    """[h_t forward, h_t backward] of a bidirectional RNN: [T, 2h], also where the weights are numbers."""
    from engine.cells import Rnn
    from engine.models.layers import Layers

    weights = _columns(W_i, W_h, b) | _columns(W_i_back, W_h_back, b_back, "_reverse")
    found: Value = (
        Layers(Rnn(), len(weights["W_hh"]), both=True).forward(weights, _inputs(X))[-1].outputs[:, 0]
    )
    return found


def _two_layers(W_i1: Any, W_h1: Any, b1: Any, W_i2: Any, W_h2: Any, b2: Any, X: Any) -> Value:
    """The top states of two stacked layers of equal size."""
    from engine.cells import Rnn
    from engine.models.layers import Layers

    weights = _columns(W_i1, W_h1, b1, "_l1") | _columns(W_i2, W_h2, b2, "_l2")
    return _tidy(Layers(Rnn(), len(weights["W_hh_l1"]), 2).forward(weights, _inputs(X))[-1].outputs, W_h1)


def _slope(wrt: str) -> Callable[..., Value]:
    """dL/d(wrt) of the simple network, from the derivation's own last lines."""

    def found(W_i: Any, W_h: Any, b: Any, W_o: Any, X: Any, y: Any) -> Value:
        from numpy import ndim, zeros

        from engine.derivations.gradients import gradients

        weights = {
            "W_i": W_i,
            "W_h": W_h,
            "b_h": b,
            "W_o": W_o,
            "b_o": zeros(()) if ndim(y) == 0 else zeros(len(y)),
        }
        slope = gradients("rnn", weights, X, y, wrt=wrt, loss="half", scalar=ndim(W_h) == 0)[wrt]
        return slope.item() if slope.ndim == 0 else slope

    return found


# --- sizes of deep and bidirectional networks (engine.models.layers) ---


def _size(cell: str) -> Callable[..., Value]:
    """Weights of `layers` layers in `directions` directions with `biases` biases a gate, no output layer."""

    def found(d: int, h: int, layers: int = 1, directions: int = 1, biases: int = 1) -> Value:
        from engine.cells import cell_of
        from engine.models.layers import Layers
        from engine.parameters import count

        many = Layers(cell_of(cell), h, layers, directions == 2)
        return count(many.shapes(d, ("one", "two")[biases - 1]))

    return found


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "cross_entropy": _cross_entropy,
    "cross_entropy_slope": _cross_entropy_slope,
    "half_squared_error": _half_squared_error,
    "binary_cross_entropy": _binary_cross_entropy,
    "birnn_states": _both_ways,
    "two_layer_states": _two_layers,
    "bptt_w_i": _slope("W_i"),
    "bptt_w_h": _slope("W_h"),
    "bptt_w_o": _slope("W_o"),
    "bptt_b": _slope("b_h"),
    "bptt_h0": _slope("h_0"),
    "bptt_h": _slope("h"),
    "bptt_a": _slope("a"),
    "rnn_size": _size("rnn"),
    "lstm_size": _size("lstm"),
    "gru_size": _size("gru"),
}
