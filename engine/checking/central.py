"""A gradient by central differences of the oracle: nobody's derivative rules are in it.

Four points on a line cancel the error of the second order,

    f'(x) = (8 (f(x + s) - f(x - s)) - (f(x + 2 s) - f(x - 2 s))) / 12 s + O(s⁴),

so that steps can be wide enough for rounding not to matter (Abramowitz & Stegun 1964, 25.3.6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.checking.oracles import forward
from engine.checking.oracles_run import Array
from engine.symbolic.jobs import GradientJob

_STEP = 1e-4
_MOVES = np.array([1.0, -1.0, 2.0, -2.0])[:, None] * _STEP
_WEIGHTS = np.array([8.0, -8.0, -1.0, 1.0])[:, None] / (12 * _STEP)
Place = tuple[int | None, int, int]  # time, row, column


@dataclass(frozen=True, slots=True)
class Sample:
    """Slopes of the loss by some entries of a quantity.

    Attributes:
        places: which: time (None for a quantity without one), row, column.
        slopes: [len(places)].
        of: how many entries there are.
        loss: the loss itself, whose size says how far rounding reaches.
    """

    places: tuple[Place, ...]
    slopes: Array
    of: int
    loss: float


def gradient(
    job: GradientJob, arrays: Mapping[str, Array], name: str, times: tuple[int | None, ...], most: int = 160
) -> Sample:
    """dL/d`name` at one point, of all entries, or of `most` of them that lie evenly among all.

    `arrays` are in the layout of `oracles`, without leading axes. `times` are those at which the
    quantity is nudged: (None,) for one without a time. Where truncated BPTT lets no derivative
    pass, the state that is handed on stays what it was. Raises KeyError: no such quantity.
    """
    still = forward(job, arrays, only=None if job.truncate else (name, "L"))
    rows, columns = still[name].shape[-2:]
    every = [(time, row, column) for time in times for row in range(rows) for column in range(columns)]
    chosen = np.linspace(0, len(every) - 1, min(most, len(every))).round().astype(int)
    places = tuple(every[number] for number in chosen)
    moved = _moved(places, (rows, columns))

    def nudge(of: str, time: int | None, value: Array) -> Array:
        return value + moved[time] if of == name and time in moved else value

    losses = forward(job, arrays, nudge, lambda of, time, _: still[of][time], ("L",))["L"][..., 0, 0]
    return Sample(places, (_WEIGHTS * losses).sum(axis=0), len(every), float(still["L"].item()))


def _moved(places: tuple[Place, ...], shape: tuple[int, int]) -> dict[int | None, Array]:
    """Time -> [4, places, r, c]: each place moved in a run of its own, by each of the four steps."""
    moved: dict[int | None, Array] = {
        time: np.zeros((len(_MOVES), len(places), *shape)) for time, _, _ in places
    }
    for number, (time, row, column) in enumerate(places):
        moved[time][:, number, row, column] = _MOVES[:, 0]
    return moved
