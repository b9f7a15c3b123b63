"""Time travel and branches in the Lab, by buttons, keys and the scrubber; files; explosions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from lab_bench import SMALL, Open, opener, steps, train
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from engine.config import RunConfig
from engine.messages import Branches, BranchInfo, Moved
from studyapp.lab_rescue import STEP_BACK
from studyapp.lab_time import LabTime, branch_words
from studyapp.losses import LossHistory
from studyapp.theme import Theme, dress
from studyapp.widgets.transport import NO_WAY_BACK

LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def open_lab(qtbot: QtBot, qapp: QApplication) -> Iterator[Open]:
    dress(qapp)
    with opener(qtbot, Theme("dark")) as build:
        yield build


def test_there_is_no_way_back_before_the_first_step(open_lab: Open) -> None:
    view = open_lab().view
    for widget in (view.transport.back, view.transport.back_ten, view.time.slider, view.time.button):
        assert not widget.isEnabled()
        assert widget.toolTip() == NO_WAY_BACK


def test_a_step_undone_and_done_again_is_the_same(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 12)
    losses, hidden = page._trainer.losses.means.copy(), page._trainer.snapshot.hidden.copy()
    qtbot.mouseClick(page.view.transport.back, LEFT)
    qtbot.waitUntil(lambda: steps(page) == 11)
    qtbot.keyClick(page, Key.Key_Comma, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: steps(page) == 1)
    assert "Steps ahead are kept" in page.view.time.note
    assert [g.label for g in page.view.curve.ghosts] == ["steps ahead"]
    np.testing.assert_array_equal(page.view.curve.ghosts[0].losses, losses[1:])
    train(qtbot, page, 11)
    np.testing.assert_array_equal(page._trainer.losses.means, losses)
    np.testing.assert_array_equal(page._trainer.snapshot.hidden, hidden)
    assert not page.view.curve.ghosts


def test_back_to_the_start_says_how_to_see_something(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 3)
    qtbot.keyClick(page, Key.Key_Comma, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: steps(page) == 0)
    assert page.view.gates.gates.empty
    assert not page.view.transport.back.isEnabled()
    page.view.form.turn("learning_rate", 0.5)  # must not drop the steps that lie ahead
    qtbot.waitUntil(lambda: len(page.view.time.branches.choices) == 2)
    assert "branch 1 is kept" in page.view.time.note


def test_the_scrubber_goes_to_any_step_by_keys(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 20)
    slider = page.view.time.slider
    assert (slider.value(), slider.maximum()) == (20, 20)
    slider.setFocus()
    qtbot.keyClick(slider, Key.Key_Left)
    qtbot.keyClick(slider, Key.Key_Left)
    qtbot.waitUntil(lambda: steps(page) == 18)
    qtbot.keyClick(slider, Key.Key_Home)
    qtbot.waitUntil(lambda: steps(page) == 0)
    qtbot.keyClick(slider, Key.Key_End)
    qtbot.waitUntil(lambda: steps(page) == 20)


def test_a_knob_turned_in_the_past_begins_a_branch(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 12)
    page.view.time.sought.emit(5)
    qtbot.waitUntil(lambda: steps(page) == 5)
    page.view.form.turn("learning_rate", 0.3)
    qtbot.waitUntil(lambda: len(page.view.time.branches.choices) == 2)
    assert page.view.time.note.startswith("Branch 2 began here, after step 5")
    (ghost,) = page.view.curve.ghosts
    assert (ghost.first, ghost.last) == (6, 12)
    assert "branch 1" in page.view.loss._legend.text()
    train(qtbot, page, 3)
    assert "learning rate 0.3 after step 5" in dict(page.view.time.branches.choices)["2"]
    page.view.time.switched.emit(1)
    qtbot.waitUntil(lambda: steps(page) == 12)
    assert page.view.form.row("learning_rate").value == SMALL.learning_rate, "the knobs are those of then"


def test_a_branch_can_be_begun_by_hand(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 4)
    qtbot.keyClick(page, Key.Key_B)
    qtbot.waitUntil(lambda: len(page.view.time.branches.choices) == 2)
    assert page.view.time.branches.value == "2"


def test_an_exploded_run_steps_back_to_its_last_sound_step(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab(
        RunConfig(
            task="sine", cell="rnn", optimiser="sgd", learning_rate=100.0, clip=0.0, hidden=8, length=10
        )
    )
    qtbot.mouseClick(page.view.transport.train, LEFT)
    qtbot.waitUntil(lambda: page.view.state == "Exploded", timeout=10_000)
    last = page._trainer.losses.steps
    for part in ("everything", "picture", "cell"):
        page.view.inside.show_part(part)
        page.view.grab()
    for name, _ in page.view.inside.inspector.names.choices:
        page.view.inside.inspector.choose(name)
        page.view.grab()
    page.view.form.set_more_open(True)
    page.view.banner.accepted.emit(STEP_BACK)
    qtbot.waitUntil(lambda: page.view.state == "Paused" and steps(page) == last)
    assert not page.view.banner.isVisible()
    page.train_or_pause()
    qtbot.waitUntil(lambda: page.view.state == "Exploded", timeout=10_000)
    for _ in range(3):  # quick keys: none may be lost
        page.step_back()
    qtbot.waitUntil(lambda: page._line.time.step == last - 2)


def test_a_run_is_saved_opened_and_exported(qtbot: QtBot, open_lab: Open, tmp_path: Path) -> None:
    page, file = open_lab(), tmp_path / "mine.run"
    train(qtbot, page, 6)
    qtbot.keyClick(page, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(file))
    qtbot.waitUntil(lambda: "was written" in page.view.banner.text)
    dialog.close()
    page._trainer.export(str(tmp_path / "net"))
    qtbot.waitUntil(lambda: "PyTorch" in page.view.banner.text, timeout=10_000)
    losses = page._trainer.losses.means.copy()
    other = open_lab(RunConfig(cell="gru", hidden=7))
    other.files.load(str(file))
    qtbot.waitUntil(lambda: steps(other) == 6)
    assert other.view.form.config() == SMALL
    assert "a saved run holds none" in other.view.time.note
    np.testing.assert_array_equal(other._trainer.losses.means, losses)
    train(qtbot, other, 2)
    train(qtbot, page, 2)
    np.testing.assert_array_equal(other._trainer.losses.means, page._trainer.losses.means)


def test_a_file_that_is_no_run_is_refused_in_words(qtbot: QtBot, open_lab: Open, tmp_path: Path) -> None:
    page, file = open_lab(), tmp_path / "text.run"
    file.write_text("hello")
    train(qtbot, page, 2)
    page.files.load(str(file))
    qtbot.waitUntil(lambda: bool(page.view.banner.text))
    assert "text.run" in page.view.banner.text
    train(qtbot, page, 1)
    assert steps(page) == 3, "the present run goes on"


# --- the facts without a window ---------------------------------------------------------------


def moved(step: int, furthest: int) -> Moved:
    return Moved(step, furthest, np.arange(step, dtype=float), None, RunConfig())


def test_what_lies_ahead_is_known_until_it_is_done_again() -> None:
    time, history = LabTime(), LossHistory()
    history.extend(np.arange(10.0))
    time.advance(10)
    time.move(moved(4, 10), history)
    assert time.ahead.tolist() == [4, 5, 6, 7, 8, 9]
    short = LossHistory()
    short.extend(np.arange(4.0))
    time.move(moved(2, 10), short)
    assert time.ahead.tolist() == [2, 3, 4, 5, 6, 7, 8, 9]
    time.advance(7)
    assert (time.step, time.furthest, time.ahead.tolist()) == (7, 10, [7, 8, 9])
    time.branch(Branches(2, (info(1, 10), info(2, 7))))
    assert (time.furthest, time.ahead.size) == (7, 0)
    assert [b.number for b in time.others] == [1]


def info(number: int, done: int, turned: tuple[str, ...] = ()) -> BranchInfo:
    return BranchInfo(number, done, 0, 1.5, turned, np.empty(0))


def test_a_branch_is_told_in_the_words_of_the_screen() -> None:
    told = branch_words(info(3, 1200, ("learning_rate 0.1 after step 40",)))
    assert told == "3: 1,200 steps, loss 1.5 · learning rate 0.1 after step 40"
