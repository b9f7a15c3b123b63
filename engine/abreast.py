"""Several runs, one step each, side by side: the compiled kernel takes all of them in one call.

A call of the kernel lets go of Python's lock, and handing the lock to another thread and back costs
more than a small step. So a thread prepares many runs, and then computes them all without the
lock, while another thread prepares its own. Knows no sweep.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import DivergenceError
from engine.kernels.kernel import train_many
from engine.kernels.learner import ByKernel
from engine.train import Run


def advanced(runs: Sequence[Run]) -> list[float | DivergenceError]:
    """What `Run.advance` of each returns, or the error that it raises."""
    learners = {place: learner for place, run in enumerate(runs) if (learner := _together(run))}
    for place, learner in learners.items():
        learner.prepare(*runs[place].upcoming())
    if learners:
        train_many([learner.kernel for learner in learners.values()], 1)
    found: list[float | DivergenceError] = []
    for place, run in enumerate(runs):
        try:
            found.append(run.conclude(learners[place].outcome()) if place in learners else run.advance())
        except DivergenceError as error:
            found.append(error)
    return found


def _together(run: Run) -> ByKernel | None:
    """The learner whose step is one call of the kernel; None if there is more to it."""
    learner = run.learner
    if run.exploded or run.now.regulariser or not isinstance(learner, ByKernel):
        return None
    return learner
