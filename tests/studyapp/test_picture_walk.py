"""Pictures inside a note by keys alone: Tab reaches them, walks their parts and goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from content.diagram_reader import shipped_diagram
from studyapp.diagrams.popover import PartPopover
from studyapp.diagrams.tips import spoken
from studyapp.diagrams.window import DiagramWindow
from studyapp.reading.heading import Heading
from studyapp.theme import Theme
from studyapp.widgets.note_card import NoteCard
from studyapp.widgets.note_pictures import NotePictures

TEXT = (
    "## The idea\n\nA [word](topic:before) before.\n\n![The cell](diagram:lstm-cell)\n\n"
    "A [word](topic:after) after.\n\n" + "More words to scroll through. " * 300
)
PARTS = shipped_diagram("lstm-cell").parts
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme("light")


@pytest.fixture
def pictures(theme: Theme) -> NotePictures:
    made = NotePictures(lambda: theme.colours)
    made.show_diagrams([shipped_diagram("lstm-cell")])
    return made


@pytest.fixture
def note(qtbot: QtBot, theme: Theme, pictures: NotePictures) -> NoteCard:
    made = NoteCard(theme, 16, pictures)
    qtbot.addWidget(made)
    made.resize(900, 520)  # lower than the picture with its heading
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    made.show_text(Heading(("unit:lstm", "LSTM"), "The LSTM", "What it is."), TEXT)
    made.reader.setFocus()
    QApplication.processEvents()
    return made


def press(note: NoteCard, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    qtbot.keyClick(note.window().focusWidget(), key, modifier)
    QApplication.processEvents()
    QApplication.processEvents()


def said(note: NoteCard) -> str:
    return " ".join(p.words for p in note.window().findChildren(PartPopover) if p.isVisible())


def link(note: NoteCard) -> str:
    """Where the keyboard is."""
    cursor = note.reader.textCursor()
    cursor.setPosition(cursor.selectionEnd())
    return str(cursor.charFormat().anchorHref())


def to_picture(note: NoteCard, qtbot: QtBot) -> None:
    press(note, qtbot, Qt.Key.Key_Tab)
    assert link(note) == "topic:before"
    press(note, qtbot, Qt.Key.Key_Tab)
    assert link(note) == "diagram:lstm-cell"


def test_tab_reaches_the_picture_walks_all_parts_and_goes_on(
    note: NoteCard, qtbot: QtBot, pictures: NotePictures
) -> None:
    shown = pictures("lstm-cell")
    assert shown is not None
    to_picture(note, qtbot)
    assert note.reader.accessibleName().startswith(f"Picture: LSTM cell, {len(PARTS)} parts")
    assert "LSTM cell" in said(note)
    assert shown.front == ""
    for number, part in enumerate(PARTS, 1):
        press(note, qtbot, Qt.Key.Key_Tab)
        assert shown.front == part.id
        assert spoken(part.says).rstrip(".") in said(note)
        name = note.reader.accessibleName()
        assert name.startswith(f"Picture: LSTM cell, part {number} of {len(PARTS)}: {spoken(part.label)}")
    press(note, qtbot, Qt.Key.Key_Tab)
    assert (link(note), shown.front, said(note)) == ("topic:after", "", "")
    assert note.reader.accessibleName() == "Note: The LSTM"


def test_backwards_it_comes_to_the_picture_and_to_the_word_before(
    note: NoteCard, qtbot: QtBot, pictures: NotePictures
) -> None:
    shown = pictures("lstm-cell")
    assert shown is not None
    to_picture(note, qtbot)
    for _ in range(2):
        press(note, qtbot, Qt.Key.Key_Tab)
    assert shown.front == PARTS[1].id
    press(note, qtbot, Qt.Key.Key_Backtab, SHIFT)
    assert shown.front == PARTS[0].id
    press(note, qtbot, Qt.Key.Key_Backtab, SHIFT)
    assert (link(note), shown.front) == ("diagram:lstm-cell", "")
    press(note, qtbot, Qt.Key.Key_Backtab, SHIFT)
    assert (link(note), said(note)) == ("topic:before", "")


def test_arrows_walk_round_and_escape_passes_the_rest(
    note: NoteCard, qtbot: QtBot, pictures: NotePictures
) -> None:
    shown = pictures("lstm-cell")
    assert shown is not None
    to_picture(note, qtbot)
    press(note, qtbot, Qt.Key.Key_Left)
    assert shown.front == PARTS[-1].id
    press(note, qtbot, Qt.Key.Key_Right)
    assert shown.front == PARTS[0].id
    press(note, qtbot, Qt.Key.Key_Down)
    press(note, qtbot, Qt.Key.Key_Up)
    assert shown.front == PARTS[0].id
    press(note, qtbot, Qt.Key.Key_Escape)
    assert (shown.front, said(note), link(note)) == ("", "", "diagram:lstm-cell")
    press(note, qtbot, Qt.Key.Key_Tab)
    assert link(note) == "topic:after", "not through the parts again"


def test_each_part_is_on_screen_when_it_is_explained(note: NoteCard, qtbot: QtBot) -> None:
    to_picture(note, qtbot)
    for part in PARTS:
        press(note, qtbot, Qt.Key.Key_Tab)
        (panel,) = [p for p in note.window().findChildren(PartPopover) if p.isVisible()]
        about = place_of(note, part.id)
        seen = note.reader.viewport().rect()
        assert seen.contains(about.center()), part.id
        assert about.height() > seen.height() or seen.contains(about), part.id
        corner = note.reader.viewport().mapTo(note.window(), QPoint(0, 0))
        covered = panel.geometry().intersected(about.translated(corner))
        assert covered.isEmpty() or about.width() > 500 or about.height() > 250, part.id


def place_of(note: NoteCard, part: str) -> QRect:
    """The part in the viewport, from where the picture was painted."""
    note.grab()
    _, place = next(iter(note.reader._picture_object.places.values()))
    shown = note._hover._pictures("lstm-cell").picture
    scale = place.width() / shown.size.width()
    bounds = shown.bounds(part)
    down = note.reader.verticalScrollBar().value()
    corner = bounds.topLeft() * scale + place.topLeft()
    return QRectF(corner.x(), corner.y() - down, *(bounds.size() * scale).toTuple()).toRect()


def test_enter_shows_it_large(note: NoteCard, qtbot: QtBot) -> None:
    links: list[str] = []
    note.reader.link.connect(links.append)
    to_picture(note, qtbot)
    press(note, qtbot, Qt.Key.Key_Tab)
    press(note, qtbot, Qt.Key.Key_Return)
    (window,) = note.window().findChildren(DiagramWindow)
    assert window.isVisible()
    assert links == []
    window.close()


def test_another_note_forgets_the_picture(note: NoteCard, qtbot: QtBot) -> None:
    to_picture(note, qtbot)
    press(note, qtbot, Qt.Key.Key_Tab)
    note.show_text(Heading(("unit:lstm", "LSTM"), "Another", ""), "Only words.")
    QApplication.processEvents()
    assert (said(note), note.reader.accessibleName()) == ("", "Note: Another")
    assert note.head.findChildren(QLabel)
