"""Whole convolution layers, over maps with channels and causal over time, for the formula sheet.

They are computed in other ways than the sums they are held against: by windows of the array, by NumPy's
own convolution, by trying one padding after the other. Knows no formula.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from content.worked.convolving import conv_size
from content.worked.reading import WorkedError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Value = float | Numbers


def conv_layer(x: Numbers, w: Numbers, b: Numbers, s: float) -> Numbers:
    """All maps of a layer with stride s and no padding: x [n, m, c], w [f, g, c, k], b [k] -> [n', m', k]."""
    import numpy as np

    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[:2], axis=(0, 1))[:: int(s), :: int(s)]
    found: Numbers = np.tensordot(windows, w, axes=((3, 4, 2), (0, 1, 2))) + b
    return found


def causal_layer(x: Numbers, w: Numbers, b: float, d: float) -> Numbers:
    """z(t) for every t from x [n] at t, t - d, t - 2d, ...; before the start x is 0."""
    import numpy as np

    spread = np.zeros((len(w) - 1) * int(d) + 1)
    spread[:: int(d)] = w
    found: Numbers = np.convolve(x, spread)[: len(x)] + b
    return found


def same_padding(n: float, f: float) -> float:
    """The first padding that keeps the size n at stride 1. Raises WorkedError where none does."""
    for padding in range(int(f)):
        if conv_size(n, f, padding, 1) == n:
            return float(padding)
    raise WorkedError(f"no padding keeps the size with a filter of {f}.")


def window_places(f: float) -> Numbers:
    """Row and column of each place in a window of f x f, from 0: [f f, 2]."""
    import numpy as np

    return np.argwhere(np.ones((int(f), int(f)))).astype(float)


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    made.__name__: made for made in (conv_layer, causal_layer, same_padding, window_places)
}
