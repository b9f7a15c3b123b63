"""Markdown with formulas -> a PDF on A4: real text, formulas as outlines, page numbers, nothing cut.

A formula that is too wide shrinks until it fits; a heading goes to the next page with what it is for.
It is made in slices of about a tenth of a second, so that a window stays usable meanwhile.
Knows no file and no widget. Needs a QGuiApplication and the shipped fonts.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula, formulas
from studyapp.mathtext.markdown import MATHS, tokens
from studyapp.mathtext.mathobject import TYPE, MathObject
from studyapp.mathtext.style import Style
from studyapp.mathtext.writer import write
from studyapp.theme import LIGHT

DPI = 96.0  # of the units in which pages are laid out
_DEVICE_DPI = 1200
_AT_ONCE = 40  # formulas that are at hand, between two slices
_PX = 13.5  # text, about 10 points
_WIDTH, _HEIGHT = 210 / 25.4 * DPI, 297 / 25.4 * DPI  # A4
_MARGIN, _FOOT = 20 / 25.4 * DPI, 12 / 25.4 * DPI
_OVERHANG = 3.0  # of the first formula's ink above its line, where the page before has a gap between lines
_ROOM = QSizeF(
    round(_WIDTH - 2 * _MARGIN), round(_HEIGHT - 2 * _MARGIN)
)  # whole, or lines begin a hair early


Slices = Generator[str, None, bytes]
"""Yields after each slice of the work how far it is, in words; returns the whole file."""


def pdf(markdown: str, title: str) -> bytes:
    """A whole PDF file. `title` stands at the foot of every page and in the file's properties."""
    slices = sliced_pdf(markdown, title)
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return bytes(end.value)


def sliced_pdf(markdown: str, title: str) -> Slices:
    """The same in slices. Whoever stops in between has nothing to clear away."""
    yield "reading"
    for number, (latex, display) in enumerate(formulas_of(markdown)):
        if not formulas().at_hand(latex, display) or number % _AT_ONCE == 0:
            yield "setting the formulas"
        formula(latex, display)
    yield "laying out the pages"
    document = laid_out(markdown)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Recurrent")
    writer.setResolution(_DEVICE_DPI)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    painter.scale(_DEVICE_DPI / DPI, _DEVICE_DPI / DPI)
    try:
        for page in range(document.pageCount()):
            yield f"page {page + 1} of {document.pageCount()}"
            if page:
                writer.newPage()
            _paint_page(painter, document, page, title)
    finally:
        painter.end()
        buffer.close()
    return bytes(held.data())


def formulas_of(markdown: str) -> list[tuple[str, bool]]:
    """Every formula once, and whether it stands on a line of its own."""
    found: dict[tuple[str, bool], None] = {}
    for block in tokens(markdown):
        for token in (block, *(block.children or ())):
            if token.type in MATHS:
                found[token.content.strip(), MATHS[token.type]] = None
    return list(found)


def laid_out(markdown: str) -> QTextDocument:
    """The document on its pages; no line of text, and so no formula, lies on two of them."""
    document = QTextDocument()
    maths = PaperMaths(document)
    maths.width = _ROOM.width()
    document.documentLayout().registerHandler(TYPE, maths)
    document.setDocumentMargin(0)
    document.setUseDesignMetrics(True)
    colours = replace(LIGHT, text="#000000")
    font = QFont(QGuiApplication.font().family())
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    document.setDefaultFont(font)
    write(document, markdown, Style(font, _PX, colours, colours.text))
    document.setPageSize(_ROOM)
    _keep_together(document)
    return document


class PaperMaths(MathObject):
    """Formulas on paper, where nothing scrolls: they shrink as far as they must."""

    def _px(self, box: Box, form: QTextFormat, block: QTextBlock) -> float:
        px = super()._px(box, form, block)
        room = self.width - block.blockFormat().leftMargin() - 4
        tall = _ROOM.height() * 0.9
        return min(px, room / max(0.01, box.width), tall / max(0.01, box.ascent + box.descent))


def _paint_page(painter: QPainter, document: QTextDocument, page: int, title: str) -> None:
    top = page * _ROOM.height()
    seen = QRectF(-_MARGIN, top - _OVERHANG, _WIDTH, _ROOM.height())
    painter.save()
    painter.translate(_MARGIN, _MARGIN - top)
    painter.setClipRect(seen)
    document.drawContents(painter, seen)
    painter.restore()
    font = document.defaultFont()
    font.setPixelSize(11)
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.muted))
    foot = QRectF(_MARGIN, _HEIGHT - _MARGIN + 6, _ROOM.width(), _FOOT)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | middle, title)
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | middle, f"{page + 1} / {document.pageCount()}")


def pages_of(document: QTextDocument, block: QTextBlock) -> list[tuple[int, int]]:
    """For each line of text in `block`, the pages on which it begins and ends: the same one."""
    document.documentLayout().documentSize()  # lays out all of it, which blockBoundingRect does not
    top, height = document.documentLayout().blockBoundingRect(block).top(), document.pageSize().height()
    lines = (block.layout().lineAt(number) for number in range(block.layout().lineCount()))
    return [
        (int((top + line.y()) / height), int((top + line.y() + line.height() - 0.1) / height))
        for line in lines
    ]


def _keep_together(document: QTextDocument) -> None:
    """Begin a page at each heading, or words before a formula, that would stand alone at the end of one."""
    block = document.begin()
    while block.isValid():
        cut = _introduces(block) and (_is_lonely(document, block) or _introduces_cut_table(document, block))
        if cut and not block.blockFormat().pageBreakPolicy():
            form = QTextBlockFormat(block.blockFormat())
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(block).setBlockFormat(form)
            block = block.previous()  # it may be the one that stands alone now
        else:
            block = block.next()


def _introduces_cut_table(document: QTextDocument, block: QTextBlock) -> bool:
    """Whether the table after `block` lies on two pages, though it has room on one."""
    table = cast("QTextTable | None", QTextCursor(block.next()).currentTable())  # the stubs know no None
    if table is None:
        return False
    layout = document.documentLayout()
    first = pages_of(document, table.firstCursorPosition().block())[0][0]
    last = pages_of(document, table.lastCursorPosition().block())[-1][1]
    room = _ROOM.height() - layout.blockBoundingRect(block).height()
    return last > first and layout.frameBoundingRect(table).height() < 0.9 * room


def _introduces(block: QTextBlock) -> bool:
    """A heading, or words that end in a colon."""
    return bool(block.blockFormat().headingLevel()) or block.text().endswith(":")


def _is_lonely(document: QTextDocument, block: QTextBlock) -> bool:
    """Whether what it is for begins on another page."""
    here, after = pages_of(document, block), pages_of(document, block.next())
    return bool(here and after) and after[0][0] > here[-1][1]
