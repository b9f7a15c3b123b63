"""Markdown with maths on paper: dark on white whatever the theme, formulas as vectors. Knows no widget."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QGuiApplication, QPagedPaintDevice, QTextDocument

from studyapp.mathtext.mathobject import TYPE, MathObject
from studyapp.mathtext.style import Style
from studyapp.mathtext.writer import write
from studyapp.theme import LIGHT

_DPI = 96  # of the pixels in which the document is laid out


def print_markdown(source: str, device: QPagedPaintDevice, px: float = 14) -> None:
    """Print the text to a QPdfWriter or QPrinter, within its margins; `px` is 1/96 inch."""
    document = QTextDocument()
    maths = MathObject(document)
    document.documentLayout().registerHandler(TYPE, maths)
    page = QSizeF(device.pageLayout().paintRectPixels(_DPI).size())
    maths.width = page.width()
    document.setPageSize(page)
    write(document, source, Style(QFont(QGuiApplication.font().family()), px, LIGHT, LIGHT.text))
    document.print_(device)
