"""How wide the columns of a table are: no formula reaches into the next cell, short cells stay in one line.

Qt finds the widths by words alone: an object may be wider than its column, and is drawn over the next one.
So a table that has no room for every cell in one line gets its widths from here.
Knows tables of documents; what an object is, it asks.
"""

from __future__ import annotations

import math
import re
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
    QTextTableFormat,
)

from studyapp.mathtext.blocks import fragments
from studyapp.mathtext.table_rows import Cell, Piece, moved

_STEPS = 20  # halvings in a search for a scale or a length
_EDGE = 4  # px: the outer border, and what Qt rounds up (a column by 1 more)
_TIGHT = 0.4  # part of its padding that a cell keeps where there is no room
_PADDING = QTextFormat.Property.UserProperty + 13  # px: of the cells where there is room
_SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")

FullWidth = Callable[[QTextFormat], float]
"""The px of a formula at full size; 0 for a format that is of none."""


@dataclass(frozen=True, slots=True)
class Column:
    """Widths in px: of its widest formula, its widest word, and its longest cell in one line; its cells."""

    formula: float
    word: float
    line: float
    cells: Sequence[Cell] = ()

    def least(self, scale: float, longest: float = math.inf) -> float:
        """With its formulas at this part of their size; words longer than that are broken."""
        return max(self.formula * scale, min(self.word, longest))


def shares(columns: Sequence[Column], room: float, smallest: float) -> tuple[float, ...] | None:
    """A width for each column; None if all lines fit, which Qt does well.

    Where there is no room for the formulas they are to shrink, all by the same part, to `smallest` of
    their size at most; then the longest words are broken. If formulas alone are too wide for `room`, no
    word is, and the widths add up to more.
    """
    if sum(column.line for column in columns) <= room:
        return None
    scale = _largest(smallest, 1.0, lambda scale: _needed(columns, scale) <= room)
    least = [column.least(scale) for column in columns]
    if sum(least) > room >= _needed(columns, scale, 0.0):
        longest = _largest(0.0, room, lambda longest: _needed(columns, scale, longest) <= room)
        least = [column.least(scale, longest) for column in columns]
    wish = [max(0.0, column.line - width) for column, width in zip(columns, least, strict=True)]
    more = _poured(wish, max(0.0, room - sum(least)))
    widths = tuple(width + extra for width, extra in zip(least, more, strict=True))
    return moved([column.cells for column in columns], least, widths) if any(more) else widths


def _poured(wish: Sequence[float], spare: float) -> list[float]:
    """What each gets of `spare`: small wishes first, large ones share the rest in proportion."""
    got = [0.0] * len(wish)
    waiting = sorted(range(len(wish)), key=wish.__getitem__)
    while waiting and wish[waiting[0]] <= spare / len(waiting):
        first = waiting.pop(0)
        got[first] = wish[first]
        spare -= wish[first]
    whole = sum(wish[each] for each in waiting)
    for each in waiting:
        got[each] = spare * wish[each] / whole
    return got


def _needed(columns: Sequence[Column], scale: float, longest: float = math.inf) -> float:
    return sum(column.least(scale, longest) for column in columns)


def _largest(low: float, high: float, fits: Callable[[float], bool]) -> float:
    """The largest number from `low` to `high` that fits; `low` if none does."""
    if fits(high):
        return high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def fit_tables(document: QTextDocument, room: float, full_width: FullWidth, smallest: float) -> None:
    """Give the columns of all tables their widths where a line may be `room` px long.

    `smallest`: the part of their size to which formulas may shrink before a table gets wider than its room.
    """
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _fit(frame, room, full_width, smallest)


def _fit(table: QTextTable, room: float, full_width: FullWidth, smallest: float) -> None:
    """Before formulas shrink the cells give up some of their padding."""
    form = table.format().toTableFormat()
    before = form.columnWidthConstraints(), form.cellPadding()
    padding = form.doubleProperty(_PADDING) or form.cellPadding()
    form.setProperty(_PADDING, padding)
    form.setCellPadding(padding)
    columns = [_measured(table, number, full_width) for number in range(table.columns())]
    lacking = _needed(columns, 1.0) - _free(form, len(columns), room)
    if lacking > 0:
        tighter = math.floor(padding - lacking / (2 * len(columns)))
        form.setCellPadding(max(tighter, round(padding * _TIGHT)))
    widths = shares(columns, _free(form, len(columns), room), smallest)
    form.setColumnWidthConstraints(_lengths(widths or (), _around(form)))
    if (form.columnWidthConstraints(), form.cellPadding()) != before:
        table.setFormat(form)


def _free(form: QTextTableFormat, columns: int, room: float) -> float:
    """What the words and formulas of a row have of the room for a table."""
    outside = form.leftMargin() + form.rightMargin() + 2 * form.border() + _EDGE
    return room - outside - columns * (_around(form) + 1)


def room_in(table: QTextTable, block: QTextBlock) -> float | None:
    """What a formula in this block of the table has room for, px; None where no width is set."""
    form = table.format().toTableFormat()
    lengths = form.columnWidthConstraints()
    if not lengths:
        return None
    return lengths[table.cellAt(QTextCursor(block)).column()].rawValue() - _around(form)


def _lengths(widths: Iterable[float], around: float) -> list[QTextLength]:
    fixed = QTextLength.Type.FixedLength
    return [QTextLength(fixed, math.ceil(width + around)) for width in widths]


def _around(form: QTextTableFormat) -> float:
    """Of a cell: its padding, and the border that collapses with its neighbour's."""
    return 2 * form.cellPadding() + form.border()


def _measured(table: QTextTable, number: int, full_width: FullWidth) -> Column:
    cells = [_cell(table.cellAt(row, number), full_width) for row in range(table.rows())]
    formula, word, line = (max(of) for of in zip(*((c.formula, c.word, c.line) for c in cells), strict=True))
    return Column(formula, word, line, [cell for one in cells for cell in one.cells])


def _cell(cell: QTextTableCell, full_width: FullWidth) -> Column:
    """A column of one cell."""
    formula, word = 0.0, 0.0
    pieces: list[Piece] = []
    for fragment in fragments(cell.firstCursorPosition().block()):
        form, text = fragment.charFormat(), fragment.text()
        wide = full_width(form)
        if wide:
            formula = max(formula, wide)
            pieces += [Piece(wide)] * len(text)
        else:
            words = _words(text, QFontMetricsF(form.font()))
            word = max(word, *(piece.width for piece in words))
            pieces += words
    line = sum(piece.width + piece.gap for piece in pieces)
    return Column(math.ceil(formula), math.ceil(word), math.ceil(line), [pieces])


def _words(text: str, metrics: QFontMetricsF) -> list[Piece]:
    """Words, and spaces after them; one that begins the text is a piece without a width."""
    space = metrics.horizontalAdvance(" ")
    found = _SPACES.split(text)
    return [
        Piece(metrics.horizontalAdvance(word), space if number < len(found) else 0.0)
        for number, word in enumerate(found, 1)
    ]
