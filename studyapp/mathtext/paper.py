"""Markdown with formulas laid out on sheets of A4, in one column or two: nothing is cut, nothing scrolls.

A formula that is too wide shrinks until it fits.
Knows no file, no printer and no widget. Needs a QGuiApplication and the shipped fonts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QPainter,
    QPen,
    QTextBlock,
    QTextDocument,
)

from studyapp.mathtext.columns import fit_tables
from studyapp.mathtext.items import hang_formulas
from studyapp.mathtext.mathobject import TYPE, MathObject
from studyapp.mathtext.page_breaks import keep_together
from studyapp.mathtext.pictures import TYPE as PICTURE
from studyapp.mathtext.pictures import PictureObject, Pictures, no_pictures
from studyapp.mathtext.quotes import paint_bars, quotes
from studyapp.mathtext.rows import Rows
from studyapp.mathtext.style import Style
from studyapp.mathtext.writer import write
from studyapp.theme import LIGHT

DPI = 96.0  # of the units in which pages are laid out
WIDTH, HEIGHT = 210 / 25.4 * DPI, 297 / 25.4 * DPI  # A4
_FOOT = 12 / 25.4 * DPI
_OVERHANG = 3.0  # of the first formula's ink above its line, where the page before has a gap between lines


@dataclass(frozen=True, slots=True)
class Format:
    """How text stands on a sheet: lengths in 1/96 inch; `px` is the size of plain text.

    `whole`: what stands under a heading stays with it in one column, where it is short enough.
    """

    columns: int = 1
    px: float = 13.5
    margin: float = 20 / 25.4 * DPI
    gap: float = 0.0
    whole: bool = False

    @property
    def room(self) -> QSizeF:
        """Of one column; whole numbers, or lines begin a hair early."""
        between = self.gap * (self.columns - 1)
        wide = (WIDTH - 2 * self.margin - between) / self.columns
        return QSizeF(round(wide), round(HEIGHT - 2 * self.margin))

    def left(self, column: int) -> float:
        """Where a column begins, from 0."""
        return self.margin + column * (self.room.width() + self.gap)


PLAIN = Format()  # text about 10 points
TWO_COLUMNS = Format(columns=2, px=11.0, margin=15 / 25.4 * DPI, gap=26.0, whole=True)


class Sheets:
    """A text on its sheets. `title` stands at the foot of each."""

    def __init__(
        self, markdown: str, title: str, form: Format = PLAIN, pictures: Pictures = no_pictures
    ) -> None:
        self._form, self._title = form, title
        self._document = laid_out(markdown, form, pictures)
        self._quotes = quotes(self._document)

    @property
    def count(self) -> int:
        return -(-self._document.pageCount() // self._form.columns)

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a sheet, from 0, with its upper left corner at (0, 0) and a unit of 1/96 inch."""
        columns = self._form.columns
        for column in range(columns):
            if page * columns + column < self._document.pageCount():
                self._paint_column(painter, page * columns + column, self._form.left(column))
        margin, room = self._form.margin, self._form.room
        painter.setPen(QPen(QColor(LIGHT.border), 0.7))
        for column in range(1, columns):
            x = self._form.left(column) - self._form.gap / 2
            painter.drawLine(QLineF(x, margin, x, margin + room.height()))
        font = self._document.defaultFont()
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.muted))
        foot = QRectF(margin, HEIGHT - margin + 6, WIDTH - 2 * margin, _FOOT)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | middle, self._title)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | middle, f"{page + 1} / {self.count}")

    def _paint_column(self, painter: QPainter, number: int, left: float) -> None:
        room, margin = self._form.room, self._form.margin
        top = number * room.height()
        beside = self._form.gap / 2 if self._form.columns > 1 else margin
        seen = QRectF(-beside, top - _OVERHANG, room.width() + 2 * beside, room.height())
        painter.save()
        painter.translate(left, margin - top)
        painter.setClipRect(seen)
        self._document.drawContents(painter, seen)
        paint_bars(painter, self._document, self._quotes, seen, QColor(LIGHT.accent))
        painter.restore()


def laid_out(markdown: str, form: Format = PLAIN, pictures: Pictures = no_pictures) -> QTextDocument:
    """The document on pages of one column; no line of text, and so no formula, lies on two of them."""
    document = QTextDocument()
    room = form.room
    maths, images = PaperMaths(document, 0.9 * room.height()), PictureObject(document, pictures)
    maths.width = images.width = room.width()
    images.height = 0.45 * room.height()
    document.documentLayout().registerHandler(TYPE, maths)
    document.documentLayout().registerHandler(PICTURE, images)
    document.setDocumentMargin(0)
    document.setUseDesignMetrics(True)
    colours = replace(LIGHT, text="#000000")
    font = QFont(QGuiApplication.font().family())
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    document.setDefaultFont(font)
    write(document, markdown, Style(font, form.px, colours, colours.text, pictures))
    fit_tables(document, room.width(), maths.full_width, maths.least)
    hang_formulas(document, maths)
    document.setPageSize(room)
    keep_together(document, form.whole)
    return document


class PaperMaths(MathObject):
    """Formulas on paper, where nothing scrolls: they shrink as far as they must."""

    def __init__(self, parent: QTextDocument, tallest: float) -> None:
        super().__init__(parent)
        self._tallest = tallest

    def _room(self, block: QTextBlock) -> float:
        return min(super()._room(block), self.width - block.blockFormat().leftMargin() - 4)

    def _px(self, shown: Rows, full: float, room: float) -> float:
        tall = shown.ascent + shown.descent
        return min(full, room / max(0.01, shown.width), self._tallest / max(0.01, tall))
