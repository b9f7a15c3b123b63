"""Fonts, colours and distances of the text formats: one Style for a whole document."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QBrush, QColor, QFont, QTextBlockFormat, QTextCharFormat

from studyapp.mathtext.pictures import Pictures, no_pictures
from studyapp.theme import Colours

INLINE, DISPLAY = 1.12, 1.18  # size of formulas to that of text: the maths fonts are smaller than Inter
MARGIN = 2  # px around a document, for the focus ring
_INDENT, _LEAST_INDENT = 1.7, 24  # of a list level: parts of the text size, and px at least
_HEADINGS = (1.6, 1.3, 1.15, 1.0, 1.0, 1.0)
_LINE_GAP, _BLOCK_GAP = 0.35, 0.6  # parts of the text size
_MONOSPACED = ("JetBrains Mono", "DejaVu Sans Mono", "monospace")


@dataclass(frozen=True, slots=True)
class Style:
    """`font` gives family and weight, `px` the size, `ink` the colour of plain text."""

    font: QFont
    px: float
    colours: Colours
    ink: str
    pictures: Pictures = no_pictures

    def text(self) -> QTextCharFormat:
        made = QTextCharFormat()
        font = QFont(self.font)
        font.setPixelSize(round(self.px))
        made.setFont(font)
        made.setForeground(brush(self.ink))
        return made

    @property
    def indent(self) -> int:
        """Px of a list level: a number with two digits has room."""
        return max(_LEAST_INDENT, round(self.px * _INDENT))

    def heading(self, level: int) -> QTextCharFormat:
        made = self.text()
        font = made.font()
        font.setPixelSize(round(self.px * _HEADINGS[level - 1]))
        font.setWeight(QFont.Weight.DemiBold)
        made.setFont(font)
        return made

    def code(self, like: QTextCharFormat, block: bool = False) -> QTextCharFormat:
        """`like`, monospaced; with its own background unless in a block."""
        made = QTextCharFormat(like)
        font = QFont(made.font())
        font.setFamilies(_MONOSPACED)
        font.setFixedPitch(True)
        font.setPixelSize(max(1, round(font.pixelSize() * 0.92)))
        made.setFont(font)
        made.setFontFixedPitch(True)
        if not block:
            made.setBackground(brush(self.colours.code))
        return made

    def caption(self) -> QTextCharFormat:
        """Words below a picture."""
        made = self.text()
        font = made.font()
        font.setPixelSize(max(9, round(self.px * 0.84)))
        made.setFont(font)
        made.setForeground(brush(self.colours.muted))
        return made

    def block(self, gap: float = _BLOCK_GAP, line_gap: float = _LINE_GAP) -> QTextBlockFormat:
        """A paragraph; `gap` below it and `line_gap` below each line, in parts of the text size."""
        made = QTextBlockFormat()
        made.setBottomMargin(round(self.px * gap))
        line_distance = (
            QTextBlockFormat.LineHeightTypes.LineDistanceHeight
        )  # a percentage scales tall formulas
        made.setLineHeight(round(self.px * line_gap), line_distance.value)
        return made


def brush(colour: str) -> QBrush:
    return QBrush(QColor(colour))
