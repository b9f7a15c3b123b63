"""A child for tests of the command line; apart, as each child imports this file."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

from engine.symbolic import dispatch, worker
from engine.symbolic.findings import Findings, Formula, LineCount, Rank, Relation
from engine.symbolic.jobs import CodeJob, CompareJob, Job, RecurrenceJob, SortJob
from engine.symbolic.report import Agreement, Answer, Check, Line, Method, Refusal, Report, Status

N, SQUARE = Formula("n", "n", "n"), Formula("n^{2}", "n^2", "n**2")


def report(found: Findings, status: Status = Status.PROVEN, agree: bool = True) -> Report:
    line = Line(1, "rule", "Title", "S", "L", "Why.", (), None, Check("both sides", 8, 0.0, True))
    return Report(
        "Title",
        "P",
        (("Logarithm", "to base 2"),),
        (),
        (line,),
        "R",
        "It is so.",
        status,
        (Agreement("terms", 8.0, float("inf") if not agree else 0.0, agree),),
        (Method("Master theorem", True, "Case 2."),),
        1.0,
        found=found,
    )


def _solve(job: Job) -> Answer:  # noqa: PLR0911 - one case a text
    match job:
        case RecurrenceJob("endless"):
            while True:
                pass
        case RecurrenceJob("asleep in C"):
            time.sleep(600)
        case RecurrenceJob("die"):
            os._exit(3)
        case RecurrenceJob("refuse"):
            return Refusal("No T.", "Write one.", job.text, 2)
        case RecurrenceJob("disagree"):
            return report(Findings(theta=N), agree=False)
        case RecurrenceJob("measured"):
            return report(Findings(theta=N), Status.MEASURED)
        case RecurrenceJob():
            return report(Findings(theta=SQUARE, closed=SQUARE, where=Formula("", "", "n = 2**k"), start=1))
        case CodeJob(text) if "while" in text:
            return Refusal("This loop may never end.", "Count down.", text, 4, line=2)
        case CodeJob():
            counts = (LineCount(1, N, "", N, N, "Θ(1)"), LineCount(2, SQUARE, "", N, SQUARE, proven=False))
            return report(Findings(theta=SQUARE, closed=SQUARE, best=N, assumption="Sorted.", counts=counts))
        case CompareJob():
            return report(
                Findings(relations=(Relation("O", True, "c = 1", 1.0, 1), Relation("Θ", False, "no")))
            )
        case SortJob():
            linear = Rank(N, N, 1, ""), Rank(Formula("", "", "2*n"), N, 1, "")
            return report(Findings(ranks=(*linear, Rank(SQUARE, SQUARE, 2, "grows faster"))))
    raise AssertionError(job)


def scripted(connection: Connection, first: object = ()) -> None:
    """A child that does what texts say; `first` is what a real one would be warmed with."""
    dispatch._solve = _solve
    worker.serve(connection)
