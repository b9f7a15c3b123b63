"""Windows of a row of symbols: read one, name the next. Stateless, or each going on where the last stopped.

Knows neither letters nor words, only places in a vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.config import RunConfig
from engine.tasks.task import Codes, Symbols, batch_rng

_AHEAD = 32  # steps whose windows are drawn in one go, which is faster than one between two steps


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """A row of codes, and how it is cut.

    Attributes:
        codes: [n] the whole row, n > `length`.
        places: how many different symbols there are.
        length, size: T and B.
    """

    codes: Codes
    places: int
    length: int
    size: int
    seed: int
    stateful: bool

    @classmethod
    def of(cls, config: RunConfig, codes: Codes, places: int) -> Windows:
        return cls(codes, places, config.length, config.batch, config.seed, config.state == "stateful")

    def batch(self, step: int) -> Symbols:
        """B windows of T + 1 symbols: the first T are read, the last T asked for."""
        starts, fresh = window_starts(len(self.codes), self.length, self.size, step, self.stateful, self.seed)
        windows = self.codes[np.arange(self.length + 1)[:, None] + starts]
        own = following(self.length, self.size)
        return Symbols.of(windows[:-1], windows[1:], (self.places, self.places), fresh=fresh, own=own)


@lru_cache(maxsize=8)  # the same at every step of a run
def following(length: int, size: int) -> NDArray[np.bool_]:
    """[T, B] where the input is the last target of the same window: everywhere but at the first step."""
    own = np.ones((length, size), dtype=np.bool_)
    own[0] = False
    own.flags.writeable = False
    return own


def window_starts(
    total: int, length: int, size: int, step: int, stateful: bool, seed: int
) -> tuple[Codes, bool]:
    """Where the windows of one step start in a row of `total` items, and whether the state starts anew.

    Stateless: anywhere. Stateful: the row is cut into `size` equal parts, sequence b reads part
    b from its beginning, `length` items a step, and begins again at its end. At least one step
    fits, for `total` > length: where the parts would be too short they overlap.
    """
    if not stateful:
        block, place = divmod(step - 1, _AHEAD)
        return _drawn(seed, block, total - length, size)[place], True
    part = max(length + 1, total // size)
    steps = (part - 1) // length
    first = np.linspace(0, total - part, size).astype(np.intp)
    place = (step - 1) % steps
    return first + place * length, place == 0


@lru_cache(maxsize=128)  # a sweep has up to 64 runs in turns
def _drawn(seed: int, block: int, below: int, size: int) -> Codes:
    """[_AHEAD, size] places from 0 to `below` - 1, for each step of a block with the numbers of that step."""
    steps = range(block * _AHEAD + 1, (block + 1) * _AHEAD + 1)
    return np.array([batch_rng(seed, step).integers(0, below, size) for step in steps])
