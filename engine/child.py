"""A child process that is spoken to by messages and dies with its parent.

Both helpers of the app (training, symbolic) are such children. Knows nothing of what is
said. The parent never blocks on a child: `poll` returns what has arrived, `alive` says
whether more can come, `kill` is immediate.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from engine.errors import ChildError


class Child:
    """One spawned process and the pipe to it.

    `target(connection)` is a module-level function; it should return when `connection.recv`
    raises EOFError, which is how a child learns that its parent is gone.
    """

    def __init__(self, target: Callable[[Connection], None], name: str) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=True)
        self._connection = ours
        self._process = context.Process(target=target, args=(theirs,), name=name, daemon=True)
        try:
            self._process.start()
        except OSError as error:
            raise ChildError(f"The {name} process could not be started: {error}.") from error
        finally:
            theirs.close()  # otherwise the pipe never ends when the child dies

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def send(self, message: Any) -> bool:
        """Say `message`; False if nobody listens any more."""
        try:
            self._connection.send(message)
        except (OSError, ValueError):
            return False
        return True

    def poll(self) -> list[Any]:
        """All messages that have arrived, oldest first; never waits."""
        arrived: list[Any] = []
        try:
            while self._connection.poll(0):
                arrived.append(self._connection.recv())
        except (OSError, EOFError):
            pass
        return arrived

    def wait(self, seconds: float) -> list[Any]:
        """`poll`, but wait up to `seconds` for the first message. For tests and the command line."""
        try:
            self._connection.poll(seconds)
        except (OSError, EOFError):
            time.sleep(0)
        return self.poll()

    def stop(self, message: Any, seconds: float = 1.0) -> None:
        """Say goodbye with `message`, wait at most `seconds`, then kill."""
        self.send(message)
        self._process.join(seconds)
        self.kill()

    def kill(self) -> None:
        """End the process now and free the pipe; safe to call twice."""
        if self._process.is_alive():
            self._process.kill()
        self._process.join(1.0)
        self._connection.close()
