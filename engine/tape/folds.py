"""Sums, products and columns over an index, for many bounds at once.

A fold is asked for n times, each with its own `low` .. `high`. The body is evaluated for all of
them in one go where that can be, as [..., m, r, c]. Knows arrays and letters, not trees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Times = NDArray[np.int_]
Frame = Mapping[str, Times]  # letters at n times, each [n] or [1]
Body = Callable[[Frame], Array]  # [..., m, r, c] for a frame of m times; 1 for m if it does not depend


@dataclass(frozen=True, slots=True)
class Fold:
    """`body` over `index` = low .. high ([n] both) while the other letters are at `frame`."""

    body: Body
    index: str
    low: Times
    high: Times
    frame: Frame

    @property
    def counts(self) -> Times:
        counted: Times = np.maximum(self.high - self.low + 1, 0)
        return counted

    def every_term(self) -> Array:
        """[..., m, r, c], m the sum of `counts`: the terms of the first bounds, then of the second, ..."""
        counts = self.counts
        owner = np.repeat(np.arange(len(counts)), counts)
        before = np.cumsum(counts) - counts
        index = np.arange(len(owner)) - before[owner] + self.low[owner]
        outer = {letter: times[owner] if len(times) > 1 else times for letter, times in self.frame.items()}
        terms = self.body({**outer, self.index: index})
        return np.broadcast_to(terms, (*terms.shape[:-3], len(owner), *terms.shape[-2:]))


def summed(fold: Fold, shape: tuple[int, int]) -> Array:
    """The sums, [..., n, r, c]; zero where there is nothing to add."""
    counts = fold.counts
    some = counts > 0
    if not some.any():
        return np.zeros((1, *shape))
    terms = fold.every_term()
    starts = (np.cumsum(counts) - counts)[some]
    sums = np.add.reduceat(terms, starts, axis=-3)
    if some.all():
        return sums
    whole = np.zeros((*sums.shape[:-3], len(counts), *shape), sums.dtype)
    whole[..., some, :, :] = sums
    return whole


def side_by_side(fold: Fold) -> Array:
    """Columns beside each other, [..., n, r, m]. Raises ValueError if there are not always m of them."""
    counts = set(fold.counts.tolist())
    if len(counts) != 1 or counts == {0}:
        raise ValueError(f"columns for {sorted(counts)} times do not make matrices of one shape")
    terms = fold.every_term()
    split = terms.reshape(*terms.shape[:-3], len(fold.counts), -1, terms.shape[-2])
    return np.swapaxes(split, -1, -2)


def multiplied(fold: Fold, size: int) -> Array:
    """The products, [..., n, size, size], the highest index on the left; the identity where empty."""
    if all(len(times) == 1 for times in fold.frame.values()):
        return _with_shared_factors(fold, size)
    ones = [_with_shared_factors(_alone(fold, which), size) for which in range(len(fold.low))]
    leading = np.broadcast_shapes(*(one.shape[:-3] for one in ones))
    return np.concatenate([np.broadcast_to(one, (*leading, *one.shape[-3:])) for one in ones], axis=-3)


def _alone(fold: Fold, which: int) -> Fold:
    """One of the n."""
    frame = {
        letter: times[which : which + 1] if len(times) > 1 else times for letter, times in fold.frame.items()
    }
    one = slice(which, which + 1)
    return Fold(fold.body, fold.index, fold.low[one], fold.high[one], frame)


def _with_shared_factors(fold: Fold, size: int) -> Array:
    """All products out of one row of factors.

    They grow by a factor a time, all at once, from the end that more of them share: for j + 1 .. T
    there is one product that grows downwards from T, and every other is what it was on its way.
    """
    counts = fold.counts
    some = counts > 0
    if not some.any():
        return np.eye(size)[None]
    first, last = int(fold.low[some].min()), int(fold.high[some].max())
    factors = fold.body({**fold.frame, fold.index: np.arange(first, last + 1)})
    factors = np.broadcast_to(factors, (*factors.shape[:-3], last + 1 - first, size, size))
    whole = np.broadcast_to(np.eye(size), (*factors.shape[:-3], len(some), size, size)).astype(factors.dtype)
    downwards = len(np.unique(fold.high[some])) <= len(np.unique(fold.low[some]))
    shared, step = (fold.high, -1) if downwards else (fold.low, 1)
    ends = np.unique(shared[some])
    lengths = np.array([counts[shared == end].max() for end in ends])
    products = np.broadcast_to(np.eye(size), (*factors.shape[:-3], len(ends), size, size))
    for length in range(1, int(lengths.max()) + 1):
        growing = lengths >= length
        ends, lengths, products = ends[growing], lengths[growing], products[..., growing, :, :]
        more = factors[..., ends + step * (length - 1) - first, :, :]
        products = products @ more if downwards else more @ products
        done = counts == length
        whole[..., done, :, :] = products[..., np.searchsorted(ends, shared[done]), :, :]
    return whole
