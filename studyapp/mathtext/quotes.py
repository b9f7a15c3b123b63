"""The bar beside what is quoted. Qt only indents it. Knows documents; no widget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextBlockFormat, QTextDocument, QTextFormat

_BESIDE = 0.35  # of an indent between the text around and the bar
_WIDE = 0.11  # of an indent
_LEVEL = QTextFormat.Property.BlockQuoteLevel
_AROUND = QTextFormat.Property.UserProperty + 14  # int: lists that the whole quote is in


@dataclass(frozen=True, slots=True)
class Quote:
    """Neighbouring blocks, by their numbers, that are quoted so deep at least."""

    first: int
    last: int
    depth: int


def set_quoted(form: QTextBlockFormat, depth: int, lists: int) -> None:
    """Say of a block that it is quoted so deep, all of it within so many lists."""
    form.setProperty(_LEVEL, depth)
    form.setProperty(_AROUND, lists)


def quotes(document: QTextDocument) -> tuple[Quote, ...]:
    """All quotes, one inside another each by itself."""
    levels = list(_levels(document))
    found = []
    for depth in range(1, max(levels, default=0) + 1):
        within = {number for number, level in enumerate(levels) if level >= depth}
        starts = sorted(number for number in within if number - 1 not in within)
        ends = sorted(number for number in within if number + 1 not in within)
        found += [Quote(first, last, depth) for first, last in zip(starts, ends, strict=True)]
    return tuple(found)


def _levels(document: QTextDocument) -> Iterator[int]:
    """How deep each block is quoted."""
    block = document.begin()
    while block.isValid():
        yield block.blockFormat().intProperty(_LEVEL)
        block = block.next()


def paint_bars(
    painter: QPainter, document: QTextDocument, found: tuple[Quote, ...], seen: QRectF, colour: QColor
) -> None:
    """Paint the bars of these quotes that are in `seen`, in the coordinates of the document."""
    for quote in found:
        place = bar(document, quote)
        if place.intersects(seen):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(place, place.width() / 2, place.width() / 2)
            painter.restore()


def bar(document: QTextDocument, quote: Quote) -> QRectF:
    """Where the bar of a quote stands in the document."""
    first = document.findBlockByNumber(quote.first)
    indent = document.indentWidth()
    left = document.documentMargin() + indent * (
        first.blockFormat().intProperty(_AROUND) + quote.depth - 1 + _BESIDE
    )
    layout = document.documentLayout()
    upper = layout.blockBoundingRect(first).top()
    lower = layout.blockBoundingRect(document.findBlockByNumber(quote.last)).bottom()
    return QRectF(left, upper, max(2.0, round(indent * _WIDE)), lower - upper)
