"""A bidirectional LSTM, once by the engine and once step by step. Knows no texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from content.worked.recurrent import cell_weights, lstm_step

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


def bilstm_states(W: Numbers, b: Numbers, V: Numbers, v: Numbers, X: Numbers) -> Numbers:
    """[h_t forward, h_t backward] of the engine's layer, from zeros: [T, 2 units].

    W, b and V, v are the weights of the two directions, as `lstm_step` takes them; X [T, inputs].
    """
    from engine.cells import Lstm
    from engine.models.layers import Layers

    units = len(b) // 4
    back = cell_weights(Lstm(), "figo", V, v, units)
    weights = cell_weights(Lstm(), "figo", W, b, units) | {f"{name}_reverse": back[name] for name in back}
    found: Numbers = Layers(Lstm(), units, both=True).forward(weights, X[:, None])[-1].outputs[:, 0]
    return found


def bilstm_walk(W: Numbers, b: Numbers, V: Numbers, v: Numbers, X: Numbers) -> Numbers:
    """The same one step after the other: [2, T, 2 units], first h_t and then C_t, each of both directions."""
    import numpy as np

    forward, backward = _walk(W, b, X), _walk(V, v, X[::-1])[:, ::-1]
    return np.concatenate([forward, backward], axis=2)


def _walk(W: Numbers, b: Numbers, X: Numbers) -> Numbers:
    import numpy as np

    h = c = np.zeros(len(b) // 4)
    after = []
    for x in X:
        *_, c, h = lstm_step(W, b, x, h, c)
        after.append((h, c))
    return np.array(after).swapaxes(0, 1)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {made.__name__: made for made in (bilstm_states, bilstm_walk)}
