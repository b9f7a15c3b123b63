"""Tokens of a Markdown table -> a QTextTable. Knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextTableCell,
    QTextTableFormat,
)

from studyapp.mathtext.inline import InlineWriter
from studyapp.mathtext.style import Style, brush

if TYPE_CHECKING:
    from markdown_it.token import Token

_ALIGNMENTS = {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}


def write_table(
    cursor: QTextCursor, tokens: list[Token], style: Style, inline: InlineWriter, margin: float
) -> None:
    """Write the tokens from table_open up to table_close as a table at `cursor`."""
    cells = [
        (t, tokens[i + 1].children or []) for i, t in enumerate(tokens) if t.type in ("th_open", "td_open")
    ]
    columns = sum(cell.type == "th_open" for cell, _ in cells)
    table = cursor.insertTable(max(1, -(-len(cells) // columns)), columns, _format(style, margin))
    for number, (cell, children) in enumerate(cells):
        inline.write(children, _enter(cursor, table.cellAt(*divmod(number, columns)), cell, style))


def _format(style: Style, margin: float) -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorderCollapse(True)
    made.setBorder(1)
    made.setBorderBrush(brush(style.colours.border))
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setCellPadding(round(style.px * 0.45))
    made.setLeftMargin(margin)
    made.setTopMargin(round(style.px * 0.3))
    made.setBottomMargin(round(style.px * 0.6))
    made.setHeaderRowCount(1)
    return made


def _enter(cursor: QTextCursor, cell: QTextTableCell, token: Token, style: Style) -> QTextCharFormat:
    """Set up a cell and go into it; the format for its text."""
    chars = style.text()
    form = cell.format()
    if token.type == "th_open":
        font = chars.font()
        font.setWeight(QFont.Weight.DemiBold)
        chars.setFont(font)
        form.setBackground(brush(style.colours.code))
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    cell.setFormat(form)
    block = style.block(0.0, 0.0)
    alignment = str(token.attrs.get("style", "")).removeprefix("text-align:")
    block.setAlignment(_ALIGNMENTS.get(alignment, Qt.AlignmentFlag.AlignLeft))
    cursor.setPosition(cell.firstCursorPosition().position())
    cursor.setBlockFormat(block)
    return chars
