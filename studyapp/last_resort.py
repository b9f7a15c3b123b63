"""LastResort: an error that nobody caught. The world's is said in a sentence, ours becomes a report.

The app goes on either way. Knows the window only as something that can say a sentence.
"""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion

from content.errors import ContentError
from studyapp import __version__
from studyapp.theme import Theme
from studyapp.window import Window


class LastResort(QObject):
    """Stands behind sys.excepthook and threading.excepthook while the window is open.

    Signals:
        caught(object): an error, from any thread; it is shown on the window's.
    """

    caught = Signal(object)

    def __init__(self, window: Window, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        self.caught.connect(self._on_caught)

    def restore(self) -> None:
        """Give both hooks back to whoever had them."""
        sys.excepthook, threading.excepthook = self._before

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        if not isinstance(error, ContentError):
            self._before[0](kind, error, trace)  # for those who started us from a terminal
        self.caught.emit(error)

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_error(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_caught(self, error: BaseException) -> None:
        if isinstance(error, ContentError):
            self._window.say(str(error))
        else:
            from studyapp.widgets.error_dialog import ErrorDialog

            ErrorDialog.report(self._theme, report(error), self._window)


def report(error: BaseException) -> str:
    """What a bug report needs, and nothing that the student typed on purpose to remember."""
    head = (
        f"StudyApp {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.machine()}"
    )
    return f"{head}\n\n{''.join(traceback.format_exception(error))}"
