"""Notes on the real course, by real clicks and keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notes_bench import reader, shown
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from study_bench import Clock

from content.errors import NotABank
from content.records import Rating, Topic
from studyapp.pages.notes import NotesPage
from studyapp.quiz_wish import QuizWish
from studyapp.settings import NOTE_SIZE, NOTE_SIZES, Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.course_tree import CourseTree
from studyapp.widgets.find_bar import FindBar
from studyapp.widgets.nav import WIDTH
from studyapp.widgets.note_head import NoteHead
from studyapp.widgets.outline import Outline, headings
from studyapp.widgets.reader import MEASURE, Reader
from studyapp.window import SMALLEST

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
HOSTILE = ["__import__('os').system('touch pwned')", "9**9**9", "(" * 10_000, "\\", "[a-", "%s", "\x00"]


pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def page(qtbot: QtBot, store: Store, kept: Settings) -> NotesPage:
    return shown(qtbot, store, kept)


def topics(page: NotesPage) -> CourseTree:
    return page.findChild(CourseTree)


def plain(markdown: str) -> str:
    """A note without the links that explain its words."""
    return re.sub(r"\[([^\[\]]*)\]\(term:[a-z0-9-]+\)", r"\1", markdown)


def some(store: Store) -> list[Topic]:
    """The first and the last topic of each unit."""
    by_unit: dict[str, list[Topic]] = {}
    for topic in store.topics():
        by_unit.setdefault(topic.unit, []).append(topic)
    return [
        topic for mine in by_unit.values() for topic in {mine[0].id: mine[0], mine[-1].id: mine[-1]}.values()
    ]


def order(store: Store) -> list[str]:
    """The titles of all pages that follow on each other."""
    found: list[str] = []
    for topic in store.topics():
        if topic.order == min(t.order for t in store.topics() if t.unit == topic.unit):
            found.append(topic.unit_title)
        found.append(topic.title)
    return found


def title(page: NotesPage) -> str:
    """The title that is on screen."""
    return next(label.text() for label in page.findChild(NoteHead).findChildren(QLabel, "h1"))


def button(page: NotesPage, name: str) -> QWidget:
    return next(b for b in page.findChildren(QAbstractButton) if b.accessibleName() == name)


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def led(page: NotesPage) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    page.navigate.connect(lambda where, target: found.append((where, target)))
    return found


# --- reading -----------------------------------------------------------------------------------


def test_the_first_start_shows_the_contents(page: NotesPage, store: Store) -> None:
    assert title(page) == "Contents"
    assert topics(page).current == "contents"
    for topic in store.topics():
        assert f"(topic:{topic.id})" in reader(page).markdown
    assert topics(page).shown == tuple(topic.id for topic in store.topics())


def test_every_note_can_be_shown_without_a_formula_in_error(page: NotesPage, store: Store) -> None:
    from studyapp.mathtext.cache import Trouble, formulas

    formulas()._boxes.clear()  # other tests of this process have asked for formulas that are wrong
    for topic in store.topics():
        page.open(topic.id)
        assert title(page) == topic.title
        assert plain(reader(page).markdown) == plain(topic.body)
        for block in headings(topic.body):
            assert "\\" not in block[1], block
    troubles = [box for box in formulas()._boxes.values() if isinstance(box, Trouble)]
    assert not troubles


def test_up_and_down_go_through_units_and_topics(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    assert QApplication.focusWidget() is topics(page).tree
    assert topics(page).keys[:4] == ("contents", "formulas", "glossary", "diagrams")
    names = order(store)
    page.open(f"unit:{store.topics()[0].unit}")
    seen = [title(page)]
    for _ in range(9):
        press(qtbot, Qt.Key.Key_Down)
        seen.append(title(page))
    assert seen == names[:10], "across the end of a unit, too"
    press(qtbot, Qt.Key.Key_Up)
    assert title(page) == names[8]
    page.open(store.topics()[-1].id)
    press(qtbot, Qt.Key.Key_Down)
    assert title(page) == names[-1], "and stays at the last"


def test_alt_down_and_the_buttons_below_go_on_across_units(
    qtbot: QtBot, page: NotesPage, store: Store
) -> None:
    names = order(store)
    last = next(n for n, topic in enumerate(store.topics()) if topic.unit != store.topics()[n + 1].unit)
    page.open(store.topics()[last].id)
    here = names.index(store.topics()[last].title)
    reader(page).setFocus()
    press(qtbot, Qt.Key.Key_Down, ALT)
    assert title(page) == names[here + 1] == store.topics()[last + 1].unit_title
    qtbot.mouseClick(button(page, names[here + 2]), Qt.MouseButton.LeftButton)
    assert title(page) == names[here + 2]
    qtbot.mouseClick(button(page, names[here + 1]), Qt.MouseButton.LeftButton)
    press(qtbot, Qt.Key.Key_Up, ALT)
    assert title(page) == names[here]
    for _ in range(here + 3):
        press(qtbot, Qt.Key.Key_Up, ALT)
    assert title(page) == names[0], "and stays at the first"


def test_a_note_is_found_again_where_it_was_left(page: NotesPage, store: Store) -> None:
    first, second = store.topics()[:2]
    page.open(first.id)
    reader(page).verticalScrollBar().setValue(333)
    page.open(second.id)
    assert reader(page).down == 0
    page.open(first.id)
    assert reader(page).down == 333


def test_the_last_topic_is_there_at_the_next_start(
    qtbot: QtBot, page: NotesPage, store: Store, kept: Settings
) -> None:
    page.open("forget-gate")
    page.closing()
    assert kept.topic == "topic:forget-gate"
    assert title(shown(qtbot, store, kept)) == "The forget gate"
    kept.topic = "was-renamed"
    assert title(shown(qtbot, store, kept)) == "Contents"


def test_a_link_in_a_note_leads_to_the_other_note(page: NotesPage) -> None:
    page.open("forget-gate")
    reader(page).link.emit("topic:lstm-motivation")
    assert title(page) == "Why LSTM, and the core idea"


@pytest.mark.parametrize(
    "address", ["topic:no-such-note", "https://example.org/x", "file:///etc/passwd", "topic:"]
)
def test_a_link_to_nowhere_is_said(page: NotesPage, address: str) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    before = title(page)
    reader(page).link.emit(address)
    assert len(said) == 1
    assert title(page) == before


def test_what_a_topic_builds_on_is_a_link(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    page.open("forget-gate")
    needs = store.topic("forget-gate").needs
    assert needs
    state = next(label for label in page.findChildren(QLabel) if "Builds on" in label.text())
    state.linkActivated.emit(f"topic:{needs[0]}")
    assert title(page) == store.topic(needs[0]).title


def test_cards_and_questions_of_the_topic(qtbot: QtBot, page: NotesPage) -> None:
    page.open("forget-gate")
    went = led(page)
    qtbot.mouseClick(button(page, "Review cards"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(page, "Test me on this page"), Qt.MouseButton.LeftButton)
    assert went == [("cards", "forget-gate"), ("quiz", QuizWish(("forget-gate",)))]


def test_progress_follows_the_reviews(page: NotesPage, store: Store, clock: Clock) -> None:
    due = store.next_due(clock(), ("forget-gate",))
    assert due is not None
    page.open("forget-gate")
    store.answer(due.card.id, Rating.EASY, clock(), 900, by=object())
    cards = len(store.cards("forget-gate"))
    assert any(f"1 of {cards} cards known" in label.text() for label in page.findChildren(QLabel))


def test_a_topic_that_is_asked_for_before_the_bank_is_open_comes_when_it_is(
    qtbot: QtBot, tmp_path: Path, clock: Clock, kept: Settings
) -> None:
    store = Store(tmp_path / "bank.db", clock)
    page = shown(qtbot, store, kept)
    assert any("Opening your bank" in label.text() for label in page.findChildren(QLabel))
    page.open("output-gate")
    with qtbot.waitSignal(store.opened, timeout=20_000):
        store.open()
    assert title(page) == store.topic("output-gate").title
    store.close()


def test_without_a_bank_it_says_so(qtbot: QtBot, tmp_path: Path, clock: Clock, kept: Settings) -> None:
    store = Store(tmp_path / "bank.db", clock)
    page = shown(qtbot, store, kept)
    store.failed.emit(NotABank(tmp_path, "This is not a bank.", "Choose another."))
    assert any(label.text() == "No bank is open" and label.isVisible() for label in page.findChildren(QLabel))


# --- finding -----------------------------------------------------------------------------------


def test_the_filter_leaves_the_notes_that_have_all_words(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    press(qtbot, Qt.Key.Key_L, CONTROL)
    qtbot.keyClicks(topics(page).box, "Sigmoid forget")
    wanted = [
        t.id
        for t in store.topics()
        if all(w in f"{t.unit_title} {t.title} {t.summary} {t.body}".lower() for w in ("sigmoid", "forget"))
    ]
    assert list(topics(page).shown) == wanted
    assert 0 < len(wanted) < len(store.topics())
    press(qtbot, Qt.Key.Key_Return)
    assert topics(page).current.removeprefix("topic:") in wanted
    assert QApplication.focusWidget() is topics(page).tree


def test_escape_empties_the_filter(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    press(qtbot, Qt.Key.Key_L, CONTROL)
    qtbot.keyClicks(topics(page).box, "zzzz")
    assert topics(page).shown == ()
    assert any(label.isVisible() and "No note" in label.text() for label in topics(page).findChildren(QLabel))
    press(qtbot, Qt.Key.Key_Escape)
    assert len(topics(page).shown) == len(store.topics())


def test_a_topic_that_is_filtered_away_can_still_be_led_to(qtbot: QtBot, page: NotesPage) -> None:
    qtbot.keyClicks(topics(page).box, "fibonacci")
    page.open("forget-gate")
    assert title(page) == "The forget gate"
    assert "forget-gate" in topics(page).shown


def test_find_goes_from_place_to_place(qtbot: QtBot, page: NotesPage, store: Store) -> None:
    page.open("forget-gate")
    press(qtbot, Qt.Key.Key_F, CONTROL)
    bar = page.findChild(FindBar)
    assert QApplication.focusWidget() is bar.box
    qtbot.keyClicks(bar.box, "memory")
    text = reader(page).toPlainText().lower()
    assert bar.count.text() == f"1 of {text.count('memory')}"
    places = [reader(page).textCursor().selectionStart()]
    for _ in range(text.count("memory")):
        press(qtbot, Qt.Key.Key_Return)
        places.append(reader(page).textCursor().selectionStart())
    assert places[0] == places[-1], "after the last comes the first"
    assert len(set(places)) == text.count("memory")
    press(qtbot, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert reader(page).textCursor().selectionStart() == max(places)
    assert bar.count.text() == f"{text.count('memory')} of {text.count('memory')}"
    press(qtbot, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert reader(page).extraSelections() == []


def test_find_begins_at_what_is_on_screen(qtbot: QtBot, page: NotesPage) -> None:
    page.open("forget-gate")
    press(qtbot, Qt.Key.Key_F, CONTROL)
    bar = page.findChild(FindBar)
    qtbot.keyClicks(bar.box, "memory")
    press(qtbot, Qt.Key.Key_Escape)
    scroll = reader(page).verticalScrollBar()
    scroll.setValue(scroll.maximum() // 2)
    first_seen = reader(page).cursorForPosition(QPoint(0, 0)).position()
    press(qtbot, Qt.Key.Key_F, CONTROL)
    starts = [mark.cursor.selectionStart() for mark in reader(page).extraSelections()]
    here = next(number for number, start in enumerate(starts, 1) if start >= first_seen)
    assert 1 < here < len(starts), "or the test shows nothing"
    assert bar.count.text() == f"{here} of {len(starts)}"
    press(qtbot, Qt.Key.Key_F3)
    assert bar.count.text() == f"{here + 1} of {len(starts)}"
    bar.box.clear()
    qtbot.keyClicks(bar.box, "no such word")
    assert bar.count.text() == "not found"


@pytest.mark.parametrize("width", [SMALLEST[0] - WIDTH, 1072, 1400])
def test_no_note_scrolls_sideways(qtbot: QtBot, store: Store, kept: Settings, width: int) -> None:
    page = shown(qtbot, store, kept, width)
    page.resize(width, 800)  # once more: in a narrow one the outline has just gone
    for topic in store.topics() if width < 1072 else some(store):
        page.open(topic.id)
        QApplication.processEvents()
        assert reader(page).horizontalScrollBar().maximum() <= 2, topic.id
        assert not reader(page).horizontalScrollBar().isVisible(), topic.id
        assert page.width() == width, f"{topic.id} asks for a wider window"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_finds_nothing_and_does_nothing(
    qtbot: QtBot, page: NotesPage, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page.findChild(FindBar).begin()
    for box in (topics(page).box, page.findChild(FindBar).box):
        box.setText(text)
        QApplication.processEvents()
        assert len(box.text()) <= 100
    assert not (tmp_path / "pwned").exists()


# --- the outline -------------------------------------------------------------------------------


def test_the_outline_leads_to_its_heading_and_follows_the_reading(qtbot: QtBot, page: NotesPage) -> None:
    page.open("forget-gate")
    outline = page.findChild(Outline).list
    names = [outline.item(row).text() for row in range(outline.count())]
    assert names[0] == "The idea"
    assert outline.currentRow() == 0
    row = names.index("In the exam")
    where = outline.visualItemRect(outline.item(row)).center()
    qtbot.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=where)
    top = reader(page).cursorForPosition(QPoint(10, 14)).block().text()
    assert top == "In the exam"
    assert outline.currentRow() == row
    reader(page).verticalScrollBar().setValue(0)
    assert outline.currentRow() == 0


def test_every_heading_of_the_outline_is_one_of_the_text(page: NotesPage, store: Store) -> None:
    """Counted in the rendered document, which knows nothing of our reading of the source."""
    for topic in some(store):
        page.open(topic.id)
        block, levels = reader(page).document().begin(), []
        while block.isValid():
            levels += [block.blockFormat().headingLevel()] if block.blockFormat().headingLevel() else []
            block = block.next()
        assert levels == [level for level, _ in headings(topic.body)], topic.id


def test_all_lines_of_a_heading_in_the_outline_are_indented(qtbot: QtBot) -> None:
    outline = Outline()
    qtbot.addWidget(outline)
    outline.setFixedSize(176, 400)
    words = "Shapley value for two features"
    outline.show_note(f"## One\n\n### {words}\n\n## {words}")
    outline.show()

    def inked(row: int) -> list[int]:
        """The first dark column of each half of a row of two lines."""
        place = outline.list.visualItemRect(outline.list.item(row))
        image = outline.list.viewport().grab(place).toImage()
        back, half = image.pixel(2, 2), image.height() // 2
        return [
            min(x for x in range(image.width()) for y in rows if image.pixel(x, y) != back)
            for rows in (range(half), range(half, image.height()))
        ]

    assert [outline.list.item(row).text() for row in range(3)] == ["One", words, words]
    first, second = inked(1), inked(2)
    assert abs(first[0] - first[1]) <= 2
    assert first[1] >= second[1] + 5
    outline.show_note(f"### {words}\n\n### {words}")  # nothing to be indented against
    assert inked(0) == second


def test_no_heading_of_the_outline_is_cut(page: NotesPage, store: Store) -> None:
    outline = page.findChild(Outline).list
    for topic in some(store):
        page.open(topic.id)
        QApplication.processEvents()
        for row in range(outline.count()):
            item = outline.item(row)
            place, words = outline.visualItemRect(item), outline.fontMetrics().horizontalAdvance(item.text())
            assert place.right() < outline.viewport().width(), item.text()
            lines = round((place.height() - 16) / outline.fontMetrics().lineSpacing())
            assert words <= 170 * lines, item.text()
            assert item.toolTip() == item.text().strip()


def test_a_scroll_bar_of_the_outline_cuts_no_heading(qtbot: QtBot) -> None:
    outline = Outline()
    qtbot.addWidget(outline)
    words = "Attention mechanism"
    outline.list.ensurePolished()
    outline.setFixedSize(outline.list.fontMetrics().horizontalAdvance(words) + 30, 200)
    outline.show_note(f"## {words}")
    outline.show()
    line = outline.list.fontMetrics().lineSpacing()
    assert outline.list.visualItemRect(outline.list.item(0)).height() < 2 * line + 16
    outline.show_note(f"## {words}\n\n" * 20)
    qtbot.waitUntil(lambda: outline.list.verticalScrollBar().isVisible())
    assert outline.list.visualItemRect(outline.list.item(0)).height() >= 2 * line + 16


def test_headings_leave_code_alone_and_formulas_plain() -> None:
    text = "## First: $T(n)=3\\,T(n-1)$\n\n```python\n## not one\n```\n\n### $\\sqrt{1225}$ by hand\n#no"
    assert headings(text) == [(2, "First: T(n)=3T(n-1)"), (3, "√1225 by hand")]


@given(st.text(max_size=200))
def test_headings_read_anything(text: str) -> None:
    assert all(1 <= level <= 6 for level, _ in headings(text))


# --- size and measure --------------------------------------------------------------------------


def test_text_size_by_keys_and_buttons(qtbot: QtBot, page: NotesPage, kept: Settings) -> None:
    press(qtbot, Qt.Key.Key_Plus, CONTROL)
    assert reader(page).px == NOTE_SIZE + 1
    qtbot.mouseClick(button(page, "Larger text"), Qt.MouseButton.LeftButton)
    assert kept.note_size == NOTE_SIZE + 2
    for _ in range(30):
        press(qtbot, Qt.Key.Key_Minus, CONTROL)
    assert reader(page).px == NOTE_SIZES[0]
    press(qtbot, Qt.Key.Key_0, CONTROL)
    assert reader(page).px == NOTE_SIZE == kept.note_size


@pytest.mark.parametrize("width", [792, 1072, 1712])
def test_lines_have_a_readable_length_and_the_title_stands_above_them(
    qtbot: QtBot, store: Store, kept: Settings, width: int
) -> None:
    page = shown(qtbot, store, kept, width)
    text = reader(page).viewport()
    assert 330 <= text.width() <= MEASURE
    head = page.findChild(NoteHead).findChildren(QLabel, "h1")[0]
    left_of_text = text.mapTo(page, QPoint(0, 0)).x() + reader(page).document().documentMargin()
    assert head.mapTo(page, QPoint(0, 0)).x() == left_of_text
    assert page.findChild(Outline).isVisible() == (width >= 1000)


@pytest.mark.parametrize("width", [SMALLEST[0] - WIDTH, 1712])
def test_large_text_has_longer_lines(qtbot: QtBot, store: Store, kept: Settings, width: int) -> None:
    page = shown(qtbot, store, kept, width)
    before = reader(page).viewport().width()
    page._resize_text(28)
    QApplication.processEvents()
    assert reader(page).viewport().width() >= min(28 / 16 * before, before + 150)
    assert page.findChild(Outline).isVisible() == (width == 1712)
    page._resize_text(NOTE_SIZE)
    QApplication.processEvents()
    assert reader(page).viewport().width() == before


def test_no_title_of_the_course_is_cut(page: NotesPage) -> None:
    tree = topics(page).tree
    item = tree.topLevelItem(0)
    while item is not None:
        beside = tree.visualItemRect(item)  # already without the indentation
        room = beside.adjusted(26, 7, -10, -7)
        needed = item.font(0) if item.parent() is None else tree.font()
        metrics = QFontMetrics(needed)
        bounds = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, item.text(0))
        assert bounds.height() <= room.height() + 2, item.text(0)
        item = tree.itemBelow(item)


def test_a_tree_without_topics_is_empty(qtbot: QtBot) -> None:
    made = CourseTree(Theme("dark"))
    qtbot.addWidget(made)
    made.show_course([])
    assert made.shown == ()
    assert made.current == ""
    assert not made.choose("topic:forget-gate")
    made.show_course([Topic("a", "u", "U", 1, 1, "A", "", "")])
    assert made.choose("topic:a")
    assert made.current == "topic:a"


def test_a_link_to_a_derivation_hands_over_the_recurrence(page: NotesPage, qtbot: QtBot) -> None:
    page.open("linear-recurrences")
    with qtbot.waitSignal(page.navigate) as caught:
        page.findChild(Reader).link.emit("derive:T(n)%20=%203T(n-1),%20T(0)%20=%201")
    assert caught.args == ["derive", "T(n) = 3T(n-1), T(0) = 1"]
