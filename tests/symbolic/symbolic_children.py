"""Targets for child processes that misbehave on demand; kept apart, as each child imports this file."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

from engine.symbolic import dispatch, worker
from engine.symbolic.jobs import Job, RecurrenceJob
from engine.symbolic.report import Answer


def _solve(job: Job) -> Answer:
    match job:
        case RecurrenceJob("endless"):
            while True:
                pass
        case RecurrenceJob("asleep in C"):
            time.sleep(600)
        case RecurrenceJob("die"):
            os._exit(3)
        case RecurrenceJob("our fault"):
            raise KeyError("a bug")
        case RecurrenceJob("memory"):
            return dispatch.solve(RecurrenceJob(str(len(bytearray(8 * 2**30)))))
    return _real_solve(job)


_real_solve = dispatch._solve


def naughty(connection: Connection) -> None:
    """A child that is ready at once and does what some texts say."""
    dispatch._solve = _solve
    worker.limit_memory(2**30)
    worker.serve(connection)


def late_sleeper(connection: Connection) -> None:
    """A child that is ready at once, and then takes 1.2 seconds to prepare for recurrences."""
    real = dispatch.solve

    def solve(job: Job) -> Answer:
        if job == RecurrenceJob("prepare"):
            time.sleep(1.2)
        return real(job)

    dispatch.solve = solve
    worker.serve(connection, (), (RecurrenceJob("prepare"),))


def stillborn(connection: Connection) -> None:
    """A child that ends before it is ready."""
    connection.close()
    os._exit(1)


def slow_to_start(connection: Connection) -> None:
    """A child that never gets ready."""
    time.sleep(600)
