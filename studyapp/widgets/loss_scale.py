"""LossScale: from a loss to its share of a plot's height, and the marks beside it. Pure: no Qt.

pyqtgraph is given shares of the height, from 0 to 1, not losses: a run that diverges reaches
1e300, and no matrix of a painter goes that far.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studyapp.losses import Envelope
from studyapp.widgets.numbers import nice_ceiling, one_two_five, ticks

TOWERING = 1000.0  # times the usual loss: what is higher must not press the rest to the ground
ABSURD = 1e6  # times: a first loss or a median so far above the other is not the usual one
USUAL = 10.0  # times the usual loss: what is then still drawn to scale
MOST_MARKS = 6
ABOUT = 4  # marks of a linear scale


@dataclass(frozen=True, slots=True)
class LossScale:
    """A linear or logarithmic scale from `low` to `high`, and the losses to mark.

    A linear one may end below the highest losses, which are then to be marked at the top.
    """

    low: float
    high: float
    log: bool
    marks: tuple[float, ...]

    def shares(self, losses: NDArray[np.float64]) -> NDArray[np.float64]:
        """0 at the bottom, 1 at the top; what lies outside is cut off."""
        inside = np.clip(losses, self.low, self.high)
        if self.log:
            return (np.log(inside) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return (inside - self.low) / (self.high - self.low)

    def share(self, loss: float) -> float:
        """The share of one loss."""
        return float(self.shares(np.array([loss]))[0])


def whole_scale(envelope: Envelope, baseline: float | None, log: bool, *, clipped: bool = True) -> LossScale:
    """The scale for a whole run: a linear one begins at 0, and `baseline` is always on it.

    It ends below the losses of an explosion, unless `clipped` is False.
    """
    lowest, highest = _ends(envelope)
    highest = highest if baseline is None else max(highest, baseline)
    if log and lowest > 0:
        return _log_scale(lowest, highest)
    if clipped:
        highest = min(highest, _towering(envelope, baseline))
    top = nice_ceiling(highest)
    return LossScale(0.0, top, False, tuple(ticks(top, ABOUT)))


def close_scale(envelope: Envelope, log: bool) -> LossScale:
    """The scale for a part of a run: no wider than what is seen there."""
    lowest, highest = _ends(envelope)
    if not lowest < highest:
        return whole_scale(envelope, None, log, clipped=False)
    if log and lowest > 0:
        return _log_scale(lowest, highest)
    step = ticks(highest - lowest, ABOUT)[1]
    first, last = math.floor(lowest / step), math.ceil(highest / step)
    marks = tuple(step * k for k in range(first, last + 1))
    if not marks[0] < marks[-1] < math.inf or last - first > 3 * MOST_MARKS:  # a hair's breadth at 1e300
        return whole_scale(envelope, None, log, clipped=False)
    return LossScale(marks[0], marks[-1], False, marks)


def step_marks(first: float, last: float, about: int) -> list[float]:
    """About `about` round whole steps from `first` to `last`."""
    step = max(1.0, ticks(max(1.0, last - first), about)[1])
    step = step if step == round(step) else 5.0  # for 2.5
    return [k * step for k in range(math.ceil(first / step - 1e-9), int(last / step + 1e-9) + 1)]


def _towering(envelope: Envelope, baseline: float | None) -> float:
    """The highest loss to draw to scale: below what an exploding run adds, if there is such a thing."""
    first, middle = float(envelope.low[0]), float(np.median(envelope.low))
    usual = max(first, middle)
    if middle > ABSURD * first or first > ABSURD * max(1.0, middle):
        usual = min(first, middle)
    if not usual > 0 or float(envelope.high.max()) <= TOWERING * usual:
        return math.inf
    limit = USUAL * max(usual, baseline or 0.0)
    return max(limit / USUAL, float(envelope.high.max(where=envelope.high <= limit, initial=0.0)))


def _ends(envelope: Envelope) -> tuple[float, float]:
    return float(envelope.low.min()), float(envelope.high.max())


def _log_scale(lowest: float, highest: float) -> LossScale:
    low, high = one_two_five(lowest, up=False), one_two_five(highest, up=True)
    high = high if high > low else 2 * low
    return LossScale(low, high, True, _log_marks(low, high))


def _log_marks(low: float, high: float) -> tuple[float, ...]:
    """About MOST_MARKS of 1, 2, 5 times powers of ten; of many decades only powers."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    if last - first >= 2:
        every = -(-(last - first + 1) // MOST_MARKS)
        return tuple(10.0**exponent for exponent in range(first, last + 1, every))
    marks = [low]
    while marks[-1] < high * (1 - 1e-9):
        marks.append(one_two_five(marks[-1] * 1.5, up=True))
    return tuple(marks)
