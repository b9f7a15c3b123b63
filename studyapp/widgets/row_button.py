"""RowButton: a whole line to click, with an icon, words, and a detail below them.

Run it alone: python -m studyapp.widgets.row_button
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.theme import Theme

_ICON, _PAD, _GAP = 18, 10, 12  # px
_ABOVE, _BETWEEN, _TALLER = 8, 2, 14  # px around the words, between them, and that a row may grow
_DETAIL = 12  # px of the smaller text


class RowButton(QPushButton):
    """Words that do not fit go on in another line."""

    def __init__(self, theme: Theme, icon: str, text: str, detail: str) -> None:
        super().__init__()
        self.setObjectName("row")
        self._theme, self._icon_name, self._words, self._detail = theme, icon, text, detail
        self.setAccessibleName(f"{text}, {detail}" if detail else text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @property
    def words(self) -> str:
        return self._words

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = self._title_height() + _BETWEEN + self._detail_font_height() + 2 * _ABOVE
        self.setMinimumHeight(height)
        self.setMaximumHeight(height + _TALLER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        painter.drawPixmap(_PAD, (self.height() - _ICON) // 2, self._pixmap)
        title = self._room(self._title_height())
        title.moveTop((self.height() - title.height() - _BETWEEN - self._detail_font_height()) // 2)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(title, Qt.TextFlag.TextWordWrap, self._words)
        painter.setPen(self._theme.colour("muted"))
        painter.setFont(self._detail_font())
        below = self._room(self.height()).translated(0, title.bottom() + 1 + _BETWEEN)
        painter.drawText(below, Qt.AlignmentFlag.AlignTop, self._detail)
        painter.end()

    def _room(self, height: int) -> QRect:
        left = _PAD + _ICON + _GAP
        return QRect(left, 0, self.width() - left - _PAD, height)

    def _title_height(self) -> int:
        room, flags = self._room(1000), Qt.TextFlag.TextWordWrap
        return self.fontMetrics().boundingRect(room, flags, self._words).height()

    def _detail_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(_DETAIL)
        return font

    def _detail_font_height(self) -> int:
        return QFontMetrics(self._detail_font()).height()

    def _on_theme(self) -> None:
        icon = assets.icon(self._icon_name, self._theme.colours.accent, size=_ICON)
        self._pixmap = icon.pixmap(_ICON, _ICON)
        self.update()


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    column = QVBoxLayout(around)
    for text in ("Read: the forget gate", "Quiz: " + "a very long title " * 8):
        column.addWidget(RowButton(theme, "book-open", text, "7 min"))
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
