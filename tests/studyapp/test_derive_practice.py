"""Working on recurrences and code: the switch, one's own lines, gaps, bounds, with the real process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from derive_bench import LEFT, SOON, press, ready_jobs, shown
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.symbolic.jobs import CodeJob
from engine.symbolic.report import Judged
from studyapp.derive_memory import CODE, GRADIENT, GROWTH, RECURRENCE
from studyapp.derive_modes import GAPS, WORK
from studyapp.derive_typed import TypedDesk
from studyapp.jobs import Jobs
from studyapp.pages.derive import DerivePage
from studyapp.settings import Settings
from studyapp.widgets.derivation_view import READ
from studyapp.widgets.verdict_card import GO_ON, NEXT

TRIPLE = "T(n) = 3T(n-1), T(0) = 1"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    with ready_jobs(qapp) as made:
        yield made


@pytest.fixture
def settings() -> Settings:
    return Settings(None)


@pytest.fixture
def page(qtbot: QtBot, jobs: Jobs, settings: Settings) -> DerivePage:
    return shown(qtbot, jobs, settings)


def derive(qtbot: QtBot, page: DerivePage, text: str) -> None:
    page.recurrences.open(text)
    answered(qtbot, page)


def answered(qtbot: QtBot, page: DerivePage) -> None:
    qtbot.waitUntil(lambda: not page.waiting and page.desk.report is not None, timeout=SOON)
    QApplication.processEvents()


def typed_line(qtbot: QtBot, desk: TypedDesk, text: str) -> Judged:
    assert desk.modes is not None
    panel = desk.modes.working
    panel.typed.line.clear()
    QTest.keyClicks(panel.typed.line, text)
    QTest.keyClick(panel.typed.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.card.verdict is not None, timeout=SOON)
    assert panel.card.verdict is not None
    return panel.card.verdict.judged


def test_the_switch_is_there_on_each_desk_but_that_of_growth(page: DerivePage, qtbot: QtBot) -> None:
    for name, there in ((RECURRENCE, True), (CODE, True), (GROWTH, False), (GRADIENT, True)):
        qtbot.mouseClick(page.segments.button(name), LEFT)
        assert page.modes.isVisible() is there


def test_each_desk_has_its_own_mode(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, TRIPLE)
    qtbot.mouseClick(page.modes.button(WORK), LEFT)
    qtbot.mouseClick(page.segments.button(GRADIENT), LEFT)
    assert page.modes.value == READ
    qtbot.mouseClick(page.segments.button(RECURRENCE), LEFT)
    assert page.modes.value == WORK
    press(qtbot, page, Qt.Key.Key_Escape)
    page.setFocus()
    press(qtbot, page, Qt.Key.Key_W)
    assert page.modes.value == page.desk.mode == GAPS


def test_a_line_of_ones_own_is_judged_and_the_next_one_asked_for(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, TRIPLE)
    assert page.recurrences.findings.isVisible()
    qtbot.mouseClick(page.modes.button(WORK), LEFT)
    modes = page.recurrences.modes
    assert modes is not None
    panel = modes.working
    assert panel.isVisible() and page.window().focusWidget() is panel.typed.line
    assert not page.recurrences.findings.isVisible(), "what came out can be read off the plot"
    assert panel.asked_line is not None and panel.asked_line.number == 3, "what was typed is given"
    assert typed_line(qtbot, page.recurrences, "T(n) = 9T(n-3)") is Judged.WRONG
    assert "place" in panel.card.mistake.text()
    assert typed_line(qtbot, page.recurrences, "T(n) = 9T(n-2)") is Judged.RIGHT
    qtbot.mouseClick(panel.card.buttons[NEXT], LEFT)
    assert panel.asked_line.number == 4
    assert typed_line(qtbot, page.recurrences, "T(n) = 3^n") is Judged.SKIPS
    qtbot.mouseClick(panel.card.buttons[GO_ON], LEFT)
    assert panel.asked_line.number == 8
    qtbot.mouseClick(page.modes.button(READ), LEFT)
    assert page.recurrences.findings.isVisible()


def test_a_line_is_typeset_while_it_is_typed_with_the_letters_of_the_derivation(
    page: DerivePage, qtbot: QtBot
) -> None:
    derive(qtbot, page, TRIPLE)
    qtbot.mouseClick(page.modes.button(WORK), LEFT)
    modes = page.recurrences.modes
    assert modes is not None
    typed = modes.working.typed
    labels = [key.text() for key in typed.keys]
    assert {"T(n)", "k", "n", "Θ"} <= set(labels) and "a" not in labels
    QTest.keyClicks(typed.line, "T(n) = 3^k T(n-k)")
    qtbot.waitUntil(typed.echo.isVisible, timeout=SOON)
    QTest.keyClicks(typed.line, " + q")
    qtbot.waitUntil(typed.problem.isVisible, timeout=SOON)
    assert "letter q" in typed.problem.text()


def test_gaps_of_a_recurrence_are_filled(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, TRIPLE)
    qtbot.mouseClick(page.modes.button(GAPS), LEFT)
    modes = page.recurrences.modes
    assert modes is not None
    panel = modes.exercise
    qtbot.waitUntil(lambda: panel.notes is not None, timeout=SOON)
    assert panel.notes is not None
    first = panel.notes.exercise.gaps[0]
    QTest.keyClick(panel, Qt.Key(Qt.Key.Key_1 + first.answer))
    assert panel.notes.score()[0] == 1
    qtbot.mouseClick(panel.level.button("3"), LEFT)
    qtbot.waitUntil(lambda: bool(panel.rows) and panel.rows[-1].field is not None, timeout=SOON)
    field = panel.rows[-1].field
    assert field is not None
    QTest.keyClicks(field.line, "7 + n")
    qtbot.mouseClick(field.button, LEFT)
    qtbot.waitUntil(lambda: "Not so" in panel.rows[-1].feedback.accessibleName(), timeout=SOON)


def test_another_recurrence_begins_anew_and_a_refusal_is_seen(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, TRIPLE)
    qtbot.mouseClick(page.modes.button(GAPS), LEFT)
    modes = page.recurrences.modes
    assert modes is not None
    qtbot.waitUntil(lambda: modes.exercise.notes is not None, timeout=SOON)
    page.recurrences.open("T(n) = T(n), T(0) = 1")
    qtbot.waitUntil(lambda: not page.waiting, timeout=SOON)
    assert page.desk.view.refusal.isVisible() or page.recurrences.form.problem.isVisible()
    derive(qtbot, page, "T(n) = 2T(n-1) + n, T(0) = 0")
    qtbot.waitUntil(lambda: modes.exercise.notes is not None, timeout=SOON)
    assert modes.exercise.isVisible()
    assert "n" in modes.exercise.notes.exercise.lines[0].latex  # type: ignore[union-attr]


def test_the_next_start_knows_the_mode_and_what_was_typed(
    page: DerivePage, qtbot: QtBot, jobs: Jobs, settings: Settings
) -> None:
    derive(qtbot, page, TRIPLE)
    qtbot.mouseClick(page.modes.button(WORK), LEFT)
    assert typed_line(qtbot, page.recurrences, "T(n) = 9T(n-2)") is Judged.RIGHT
    assert page.recurrences.modes is not None
    qtbot.mouseClick(page.recurrences.modes.working.card.buttons[NEXT], LEFT)
    page.closing()
    again = shown(qtbot, jobs, settings)
    assert again.modes.value == WORK
    press(qtbot, again, Qt.Key.Key_Return, CONTROL)
    answered(qtbot, again)
    assert again.recurrences.modes is not None
    panel = again.recurrences.modes.working
    assert panel.isVisible()
    assert panel.asked_line is not None and panel.asked_line.number == 4
    assert [one.text for one in panel.notes.tried] == ["T(n) = 9T(n-2)"]


def test_a_bound_is_graded_beside_the_derivation(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 2T(n/2) + n, T(1) = 1")
    card = page.recurrences.bound
    assert card.isVisible()
    QTest.keyClicks(card.line, "O(n)")
    qtbot.mouseClick(card.button, LEFT)
    qtbot.waitUntil(card.verdict.isVisible, timeout=SOON)
    assert card.verdict.verdict is not None and card.verdict.verdict.judged is Judged.WRONG
    derive(qtbot, page, TRIPLE)
    assert not card.verdict.isVisible(), "it was about another recurrence"


PAIRS = "s = 0\nfor i in range(n):\n    for j in range(i):\n        s += 1"


def test_counts_of_code_are_worked_out(page: DerivePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.segments.button(CODE), LEFT)
    page.codes.open(CodeJob(PAIRS))
    answered(qtbot, page)
    assert page.codes.form.editor.count_at(4) is not None
    qtbot.mouseClick(page.modes.button(WORK), LEFT)
    modes = page.codes.modes
    assert modes is not None
    assert page.codes.form.editor.count_at(4) is None, "the margin would give them away"
    assert "yours to find out" in page.codes.form.foot.words.text()
    labels = [key.text() for key in modes.working.typed.keys]
    assert {"c_1", "c_4", "C", "n"} <= set(labels)
    assert typed_line(qtbot, page.codes, "c_4 = n^2/2") is Judged.WRONG
    assert typed_line(qtbot, page.codes, "c_4 = n(n-1)/2") in (Judged.RIGHT, Judged.SKIPS)
    qtbot.mouseClick(page.modes.button(GAPS), LEFT)
    qtbot.waitUntil(lambda: modes.exercise.notes is not None, timeout=SOON)
    qtbot.mouseClick(page.modes.button(READ), LEFT)
    assert page.codes.form.editor.count_at(4) is not None


def test_recursive_code_is_worked_out_by_its_recurrence(page: DerivePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.segments.button(CODE), LEFT)
    page.codes.open(CodeJob("def f(n):\n    if n < 1:\n        return 0\n    return f(n-1) + f(n-1)"))
    answered(qtbot, page)
    qtbot.mouseClick(page.modes.button(WORK), LEFT)
    assert page.codes.modes is not None
    assert typed_line(qtbot, page.codes, "T(n) = Theta(2^n)") in (Judged.RIGHT, Judged.SKIPS)
