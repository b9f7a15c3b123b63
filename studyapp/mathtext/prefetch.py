"""Sets formulas in a worker thread, so that showing them later costs nothing. Knows no widget."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from studyapp.mathtext import cache
from studyapp.mathtext.shipped import Key


class Prefetch(QObject):
    """One batch of formulas.

    Signals:
        advanced(int): so many formulas, from the first on, are at hand.
        finished(): all of them are.
    """

    advanced = Signal(int)
    finished = Signal()

    def __init__(self, wanted: Iterable[Key], parent: QObject | None = None) -> None:
        """`wanted`: (LaTeX, whether on a line of its own), in the order in which they will be shown."""
        super().__init__(parent)
        self._wanted = list(wanted)
        self._stopped = threading.Event()

    def start(self) -> None:
        known = cache.formulas()  # made here: two threads must not make it at once
        threading.Thread(target=self._run, args=[known], name="formulas", daemon=True).start()

    def stop(self) -> None:
        """Emit nothing more, and end after the formula that is being set."""
        self._stopped.set()

    def _run(self, known: cache.Formulas) -> None:
        for number, key in enumerate(self._wanted, 1):
            known.prepare(*key)
            if self._stopped.is_set():
                return
            self.advanced.emit(number)
        self.finished.emit()
