"""CodeMargin: what stands beside each line of code, level with it: numbers at the left, counts at the right.

Painted by hand, as high as the editor; knows what to write, not where it comes from.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

Paint = Callable[[QPainter, int, QRectF], None]
"""Paints the line of that number, from 1, into a rectangle."""
Rows = Callable[[], list[tuple[int, QRectF]]]
"""The lines that are seen: number and rectangle across the whole editor."""


class CodeMargin(QWidget):
    """One of the two margins.

    Signals:
        clicked(int): this line was clicked.
        hovered(int): the mouse is over this line; 0 when it has gone.
    """

    clicked = Signal(int)
    hovered = Signal(int)

    def __init__(self, editor: QWidget, rows: Rows, paint: Paint, tip: Callable[[int], str]) -> None:
        super().__init__(editor)
        self._editor, self._rows, self._paint, self._tip = editor, rows, paint, tip
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def line_at(self, y: float) -> int:
        """The line at that height; 0 for none."""
        return next((line for line, row in self._rows() if row.top() <= y < row.bottom()), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for line, row in self._rows():
                if row.bottom() > event.rect().top() and row.top() < event.rect().bottom():
                    self._paint(painter, line, QRectF(0, row.top(), self.width(), row.height()))
        finally:
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (line := self.line_at(event.position().y())):
            self.clicked.emit(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hovered.emit(self.line_at(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(0)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the editor scrolls

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(self.line_at(event.pos().y())), self)
            return True
        return super().event(event)
