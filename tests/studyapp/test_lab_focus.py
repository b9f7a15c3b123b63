"""The keyboard stays in the Lab when the control that had it is hidden, disabled or deleted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studyapp.lab_focus import LabFocus


class Window(QWidget):
    """A button outside, as the window has them, and a page with two controls."""

    def __init__(self) -> None:
        super().__init__()
        self.home, self.page = QPushButton("Home"), QWidget()
        self.page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.one, self.two = QPushButton("one"), QPushButton("two")
        inside = QVBoxLayout(self.page)
        inside.addWidget(self.one)
        inside.addWidget(self.two)
        around = QHBoxLayout(self)
        around.addWidget(self.home)
        around.addWidget(self.page)
        LabFocus(self.page)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Window:
    made = Window()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.two.setFocus()
    qtbot.waitUntil(made.two.hasFocus)
    return made


@pytest.mark.parametrize("vanish", ["hide", "disable"])
def test_what_vanishes_gives_the_keyboard_to_the_page(qtbot: QtBot, window: Window, vanish: str) -> None:
    if vanish == "hide":
        window.two.hide()
    else:
        window.two.setEnabled(False)
    qtbot.waitUntil(window.page.hasFocus)


def test_who_leaves_by_himself_is_let_go(qtbot: QtBot, window: Window) -> None:
    window.home.setFocus()
    qtbot.wait(30)
    assert window.home.hasFocus()


def test_a_page_that_is_left_takes_nothing_back(qtbot: QtBot, window: Window) -> None:
    window.page.hide()
    qtbot.wait(30)
    assert window.home.hasFocus()
