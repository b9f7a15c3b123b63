"""A formula inside something that is painted by hand: in a box, made smaller where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula, formulas

_Alignment = Qt.AlignmentFlag
SMALLEST = 0.62  # of its size, where there is no room; what would have to be smaller is not readable


def paint_formula(
    painter: QPainter,
    latex: str,
    room: QRectF,
    px: float,
    ink: QColor,
    align: Qt.AlignmentFlag = _Alignment.AlignHCenter,
) -> QRectF:
    """Paint `latex` in the middle of the height of `room`; where it came to stand.

    What is not typeset yet is left out: who paints it wants it of a Prefetch, and paints again then.
    What cannot be typeset is written as it is; in place of what is far too large stand dots.
    """
    if not latex or not formulas().at_hand(latex, False):
        return QRectF(room.center(), room.center())
    shown = formula(latex)
    if not isinstance(shown, Box):
        painter.setPen(ink)
        painter.drawText(room, align | _Alignment.AlignVCenter, latex)
        return room
    share = min(1.0, *_shares(shown, room, px))
    if share < SMALLEST:
        painter.setPen(ink)
        painter.drawText(room, align | _Alignment.AlignVCenter, "…")
        return room
    px *= share
    place = _placed(shown, room, px, align)
    shown.paint(painter, place.left(), place.top() + shown.ascent * px, px, ink)
    return place


def formula_width(latex: str, px: float) -> float:
    """How wide `latex` is at full size, px; 0 while it is not typeset."""
    if not latex or not formulas().at_hand(latex, False):
        return 0.0
    shown = formula(latex)
    return shown.width * px if isinstance(shown, Box) else 8.0 * len(latex)


def _shares(shown: Box, room: QRectF, px: float) -> tuple[float, float]:
    tall = (shown.ascent + shown.descent) * px
    return room.width() / max(1.0, shown.width * px), room.height() / max(1.0, tall)


def _placed(shown: Box, room: QRectF, px: float, align: Qt.AlignmentFlag) -> QRectF:
    wide, tall = shown.width * px, (shown.ascent + shown.descent) * px
    left = room.left()
    if align & _Alignment.AlignRight:
        left = room.right() - wide
    elif align & _Alignment.AlignHCenter:
        left += (room.width() - wide) / 2
    return QRectF(left, room.top() + (room.height() - tall) / 2, wide, tall)
