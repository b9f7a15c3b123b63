"""What is quoted has a bar beside it, on screen and on paper."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.mathtext.paper import HEIGHT, WIDTH, Sheets
from studyapp.mathtext.view import MathView
from studyapp.theme import LIGHT, Theme

TEXT = "before\n\n> said once,\n>\n> - and twice\n>\n> $$x$$\n\nbetween\n\n> again\n\nafter"


def runs(image: QImage, colour: str) -> dict[int, list[tuple[int, int]]]:
    """Columns with this colour: where it runs down 6 px at least."""
    wanted = QColor(colour).rgb()
    found: dict[int, list[tuple[int, int]]] = {}
    for x in range(image.width()):
        begin = None
        for y in range(image.height() + 1):
            same = y < image.height() and image.pixel(x, y) == wanted
            if same and begin is None:
                begin = y
            elif not same and begin is not None:
                if y - begin > 6:
                    found.setdefault(x, []).append((begin, y))
                begin = None
    return found


@pytest.mark.parametrize("name", ["light", "dark"])
def test_each_quote_has_one_bar(qtbot: QtBot, theme: Theme, name: str) -> None:
    view = MathView(theme, 16)
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show()
    view.set_markdown(TEXT)
    theme.choose(name)
    QApplication.processEvents()
    found = runs(view.grab().toImage(), theme.colours.accent)
    assert 2 <= len(found) <= 4, "it is thin"
    first, second = found[min(found) + 1]
    assert first[1] - first[0] > 60, "one for all that is said"
    assert second[0] - first[1] > 20, "what stands between has none"
    assert max(found) < view.document().indentWidth() - 4, "it does not touch the words"


def test_the_bar_moves_with_the_text(qtbot: QtBot, theme: Theme) -> None:
    view = MathView(theme, 16)
    qtbot.addWidget(view)
    view.resize(300, 120)
    view.show()
    view.set_markdown(TEXT)
    before = runs(view.grab().toImage(), theme.colours.accent)
    view.verticalScrollBar().setValue(10)
    after = runs(view.grab().toImage(), theme.colours.accent)
    x = min(before) + 1
    assert before[x][0][0] - after[x][0][0] == 10


@pytest.mark.parametrize(
    ("source", "place"),
    [("> a", 0), ("> - a", 0), ("- b\n\n  > a", 1), ("> - b\n> - a", 0), ("> > a", 0)],
)
def test_it_stands_where_the_quote_begins(qtbot: QtBot, theme: Theme, source: str, place: int) -> None:
    """Within lists around it, beside those in it."""
    view = MathView(theme, 16)
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    view.set_markdown(source)
    left = min(runs(view.grab().toImage(), theme.colours.accent))
    assert left // view.document().indentWidth() == place


def test_on_paper_too(qapp: QApplication) -> None:
    image = QImage(round(WIDTH), round(HEIGHT), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    Sheets(TEXT, "title").paint(painter, 0)
    painter.end()
    assert len(max(runs(image, LIGHT.accent).values(), key=len)) == 2
