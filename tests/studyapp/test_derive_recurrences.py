"""Recurrences on the Derive page by real clicks and keys, with the real symbolic process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from derive_bench import SOON, clipboard, press, ready_jobs, rows, shown, side_words, visible
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.parser import echo
from studyapp.jobs import Jobs
from studyapp.pages.derive import DerivePage
from studyapp.recurrence_examples import GROUPS
from studyapp.settings import Settings
from studyapp.theme import Theme
from tests.counted import counted
from tests.hostile import RECURRENCES

MOST_CALLS = 50_000  # a tenth of this is usual


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


def type_in(qtbot: QtBot, page: DerivePage, text: str) -> None:
    line = page.recurrences.form.line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def derive(qtbot: QtBot, page: DerivePage, text: str) -> None:
    """Type `text`, press Enter, wait for what comes."""
    type_in(qtbot, page, text)
    qtbot.keyClick(page.recurrences.form.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.waiting, timeout=SOON)


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
    form = page.recurrences.form
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
    assert page.recurrences.form.line.property("invalid") is True
    assert "never closed" in page.recurrences.form.problem.text()
    assert page.desk.view.empty.isVisible()
    assert page.recurrences.form.line.cursorPosition() == 9


def test_a_refusal_is_said_in_words_and_the_next_question_works(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = T(n-1)^2 + n, T(0) = 2")
    card = page.desk.view.refusal
    assert card.isVisible()
    assert "not linear" in card.reason.text()
    assert card.way_out.text()
    assert "^" in card.caret.text().split("\n")[1]
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    assert page.desk.view.result.isVisible()
    assert not card.isVisible()


def test_a_refusal_goes_when_its_text_does(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = T(n-1)^2 + n, T(0) = 2")
    view = page.desk.view
    assert view.refusal.isVisible()
    assert page.recurrences.form.line.hasFocus(), "what was refused can be typed over"
    qtbot.keyClicks(page.recurrences.form.line, " (")
    assert page.recurrences.form.problem.isVisible()
    assert not view.refusal.isVisible()
    assert view.empty.isVisible()


def test_a_refusal_of_a_text_that_is_gone_is_not_shown(page: DerivePage, qtbot: QtBot) -> None:
    type_in(qtbot, page, "T(n) = T(n-1)^2 + n, T(0) = 2")
    qtbot.keyClick(page.recurrences.form.line, Qt.Key.Key_Return)
    qtbot.keyClicks(page.recurrences.form.line, "5")
    qtbot.waitUntil(lambda: not page.waiting, timeout=SOON)
    assert not page.desk.view.refusal.isVisible()


def test_an_example_fills_and_runs(page: DerivePage, qtbot: QtBot) -> None:
    for button in page.recurrences.form.examples:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not page.waiting, timeout=SOON)
        assert page.recurrences.form.text == button.toolTip()
        assert page.desk.view.result.isVisible(), f"{button.toolTip()} is not solved"
        assert rows(page)[0].hasFocus()


def test_every_example_of_the_groups_is_solved(page: DerivePage, qtbot: QtBot) -> None:
    form = page.recurrences.form
    actions = [action for action in form.more.menu().actions() if not action.isSeparator()]
    assert len(actions) == sum(len(examples) for _, examples in GROUPS)
    for action in actions:
        action.trigger()
        qtbot.waitUntil(lambda: not page.waiting, timeout=SOON)
        assert form.text == action.toolTip()
        assert page.desk.view.result.isVisible(), f"{action.toolTip()} is not solved"


def test_up_and_down_go_through_what_was_entered(page: DerivePage, qtbot: QtBot) -> None:
    first, second = "T(n) = 3T(n-1), T(0) = 1", "T(n) = 5T(n-1), T(0) = 1"
    derive(qtbot, page, first)
    derive(qtbot, page, second)
    type_in(qtbot, page, "T(n) = ")
    line = page.recurrences.form.line
    shown_texts = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(line, key)
        shown_texts.append(line.text())
    assert shown_texts == [second, first, first, second, "T(n) = "]


def test_methods_say_why_they_do_not_apply(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    qtbot.waitUntil(lambda: "Master theorem" in side_words(page), timeout=SOON)
    words = side_words(page)
    assert "n is divided" in words
    assert "terms of the recurrence" in words


# --- hostile text ---


@pytest.mark.parametrize("text", RECURRENCES, ids=range(len(RECURRENCES)))
def test_hostile_text_gets_words_with_little_work_and_is_never_run(
    text: str, page: DerivePage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    QGuiApplication.clipboard().setText(text)
    page.recurrences.form.line.setFocus()
    with counted(most=MOST_CALLS):
        qtbot.keyClick(page.recurrences.form.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        qtbot.keyClick(page.recurrences.form.line, Qt.Key.Key_Return)
    said = page.recurrences.form.problem
    qtbot.waitUntil(lambda: said.isVisible() and bool(said.text()), timeout=SOON)
    page.grab()
    assert not page.desk.view.result.isVisible()
    assert not list(tmp_path.rglob("pwned"))
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    assert page.desk.view.result.isVisible()


def test_a_paste_that_is_too_long_is_refused_not_cut(page: DerivePage, qtbot: QtBot) -> None:
    type_in(qtbot, page, "T(n) = 3T(n-1)")
    QGuiApplication.clipboard().setText("x" * 1_000_000)
    qtbot.keyClick(page.recurrences.form.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "nothing was put in" in page.recurrences.form.problem.text(), timeout=8000)
    assert page.recurrences.form.text == "T(n) = 3T(n-1)"


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
    qtbot.keyClick(page.recurrences.form.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.desk.view.busy.isVisible, timeout=8000)  # "still working… Cancel"
    os.kill(pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: not page.waiting, timeout=SOON)
    assert page.desk.view.refusal.isVisible()
    assert "ended" in page.desk.view.refusal.reason.text()
    assert not page.desk.view.busy.isVisible()
    derive(qtbot, page, "T(n) = 7T(n-1), T(0) = 1")
    assert "7^{n}" in page.desk.view.result.accessibleDescription()


def test_slow_work_can_be_cancelled(page: DerivePage, jobs: Jobs, qtbot: QtBot) -> None:
    os.kill(jobs.pid() or 0, signal.SIGSTOP)
    type_in(qtbot, page, "T(n) = 6T(n-1), T(0) = 1")
    qtbot.keyClick(page.recurrences.form.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.desk.view.busy.isVisible, timeout=8000)
    qtbot.mouseClick(page.desk.view.cancel, Qt.MouseButton.LeftButton)
    assert not page.desk.view.busy.isVisible()
    derive(qtbot, page, "T(n) = 7T(n-1), T(0) = 1")
    assert "7^{n}" in page.desk.view.result.accessibleDescription()


# --- the steps ---


def test_lines_come_one_at_a_time_by_keys(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 2T(n-1) - 1, T(0) = 1")
    result = page.desk.view.result.result
    steps = page.desk.view.steps
    qtbot.mouseClick(steps.head.one_by_one, Qt.MouseButton.LeftButton)
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
    assert page.recurrences.form.text == text


def test_control_l_goes_to_the_field_and_escape_back(page: DerivePage, qtbot: QtBot) -> None:
    text = "T(n) = 2T(n-1) - 1, T(0) = 1"
    derive(qtbot, page, text)
    press(qtbot, page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert page.recurrences.form.line.hasFocus()
    press(qtbot, page, Qt.Key.Key_Escape)
    assert rows(page)[0].hasFocus()
    press(qtbot, page, Qt.Key.Key_O)
    assert visible(page) == 1
    assert page.recurrences.form.text == text


def test_who_types_on_while_it_works_keeps_the_field(page: DerivePage, qtbot: QtBot) -> None:
    type_in(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    qtbot.keyClick(page.recurrences.form.line, Qt.Key.Key_Return)
    qtbot.keyClicks(page.recurrences.form.line, "2")
    qtbot.waitUntil(lambda: not page.waiting, timeout=SOON)
    assert page.desk.view.result.isVisible()
    assert page.recurrences.form.line.hasFocus()


def test_a_value_stands_near_a_short_line_and_its_number_level(page: DerivePage, qtbot: QtBot) -> None:
    page.resize(1700, 1000)
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    row = next(row for row in rows(page) if row.line.rule == "first-value")
    row.fill()
    qtbot.wait(50)
    number, value = (row.findChild(QLabel, name) for name in ("stepnumber", "stepvalue"))
    assert number is not None
    assert value is not None
    assert value.mapTo(row, QPoint(0, 0)).x() < 520 < row.width() / 2
    middles = [
        part.mapTo(row, QPoint(0, part.height())).y() - part.height() / 2
        for part in (number, row.maths.formula)
    ]
    assert middles[0] == pytest.approx(middles[1], abs=1)


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
    qtbot.mouseClick(page.desk.view.steps.head.copy_button, Qt.MouseButton.LeftButton)
    whole = clipboard()
    assert whole.count(r"\begin{equation*}") == len(report.lines) + 2
    assert all(line.latex in whole for line in report.lines)


def test_a_switch_of_theme_keeps_everything(qtbot: QtBot, jobs: Jobs, settings: Settings) -> None:
    theme = Theme("light")
    page = shown(qtbot, jobs, settings, theme)
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    rows(page)[0].set_open(True)
    light = page.grab().toImage().pixelColor(2, 2)
    theme.choose("dark")
    QApplication.processEvents()
    assert page.grab().toImage().pixelColor(2, 2).lightness() < 80 < light.lightness()
    assert rows(page)[0].open


def test_a_question_is_put_once(page: DerivePage, jobs: Jobs, qtbot: QtBot) -> None:
    asked = []
    ask = jobs.ask
    try:
        jobs.ask = lambda job: asked.append(job) or ask(job)  # type: ignore[method-assign]
        derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    finally:
        jobs.ask = ask  # type: ignore[method-assign]
    assert asked == [RecurrenceJob("T(n) = 3T(n-1), T(0) = 1")]


def test_a_link_shows_the_line_that_is_needed(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 2T(n-1) - 1, T(0) = 1")
    row = next(row for row in rows(page) if len(row.line.uses) == 2)
    page.desk.view.show_row(row)
    assert [button.text() for button in row.links.buttons] == [str(number) for number in row.line.uses]
    qtbot.mouseClick(row.links.buttons[1], Qt.MouseButton.LeftButton)
    marked = tuple(other.line.number for other in rows(page) if other.property("marked"))
    assert marked == row.line.uses
    assert rows(page)[marked[1] - 1].hasFocus()


def test_what_was_typed_is_remembered(page: DerivePage, jobs: Jobs, settings: Settings, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    page.closing()
    again = shown(qtbot, jobs, settings)
    assert again.recurrences.form.text == "T(n) = 3T(n-1), T(0) = 1"
    assert again.recurrences.form.line.entries == ("T(n) = 3T(n-1), T(0) = 1",)


def test_what_is_only_for_gradients_is_not_there(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, "T(n) = 3T(n-1), T(0) = 1")
    head = page.desk.view.steps.head
    for part in (head.detail, head.news, head.later, page.desk.picture):
        assert not part.isVisible()
    for key in (Qt.Key.Key_D, Qt.Key.Key_M, Qt.Key.Key_L):
        press(qtbot, page, key)
    assert page.desk.view.result.isVisible()
    assert not page.gradients.waiting
