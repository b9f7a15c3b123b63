"""Keyed randomness: the same key gives the same number on every machine and in every version.

Each variable of a variant draws from its own key (item, seed, name), so that adding a variable
or reordering a file changes no other number. Python's `random` promises no such stability.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def keyed(*parts: str | int) -> int:
    """An evenly spread 63-bit number that depends on `parts` and on nothing else."""
    key = "\x1f".join(map(str, parts)).encode()
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big") >> 1


def shuffled(items: Sequence[T], *key: str | int) -> tuple[T, ...]:
    """`items` in an order that depends only on `key` and their number."""
    order = sorted(range(len(items)), key=lambda index: keyed(*key, index))
    return tuple(items[index] for index in order)
