"""Markdown with formulas -> a PDF on A4: real text, also in formulas, page numbers, nothing cut.

It is made in slices of about a tenth of a second, so that a window stays usable meanwhile.
Knows no file and no widget. Needs a QGuiApplication and the shipped fonts.
"""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from content.markdown import formulas_of
from studyapp.mathtext.cache import formula, formulas
from studyapp.mathtext.glyph_text import make_fonts
from studyapp.mathtext.paper import DPI, PLAIN, Format, Sheets
from studyapp.mathtext.pictures import Pictures, no_pictures

_DEVICE_DPI = 1200
_AT_ONCE = 40  # formulas that are at hand, between two slices

Slices = Generator[str, None, bytes]
"""Yields after each slice of the work how far it is, in words; returns the whole file."""


def pdf(markdown: str, title: str, form: Format = PLAIN, pictures: Pictures = no_pictures) -> bytes:
    """A whole PDF file. `title` stands at the foot of every page and in the file's properties."""
    slices = sliced_pdf(markdown, title, form, pictures)
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return bytes(end.value)


def sliced_pdf(markdown: str, title: str, form: Format = PLAIN, pictures: Pictures = no_pictures) -> Slices:
    """The same in slices. Whoever stops in between has nothing to clear away."""
    yield "reading"
    for number, (latex, display) in enumerate(dict.fromkeys(formulas_of(markdown))):
        if not formulas().at_hand(latex, display) or number % _AT_ONCE == 0:
            yield "setting the formulas"
        formula(latex, display)
    for _ in make_fonts(formulas().glyphs):
        yield "making the fonts of the formulas"
    yield "laying out the pages"
    sheets = Sheets(markdown, title, form, pictures)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("StudyApp")
    writer.setResolution(_DEVICE_DPI)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    painter.scale(_DEVICE_DPI / DPI, _DEVICE_DPI / DPI)
    try:
        for page in range(sheets.count):
            yield f"page {page + 1} of {sheets.count}"
            if page:
                writer.newPage()
            sheets.paint(painter, page)
    finally:
        painter.end()
        buffer.close()
    return bytes(held.data())
