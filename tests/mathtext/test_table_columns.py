"""Columns of tables: a formula stays inside its cell, on screen and on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.mathtext.columns import Column, room_in, shares
from studyapp.mathtext.mathobject import OBJECT, MathObject
from studyapp.mathtext.paper import laid_out
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme

TABLE = r"""
| words | computed | result |
|---|---|---|
| a cell of several long words | $C_t=0.858\cdot 0.9+0.401\cdot 0.664=1.038$ | $f_t=\sigma(0.5+0.3)=0.69$ |
| b | $x=1$ | $y=2$ |
"""
sizes = st.floats(0, 400)
columns = st.lists(st.builds(Column, sizes, st.floats(0, 90), st.floats(0, 900)), min_size=1, max_size=6)


def formulas(document: QTextDocument) -> list[tuple[float, float]]:
    """The width of each formula in the table, and the room in its cell."""
    (table,) = [part for part in document.rootFrame().childFrames() if isinstance(part, QTextTable)]
    handler = next(child for child in _owners(document) if isinstance(child, MathObject))
    found = []
    for row in range(table.rows()):
        for column in range(table.columns()):
            cursor = table.cellAt(row, column).firstCursorPosition()
            block = cursor.block()
            for place, sign in enumerate(block.text()):
                if sign == OBJECT:
                    cursor.setPosition(block.position() + place + 1)
                    wide = handler.intrinsicSize(document, block.position() + place, cursor.charFormat())
                    room = room_in(table, block)
                    assert room is not None
                    found.append((wide.width(), room))
    return found


def _owners(document: QTextDocument) -> list[object]:
    parent = document.parent()
    view = parent.parent() if parent is not None else None
    return [*document.children(), *(parent.children() if parent else []), *(view.children() if view else [])]


@pytest.mark.parametrize("width", [420, 520])
def test_no_formula_reaches_into_the_next_cell(qtbot: QtBot, width: int) -> None:
    view = MathView(Theme("light"), 16)
    qtbot.addWidget(view)
    view.set_markdown(TABLE)
    view.resize(width, 400)
    view.show()
    qtbot.waitExposed(view)
    QApplication.processEvents()
    found = formulas(view.document())
    assert len(found) == 4
    assert [round(wide - room) for wide, room in found if wide > room + 1] == []


def test_nor_on_paper(qapp: QApplication) -> None:
    found = formulas(laid_out(TABLE.replace("=1.038", r"=0.1\cdot 0.2\cdot 0.3\cdot 0.4\cdot 0.5=1.038")))
    assert [round(wide - room) for wide, room in found if wide > room + 1] == []


@given(columns, st.floats(100, 1500))
def test_columns_share_the_room(made: list[Column], room: float) -> None:
    widths = shares(made, room, 0.5)
    if widths is None:
        assert sum(one.line for one in made) <= room
        return
    assert len(widths) == len(made)
    for width, one in zip(widths, made, strict=True):
        assert width >= one.formula * 0.5 - 0.01
    if sum(one.least(0.5) for one in made) <= room:
        assert all(width >= one.least(0.5) - 0.01 for width, one in zip(widths, made, strict=True))
    if sum(one.formula * 0.5 for one in made) <= room:
        assert sum(widths) <= room + 0.01


def test_a_column_that_lacks_little_gets_it() -> None:
    """In proportion to what they lack, the first would get 2 px and break."""
    words = Column(0, 60, 72), Column(0, 60, 460), Column(50, 50, 700)
    widths = shares(words, 400, 0.8)
    assert widths is not None
    assert widths[0] == pytest.approx(72)
    assert widths[1] - 60 == pytest.approx((widths[2] - 50) * 400 / 650)
    assert sum(widths) == pytest.approx(400)


def test_words_are_broken_only_if_that_is_enough() -> None:
    widths = shares((Column(0, 200, 300), Column(0, 50, 60), Column(100, 0, 100)), 250, 0.8)
    assert widths is not None
    assert sum(widths) == pytest.approx(250, abs=0.1)
    assert widths[1] == pytest.approx(50)
    assert shares((Column(0, 50, 60), Column(400, 0, 400)), 250, 0.8) == pytest.approx((50, 320))


def lines_in(view: MathView) -> list[list[int]]:
    """Lines of each cell of the only table."""
    (table,) = [part for part in view.document().rootFrame().childFrames() if isinstance(part, QTextTable)]
    cells = [
        [table.cellAt(row, column).firstCursorPosition().block() for column in range(table.columns())]
        for row in range(table.rows())
    ]
    return [[cell.layout().lineCount() for cell in row] for row in cells]


def test_a_table_of_words_does_not_break_its_short_cells(qtbot: QtBot, theme: Theme) -> None:
    view = MathView(theme, 16)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    view.set_markdown(
        "| kind of task | input and output | what it is used for, in a longer sentence |\n|---|---|---|\n"
        "| one to many | one, then a sequence of them | captions of pictures and whatever else is long |\n"
    )
    assert [row[0] for row in lines_in(view)] == [1, 1]
    assert view.horizontalScrollBar().maximum() == 0


def test_cells_give_up_padding_before_the_table_scrolls(qtbot: QtBot, theme: Theme) -> None:
    row = "|".join(r"$\rule{3em}{.5em}$" for _ in range(7))
    view = MathView(theme, 20)
    qtbot.addWidget(view)
    view.show()
    view.set_markdown(f"|{'a|' * 7}\n|{'-|' * 7}\n|{row}|\n")
    (table,) = [part for part in view.document().rootFrame().childFrames() if isinstance(part, QTextTable)]
    seen = []
    for width in (500, 600, 900, 500):
        view.resize(width, 400)
        QApplication.processEvents()
        seen.append(table.format().toTableFormat().cellPadding())
        assert view.horizontalScrollBar().maximum() == 0, width
    assert seen[0] == seen[3] < seen[2] == 9
    assert seen[0] < seen[1] < seen[2]
