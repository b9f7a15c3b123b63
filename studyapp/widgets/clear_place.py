"""Where words may stand in a picture of a curve: beside it, and beside one another. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

Array = NDArray[np.float64]


class Covered:
    """What is drawn already: columns of a curve, and words.

    All in pixels, y downwards.
    """

    def __init__(self, width: float, height: float, x: Array, top: Array, bottom: Array) -> None:
        """At each `x` the curve covers what is between `top` and `bottom`."""
        self._frame = QRectF(0, 0, width, height)
        self._x, self._top, self._bottom = x, top, bottom
        self._words: list[QRectF] = []

    def choose(self, places: Sequence[QRectF]) -> int:
        """The first of `places` where nothing is, or the one where least of the curve is; it is taken now."""
        costs = [self._cost(place) for place in places]
        chosen = costs.index(min(costs))
        self._words.append(places[chosen])
        return chosen

    def _cost(self, place: QRectF) -> tuple[bool, bool, int]:
        """(not within the frame, on other words, points of the curve that are covered)."""
        inside = (self._x >= place.left()) & (self._x <= place.right())
        hit = inside & (self._bottom >= place.top()) & (self._top <= place.bottom())
        on_words = any(place.intersects(other) for other in self._words)
        return not self._frame.contains(place), on_words, int(np.count_nonzero(hit))
