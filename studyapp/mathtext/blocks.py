"""What Qt's text blocks tell about themselves, with the None and the iterators that its stubs hide."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextDocument, QTextFragment, QTextList


def list_of(block: QTextBlock) -> QTextList | None:
    """The list in which the block has a bullet."""
    return block.textList()


def depth_of(block: QTextBlock) -> int:
    """How many lists the block is in."""
    within = list_of(block)
    return block.blockFormat().indent() if within is None else within.format().indent()


def first_line_middle(document: QTextDocument) -> float:
    """How far below the upper edge the middle of the first line of text is, px; 0 for an empty text."""
    block = document.begin()
    while block.isValid() and not block.length() > 1:  # the block before a frame is empty
        block = block.next()
    layout = block.layout() if block.isValid() else None
    if layout is None or not layout.lineCount():
        return 0.0
    top = document.documentLayout().blockBoundingRect(block).top()
    return top + layout.lineAt(0).y() + layout.lineAt(0).height() / 2


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The pieces of a block that have one format each."""
    place = block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1
