"""Convolution and pooling in one and two dimensions, and their sizes, for the numbers in notes.

Sizes are found by listing the places where a filter fits, or the inputs that an output depends on,
so that the formulas of a note can be checked against them. Knows no texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Value = float | Numbers


def conv_size(n: float, f: float, p: float, s: float) -> float:
    """Outputs along one side: where a filter of f fits into n with p zeros at each end, s apart."""
    ends = int(n) + 2 * int(p) - int(f)
    return float(len(range(0, ends + 1, int(s))))


def conv_count(f_h: float, f_w: float, c_in: float, c_out: float) -> float:
    """Parameters of a 2-D convolution: the weights and one bias a filter, counted in the arrays."""
    import numpy as np

    weights = np.zeros((int(c_out), int(c_in), int(f_h), int(f_w)))
    return float(weights.size + np.zeros(int(c_out)).size)


def convolution(x: Numbers, w: Numbers, b: float, p: float, s: float) -> Numbers:
    """z(i, j) = b + Σ_u Σ_v x(i s + u, j s + v) w(u, v): the filter is not turned round.

    x [n, m] with p zeros on all sides, w [f, g] (Goodfellow et al. 2016, eq. 9.6).
    """
    import numpy as np

    padded = np.pad(x, int(p))
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape)[:: int(s), :: int(s)]
    found: Numbers = b + np.einsum("ijuv,uv->ij", windows, w)
    return found


def convolution_1d(x: Numbers, w: Numbers, dilation: float) -> Numbers:
    """z(i) = Σ_u x(i + u d) w(u), without padding: x [n] -> [n - d (f - 1)]."""
    import numpy as np

    d = int(dilation)
    return np.array([x[i : i + d * (len(w) - 1) + 1 : d] @ w for i in range(len(x) - d * (len(w) - 1))])


def max_pool(x: Numbers, f: float, s: float) -> Numbers:
    """The largest of each f x f window, s apart."""
    found: Numbers = _windows(x, f, s).max(axis=(2, 3))
    return found


def average_pool(x: Numbers, f: float, s: float) -> Numbers:
    """The mean of each f x f window, s apart."""
    found: Numbers = _windows(x, f, s).mean(axis=(2, 3))
    return found


def receptive_field(sizes: Iterable[float], strides: Iterable[float]) -> float:
    """Inputs along one side that reach one output of a stack: layer 1 first, traced back from the output."""
    reached = {0}
    for f, s in zip(reversed(list(sizes)), reversed(list(strides)), strict=True):
        reached = {int(s) * place + u for place in reached for u in range(int(f))}
    return float(max(reached) - min(reached) + 1)


def causal_field(f: float, layers: float) -> float:
    """Time steps that reach one output of causal layers of f taps with dilations 1, 2, 4, ..."""
    reached = {0}
    for layer in range(int(layers)):
        reached = {place - u * 2**layer for place in reached for u in range(int(f))}
    return float(max(reached) - min(reached) + 1)


def _windows(x: Numbers, f: float, s: float) -> Numbers:
    import numpy as np

    return np.lib.stride_tricks.sliding_window_view(x, (int(f), int(f)))[:: int(s), :: int(s)]


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    made.__name__: made
    for made in (
        conv_size,
        conv_count,
        convolution,
        convolution_1d,
        max_pool,
        average_pool,
        receptive_field,
        causal_field,
    )
}
