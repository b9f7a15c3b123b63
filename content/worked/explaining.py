"""Explanations of small models, for the numbers in notes: Shapley values, slopes, heat maps, local lines.

Slopes are measured by central differences and Shapley values over all orders of joining, so that
the formulas of a note can be checked against them. Knows no texts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Value = float | Numbers

_STEP = 1e-5
_POINTS = 40
_MOST_PLAYERS = 7


def shapley(v: Numbers) -> Numbers:
    """Each player's mean gain over all orders of joining: [n] (Shapley 1953).

    v [2^n] is the worth of each coalition; player k is in coalition c if bit k of c is set, so for two
    players v = [none, first, second, both].
    """
    import numpy as np

    n = int(math.log2(len(v)))
    if 2**n != len(v) or n > _MOST_PLAYERS:
        raise ValueError(f"{len(v)} worths are given; 2, 4, 8, ... up to {2**_MOST_PLAYERS} are allowed")
    gains = np.zeros(n)
    for order in permutations(range(n)):
        joined = 0
        for player in order:
            gains[player] += v[joined | 1 << player] - v[joined]
            joined |= 1 << player
    return gains / math.factorial(n)


def small_net(u: Numbers, W: Numbers, x: Numbers) -> float:
    """y = u · tanh(W x): a network of one hidden layer, to be explained."""
    import numpy as np

    return float(u @ np.tanh(W @ x))


def saliency(u: Numbers, W: Numbers, x: Numbers) -> Numbers:
    """dy/dx of `small_net` by central differences: [inputs], with its sign."""
    import numpy as np

    steps = _STEP * np.eye(len(x))
    return np.array([(small_net(u, W, x + e) - small_net(u, W, x - e)) / (2 * _STEP) for e in steps])


def integrated_gradients(u: Numbers, W: Numbers, x: Numbers, base: Numbers, steps: float) -> Numbers:
    """(x - x') ⊙ the mean slope of `small_net` on the way from x' to x, at the middles of `steps` parts."""
    middles = [(k + 0.5) / int(steps) for k in range(int(steps))]
    slopes = [saliency(u, W, base + share * (x - base)) for share in middles]
    return (x - base) * sum(slopes) / len(slopes)


def slope_on_the_way(u: Numbers, W: Numbers, x: Numbers, base: Numbers) -> Numbers:
    """The integral of dy/dx from x' to x over the share of the way: [inputs], by Gauss and Legendre.

    The slope of `small_net` is u ⊙ (1 - tanh²) W; with 40 points the integral is exact to rounding.
    """
    import numpy as np

    points, weights = np.polynomial.legendre.leggauss(_POINTS)
    way = base + (points[:, None] + 1) / 2 * (x - base)
    slopes: Numbers = (u * (1 - np.tanh(way @ W.T) ** 2)) @ W
    return weights @ slopes / 2


def grad_cam(A: Numbers, slopes: Numbers) -> Numbers:
    """ReLU(Σ_k α_k A^k), α_k the mean of map k's slopes; maps [k, h, w] or, place by place, [k, places]."""
    import numpy as np

    alpha = slopes.reshape(len(slopes), -1).mean(axis=1)
    return np.maximum(np.tensordot(alpha, A, axes=1), 0.0)


def local_line(x: Numbers, y: Numbers, weights: Numbers) -> Numbers:
    """[intercept, slopes] of the weighted least-squares fit, LIME's surrogate: x [n] or [n, features]."""
    import numpy as np

    table = np.column_stack([np.ones(len(y)), x])
    root = np.sqrt(weights)
    solved: Numbers = np.linalg.lstsq(table * root[:, None], y * root, rcond=None)[0]
    return solved


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    made.__name__: made
    for made in (
        shapley,
        small_net,
        saliency,
        integrated_gradients,
        slope_on_the_way,
        grad_cam,
        local_line,
    )
}
