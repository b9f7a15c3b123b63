"""The review page by real keys and clicks, on a real bank with the real course."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_bench import in_front
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QStyleOptionComboBox,
    QStylePainter,
)
from pytestqt.qtbot import QtBot
from study_bench import Clock, open_store

from content.errors import BankWriteFailed
from content.records import Changes, Rating
from studyapp.pages.cards import CardsPage
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.card_face import CardFace
from studyapp.widgets.plain_words import plain_words
from studyapp.widgets.rating_bar import RatingBar
from studyapp.widgets.session_log import SessionLog


@pytest.fixture
def page(qtbot: QtBot, store: Store, clock: Clock) -> CardsPage:
    return shown(qtbot, store, clock)


def shown(qtbot: QtBot, store: Store, clock: Clock) -> CardsPage:
    return in_front(qtbot, CardsPage(Theme("light"), store, clock), 1200, 760)


def face(page: CardsPage) -> CardFace:
    return page.findChild(CardFace)


def press(qtbot: QtBot, page: CardsPage, key: Qt.Key) -> None:
    """A key where the focus is, as a keyboard sends it."""
    qtbot.keyClick(page.window().focusWidget() or page, key)
    QApplication.processEvents()


def words(page: CardsPage) -> str:
    """Every word of labels and buttons on screen."""
    seen = [w for kind in (QLabel, QPushButton) for w in page.findChildren(kind) if w.isVisible()]
    return "\n".join(w.text() for w in seen)


def test_the_answer_is_hidden_until_space(page: CardsPage, qtbot: QtBot) -> None:
    assert face(page).front.isVisible()
    assert not face(page).back.isVisible()
    assert not page.findChild(RatingBar).isVisible()
    press(qtbot, page, Qt.Key.Key_Space)
    assert face(page).back.isVisible()
    assert page.findChild(RatingBar).isVisible()


def test_buttons_say_what_the_bank_would_do(
    page: CardsPage, store: Store, clock: Clock, qtbot: QtBot
) -> None:
    due = store.next_due(clock())
    assert due is not None
    press(qtbot, page, Qt.Key.Key_Space)
    bar = page.findChild(RatingBar)
    for prospect in due.prospects:
        button = bar.button(prospect.rating)
        assert any(prospect.wait in label.text() for label in button.findChildren(QLabel))
        assert prospect.wait in button.accessibleName()


def test_a_rating_before_the_answer_is_seen_does_nothing(page: CardsPage, store: Store, qtbot: QtBot) -> None:
    front = face(page).front.markdown
    press(qtbot, page, Qt.Key.Key_3)
    assert face(page).front.markdown == front
    assert not store.undo_label()


@pytest.mark.parametrize(
    ("key", "rating"),
    [(Qt.Key.Key_1, Rating.AGAIN), (Qt.Key.Key_3, Rating.GOOD), (Qt.Key.Key_4, Rating.EASY)],
)
def test_a_key_answers_and_the_next_card_comes(
    key: Qt.Key, rating: Rating, page: CardsPage, store: Store, clock: Clock, qtbot: QtBot
) -> None:
    before = store.counts(clock())
    front = face(page).front.markdown
    press(qtbot, page, Qt.Key.Key_Space)
    press(qtbot, page, key)
    assert face(page).front.markdown != front
    assert not face(page).back.isVisible()
    assert store.counts(clock()).new == before.new - 1
    assert page.findChild(SessionLog).entries[-1].rating is rating
    assert f"{before.new - 1} new" in words(page)


def test_the_mouse_does_the_same(page: CardsPage, store: Store, qtbot: QtBot) -> None:
    front = face(page).front.markdown
    show = next(b for b in page.findChildren(QPushButton) if b.text().startswith("Show answer"))
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.findChild(RatingBar).button(Rating.GOOD), Qt.MouseButton.LeftButton)
    assert face(page).front.markdown != front
    assert store.undo_label()


def test_undo_brings_the_card_back_also_after_a_restart(
    page: CardsPage, store: Store, clock: Clock, qtbot: QtBot, tmp_path: Path
) -> None:
    front = face(page).front.markdown
    press(qtbot, page, Qt.Key.Key_Space)
    press(qtbot, page, Qt.Key.Key_4)
    after_one = store.counts(clock())
    store.close()
    again = open_store(qtbot, tmp_path, clock)
    page_again = shown(qtbot, again, clock)
    assert again.counts(clock()) == after_one
    assert face(page_again).front.markdown != front
    press(qtbot, page_again, Qt.Key.Key_Z)
    assert face(page_again).front.markdown == front
    assert again.counts(clock()).new == after_one.new + 1
    again.close()


def test_a_learning_card_comes_back_when_its_minutes_are_over(
    page: CardsPage, store: Store, clock: Clock, qtbot: QtBot
) -> None:
    topic = store.next_due(clock())
    assert topic is not None
    page.open(topic.card.topic)
    seen = 0
    while face(page).isVisible() and seen < 60:
        press(qtbot, page, Qt.Key.Key_Space)
        press(qtbot, page, Qt.Key.Key_1 if seen == 0 else Qt.Key.Key_4)
        seen += 1
    assert "Done for today" in words(page) or "pause" in words(page)
    clock.pass_minutes(30)
    page.refresh()
    assert face(page).isVisible() or "Done for today" in words(page)


def test_a_disk_that_fails_keeps_the_card_and_says_so(
    page: CardsPage, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Changes:
        raise BankWriteFailed(store.path, "The disk is full.", "Free some space and answer again.")

    said: list[str] = []
    page.said.connect(said.append)
    front = face(page).front.markdown
    press(qtbot, page, Qt.Key.Key_Space)
    monkeypatch.setattr(store, "answer", full)
    press(qtbot, page, Qt.Key.Key_3)
    assert face(page).front.markdown == front
    assert face(page).back.isVisible()
    assert said == ["The disk is full. Free some space and answer again."]
    monkeypatch.undo()
    press(qtbot, page, Qt.Key.Key_3)
    assert face(page).front.markdown != front


def test_the_topic_opens_its_note(page: CardsPage, store: Store, clock: Clock, qtbot: QtBot) -> None:
    due = store.next_due(clock())
    assert due is not None
    link = next(b for b in face(page).findChildren(QPushButton) if b.text() == due.topic_title)
    with qtbot.waitSignal(page.navigate) as caught:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert caught.args == ["notes", due.card.topic]


def test_one_topic_only(page: CardsPage, store: Store) -> None:
    wanted = store.topics()[-1]
    page.open(wanted.id)
    assert wanted.title in words(page)


def test_the_sitting_lists_the_questions(page: CardsPage, store: Store, clock: Clock, qtbot: QtBot) -> None:
    topics = []
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        due = store.next_due(clock(), None)
        assert due is not None
        topics.append(due.topic_title)
        press(qtbot, page, Qt.Key.Key_Space)
        press(qtbot, page, key)
    log = page.findChild(SessionLog)
    questions = [plain_words(entry.question, 70) for entry in log.entries]
    assert len(set(questions)) == 3
    for question, topic in zip(questions, topics, strict=True):
        assert question in words(page).splitlines()
        label = next(label for label in log.findChildren(QLabel) if label.text() == question)
        assert label.parentWidget().toolTip() == topic
    assert "3 reviewed, 2 remembered (67\N{NO-BREAK SPACE}%)." in words(page)


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("How large is $T(6)$?", "How large is T(6)?"),
        ("From $C_{t-1}$ to $\\frac{x-1}x$ or $\\frac12$", "From C_(t-1) to (x-1)/x or 1/2"),
        ("$f_t \\odot x$ and $\\ln x$ are *not* **one**", "f_t ⊙x and ln x are not one"),
        ("See [the gate](topic:forget-gate):\n\n```python\nn = n // 10\n```", "See the gate: n = n // 10"),
        ("word " * 20, "word " * 12 + "word…"),
        ("", ""),
    ],
)
def test_plain_words(markdown: str, plain: str) -> None:
    assert plain_words(markdown, 70) == plain


@given(st.text(max_size=200), st.integers(1, 80))
def test_plain_words_of_anything_are_one_short_line(text: str, longest: int) -> None:
    found = plain_words(text, longest)
    assert len(found) <= longest
    assert "\n" not in found


def test_the_chosen_topic_can_be_read(page: CardsPage, store: Store, dressed: None) -> None:
    page.resize(828, 640)
    QApplication.processEvents()
    box = page.findChild(QComboBox)
    words = box.fontMetrics().horizontalAdvance("LSTM: LSTM architecture")
    assert box.width() > words + 40  # the arrow and the frame
    assert page.width() == 828


def test_a_topic_too_long_for_its_box_ends_in_an_ellipsis(
    page: CardsPage, store: Store, dressed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = max(store.topics(), key=lambda topic: len(f"{topic.unit_title}: {topic.title}"))
    whole = f"{longest.unit_title}: {longest.title}"
    page.open(longest.id)
    box = page.findChild(QComboBox)
    drawn: list[QStyleOptionComboBox] = []
    monkeypatch.setattr(QStylePainter, "drawControl", lambda _self, _what, option: drawn.append(option))
    box.grab()
    shown = drawn[-1].currentText
    assert shown.endswith("\u2026")
    assert whole.startswith(shown[:-1])
    assert box.fontMetrics().horizontalAdvance(shown) < box.width() - 20  # the arrow
    assert box.toolTip().startswith(whole)
    page.open("no such topic")
    assert box.toolTip().startswith("All topics")
