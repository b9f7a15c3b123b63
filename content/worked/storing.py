"""Where the entries of an array stand, as NumPy lays them out in memory. Knows no texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_LARGEST = 1_000_000  # bytes


def array_address(base: int, size: int, index: int) -> int:
    """The address of entry `index`, from 0, of an array at `base` whose entries have `size` bytes each.

    Read off a real array of so many bytes an entry, which happens to stand elsewhere.
    """
    import numpy as np

    if not 0 < size * (index + 1) <= _LARGEST:
        raise ValueError(f"an array of {size * (index + 1)} bytes is not laid out; up to {_LARGEST} are")
    entries = np.zeros(index + 1, dtype=f"V{size}")
    start, _ = np.lib.array_utils.byte_bounds(entries)
    place, _ = np.lib.array_utils.byte_bounds(entries[index:])
    return base + place - start


FUNCTIONS: Mapping[str, Callable[..., int]] = {"array_address": array_address}
