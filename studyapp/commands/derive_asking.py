"""Asking the symbolic process from the command line, which waits for the answer.

The process is killed and replaced when a request takes too long; nobody waits without end.
"""

from __future__ import annotations

import time
from functools import partial
from typing import NamedTuple

from engine.errors import ChildError
from engine.symbolic import worker
from engine.symbolic.client import SymbolicProcess
from engine.symbolic.jobs import CodeJob, CompareJob, Job, OpinionJob, Question, RecurrenceJob, SortJob
from engine.symbolic.report import Answer

_PATIENCE = 120.0  # torch may have to come off a cold disk
_LOOK = 0.0005  # between looks at whether there is an answer

_FIRST: tuple[Job, ...] = (  # what is slow once: one of each kind
    RecurrenceJob("T(n) = 2T(n/2) + n, T(1) = 1"),
    RecurrenceJob("T(n) = 2T(n-1) + 1, T(0) = 1"),
    CompareJob("n log n", "n^2"),
    SortJob(("n", "n^2")),
    CodeJob("def f(n):\n    for i in range(n):\n        pass\n"),
)


class Timed(NamedTuple):
    """An answer, and the seconds from when the process got the request."""

    answer: Answer
    seconds: float


class Asker:
    """One symbolic process that is asked one thing after another; close it in the end."""

    def __init__(self, target: worker.Target) -> None:
        self._process = SymbolicProcess(target, time.monotonic())

    def answer(self, job: Job) -> Timed:
        """The answer to `job`: a Refusal if it took longer than the process may.

        Raises:
            ChildError: no answer within two minutes.
        """
        begin = since = time.monotonic()
        ticket = self._process.request(job, begin)
        while (now := time.monotonic()) - begin < _PATIENCE:
            if self._process.working_on == ticket:
                since = now - self._process.working_for(now)
            for answered, answer in self._process.poll(now):
                if answered == ticket:
                    return Timed(answer, time.monotonic() - since)
            time.sleep(_LOOK)
        raise ChildError(
            "The symbolic process gave no answer. Run studyapp --selftest: it says what is missing."
        )

    def close(self) -> None:
        self._process.close()


questions: worker.Target = partial(worker.questions, first=_FIRST)
"""Target of a child that is ready for questions of every kind."""


def questions_like(job: Question) -> worker.Target:
    """Target of a child that is ready for one question of the kind of `job`."""
    return partial(worker.questions, first=[each for each in _FIRST if type(each) is type(job)])


def ask(job: Job) -> Answer:
    """The answer to `job` from a process of its own. Raises ChildError as `Asker.answer`."""
    return ask_timed(job, worker.oracle if isinstance(job, OpinionJob) else worker.derive).answer


def ask_timed(job: Job, target: worker.Target) -> Timed:
    """The answer to `job` from a process that runs `target`, and ends then."""
    asker = Asker(target)
    try:
        return asker.answer(job)
    finally:
        asker.close()
