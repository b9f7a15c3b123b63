"""Pascanu's regulariser: keep the norm of the error signal from one step to the one before.

    Ω = Σ_t Ω_t,   Ω_t = ( ‖dL/dh_{t+1} · ∂h_{t+1}/∂h_t‖ / ‖dL/dh_{t+1}‖ - 1 )²,   t = 1 .. T - 1

    (Pascanu, Mikolov & Bengio 2013, "On the difficulty of training recurrent neural networks",
    eq. 9-10). As there, only the immediate dependence on W_hh is differentiated: dL/dh and the
    slopes of the activation are held constant. With u = dL/da_{t+1} and v = W_hhᵀ u, what arrives
    one step earlier, that is dΩ_t/dW_hh = 2 (‖v‖ / ‖dL/dh‖ - 1) / ‖dL/dh‖ · u vᵀ / ‖v‖.

Our choices, which the paper leaves open: Ω is the mean over the sequences of a batch; a step
that no error reaches has no ratio and counts nothing; neither does a crossing that truncated
BPTT cuts. Knows the plain RNN's derivatives, nothing of losses or training.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.snapshot import Array


class Penalty(NamedTuple):
    """Ω with its parts and its derivative.

    Attributes:
        value: Ω.
        ratios: [T - 1, B] ‖v‖ / ‖dL/dh_{t+1}‖ for t = 1 .. T - 1: 1 is what Ω asks for. NaN where
            no error arrives.
        dW_hh: [h, h].
    """

    value: float
    ratios: Array
    dW_hh: Array


def penalty(dh: Array, da: Array, W_hh: Array, window: int = 0) -> Penalty:
    """Ω of one backward pass: dh and da are [T, B, h], dL/dh_t and dL/da_t; window is that of the BPTT."""
    arriving, u = dh[1:], da[1:]
    v = u @ W_hh
    norm_v, norm = np.linalg.norm(v, axis=-1), np.linalg.norm(arriving, axis=-1)
    counts = (norm > 0) & _crosses(len(norm), window)[:, None]
    safe = np.where(counts, norm, 1)
    ratios = norm_v / safe
    off = np.where(counts, ratios - 1, 0)
    batch = dh.shape[1]
    # a v of length 0 has no direction: its slope is taken as 0, as autograd of a norm does
    scale = 2 * off / (safe * np.where(norm_v > 0, norm_v, 1)) / batch
    slope = (u * scale[..., None]).reshape(-1, u.shape[-1]).T @ v.reshape(-1, v.shape[-1])
    return Penalty(float((off * off).sum()) / batch, np.where(counts, ratios, np.nan), slope)


def _crosses(crossings: int, window: int) -> Array:
    """[T - 1] True where the gradient may pass from step t + 1 to t."""
    t = np.arange(1, crossings + 1)
    return t % window != 0 if window else np.ones(crossings, dtype=bool)
