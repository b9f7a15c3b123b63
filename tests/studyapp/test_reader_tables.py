"""Tables of the reader: a narrow column breaks its text between words only."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock
from pytestqt.qtbot import QtBot

from studyapp.theme import Theme
from studyapp.widgets.reader import Reader

_ROW = "| text summarisation | long passages of text | short passages | many to many, unequal |"
_TABLE = f"| Application | Goes in | Comes out | Pattern |\n|---|---|---|---|\n{_ROW}\n{_ROW}\n"


def _lines(block: QTextBlock) -> Iterator[str]:
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        yield block.text()[line.textStart() : line.textStart() + line.textLength()]


def test_a_narrow_column_leaves_its_words_whole(qtbot: QtBot) -> None:
    reader = Reader(Theme("light"), 15)
    qtbot.addWidget(reader)
    reader.resize(380, 600)
    reader.set_markdown(_TABLE)
    reader.show()
    qtbot.waitExposed(reader)
    words = set(_TABLE.replace("|", " ").split())
    block = reader.document().begin()
    seen: list[str] = []
    while block.isValid():
        seen += [word for line in _lines(block) for word in line.split()]
        block = block.next()
    assert seen
    assert set(seen) <= words
