"""A whole training step, in every way there is to do it: by the compiled kernel, by torch, by NumPy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
from torch_peers import ADAMS, GATES, Fused, Inspectable, Size, parameters_of

from engine.config import RunConfig
from engine.kernels.kernel import Kernel, Rule
from engine.kernels.layout import Layout
from engine.models.by_hand import ByHand
from engine.models.model import Moment
from engine.models.recurrent import Recurrent
from engine.tasks.task import Batch

PRODUCT = 384  # rows and columns of the matrix product that tells how fast this machine multiplies


def ways(cell: str, size: Size) -> dict[str, Callable[[], object]]:
    """Name -> one step: "kernel", "symbols", each of `ADAMS`, "numpy", "seen" where small; and "product"."""
    x, labels = data(size)
    peers = {adam: Fused(cell, size, x, labels, adam) for adam in ADAMS}
    dense, symbols = (kernel_step(cell, size, x, labels, peers["default"]) for _ in range(2))
    symbols.read(tokens=x.argmax(-1))
    same_loss(dense, symbols, peers["default"])
    found: dict[str, Callable[[], object]] = {
        "kernel": lambda: (dense.train(1), dense.loss),
        "symbols": lambda: (symbols.train(1), symbols.loss),
        "numpy": NumpyStep(cell, size, x, labels).step,
    }
    found |= {adam: peer.step for adam, peer in peers.items()}
    if size.H <= 32:
        found["seen"] = Inspectable(cell, size, x, labels, "fused").step
    square = np.random.default_rng(0).random((PRODUCT, PRODUCT), np.float32)
    return found | {"product": lambda: square @ square}


def flops(cell: str, size: Size) -> int:
    """Of the matrix products of one step: forward, to h, and to the weights; nothing goes back to x."""
    gates = GATES[cell] * size.H
    return 2 * size.T * size.B * (2 * gates * size.I + 3 * gates * size.H + 3 * size.H * size.I)


def data(size: Size) -> tuple[Any, Any]:
    """One-hot symbols as dense float32 [T, B, I], and labels [T, B]."""
    rng = np.random.default_rng(1)
    places = rng.integers(0, size.I, (size.T, size.B))
    x = np.eye(size.I, dtype=np.float32)[places]
    return x, rng.integers(0, size.I, (size.T, size.B))


def kernel_step(cell: str, size: Size, x: Any, labels: Any, peer: Fused) -> Kernel:
    """A network in the kernel with the weights of `peer`, ready for `train`."""
    kernel = Kernel(Layout(cell, size.T, size.B, size.I, size.H, size.I))
    kernel.rule = Rule("adam", rate=1e-3, clip=1.0)
    kernel.theta = np.concatenate([array.ravel() for array in parameters_of(peer).values()])
    kernel.read(inputs=x)
    kernel.want(labels=labels)
    return kernel


def same_loss(dense: Kernel, symbols: Kernel, peer: Fused) -> None:
    """Stop unless three steps of all have the same losses: else they are not the same work."""
    for _ in range(3):
        dense.train(1)
        symbols.train(1)
        theirs = peer.step()
        if max(abs(dense.loss - theirs), abs(symbols.loss - theirs)) > 1e-4 * theirs:
            sys.exit(
                f"not the same work: our losses are {dense.loss}, {symbols.loss}, that of torch {theirs}"
            )


class NumpyStep:
    """The same step in NumPy and float64, as the training process does it."""

    def __init__(self, cell: str, size: Size, x: Any, labels: Any) -> None:
        self.config = RunConfig(
            cell=cell,
            hidden=size.H,
            length=size.T,
            batch=size.B,
            learning_rate=1e-3,
            clip=1.0,
            engine="numpy",
        )
        task: Any = SimpleNamespace(inputs=size.I, outputs=size.I, loss="cross-entropy")
        self.learner = ByHand(self.config, Recurrent(self.config, task))
        self.batch = Batch(x.astype(float), np.eye(size.I)[labels], tokens=x.argmax(-1))
        self.number = 0

    def step(self) -> float:
        self.number += 1
        return self.learner.advance(self.batch, Moment(self.number, self.config)).loss
