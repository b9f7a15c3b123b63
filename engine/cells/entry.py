"""How x_t and h_{t-1} reach the gates: a = W s + b, and with normalisation a = γ ⊙ norm(W s) + b.

So b_ih and b_hh are the shifts β of the papers (Ba et al. 2016, supplement; Cooijmans et al. 2017),
to which those add one b more; it would be one more bias of the same sum. γ is "gain_ih" or
"gain_hh". `end`, "ih" or "hh", says which of the two a product is. Knows no cell.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.cells.norms import Normalised, normalised
from engine.snapshot import Array

ALL = slice(None)


def enter(
    weights: Mapping[str, Array],
    end: str,
    source: Array,
    norm: str = "none",
    rows: slice = ALL,
    done: Array | None = None,
) -> tuple[Array, Normalised | None]:
    """a [B, n] from source [B, d] by n `rows` of the weights, and what was normalised on the way.

    `norm` is "none", "layer" (over these rows) or "batch". `done` is a [B, G h] of `Cell.entered`, if there.
    """
    if done is not None:
        return np.ascontiguousarray(done[:, rows]), None
    a = source @ weights[f"W_{end}"][rows].T
    hat = None
    if norm != "none":
        hat = normalised(a, norm)
        a = weights[f"gain_{end}"][rows] * hat.hat
    if f"b_{end}" in weights:
        a = a + weights[f"b_{end}"][rows]
    return a, hat


def leave(
    weights: Mapping[str, Array], end: str, hat: Normalised | None, da: Array, rows: slice = ALL
) -> tuple[Array, dict[str, Array]]:
    """The way back: d(W s) [B, n] from da [B, n], and with normalisation each sequence's shares.

    dγ = da ⊙ norm(W s);  db = da;  d(W s) is da ⊙ γ through the norm. Without one it is da.
    """
    if hat is None:
        return da, {}
    shares = {f"gain_{end}": da * hat.hat}
    if f"b_{end}" in weights:
        shares[f"b_{end}"] = da
    return hat.back(da * weights[f"gain_{end}"][rows]), shares
