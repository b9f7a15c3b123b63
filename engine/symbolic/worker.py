"""The symbolic process: jobs in, answers out, for as long as somebody listens.

`derive`, `oracle` and `questions` are what a child runs: the first has SymPy loaded, the second
torch, and each answers any job. Memory is limited where the system can do that; time is limited by
the parent (`client.py`), which kills a child that takes too long. Importing this file is
cheap: the window does.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

from engine.symbolic.jobs import CodeJob, CompareJob, GradientJob, Job, OpinionJob, RecurrenceJob
from engine.symbolic.report import Answered, Asked, Preparing, Ready

Target = Callable[[Connection], None]
"""What a child runs until its connection is closed."""

_IDLE = 0.1  # seconds without a question
_GIGABYTE = 2**30
_DERIVE_MEMORY = 1 * _GIGABYTE
_ORACLE_MEMORY = 4 * _GIGABYTE


def derive(connection: Connection) -> None:
    """Target of the child that derives: ready once the rules are loaded; SymPy comes while it idles."""
    limit_memory(_DERIVE_MEMORY)
    sums = (RecurrenceJob("T(n) = T(n-1) + n^2, T(0) = 1"), RecurrenceJob("T(n) = 2T(n-1) + 1, T(0) = 1"))
    others = (CompareJob("n", "n^2"), CodeJob("for i in range(n):\n    pass"))
    serve(connection, (GradientJob(),), (*sums, *others, GradientJob(scalar=True)))


def oracle(connection: Connection) -> None:
    """Target of the child that asks torch: ready once torch is loaded."""
    limit_memory(_ORACLE_MEMORY)
    serve(connection, (OpinionJob(GradientJob()),))


def questions(connection: Connection, first: Sequence[Job]) -> None:
    """Target of a child for recurrences, code and comparisons: ready once `first` has been answered."""
    limit_memory(_DERIVE_MEMORY)
    serve(connection, first)


def serve(connection: Connection, first: Sequence[Job] = (), idle: Sequence[Job] = ()) -> None:
    """Do the jobs `first`, say Ready, then answer each `Asked` until the other end is closed.

    The first job of a kind is slow, since it imports and fills caches, so one of each is done
    beforehand; those in `idle` after Ready, while nobody asks for anything, or before the first
    job of such a kind. That is said, so that it is not taken for a job that does not end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the pipe
    from engine.symbolic.dispatch import solve

    for job in first:
        solve(job)
    try:
        connection.send(Ready())
        waiting = list(idle)
        while True:
            while waiting and not connection.poll(_IDLE):
                _prepare(connection, [waiting.pop(0)])
            asked: Asked = connection.recv()
            if waiting and not isinstance(asked.job, GradientJob):
                _prepare(connection, waiting)
                waiting.clear()
            connection.send(Answered(asked.ticket, solve(asked.job)))
    except (EOFError, OSError):
        return


def _prepare(connection: Connection, jobs: Sequence[Job]) -> None:
    """Do `jobs`, whose answers nobody wants."""
    from engine.symbolic.dispatch import solve

    connection.send(Preparing())
    for job in jobs:
        solve(job)
    connection.send(Ready())


def limit_memory(size: int) -> None:
    """Let this process have `size` bytes of data; a job that wants more gets a MemoryError."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    except (ImportError, ValueError, OSError):  # not on every system; the parent's clock holds everywhere
        return
