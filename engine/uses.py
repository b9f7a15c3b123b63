"""Uses: every place in time where a parameter was used, with the slope there.

The gradient of a parameter is the sum of one share for each of its uses. For `W s` with slope da
the share is da sᵀ; for what is added or multiplied by elements it is kept as it is. From the same
two tables come the whole gradient, in one product, and the share of each time step. Knows no cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.snapshot import Array

Blocks = Sequence[tuple[Array, Array]]


@dataclass(frozen=True, slots=True)
class Uses:
    """The uses of some parameters over T steps and B sequences.

    Attributes:
        products: W -> its rows in blocks, each with its slope da [T, B, rows] and its source [T, B, columns].
        sums: parameter -> [T, B, *shape].
    """

    products: Mapping[str, Blocks] = field(default_factory=dict)
    sums: Mapping[str, Array] = field(default_factory=dict)

    def gradients(self) -> dict[str, Array]:
        """Name -> the whole gradient."""
        found = {
            name: _joined([_rows(da).T @ _rows(source) for da, source in blocks], axis=0)
            for name, blocks in self.products.items()
        }
        return found | {name: each.sum(axis=(0, 1)) for name, each in self.sums.items()}

    def shares(self) -> dict[str, Array]:
        """Name -> [T, *shape], what each time step adds to the gradient."""
        found = {
            name: _joined([da.swapaxes(1, 2) @ source for da, source in blocks], axis=1)
            for name, blocks in self.products.items()
        }
        return found | {name: each.sum(axis=1) for name, each in self.sums.items()}

    def only(self, names: Sequence[str]) -> Uses:
        """Those of some parameters."""
        return Uses(
            {name: blocks for name, blocks in self.products.items() if name in names},
            {name: each for name, each in self.sums.items() if name in names},
        )

    def renamed(self, suffix: str, turned: Callable[[Array], Array]) -> Uses:
        """With a suffix to each name, and each array over time as `turned` gives it."""
        products = {
            name + suffix: [(turned(da), turned(source)) for da, source in blocks]
            for name, blocks in self.products.items()
        }
        return Uses(products, {name + suffix: turned(each) for name, each in self.sums.items()})

    def __or__(self, other: Uses) -> Uses:
        return Uses({**self.products, **other.products}, {**self.sums, **other.sums})


def _joined(blocks: list[Array], axis: int) -> Array:
    return blocks[0] if len(blocks) == 1 else np.concatenate(blocks, axis=axis)


def _rows(each: Array) -> Array:
    """[T, B, n] -> [T B, n]."""
    return each.reshape(-1, each.shape[-1])
