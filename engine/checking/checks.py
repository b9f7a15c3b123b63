"""The checkers that the rules of matrix derivations name: a line against numbers.

    defined    the definition of a quantity, against the oracle's forward run
    same       all sides are equal
    anchored   the same, and the slope on the left is what the oracle's loss really does
    bounded    each side is at most the next

None of them raises: a line that cannot be computed is a check that failed, and says why.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np

from engine.checking.world import World
from engine.derivations.steps import Step
from engine.recurrences.verify import TOLERANCE
from engine.symbolic.report import Check
from engine.tape.nodes import Slope, Var
from engine.tape.numbers import Array, evaluator

_SMALL = 1e-6  # of the largest matrix of a line: below this, and below _NOTHING, errors are not relative
_NOTHING = 1e-12
Sides = Sequence[Array]  # [P, n, r, c] each, of one shape


def defined(step: Step, world: World) -> Check:
    """The definition on the right, with the oracle's numbers, gives the oracle's number on the left."""
    known = isinstance(step.left, Var) and world.has(step.left)
    return _check(step, world, "the definition against an independent program", _spread, known)


def same(step: Step, world: World) -> Check:
    """Every side of the line has the same value."""
    sides = "both sides" if len(step.chain) == 1 else f"all {len(step.chain) + 1} sides"
    return _check(step, world, sides, _spread)


def anchored(step: Step, world: World) -> Check:
    """All sides are equal, and the loss changes as the slope says when the quantity is pushed.

    The push is random, over all times at once, and a tiny imaginary step in the oracle: no
    derivative rule is trusted. Binds the slope for later lines, if nothing has yet.
    """
    world.bind(step)

    def error(sides: Sides) -> float:
        return max(_spread(sides), world.anchor(step).error)

    return _check(step, world, "all sides, and a push in the network,", error, isinstance(step.left, Slope))


def bounded(step: Step, world: World) -> Check:
    """left ≤ chain[0] ≤ chain[1] ...; the error is how far that is exceeded, relative to the larger side."""
    return _check(step, world, "the bound", _excess)


def _check(
    step: Step, world: World, what: str, error: Callable[[Sides], float], possible: bool = True
) -> Check:
    times = len(world.moments(step))
    told = f"{what} at {world.where}" + (f", {_all(times)}" if step.span else "")
    if not times:
        return Check("this T has no such times", 0, 0.0, True)
    if not possible or not step.chain:
        return Check(f"{told}: the left side is nothing that could be checked", 0, math.inf, False)
    try:
        with np.errstate(all="ignore"):  # what is not a number is wrong, and said to be
            found = error(_sides(step, world))
    except (LookupError, ValueError, ArithmeticError) as problem:  # a line that cannot be computed is wrong
        return Check(f"{told}: it cannot be computed ({problem})", world.points, math.inf, False)
    return Check(told, world.points, found, found <= TOLERANCE)


def _all(times: int) -> str:
    return f"all {times} times" if times > 1 else "one time"


def _sides(step: Step, world: World) -> Sides:
    value = evaluator(world, world.letters(step))
    return [value(side) for side in (step.left, *step.chain)]


def _spread(sides: Sides) -> float:
    """The largest relative error between the left side and another."""
    return max(_relative(np.abs(sides[0] - other), sides[0], other) for other in sides[1:])


def _excess(sides: Sides) -> float:
    pairs = itertools.pairwise(sides)
    return max(_relative(np.maximum(lower - upper, 0), lower, upper) for lower, upper in pairs)


def _relative(apart: Array, first: Array, second: Array) -> float:
    """`apart`, relative to the largest entry of each matrix; infinite where something is no number."""
    entries = np.maximum(np.abs(first), np.abs(second)).max(axis=(-2, -1), keepdims=True)
    least = max(_SMALL * float(entries.max()), _NOTHING)
    if not first.any() or not second.any():  # said to be 0, which the other side can only be up to rounding
        least = max(least, _SMALL)
    found = float((apart / np.maximum(entries, least)).max())
    return found if math.isfinite(found) else math.inf
