"""PaletteRow: paints one line of the palette: icon, title, a snippet with what matched, a word beside.

Knows the roles of the list's items, and nothing of what they stand for.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studyapp import assets
from studyapp.theme import Theme

HEADING = Qt.ItemDataRole.UserRole + 1
ROW = Qt.ItemDataRole.UserRole + 2
"""Of an item: the entry that it stands for, with icon, title, detail and side."""

_ICON, _PAD, _GAP = 18, 10, 12  # px
_SMALL = 12
_PIECE = re.compile(r"\x02(.*?)\x03|([^\x02\x03]+)")

Index = QModelIndex | QPersistentModelIndex


class PaletteRow(QStyledItemDelegate):
    """No signals."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(HEADING):
            return QSize(100, 28)
        entry = index.data(ROW)
        high = QFontMetrics(option.font).height() + 16
        return QSize(100, high + (QFontMetrics(_small(option.font)).height() + 2 if entry.detail else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        if index.data(HEADING):
            self._paint_heading(painter, option, str(index.data()))
        else:
            self._paint_entry(painter, option, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, words: str) -> None:
        font = _small(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        room = option.rect.adjusted(_PAD, 0, -_PAD, -3)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words)

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, rect = index.data(ROW), option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(rect), 8, 8)
        icon = assets.icon(entry.icon, self._theme.colours.accent, size=_ICON)
        icon.paint(painter, QRect(rect.left() + _PAD, rect.top() + 8, _ICON, _ICON))
        left = rect.left() + _PAD + _ICON + _GAP
        right = rect.right() - _PAD
        metrics = QFontMetrics(option.font)
        first = QRect(left, rect.top() + 8, right - left, metrics.height())
        right_edge = self._paint_side(painter, option, first, entry.side)
        painter.setFont(option.font)
        painter.setPen(self._theme.colour("accent" if chosen else "text"))
        room = right_edge - left - _GAP
        painter.drawText(first, 0, metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, room))
        if entry.detail:
            self._paint_detail(painter, option, first.translated(0, metrics.height() + 2), entry.detail)

    def _paint_side(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, words: str) -> int:
        """The word at the right; where it begins."""
        if not words:
            return room.right()
        font = _small(option.font)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width() // 2)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        return room.right() - metrics.horizontalAdvance(shown)

    def _paint_detail(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, text: str) -> None:
        """Piece by piece; what matched is bold and in the colour of text. Ends where there is no room."""
        plain, x = _small(option.font), room.left()
        bold = QFont(plain)
        bold.setWeight(QFont.Weight.DemiBold)
        for found in _PIECE.finditer(text):
            matched = found[1] is not None
            font = bold if matched else plain
            metrics = QFontMetrics(font)
            left = room.right() - x
            words = found[1] if matched else found[2]
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, left)
            painter.setFont(font)
            painter.setPen(self._theme.colour("text" if matched else "muted"))
            painter.drawText(QRect(x, room.top(), left, metrics.height()), 0, shown)
            x += metrics.horizontalAdvance(shown)
            if shown != words or x >= room.right():
                break


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPixelSize(_SMALL)
    return made
