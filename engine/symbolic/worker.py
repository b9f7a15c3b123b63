"""The symbolic process: jobs in, answers out, for as long as somebody listens.

`derive` and `oracle` are what a child runs: the first warms up SymPy, the second torch, and
both then answer any job. Memory is limited where the system can do that; time is limited by
the parent (`client.py`), which kills a child that takes too long. Importing this file is
cheap: the window does.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from engine.symbolic.jobs import GradientJob, Job, OpinionJob, RecurrenceJob
from engine.symbolic.report import Answered, Asked, Ready

_GIGABYTE = 2**30
_DERIVE_MEMORY = 1 * _GIGABYTE
_ORACLE_MEMORY = 4 * _GIGABYTE


def derive(connection: Connection) -> None:
    """Target of the child that derives: ready once SymPy is loaded and has done a job of each kind."""
    limit_memory(_DERIVE_MEMORY)
    sums = (RecurrenceJob("T(n) = T(n-1) + n^2, T(0) = 1"), RecurrenceJob("T(n) = 2T(n-1) + 1, T(0) = 1"))
    serve(connection, _warm_up(*sums, GradientJob()))


def oracle(connection: Connection) -> None:
    """Target of the child that asks torch: ready once torch is loaded."""
    limit_memory(_ORACLE_MEMORY)
    serve(connection, _warm_up(OpinionJob(GradientJob())))


def serve(connection: Connection, warm_up: Callable[[], None]) -> None:
    """Warm up, say Ready, then answer each `Asked` until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the pipe
    warm_up()
    from engine.symbolic.dispatch import solve

    try:
        connection.send(Ready())
        while True:
            asked: Asked = connection.recv()
            connection.send(Answered(asked.ticket, solve(asked.job)))
    except (EOFError, OSError):
        return


def _warm_up(*jobs: Job) -> Callable[[], None]:
    """Something that does `jobs` once, so that the first real one does not pay for imports and caches."""

    def warm_up() -> None:
        from engine.symbolic.dispatch import solve

        for job in jobs:
            solve(job)

    return warm_up


def limit_memory(size: int) -> None:
    """Let this process have `size` bytes of data; a job that wants more gets a MemoryError."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    except (ImportError, ValueError, OSError):  # not on every system; the parent's clock holds everywhere
        return
