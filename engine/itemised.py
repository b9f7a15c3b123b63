"""The gradient, itemised: G[t, k] is the share of the loss at step t that flows through step k.

    dL/dW = Σ_t Σ_k G[t, k],   G[t, k] = Σ over sequences of (dL_t/da_k) s_kᵀ

where L_t is what step t adds to the loss and W multiplied s_k at step k. Row t sums to the gradient
of L_t alone; in a network of one direction nothing flows to a later step, so that G[t, k] = 0 for
k > t. With truncated BPTT it is the truncated gradient that is itemised. Knows no cell.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from engine.config import RunConfig
from engine.errors import ConfigError
from engine.models.model import Moment
from engine.models.recurrent import Recurrent
from engine.snapshot import Array
from engine.tasks.task import Batch
from engine.uses import Uses

LARGEST = 256_000_000  # bytes of all tables that are asked for at once


def itemised(
    model: Recurrent,
    weights: Mapping[str, Array],
    batch: Batch,
    names: Sequence[str] | None = None,
    moment: Moment | None = None,
) -> dict[str, Array]:
    """Name -> G [T, T, *shape], t first; of all parameters, or of `names`.

    Without a `moment` nothing is dropped or cut and every step reads the given input.

    Raises:
        ConfigError: a name is unknown, or the tables are larger than `LARGEST`; `itemised_norms` is not.
    """
    asked = _known(model, names)
    T = len(batch.inputs)
    numbers = T * T * sum(math.prod(model.shapes[name]) for name in asked)
    size = numbers * weights["W_o"].itemsize
    if size > LARGEST:
        raise ConfigError((_too_large(size, T, asked),))
    found = {name: np.empty((T, T, *model.shapes[name]), weights["W_o"].dtype) for name in asked}
    for t, uses in _by_loss(model, weights, batch, moment):
        for name, shares in uses.only(asked).shares().items():
            found[name][t] = shares
    return found


def itemised_norms(
    model: Recurrent,
    weights: Mapping[str, Array],
    batch: Batch,
    names: Sequence[str] | None = None,
    moment: Moment | None = None,
) -> dict[str, Array]:
    """Name -> [T, T] Frobenius norm of each G[t, k]; holds one row of one table at a time.

    Raises:
        ConfigError: a name is unknown.
    """
    asked = _known(model, names)
    T = len(batch.inputs)
    found = {name: np.empty((T, T), weights["W_o"].dtype) for name in asked}
    for t, uses in _by_loss(model, weights, batch, moment):
        for name in asked:
            found[name][t] = np.linalg.norm(uses.only([name]).shares()[name].reshape(T, -1), axis=1)
    return found


def _by_loss(
    model: Recurrent, weights: Mapping[str, Array], batch: Batch, moment: Moment | None
) -> Iterator[tuple[int, Uses]]:
    """For each t the uses of all parameters, with the slopes of L_t alone."""
    seen = model.forward(weights, batch, moment or Moment(1, RunConfig()))
    for t in range(len(batch.inputs)):
        dz = np.zeros_like(seen.loss.dz)
        dz[t] = seen.loss.dz[t]
        yield t, model.uses(seen, model.backward(seen, dz), dz)


def _known(model: Recurrent, names: Sequence[str] | None) -> list[str]:
    asked = list(model.shapes) if names is None else list(names)
    if unknown := [name for name in asked if name not in model.shapes]:
        raise ConfigError(
            (f"The network has no parameter {', '.join(unknown)}; it has {', '.join(model.shapes)}.",)
        )
    return asked


def _too_large(size: int, T: int, asked: Sequence[str]) -> str:
    return (
        f"The itemised gradient of {', '.join(asked)} over {T} steps takes {size / 1e6:,.0f} MB; "
        f"{LARGEST / 1e6:,.0f} MB is the most. Ask for fewer parameters, or for the norms alone."
    )
