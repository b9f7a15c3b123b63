"""Room goes to the column that needs fewer lines with it: against all ways to share it, tried one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.mathtext.table_rows import Cell, Piece, lines, moved
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme

TASKS = """
| Task | Pattern |
|---|---|
| moods, junk mail | many to one |
| kinds of words (verb, noun and so on), names of persons and places | many to many, equal lengths |
| translation, summaries | many to many, other lengths |
| answers to questions | other lengths; or a start and an end marked in it |
| writing | one to many, or the next word again and again |
"""
cells = st.lists(st.builds(Piece, st.floats(1, 60), st.floats(0, 5)), min_size=1, max_size=8)
tables = st.integers(1, 4).flatmap(
    lambda rows: st.lists(st.lists(cells, min_size=rows, max_size=rows), min_size=2, max_size=4)
)


def height(columns: list[list[Cell]], widths: tuple[float, ...]) -> int:
    counts = [[lines(cell, width) for cell in column] for column, width in zip(columns, widths, strict=True)]
    return sum(max(row) for row in zip(*counts, strict=True))


@pytest.mark.parametrize(("width", "count"), [(100, 1), (65, 1), (64, 2), (35, 2), (34, 3), (10, 3)])
def test_lines_of_a_cell(width: float, count: int) -> None:
    """The space at the end of a line takes no room."""
    assert lines([Piece(20, 5), Piece(10, 10), Piece(20, 5)], width) == count


@given(tables, st.floats(0, 300))
def test_never_worse_and_of_the_same_sum(columns: list[list[Cell]], spare: float) -> None:
    least = [max(piece.width for cell in column for piece in cell) for column in columns]
    before = tuple(width + spare / len(least) for width in least)
    after = moved(columns, least, before)
    assert sum(after) == pytest.approx(sum(before))
    assert all(width >= low - 0.01 for width, low in zip(after, least, strict=True))
    assert height(columns, after) <= height(columns, before)


def test_two_columns_are_as_good_as_any() -> None:
    """Both have eight words in their second row; only the left one has a short one in the first."""
    word = Piece(40, 4)
    columns: list[list[Cell]] = [[[word], [word] * 8], [[word] * 6, [word] * 8]]
    best = min(height(columns, (width, 500 - width)) for width in range(40, 460))
    assert height(columns, (250, 250)) > best
    assert height(columns, moved(columns, (40, 40), (250, 250))) == best


@pytest.mark.parametrize("width", [560, 700])
def test_as_few_lines_as_any_width_of_the_first_column_gives(qtbot: QtBot, theme: Theme, width: int) -> None:
    """Counted in Qt's own layout."""
    view = MathView(theme, 16)
    qtbot.addWidget(view)
    view.resize(width, 500)
    view.show()
    view.set_markdown(TASKS)
    QApplication.processEvents()
    (table,) = [part for part in view.document().rootFrame().childFrames() if isinstance(part, QTextTable)]
    ours = drawn(view, table)
    form = table.format().toTableFormat()
    first, second = form.columnWidthConstraints()
    others = []
    for more in range(-120, 121, 4):
        form.setColumnWidthConstraints(
            [
                type(first)(first.type(), first.rawValue() + more),
                type(first)(first.type(), second.rawValue() - more),
            ]
        )
        table.setFormat(form)
        others.append(drawn(view, table))
    assert ours == min(others) < max(others)


def drawn(view: MathView, table: QTextTable) -> float:
    return view.document().documentLayout().frameBoundingRect(table).height()
