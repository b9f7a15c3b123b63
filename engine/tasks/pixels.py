"""8x8 images read pixel by pixel in rows, each pixel foretold from those before it.

After van den Oord et al. 2016 (PixelRNN), with two shades and one plain network over all rows.
Knows nothing of cells.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from engine.config import RunConfig
from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.task import BATCHES, Batch, Codes
from engine.tasks.windows import following

SIDE = 8
PIXELS = SIDE * SIDE
START, LIGHT, DARK = 0, 1, 2  # places in SYMBOLS
SYMBOLS = ("▸", "□", "■")  # what stands before the first pixel, and the two shades
SEGMENTS = {  # of a digit 4 wide and 7 high: rows, columns
    "a": (slice(0, 1), slice(0, 4)),
    "b": (slice(0, 4), slice(3, 4)),
    "c": (slice(3, 7), slice(3, 4)),
    "d": (slice(6, 7), slice(0, 4)),
    "e": (slice(3, 7), slice(0, 1)),
    "f": (slice(0, 4), slice(0, 1)),
    "g": (slice(3, 4), slice(0, 4)),
}
DIGITS = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")


@dataclass(frozen=True, slots=True, eq=False)
class PixelTask:
    """Read a pixel, name the next: the first T pixels of boxes, crosses, stripes and digits.

    With T = 64 whole images. A batch draws the sort of each image first, then one of its sort.
    """

    length: int
    size: int
    seed: int

    kind: ClassVar[Literal["sequences"]] = "sequences"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    inputs: ClassVar[int] = len(SYMBOLS)
    outputs: ClassVar[int] = len(SYMBOLS)
    symbols: ClassVar[tuple[str, ...]] = SYMBOLS
    answers: ClassVar[tuple[str, ...]] = SYMBOLS
    joint: ClassVar[str] = ""

    @classmethod
    def of(cls, config: RunConfig) -> PixelTask:
        """The task of `config`; TaskError if T is more than the pixels there are."""
        if config.length > PIXELS:
            raise TaskError(
                f"Time steps T is {config.length}; an 8x8 image has {PIXELS} pixels. "
                f"Set Time steps T to {PIXELS}, or less for the upper part of the images."
            )
        return cls(config.length, config.batch, config.seed)

    def batch(self, step: int) -> Batch:
        rng = np.random.default_rng((self.seed, BATCHES, step))
        drawn, first = images()
        sort = rng.integers(0, len(first) - 1, self.size)
        pixels = LIGHT + drawn[rng.integers(first[sort], first[sort + 1]), : self.length].T
        tokens = np.concatenate([np.full((1, self.size), START), pixels[:-1]])
        one_hot = np.eye(len(SYMBOLS))
        own = following(self.length, self.size)
        return Batch(one_hot[tokens], one_hot[pixels], tokens=tokens, own=own)

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return self.labels(rows)

    def labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(SYMBOLS[place] for place in rows.argmax(axis=-1))


def image_of(places: Sequence[int] | Codes) -> Codes:
    """Up to 64 places in `SYMBOLS` as an image [8, 8], 1 is dark; pixels that are missing are light."""
    image = np.zeros(PIXELS, np.intp)
    image[: len(places)] = np.asarray(places) == DARK
    return image.reshape(SIDE, SIDE)


@functools.cache
def images() -> tuple[Codes, Codes]:
    """All that can be drawn [n, 64], sort after sort; and where each sort begins, and the end, [5]."""
    sorts = (_boxes(), _crosses(), _stripes(), _digits())
    drawn = np.stack([image.ravel() for images in sorts for image in images])
    return drawn, np.cumsum([0, *(len(images) for images in sorts)])


def _boxes() -> list[Codes]:
    """Outlines of every rectangle with sides of 3 or more."""
    found = []
    for top, left, bottom, right in np.ndindex(SIDE, SIDE, SIDE, SIDE):
        if bottom - top >= 2 and right - left >= 2:
            image = np.zeros((SIDE, SIDE), np.intp)
            image[top : bottom + 1, left : right + 1] = 1
            image[top + 1 : bottom, left + 1 : right] = 0
            found.append(image)
    return found


def _crosses() -> list[Codes]:
    """A row and a column, neither at the edge."""
    found = []
    for row, column in np.ndindex(SIDE - 2, SIDE - 2):
        image = np.zeros((SIDE, SIDE), np.intp)
        image[row + 1] = image[:, column + 1] = 1
        found.append(image)
    return found


def _stripes() -> list[Codes]:
    """Every second, third or fourth row or column."""
    found = []
    for period in (2, 3, 4):
        for first in range(period):
            image = np.zeros((SIDE, SIDE), np.intp)
            image[first::period] = 1
            found += [image, image.T]
    return found


def _digits() -> list[Codes]:
    """0 to 9 as a pocket calculator shows them, wherever they fit."""
    found = []
    for lit in DIGITS:
        digit = np.zeros((7, 4), np.intp)
        for segment in lit:
            digit[SEGMENTS[segment]] = 1
        for top, left in np.ndindex(SIDE - 6, SIDE - 3):
            image = np.zeros((SIDE, SIDE), np.intp)
            image[top : top + 7, left : left + 4] = digit
            found.append(image)
    return found
