"""The desk of code on the Derive page by real clicks and keys; answers by hand, so that they are known."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from derive_bench import LEFT, SOON, press, ready_jobs, shown
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.symbolic.jobs import CodeJob, RecurrenceJob
from engine.symbolic.report import Refusal, Report, Status
from studyapp.code_check import LONGEST
from studyapp.derive_memory import CODE, GRADIENT, RECURRENCE
from studyapp.jobs import Jobs
from studyapp.pages.derive import DerivePage
from studyapp.settings import Settings
from studyapp.theme import Theme
from studyapp.widgets.code_foot import BEST, WORST
from studyapp.widgets.findings_card import CALLS, LEVELS, PLOT, TABLE
from studyapp.widgets.findings_sample import NESTED, code, fibonacci, recurrence
from studyapp.widgets.findings_window import FindingsWindow

TEXT = NESTED.rstrip("\n")
FIB = "T(n) = 2T(n-1) + 1, T(0) = 0"


@pytest.fixture(scope="module")
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    with ready_jobs(qapp) as made:
        yield made


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    """One for all: each new one dresses every widget that is there."""
    return Theme("light")


@pytest.fixture
def settings() -> Settings:
    return Settings(None)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[CodeJob]:
    """What was asked about code; the answer is given by the test."""
    found: list[CodeJob] = []
    real = Jobs.ask

    def ask(jobs: Jobs, job: object) -> int:
        if not isinstance(job, CodeJob):
            return real(jobs, job)
        found.append(job)
        return -len(found)

    monkeypatch.setattr(Jobs, "ask", ask)
    return found


@pytest.fixture
def page(qtbot: QtBot, jobs: Jobs, settings: Settings, theme: Theme, asked: list[CodeJob]) -> DerivePage:
    made = shown(qtbot, jobs, settings, theme)
    qtbot.mouseClick(made.segments.button(CODE), LEFT)
    return made


def answered(qtbot: QtBot, page: DerivePage, asked: list[CodeJob], answer: Report | Refusal) -> None:
    """The newest question gets this answer."""
    page._questions._on_answered(-len(asked), answer)
    wanted = page.desk.view.result if isinstance(answer, Report) else page.desk.view.refusal
    qtbot.waitUntil(lambda: wanted.isVisible() and not page.desk.view.coming, timeout=SOON)
    qtbot.wait(60)


def with_calls() -> Report:
    made = code()
    assert made.found is not None
    found = dataclasses.replace(made.found, tree=fibonacci(5), recurrence=FIB)
    return dataclasses.replace(made, found=found)


def derive(qtbot: QtBot, page: DerivePage, asked: list[CodeJob], answer: Report | Refusal) -> None:
    page.codes.form.set_text(TEXT)
    press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    answered(qtbot, page, asked, answer)


def test_the_keyboard_is_in_the_editor_and_stays_there(
    page: DerivePage, qtbot: QtBot, asked: list[CodeJob]
) -> None:
    editor = page.codes.form.editor
    assert editor.hasFocus()
    derive(qtbot, page, asked, code())
    assert asked == [CodeJob(TEXT)]
    assert editor.hasFocus()
    assert editor.counts.isVisible()
    press(qtbot, page, Qt.Key.Key_Escape)
    assert page.desk.view.steps.has_keyboard, "Escape leaves the editor: keys read the steps"
    press(qtbot, page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert editor.hasFocus()


def test_letters_and_arrows_in_the_editor_are_text(
    page: DerivePage, qtbot: QtBot, asked: list[CodeJob]
) -> None:
    derive(qtbot, page, asked, with_calls())
    card = page.codes.findings
    before = (card.tabs.value, page.codes.form.foot.case)
    for key in (Qt.Key.Key_P, Qt.Key.Key_B, Qt.Key.Key_BracketRight, Qt.Key.Key_Right, Qt.Key.Key_Space):
        press(qtbot, page, key)
    assert (card.tabs.value, page.codes.form.foot.case) == before
    assert len(page.codes.form.text) > len(TEXT)


def test_a_click_on_a_line_shows_its_steps_and_a_step_its_lines(
    page: DerivePage, qtbot: QtBot, asked: list[CodeJob]
) -> None:
    derive(qtbot, page, asked, code())
    form, rows = page.codes.form, page.desk.view.steps.rows
    place = dict(form.editor._rows())[4].center()
    qtbot.mouseClick(form.editor.counts, LEFT, pos=QPoint(20, round(place.y())))
    assert [row.property("marked") is True for row in rows] == [False, True, False]
    page.desk.view.steps._point(rows[2])
    assert form.editor._lit == {5}
    page.desk.view.steps._point(None)
    assert form.editor._lit == frozenset()


def test_the_other_case_is_asked_for(page: DerivePage, qtbot: QtBot, asked: list[CodeJob]) -> None:
    derive(qtbot, page, asked, code())
    qtbot.mouseClick(page.codes.form.foot.cases.button(BEST), LEFT)
    assert asked[-1] == CodeJob(TEXT, "", BEST)
    answered(qtbot, page, asked, code())
    press(qtbot, page, Qt.Key.Key_Escape)
    press(qtbot, page, Qt.Key.Key_B)
    assert asked[-1] == CodeJob(TEXT, "", WORST)


def test_what_is_only_measured_says_so_and_has_no_steps(
    page: DerivePage, qtbot: QtBot, asked: list[CodeJob]
) -> None:
    measured = dataclasses.replace(code(), lines=(), status=Status.MEASURED)
    derive(qtbot, page, asked, measured)
    assert page.desk.view.result.status.text() == "Measured: fits the counts"
    assert not page.desk.view.steps.isVisible()
    derive(qtbot, page, asked, code())
    assert page.desk.view.steps.isVisible()


def test_a_refusal_points_at_the_line_and_goes_with_its_text(
    page: DerivePage, qtbot: QtBot, asked: list[CodeJob]
) -> None:
    refusal = Refusal("This loop may never end.", "Let n become smaller.", TEXT, 4, line=3)
    derive(qtbot, page, asked, refusal)
    card = page.desk.view.refusal
    assert card.title.text() == "Refused: line 3"
    first, caret = card.caret.text().split("\n")
    assert first == "for i in range(n):"
    assert caret == "^"
    assert page.codes.form.editor._fault_at(3)
    page.codes.form.editor.setFocus()
    qtbot.keyClicks(page.codes.form.editor, "#")
    assert not card.isVisible()


def test_pictures_by_keys(page: DerivePage, qtbot: QtBot, asked: list[CodeJob]) -> None:
    derive(qtbot, page, asked, with_calls())
    card = page.codes.findings
    qtbot.waitUntil(card.isVisible, timeout=SOON)
    assert card.tabs.value == CALLS
    assert not card.tabs.button(LEVELS).isVisible()
    press(qtbot, page, Qt.Key.Key_Escape)
    last = card.calls.view.last
    press(qtbot, page, Qt.Key.Key_BracketLeft)
    assert card.calls.view.moment == last - 1
    press(qtbot, page, Qt.Key.Key_BracketRight)
    assert card.calls.view.moment == last
    press(qtbot, page, Qt.Key.Key_T)
    assert card.calls.view.kind == "dag"
    seen = []
    for _ in range(3):
        press(qtbot, page, Qt.Key.Key_P)
        seen.append(card.tabs.value)
    assert seen == [PLOT, TABLE, CALLS]
    for key, switch in ((Qt.Key.Key_X, 0), (Qt.Key.Key_Y, 1), (Qt.Key.Key_F, 2)):
        press(qtbot, page, key)
        assert card.plot.switches[switch] is False
    assert page.recurrences.findings.plot.switches == (False, False, False)


def test_a_larger_window_shows_the_same(page: DerivePage, qtbot: QtBot, asked: list[CodeJob]) -> None:
    derive(qtbot, page, asked, with_calls())
    page.codes.findings.calls.go(7)
    qtbot.mouseClick(page.codes.findings.larger, LEFT)
    made = page.window().findChild(FindingsWindow) or page.findChild(FindingsWindow)
    assert made is not None
    assert made.isVisible()
    assert made.card.tabs.value == CALLS
    assert made.card.calls.view.moment == 7
    made.card.choose(PLOT)
    made.grab()
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_the_recurrence_of_code_opens_on_its_own_desk(
    page: DerivePage, qtbot: QtBot, asked: list[CodeJob]
) -> None:
    derive(qtbot, page, asked, with_calls())
    qtbot.mouseClick(page.codes.findings.link, LEFT)
    assert page.segments.value == RECURRENCE
    assert page.recurrences.form.text == FIB
    qtbot.waitUntil(lambda: not page.waiting, timeout=SOON)
    assert page.desk.view.result.isVisible()
    qtbot.mouseClick(page.segments.button(CODE), LEFT)
    assert page.codes.form.editor.counts.isVisible(), "what is on one desk stays"


def test_nothing_is_left_of_an_answer_after_a_refusal(
    page: DerivePage, qtbot: QtBot, asked: list[CodeJob]
) -> None:
    derive(qtbot, page, asked, with_calls())
    derive(qtbot, page, asked, Refusal("Not this.", "Another.", TEXT, 0, line=1))
    assert not page.codes.findings.isVisible()
    assert not page.codes.form.editor.counts.isVisible()


# --- files ---


def test_a_file_is_read_as_text(page: DerivePage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "some.py"
    path.write_bytes("\ufeffimport os\r\nos.mkdir('made')\r\n".encode())
    page.codes.read_file(str(path))
    assert page.codes.form.text == "import os\nos.mkdir('made')"
    assert not (Path.cwd() / "made").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe\x00\x01", "UTF-8"), (b"x" * (LONGEST + 1), "longer than"), (None, "was not opened")],
)
def test_what_cannot_be_opened_is_said_and_nothing_is_lost(
    content: bytes | None, words: str, page: DerivePage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.codes.form.set_text("x = 1")
    path = tmp_path / "bad.py"
    if content is not None:
        path.write_bytes(content)
    with qtbot.waitSignal(page.said) as said:
        page.codes.read_file(str(path))
    assert words in said.args[0]
    assert page.codes.form.text == "x = 1"


def test_a_pipe_or_a_folder_is_no_file(page: DerivePage, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.said) as said:
        page.codes.read_file(str(tmp_path))
    assert "was not opened" in said.args[0]
    pipe = tmp_path / "pipe.py"
    os.mkfifo(pipe)
    with qtbot.waitSignal(page.said) as said:
        page.codes.read_file(str(pipe))
    assert "was not opened" in said.args[0]


# --- what is remembered ---


def test_code_case_axes_and_desk_are_remembered(
    page: DerivePage, qtbot: QtBot, jobs: Jobs, settings: Settings, asked: list[CodeJob]
) -> None:
    derive(qtbot, page, asked, code())
    qtbot.mouseClick(page.codes.form.foot.cases.button(BEST), LEFT)
    page.codes.findings.plot.log_y.setChecked(False)
    page.closing()
    again = shown(qtbot, jobs, settings, page._theme)
    assert again.segments.value == CODE
    assert again.codes.form.text == TEXT
    assert again.codes.form.foot.case == BEST
    assert again.codes.findings.plot.switches == (True, False, True)
    assert again.recurrences.findings.plot.switches == (True, False, True)


def test_a_question_from_elsewhere_opens_the_desk(
    page: DerivePage, qtbot: QtBot, asked: list[CodeJob]
) -> None:
    qtbot.mouseClick(page.segments.button(GRADIENT), LEFT)
    page.open(CodeJob(TEXT, case=BEST))
    assert page.segments.value == CODE
    assert asked[-1] == CodeJob(TEXT, "", BEST)


# --- methods of recurrences, with the real process ---


def test_another_method_tells_other_lines(page: DerivePage, qtbot: QtBot) -> None:
    page.open("T(n) = 3T(n-1) + 2, T(0) = 1")
    qtbot.waitUntil(lambda: not page.waiting and len(page.desk.side.applying) > 1, timeout=SOON)
    side = page.desk.side
    first = [row.line.latex for row in page.desk.view.steps.rows]
    told = side._method_group.checkedButton()
    other = next(button for button in side._method_group.buttons() if button is not told)
    name = other.text()
    page.desk.side.ensureWidgetVisible(other)
    qtbot.mouseClick(other, LEFT, pos=QPoint(8, other.height() // 2))
    assert page.recurrences.asked == RecurrenceJob("T(n) = 3T(n-1) + 2, T(0) = 1", name)
    qtbot.waitUntil(lambda: [row.line.latex for row in page.desk.view.steps.rows] != first, timeout=SOON)
    qtbot.waitUntil(lambda: side._method_group.checkedButton().text() == name, timeout=SOON)
    page.desk.view.take_keyboard()
    for _ in range(2 * len(side.applying)):  # one that has no lines of its own is left out the next time
        press(qtbot, page, Qt.Key.Key_S)
        qtbot.waitUntil(lambda: not page.waiting, timeout=SOON)
        qtbot.wait(150)
        if [row.line.latex for row in page.desk.view.steps.rows] == first:
            return
    pytest.fail("the method that was told first does not come again")


def test_a_method_without_lines_of_its_own_takes_nothing_away(page: DerivePage, qtbot: QtBot) -> None:
    page.open("T(n) = 3T(n-1) + 2, T(0) = 1")
    qtbot.waitUntil(lambda: not page.waiting and len(page.desk.side.applying) > 1, timeout=SOON)
    told = page.desk.side._method_group.checkedButton().text()
    other = next(button for button in page.desk.side._method_group.buttons() if button.text() != told)
    other.setChecked(True)
    page.recurrences.choose_method(other.text())
    page.recurrences.take("recurrence", 0, Refusal("It has no lines of its own.", "Try another."))
    assert page.desk.side._method_group.checkedButton().text() == told
    assert not other.isEnabled()
    assert page.desk.view.result.isVisible()


def test_the_recursion_tree_is_drawn(page: DerivePage, qtbot: QtBot) -> None:
    page._turn_to(RECURRENCE)
    page.recurrences.form.set_text("T(n) = 2T(n/2) + n, T(1) = 1")
    page.recurrences.asked = RecurrenceJob(page.recurrences.form.text)
    page.recurrences.show_report(recurrence())
    card = page.recurrences.findings
    qtbot.waitUntil(card.isVisible, timeout=SOON)
    assert card.tabs.value == LEVELS
    assert "Height" in card.levels.description()
    card.grab()


# --- with the real process ---


@pytest.fixture
def real(qtbot: QtBot, jobs: Jobs, settings: Settings, theme: Theme) -> DerivePage:
    made = shown(qtbot, jobs, settings, theme)
    qtbot.mouseClick(made.segments.button(CODE), LEFT)
    return made


def test_every_example_is_counted_line_by_line(real: DerivePage, qtbot: QtBot) -> None:
    for button in real.codes.form.examples:
        real.codes.form.set_folded(False)
        QApplication.processEvents()
        qtbot.mouseClick(button, LEFT)
        qtbot.waitUntil(lambda: not real.waiting, timeout=SOON)
        assert real.desk.view.result.isVisible(), (button.text(), real.desk.view.refusal.reason.text())
        assert real.codes.form.editor.counts.isVisible()
        report = real.desk.report
        assert report is not None
        assert report.found is not None
        assert report.found.theta is not None


def test_an_endless_loop_is_refused_at_its_line_and_the_next_code_is_counted(
    real: DerivePage, qtbot: QtBot
) -> None:
    form = real.codes.form
    form.set_text("def f(n):\n    while True:\n        n += 1\n")
    form.submit()
    qtbot.waitUntil(lambda: not real.waiting, timeout=SOON)
    assert real.desk.view.refusal.isVisible()
    assert real.desk.view.refusal.reason.text()
    form.set_text(TEXT)
    form.submit()
    qtbot.waitUntil(lambda: not real.waiting, timeout=SOON)
    assert real.desk.view.result.isVisible()


def test_code_that_would_do_harm_is_only_read(
    real: DerivePage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    form = real.codes.form
    for text in (
        "import os\nos.system('touch pwned')",
        "def f(n):\n    open('pwned', 'w')\n",
        "__import__('os').mkdir('pwned')",
        "exec(\"open('pwned', 'w')\")",
    ):
        form.set_text(text)
        form.submit()
        qtbot.waitUntil(lambda: not real.waiting, timeout=SOON)
        assert real.desk.view.refusal.isVisible(), text
    assert not list(tmp_path.rglob("pwned"))
