"""The desk of growth on the Derive page: comparing, sorting, grading, with the real process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from derive_bench import LEFT, SOON, press, ready_jobs, shown
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.derive_memory import GROWTH, PAGE
from studyapp.jobs import Jobs
from studyapp.pages.derive import DerivePage
from studyapp.settings import Settings
from studyapp.widgets.bound_card import BETTER
from studyapp.widgets.bound_form import CODE, RECURRENCE
from studyapp.widgets.growth_form import BOUND, LIST, PAIR
from studyapp.widgets.list_form import separate


@pytest.fixture(scope="module")
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    with ready_jobs(qapp) as made:
        yield made


@pytest.fixture
def settings() -> Settings:
    return Settings(None)


@pytest.fixture
def page(qtbot: QtBot, jobs: Jobs, settings: Settings) -> DerivePage:
    made = shown(qtbot, jobs, settings)
    qtbot.mouseClick(made.segments.button(GROWTH), LEFT)
    return made


def answered(qtbot: QtBot, page: DerivePage) -> None:
    qtbot.waitUntil(lambda: not page.waiting, timeout=SOON)
    QApplication.processEvents()


def compare(qtbot: QtBot, page: DerivePage, first: str, second: str) -> None:
    pair = page.growths.form.pair
    for line, text in ((pair.first, first), (pair.second, second)):
        line.clear()
        qtbot.keyClicks(line, text)
    qtbot.keyClick(pair.second, Qt.Key.Key_Return)
    answered(qtbot, page)


def test_an_empty_desk_says_what_to_do_and_has_no_modes(page: DerivePage) -> None:
    assert page.desk.view.empty.isVisible()
    assert not page.modes.isVisible()
    assert page.growths.form.pair.first.hasFocus()


def test_two_functions_are_compared_with_witnesses(page: DerivePage, qtbot: QtBot) -> None:
    compare(qtbot, page, "log n", "sqrt n")
    card = page.growths.card
    assert card.isVisible()
    held = [row.split(":")[0] for row in card.rows if "holds" in row]
    assert held == ["O", "o"]
    assert "n_0" in card.rows[0]
    assert len(page.growths.findings.plot.plot._curves) == 2


def test_every_example_of_a_pair_is_decided(page: DerivePage, qtbot: QtBot) -> None:
    for button in page.growths.form.examples[PAIR]:
        qtbot.mouseClick(button, LEFT)
        answered(qtbot, page)
        assert page.growths.card.isVisible(), button.toolTip()


def test_what_cannot_be_read_is_pointed_at(page: DerivePage, qtbot: QtBot) -> None:
    pair = page.growths.form.pair
    qtbot.keyClicks(pair.first, "n^2")
    qtbot.keyClicks(pair.second, "n +* 2")
    qtbot.keyClick(pair.first, Qt.Key.Key_Return)
    assert not page.waiting
    assert pair.problem.isVisible() and pair.second.hasFocus()
    assert pair.caret.text().split("\n")[1].index("^") == pair.second.cursorPosition()


def test_an_answer_goes_when_its_text_does(page: DerivePage, qtbot: QtBot) -> None:
    compare(qtbot, page, "n", "n^2")
    assert page.growths.card.isVisible()
    page.growths.form.pair.first.setFocus()
    qtbot.keyClicks(page.growths.form.pair.first, "^3")
    assert not page.growths.card.isVisible() and page.desk.view.empty.isVisible()


def test_a_list_is_sorted_with_classes_side_by_side(page: DerivePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.growths.form.kinds.button(LIST), LEFT)
    box = page.growths.form.functions.box
    assert box.hasFocus()
    QTest.keyClicks(box, "2^n, n^2; log n")
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClicks(box, "5n^2")
    press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    answered(qtbot, page)
    assert page.growths.card.rows == ("1: log_2 n", "2: n^2 and 5 n^2", "4: 2^n")


def test_examples_of_lists_are_sorted_and_the_fastest_leave_room_in_the_plot(
    page: DerivePage, qtbot: QtBot
) -> None:
    press(qtbot, page, Qt.Key.Key_Escape)
    press(qtbot, page, Qt.Key.Key_G)
    assert page.growths.form.kinds.value == LIST
    for button in page.growths.form.examples[LIST]:
        qtbot.mouseClick(button, LEFT)
        answered(qtbot, page)
        assert page.growths.card.isVisible(), button.toolTip()
        curves = page.growths.findings.found.curves
        assert max(y for curve in curves for y in curve.ys if len(curve.ys) > 2) <= 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n, n^2", [(0, "n"), (3, "n^2")]),
        ("max(n, 2)\n  log n;", [(0, "max(n, 2)"), (12, "log n")]),
        ("", []),
        (",,\n;", []),
        ("(n, 2\nn", [(0, "(n, 2"), (6, "n")]),
    ],
)
def test_a_list_is_parted(text: str, expected: list[tuple[int, str]]) -> None:
    assert separate(text) == expected


def grade(qtbot: QtBot, page: DerivePage, bound: str) -> str:
    card = page.growths.form.bound.card
    card.line.clear()
    qtbot.keyClicks(card.line, bound)
    qtbot.keyClick(card.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.verdict.verdict is not None, timeout=SOON)
    answered(qtbot, page)
    return card.verdict._title.text()


def test_a_bound_of_a_function_is_graded_with_its_reasons(page: DerivePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.growths.form.kinds.button(BOUND), LEFT)
    qtbot.keyClicks(page.growths.form.bound.line, "n log n + n")
    assert grade(qtbot, page, "O(n^2)") == BETTER
    assert page.growths.card.isVisible(), "the comparison says why"
    assert grade(qtbot, page, "O(n)") == "Not so"
    assert grade(qtbot, page, "Theta(n log n)") == "Right"


def test_a_bound_of_what_is_on_another_desk(page: DerivePage, qtbot: QtBot) -> None:
    page.recurrences.form.set_text("T(n) = 2T(n/2) + n, T(1) = 1")
    page.codes.form.set_text("for i in range(n):\n    for j in range(i):\n        pass")
    for name in (RECURRENCE, GROWTH):
        qtbot.mouseClick(page.segments.button(name), LEFT)
    qtbot.mouseClick(page.growths.form.kinds.button(BOUND), LEFT)
    bound = page.growths.form.bound
    qtbot.mouseClick(bound.what.button(RECURRENCE), LEFT)
    assert "2T(n/2)" in bound.problem.text()
    assert grade(qtbot, page, "O(n)") == "Not so"
    assert page.desk.view.steps.isVisible() and not page.growths.card.isVisible()
    qtbot.mouseClick(bound.what.button(CODE), LEFT)
    assert not bound.card.verdict.isVisible(), "it was about something else"
    assert grade(qtbot, page, "Theta(n^2)") == "Right"


def test_what_was_typed_is_remembered(page: DerivePage, qtbot: QtBot, jobs: Jobs, settings: Settings) -> None:
    form = page.growths.form
    form.pair.set_texts("n", "n^2")
    form.functions.set_text("n\nn^2")
    form.bound.set_about("n!")
    form.bound.card.set_text("O(n^n)")
    qtbot.mouseClick(form.kinds.button(BOUND), LEFT)
    page.closing()
    again = shown(qtbot, jobs, settings)
    assert again.segments.value == GROWTH
    assert again.growths.memory == page.growths.memory


@pytest.mark.parametrize("growth", [7, {"kind": "fly", "first": 3}, {"what": "moon", "kind": "bound"}])
def test_a_damaged_memory_reads_as_nothing(
    qtbot: QtBot, jobs: Jobs, settings: Settings, growth: object
) -> None:
    settings.keep_knobs(PAGE, {"growth": growth, "segment": GROWTH, "modes": 3, "workings": [1]})
    made = shown(qtbot, jobs, settings)
    assert made.growths.form.pair.texts == ("", "")
