"""Breaking off a step that takes long, so that Pause and Stop are heard within a tenth of a second.

Another thread calls `break_off`; the main thread, if it is inside `breakable`, leaves it at its
next bytecode by `BrokenOff`. What is computed there must replace nothing before it is complete.
Knows nothing of commands or training.
"""

from __future__ import annotations

import _thread
import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

_SIGNAL = getattr(signal, "SIGUSR1", signal.SIGABRT)  # one that nobody sends by hand; Windows has no USR1


class BrokenOff(BaseException):
    """What was under way was left; not an Exception, so that nothing on the way takes it for its own."""


_inside = False
_asked = False
_shielded = False


def listen() -> None:
    """Make this process heed `break_off`; for the main thread."""
    signal.signal(_SIGNAL, _on_signal)


def break_off() -> None:
    """Leave what is breakable, now or as soon as it begins; for any other thread."""
    global _asked  # noqa: PLW0603 - signals belong to the process, so does this
    _asked = True
    _thread.interrupt_main(_SIGNAL)


def heard() -> None:
    """The reason for breaking off is about to be dealt with; for the main thread."""
    global _asked  # noqa: PLW0603 - as above
    _asked = False


@contextlib.contextmanager
def breakable() -> Iterator[None]:
    """In this block the main thread may be stopped by `BrokenOff`."""
    global _inside  # noqa: PLW0603 - as above
    if _asked and not _shielded:
        raise BrokenOff
    _inside = True
    try:
        yield
    finally:
        _inside = False


@contextlib.contextmanager
def shielded() -> Iterator[None]:
    """In this block nothing is broken off."""
    global _shielded  # noqa: PLW0603 - as above
    _shielded = True
    try:
        yield
    finally:
        _shielded = False


def _on_signal(_number: int, _frame: FrameType | None) -> None:
    if _inside and not _shielded:
        raise BrokenOff
