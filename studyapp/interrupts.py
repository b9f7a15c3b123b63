"""Ctrl-C in the terminal, and a polite request to end from the system, close the window as a click would."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts(QObject):
    """Python hears a signal only between two of its own instructions, and Qt's loop runs none
    while nothing happens: a byte on a socket wakes it.

    Attributes:
        exit_code: 128 + the signal that ended the program; 0 if none did.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.exit_code = 0
        self._app = app
        self._heard, self._wake = socket.socketpair()
        self._heard.setblocking(False)
        self._wake.setblocking(False)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        self._before = {number: signal.signal(number, self._on_signal) for number in _SIGNALS}
        self._wakeup_before = signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)

    def restore(self) -> None:
        """Give the signals back to whoever had them."""
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._heard.close()
        self._wake.close()

    def _on_signal(self, number: int, _frame: object) -> None:
        self.exit_code = 128 + number  # nothing more: this can be in the midst of a paint event

    def _on_woken(self) -> None:
        self._heard.recv(64)  # the handler has run by now, before the first line of this
        if self.exit_code:
            self._app.closeAllWindows()  # after the last one Qt ends by itself
