"""Reverse and sort: pairs whose target is the source in another order. How long they are follows from T.

Sorting is by the digits themselves; the priority sort of Graves et al. 2014, 4.5, has priorities beside.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence

import numpy as np

from engine.config import RunConfig
from engine.errors import TaskError
from engine.tasks.pairs import Pair, Pairing, PairTask


def reversal(config: RunConfig) -> PairTask:
    """1 to (T - 1) / 2 letters, to be written backwards; TaskError if T is below 3."""
    return PairTask.of(config, _pairing(config, tuple("abcdefgh"), lambda source: source[::-1]))


def sorting(config: RunConfig) -> PairTask:
    """1 to (T - 1) / 2 digits, to be written in order; TaskError if T is below 3."""
    return PairTask.of(config, _pairing(config, tuple(string.digits), sorted))


def _pairing(
    config: RunConfig, alphabet: tuple[str, ...], order: Callable[[Sequence[str]], Sequence[str]]
) -> Pairing:
    """Pairs as long as a row of T steps holds: n to read, n to answer and one to end.

    An encoder-decoder gets the same ones, though its source and target could be longer.
    """
    longest = (config.length - 1) // 2
    if longest < 1:
        raise TaskError(
            f"Time steps T is {config.length}; the task {config.task} needs at least 3, for one symbol to "
            "read, one to answer and one to end. Set Time steps T to 3 or more."
        )

    def draw(rng: np.random.Generator, size: int) -> list[Pair]:
        counts = rng.integers(1, longest + 1, size)
        places = rng.integers(0, len(alphabet), (size, longest)).tolist()
        sources = [[alphabet[place] for place in row[:n]] for row, n in zip(places, counts, strict=True)]
        return [(source, order(source)) for source in sources]

    return Pairing(alphabet, alphabet, (longest, longest), draw)
