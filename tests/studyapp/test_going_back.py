"""Alt+Left and the mouse's back button inside Notes and out of it, in a real window."""

from __future__ import annotations

import pytest
from notes_bench import reader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from studyapp import window as shell
from studyapp.pages.notes import NotesPage
from studyapp.reading.place import ReadingPlace
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.note_head import NoteHead
from studyapp.widgets.page import Page
from studyapp.window import PageSpec, Window

ALT = Qt.KeyboardModifier.AltModifier

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def window(qtbot: QtBot, store: Store, kept: Settings) -> Window:
    theme = Theme("light")
    names = ("home", "notes", "lab", "derive", "cards", "quiz")
    made_of = {"notes": lambda: NotesPage(theme, store, kept)}
    pages = [PageSpec(name, name.capitalize(), "house", made_of.get(name, Page)) for name in names]
    made = Window(theme, kept, pages)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_page("home")
    return made


def notes(window: Window) -> NotesPage:
    found = window.page("notes")
    assert isinstance(found, NotesPage)
    return found


def seen(window: Window) -> str:
    """What is on screen: a title of Notes, or the id of another page."""
    QApplication.processEvents()
    if window.page_id != "notes":
        return window.page_id
    return next(label.text() for label in notes(window).findChild(NoteHead).findChildren(QLabel, "h1"))


def back(qtbot: QtBot, window: Window) -> str:
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Left, ALT)
    return seen(window)


def follow(window: Window, address: str) -> str:
    reader(notes(window)).link.emit(address)
    return seen(window)


def scroll(window: Window, down: int) -> None:
    QApplication.processEvents()
    reader(notes(window)).verticalScrollBar().setValue(down)
    assert reader(notes(window)).down == down


def test_from_a_note_back_to_the_list_it_was_opened_from(qtbot: QtBot, window: Window) -> None:
    window.show_page("notes", "exam")
    start = seen(window)
    scroll(window, 777)
    reader(notes(window)).setFocus()
    assert follow(window, "topic:forget-gate") == "The forget gate"
    scroll(window, 222)
    assert follow(window, "topic:lstm-motivation") == "Why LSTM, and the core idea"
    assert back(qtbot, window) == "The forget gate"
    assert reader(notes(window)).down == 222
    assert back(qtbot, window) == start
    assert reader(notes(window)).down == 777
    assert QApplication.focusWidget() is reader(notes(window)), "one reads on where one read"
    assert [back(qtbot, window) for _ in range(2)] == ["home", "home"]


@pytest.mark.parametrize("address", ["glossary", "formulas:lstm", "diagrams", "put-right", "unit:lstm"])
def test_a_special_page_is_found_again_where_it_was_left(qtbot: QtBot, window: Window, address: str) -> None:
    window.show_page("notes", address)
    start = seen(window)
    scroll(window, 150)
    follow(window, "topic:forget-gate")
    assert back(qtbot, window) == start
    assert reader(notes(window)).down == 150


def test_what_was_looked_for_is_not_looked_for_again(qtbot: QtBot, window: Window, store: Store) -> None:
    window.show_page("notes", ReadingPlace("glossary", item=store.terms()[-1].id))
    scroll(window, 31)
    follow(window, "topic:forget-gate")
    back(qtbot, window)
    assert reader(notes(window)).down == 31


def test_next_and_the_page_before_are_steps_too(qtbot: QtBot, window: Window) -> None:
    window.show_page("notes", "forget-gate")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, ALT)
    following = seen(window)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up, ALT)
    assert seen(window) == "The forget gate" != following
    assert [back(qtbot, window) for _ in range(3)] == [following, "The forget gate", "home"]


def test_pages_and_places_are_gone_back_in_the_order_they_were_seen(qtbot: QtBot, window: Window) -> None:
    window.show_page("notes", "forget-gate")
    follow(window, "topic:lstm-motivation")
    window.show_page("lab")
    window.show_page("notes", "contents")
    assert seen(window) == "Contents"
    found = [back(qtbot, window) for _ in range(4)]
    assert found == ["lab", "Why LSTM, and the core idea", "The forget gate", "home"]


def test_a_look_at_the_notes_leads_back_to_where_one_was(qtbot: QtBot, window: Window) -> None:
    window.show_page("notes", "forget-gate")
    follow(window, "topic:lstm-motivation")
    window.show_page("lab")
    window.show_page("notes")
    assert back(qtbot, window) == "lab"


def test_the_same_place_again_is_no_step(qtbot: QtBot, window: Window) -> None:
    window.show_page("notes", "forget-gate")
    for _ in range(3):
        follow(window, "topic:forget-gate")
        window.show_page("notes")
    assert back(qtbot, window) == "home"


def test_the_back_button_of_the_mouse_over_the_text(qtbot: QtBot, window: Window) -> None:
    window.show_page("notes", "forget-gate")
    follow(window, "topic:lstm-motivation")
    qtbot.mouseClick(reader(notes(window)).viewport(), Qt.MouseButton.BackButton)
    assert seen(window) == "The forget gate"


def test_so_many_steps_are_kept_and_no_more(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "_MOST_STEPS", 3)
    window.show_page("notes", "forget-gate")
    titles = [follow(window, f"topic:{name}") for name in ("lstm-motivation", "forget-gate")]
    titles.append(follow(window, "contents:"))
    assert [back(qtbot, window) for _ in range(3)] == [titles[1], titles[0], titles[0]]


def test_each_visit_of_a_note_has_a_scroll_position_of_its_own(qtbot: QtBot, window: Window) -> None:
    window.show_page("notes", "forget-gate")
    for down in (100, 300):
        scroll(window, down)
        follow(window, "topic:lstm-motivation")
        follow(window, "topic:forget-gate")
    found = []
    for _ in range(2):
        back(qtbot, window)
        assert back(qtbot, window) == "The forget gate"
        found.append(reader(notes(window)).down)
    assert found == [300, 100]
