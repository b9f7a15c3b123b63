"""The length of a gradient, and two ways to cut down one that is too long.

Takes vectors and returns new ones. Knows nothing of what the numbers mean.
"""

from __future__ import annotations

import math

import numpy as np

from engine.snapshot import Array


def global_norm(gradient: Array) -> float:
    """‖g‖₂ over all parameters together; infinite only if an entry is, or if no float can hold it.

    The sum of squares leaves the range of a float long before the norm does (in float32 at
    1.8e19). Where that happens the largest entry is taken out first, ‖g‖ = m ‖g / m‖.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # seen to below
        squares = float(np.dot(gradient, gradient))
    numbers = np.finfo(gradient.dtype)
    if numbers.tiny / numbers.eps < squares < math.inf:
        return math.sqrt(squares)
    largest = float(np.abs(gradient).max(initial=0))
    if largest == 0 or not math.isfinite(largest):
        return largest
    shares = gradient / largest
    return largest * math.sqrt(float(np.dot(shares, shares)))


def clipped(gradient: Array, norm: float, limit: float) -> Array:
    """g, scaled down to norm `limit` if it is longer (Pascanu et al. 2013, algorithm 1); limit 0 is none."""
    if not 0 < limit < norm:
        return gradient
    factor = limit / norm
    if factor >= np.finfo(gradient.dtype).tiny:
        return gradient * factor
    root = math.sqrt(factor)  # the factor itself has lost its digits: two halves of the way have not
    return gradient * root * root


def clipped_by_value(gradient: Array, limit: float) -> Array:
    """g with every entry cut to ±`limit` by itself, so that its direction may change; limit 0 is none."""
    return np.clip(gradient, -limit, limit) if limit > 0 else gradient


def clip(gradient: Array, norm: float, limit: float, by: str) -> Array:
    """g cut down as the knob "clip_by" says: by "norm" or by "value". `norm` is ‖g‖₂."""
    return clipped(gradient, norm, limit) if by == "norm" else clipped_by_value(gradient, limit)
