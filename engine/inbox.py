"""Receives commands in a thread of its own, so that an urgent one can break off a long step.

Knows the pipe only as a function that receives.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from engine.interrupt import break_off, heard
from engine.messages import Branch, Command, GoTo, Load, Pause, Start, Stop, Switch

URGENT = (Pause, Stop, Start, GoTo, Branch, Switch, Load)  # nobody needs the step that is under way any more


class _End:
    """Stands behind the last command."""


class Inbox:
    """Commands in the order in which they came.

    `receive` waits for the next one and raises EOFError or OSError once there will be no more.
    """

    def __init__(self, receive: Callable[[], Command]) -> None:
        self._receive = receive
        self._come: queue.SimpleQueue[Command | _End] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="inbox", daemon=True).start()

    def wait(self) -> Command:
        """The next command, however long it takes; EOFError when there will be none."""
        command = self._come.get()
        heard()
        if isinstance(command, _End):
            self._come.put(command)  # for whoever asks again
            raise EOFError
        return command

    def next(self) -> Command | None:
        """The next command if one has come; EOFError when there will be none."""
        return None if self._come.empty() else self.wait()

    def _listen(self) -> None:
        while True:
            try:
                command = self._receive()
            except (EOFError, OSError):
                self._come.put(_End())
                break_off()
                return
            self._come.put(command)
            if isinstance(command, URGENT):
                break_off()
