"""One sequence of what the kernel computed, as a Picture with the names of `engine.models.recurrent`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.kernels.kernel import Kernel
from engine.losses import share_right
from engine.models.model import Picture
from engine.snapshot import Array
from engine.tasks.task import Batch


def picture_of(
    kernel: Kernel,
    weights: Mapping[str, Array],
    batch: Batch,
    shown: tuple[str, ...],
    ratios: Array | None,
    b: int,
) -> Picture:
    """Sequence b of `batch`, in arrays of its own. `shown` are the letters of the gates."""
    named = {name: kernel.value(name)[:, b].copy() for name in kernel.names if name not in ("dz", "dm")}
    if kernel.layout.cell == "gru":
        named["kept"] = named["z"].copy() if kernel.keeps else 1 - named["z"]
    named["out"] = named["h"].copy()
    named["z_o"] = (
        named["h"] @ weights["W_o"].T + weights["b_o"]
        if kernel.loss_kind == "cross-entropy"
        else named["outputs"].copy()
    )
    named["dz_o"] = kernel.value("dz")[:, b].copy()
    named |= {name: part[b : b + 1].copy() for name, part in zip(("h_0", "c_0"), kernel.start, strict=False)}
    if ratios is not None:
        named["omega"] = ratios[:, b : b + 1].copy()
    return Picture(
        inputs=_read(kernel, b),
        wanted=batch.targets[:, b].copy(),
        outputs=named["outputs"],
        hidden=named["h"],
        dh=named["dh"],
        gates={letter: named[letter] for letter in shown},
        named=named,
        right=_right(kernel, batch) if kernel.loss_kind == "cross-entropy" else None,
    )


def _right(kernel: Kernel, batch: Batch) -> float:
    return share_right(kernel.value("outputs"), batch.targets, batch.weights)


def _read(kernel: Kernel, b: int) -> Array:
    """[T, d] the inputs, as they were fed."""
    if kernel.with_tokens:
        one_hot = np.zeros_like(kernel.inputs[:, b])
        one_hot[np.arange(len(one_hot)), kernel.tokens[:, b]] = 1
        return one_hot
    return kernel.inputs[:, b].copy()
