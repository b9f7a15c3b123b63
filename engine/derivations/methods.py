"""Which ways to the gradient there are, and why the derivation takes the one it takes."""

from __future__ import annotations

from engine.derivations.catalogue import has_steps
from engine.symbolic.jobs import GradientJob
from engine.symbolic.report import Method

_WRITTEN_OUT = (
    "Written out in the parameters alone, the loss nests one activation into the next, and its derivative "
    "repeats each inner part many times. Names for the states keep it short."
)
_COUNTED = "SymPy has written it out for this T, as a check: its derivative then has {count} operations."
_FORWARDS = (
    "Carries ∂h_t/∂W along from the first step to the last. It needs no memory of the past, but at each "
    "step as many numbers as h has entries times W has (Williams & Zipser 1989)."
)


def methods(job: GradientJob, operations: int | None = None) -> tuple[Method, ...]:
    """Of a valid job; the one that is used first.

    `operations`: how many the slope has when written out, if SymPy has done that.
    """
    if job.model == "clipping":
        return (Method("By definition", True, "Nothing is differentiated: a finished gradient is cut down."),)
    if not has_steps(job):
        return (Method("Chain rule", True, "From the loss back to the input, one definition at a time."),)
    return (
        Method("Backwards through time", True, _backwards(job)),
        Method("Forwards in time", False, _FORWARDS),
        Method("Writing everything out", False, _written_out(operations)),
    )


def _written_out(operations: int | None) -> str:
    return _WRITTEN_OUT if operations is None else f"{_WRITTEN_OUT} {_COUNTED.format(count=operations)}"


def _backwards(job: GradientJob) -> str:
    cost = "One pass from the last step to the first gives every gradient; its cost grows like T."
    return f"{cost} Here each piece of {job.truncate} steps is a pass of its own." if job.truncate else cost
