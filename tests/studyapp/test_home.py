"""Home on a real bank with the real course: what it says is held against counting by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from study_bench import MONDAY_NOON, Clock

from content.errors import NotABank
from content.grading import grade
from content.loader import read_files
from content.records import Counts, Kind, Rating, Response, Topic, TopicProgress
from studyapp import up_next
from studyapp.mathtext.view import MathView
from studyapp.pages.cards import CardsPage
from studyapp.pages.home import HomePage
from studyapp.store import Store
from studyapp.theme import DARK, Theme
from studyapp.widgets.days_card import DaysCard
from studyapp.widgets.due_card import DueCard
from studyapp.widgets.formula_card import FormulaCard
from studyapp.widgets.heat_days import HeatDays
from studyapp.widgets.ring import Ring
from studyapp.widgets.row_button import RowButton
from studyapp.widgets.topic_map import TopicLine

DAY = 24 * 60


pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def page(qtbot: QtBot, store: Store, clock: Clock) -> HomePage:
    return shown(qtbot, store, clock)


def shown(qtbot: QtBot, store: Store, clock: Clock, theme: str = "dark") -> HomePage:
    made = HomePage(Theme(theme), store, clock)
    qtbot.addWidget(made)
    made.resize(1072, 800)
    made.show()
    qtbot.waitExposed(made)
    made.entered()
    QApplication.processEvents()
    return made


def words(widget: QWidget) -> str:
    """All that its visible labels say."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def led(page: HomePage) -> list[tuple[str, object]]:
    """Where the page wants to go, filled in as it happens."""
    found: list[tuple[str, object]] = []
    page.navigate.connect(lambda where, target: found.append((where, target)))
    return found


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def rows(page: HomePage) -> list[RowButton]:
    QApplication.sendPostedEvents(None, 0)
    return [row for row in page.findChildren(RowButton) if row.isVisible()]


# --- the first start ---------------------------------------------------------------------------


def test_a_new_student_is_told_where_to_begin(qtbot: QtBot, page: HomePage, store: Store) -> None:
    first = store.topics()[0]
    assert "20 cards are waiting, all new." in words(page)
    assert "Your first review will show up here." in words(page)
    assert rows(page)[0].words == first.title
    went = led(page)
    click(qtbot, rows(page)[0])
    click(qtbot, rows(page)[1])
    click(qtbot, rows(page)[2])
    assert went == [("notes", first.id), ("cards", first.id), ("quiz", first.id)]


def test_before_the_bank_is_open_nothing_is_made_up(qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    store = Store(tmp_path / "bank.db", clock)
    page = shown(qtbot, store, clock)
    assert "Opening your bank …" in words(page)
    assert "0%" not in words(page)
    assert "first review" not in words(page)
    assert not page.findChild(DueCard).button.isEnabled()
    with qtbot.waitSignal(store.opened, timeout=20_000):
        store.open()
    assert "20 cards are waiting" in words(page)
    store.close()


def test_without_a_bank_the_page_says_so_and_leads_to_the_lab(
    qtbot: QtBot, tmp_path: Path, clock: Clock
) -> None:
    store = Store(tmp_path / "bank.db", clock)
    page = shown(qtbot, store, clock)
    store.failed.emit(NotABank(tmp_path, "This is not a bank.", "Choose another."))
    assert "No bank is open" in words(page)
    assert "Due today" not in words(page)
    went = led(page)
    button = next(b for b in page.findChildren(QWidget, "primary") if b.isVisible())
    click(qtbot, button)
    assert went == [("lab", None)]


@pytest.fixture
def broken_store(
    qtbot: QtBot, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """A new bank of a course whose file of cards cannot be read; not open yet."""
    files = [(name, b"- a: [b" if name == "cards/forget-gate.yaml" else text) for name, text in read_files()]
    monkeypatch.setattr("content.loader.read_files", lambda _folder=None: files)
    made = Store(tmp_path / "bank.db", clock)
    yield made
    made.close()


def test_without_a_course_nothing_is_called_done(qtbot: QtBot, broken_store: Store, clock: Clock) -> None:
    page = shown(qtbot, broken_store, clock)
    with qtbot.waitSignal(broken_store.opened, timeout=20_000):
        broken_store.open()
    page.entered()
    said = words(page)
    assert "The course could not be read" in said
    assert "cards/forget-gate.yaml: line 2" in said
    assert "Put that file right or install StudyApp again, then start it again." in said
    assert "waiting" not in said
    assert "done" not in said.casefold()
    assert not page.findChild(DueCard).isVisible()
    cards = CardsPage(Theme("dark"), broken_store, clock)
    qtbot.addWidget(cards)
    cards.show()
    cards.entered()
    assert "The course could not be read; Home says why." in words(cards)
    assert "Done for today" not in words(cards)


@pytest.mark.parametrize("size", [(1072, 800), (1712, 1080)])
def test_all_of_home_is_seen_without_scrolling(page: HomePage, size: tuple[int, int]) -> None:
    """The sizes are those of the page in a window of 1280 by 800 and 1920 by 1080."""
    page.resize(*size)
    QApplication.processEvents()
    due = page.findChild(DueCard)
    assert due.height() <= due.sizeHint().height(), "no empty card around a lone number"
    formula = page.findChild(FormulaCard)
    for widget in (due.button, *rows(page), page.findChild(HeatDays), formula.open, formula.test):
        seen = widget.visibleRegion().boundingRect()
        assert seen == widget.rect(), f"{widget.accessibleName()} is cut"
    first, last = page.findChildren(TopicLine)[0], page.findChildren(TopicLine)[-1]
    assert not first.visibleRegion().isEmpty()
    assert last.visibleRegion().isEmpty(), "a long course scrolls in itself"


def test_the_keyboard_reaches_the_last_topic(qtbot: QtBot, page: HomePage) -> None:
    page.activateWindow()
    lines = page.findChildren(TopicLine)
    lines[-2].setFocus()
    qtbot.keyClick(lines[-2], Qt.Key.Key_Tab)
    assert lines[-1].hasFocus()
    assert lines[-1].visibleRegion().boundingRect() == lines[-1].rect()
    assert page.findChild(DueCard).button.visibleRegion().boundingRect().isValid(), "the rest has stayed"


# --- what is due -------------------------------------------------------------------------------


def test_the_number_due_is_the_number_of_cards_one_gets(
    qtbot: QtBot, page: HomePage, store: Store, clock: Clock
) -> None:
    """Cards are answered until the bank has none left; counting them is the oracle."""
    answered = set()
    while (due := store.next_due(clock())) is not None and len(answered) < 60:
        answered.add(due.card.id)
        store.answer(due.card.id, Rating.EASY, clock(), 1000)
    assert len(answered) == 20, "what the page said before"
    QApplication.processEvents()
    assert "All of today's cards are done." in words(page.findChild(DueCard))
    went = led(page)
    click(qtbot, page.findChild(DueCard).button)
    assert went == [("quiz", None)], "with nothing due the button offers a quiz"


def test_start_review_by_mouse_and_by_key(qtbot: QtBot, page: HomePage) -> None:
    went = led(page)
    click(qtbot, page.findChild(DueCard).button)
    page.activateWindow()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert went == [("cards", None), ("cards", None)]


def test_the_page_follows_what_another_page_does(page: HomePage, store: Store, clock: Clock) -> None:
    due = store.next_due(clock())
    assert due is not None
    store.answer(due.card.id, Rating.AGAIN, clock(), 1000, by=object())
    QApplication.processEvents()
    assert "19 new" in words(page.findChild(DueCard))
    assert "1 being learnt" in words(page.findChild(DueCard))
    store.undo(clock(), by=object())
    assert "cards, all new" in words(page.findChild(DueCard))


# --- how far -----------------------------------------------------------------------------------


def test_the_ring_shows_the_share_of_known_cards(page: HomePage, store: Store, clock: Clock) -> None:
    """Easy on a new card gives it a stability of more than a week: it is known."""
    for _ in range(14):
        due = store.next_due(clock())
        assert due is not None
        store.answer(due.card.id, Rating.EASY, clock(), 1000)
    cards = sum(len(store.cards(topic.id)) for topic in store.topics())
    ring = page.findChild(Ring)
    assert ring.accessibleDescription() == f"14 cards known and 14 met of {cards}"
    image = ring.grab().toImage()
    middle = ring.width() // 2
    assert image.pixelColor(middle + 6, 8 + 1).name() == DARK.accent, "the arc begins at the top"
    assert image.pixelColor(middle, ring.height() - 9).name() == DARK.raised, "and has not come half way"


def test_a_topic_leads_to_its_note(qtbot: QtBot, page: HomePage, store: Store) -> None:
    lines = page.findChildren(TopicLine)
    assert [line.accessibleName() for line in lines] == [topic.title for topic in store.topics()]
    went = led(page)
    click(qtbot, lines[3])
    lines[5].setFocus()
    qtbot.keyClick(lines[5], Qt.Key.Key_Space)
    assert went == [("notes", store.topics()[3].id), ("notes", store.topics()[5].id)]


@pytest.mark.parametrize("width", [792, 1072, 1712])
def test_no_title_is_cut_at_any_width(page: HomePage, width: int) -> None:
    page.resize(width, 800)
    QApplication.processEvents()
    for line in page.findChildren(TopicLine):
        needed = line.fontMetrics().boundingRect(line._room(500), Qt.TextFlag.TextWordWrap, line.topic.title)
        assert needed.height() <= line.height(), line.topic.title
    for label in page.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap() and label.text():
            assert label.width() >= label.sizeHint().width(), label.text()


def test_questions_answered_rightly_are_counted(page: HomePage, store: Store, clock: Clock) -> None:
    question = next(q for q in store.quiz(40, 1) if q.kind is Kind.CHOICE)
    right = tuple(n for n, option in enumerate(question.options) if option.right)
    mark = grade(question, Response(chosen=right))
    store.record_attempt(question, Response(chosen=right), mark, clock(), 1000)
    total = sum(p.questions for p in store.progress())
    assert f"1 of {total} questions right" in words(page)


# --- study days --------------------------------------------------------------------------------


def test_each_review_colours_its_day(qtbot: QtBot, store: Store, clock: Clock) -> None:
    for _ in range(3):  # Monday one review, Tuesday two, Wednesday three
        for _ in range(clock.moment.study_day - MONDAY_NOON.study_day + 1):
            due = store.next_due(clock())
            assert due is not None
            store.answer(due.card.id, Rating.EASY, clock(), 1000)
        clock.pass_minutes(DAY)
    clock.pass_minutes(-DAY)
    page = shown(qtbot, store, clock)
    heat = page.findChild(HeatDays)
    monday = MONDAY_NOON.study_day
    assert heat.words(monday) == "1 review on Monday, 23 November 2026"
    assert heat.words(monday + 2) == "3 reviews on Wednesday, 25 November 2026"
    assert "3 days in a row" in words(page.findChild(DaysCard))
    assert re.search(r"3\ntoday\n6\nthis week\n6\nin a year", words(page.findChild(DaysCard)))
    image = heat.grab().toImage()
    colours = {}
    for x in range(heat.width()):
        for y in range(heat.height()):
            day = heat.day_at(QPointF(x, y))
            if day is not None:
                colours.setdefault(day, set()).add(image.pixelColor(x, y).name())
    assert DARK.raised in colours[monday - 1]
    strength = [max(int(name[5:], 16) for name in colours[monday + n]) for n in range(3)]
    assert strength[0] < strength[1] < strength[2], "the more reviews, the stronger the colour"


def test_a_day_is_found_under_the_mouse(page: HomePage) -> None:
    heat = page.findChild(HeatDays)
    days = {heat.day_at(QPointF(x, y)) for x in range(heat.width()) for y in range(heat.height())} - {None}
    assert max(days) == MONDAY_NOON.study_day
    assert len(days) == 7 * heat.weeks - 6, "Monday is the first day of the last column"
    assert heat.day_at(QPointF(0, 0)) is None


# --- the formula -------------------------------------------------------------------------------


def test_the_formula_is_of_a_real_note_and_changes_with_the_day(
    qtbot: QtBot, store: Store, clock: Clock
) -> None:
    bodies = {topic.id: topic.body for topic in store.topics()}
    page = shown(qtbot, store, clock)
    seen = set()
    for _ in range(len(bodies)):
        page.entered()
        qtbot.wait(60)
        view = page.findChild(FormulaCard).findChild(MathView)
        formula = view.markdown.split("\n\n")[0]
        assert formula.startswith("$$")
        owner = [topic_id for topic_id, body in bodies.items() if formula in body]
        assert owner
        assert view.document().size().height() <= view.height() or view.markdown == formula
        seen.add(formula)
        clock.pass_minutes(DAY)
    assert len(seen) > len(bodies) * 0.8
    went = led(page)
    page.activateWindow()
    qtbot.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    click(qtbot, page.findChild(FormulaCard).open)
    click(qtbot, page.findChild(FormulaCard).test)
    assert [where for where, _ in went] == ["notes", "notes", "quiz"]
    assert went[0][1] in owner


def test_more_room_explains_more(qtbot: QtBot, store: Store, clock: Clock) -> None:
    page = shown(qtbot, store, clock)
    qtbot.wait(60)
    view = page.findChild(FormulaCard).findChild(MathView)
    short = view.markdown
    page.resize(1712, 1080)
    qtbot.waitUntil(lambda: len(view.markdown) > len(short), timeout=8000)
    assert view.markdown.startswith(short[:20])
    assert view.document().size().height() <= view.height()


# --- colours -----------------------------------------------------------------------------------


def test_a_switch_of_colours_reaches_every_corner(qtbot: QtBot, store: Store, clock: Clock) -> None:
    theme = Theme("light")
    page = HomePage(theme, store, clock)
    qtbot.addWidget(page)
    page.resize(1072, 800)
    page.show()
    page.entered()
    theme.choose("dark")
    QApplication.processEvents()
    image = page.grab().toImage()
    dark_enough = [
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, page.width(), 2)
        for y in range(0, page.height(), 2)
    ]
    assert sum(dark_enough) / len(dark_enough) > 0.9
    white = [p for p in ((4, 4), (1060, 790), (40, 250)) if image.pixelColor(QPoint(*p)).lightness() > 128]
    assert not white


# --- pure --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "said"),
    [(0, "Still up?"), (4, "Still up?"), (5, "Good morning"), (11, "Good morning"), (12, "Good afternoon"),
     (17, "Good afternoon"), (18, "Good evening"), (23, "Good evening")],
)  # fmt: skip
def test_greeting_by_the_hour(hour: int, said: str) -> None:
    assert up_next.greeting(hour) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Counts(0, 0, 0), "Nothing is waiting: today's cards are done."),
        (Counts(1, 0, 0), "1 card is waiting, new."),
        (Counts(0, 0, 7), "7 cards are waiting, all to review."),
        (Counts(6, 2, 18), "26 cards are waiting: 18 to review, 2 being learnt, 6 new."),
    ],
)
def test_what_is_due_in_a_sentence(counts: Counts, said: str) -> None:
    assert up_next.due_words(counts) == said


def topic(topic_id: str, needs: tuple[str, ...] = (), body: str = "word " * 320) -> Topic:
    return Topic(topic_id, "lstm", "LSTM", 1, 1, topic_id.title(), "", body, needs=needs)


def come(topic_id: str, seen: int = 0, right: int = 0, cards: int = 10) -> TopicProgress:
    return TopicProgress(topic_id, topic_id.title(), "lstm", "LSTM", cards, seen, 0, 8, right)


def test_what_is_suggested_to_one_who_has_begun() -> None:
    topics = [topic("a"), topic("b", needs=("c",)), topic("c"), topic("d")]
    found = up_next.suggestions([come("a", 10, 2), come("b"), come("c"), come("d", 4, 1)], topics)
    assert [(s.page, s.target) for s in found] == [
        ("notes", "c"),  # b needs it
        ("cards", "d"),  # begun, not finished
        ("quiz", "d"),  # 1 of 8 is less than 2 of 8
        ("lab", None),
    ]
    assert found[0].detail == "Read the note, 2 min"
    assert found[1].detail == "Go on with its cards, 6 still new"


def test_a_topic_that_links_to_a_derivation_suggests_it() -> None:
    text = "T(n) = 3T(n-1), T(0) = 1"
    topics = [topic("a"), topic("d", body=f"See [it](<derive:{text}>).")]
    found = up_next.suggestions([come("a", 10, 2), come("d", 4, 1)], topics)
    assert (found[-1].page, found[-1].target) == ("derive", text)
    untouched = up_next.suggestions([come("a", 10, 2), come("d")], topics)
    assert untouched[-1].page == "lab", "what has not been begun is not derived yet"


def test_the_formula_of_a_topic_with_a_derivation_offers_it(qtbot: QtBot, store: Store, clock: Clock) -> None:
    page = shown(qtbot, store, clock)
    card = page.findChild(FormulaCard)
    linked = store.topic("linear-recurrences")
    recurrence = up_next.recurrence_of(linked)
    card.show_formula(up_next.Formula(linked, "$$T(n)$$", (), recurrence))
    went = led(page)
    click(qtbot, card.steps)
    assert went == [("derive", recurrence)]
    card.show_formula(up_next.Formula(store.topic("forget-gate"), "$$f_t$$", ()))
    assert not card.steps.isVisible()


def test_nothing_is_suggested_from_an_empty_course() -> None:
    assert up_next.suggestions([], []) == ()
    assert up_next.formula_of(3, []) is None
    assert up_next.formula_of(3, [topic("a")]) is None


@given(
    progress=st.lists(
        st.tuples(st.integers(0, 10), st.integers(0, 8), st.sets(st.integers(0, 7), max_size=3)), max_size=8
    )
)
def test_every_suggestion_leads_somewhere_that_exists(
    progress: list[tuple[int, int, set[int]]],
) -> None:
    count = len(progress)
    topics = [
        topic(f"t{n}", tuple(f"t{need}" for need in needs if need < n))
        for n, (_, _, needs) in enumerate(progress)
    ]
    state = [come(f"t{n}", seen, right) for n, (seen, right, _) in enumerate(progress)]
    found = up_next.suggestions(state, topics)
    assert len(found) <= 4
    assert bool(found) == bool(count)
    for one in found:
        assert one.page in ("notes", "cards", "quiz", "lab")
        assert one.target is None or one.target in {t.id for t in topics}
        assert one.text
        assert one.detail


@given(day=st.integers(0, 10**6), count=st.integers(1, 9))
def test_the_formula_comes_round_to_each_topic(day: int, count: int) -> None:
    topics = [topic(f"t{n}", body=f"Words.\n\n$$x_{n}$$\n\n- $x$: one\n- y\n\nMore.") for n in range(count)]
    found = [up_next.formula_of(day + n, topics) for n in range(count)]
    assert {f.topic.id for f in found if f} == {t.id for t in topics}
    first = found[0]
    assert first is not None
    assert first.more == ("- $x$: one\n- y", "More.")
