"""LabFocus: keeps the keyboard on the page when the control that had it vanishes. Knows no control."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class LabFocus(QObject):
    """Qt hands the keyboard to the next control of the window then: the Space bar would leave the Lab."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        QApplication.instance().focusChanged.connect(self._on_changed)  # type: ignore[union-attr]  # there is one

    def _on_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None or not self._page.isAncestorOf(old):
            return
        if new.window() is self._page.window() and not self._is_here(new):
            QTimer.singleShot(0, self, lambda: self._take_back(old))  # only then is it hidden

    def _take_back(self, old: QWidget) -> None:
        gone = not isValid(old) or not (old.isVisible() and old.isEnabled())
        now = QApplication.focusWidget()
        if gone and self._page.isVisible() and now is not None and not self._is_here(now):
            self._page.setFocus()

    def _is_here(self, widget: QWidget) -> bool:
        return widget is self._page or self._page.isAncestorOf(widget)
