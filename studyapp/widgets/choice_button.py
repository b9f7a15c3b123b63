"""ChoiceButton: one of a few answers, a typeset formula or plain words, with its number key.

Run it alone: python -m studyapp.widgets.choice_button
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from studyapp import assets
from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula
from studyapp.theme import Theme
from studyapp.widgets.flow_row import FlowRow

_PX, _WORDS_PX = 17, 14
_LEFT, _RIGHT, _ABOVE = 40, 16, 11  # px; the key stands at the left, a mark takes its place
_LEAST_HEIGHT, _MARK, _KEY = 42, 18, 20


class ChoiceButton(QAbstractButton):
    """A click, Space, Enter or its number chooses it. A formula that is too wide shrinks to fit.

    Attributes:
        mark: "right", "wrong" or "" while it was not chosen; a wrong one may be chosen again.
    """

    def __init__(self, theme: Theme, key: int, text: str, latex: bool) -> None:
        super().__init__()
        self._theme, self._key, self._words = theme, key, text
        found = formula(text, display=True) if latex else None
        self._box = found if isinstance(found, Box) else None
        self.mark = ""
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Choice {key}: {text}")
        theme.changed.connect(self.update)

    def set_mark(self, mark: str) -> None:
        """Show what became of choosing it; what was right cannot be chosen any more."""
        self.mark = mark
        self.setEnabled(mark != "right")
        self.setAccessibleDescription({"right": "Right.", "wrong": "Not this one."}.get(mark, ""))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(math.ceil(self._width()) + _LEFT + _RIGHT, self._height(1.0))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _LEAST_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._edge(), 2 if self.hasFocus() else 1))
        painter.setBrush(self._ground())
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        self._paint_key(painter)
        room = self.width() - _LEFT - _RIGHT
        if self._box is None:
            painter.setFont(self._font())
            painter.setPen(self._theme.colour("text"))
            where = QRectF(_LEFT, 0, room, self.height())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            painter.drawText(where, flags, self._words)
            return
        px = _PX * min(1.0, room / max(1.0, self._box.width * _PX))
        baseline = self.height() / 2 + (self._box.ascent - self._box.descent) / 2 * px
        self._box.paint(painter, _LEFT, baseline, px, self._theme.colour("text"))

    def _paint_key(self, painter: QPainter) -> None:
        """The number, or the mark in its place."""
        middle = self.height() / 2
        if self.mark:
            icon, tint = ("circle-check", "good") if self.mark == "right" else ("circle-x", "bad")
            drawn = assets.icon(icon, getattr(self._theme.colours, tint), size=_MARK).pixmap(_MARK, _MARK)
            painter.drawPixmap(QPointF(12, middle - _MARK / 2), drawn)
            return
        where = QRectF(10, middle - _KEY / 2, _KEY, _KEY)
        painter.setPen(QPen(self._theme.colour("border"), 1))
        painter.setBrush(self._theme.colour("card"))
        painter.drawRoundedRect(where, 5, 5)
        font = self._font()
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(self._key))

    def _edge(self) -> QColor:
        if self.hasFocus():
            return self._theme.colour("accent")
        return self._theme.colour({"right": "good", "wrong": "bad"}.get(self.mark, "border"))

    def _ground(self) -> QColor:
        if self.isDown():
            return self._theme.colour("accent_soft")
        return self._theme.colour("hover" if self.underMouse() and self.isEnabled() else "raised")

    def _width(self) -> float:
        if self._box is not None:
            return self._box.width * _PX
        return QFontMetricsF(self._font()).horizontalAdvance(self._words) + 2

    def _height(self, scale: float) -> int:
        if self._box is None:
            return _LEAST_HEIGHT
        return max(
            _LEAST_HEIGHT, math.ceil((self._box.ascent + self._box.descent) * _PX * scale) + 2 * _ABOVE
        )

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(_WORDS_PX)
        return font


def _show(theme: Theme) -> FlowRow:
    row = FlowRow()
    for key, text in enumerate((r"W_h^\top", r"W_h", r"\frac{\partial L}{\partial h_t}"), 1):
        row.add(ChoiceButton(theme, key, text, latex=True))
    row.add(ChoiceButton(theme, 4, "Chain rule", latex=False))
    return row


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
