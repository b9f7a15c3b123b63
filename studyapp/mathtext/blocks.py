"""What Qt's text blocks tell about themselves, with the None and the iterators that its stubs hide."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextFragment, QTextList


def list_of(block: QTextBlock) -> QTextList | None:
    """The list in which the block has a bullet."""
    return block.textList()


def depth_of(block: QTextBlock) -> int:
    """How many lists the block is in."""
    within = list_of(block)
    return block.blockFormat().indent() if within is None else within.format().indent()


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The pieces of a block that have one format each."""
    place = block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1
