"""KernelStepper: a trained network, one symbol at a time, by the compiled kernel.

A Stepper as sampling and beam search know it, and `write`, which draws many symbols in one call.
Knows nothing of training.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.kernels import door
from engine.kernels.kernel import Kernel
from engine.kernels.layout import GATES, Layout
from engine.snapshot import Array

State = tuple[Array, ...]  # h, or h and c, each [1, h]


class KernelStepper:
    """One network over one sequence. Its weights are those it was made with."""

    def __init__(
        self,
        cell: str,
        weights: Mapping[str, Array],
        update: str = "keep",
        library: door.Library | None = None,
    ) -> None:
        """`weights` are those of one layer of `cell`, in the order of `engine.parameters`.

        Raises:
            NoKernelError: no `library` is given and none can be loaded.
        """
        k, h = weights["W_o"].shape
        rows, d = weights["W_ih"].shape
        assert rows == GATES[cell] * h, f"{rows} rows of W_ih are not those of {cell}"  # noqa: S101 - ours to keep
        self._kernel = Kernel(Layout(cell, 1, 1, d, h, k), update=update, library=library)
        self._kernel.theta = np.concatenate([array.ravel() for array in weights.values()])
        self._kernel.read(tokens=np.zeros((1, 1), np.int32))
        self._kernel.library.prepare(self._kernel.address)

    def start(self) -> State:
        return tuple(np.zeros_like(part) for part in self._kernel.start)

    def feed(self, state: State, place: int) -> tuple[State, Array]:
        """The state after reading one symbol, and z [k]. IndexError for a symbol that is none."""
        kernel = self._kernel
        kernel.read(tokens=np.full((1, 1), place))
        kernel.begin(state)
        kernel.library.step(kernel.address)
        return kernel.state, kernel.value("outputs")[0, 0].copy()

    def write(
        self, state: State, place: int, count: int, temperature: float, seed: int
    ) -> tuple[State, NDArray[np.int32]]:
        """`count` symbols [count] drawn at a `temperature` above 0 after reading `place`; and the state then.

        The random numbers are the kernel's own: the same seed gives the same symbols, others than
        `engine.sampling` would draw. The last symbol has not been read.

        Raises:
            ValueError: the temperature is not above 0, or a symbol that is drawn could not be read.
            IndexError: `place` is no symbol.
        """
        kernel = self._kernel
        if kernel.layout.V > kernel.layout.I:
            raise ValueError(
                f"The network writes {kernel.layout.V} symbols and reads {kernel.layout.I}; it cannot read "
                f"its own."
            )
        if not temperature > 0:
            raise ValueError(f"The temperature is {temperature}; it must be above 0.")
        kernel.read(tokens=np.full((1, 1), place))
        kernel.begin(state)
        out = np.empty(count, np.int32)
        random = ctypes.c_uint64((seed << 1) % 2**64 | 1)  # xorshift must not begin at 0
        kernel.library.sample(kernel.address, count, temperature, ctypes.byref(random), out.ctypes.data)
        return kernel.start, out
