"""Numbers against every line: the checkers that the rules name.

A `World` knows what the leaves of a derivation are worth, from a source that is independent
of the derivation: the recurrence itself, run term by term. A checker evaluates both sides of a
step in it.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence

from engine.recurrences.steps import Step
from engine.symbolic.evaluate import Meaning, Number, evaluate, simple
from engine.symbolic.report import Agreement, Check

Pairs = Sequence[tuple[float, float]]  # a quotient at some near n, and the same far out

TOLERANCE = 1e-9  # relative, where floats are involved; exact numbers agree exactly
AGREES = 1e-7  # relative, for another way to the same number: a central difference is no better
_SMALL = 1e-6  # below this an error is not relative any more
_APART = math.log(8)  # off by the square root of n moves by ln 30, from one end to the other
_DRIFT = 0.2  # a class off by one logarithm moves by ln 2 = 0.69, by its square root 0.35


class World(ABC):
    """Independent numbers for the leaves of one derivation."""

    @abstractmethod
    def points(self, step: Step) -> Sequence[Meaning]:
        """Where to try `step`; the first is the one that is shown."""

    @abstractmethod
    def where(self, count: int) -> str:
        """`count` such points in words, e.g. "8 random points"."""

    def far(self, step: Step) -> Sequence[float]:  # noqa: ARG002 - not every world has a large n
        """|left| over the claimed growth of `step` at two far places, the second a doubling further out."""
        return ()

    def off_powers(self, step: Step) -> Pairs:  # noqa: ARG002 - as for `far`
        """T at n off the powers of b over T at the power below: (near, far out), for many such n."""
        return ()


def same_numbers(step: Step, world: World) -> Check:
    """Every side of the line has the same value, at all points."""
    points = world.points(step)
    error = max((_spread(step, point) for point in points), default=math.inf)
    sides = "both sides" if len(step.chain) == 1 else f"all {len(step.chain) + 1} sides"
    exactly = ", exactly" if error == 0 else ""
    return Check(f"{sides} at {world.where(len(points))}{exactly}", len(points), error, error <= TOLERANCE)


def keeps_to_bound(step: Step, world: World) -> Check:
    """The left side is nowhere above (below) the right one, at all points."""
    points = world.points(step)
    error = max((_beyond(step, point) for point in points), default=math.inf)
    side = "above" if step.relation == "≤" else "below"
    return Check(f"nowhere {side} at {world.where(len(points))}", len(points), error, error <= TOLERANCE)


def _beyond(step: Step, point: Meaning) -> float:
    """By how much of its size the left side is beyond the bound; 0 where it is not."""
    left, right = (simple(evaluate(side, point)) for side in (step.left, step.after))
    if (left <= right) if step.relation == "≤" else (left >= right):
        return 0.0
    return _error(float(left), float(right))


def same_class(step: Step, world: World) -> Check:
    """The quotient of the line's left side and its class settles down far out."""
    quotients = world.far(step)
    what = "the quotient of the two sides, from one large n to one far larger"
    if len(quotients) < 2 or not all(0 < quotient < math.inf for quotient in quotients):
        return Check(what, len(quotients), math.inf, False)
    drift = abs(math.log(quotients[-1] / quotients[0]))
    return Check(what, len(quotients), drift, drift <= _DRIFT)


def same_class_between(step: Step, world: World) -> Check:
    """Off the powers of b, T with real rounding stays within constant factors of T at the powers."""
    pairs = world.off_powers(step)
    what = "T with real rounding, off these n, over T at the next one below: from small n to large ones"
    return Check(what, 2 * len(pairs), _largest_drift(pairs), settles(pairs))


def settles(pairs: Pairs) -> bool:
    """Whether quotients at far places stay within a constant factor of those at near ones, all positive."""
    return _largest_drift(pairs) <= _APART


def _largest_drift(pairs: Pairs) -> float:
    if not pairs or not all(0 < quotient < math.inf for pair in pairs for quotient in pair):
        return math.inf
    return max(abs(math.log(far / near)) for near, far in pairs)


def stated(step: Step, world: World) -> None:
    """For assumptions: there is nothing to hold against numbers."""


def _spread(step: Step, point: Meaning) -> float:
    """The largest relative error between the sides of `step`."""
    values = [evaluate(side, point) for side in (step.left, *step.chain)]
    return max((_error(values[0], value) for value in values[1:]), default=math.inf)


def _error(first: Number, second: Number) -> float:
    """|first - second| over the larger of the two, or over a millionth if both are below that.

    Exact numbers that differ are infinitely wrong, however close they are.
    """
    if first == second:
        return 0.0
    if not isinstance(first, float) and not isinstance(second, float):
        return math.inf
    first, second = float(first), float(second)
    return abs(first - second) / max(_SMALL, abs(first), abs(second))


def close(first: Number, second: Number) -> bool:
    """Whether two numbers are the same: exact ones exactly, floats up to their rounding."""
    return _error(first, second) <= TOLERANCE


def agreement(source: str, value: Number, reference: Number) -> Agreement:
    """`value`, found in the way `source` names, against what the derivation says."""
    error = _error(value, reference)
    return Agreement(source, _float(value), error, error <= AGREES)


def _float(value: Number) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf
