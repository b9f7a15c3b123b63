"""Where the pages of a laid out document begin: a heading goes to the next one with what it is for.

Knows no sheet and no printer.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat, QTextTable

_SHORT = 0.5  # of a page: a longer section may lie on two
_BREAK = QTextFormat.PageBreakFlag


def pages_of(document: QTextDocument, block: QTextBlock) -> list[tuple[int, int]]:
    """For each line of text in `block`, the pages on which it begins and ends: the same one."""
    document.documentLayout().documentSize()  # lays out all of it, which blockBoundingRect does not
    top, height = document.documentLayout().blockBoundingRect(block).top(), document.pageSize().height()
    lines = (block.layout().lineAt(number) for number in range(block.layout().lineCount()))
    return [
        (int((top + line.y()) / height), int((top + line.y() + line.height() - 0.1) / height))
        for line in lines
    ]


def keep_together(document: QTextDocument, whole: bool = False) -> None:
    """Begin a page at each heading, or words before a formula, that would stand alone at the end of one.

    If `whole`, also at each heading of a short section that would lie on two pages.
    """
    block = document.begin()
    while block.isValid():
        if (
            _introduces(block)
            and not block.blockFormat().pageBreakPolicy()
            and _is_cut(document, block, whole)
        ):
            _set_break(block, _BREAK.PageBreak_AlwaysBefore)
            if block.next().blockFormat().pageBreakPolicy():  # it comes along now
                _set_break(block.next(), _BREAK.PageBreak_Auto)
            block = block.previous()  # it may be the one that stands alone now
        else:
            block = block.next()


def _set_break(block: QTextBlock, kind: QTextFormat.PageBreakFlag) -> None:
    form = QTextBlockFormat(block.blockFormat())
    form.setPageBreakPolicy(kind)
    QTextCursor(block).setBlockFormat(form)


def _is_cut(document: QTextDocument, block: QTextBlock, whole: bool) -> bool:
    """Whether a page ends between this block and what it introduces."""
    if _is_lonely(document, block) or _introduces_cut_table(document, block):
        return True
    return whole and bool(block.blockFormat().headingLevel()) and _is_parted(document, block)


def _is_parted(document: QTextDocument, heading: QTextBlock) -> bool:
    """Whether the short section under this heading, up to the next one, lies on two pages."""
    last = heading
    while last.next().isValid() and not last.next().blockFormat().headingLevel():
        last = last.next()
    layout = document.documentLayout()
    here, there = pages_of(document, heading), pages_of(document, last)
    top, end = layout.blockBoundingRect(heading).top(), layout.blockBoundingRect(last).bottom()
    parted = bool(here and there) and there[-1][1] > here[0][0]
    return parted and end - top < _SHORT * document.pageSize().height()


def _introduces_cut_table(document: QTextDocument, block: QTextBlock) -> bool:
    """Whether the table after `block` lies on two pages, though it has room on one."""
    table = cast("QTextTable | None", QTextCursor(block.next()).currentTable())  # the stubs know no None
    if table is None:
        return False
    layout = document.documentLayout()
    first = pages_of(document, table.firstCursorPosition().block())[0][0]
    last = pages_of(document, table.lastCursorPosition().block())[-1][1]
    room = document.pageSize().height() - layout.blockBoundingRect(block).height()
    return last > first and layout.frameBoundingRect(table).height() < 0.9 * room


def _introduces(block: QTextBlock) -> bool:
    """A heading, or words that end in a colon."""
    return bool(block.blockFormat().headingLevel()) or block.text().endswith(":")


def _is_lonely(document: QTextDocument, block: QTextBlock) -> bool:
    """Whether what it is for begins on another page."""
    here, after = pages_of(document, block), pages_of(document, block.next())
    return bool(here and after) and after[0][0] > here[-1][1]
