"""What the network writes, with the prompt before it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.theme import Theme, dress
from studyapp.widgets.sampler import Sampler


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    dress(qapp)
    return Theme("light")


@pytest.fixture
def sampler(qtbot: QtBot, theme: Theme) -> Sampler:
    made = Sampler(theme)
    qtbot.addWidget(made)
    return made


def colour_at(sampler: Sampler, place: int) -> str:
    """Of the character before `place`."""
    cursor = QTextCursor(sampler.text.document())
    cursor.setPosition(place)
    return cursor.charFormat().foreground().color().name()


def test_the_prompt_stands_dimmed_before_its_continuation(sampler: Sampler, theme: Theme) -> None:
    sampler.prompt.setText("the s")
    sampler.ask()
    sampler.show_text("ea and", 3, -1.0)
    assert sampler.text.toPlainText() == "the sea and"
    assert colour_at(sampler, 5) == theme.colour("muted").name()
    assert colour_at(sampler, 6) != theme.colour("muted").name()
    theme.choose("dark")
    assert colour_at(sampler, 5) == theme.colour("muted").name()
    assert sampler.text.toPlainText() == "the sea and"


def test_a_prompt_that_was_not_read_yet_is_not_shown(sampler: Sampler) -> None:
    sampler.ask()
    sampler.prompt.setText("late")
    sampler.show_text("abc", 3, -1.0)
    assert sampler.text.toPlainText() == "abc"


def test_words_keep_their_distance(sampler: Sampler) -> None:
    sampler.set_task("words")
    sampler.prompt.setText("the sea")
    sampler.ask()
    sampler.show_text("is blue", 3, -1.0)
    assert sampler.text.toPlainText() == "the sea is blue"


def test_blanks_alone_can_be_seen(sampler: Sampler) -> None:
    sampler.show_text("  \n ", 1, -1.0)
    assert sampler.text.toPlainText() == "␣␣↵\n␣"
    sampler.show_text(" a ", 2, -1.0)
    assert sampler.text.toPlainText() == " a "


def test_drawing_from_all_asks_for_nothing(qtbot: QtBot, sampler: Sampler) -> None:
    sampler.top_k.setValue(4)
    qtbot.wait(200)
    asked: list[object] = []
    sampler.asked.connect(lambda *what: asked.append(what))
    sampler.draw_from_all()
    qtbot.wait(200)
    assert sampler.top_k.value() == 0
    assert not asked
