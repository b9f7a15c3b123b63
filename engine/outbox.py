"""Sends events from a thread of its own, so that training never waits for a slow reader.

Pictures that the reader has not taken yet are merged: the newest one, with the losses of all.
Knows the pipe only as a function that sends.
"""

from __future__ import annotations

import dataclasses
import threading
from collections import deque
from collections.abc import Callable

import numpy as np

from engine.messages import Event, Progress


class Outbox:
    """A queue with a thread that empties it into `send`, in order, until `send` raises OSError."""

    def __init__(self, send: Callable[[Event], None]) -> None:
        self._send = send
        self._waiting: deque[Event] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._empty, name="outbox", daemon=True)
        self._thread.start()

    def post(self, event: Event) -> None:
        """Queue `event`; never waits for the reader."""
        with self._changed:
            last = self._waiting[-1] if self._waiting else None
            if isinstance(last, Progress) and isinstance(event, Progress):
                self._waiting[-1] = merged(last, event)
            else:
                self._waiting.append(event)
            self._changed.notify()

    def close(self, seconds: float) -> None:
        """Take no more, and give the rest at most `seconds` to be sent."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(seconds)

    def _empty(self) -> None:
        while (event := self._next()) is not None:
            try:
                self._send(event)
            except OSError:  # nobody reads any more; the main thread learns it from the same pipe
                return

    def _next(self) -> Event | None:
        """The oldest event, as soon as there is one; None once closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return self._waiting.popleft() if self._waiting else None


def merged(older: Progress, newer: Progress) -> Progress:
    """`newer`, with the losses of both."""
    losses = np.concatenate([older.snapshot.losses, newer.snapshot.losses])
    return dataclasses.replace(newer, snapshot=dataclasses.replace(newer.snapshot, losses=losses))
