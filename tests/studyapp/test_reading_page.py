"""The Notes page beyond plain notes: units that fold, special pages, explained words, what was read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from notes_bench import link_at, reader, shown
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QStyle,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from content.glossing import Glossary
from engine.symbolic.jobs import CodeJob
from studyapp.diagrams.window import DiagramWindow
from studyapp.pages.notes import NotesPage
from studyapp.quiz_wish import QuizWish
from studyapp.reading.library import Library
from studyapp.reading.memory import ReadingMemory
from studyapp.reading.place import ReadingPlace
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.course_tree import CourseTree
from studyapp.widgets.note_head import NoteHead
from studyapp.widgets.outline import Outline
from studyapp.widgets.ways_button import WaysButton

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def page(qtbot: QtBot, store: Store, kept: Settings) -> NotesPage:
    return shown(qtbot, store, kept)


def tree(page: NotesPage) -> CourseTree:
    return page.findChild(CourseTree)


def title(page: NotesPage) -> str:
    return next(label.text() for label in page.findChild(NoteHead).findChildren(QLabel, "h1"))


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def button(page: NotesPage, name: str) -> QAbstractButton:
    return next(b for b in page.findChildren(QAbstractButton) if b.accessibleName() == name and b.isVisible())


def led(page: NotesPage) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    page.navigate.connect(lambda where, target: found.append((where, target)))
    return found


def explained_note(store: Store) -> tuple[str, str]:
    """A note with an explained word, and the word's id."""
    glossary = Glossary(store.terms())
    for topic in store.topics():
        places = glossary.places(topic.body, topic.id)
        if places:
            return topic.id, places[0].term
    pytest.fail("no note has a word of the glossary")


# --- the course on the left ----------------------------------------------------------------------


def test_a_unit_folds_by_key_and_by_mouse_and_stays_so(
    qtbot: QtBot, page: NotesPage, store: Store, kept: Settings
) -> None:
    unit = store.units()[0]
    page.open(f"unit:{unit.id}")
    item = tree(page).tree.currentItem()
    assert item.isExpanded()
    tree(page).tree.setFocus()
    press(qtbot, Qt.Key.Key_Left)
    assert not item.isExpanded()
    assert tree(page).folded == (unit.id,)
    page.closing()
    again = shown(qtbot, store, kept)
    assert tree(again).folded == (unit.id,)
    assert not tree(again).tree.currentItem().isExpanded()
    arrow = tree(again).tree.visualItemRect(tree(again).tree.currentItem())
    qtbot.mouseClick(
        tree(again).tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(6, arrow.center().y())
    )
    assert tree(again).folded == ()


def test_all_units_fold_at_once(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    press(qtbot, Qt.Key.Key_U, ALT)
    assert tree(page).folded == tuple(sorted(unit.id for unit in store.units()))
    press(qtbot, Qt.Key.Key_U, ALT)
    assert tree(page).folded == ()


def test_a_note_in_a_folded_unit_is_still_found_and_led_to(
    qtbot: QtBot, page: NotesPage, store: Store
) -> None:
    press(qtbot, Qt.Key.Key_U, ALT)
    tree(page).box.setText("forget")
    assert "forget-gate" in tree(page).shown
    assert tree(page).folded == tuple(sorted(unit.id for unit in store.units())), "not by hand"
    tree(page).box.clear()
    page.open("forget-gate")
    assert tree(page).current == "topic:forget-gate"
    assert "lstm" not in tree(page).folded


def test_a_unit_opens_its_page_with_all_its_notes(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    for unit in store.units():
        page.open(f"unit:{unit.id}")
        assert title(page) == unit.title
        for topic in store.topics():
            assert (f"](topic:{topic.id}): " in reader(page).markdown) == (topic.unit == unit.id), topic.id
    went = led(page)
    qtbot.mouseClick(button(page, "Quiz this unit"), Qt.MouseButton.LeftButton)
    mine = tuple(t.id for t in store.topics() if t.unit == store.units()[-1].id)
    assert went == [("quiz", QuizWish(mine))]


def test_a_unit_that_is_chosen_shows_its_notes_below_it(page: NotesPage, store: Store) -> None:
    for unit in store.units():
        page.open(f"unit:{unit.id}")
        QApplication.processEvents()
        item, seen = tree(page).tree.currentItem(), tree(page).tree.viewport().rect().adjusted(0, 0, 0, 2)
        rows = [item, *(item.child(number) for number in range(item.childCount()))]
        places = [tree(page).tree.visualItemRect(row) for row in rows]
        assert seen.contains(places[0]), unit.id
        assert seen.contains(places[-1]) or places[0].top() < 60, unit.id


def test_no_title_in_the_course_is_cut(page: NotesPage) -> None:
    for width in range(225, 300):
        tree(page).setFixedWidth(width)
        QApplication.processEvents()
        for item in tree(page)._items():
            assert_whole(tree(page).tree, item)


def assert_whole(view: QTreeWidget, item: QTreeWidgetItem) -> None:
    """The style leaves as much room as the words need."""
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)  # with the size of its icons
    view.itemDelegate().initStyleOption(option, view.indexFromItem(item))
    option.rect = view.visualItemRect(item)
    room = view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, view)
    beside = 2 * (view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, view) + 1)
    within = QRect(0, 0, room.width() - beside, 1000)
    needed = QFontMetrics(option.font).boundingRect(within, Qt.TextFlag.TextWordWrap, item.text(0))
    assert needed.height() <= room.height() + 1, item.text(0)
    assert needed.width() <= room.width(), item.text(0)


def test_an_outline_of_one_heading_leaves_its_place_to_the_text(page: NotesPage, store: Store) -> None:
    page.open(f"unit:{store.units()[0].id}")
    assert not page.findChild(Outline).isVisible()
    page.open("forget-gate")
    assert page.findChild(Outline).isVisible()
    page.resize(1600, 900)
    page.open(f"unit:{store.units()[0].id}")
    assert page.findChild(Outline).isVisible()


# --- what was read ---------------------------------------------------------------------------


def test_what_was_read_is_kept_in_the_bank_and_shown_everywhere(
    qtbot: QtBot, page: NotesPage, store: Store, kept: Settings
) -> None:
    page.open("forget-gate")
    qtbot.mouseClick(button(page, "Mark as read"), Qt.MouseButton.LeftButton)
    assert button(page, "Read").isChecked()
    assert "Read, " in tree(page).tree.currentItem().toolTip(0)
    again = shown(qtbot, store, Settings(None))
    assert f"You have read 1 of {len(store.topics())} notes." in reader(again).markdown
    again.open("forget-gate")
    press(qtbot, Qt.Key.Key_D, CONTROL)
    assert not button(again, "Mark as read").isChecked()
    assert ReadingMemory(store, kept).read == frozenset()


def test_damaged_memories_are_empty(store: Store) -> None:
    kept = Settings(None)
    store.set_meta("notes.read", "[1, {")
    kept.keep_knobs("reading", {"folded": "all", "places": {"a": "b", "c": 3}})
    memory = ReadingMemory(store, kept)
    assert memory.read == frozenset()
    assert memory.folded == ()
    assert (memory.place("a"), memory.place("c")) == (0, 3)


def test_places_are_remembered_over_a_restart(
    qtbot: QtBot, page: NotesPage, store: Store, kept: Settings
) -> None:
    page.open("forget-gate")
    reader(page).go_to_heading(2)
    text = reader(page).textCursor().block().text()
    there = reader(page).cursorForPosition(QPoint(100, 6)).block().text()
    page.closing()
    again = shown(qtbot, store, kept)
    assert title(again) == "The forget gate"
    assert reader(again).cursorForPosition(QPoint(100, 6)).block().text() in (there, text)
    assert reader(again).down > 0


def test_reading_fills_the_bar(page: NotesPage) -> None:
    page.open("forget-gate")
    shares: list[float] = []
    reader(page).read.connect(shares.append)
    bar = reader(page).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    bar.setValue(bar.maximum())
    assert 0.3 < shares[0] < 0.95
    assert shares[-1] == 1.0


# --- explained words -------------------------------------------------------------------------


def test_a_word_explains_itself_under_the_mouse(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    note, term_id = explained_note(store)
    term = next(t for t in store.terms() if t.id == term_id)
    page.open(note)
    where = link_at(page, f"term:{term_id}")
    QTest.mouseMove(reader(page).viewport(), QPoint(2, 2))
    QTest.mouseMove(reader(page).viewport(), where)
    qtbot.waitUntil(lambda: reader(page).popover.term == term.term, timeout=3000)
    assert reader(page).popover.says == term.says
    assert reader(page).rect().contains(reader(page).popover.geometry())
    QTest.mouseMove(reader(page).viewport(), QPoint(2, 2))
    qtbot.waitUntil(lambda: not reader(page).popover.isVisible(), timeout=3000)


def test_a_word_explains_itself_to_the_keyboard_and_leads_to_the_glossary(
    qtbot: QtBot, page: NotesPage, store: Store
) -> None:
    note, term_id = explained_note(store)
    term = next(t for t in store.terms() if t.id == term_id)
    page.open(note)
    reader(page).setFocus()
    for _ in range(30):
        press(qtbot, Qt.Key.Key_Tab)
        if reader(page).popover.term == term.term:
            break
    assert reader(page).popover.term == term.term
    press(qtbot, Qt.Key.Key_Escape)
    assert not reader(page).popover.isVisible()
    assert title(page) != "Glossary"
    press(qtbot, Qt.Key.Key_Return)
    assert title(page) == "Glossary"
    assert tree(page).current == "glossary"
    headings = [b.text() for b in reader(page)._headings()]
    assert term.term in headings


def test_only_the_first_place_of_a_word_is_marked(store: Store) -> None:
    shelf = Library(store, ReadingMemory(store, Settings(None)))
    for topic in store.topics():
        marked = shelf.text(ReadingPlace("topic", topic.id)).markdown
        for term in store.terms():
            links = marked.count(f"](term:{term.id})") - topic.body.count(f"](term:{term.id})")
            assert links in (0, 1), (topic.id, term.id)
            assert not (links and term.topic == topic.id), "a note does not explain its own words"


# --- special pages ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "name", "hint"),
    [("glossary", "Glossary", "Filter the words"), ("formulas", "Formula sheet", "Filter the formulas"),
     ("diagrams", "Diagrams", "Filter the pictures"), ("put-right", "Put right", "Filter what is put right"),
     ("exam", "In the exam", "Filter what to know for the exam")],
)  # fmt: skip
def test_a_special_page_is_filtered_as_one_types(
    qtbot: QtBot, page: NotesPage, store: Store, key: str, name: str, hint: str
) -> None:
    page.open(key)
    assert title(page) == name
    everything = len(reader(page)._headings())
    press(qtbot, Qt.Key.Key_L, CONTROL)
    box = QApplication.focusWidget()
    assert box.accessibleName() == hint
    qtbot.keyClicks(box, "zzzz")
    qtbot.waitUntil(lambda: "Nothing here has these words" in reader(page).toPlainText(), timeout=3000)
    box.clear()
    qtbot.waitUntil(lambda: len(reader(page)._headings()) == everything, timeout=3000)
    assert everything > 0


def test_every_term_formula_and_picture_can_be_led_to(page: NotesPage, store: Store) -> None:
    shelf = Library(store, ReadingMemory(store, Settings(None)))
    things = [ReadingPlace("glossary", item=name) for name in shelf.terms]
    things += [ReadingPlace("formulas", item=name) for name in shelf.formulas]
    things += [ReadingPlace("diagrams", item=name) for name in shelf.diagrams]
    for where in things:
        assert where.item in shelf.text(where).anchors, where
    for where in things[::40]:
        page.open(where)
        heading = reader(page)._headings()[shelf.text(where).anchors[where.item]]
        assert heading.text().strip(), where
    assert len(things) >= 3


def test_the_formulas_of_one_unit_and_back_to_all(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    unit = store.formulas()[-1].unit
    page.open(f"formulas:{unit}")
    names = {u.id: u.title for u in store.units()}
    assert title(page) == f"Formula sheet: {names[unit]}"
    headings = [block.text() for block in reader(page)._headings()]
    assert headings == [one.title for one in store.formulas() if one.unit == unit]
    assert tree(page).current == "formulas"
    qtbot.mouseClick(button(page, "All formulas"), Qt.MouseButton.LeftButton)
    assert title(page) == "Formula sheet"
    assert len(reader(page)._headings()) > len(headings)


def test_the_formulas_of_a_unit_lead_to_those_of_the_next(
    qtbot: QtBot, page: NotesPage, store: Store
) -> None:
    with_formulas = {one.unit for one in store.formulas()}
    units = [unit for unit in store.units() if unit.id in with_formulas]
    page.open(f"formulas:{units[0].id}")
    for before, after in pairwise(units):
        assert title(page) == f"Formula sheet: {before.title}"
        qtbot.mouseClick(button(page, f"Formula sheet: {after.title}"), Qt.MouseButton.LeftButton)
    assert title(page) == f"Formula sheet: {units[-1].title}"
    reader(page).setFocus()
    press(qtbot, Qt.Key.Key_Down, ALT)
    assert title(page) == f"Formula sheet: {units[-1].title}", "and stays at the last"
    press(qtbot, Qt.Key.Key_Up, ALT)
    assert title(page) == f"Formula sheet: {units[-2].title}"


def test_only_the_contents_lead_to_the_first_unit(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    first = store.units()[0].title
    for special in ("formulas", "glossary", "diagrams", "exam", "put-right"):
        page.open(special)
        here = title(page)
        assert not [b for b in page.findChildren(QAbstractButton) if first in b.text() and b.isVisible()]
        reader(page).setFocus()
        press(qtbot, Qt.Key.Key_Down, ALT)
        assert title(page) == here
    page.open("contents")
    press(qtbot, Qt.Key.Key_Down, ALT)
    assert title(page) == first


def test_the_outline_of_one_unit_lists_its_formulas(page: NotesPage, store: Store) -> None:
    titles = [one.title for one in store.formulas() if one.unit == "lstm"]
    page.open("formulas:lstm")
    outline = page.findChild(Outline)
    assert outline.isVisible()
    assert [outline.list.item(n).text().strip() for n in range(outline.list.count())] == titles
    page.open("formulas")
    assert outline.list.count() == len({one.unit for one in store.formulas()})


def test_a_picture_of_the_gallery_has_one_window(page: NotesPage, store: Store) -> None:
    first, second = store.diagrams()[:2]
    page.open("diagrams")
    for wanted in (first, first, second, first):
        page.follow(f"diagram:{wanted.id}")
    titles = sorted(window.windowTitle() for window in page.window().findChildren(DiagramWindow))
    assert titles == sorted([first.title, second.title])


def test_copying_a_formula(page: NotesPage, store: Store) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    page.open("formulas")
    formula = store.formulas()[0]
    reader(page).link.emit(f"copy:{formula.id}")
    assert QGuiApplication.clipboard().text() == formula.latex.strip()
    assert len(said) == 1
    reader(page).link.emit(f"check:{formula.id}")
    assert title(page) == "Formula sheet"


def test_the_glossary_outline_has_letters_only(page: NotesPage) -> None:
    page.open("glossary")
    outline = page.findChild(Outline).list
    letters = [outline.item(row).text().strip() for row in range(outline.count())]
    assert all(len(letter) == 1 or letter == "0-9" for letter in letters)
    assert letters == sorted(letters)


@pytest.mark.parametrize(
    "address", ["unit:none", "term:none", "formula:none", "diagram:none", "formulas:none"]
)
def test_a_place_that_there_is_not_is_said(page: NotesPage, address: str) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    before = title(page)
    page.open(address)
    page.follow(address)
    assert len(said) == 2
    assert all("none" in words for words in said)
    assert title(page) == before


def test_words_on_a_page_are_found_and_marked(page: NotesPage) -> None:
    page.open(ReadingPlace("topic", "forget-gate", words="sigmoid"))
    assert reader(page).textCursor().selectedText().lower() == "sigmoid"
    assert reader(page).viewport().rect().contains(reader(page).cursorRect().center())


# --- where the buttons lead ------------------------------------------------------------------


def test_lab_and_derive_lead_there_at_once_or_ask_which(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    went = led(page)
    ways = WaysButton(Theme("light"), "sigma", "Derive")
    qtbot.addWidget(ways)
    gone: list[str] = []
    ways.went.connect(gone.append)
    assert ways.isHidden()
    ways.set_ways([("code:digits", "Digits")])
    ways.click()
    assert gone == ["code:digits"]
    ways.set_ways([("code:digits", "Digits"), ("code:fibonacci", "Fibonacci & more")])
    menu = ways.menu_of_ways()
    assert [action.text() for action in menu.actions()] == ["Digits", "Fibonacci && more"]
    menu.actions()[1].trigger()
    assert gone[-1] == "code:fibonacci"
    page.follow(gone[0])
    page.follow("lab:vanishing")
    assert [where for where, _ in went] == ["derive", "lab"]
    assert isinstance(went[0][1], CodeJob)
    assert went[1][1] == "vanishing"


def test_buttons_of_a_note_stand_in_its_width(page: NotesPage, store: Store) -> None:
    for topic in store.topics()[::5]:
        page.open(topic.id)
        QApplication.processEvents()
        head = page.findChild(NoteHead)
        for one in head.findChildren(QAbstractButton):
            if one.isVisible():
                place = one.mapTo(head, QPoint(0, 0))
                assert place.x() >= 0 and place.x() + one.width() <= head.width(), (topic.id, one.text())
                assert one.height() >= one.sizeHint().height() - 2, (topic.id, one.text())
