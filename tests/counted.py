"""Work that is counted, not timed: what explodes is seen on any machine, however busy it is.

What is counted are the functions that this thread enters, Python's and C's. How fast they are is
measured in benchmarks/.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class TooMuchWork(BaseException):
    """More than was allowed; not an Exception, so that nothing that is tested takes it for its own."""


class Work:
    calls = 0


@contextmanager
def counted(most: float = float("inf")) -> Iterator[Work]:
    """Counts the calls in this block; at one more than `most` it ends in TooMuchWork."""
    work = Work()

    def count(frame: FrameType, event: str, argument: Any) -> None:
        if event in ("call", "c_call"):
            work.calls += 1
            if work.calls > most:
                raise TooMuchWork(f"more than {most:,} calls")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield work
    finally:
        sys.setprofile(before)


def calls(deed: Callable[[], object]) -> int:
    """How many calls `deed` takes."""
    with counted() as work:
        deed()
    return work.calls
