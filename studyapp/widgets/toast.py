"""Toast: one sentence over the upper edge of its parent, for a few seconds.

Run it alone: python -m studyapp.widgets.toast
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from studyapp.theme import Theme

_SHORTEST, _PER_LETTER = 2500, 40  # ms to read it
_FROM_TOP, _FROM_SIDES = 14, 22  # px; the lower edge is where the pages have their main button


class Toast(QFrame):
    """Says a sentence without taking room or focus; a click puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.addWidget(self._label)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The last sentence."""
        return self._label.text()

    def say(self, sentence: str) -> None:
        """Show this one now; an older one gives way."""
        self._label.setText(sentence)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SHORTEST + _PER_LETTER * len(sentence))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.hide()

    def _place(self) -> None:
        around = self.parentWidget()
        if around is None:
            return
        most = min(620, around.width() - 2 * _FROM_SIDES)
        wanted = self._label.fontMetrics().horizontalAdvance(self._label.text()) + 36
        self.setFixedWidth(min(most, wanted))
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.move((around.width() - self.width()) // 2, _FROM_TOP)


def _show(_theme: Theme) -> QWidget:
    around = QWidget()
    toast = Toast(around)
    QTimer.singleShot(0, lambda: toast.say("Taken back: the forget gate, question 3."))
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
