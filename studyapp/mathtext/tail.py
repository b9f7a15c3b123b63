"""Signs right after a formula that may not begin a line: a full stop, a bracket, the "th" of "k-th".

Qt lets a line end after any object, whatever follows; so these signs are part of the formula's object.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextFormat

TAIL = QTextFormat.Property.UserProperty + 10  # str
_FONT = QTextFormat.Property.UserProperty + 11  # QFont
_HAIR = 0.5  # px between a formula and its tail
_COLOUR = QTextFormat.Property.UserProperty + 12  # str, where it is not that of the formula
_SIGNS = r"[^\s\w(\[{“‘]*"
_TAIL = re.compile(rf"{_SIGNS}(?:\w{{0,3}}(?!\w){_SIGNS}|(?<=[-–’'/]))")


def tail_of(text: str) -> str:
    """What of the text after a formula stays with it; "" for nothing."""
    found = _TAIL.match(text)
    return found.group() if found else ""


def set_tail(form: QTextCharFormat, tail: str, around: QTextCharFormat) -> None:
    """Give the format of a formula its tail, in the font of the text around."""
    if not tail:
        return
    form.setProperty(TAIL, tail)
    form.setProperty(_FONT, around.font())
    if around.foreground() != form.foreground():
        form.setProperty(_COLOUR, around.foreground().color().name())


def tail_width(form: QTextFormat) -> float:
    """Its advance in px; 0 without one."""
    tail = form.stringProperty(TAIL)
    return _HAIR + QFontMetricsF(_font(form)).horizontalAdvance(tail) if tail else 0.0


def paint_tail(painter: QPainter, form: QTextFormat, x: float, baseline: float) -> None:
    """Paint it, its left end on the baseline at (x, baseline)."""
    tail = form.stringProperty(TAIL)
    if tail:
        painter.save()
        painter.setFont(_font(form))
        own = form.stringProperty(_COLOUR)
        painter.setPen(QColor(own) if own else form.toCharFormat().foreground().color())
        painter.drawText(QPointF(x + _HAIR, baseline), tail)
        painter.restore()


def _font(form: QTextFormat) -> QFont:
    found = form.property(_FONT)
    return found if isinstance(found, QFont) else QFont()
