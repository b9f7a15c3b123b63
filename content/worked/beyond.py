"""The memory of a Neural Turing Machine, for the numbers in notes: looking up, reading, writing.

The equations of Graves, Wayne & Danihelka 2014, for one head. The engine has them for training, in
torch, which must not load here; a test holds the two together. Memory M has one place a row. Knows no texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Value = float | Numbers


def ntm_similarity(key: Numbers, M: Numbers) -> Numbers:
    """K(i) = k·M(i) / (|k| |M(i)|), the cosine (6): key [m], M [N, m] -> [N]."""
    import numpy as np

    cosine: Numbers = (M @ key) / (np.linalg.norm(M, axis=1) * np.linalg.norm(key))
    return cosine


def ntm_content(key: Numbers, beta: float, M: Numbers) -> Numbers:
    """w^c = softmax(β K) (5): [N]."""
    import numpy as np

    from engine.losses import log_softmax

    weights: Numbers = np.exp(log_softmax(beta * ntm_similarity(key, M)))
    return weights


def ntm_gated(g: float, by_content: Numbers, before: Numbers) -> Numbers:
    """w^g = g w^c + (1 - g) w_{t-1} (7)."""
    return g * by_content + (1 - g) * before


def ntm_shifted(w: Numbers, s: Numbers) -> Numbers:
    """w~(i) = Σ_j w(j) s(i - j), round the circle (8); s = the shares of a move by -1, 0, +1."""
    import numpy as np

    return np.asarray(sum(share * np.roll(w, by) for by, share in zip((-1, 0, 1), s, strict=True)))


def ntm_sharpened(w: Numbers, gamma: float) -> Numbers:
    """w(i)^γ / Σ_j w(j)^γ (9), γ >= 1."""
    powers = w**gamma
    found: Numbers = powers / powers.sum()
    return found


def ntm_written(M: Numbers, w: Numbers, e: Numbers, a: Numbers) -> Numbers:
    """M(i) ⊙ (1 - w(i) e) + w(i) a (3, 4): [N, m], for w [N], e and a [m]."""
    import numpy as np

    return M * (1 - np.outer(w, e)) + np.outer(w, a)


def ntm_reading(M: Numbers, w: Numbers) -> Numbers:
    """r = Σ_i w(i) M(i) (2): [m]."""
    return w @ M


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    made.__name__: made
    for made in (
        ntm_similarity,
        ntm_content,
        ntm_gated,
        ntm_shifted,
        ntm_sharpened,
        ntm_written,
        ntm_reading,
    )
}
