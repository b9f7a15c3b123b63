"""The quiz by real keys and clicks, on a real bank with the real course."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_bench import in_front
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot
from study_bench import Clock

from content.records import Kind, Question, TopicProgress
from studyapp.mathtext.view import MathView
from studyapp.pages.quiz import LENGTH, QuizPage
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.question_view import QuestionView
from studyapp.widgets.quiz_result import QuizResult
from studyapp.widgets.quiz_start import QuizStart
from studyapp.widgets.topic_scores import TopicScores

HOSTILE = [
    "__import__('os').system('touch pwned')",
    "9**9**9",
    "(" * 10_000,
    "\0",
    "1e999999999",
    "🤔",
    "NaN",
]


@pytest.fixture
def page(qtbot: QtBot, store: Store) -> QuizPage:
    return in_front(qtbot, QuizPage(Theme("light"), store, Clock()), 1200, 760)


def view(page: QuizPage) -> QuestionView:
    return page.findChild(QuestionView)


def press(qtbot: QtBot, page: QuizPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.window().focusWidget() or page, key)
    QApplication.processEvents()


def words(page: QuizPage) -> str:
    seen = [w for kind in (QLabel, QPushButton) for w in page.findChildren(kind) if w.isVisible()]
    return "\n".join(w.text() for w in seen)


def seed_of(page: QuizPage) -> int:
    return page.findChild(QuizStart).seed.value()


def answer(qtbot: QtBot, page: QuizPage, question: Question, right: bool) -> None:
    """Answer by keys: fully right, or surely not."""
    if question.kind is Kind.NUMERIC:
        number = question.answer if right else question.answer * 3 + 1234.5
        view(page).number.setFocus()
        qtbot.keyClicks(view(page).number, repr(number))
    else:
        for place, option in enumerate(question.options):
            if option.right == right:
                press(qtbot, page, Qt.Key(Qt.Key.Key_1 + place))
                if question.kind is Kind.CHOICE:
                    break
    press(qtbot, page, Qt.Key.Key_Return)


def test_ten_questions_by_keyboard_alone(page: QuizPage, store: Store, qtbot: QtBot) -> None:
    """Every second answer is right; the result says five, and the bank has ten attempts."""
    questions = store.quiz(LENGTH, seed_of(page), None)
    press(qtbot, page, Qt.Key.Key_Return)
    for place, question in enumerate(questions):
        assert f"Question {place + 1} of {LENGTH}" in words(page)
        assert not view(page).verdict.isVisible()
        answer(qtbot, page, question, right=place % 2 == 0)
        assert view(page).verdict.isVisible()
        expected = "Right" if place % 2 == 0 else "Not right"
        assert view(page).verdict.text() == expected, question.id
        assert view(page).solution.isVisible()
        assert view(page).solution.markdown == question.solution
        press(qtbot, page, Qt.Key.Key_Return)
    assert page.findChild(QuizResult).isVisible()
    assert "5 of 10 right" in words(page)
    assert sum(p.right for p in store.progress()) == 5


def test_every_option_says_why(page: QuizPage, store: Store, qtbot: QtBot) -> None:
    questions = store.quiz(LENGTH, seed_of(page), None)
    press(qtbot, page, Qt.Key.Key_Return)
    for question in questions:
        answer(qtbot, page, question, right=False)
        for row, option in zip(view(page).rows, question.options, strict=True):
            assert row.why.isVisible()
            assert option.why in row.why.markdown
            assert row.verdict in (("right", "missed") if option.right else ("wrong", ""))
        press(qtbot, page, Qt.Key.Key_Return)


def test_enter_without_an_answer_does_nothing(page: QuizPage, qtbot: QtBot) -> None:
    press(qtbot, page, Qt.Key.Key_Return)
    press(qtbot, page, Qt.Key.Key_Return)
    assert "Question 1 of 10" in words(page)
    assert not view(page).verdict.isVisible()


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_is_refused_in_words_and_kept(
    typed: str, page: QuizPage, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    question = next(q for q in store.quiz(200, 1, None) if q.kind is Kind.NUMERIC)
    page._begin((question,))
    QApplication.clipboard().setText(typed)
    view(page).number.paste()
    if view(page).ready:
        press(qtbot, page, Qt.Key.Key_Return)
        assert view(page).complaint.isVisible()
        assert len(view(page).complaint.text()) > 10
    assert not view(page).verdict.isVisible()
    assert not Path("pwned").exists()
    assert not sum(p.right for p in store.progress())


def test_practise_what_was_not_right_asks_the_same_with_new_numbers(
    page: QuizPage, store: Store, qtbot: QtBot
) -> None:
    questions = store.quiz(LENGTH, seed_of(page), None)
    press(qtbot, page, Qt.Key.Key_Return)
    for place, question in enumerate(questions):
        answer(qtbot, page, question, right=place > 1)
        press(qtbot, page, Qt.Key.Key_Return)
    again = next(b for b in page.findChildren(QPushButton) if b.text().startswith("Practise"))
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert "Question 1 of 2" in words(page)


def test_a_quiz_left_half_way_waits(page: QuizPage, store: Store, qtbot: QtBot) -> None:
    questions = store.quiz(LENGTH, seed_of(page), None)
    press(qtbot, page, Qt.Key.Key_Return)
    answer(qtbot, page, questions[0], right=True)
    press(qtbot, page, Qt.Key.Key_Return)
    page.left()
    page.entered()
    assert "Question 2 of 10" in words(page)


@pytest.mark.parametrize("kind", list(Kind))
def test_coming_back_the_keyboard_answers_at_once(
    kind: Kind, page: QuizPage, store: Store, qtbot: QtBot
) -> None:
    question = next(q for q in store.quiz(200, 1, None) if q.kind is kind)
    page._begin((question, question))
    QApplication.processEvents()
    go_away_and_come_back(page)
    if kind is Kind.NUMERIC:
        qtbot.keyClicks(page.window().focusWidget(), repr(question.answer))
    else:
        press(qtbot, page, Qt.Key.Key_Down if kind is Kind.CHOICE else Qt.Key.Key_Tab)
        press(qtbot, page, Qt.Key.Key_Space)
        chosen = view(page).response.chosen
        assert len(chosen) == 1
        go_away_and_come_back(page)
        assert page.window().focusWidget() is view(page).rows[chosen[0]]
    go = next(b for b in page.findChildren(QPushButton) if b.text().startswith("Check"))
    assert go.isEnabled()
    go_away_and_come_back(page)
    assert view(page).ready, "the answer is still there"
    press(qtbot, page, Qt.Key.Key_Return)
    assert view(page).verdict.isVisible()
    go_away_and_come_back(page)
    press(qtbot, page, Qt.Key.Key_Space)  # on the button that leads on
    assert "Question 2 of 2" in words(page)


def go_away_and_come_back(page: QuizPage) -> None:
    """As the window does it; the page is hidden meanwhile and loses the focus."""
    page.left()
    page.hide()
    page.show()
    page.activateWindow()
    page.setFocus()
    page.entered()
    QApplication.processEvents()


def test_checking_moves_nothing(page: QuizPage, store: Store, qtbot: QtBot) -> None:
    press(qtbot, page, Qt.Key.Key_Return)
    for question in store.quiz(LENGTH, seed_of(page), None):
        before = view(page)._ask.mapTo(page, QPoint(0, 0))
        answer(qtbot, page, question, right=True)
        assert view(page)._ask.mapTo(page, QPoint(0, 0)) == before
        press(qtbot, page, Qt.Key.Key_Return)


def test_a_short_option_stands_in_the_middle_of_its_row(page: QuizPage, store: Store, qtbot: QtBot) -> None:
    question = next(
        q for q in store.quiz(200, 1, None) if q.options and all(len(o.text) < 40 for o in q.options)
    )
    page._begin((question,))
    rows = view(page).rows
    qtbot.waitUntil(lambda: all(row.height() == row.sizeHint().height() for row in rows))
    assert all(abs(row.line_middle - row.height() / 2) <= 1.5 for row in rows)


def test_the_result_says_what_was_answered(page: QuizPage, store: Store, qtbot: QtBot) -> None:
    questions = [
        next(q for q in store.quiz(200, 1, None) if q.kind is kind and q.unit == "")
        for kind in (Kind.NUMERIC, Kind.CHOICE, Kind.MULTIPLE)
    ]
    page._begin(tuple(questions))
    for question in questions:
        answer(qtbot, page, question, right=False)
        press(qtbot, page, Qt.Key.Key_Return)
    result = page.findChild(QuizResult)
    assert f"You: {questions[0].answer * 3 + 1234.5!r}" in words(page).splitlines()
    shown = [text.markdown for text in result.findChildren(MathView)]
    for question in questions[1:]:
        wrong = [option.text for option in question.options if not option.right]
        expected = wrong[:1] if question.kind is Kind.CHOICE else wrong
        assert any("You chose:" in text and all(w in text for w in expected) for text in shown), question.id
    asked = [text for text in result.findChildren(MathView) if text.px == 15]
    assert len({text.mapTo(page, QPoint(0, 0)).x() for text in asked}) == 1


def test_options_are_clicked_anywhere_in_their_row(page: QuizPage, store: Store, qtbot: QtBot) -> None:
    question = next(q for q in store.quiz(200, 1, None) if q.kind is Kind.CHOICE)
    page._begin((question,))
    QApplication.processEvents()
    row = view(page).rows[1]
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().center())
    assert [r.isChecked() for r in view(page).rows] == [i == 1 for i in range(len(view(page).rows))]


def test_no_card_of_the_start_is_half_empty(page: QuizPage, qtbot: QtBot) -> None:
    for size in ((1700, 1050), (900, 600)):
        page.resize(*size)
        QApplication.processEvents()
        scores = page.findChild(TopicScores)
        last = scores.findChildren(QPushButton)[-1]
        below = (
            scores.mapToGlobal(scores.rect().bottomLeft()).y()
            - last.mapToGlobal(last.rect().bottomLeft()).y()
        )
        scroll = scores.findChild(QScrollArea)
        assert below < 40
        assert scores.geometry().bottom() <= scores.parentWidget().height()
        needed, room = scroll.widget().sizeHint().height(), scroll.viewport().height()
        assert (scroll.verticalScrollBar().maximum() > 0) == (needed > room)


def test_one_topic(page: QuizPage, store: Store, qtbot: QtBot) -> None:
    topic = store.topics()[0]
    page.open(topic.id)
    press(qtbot, page, Qt.Key.Key_Return)
    assert topic.title in words(page)


def test_a_long_name_of_a_topic_is_not_cut_off(qtbot: QtBot) -> None:
    scores = TopicScores()
    qtbot.addWidget(scores)
    long = "Data for an RNN: one-hot vectors, steps and features"
    scores.show_progress(
        [
            TopicProgress("a", long, "u", "Unit", *([0] * 5)),
            TopicProgress("b", "Short", "u", "Unit", *([0] * 5)),
        ]
    )
    scores.resize(360, 400)
    with qtbot.waitExposed(scores):
        scores.show()
    title = next(label for label in scores.findChildren(QLabel) if label.text() == long)
    qtbot.waitUntil(lambda: title.isVisible() and title.height() >= title.heightForWidth(title.width()))
    assert title.height() > 1.5 * title.fontMetrics().height()


def test_without_questions_it_says_so(page: QuizPage, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "progress", tuple)
    page.entered()
    assert "There are no questions here." in words(page)
    assert not page.findChild(QuizStart).begin.isEnabled()


@pytest.mark.parametrize("size", [(1084, 690), (1044, 560), (828, 640), (828, 500), (1724, 1080)])
def test_no_word_of_the_start_is_cut(
    page: QuizPage, qtbot: QtBot, dressed: None, size: tuple[int, int]
) -> None:
    page.resize(*size)
    QApplication.processEvents()
    start = page.findChild(QuizStart)
    scores = page.findChild(TopicScores)
    for label in start.parentWidget().findChildren(QLabel):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        assert label.height() >= needed and (label.wordWrap() or label.width() >= label.sizeHint().width())
        right = label.mapTo(page, label.rect().topRight()).x()
        assert right <= scores.mapTo(page, QPoint(0, 0)).x(), label.text()
    for line in filter(QPushButton.isVisible, scores.findChildren(QPushButton)):
        assert line.width() <= scores.findChild(QScrollArea).viewport().width()


def test_what_is_marked_by_is_reached_in_a_low_window(page: QuizPage, qtbot: QtBot, dressed: None) -> None:
    page.resize(1044, 460)
    QApplication.processEvents()
    last = next(
        label for label in page.findChildren(QLabel) if label.text().startswith("Each answer is kept")
    )
    assert not last.visibleRegion().boundingRect().contains(last.rect())
    page.findChild(GutterScroll).ensureWidgetVisible(last)
    assert last.visibleRegion().boundingRect().contains(last.rect())


def test_a_named_slip_is_seen_at_once_below_a_long_question(
    page: QuizPage, store: Store, qtbot: QtBot, dressed: None
) -> None:
    page.resize(828, 640)
    numeric = [q for q in store.quiz(1000, 1, None) if q.kind is Kind.NUMERIC and q.mistakes]
    question = max(numeric, key=lambda q: q.ask.count("\n"))
    page._begin((question,))
    view(page).number.setText(str(question.mistakes[0].value))
    press(qtbot, page, Qt.Key.Key_Return)
    feedback = view(page).feedback
    assert question.mistakes[0].why[:20] in feedback.markdown
    qtbot.waitUntil(lambda: feedback.visibleRegion().boundingRect().contains(feedback.rect()))
