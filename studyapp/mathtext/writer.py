"""Tokens of Markdown -> a QTextDocument, written block by block. Knows no widget.

A table or a frame always has an empty block after it; the next block takes that one (`_fresh`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
)

from studyapp.mathtext import markdown
from studyapp.mathtext.inline import InlineWriter
from studyapp.mathtext.quotes import set_quoted
from studyapp.mathtext.style import Style, brush
from studyapp.mathtext.tables import write_table

if TYPE_CHECKING:
    from markdown_it.token import Token

_DEEPEST = 12  # letters that a broken line of code is indented at most, and four
_BULLETS = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)


def write(document: QTextDocument, source: str, style: Style) -> None:
    """Replace the whole text of `document` by `source`, Markdown with maths."""
    document.setUndoRedoEnabled(False)
    document.clear()
    document.setIndentWidth(style.indent)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    Writer(cursor, style).write(markdown.tokens(source))
    cursor.endEditBlock()


class Writer:
    """Writes at `cursor`, which stands in an empty document."""

    def __init__(self, cursor: QTextCursor, style: Style) -> None:
        self._cursor, self._style = cursor, style
        self._fresh = True  # the block that the cursor stands in is still empty and free
        self._lists: list[_List] = []
        self._quotes: list[int] = []  # of each open one: the lists that it is in
        self._chars = style.text()
        self._inline = InlineWriter(cursor, style, self._start_block)

    def write(self, tokens: list[Token]) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
                self._table(tokens[index:end])
                index = end
            else:
                self._write_one(token)
            index += 1
        if self._fresh:
            self._shrink_block()
        else:
            form = QTextBlockFormat()
            form.setBottomMargin(0)
            self._cursor.mergeBlockFormat(form)

    def _write_one(self, token: Token) -> None:
        match token.type:
            case "paragraph_open":
                self._start_block(self._paragraph(tight=token.hidden))
            case "heading_open":
                self._heading(int(token.tag[1]))
            case "inline":
                self._inline.write(token.children or [], self._chars)
            case "heading_close":
                self._chars = self._text()
            case "bullet_list_open" | "ordered_list_open":
                self._lists.append(_List(len(self._lists), token))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
                self._end_list()
            case "list_item_open":
                self._lists[-1].begin_item()
            case "blockquote_open" | "blockquote_close":
                self._quote(token)
            case "fence" | "code_block":
                self._code(token.content.rstrip("\n"))
            case "math_block":
                self._start_block(self._paragraph())
                self._inline.display(token.content, self._chars)
            case "hr":
                self._rule()

    def _quote(self, token: Token) -> None:
        if token.nesting > 0:
            self._quotes.append(len(self._lists))
        else:
            self._quotes.pop()
        self._chars = self._text()

    def _text(self) -> QTextCharFormat:
        made = self._style.text()
        if self._quotes:
            made.setForeground(brush(self._style.colours.muted))
        return made

    def _paragraph(self, tight: bool = False) -> QTextBlockFormat:
        made = self._style.block(0.25) if tight else self._style.block()
        made.setIndent(0 if self._lists and self._lists[-1].awaiting else len(self._lists))
        made.setLeftMargin(self._style.indent * len(self._quotes))
        if self._quotes:
            set_quoted(made, len(self._quotes), self._quotes[0])
        return made

    def _start_block(self, form: QTextBlockFormat, again: bool = False) -> None:
        """Go to a new block of this form. `again`: it goes on with the paragraph: no bullet."""
        if self._fresh:
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(self._chars)
        else:
            self._cursor.insertBlock(form, self._chars)
        self._fresh = False
        if self._lists and not again:
            self._lists[-1].mark(self._cursor)

    def _end_list(self) -> None:
        if not self._lists and not self._fresh:
            self._cursor.mergeBlockFormat(self._style.block())

    def _heading(self, level: int) -> None:
        form = self._paragraph()
        form.setHeadingLevel(level)
        if self._cursor.position():
            form.setTopMargin(round(self._style.px * 0.9))
        self._chars = self._style.heading(level)
        self._start_block(form)

    def _rule(self) -> None:
        form = self._paragraph()
        form.setProperty(
            QTextFormat.Property.BlockTrailingHorizontalRulerWidth,
            QTextLength(QTextLength.Type.PercentageLength, 100),
        )
        self._start_block(form)

    def _code(self, text: str) -> None:
        """A block of code: a frame with padding, one line of text a block, broken where there is no room."""
        frame = QTextFrameFormat()
        frame.setBackground(brush(self._style.colours.code))
        frame.setPadding(round(self._style.px * 0.7))
        frame.setLeftMargin(self._style.indent * (len(self._lists) + len(self._quotes)))
        frame.setTopMargin(round(self._style.px * 0.3))
        frame.setBottomMargin(round(self._style.px * 0.6))
        self._leave_room()
        self._cursor.insertFrame(frame)
        form = self._style.block(0.0, 0.2)
        form.setProperty(QTextFormat.Property.BlockCodeFence, "`")
        chars = self._style.code(self._style.text(), block=True)
        letter = QFontMetricsF(chars.font()).horizontalAdvance("0")
        for number, line in enumerate(text.split("\n")):
            depth = min(len(line) - len(line.lstrip()), _DEEPEST)
            hanging = letter * (depth + 4)  # a line too long goes on further in
            form.setLeftMargin(hanging)
            form.setTextIndent(-hanging)
            if number:
                self._cursor.insertBlock(form, chars)
            else:
                self._cursor.setBlockFormat(form)
            self._cursor.insertText(line, chars)
        self._after_frame()

    def _table(self, tokens: list[Token]) -> None:
        self._leave_room()
        write_table(
            self._cursor,
            tokens,
            self._style,
            self._inline,
            self._style.indent * (len(self._lists) + len(self._quotes)),
        )
        self._after_frame()

    def _leave_room(self) -> None:
        """A frame needs a block before it: an empty one must not show."""
        if self._fresh:
            self._shrink_block()
            self._fresh = False

    def _after_frame(self) -> None:
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor.setBlockFormat(QTextBlockFormat())
        self._fresh = True

    def _shrink_block(self) -> None:
        """Make the empty block at the cursor one pixel high."""
        form, chars = QTextBlockFormat(), self._style.text()
        form.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        font = chars.font()
        font.setPixelSize(1)
        chars.setFont(font)
        self._cursor.setBlockFormat(form)
        self._cursor.setBlockCharFormat(chars)


class _List:
    """One list that is being written."""

    def __init__(self, depth: int, token: Token) -> None:
        self._format = QTextListFormat()
        self._format.setIndent(depth + 1)
        self._numbered = token.type == "ordered_list_open"
        if self._numbered:
            self._format.setStyle(QTextListFormat.Style.ListDecimal)
            self._format.setStart(int(token.attrs.get("start", 1)))
        else:
            self._format.setStyle(_BULLETS[min(depth, len(_BULLETS) - 1)])
        self._list: QTextList | None = None
        self.awaiting = False

    def begin_item(self) -> None:
        self.awaiting = True

    def mark(self, cursor: QTextCursor) -> None:
        """Give the block at the cursor its bullet, if it is the first of its item."""
        if not self.awaiting:
            return
        self.awaiting = False
        if self._list is None:
            self._list = cursor.createList(self._format)
        else:
            self._list.add(cursor.block())
