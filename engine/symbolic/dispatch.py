"""Job -> answer, in this process and without a time limit: for the command line and the child.

The only place that knows every kind of job. Imports a solver when it is first needed, so
that asking for an autograd value does not wait for SymPy, nor the other way round.
"""

from __future__ import annotations

import logging

from engine.symbolic.jobs import (
    BoundJob,
    CodeJob,
    CompareJob,
    ExerciseJob,
    GapJob,
    GradientJob,
    Job,
    OpinionJob,
    RecurrenceJob,
    SortJob,
    UnfoldJob,
    WorkingJob,
)
from engine.symbolic.report import Answer, Refusal

_LOG = logging.getLogger(__name__)


def solve(job: Job) -> Answer:
    """The answer to `job`; never raises: whatever goes wrong becomes a Refusal, and is logged."""
    try:
        return _solve(job)
    except MemoryError:
        return Refusal("This needs more memory than a derivation may have.", "Try smaller numbers.")
    except Exception:  # noqa: BLE001 - a bug of ours must not take the process along
        _LOG.exception("no answer to %r", job)
        return Refusal(
            "Our fault: something went wrong inside the derivation.",
            "Please report what you asked for; everything else goes on working.",
            job.text if isinstance(job, RecurrenceJob) else "",
        )


def _solve(job: Job) -> Answer:  # noqa: PLR0911 - one case a kind of job
    match job:
        case RecurrenceJob():
            from engine.recurrences import answers as recurrences

            return recurrences.answer(job)
        case CompareJob():
            from engine.growth import answers as growth

            return growth.compared(job)
        case SortJob():
            from engine.growth import answers as growth

            return growth.sorted_(job)
        case BoundJob():
            from engine.growth import grading

            return grading.judged(job, _solve)
        case CodeJob():
            from engine.algorithms import answers as algorithms

            return algorithms.answer(job)
        case GradientJob():
            from engine.derivations import answers

            return answers.answer(job)
        case UnfoldJob():
            from engine.derivations import answers

            return answers.unfolded(job)
        case OpinionJob():
            from engine.checking import opinions

            return opinions.by_autograd(job)
        case WorkingJob(job=GradientJob()):
            from engine.working import judging

            return judging.judged(job)
        case ExerciseJob(job=GradientJob()):
            from engine.working import exercises

            return exercises.made(job)
        case GapJob(exercise=ExerciseJob(job=GradientJob())):
            from engine.working import exercises

            return exercises.judged(job)
        case WorkingJob() | ExerciseJob() | GapJob():
            return _practised(job)


def _practised(job: WorkingJob | ExerciseJob | GapJob) -> Answer:
    """A student's own work on a recurrence or on code."""
    from engine.practice import exercises, judging

    match job:
        case WorkingJob():
            return judging.judged(job)
        case ExerciseJob():
            return exercises.made(job)
        case GapJob():
            return exercises.judged(job)
