"""The Derive page by real clicks and keys, with the real symbolic process and torch."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from engine.symbolic.jobs import BpttJob, RecurrenceJob
from engine.symbolic.parser import echo
from engine.symbolic.report import Agreement, Refusal, Report
from studyapp.derive_memory import BPTT, RECURRENCE
from studyapp.jobs import Jobs
from studyapp.pages.derive import DerivePage
from studyapp.settings import Settings
from studyapp.theme import Theme
from studyapp.widgets.step_row import StepRow

SECOND = 1.0
HOSTILE = (
    "__import__('os').system('touch pwned')",
    "9**9**9",
    "T(n) = 9**9**9 T(n-1)",
    "(" * 10_000,
    "T(n) = " + "(" * 150 + "n",
    "🙂 = 🙂🙂",
    "T(n)\0 = T(n-1)",
    "\\input{/etc/passwd}",
    "x" * 1_000_000,
)


@pytest.fixture(scope="module")
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    """One pair of processes for all tests: starting them takes seconds."""
    made = Jobs()
    made.warm()
    until = time.monotonic() + 30
    while not made._told_ready and time.monotonic() < until:
        qapp.processEvents()
        time.sleep(0.01)
    yield made
    made.close()


@pytest.fixture
def settings() -> Settings:
    return Settings(None)


@pytest.fixture
def page(qtbot: QtBot, jobs: Jobs, settings: Settings) -> DerivePage:
    return shown(qtbot, jobs, settings)


def shown(qtbot: QtBot, jobs: Jobs, settings: Settings, theme: Theme | None = None) -> DerivePage:
    made = DerivePage(theme or Theme("light"), jobs, settings)
    qtbot.addWidget(made)
    made.resize(1084, 770)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.entered()
    QApplication.processEvents()
    return made


def type_in(qtbot: QtBot, page: DerivePage, text: str) -> None:
    line = page.recurrences.line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def derive(qtbot: QtBot, page: DerivePage, text: str) -> None:
    """Type `text`, press Enter, wait for what comes."""
    type_in(qtbot, page, text)
    qtbot.keyClick(page.recurrences.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page._asked, timeout=8000)


def show_bptt(qtbot: QtBot, page: DerivePage) -> None:
    qtbot.mouseClick(page.segments.button(BPTT), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.desk.report is not None and not page._asked, timeout=8000)


def rows(page: DerivePage) -> list[StepRow]:
    return page.desk.view.steps.rows


def visible(page: DerivePage) -> int:
    return sum(row.isVisible() for row in rows(page))


def press(qtbot: QtBot, page: DerivePage, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key where the focus is, as a keyboard sends it."""
    held = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(page.window().focusWidget() or page, key, held)
    QApplication.processEvents()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


# --- recurrences ---


@pytest.mark.parametrize(
    ("text", "closed_form", "growth"),
    [
        ("T(n) = 3T(n-1), T(0) = 1", "3^{n}", r"\Theta(3^{n})"),
        (
            "T(n) = 2T(n-1) - 1, T(0) = 1",
            r"T(n) = 1 ",
            r"\Theta(1)",
        ),
        ("T(n) = 2T(n/2) + n, T(1) = 1", r"n \log_{2} n + n", r"\Theta(n \log n)"),
    ],
)
def test_a_typed_recurrence_is_solved(
    text: str, closed_form: str, growth: str, page: DerivePage, qtbot: QtBot
) -> None:
    derive(qtbot, page, text)
    result = page.desk.view.result
    assert result.isVisible()
    latex = result.accessibleDescription()
    assert closed_form in latex
    assert growth in latex
    assert result.status.text() == "Proven: every line checked"
    assert "ways agree, exactly" in result.badge.text()
    assert visible(page) == len(rows(page)) > 3


def test_the_echo_follows_every_key(page: DerivePage, qtbot: QtBot) -> None:
    form = page.recurrences
    text = "T(n) = 2T(n/2) + n"
    form.line.setFocus()
    seen = []
    for letter in text:
        qtbot.keyClicks(form.line, letter)
        seen.append(form.echo.tex if form.echo.isVisible() else form.problem.text())
    assert form.echo.isVisible()
    assert form.echo.tex == echo(text)
    assert len(set(seen)) > 6
    qtbot.keyClicks(form.line, " + (")
    assert not form.echo.isVisible()
    assert form.problem.text()
    first, caret = form.caret.text().split("\n")
    assert first == text + " + ("
    assert caret.index("^") == len(first)  # where the reader still wants something


def test_enter_on_what_cannot_be_read_points_at_the_place(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 2T(n-1")
    assert page.recurrences.line.property("invalid") is True
    assert "never closed" in page.recurrences.problem.text()
    assert page.desk.view.empty.isVisible()
    assert page.recurrences.line.cursorPosition() == 9


def test_a_refusal_is_said_in_words_and_the_next_question_works(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = T(n-1)^2, T(0) = 2")
    card = page.desk.view.refusal
    assert card.isVisible()
    assert "not linear" in card.reason.text()
    assert card.way_out.text()
    assert "^" in card.caret.text().split("\n")[1]
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    assert page.desk.view.result.isVisible()
    assert not card.isVisible()


def test_a_refusal_goes_when_its_text_does(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = T(n-1)^2, T(0) = 2")
    view = page.desk.view
    assert view.refusal.isVisible()
    assert page.recurrences.line.hasFocus(), "what was refused can be typed over"
    qtbot.keyClicks(page.recurrences.line, " (")
    assert page.recurrences.problem.isVisible()
    assert not view.refusal.isVisible()
    assert view.empty.isVisible()


def test_a_refusal_of_a_text_that_is_gone_is_not_shown(page: DerivePage, qtbot: QtBot) -> None:
    type_in(qtbot, page, "T(n) = T(n-1)^2, T(0) = 2")
    qtbot.keyClick(page.recurrences.line, Qt.Key.Key_Return)
    qtbot.keyClicks(page.recurrences.line, "5")
    qtbot.waitUntil(lambda: not page._asked, timeout=8000)
    assert not page.desk.view.refusal.isVisible()


def test_an_example_fills_and_runs(page: DerivePage, qtbot: QtBot) -> None:
    for button in page.recurrences.examples:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not page._asked, timeout=8000)
        assert page.recurrences.text == button.toolTip()
        assert page.desk.view.result.isVisible(), f"{button.toolTip()} is not solved"
        assert rows(page)[0].hasFocus()


def test_up_and_down_go_through_what_was_entered(page: DerivePage, qtbot: QtBot) -> None:
    first, second = "T(n) = 3T(n-1), T(0) = 1", "T(n) = 5T(n-1), T(0) = 1"
    derive(qtbot, page, first)
    derive(qtbot, page, second)
    type_in(qtbot, page, "T(n) = ")
    line = page.recurrences.line
    shown_texts = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(line, key)
        shown_texts.append(line.text())
    assert shown_texts == [second, first, first, second, "T(n) = "]


def test_methods_say_why_they_do_not_apply(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    words = side_words(page)
    assert "Master theorem" in words
    assert "n is divided" in words
    assert "terms of the recurrence" in words


def test_a_recurrence_or_a_gradient_can_be_handed_over(page: DerivePage, qtbot: QtBot) -> None:
    page.open("T(n) = 3T(n-1), T(0) = 1")
    qtbot.waitUntil(lambda: page.desk.report is not None, timeout=8000)
    assert page.segments.value == RECURRENCE
    page.open(BpttJob(steps=2, wrt="u", half_loss=False, seed=7))
    qtbot.waitUntil(lambda: page.desk.report is not None, timeout=8000)
    assert page.segments.value == BPTT
    assert page.bptt.job == BpttJob(2, "u", False, 7)
    assert page.desk.report is not None
    assert "T = 2" in page.desk.report.title


# --- hostile text ---


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_gets_words_at_once_and_is_never_run(
    text: str, page: DerivePage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    begin = time.perf_counter()
    QGuiApplication.clipboard().setText(text)
    page.recurrences.line.setFocus()
    qtbot.keyClick(page.recurrences.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    qtbot.keyClick(page.recurrences.line, Qt.Key.Key_Return)
    said = page.recurrences.problem
    qtbot.waitUntil(lambda: said.isVisible() and bool(said.text()), timeout=2000)
    page.grab()
    assert time.perf_counter() - begin < SECOND
    assert not page.desk.view.result.isVisible()
    assert not list(tmp_path.rglob("pwned"))
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    assert page.desk.view.result.isVisible()


def test_a_paste_that_is_too_long_is_refused_not_cut(page: DerivePage, qtbot: QtBot) -> None:
    type_in(qtbot, page, "T(n) = 3T(n-1)")
    QGuiApplication.clipboard().setText("x" * 1_000_000)
    qtbot.keyClick(page.recurrences.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "nothing was put in" in page.recurrences.problem.text(), timeout=1000)
    assert page.recurrences.text == "T(n) = 3T(n-1)"


# --- the processes ---


def test_a_child_killed_while_idle_costs_at_most_a_sentence(
    page: DerivePage, jobs: Jobs, qtbot: QtBot
) -> None:
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    os.kill(jobs.pid() or 0, signal.SIGKILL)
    derive(qtbot, page, "T(n) = 4T(n-1), T(0) = 1")
    view = page.desk.view
    assert view.result.isVisible() or (view.refusal.isVisible() and view.refusal.reason.text())
    derive(qtbot, page, "T(n) = 5T(n-1), T(0) = 1")
    assert "5^{n}" in view.result.accessibleDescription()
    assert view.result.isVisible()


def test_a_child_killed_while_busy_costs_at_most_a_sentence(
    page: DerivePage, jobs: Jobs, qtbot: QtBot
) -> None:
    pid = jobs.pid() or 0
    os.kill(pid, signal.SIGSTOP)  # at work for as long as the test wants
    type_in(qtbot, page, "T(n) = 6T(n-1), T(0) = 1")
    qtbot.keyClick(page.recurrences.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.desk.view.busy.isVisible, timeout=2000)  # "still working… Cancel"
    os.kill(pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not page._asked, timeout=8000)
    assert page.desk.view.refusal.isVisible()
    assert "ended" in page.desk.view.refusal.reason.text()
    assert not page.desk.view.busy.isVisible()
    derive(qtbot, page, "T(n) = 7T(n-1), T(0) = 1")
    assert "7^{n}" in page.desk.view.result.accessibleDescription()


def test_slow_work_can_be_cancelled(page: DerivePage, jobs: Jobs, qtbot: QtBot) -> None:
    os.kill(jobs.pid() or 0, signal.SIGSTOP)
    type_in(qtbot, page, "T(n) = 6T(n-1), T(0) = 1")
    qtbot.keyClick(page.recurrences.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.desk.view.busy.isVisible, timeout=2000)
    qtbot.mouseClick(page.desk.view.cancel, Qt.MouseButton.LeftButton)
    assert not page.desk.view.busy.isVisible()
    derive(qtbot, page, "T(n) = 7T(n-1), T(0) = 1")
    assert "7^{n}" in page.desk.view.result.accessibleDescription()


# --- backpropagation through time ---


def test_five_ways_to_the_gradient_agree_torch_last(page: DerivePage, qtbot: QtBot) -> None:
    show_bptt(qtbot, page)
    card = page.desk.side.agreements
    qtbot.waitUntil(lambda: any("torch" in one.source for one in card.found), timeout=15_000)
    assert len(card.found) == 5
    values = [one.value for one in card.found]
    assert max(values) - min(values) <= 1e-7 * abs(values[0])
    assert "5 ways agree, largest relative error" in page.desk.view.result.badge.text()
    assert page.desk.view.result.badge.objectName() == "chipgood"


def show_bptt_before_torch(qtbot: QtBot, page: DerivePage, jobs: Jobs) -> int:
    """Stop at "asking torch…"; the ticket under which the page waits for it."""
    qtbot.mouseClick(page.segments.button(BPTT), Qt.MouseButton.LeftButton)
    ticket = page._torch
    jobs.cancel(ticket)
    qtbot.waitUntil(lambda: page.desk.report is not None, timeout=8000)
    assert "asking torch autograd…" in side_words(page)
    assert "asking torch autograd…" in page.desk.view.result.badge.text()
    return ticket


def side_words(page: DerivePage) -> str:
    QApplication.processEvents()
    return "\n".join(w.text() for w in page.desk.side.findChildren(QLabel) if w.isVisible())


def test_a_disagreement_is_red(page: DerivePage, jobs: Jobs, qtbot: QtBot) -> None:
    ticket = show_bptt_before_torch(qtbot, page, jobs)
    jobs.answered.emit(ticket, Agreement("torch autograd", 123.0, 5.0, False))
    assert page.desk.view.result.badge.objectName() == "chipbad"
    assert "torch autograd disagrees" in page.desk.view.result.badge.text()
    assert "asking" not in side_words(page)


def test_torch_that_is_missing_is_said_and_the_rest_stands(
    page: DerivePage, jobs: Jobs, qtbot: QtBot
) -> None:
    ticket = show_bptt_before_torch(qtbot, page, jobs)
    jobs.answered.emit(ticket, Refusal("torch is not installed.", "Run studyapp --selftest."))
    assert "torch is not installed. Run studyapp --selftest." in side_words(page)
    assert "4 ways agree" in page.desk.view.result.badge.text()


def test_every_choice_derives_at_once(page: DerivePage, qtbot: QtBot) -> None:
    show_bptt(qtbot, page)
    form = page.bptt
    clicks = (
        (form.steps.button("2"), "T = 2"),
        (form.wrt.button("h_0"), "∂L/∂h₀"),
        (form.loss.button("whole"), "∂L/∂h₀"),
    )
    reports: list[Report | None] = [page.desk.report]
    for button, title in clicks:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.desk.report not in reports and not page._asked, timeout=8000)
        reports.append(page.desk.report)
        assert page.desk.report is not None
        assert title in page.desk.report.title
    half, whole = (r.agreements[0].value for r in reports[-2:] if r is not None)
    assert whole == pytest.approx(2 * half)


def test_a_seed_that_is_no_number_is_said_under_it(page: DerivePage, qtbot: QtBot) -> None:
    show_bptt(qtbot, page)
    page.bptt.seed.selectAll()
    qtbot.keyClicks(page.bptt.seed, "9**9**9")
    qtbot.keyClick(page.bptt.seed, Qt.Key.Key_Return)
    assert "9**9**9" in page.bptt.problem.text()
    assert page.bptt.problem.isVisible()
    assert page.desk.view.result.isVisible()


# --- the steps ---


def test_only_lines_that_are_seen_are_built(page: DerivePage, qtbot: QtBot) -> None:
    page.open(BpttJob(steps=6, wrt="w"))
    qtbot.waitUntil(lambda: page.desk.report is not None and rows(page)[0].filled, timeout=8000)
    qtbot.wait(150)
    assert len(rows(page)) >= 40
    assert sum(row.filled for row in rows(page)) < 15
    bar = page.desk.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: rows(page)[-1].filled, timeout=2000)
    qtbot.wait(600)
    assert bar.maximum() - bar.value() < 30, "who went to the end is not left short of it by taller rows"


def test_lines_come_one_at_a_time_by_keys(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 2T(n-1) - 1, T(0) = 1")
    result = page.desk.view.result.result
    steps = page.desk.view.steps
    qtbot.mouseClick(steps.one_by_one, Qt.MouseButton.LeftButton)
    assert visible(page) == 1
    assert not result.isVisible()
    assert rows(page)[0].hasFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_N, Qt.Key.Key_N):
        press(qtbot, page, key)
    assert visible(page) == 4
    assert rows(page)[3].open
    assert not rows(page)[2].open
    press(qtbot, page, Qt.Key.Key_Left)
    assert visible(page) == 3
    press(qtbot, page, Qt.Key.Key_Space)
    assert not rows(page)[2].open
    press(qtbot, page, Qt.Key.Key_Return)
    assert rows(page)[2].open
    press(qtbot, page, Qt.Key.Key_Up)
    assert rows(page)[1].hasFocus()
    press(qtbot, page, Qt.Key.Key_A)
    assert visible(page) == len(rows(page))
    assert result.isVisible()


def test_next_and_previous_walk_through_lines_that_are_all_shown(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 2T(n-1) - 1, T(0) = 1")
    press(qtbot, page, Qt.Key.Key_N)
    press(qtbot, page, Qt.Key.Key_Right)
    assert rows(page)[2].hasFocus()
    press(qtbot, page, Qt.Key.Key_Left)
    assert rows(page)[1].hasFocus()
    assert visible(page) == len(rows(page))
    page.setFocus()
    press(qtbot, page, Qt.Key.Key_N)
    assert rows(page)[0].hasFocus(), "from nowhere, to the first line that is seen"


def test_after_enter_the_keys_read_the_steps(page: DerivePage, qtbot: QtBot) -> None:
    text = "T(n) = 2T(n-1) - 1, T(0) = 1"
    derive(qtbot, page, text)
    assert rows(page)[0].hasFocus()
    press(qtbot, page, Qt.Key.Key_O)
    assert visible(page) == 1
    press(qtbot, page, Qt.Key.Key_N)
    press(qtbot, page, Qt.Key.Key_Right)
    assert visible(page) == 3
    press(qtbot, page, Qt.Key.Key_A)
    assert visible(page) == len(rows(page))
    assert page.recurrences.text == text


def test_control_l_goes_to_the_field_and_escape_back(page: DerivePage, qtbot: QtBot) -> None:
    text = "T(n) = 2T(n-1) - 1, T(0) = 1"
    derive(qtbot, page, text)
    press(qtbot, page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert page.recurrences.line.hasFocus()
    press(qtbot, page, Qt.Key.Key_Escape)
    assert rows(page)[0].hasFocus()
    press(qtbot, page, Qt.Key.Key_O)
    assert visible(page) == 1
    assert page.recurrences.text == text


def test_who_types_on_while_it_works_keeps_the_field(page: DerivePage, qtbot: QtBot) -> None:
    type_in(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    qtbot.keyClick(page.recurrences.line, Qt.Key.Key_Return)
    qtbot.keyClicks(page.recurrences.line, "2")
    qtbot.waitUntil(lambda: not page._asked, timeout=8000)
    assert page.desk.view.result.isVisible()
    assert page.recurrences.line.hasFocus()


def test_the_value_is_nowhere_before_the_last_line(page: DerivePage, qtbot: QtBot) -> None:
    show_bptt(qtbot, page)
    assert page.desk.report is not None
    value = f"{page.desk.report.agreements[0].value:.5g}".replace("-", "−")
    assert value in side_words(page)
    press(qtbot, page, Qt.Key.Key_O)
    assert visible(page) == 1
    assert value not in side_words(page)
    assert "hand-written BPTT" in side_words(page)
    press(qtbot, page, Qt.Key.Key_A)
    assert value in side_words(page)


def test_a_value_stands_near_a_short_line_and_its_number_level(page: DerivePage, qtbot: QtBot) -> None:
    page.resize(1700, 1000)
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    row = next(row for row in rows(page) if row.line.rule == "first-value")
    row.fill()
    qtbot.wait(50)
    number, value = (row.findChild(QLabel, name) for name in ("stepnumber", "stepvalue"))
    assert number is not None
    assert value is not None
    assert value.mapTo(row, QPoint(value.width(), 0)).x() < 680 < row.width()
    middles = [
        part.mapTo(row, QPoint(0, part.height())).y() - part.height() / 2 for part in (number, row.formula)
    ]
    assert middles[0] == pytest.approx(middles[1], abs=1)


def test_a_new_line_is_on_screen_with_its_reason(page: DerivePage, qtbot: QtBot) -> None:
    show_bptt(qtbot, page)
    qtbot.mouseClick(page.desk.view.steps.one_by_one, Qt.MouseButton.LeftButton)
    for _ in range(9):
        press(qtbot, page, Qt.Key.Key_Right)
    qtbot.wait(200)
    view, row = page.desk.view, rows(page)[9]
    top = row.mapTo(view.viewport(), QPoint(0, 0)).y()
    assert top >= 0
    assert top + row.height() <= view.viewport().height()
    assert row.why is not None
    assert row.line.why in row.why.markdown


def test_from_shows_the_lines_that_are_needed(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 2T(n-1) - 1, T(0) = 1")
    row = next(row for row in rows(page) if len(row.line.uses) == 2)
    page.desk.view.show_row(row)
    assert row.from_button.text() == f"from {row.line.uses[0]} and {row.line.uses[1]}"
    qtbot.mouseClick(row.from_button, Qt.MouseButton.LeftButton)
    marked = tuple(other.line.number for other in rows(page) if other.property("marked"))
    assert marked == row.line.uses
    assert rows(page)[min(marked) - 1].hasFocus()


def test_latex_can_be_copied(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    report = page.desk.report
    assert report is not None
    rows(page)[2].setFocus()
    press(qtbot, page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == report.lines[2].latex
    rows(page)[0].context_menu().actions()[0].trigger()
    assert clipboard() == report.lines[0].latex
    qtbot.mouseClick(page.desk.view.result.copy_button, Qt.MouseButton.LeftButton)
    assert clipboard() == report.result
    qtbot.mouseClick(page.desk.view.steps.copy_button, Qt.MouseButton.LeftButton)
    whole = clipboard()
    assert whole.count(r"\begin{equation*}") == len(report.lines) + 2
    assert all(line.latex in whole for line in report.lines)


def test_a_switch_of_theme_keeps_everything(qtbot: QtBot, jobs: Jobs, settings: Settings) -> None:
    theme = Theme("light")
    page = shown(qtbot, jobs, settings, theme)
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    rows(page)[0].set_open(True)
    light = page.grab().toImage().pixelColor(300, 500)
    theme.choose("dark")
    QApplication.processEvents()
    assert page.grab().toImage().pixelColor(300, 500).lightness() < 80 < light.lightness()
    assert rows(page)[0].open


def test_inputs_are_remembered(page: DerivePage, jobs: Jobs, settings: Settings, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    page.bptt.set_job(BpttJob(4, "b", False, 12))
    page.closing()
    again = shown(qtbot, jobs, settings)
    assert again.recurrences.text == "T(n) = 3T(n-1), T(0) = 1"
    assert again.recurrences.line.entries == ("T(n) = 3T(n-1), T(0) = 1",)
    assert again.bptt.job == BpttJob(4, "b", False, 12)


@pytest.mark.parametrize("kept", [{"text": 5, "entries": [1, None, "x" * 999], "bptt": {"steps": 99}}, {}])
def test_damaged_memory_reads_as_defaults(
    kept: dict[str, object], qtbot: QtBot, jobs: Jobs, settings: Settings
) -> None:
    settings.keep_knobs("derive", kept)
    page = shown(qtbot, jobs, settings)
    assert page.recurrences.text == ""
    assert page.recurrences.line.entries == ()
    assert page.bptt.job == BpttJob()


def test_arrow_keys_choose_in_a_group_of_choices(page: DerivePage, qtbot: QtBot) -> None:
    show_bptt(qtbot, page)
    page.bptt.steps.button("3").setFocus()
    press(qtbot, page, Qt.Key.Key_Right)
    assert page.bptt.steps.value == "4"


def test_a_question_is_put_once(page: DerivePage, jobs: Jobs, qtbot: QtBot) -> None:
    asked = []
    ask = jobs.ask
    try:
        jobs.ask = lambda job: asked.append(job) or ask(job)  # type: ignore[method-assign]
        derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    finally:
        jobs.ask = ask  # type: ignore[method-assign]
    assert asked == [RecurrenceJob("T(n) = 3T(n-1), T(0) = 1")]
