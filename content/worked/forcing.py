"""A network whose only recurrence leads from its output to its next state, run by the engine's Jordan RNN.

h_t = tanh(U x_t + W y_{t-1} + b), o_t = V h_t + c, y_0 = 0: under teacher forcing y is the target, else o
(Goodfellow et al. 2016, fig. 10.4 and 10.6). Numbers, no symbols: o is not softmaxed. Knows no texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any


def states_forced(U: Any, W: Any, b: Any, V: Any, c: Any, X: Any, Y: Any) -> Any:
    """The states [T, h] when the targets Y [T, k] are fed back. U [h, d], W [h, k], V [k, h], X [T, d]."""
    return _named(1.0, U, W, b, V, c, X, Y)["h"]


def states_free(U: Any, W: Any, b: Any, V: Any, c: Any, X: Any, Y: Any) -> Any:
    """The same when the network's own outputs are fed back; Y gives their number only."""
    return _named(0.0, U, W, b, V, c, X, Y)["h"]


def outputs_free(U: Any, W: Any, b: Any, V: Any, c: Any, X: Any, Y: Any) -> Any:
    """The outputs [T, k] of `states_free`."""
    return _named(0.0, U, W, b, V, c, X, Y)["y"]


def _named(forcing: float, U: Any, W: Any, b: Any, V: Any, c: Any, X: Any, Y: Any) -> Mapping[str, Any]:
    import numpy as np

    from engine import parameters
    from engine.config import RunConfig
    from engine.models.jordan import Jordan
    from engine.models.model import Moment
    from engine.tasks.task import Batch

    arrays = {"W_ih": U, "W_yh": W, "b_ih": b, "W_o": V, "b_o": c}
    weights = {name: np.asarray(array, float) for name, array in arrays.items()}
    inputs, targets = (np.asarray(rows, float)[:, None] for rows in (X, Y))
    # All that this model asks of a task; no task of the engine has inputs and targets of any size.
    task: Any = SimpleNamespace(loss="half squared error", inputs=inputs.shape[2], outputs=targets.shape[2])
    knobs = RunConfig(cell="jordan", hidden=len(weights["b_ih"]), biases="one", teacher_forcing=forcing)
    model = Jordan(knobs, task)
    seen = model.look(parameters.flat(weights, model.shapes), Batch(inputs, targets), Moment(1, knobs))
    return seen.picture(0).named


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    made.__name__: made for made in (states_forced, states_free, outputs_free)
}
