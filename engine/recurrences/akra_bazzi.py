"""What the theorem of Akra and Bazzi says of T(n) = sum of c_i T(s_i n + ...) + f(n).

T(n) is in Theta(n^p (1 + integral from 1 to n of f(u) / u^(p+1) du)), where sum of c_i s_i^p = 1;
rounding and moving the places by O(n / log^2 n) changes nothing (Leighton: Notes on better
master theorems, 1996; Akra, Bazzi 1998). Here: which part of that wins, and the same as numbers.
Knows nothing of lines.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from engine.growth.classes import Exponent
from engine.recurrences.drive import Drive
from engine.recurrences.split_exponent import SplitExponent

_STRIPS = 240  # of Simpson's rule
_LATE = 30.0  # decay lengths out, where one part has won


class Winner(Enum):
    """Which part of n^p (1 + integral) decides."""

    LEAVES = "the leaves"
    CONVERGING = "the leaves, as the levels add up to a constant"
    LEVELS = "all levels"
    LOGLOG = "all levels, each a little less than the one below"
    LOGLOGLOG = "all levels, each hardly less than the one below"
    ROOT = "the root"
    FAST = "the root, by far"


@dataclass(frozen=True, slots=True)
class Bounds:
    """n^power log^logs n (log log n)^loglogs (log log log n)^deep; `power` None: it is p."""

    power: Exponent | None
    logs: Fraction = Fraction(0)
    loglogs: Fraction = Fraction(0)
    deep: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What decides, and the class; `bounds` is None where that is the class of f itself (FAST)."""

    winner: Winner
    bounds: Bounds | None

    @property
    def leaves_win(self) -> bool:
        return self.winner in (Winner.LEAVES, Winner.CONVERGING)


def judge(p: SplitExponent, drive: Drive | None) -> Judgement:
    """The class of T for f > 0 of class `drive` (None: f is 0)."""
    if drive is None:
        return Judgement(Winner.LEAVES, Bounds(None))
    if drive.fast:
        return Judgement(Winner.FAST, None)
    side = p.compare(drive.power)
    if side > 0:
        return Judgement(Winner.LEAVES, Bounds(None))
    if side < 0:
        return Judgement(Winner.ROOT, Bounds(drive.power, drive.logs, drive.loglogs))
    return _balanced(drive)


def _balanced(drive: Drive) -> Judgement:
    """f is n^p up to logarithms: the integral of log^q u (log log u)^s / u."""
    q, s, one = drive.logs, drive.loglogs, Fraction(1)
    if q > -1:
        return Judgement(Winner.LEVELS, Bounds(None, q + 1, s))
    if q < -1 or s < -1:
        return Judgement(Winner.CONVERGING, Bounds(None))
    if s > -1:
        return Judgement(Winner.LOGLOG, Bounds(None, loglogs=s + 1))
    return Judgement(Winner.LOGLOGLOG, Bounds(None, deep=one))


# --- as numbers ----------------------------------------------------------------------------


def integral(f: Callable[[float], float], p: float, low: float, high: float) -> float:
    """The integral from `low` to `high` of f(u) / u^(p+1) du, in steps of equal ratio."""
    return simpson(lambda t: f(math.exp(t)) * math.exp(-p * t), math.log(low), math.log(high))


def simpson(of: Callable[[float], float], low: float, high: float) -> float:
    """The integral of `of`, by Simpson's rule."""
    if high <= low:
        return 0.0
    width = (high - low) / _STRIPS
    values = [of(low + width * i) for i in range(_STRIPS + 1)]
    return width / 3 * (values[0] + values[-1] + 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2]))


def class_quotients(p: SplitExponent, drive: Drive, judgement: Judgement) -> list[float]:
    """(1 + integral of the largest part of f) over its class, both over n^p, at two very large n.

    Worked out over t = ln n, so that no n is too large.
    """
    gap = float(drive.power) - float(p.digits) if p.compare(drive.power) else 0.0
    ends = [_LATE / abs(gap), 2 * _LATE / abs(gap)] if gap else [1e6, 1e12]
    return [_quotient(gap, drive, judgement, end) for end in ends]


def _quotient(gap: float, drive: Drive, judgement: Judgement, end: float) -> float:
    """At t = `end`; all is divided by e^(gap * end) where that is above 1."""
    scale = max(gap, 0.0) * end
    q, s = float(drive.logs), float(drive.loglogs)

    def density(x: float) -> float:  # over x = ln t
        t = math.exp(x)
        return math.exp(gap * t - scale + (q + 1) * x) * math.pow(max(x, 1e-9), s)

    total = math.exp(-scale) + abs(drive.factor) * simpson(density, 1.0, math.log(end))
    return total / _claimed(judgement, gap * end - scale, end)


def _claimed(judgement: Judgement, gain: float, end: float) -> float:
    bounds = judgement.bounds or Bounds(None)
    over_p = math.exp(gain) if judgement.winner is Winner.ROOT else 1.0
    x = math.log(end)
    logs = math.pow(end, bounds.logs) * math.pow(x, bounds.loglogs) * math.pow(math.log(x), bounds.deep)
    return over_p * logs
