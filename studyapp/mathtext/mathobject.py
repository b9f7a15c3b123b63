"""One formula inside a text document, its baseline exactly on that of the line.

How: Qt gives an object with AlignBaseline the descent of its format's font. So the format gets a font
whose descent is at least the formula's, the height is made ceil(ascent) + that descent, and the formula
is painted at bottom - descent, which is where Qt puts the baseline of the text.
"""

from __future__ import annotations

import math
from functools import cache
from typing import cast

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from studyapp.mathtext import cache as formulas
from studyapp.mathtext.blocks import depth_of
from studyapp.mathtext.box import Box
from studyapp.mathtext.columns import room_in
from studyapp.mathtext.rows import Rows, rows
from studyapp.mathtext.style import MARGIN
from studyapp.mathtext.tail import paint_tail, tail_width

OBJECT = "￼"
TYPE = QTextFormat.ObjectTypes.UserObject + 7
TEX = QTextFormat.Property.UserProperty + 1  # str
DISPLAY = QTextFormat.Property.UserProperty + 2  # bool
SIZE = QTextFormat.Property.UserProperty + 3  # px of one em
SOURCE = (
    QTextFormat.Property.UserProperty + 4
)  # bool: this text is the source of a formula that cannot be set
_LEAST = QTextFormat.Property.UserProperty + 5  # px: ascent of the text around
_DEEP = QTextFormat.Property.UserProperty + 15  # px: descent of the whole formula and of the text around
_HANGS = QTextFormat.Property.UserProperty + 16  # bool: the line's baseline is that of the first row

SHRINK = 0.8
"""A formula wider than the view shrinks to this part at least, unless told; then the view scrolls."""


def math_format(around: QTextCharFormat, box: Box, px: float) -> QTextCharFormat:
    """The format of a character U+FFFC that stands for `box` in text of the format `around`."""
    made = QTextCharFormat(around)
    made.setObjectType(TYPE)
    made.setProperty(TEX, box.tex)
    made.setProperty(DISPLAY, box.display)
    made.setProperty(SIZE, px)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    metrics = QFontMetricsF(around.font())
    made.setProperty(_LEAST, metrics.ascent())
    need = math.ceil(max(box.descent * px, metrics.descent()))
    made.setProperty(_DEEP, need)
    made.setFont(_font_with_descent(around.font().family(), need))
    return made


@cache
def _font_with_descent(family: str, descent: int) -> QFont:
    """The smallest font whose descent is at least so many pixels."""
    font = QFont(family)
    low, high = 1, 8 * descent + 16
    while low < high:
        middle = (low + high) // 2
        font.setPixelSize(middle)
        low, high = (low, middle) if QFontMetricsF(font).descent() >= descent else (middle + 1, high)
    font.setPixelSize(low)
    return font


class MathObject(QPyTextObject):
    """Measures and paints formulas for a document layout.

    A display formula that is too wide stands in rows if it has parts; what is still too wide shrinks.

    Attributes:
        width: what the view has room for, px. least: to which part of its size a formula may shrink.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.width = 0.0
        self.least = SHRINK

    def intrinsicSize(self, doc: QTextDocument, position: int, form: QTextFormat) -> QSizeF:
        shown, px = self._set(form, doc.findBlock(position))
        ascent = math.ceil(max(shown.ascent * px - _drop(form, shown, px), form.doubleProperty(_LEAST)))
        return QSizeF(shown.width * px + 2 + tail_width(form), ascent + _descent(form))

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, position: int, form: QTextFormat
    ) -> None:
        shown, px = self._set(form, doc.findBlock(position))
        colour = form.toCharFormat().foreground().color()
        baseline = rect.bottom() - _descent(form) + _drop(form, shown, px)
        shown.paint(painter, rect.left() + 1, baseline, px, colour)
        paint_tail(painter, form, rect.left() + 1 + shown.end * px, baseline)

    def _set(self, form: QTextFormat, block: QTextBlock) -> tuple[Rows, float]:
        """What is shown of a formula, and the pixels of its em."""
        full, room = form.doubleProperty(SIZE), self._room(block) - tail_width(form)
        shown = rows(_box(form), room / max(full, 1.0) if self.width > 0 else math.inf)
        return shown, self._px(shown, full, room)

    def _room(self, block: QTextBlock) -> float:
        table = QTextCursor(block).currentTable()
        if table is not None and (room := room_in(table, block)) is not None:
            return room - 2
        indent = block.document().indentWidth() * depth_of(block) + block.blockFormat().leftMargin()
        return self.width - indent - 2 * MARGIN - 2

    def _px(self, shown: Rows, full: float, room: float) -> float:
        wide = shown.width * full
        return full if self.width <= 0 or wide <= room else full * max(self.least, room / wide)

    def hung(self, form: QTextCharFormat, block: QTextBlock) -> QTextCharFormat:
        """The format with which the first row of this formula stands on the baseline of its line."""
        shown, px = self._set(form, block)
        made = QTextCharFormat(form)
        made.setProperty(_HANGS, shown.first > 0)
        need = max(form.intProperty(_DEEP), math.ceil((shown.descent + shown.first) * px))
        made.setFont(_font_with_descent(form.font().family(), need))
        return made

    def full_width(self, form: QTextFormat) -> float:
        """The px of a formula at full size; 0 for a format that is of none."""
        if form.objectType() != TYPE:
            return 0.0
        return _box(form).width * form.doubleProperty(SIZE) + 2 + tail_width(form)


def _box(form: QTextFormat) -> Box:
    return cast("Box", formulas.formula(form.stringProperty(TEX), form.boolProperty(DISPLAY)))


def _descent(form: QTextFormat) -> float:
    return QFontMetricsF(form.toCharFormat().font()).descent()


def _drop(form: QTextFormat, shown: Rows, px: float) -> float:
    """How much lower than the baseline of the line that of the last row is: where the formula hangs from its
    first row; or a display formula in rows, whose last row need not be its deepest part.
    """
    if form.boolProperty(_HANGS):
        return shown.first * px
    in_rows = form.boolProperty(DISPLAY) and len(shown.pieces) > 1
    return max(0.0, _descent(form) - shown.descent * px) if in_rows else 0.0
