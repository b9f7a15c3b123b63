"""The titles of the pages before and after: whole at every width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from studyapp.theme import Theme
from studyapp.widgets.ways_foot import WaysFoot, wrapped

LONG = "Activation, initialisation, optimizer and dropout"
SHORT = "GRU"


pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def foot(qtbot: QtBot) -> WaysFoot:
    made = WaysFoot(Theme("light"))
    qtbot.addWidget(made)
    made.show()
    return made


def shown(foot: WaysFoot) -> list[QPushButton]:
    QApplication.processEvents()
    return [button for button in foot.findChildren(QPushButton) if button.isVisible()]


def title(button: QPushButton) -> str:
    return " ".join(button.text().replace("\N{LEFT-TO-RIGHT MARK}", "").replace("&&", "&").split())


@pytest.mark.parametrize("width", [408, 520, 640, 900])
@pytest.mark.parametrize("titles", [(LONG, LONG), (LONG, SHORT), (SHORT, LONG), ("Q & A", "Why?")])
def test_both_titles_are_whole(foot: WaysFoot, width: int, titles: tuple[str, str]) -> None:
    foot.set_margins(10, 10)
    foot.show_ways(("a", titles[0]), ("b", titles[1]))
    foot.resize(width, 140)
    buttons = shown(foot)
    assert [title(button) for button in buttons] == list(titles)
    for button in buttons:
        assert button.width() >= button.sizeHint().width(), "it is cut"
        assert button.height() >= button.sizeHint().height(), "it is cut"
        assert foot.rect().contains(button.geometry())
    assert buttons[0].geometry().right() < buttons[1].geometry().left()
    assert foot.width() == width


def test_a_short_title_leaves_the_line_to_a_long_one(foot: WaysFoot) -> None:
    foot.show_ways(("a", SHORT), ("b", LONG))
    foot.resize(640, 60)
    assert "\n" not in shown(foot)[1].text()
    foot.resize(400, 80)
    assert "\n" in shown(foot)[1].text()
    assert shown(foot)[1].toolTip() == LONG
    foot.resize(640, 60)
    assert "\n" not in shown(foot)[1].text()


def test_they_lead_there_and_one_that_is_not_there_is_not_shown(foot: WaysFoot, qtbot: QtBot) -> None:
    went: list[str] = []
    foot.went.connect(went.append)
    foot.resize(640, 60)
    foot.show_ways(("topic:a", "A"), ("topic:b", "B"))
    for button in shown(foot):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert went == ["topic:a", "topic:b"]
    foot.show_ways(("", ""), ("topic:b", "B"))
    assert [button.accessibleName() for button in shown(foot)] == ["B"]


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=9), st.integers(1, 60))
def test_wrapped_keeps_all_words_and_no_line_is_needlessly_long(words: list[str], room: int) -> None:
    lines = wrapped(" ".join(words), room, len)
    assert " ".join(lines).split(" ") == words
    assert all(len(line) <= room or " " not in line for line in lines)
    if len(lines) == 2:
        best = min(
            max(len(" ".join(words[:cut])), len(" ".join(words[cut:]))) for cut in range(1, len(words))
        )
        assert max(map(len, lines)) == best
