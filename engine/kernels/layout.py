"""Where the compiled kernel has its numbers: sizes, padding, and θ on its way in and out.

Feature dimensions are padded with zeros to whole cache lines, so that no vector of the kernel
crosses an edge. Knows the kernel's picture of memory and no kernel: it loads nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.snapshot import Array

LINE = 16  # floats in a cache line of 64 bytes, and in the widest vector
GATES = {"rnn": 1, "lstm": 4, "gru": 3}
MOST = 2**31 - 1  # the kernel counts rows and columns with 32 bits

Floats = Array  # the engine's word for any array of floats; here they are float32
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Layout:
    """The sizes of one network and what follows from them.

    Attributes:
        cell: "rnn", "lstm" or "gru".
        T, B: time steps, sequences.
        I, H, V: inputs, hidden units, outputs.

    Raises:
        ValueError: the kernel has no such cell, or cannot count so far; every size is at least 1.
    """

    cell: str
    T: int
    B: int
    I: int  # noqa: E741 - the kernel's and the papers' letter
    H: int
    V: int

    def __post_init__(self) -> None:
        if self.cell not in GATES:
            raise ValueError(f"The kernel has no cell {self.cell!r}; it has {', '.join(GATES)}.")
        for name in ("T", "B", "I", "H", "V"):
            size = getattr(self, name)
            if not isinstance(size, int) or size < 1:
                raise ValueError(f"{name} is {size!r}; it must be a whole number, 1 or more.")
        if max((self.T + 1) * self.B, self.ld_x, self.ld_d, self.ld_v) > MOST:
            raise ValueError(f"{self} has more rows or columns than the {MOST:,} that the kernel can count.")

    @property
    def Hp(self) -> int:
        """H, padded."""
        return padded(self.H)

    @property
    def Vp(self) -> int:
        return padded(self.V)

    @property
    def G(self) -> int:
        """Columns of all gates, each padded."""
        return GATES[self.cell] * self.Hp

    @property
    def ld_x(self) -> int:
        """ld_q is the distance in floats between two rows of q."""
        return spread(self.I)

    @property
    def ld_g(self) -> int:
        return spread(self.G)

    @property
    def ld_h(self) -> int:
        return spread(self.H)

    @property
    def ld_v(self) -> int:
        return spread(self.V)

    @property
    def ld_d(self) -> int:
        """Rows of da: the GRU has a fourth block, since W_ih and W_hh see different da_n."""
        return spread(4 * self.Hp) if self.cell == "gru" else self.ld_g

    @cached_property
    def parameters(self) -> dict[str, tuple[int, int]]:
        """Name -> rows and columns in memory, in the order of memory; W_ih lies transposed."""
        return {
            "W_ih": (self.I, self.ld_g),
            "W_hh": (self.G, self.ld_h),
            "b_ih": (1, self.ld_g),
            "b_hh": (1, self.ld_g),
            "W_o": (self.V, self.ld_h),
            "b_o": (1, self.ld_v),
        }

    @cached_property
    def n_theta(self) -> int:
        """Floats in memory for θ, padding included."""
        return sum(rows * columns for rows, columns in self.parameters.values())

    @cached_property
    def places(self) -> Places:
        """[n] where each number of θ lies, in the order of `engine.parameters`: W_ih row by row, ..."""
        starts = np.cumsum([0, *(rows * columns for rows, columns in self.parameters.values())])
        grids = {
            name: start + np.arange(rows * columns).reshape(rows, columns)
            for (name, (rows, columns)), start in zip(self.parameters.items(), starts, strict=False)
        }
        gates = self.units(GATES[self.cell])
        return np.concatenate(
            [
                grids["W_ih"][:, gates].T.ravel(),
                grids["W_hh"][gates, : self.H].ravel(),
                grids["b_ih"][0, gates],
                grids["b_hh"][0, gates],
                grids["W_o"][:, : self.H].ravel(),
                grids["b_o"][0, : self.V],
            ]
        )

    def units(self, blocks: int) -> Places:
        """The columns that hold units in `blocks` padded blocks side by side."""
        return (np.arange(blocks)[:, None] * self.Hp + np.arange(self.H)).ravel()


def padded(n: int) -> int:
    """n in whole cache lines."""
    return -(-n // LINE) * LINE


def spread(n: int) -> int:
    """Length of rows of n numbers; long ones get an odd number of cache lines, not to share cache sets."""
    lines = -(-n // LINE)
    return (lines + 1 if lines >= 4 and lines % 2 == 0 else lines) * LINE


def aligned(size: int, dtype: type[np.generic] = np.float32) -> NDArray[np.generic]:
    """`size` zeros of 4 bytes each that begin at a cache line."""
    raw = np.zeros(4 * size + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + 4 * size].view(dtype)
