"""Opening: gets the bank open, and says calmly what to do when it cannot be.

Nothing is overwritten here, whatever is chosen. Knows the store and the window, no page.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from content.errors import (
    BankError,
    BankLocked,
    BankReadOnly,
    BankTooNew,
    ContentError,
    CourseError,
    NotABank,
)
from studyapp.store import Store
from studyapp.window import Window

_TITLES: tuple[tuple[type[ContentError], str], ...] = (
    (BankLocked, "Your bank is open in another StudyApp"),
    (BankReadOnly, "Your bank can be read, but nothing can be saved"),
    (BankTooNew, "Your bank was written by a newer StudyApp"),
    (CourseError, "The course files have a mistake"),
    (BankError, "Your bank could not be opened"),
)


class Opening(QObject):
    """Opens the store's bank; shows a notice with ways out when that fails."""

    def __init__(self, store: Store, window: Window) -> None:
        super().__init__(window)
        self._store, self._window = store, window
        self._warned = False
        self._throw_away: tempfile.TemporaryDirectory[str] | None = None
        store.failed.connect(self._on_failed)
        store.opened.connect(self._on_opened)

    def begin(self) -> None:
        """Open the bank that the store was made for."""
        self._warned = False
        self._store.open()

    def end(self) -> None:
        """Remove the throw-away bank, if there was one. Call when the store is closed."""
        if self._throw_away is not None:
            self._throw_away.cleanup()
            self._throw_away = None

    def use(self, path: Path) -> None:
        """Let go of the present bank, if any, and open this one."""
        self._store.close()
        self._store.use(path)
        self.begin()

    def _on_failed(self, error: ContentError) -> None:
        self._warned = True
        title = next((title for kind, title in _TITLES if isinstance(error, kind)), "Something is wrong")
        if isinstance(error, CourseError):
            go_on = ("Go on without the course", self._window.notice.hide)
            self._window.notice.show_words(title, str(error), go_on)
            return
        choose = ("Choose another bank…", self._on_choose)
        ways = [choose, ("Use a throw-away bank", self._on_throw_away), ("Quit", self._window.close)]
        if self._can_read(error):
            ways.insert(0, ("Only read", self._window.notice.hide))
        elif not isinstance(error, NotABank):
            ways.insert(0, ("Try again", self.begin))
        self._window.notice.show_words(title, str(error), *ways)

    def _can_read(self, error: ContentError) -> bool:
        return self._store.is_open and isinstance(error, BankReadOnly | BankTooNew)

    def _on_opened(self) -> None:
        if not self._warned:
            self._window.notice.hide()

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, "Choose a bank", str(self._store.path.parent), "Banks (*.db);;All files (*)"
        )
        if chosen:
            self.use(Path(chosen))

    def _on_throw_away(self) -> None:
        self.end()
        self._throw_away = tempfile.TemporaryDirectory(prefix="studyapp-")
        self.use(Path(self._throw_away.name) / "bank.db")
        self._window.say("This is a throw-away bank: what you do now is forgotten when you quit.")
