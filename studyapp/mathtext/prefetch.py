"""Sets formulas in a thread of its own, so that showing them later costs nothing. Knows no widget."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from studyapp.mathtext import cache
from studyapp.mathtext.shipped import Key


class Prefetch(QObject):
    """Formulas that will be shown soon. One that LaTeX finds fault with is at hand, too: as its trouble.

    Signals:
        advanced(): one more formula is at hand.
    """

    advanced = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: deque[Key] = deque()
        self._working = False

    @staticmethod
    def at_hand(keys: Iterable[Key]) -> bool:
        """Whether all of these, (LaTeX, whether on a line of its own), can be shown at once."""
        known = cache.formulas()
        return all(known.at_hand(*key) for key in keys)

    def want(self, keys: Iterable[Key]) -> None:
        """Set these before all that still waits, the first one first."""
        known = cache.formulas()  # made here: two threads must not make it at once
        wanted = dict.fromkeys(key for key in keys if not known.at_hand(*key))
        with self._lock:
            self._waiting = deque(dict.fromkeys((*wanted, *self._waiting)))
            start = bool(self._waiting) and not self._working
            self._working = self._working or start
        if start:
            threading.Thread(target=self._run, args=[known], name="formulas", daemon=True).start()

    def forget(self) -> None:
        """None of what still waits is wanted any more."""
        with self._lock:
            self._waiting.clear()

    def _run(self, known: cache.Formulas) -> None:
        while (key := self._next()) is not None:
            known.prepare(*key)
            with contextlib.suppress(RuntimeError):  # the window may have gone meanwhile
                self.advanced.emit()

    def _next(self) -> Key | None:
        with self._lock:
            self._working = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None
