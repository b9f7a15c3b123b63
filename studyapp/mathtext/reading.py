"""ReadingView: a read-only text view that behaves like a part of its page. Knows no Markdown, no maths."""

from __future__ import annotations

import math

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QFrame, QSizePolicy, QTextBrowser, QTextEdit, QWidget

from studyapp.mathtext.minus import either
from studyapp.mathtext.style import MARGIN, brush
from studyapp.theme import Theme

_SCROLL_KEYS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Space: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class ReadingView(QTextBrowser):
    """Text without a frame or background. Plain keys and the wheel scroll, or are left to the page around
    when there is nothing to scroll; Shift+wheel scrolls sideways; Shift+keys select. Nothing is ever
    loaded or opened. Signals: those of QTextBrowser.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fits = False
        self._marked = ""
        self._ring = False  # the keyboard brought the focus here
        self.document().setDocumentMargin(MARGIN)
        self.setOpenLinks(False)
        self.setAcceptDrops(False)
        self.setCursorWidth(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def fit_to_content(self) -> None:
        """From now on the height follows the content, with no vertical scroll bar: for cards and rows."""
        self._fits = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.horizontalScrollBar().rangeChanged.connect(self._on_size_changed)
        self._on_size_changed()

    def _on_size_changed(self) -> None:
        bar = self.horizontalScrollBar()
        height = math.ceil(self.document().size().height()) + (
            bar.sizeHint().height() if bar.maximum() else 0
        )
        if height != self.height():
            self.setFixedHeight(height)

    # --- finding ---

    def find_text(self, text: str, backward: bool = False) -> bool:
        """Select the next place of `text`, from the other end when there is no further one."""
        flags = QTextDocument.FindFlag.FindBackward if backward else QTextDocument.FindFlag(0)
        wanted = _wanted(text)
        if self.find(wanted, flags):
            return True
        here = self.textCursor()
        self.moveCursor(QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start)
        if self.find(wanted, flags):
            return True
        self.setTextCursor(here)
        return False

    def mark_all(self, text: str) -> int:
        """Mark each place of `text` ("" takes the marks away); how many there are."""
        self._marked = text
        marks: list[QTextEdit.ExtraSelection] = []
        wanted = _wanted(text)
        cursor = self.document().find(wanted) if text else QTextCursor()
        while not cursor.isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format.setBackground(brush(self._theme.colours.accent_soft))
            marks.append(mark)
            cursor = self.document().find(wanted, cursor)
        self.setExtraSelections(marks)
        return len(marks)

    # --- Qt ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self._on_size_changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, bar = event.angleDelta(), self.horizontalScrollBar()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if (shift or abs(turn.x()) > abs(turn.y())) and bar.maximum():
            bar.setValue(bar.value() - (turn.x() or turn.y()) // 2)
            event.accept()
        elif self._fits or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the page around scrolls or zooms
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = _SCROLL_KEYS.get(Qt.Key(event.key()))
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if action is None or shift:
            super().keyPressEvent(event)
        elif self._fits or not self.verticalScrollBar().maximum():
            event.ignore()
        else:
            self.verticalScrollBar().triggerAction(action)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring = False
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._ring:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.colour("accent"))
            painter.drawRoundedRect(self.viewport().rect().adjusted(0, 0, -1, -1), 3, 3)


def _wanted(text: str) -> QRegularExpression:
    """These letters, large or small; a hyphen finds a minus too, which is how negative numbers are shown."""
    return QRegularExpression(either(text), QRegularExpression.PatternOption.CaseInsensitiveOption)
