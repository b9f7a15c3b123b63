"""Arrays that may hold what is no longer a number: a run that exploded must still be drawn. Pure: no Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def largest(values: Array) -> float:
    """The largest size of the finite `values`; 0.0 when there is none."""
    if not values.size:
        return 0.0
    found = float(np.abs(values).max())
    if np.isfinite(found):
        return found
    sizes = np.abs(values[np.isfinite(values)])
    return float(sizes.max(initial=0.0))


def broken(values: Array) -> int:
    """How many of `values` are infinite or not a number."""
    return int(values.size - np.isfinite(values).sum())
