"""Typing code: what the Tab, Enter and Backspace keys do to the text at a cursor. Knows no widget."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtGui import QTextBlock, QTextCursor

INDENT = 4  # spaces
Edit = Callable[[QTextCursor], None]
_Change = Callable[[QTextBlock], None]
_LEAVES = re.compile(r"\s*(return|break|continue|pass|raise)\b")


def indent(cursor: QTextCursor) -> None:
    """Spaces up to the next stop; with a selection all of its lines go in."""
    if cursor.hasSelection():
        _each_line(cursor, _go_in)
    else:
        cursor.insertText(" " * (INDENT - cursor.positionInBlock() % INDENT))


def dedent(cursor: QTextCursor) -> None:
    """The line of the cursor, or all that are selected, come out by one stop."""
    _each_line(cursor, _come_out)


def new_line(cursor: QTextCursor) -> None:
    """Begin a line as deep as this one: deeper after a colon, less deep after what leaves a block."""
    before = cursor.block().text()[: cursor.positionInBlock()]
    code = before.split("#")[0].rstrip()
    depth = len(before) - len(before.lstrip(" "))
    if code.endswith(":"):
        depth += INDENT
    elif _LEAVES.match(code):
        depth = max(0, depth - INDENT)
    cursor.insertText("\n" + " " * depth)


def erase_stop(cursor: QTextCursor) -> bool:
    """In the spaces that a line begins with, take one stop away; whether that was so."""
    at = cursor.positionInBlock()
    if cursor.hasSelection() or not at or cursor.block().text()[:at].strip(" "):
        return False
    for _ in range((at - 1) % INDENT + 1):
        cursor.deletePreviousChar()
    return True


def _each_line(cursor: QTextCursor, change: _Change) -> None:
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart()).blockNumber()
    last = document.findBlock(cursor.selectionEnd()).blockNumber()
    cursor.beginEditBlock()
    for number in range(first, last + 1):
        change(document.findBlockByNumber(number))
    cursor.endEditBlock()


def _go_in(block: QTextBlock) -> None:
    if block.text().strip():
        QTextCursor(block).insertText(" " * INDENT)


def _come_out(block: QTextBlock) -> None:
    text, at = block.text(), QTextCursor(block)
    for _ in range(min(INDENT, len(text) - len(text.lstrip(" ")))):
        at.deleteChar()
