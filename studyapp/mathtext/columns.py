"""How wide the columns of a table are, so that no formula reaches into the next cell.

Qt finds the widths by words alone: an object may be wider than its column, and is drawn over the next one.
So a table that has formulas, and no room for every cell in one line, gets its widths from here.
Knows tables of documents; what an object is, it asks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import (
    QFontMetricsF,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
)

from studyapp.mathtext.blocks import fragments

_STEPS = 20  # halvings in the search for a scale
_EDGE = 4  # px: the outer border, and what Qt rounds up (a column by 1 more)

FullWidth = Callable[[QTextFormat], float]
"""The px of a formula at full size; 0 for a format that is of none."""


@dataclass(frozen=True, slots=True)
class Column:
    """Widths in px: of its widest formula, its widest word, and its longest cell in one line."""

    formula: float
    word: float
    line: float

    def least(self, scale: float) -> float:
        """With its formulas at this part of their size."""
        return max(self.formula * scale, self.word)


def shares(columns: Sequence[Column], room: float, smallest: float) -> tuple[float, ...] | None:
    """A width for each column; None if all lines fit or no formula is there, which Qt does well.

    Where there is no room for the formulas they are to shrink, all by the same part, to `smallest` of
    their size at most; if that is not enough the widths add up to more than `room`.
    """
    if sum(column.line for column in columns) <= room or not any(column.formula for column in columns):
        return None
    scale = _scale(columns, room, smallest)
    least = [column.least(scale) for column in columns]
    wish = [max(0.0, column.line - width) for column, width in zip(columns, least, strict=True)]
    spare = max(0.0, room - sum(least)) / max(1.0, sum(wish))
    return tuple(width + min(1.0, spare) * more for width, more in zip(least, wish, strict=True))


def _scale(columns: Sequence[Column], room: float, smallest: float) -> float:
    """The largest scale with which there is room, at least `smallest`."""
    low, high = smallest, 1.0
    if sum(column.least(high) for column in columns) <= room:
        return high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        fits = sum(column.least(middle) for column in columns) <= room
        low, high = (middle, high) if fits else (low, middle)
    return low


def fit_tables(document: QTextDocument, room: float, full_width: FullWidth, smallest: float) -> None:
    """Give the columns of all tables their widths where a line may be `room` px long.

    `smallest`: the part of their size to which formulas may shrink before a table gets wider than its room.
    """
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            form = frame.format().toTableFormat()
            free = room - form.leftMargin() - form.rightMargin() - 2 * form.border()
            columns = [_measured(frame, number, full_width) for number in range(frame.columns())]
            widths = shares(columns, free - frame.columns() * (_around(frame) + 1) - _EDGE, smallest)
            lengths = _lengths(widths or (), _around(frame))
            if lengths != form.columnWidthConstraints():
                form.setColumnWidthConstraints(lengths)
                frame.setFormat(form)


def room_in(table: QTextTable, block: QTextBlock) -> float | None:
    """What a formula in this block of the table has room for, px; None where no width is set."""
    lengths = table.format().toTableFormat().columnWidthConstraints()
    if not lengths:
        return None
    return lengths[table.cellAt(QTextCursor(block)).column()].rawValue() - _around(table)


def _lengths(widths: Iterable[float], around: float) -> list[QTextLength]:
    fixed = QTextLength.Type.FixedLength
    return [QTextLength(fixed, math.ceil(width + around)) for width in widths]


def _around(table: QTextTable) -> float:
    """Of a cell: its padding, and the border that collapses with its neighbour's."""
    form = table.format().toTableFormat()
    return 2 * form.cellPadding() + form.border()


def _measured(table: QTextTable, number: int, full_width: FullWidth) -> Column:
    cells = [_cell(table.cellAt(row, number), full_width) for row in range(table.rows())]
    return Column(*(max(of) for of in zip(*((c.formula, c.word, c.line) for c in cells), strict=True)))


def _cell(cell: QTextTableCell, full_width: FullWidth) -> Column:
    formula, word, line = 0.0, 0.0, 0.0
    for piece in fragments(cell.firstCursorPosition().block()):
        form, text = piece.charFormat(), piece.text()
        wide = full_width(form)
        if wide:
            formula, line = max(formula, wide), line + wide * len(text)
        else:
            metrics = QFontMetricsF(form.font())
            word = max(word, *(metrics.horizontalAdvance(each) for each in ["", *text.split()]))
            line += metrics.horizontalAdvance(text)
    return Column(math.ceil(formula), math.ceil(word), math.ceil(line))
