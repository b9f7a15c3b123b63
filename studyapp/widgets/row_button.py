"""RowButton: a whole line to click, with an icon, words, and a detail below them.

Run it alone: python -m studyapp.widgets.row_button
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.theme import Theme

_ICON, _PAD, _GAP, _HEIGHT = 18, 10, 12, 48
_LEFT = Qt.AlignmentFlag.AlignLeft


class RowButton(QPushButton):
    """Words that do not fit are cut at the right, and are then in the tooltip."""

    def __init__(self, theme: Theme, icon: str, text: str, detail: str) -> None:
        super().__init__()
        self.setObjectName("row")
        self._theme, self._icon_name, self._words, self._detail = theme, icon, text, detail
        self.setAccessibleName(f"{text}, {detail}" if detail else text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        theme.changed.connect(self.update)

    @property
    def words(self) -> str:
        return self._words

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        room = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        pixmap = assets.icon(self._icon_name, self._theme.colours.accent, size=_ICON).pixmap(_ICON, _ICON)
        painter.drawPixmap(room.left(), (self.height() - _ICON) // 2, pixmap)
        room = room.adjusted(_ICON + _GAP, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip("" if shown == self._words else self._words)
        middle = self.height() // 2
        painter.setPen(self._theme.colour("text"))
        painter.drawText(room.adjusted(0, 0, 0, -middle), _LEFT | Qt.AlignmentFlag.AlignBottom, shown)
        painter.setPen(self._theme.colour("muted"))
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        painter.drawText(room.adjusted(0, middle + 2, 0, 0), _LEFT | Qt.AlignmentFlag.AlignTop, self._detail)
        painter.end()


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    column = QVBoxLayout(around)
    for text in ("Read: the forget gate", "Quiz: " + "a very long title " * 8):
        column.addWidget(RowButton(theme, "book-open", text, "7 min"))
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
