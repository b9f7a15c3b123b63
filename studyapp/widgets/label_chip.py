"""LabelChip: the name of a part, with its formulas, as something to click.

Run it alone: python -m studyapp.widgets.label_chip
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from studyapp.diagrams.tips import spoken
from studyapp.diagrams.words import Words
from studyapp.theme import Theme

_PX, _WIDE, _TALL = 12.5, 11.0, 5.0  # size of the words, and air about them


class LabelChip(QAbstractButton):
    """Emits `clicked`; Enter does the same."""

    def __init__(self, theme: Theme, part: str, label: str) -> None:
        """`part` is the id that it stands for."""
        super().__init__()
        self.part = part
        self._theme = theme
        self._words = Words(label, _PX)
        self.setAccessibleName(spoken(label))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        tall = max(self._words.height, _PX) + 2 * _TALL
        return QSize(round(self._words.width + 2 * _WIDE), max(26, round(tall)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            lit = self.underMouse() or self.hasFocus()
            painter.setBrush(self._theme.colour("hover" if lit else "raised"))
            painter.setPen(QPen(self._theme.colour("accent" if lit else "border"), 1.2))
            rect = QRectF(self.rect()).adjusted(0.8, 0.8, -0.8, -0.8)
            painter.drawRoundedRect(rect, 9, 9)
            self._words.paint(painter, rect.center().x(), rect.center().y(), self._theme.colour("text"))
        finally:
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def _show(theme: Theme) -> LabelChip:
    return LabelChip(theme, "forget-gate", "the forget gate $f_t$ (sigmoid layer)")


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
