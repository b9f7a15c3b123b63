"""OwnText: a box for a text of limited length. Plain text only; too much is refused, never cut.

Run it alone: python -m studyapp.widgets.own_text
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from studyapp.theme import Theme

PAUSE = 500  # ms


class OwnText(QPlainTextEdit):
    """Several lines of plain text. Tab goes to the next field.

    Signals:
        settled(): the text is another one, and the user paused.
        refused(str): a paste was too long: a sentence.
    """

    settled = Signal()
    refused = Signal(str)

    def __init__(self, name: str, placeholder: str, longest: int) -> None:
        super().__init__()
        self._longest = longest
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.settled)
        self.textChanged.connect(self._pause.start)

    @property
    def value(self) -> str:
        """The text as it stands."""
        return self.toPlainText()

    def set_value(self, text: str) -> None:
        """Show `text` without a signal."""
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop, if it fits."""
        text = source.text()
        room = self._longest - (len(self.value) - len(self.textCursor().selectedText()))
        if len(text) > room:
            self.refused.emit(
                f"That has {len(text):,} characters, and there is room for {max(0, room):,} "
                f"of {self._longest:,}. Nothing was pasted; copy a shorter part."
            )
            return
        self.insertPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # a way out for those without a mouse
            self.clearFocus()
        super().keyPressEvent(event)


def _show(_theme: Theme) -> OwnText:
    return OwnText("Own text", "Empty: the built-in sample.", 20_000)


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
