"""What the left side of a line is worth at the shown numbers, as far as it fits on a screen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.checking.world import World
from engine.derivations.steps import Step
from engine.symbolic.report import Value
from engine.tape.makers import slope
from engine.tape.nodes import NUMBER, Node, Partial
from engine.tape.numbers import Array, evaluate

MOST = 6  # rows and columns of a matrix that are shown
_MOST_PUSHED = 10_000  # entries, over all times: a Jacobian by more takes seconds, and nobody reads it


def times_of(step: Step, last: int) -> list[int]:
    """The times that the line holds for, in the order of telling; empty for a single line. `last` is T."""
    return step.span.times({"T": last}) if step.span else []


def matrices(step: Step, world: World) -> Array:
    """The left side at the shown point: [n, r, c], one for each time of the span."""
    letters: dict[str, int | Array] = {"T": world.last}
    times = times_of(step, world.last)
    if step.span:
        letters[step.span.letter] = np.array(times)
    whole = _read_as_slope(step.left, world)
    found = evaluate(step.left, world, letters)[0] if whole is None else whole
    return np.broadcast_to(found, (len(times) or 1, *found.shape[-2:]))


def _read_as_slope(left: Node, world: World) -> Array | None:
    """dL/dvec(W) as the row that dL/dW is when read column after column; None of anything else.

    Else the network would have to be run once for every weight.
    """
    if not isinstance(left, Partial) or left.of is not world.program.loss or left.by.at is not None:
        return None
    matrix: Array = evaluate(slope(left.by), world, {"T": world.last})[0, 0]
    return matrix.T.reshape(1, 1, -1)


def values(step: Step, world: World, in_rows: bool = False) -> tuple[Value, ...]:
    """Each matrix of the left side; none of one number, which `number` gives, or a huge Jacobian."""
    if (step.span is None and step.left.shape == NUMBER) or _is_huge(step, world):
        return ()
    letter = step.span.letter if step.span else ""
    at = [f"{letter} = {time}" for time in times_of(step, world.last)] or [""]
    each = matrices(step, world)
    return shown(each.swapaxes(1, 2) if in_rows else each, at)


def _is_huge(step: Step, world: World) -> bool:
    """Whether it is the slope by a matrix of a real network, entry by entry and time by time."""
    if not isinstance(step.left, Partial):
        return False
    entries = world.size(step.left.by.shape[0]) * world.size(step.left.by.shape[1])
    return entries * max(1, len(times_of(step, world.last))) > _MOST_PUSHED


def number(step: Step, world: World) -> float | None:
    """The left side if it is a single number; else None."""
    single = step.span is None and step.left.shape == NUMBER
    return float(matrices(step, world).item()) if single else None


def shown(matrices: Array, at: Sequence[str] = ("",)) -> tuple[Value, ...]:
    """Matrices [n, r, c] as they are shown, under the names `at` of their times."""
    rows, columns = matrices.shape[1:]
    corners = matrices[:, :MOST, :MOST].tolist()  # all at once: there can be thousands
    norms = np.sqrt((matrices * matrices).sum(axis=(1, 2))).tolist()
    return tuple(
        Value(time, (rows, columns), tuple(map(tuple, corner)), norm)
        for time, corner, norm in zip(at, corners, norms, strict=True)
    )
