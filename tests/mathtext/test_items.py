"""The number of an item that is a formula in rows stands beside the first row."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.mathtext.view import MathView
from studyapp.theme import Theme

LINKS = r"\rule{6em}{.7em}=\rule{7em}{.7em}=\rule{8em}{.7em}"


def ink(image: QImage, columns: range) -> list[int]:
    """Rows of pixels with ink in these columns."""
    return [y for y in range(image.height()) if any(image.pixelColor(x, y).alpha() > 128 for x in columns)]


def shown(view: MathView, width: int) -> tuple[list[int], list[int]]:
    """Ink of the number, and of the formula."""
    view.resize(width, 260)
    QApplication.processEvents()
    image, indent = QImage(view.size(), QImage.Format.Format_ARGB32), view.document().indentWidth()
    image.fill(0)
    view.document().drawContents(painter := QPainter(image))
    painter.end()
    return ink(image, range(3, round(indent))), ink(image, range(round(indent) + 3, width))


@pytest.mark.parametrize("end", ["", "."])
def test_the_number_stands_beside_the_first_row(qtbot: QtBot, theme: Theme, end: str) -> None:
    view = MathView(theme, 16)
    qtbot.addWidget(view)
    view.set_markdown(f"1. ${LINKS}${end}")
    view.show()
    for width in (900, 250, 300, 900, 250):
        number, formula = shown(view, width)
        rows = [y for y in formula if y - 1 not in formula]
        assert len(rows) == (1 if width == 900 else 3 if width == 250 else 2), (width, rows)
        below = next(y for y in formula if y + 1 not in formula)
        assert abs(number[-1] - below) <= 2, f"one baseline at {width}"


def test_items_below_each_other_do_not_touch(qtbot: QtBot, theme: Theme) -> None:
    view = MathView(theme, 16)
    qtbot.addWidget(view)
    view.set_markdown(f"1. ${LINKS}$\n2. ${LINKS}$\n3. words")
    view.show()
    number, formula = shown(view, 250)
    tops = [y for y in formula if y - 1 not in formula]
    assert len(tops) == 7
    gaps = [after - before for before, after in pairwise(tops)]
    assert gaps[2] >= max(gaps[:2])
    assert len([y for y in number if y - 1 not in number]) == 3
