"""The simple network taken apart: the links of the chain rule, each by itself, for the formula sheet.

h_t = tanh(W_i x_t + W_h h_{t-1} + b) from h_0 = 0, ŷ = W_o h_T; X holds one input a row. Every derivative is
measured along the imaginary axis, exact to rounding (Squire & Trapp 1998), in nothing but a forward pass: so
it owes nothing to the derivations and the backward passes it is held against. A derivative by a matrix
takes the matrix row by row, [2, 3] as 6 numbers, and so is a matrix itself. Networks of single numbers
give single numbers. Knows no formula.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_STEP = 1e-30


def tanh_slope(a: Any) -> Any:
    """tanh'(a), entry by entry."""
    import numpy as np

    return np.tanh(np.asarray(a) + 1j * _STEP).imag / _STEP


def rnn_answer(W_i: Any, W_h: Any, b: Any, W_o: Any, X: Any) -> Any:
    """ŷ, by the engine: a vector, or a number."""
    import numpy as np

    from engine import bptt
    from engine.cells import Rnn

    first, kept, shift, last, inputs = _arrays(W_i, W_h, b, W_o, X)
    weights = {"W_ih": first, "W_hh": kept, "b_ih": shift, "W_o": last, "b_o": np.zeros(len(last))}
    return _like(W_h, bptt.forward(Rnn(), weights, inputs[:, None]).z[-1, 0])


def answer_by_state(W_i: Any, W_h: Any, b: Any, W_o: Any, X: Any, j: int) -> Any:
    """∂ŷ/∂h_j through all later states: [k, h]."""
    first, kept, shift, last, inputs = _arrays(W_i, W_h, b, W_o, X)

    def answer(state: Any) -> Any:
        return last @ _on(first, kept, shift, inputs[int(j) :], state)

    return _like(W_h, _slopes(answer, _on(first, kept, shift, inputs[: int(j)])))


def answer_by_output_weight(W_i: Any, W_h: Any, b: Any, W_o: Any, X: Any) -> Any:
    """∂ŷ/∂W_o: [k, k h]."""
    first, kept, shift, last, inputs = _arrays(W_i, W_h, b, W_o, X)
    state = _on(first, kept, shift, inputs)
    return _like(W_h, _slopes(lambda w: w.reshape(last.shape) @ state, last.ravel()))


def state_by_input_weight(W_i: Any, W_h: Any, b: Any, X: Any, j: int) -> Any:
    """∂⁺h_j/∂W_i, the state before it held fixed: [h, h d]."""
    first, kept, shift, _, inputs = _arrays(W_i, W_h, b, 0, X)
    before, x = _on(first, kept, shift, inputs[: int(j) - 1]), inputs[int(j) - 1]
    step = _slopes(lambda w: _tanh(w.reshape(first.shape), kept, shift, x, before), first.ravel())
    return _like(W_h, step)


def state_by_recurrent_weight(W_i: Any, W_h: Any, b: Any, X: Any, j: int) -> Any:
    """∂⁺h_j/∂W_h, the state before it held fixed: [h, h h]."""
    first, kept, shift, _, inputs = _arrays(W_i, W_h, b, 0, X)
    before, x = _on(first, kept, shift, inputs[: int(j) - 1]), inputs[int(j) - 1]
    step = _slopes(lambda w: _tanh(first, w.reshape(kept.shape), shift, x, before), kept.ravel())
    return _like(W_h, step)


def bptt_h_each(W_i: Any, W_h: Any, b: Any, W_o: Any, X: Any, Y: Any) -> Any:
    """dL/dh_t through all paths, one step a row, where each step answers: L = ½ Σ_t |W_o h_t - y_t|².

    From the derivation's own last lines.
    """
    import numpy as np

    from engine.derivations.gradients import gradients

    weights = {"W_i": W_i, "W_h": W_h, "b_h": b, "W_o": W_o, "b_o": np.zeros(len(W_o))}
    return gradients("rnn", weights, X, Y, wrt="h", loss="half", outputs="each")["h"]


def _arrays(W_i: Any, W_h: Any, b: Any, W_o: Any, X: Any) -> tuple[Any, Any, Any, Any, Any]:
    """[h, d], [h, h], [h], [k, h] and [T, d]."""
    import numpy as np

    kept = np.atleast_2d(np.asarray(W_h, float))
    first, last = (np.asarray(weights, float) for weights in (W_i, W_o))
    inputs = np.asarray(X, float)
    return (
        first.reshape(len(kept), -1),
        kept,
        np.atleast_1d(np.asarray(b, float)),
        np.atleast_2d(last),
        inputs.reshape(len(inputs), -1),
    )


def _tanh(W_i: Any, W_h: Any, b: Any, x: Any, h: Any) -> Any:
    import numpy as np

    return np.tanh(W_i @ x + W_h @ h + b)


def _on(W_i: Any, W_h: Any, b: Any, X: Any, h: Any = 0.0) -> Any:
    """The state after the inputs X, from h."""
    import numpy as np

    h = h + np.zeros(len(W_h))
    for x in X:
        h = _tanh(W_i, W_h, b, x, h)
    return h


def _slopes(of: Callable[[Any], Any], at: Numbers) -> Numbers:
    """The derivative [m, n] of a function of n numbers with m values."""
    import numpy as np

    moved = at + 1j * _STEP * np.eye(len(at))
    return np.stack([of(place).imag / _STEP for place in moved], axis=-1)


def _like(W_h: Any, found: Numbers) -> Any:
    """One number where the network's weights are numbers."""
    import numpy as np

    return found.item() if np.ndim(W_h) == 0 else found


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    made.__name__: made
    for made in (
        tanh_slope,
        rnn_answer,
        answer_by_state,
        answer_by_output_weight,
        state_by_input_weight,
        state_by_recurrent_weight,
        bptt_h_each,
    )
}
