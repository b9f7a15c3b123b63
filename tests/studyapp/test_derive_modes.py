"""What the picture shows in each mode, and what the next start remembers, with the real process."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from derive_bench import LEFT, SOON, built, clipboard, ready_jobs, shown
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.derive_memory import GRADIENT, PAGE
from studyapp.derive_modes import GAPS, WORK
from studyapp.jobs import Jobs
from studyapp.pages.derive import DerivePage
from studyapp.settings import Settings
from studyapp.widgets.derivation_view import READ
from studyapp.widgets.network_window import NetworkWindow
from studyapp.widgets.verdict_card import NEXT
from studyapp.working_memory import LONGEST, kept, recalled
from studyapp.working_notes import Notes, Tried


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
    qtbot.mouseClick(made.segments.button(GRADIENT), LEFT)
    settled(qtbot, made)
    return made


def settled(qtbot: QtBot, page: DerivePage) -> None:
    picture = page.gradients.desk.picture
    qtbot.waitUntil(lambda: page.desk.report is not None and not picture.empty, timeout=SOON)
    qtbot.wait(30)


def type_line(qtbot: QtBot, page: DerivePage, text: str) -> None:
    panel = page.gradients.working
    panel.typed.line.setFocus()
    panel.typed.line.clear()
    QTest.keyClicks(panel.typed.line, text)
    QTest.keyClick(panel.typed.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.card.verdict is not None, timeout=SOON)


def test_the_picture_does_not_give_the_line_away(page: DerivePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.modes.button(WORK), LEFT)
    panel, picture = page.gradients.working, page.gradients.desk.picture
    asked = panel.asked_line
    assert asked is not None and page.desk.report is not None
    before = page.desk.report.lines[panel.lit_line - 1]
    assert before.number < asked.number and picture._path == before.path
    type_line(qtbot, page, "dL/dyhat = yhat - y")
    assert picture._path == asked.path
    QTest.mouseClick(panel.card.buttons[NEXT], LEFT)
    assert picture._path == asked.path, "it is the last one that is known now"
    qtbot.mouseClick(page.modes.button(READ), LEFT)
    qtbot.wait(30)
    assert not picture.lit_keys


def test_the_picture_does_not_give_a_gap_away(page: DerivePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.modes.button(GAPS), LEFT)
    panel, picture = page.gradients.exercise, page.gradients.desk.picture
    qtbot.waitUntil(lambda: panel.notes is not None, timeout=SOON)
    for _ in range(3):
        assert panel.notes is not None
        gap = panel.notes.exercise.gaps[panel.notes.current]
        assert panel.lit_line < gap.line
        lines = {line.number: line for line in panel.notes.exercise.lines}
        assert picture._path == (lines[panel.lit_line].path if panel.lit_line else ())
        QTest.keyClick(panel, Qt.Key(Qt.Key.Key_1 + gap.answer))


def test_one_at_a_time_leaves_no_light(page: DerivePage, qtbot: QtBot) -> None:
    steps, picture = page.desk.view.steps, page.gradients.desk.picture
    built(qtbot, page, 1)
    steps.head.one_by_one.click()
    assert picture.lit_keys
    page.setFocus()
    steps.head.one_by_one.click()
    qtbot.wait(30)
    assert not picture.lit_keys


def test_the_next_start_knows_the_mode_and_what_was_typed(
    page: DerivePage, qtbot: QtBot, jobs: Jobs, settings: Settings
) -> None:
    qtbot.mouseClick(page.modes.button(WORK), LEFT)
    type_line(qtbot, page, "dL/dyhat = yhat - y")
    QTest.mouseClick(page.gradients.working.card.buttons[NEXT], LEFT)
    asked = page.gradients.working.asked_line
    QTest.keyClicks(page.gradients.working.typed.line, "dL/dh")
    page.closing()
    again = shown(qtbot, jobs, settings)
    settled(qtbot, again)
    panel = again.gradients.working
    assert again.modes.value == again.gradients.desk.mode == WORK
    assert panel.asked_line == asked
    assert panel.typed.text == "dL/dh"
    assert [one.text for one in panel.notes.tried] == ["dL/dyhat = yhat - y"]
    assert panel.notes.score()[0] == 1
    unseen = shown(qtbot, jobs, settings)
    unseen.closing()
    third = shown(qtbot, jobs, settings)
    settled(qtbot, third)
    assert third.gradients.working.asked_line == asked


@pytest.mark.parametrize(
    "working",
    [
        7,
        [],
        {"key": 3},
        {"key": "k", "known": -4, "found": "x", "tried": [[1, 2], ["a" * 999, 1, ""]], "draft": 5},
    ],
)
def test_a_damaged_memory_reads_as_nothing(
    qtbot: QtBot, jobs: Jobs, settings: Settings, working: object
) -> None:
    settings.keep_knobs(PAGE, {"mode": "fly", "working": working, "segment": GRADIENT})
    made = shown(qtbot, jobs, settings)
    settled(qtbot, made)
    assert made.modes.value == READ == made.gradients.modes.mode
    qtbot.mouseClick(made.modes.button(WORK), LEFT)
    assert made.gradients.working.asked_line is not None
    assert made.gradients.working.notes.tried == ()


def test_notes_are_kept_and_recalled() -> None:
    notes = Notes((), known=5, found={5}, revealed={4}, skipped={3}, draft="x = 1")
    notes.tried = (Tried("δ_t = 0", 5, None), Tried("a" * (LONGEST + 1), 5))
    found = recalled(kept("name", notes))
    assert found is not None
    key, again = found
    assert key == "name"
    assert (again.known, again.found, again.revealed, again.skipped) == (5, {5}, {4}, {3})
    assert (again.tried, again.draft) == (notes.tried[:1], "x = 1")


def test_a_double_click_shows_the_picture_larger(page: DerivePage, qtbot: QtBot) -> None:
    picture = page.gradients.desk.picture
    QTest.mouseDClick(picture, LEFT, pos=picture.rect().center())
    QTest.mouseRelease(picture, LEFT, pos=picture.rect().center())
    window = page.findChild(NetworkWindow)
    assert window is not None
    qtbot.waitExposed(window)
    assert window.view.network == picture.network and window.view.width() > picture.width()
    before = page.desk.view.steps.head.time.t
    QTest.keyClick(window.view, Qt.Key.Key_Left if before else Qt.Key.Key_Right)
    assert page.desk.view.steps.head.time.t != before
    QTest.keyClick(window.view, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_exports_follow_what_is_on_screen(page: DerivePage, qtbot: QtBot) -> None:
    head = page.desk.view.steps.head
    head.set_level(0)
    if head.numbers.isChecked():
        head.numbers.click()
    report = page.desk.report
    assert report is not None
    files = page.files[GRADIENT]
    assert (files.shown().level, files.shown().numbers, files.shown().twins) == (0, False, False)
    files.copy_latex()
    told = {line.number for line in report.lines if line.level == 0}
    found = {int(one) for one in re.findall(r"\\tag\{(\d+)\}", clipboard())}
    assert found == told
    row = built(qtbot, page, min(told))
    row.set_open(True)
    assert files.shown().rules == {row.line.number}
