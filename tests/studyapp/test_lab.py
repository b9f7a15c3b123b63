"""The Lab as a user has it: real clicks and keys, the real training process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import numpy as np
import psutil
import pytest
from lab_bench import SMALL, Open, obeyed, opener, steps, train
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from engine.config import RunConfig
from studyapp.lab_memory import LabMemory
from studyapp.lab_rescue import CLIP_ON, GO_ON, STEP_BACK, rescue, way_on
from studyapp.pages.lab import LabPage
from studyapp.settings import Settings
from studyapp.theme import Theme, dress
from studyapp.widgets.number_field import NumberField
from studyapp.widgets.own_text import OwnText

DIVERGING = RunConfig(
    task="sine", cell="rnn", optimiser="sgd", learning_rate=100.0, clip=0.0, hidden=8, length=10
)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def one_theme(qapp: QApplication) -> Theme:
    """One for all tests: to apply a style sheet takes a while."""
    dress(qapp)
    return Theme("dark")


@pytest.fixture
def theme(one_theme: Theme) -> Theme:
    if one_theme.choice != "dark":
        one_theme.choose("dark")
    return one_theme


@pytest.fixture
def open_lab(qtbot: QtBot, theme: Theme) -> Iterator[Open]:
    """Opens Labs whose run is built, and ends their processes."""
    with opener(qtbot, theme) as build:
        yield build


def type_into(qtbot: QtBot, page: LabPage, name: str, text: str) -> None:
    field = page.view.form.row(name).findChild(NumberField)
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


# --- training -------------------------------------------------------------------------------


def test_train_for_a_second_then_pause(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    view = page.view
    assert view.state == "Ready"
    assert "Press Train" in view.curve.accessibleDescription() or view.curve.empty
    qtbot.mouseClick(view.transport.train, LEFT)
    assert view.transport.train.text() == "Pause"
    qtbot.waitUntil(lambda: steps(page) > 3)
    first = view.figures.value("loss")
    qtbot.waitUntil(lambda: view.figures.value("loss") != first and steps(page) > 60, timeout=5000)
    assert view.state == "Training"
    qtbot.mouseClick(view.transport.train, LEFT)
    obeyed(qtbot, page._trainer)
    stopped = steps(page)
    qtbot.wait(50)
    assert steps(page) == stopped
    assert (view.state, view.transport.train.text()) == ("Paused", "Train")


def test_keys_train_pause_step_and_reset(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    qtbot.keyClick(page, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: steps(page) == 1)
    qtbot.keyClick(page, Qt.Key.Key_Period, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: steps(page) == 11)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: steps(page) > 20)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.view.state == "Paused")
    qtbot.keyClick(page, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: steps(page) == 0)
    assert page.view.state == "Ready"
    assert page.view.gates.gates.empty


def test_reset_with_the_same_seed_repeats_the_losses_and_another_seed_does_not(
    qtbot: QtBot, open_lab: Open
) -> None:
    page = open_lab()
    seen = []
    for seed in ("1", "1", "2"):
        type_into(qtbot, page, "seed", seed)
        qtbot.mouseClick(page.view.transport.restart, LEFT)
        qtbot.waitUntil(lambda: steps(page) == 0 and page.view.state == "Ready")
        train(qtbot, page, 5)
        seen.append(page._trainer.losses.means[:5].tolist())
    assert seen[0] == seen[1] != seen[2]


def test_every_number_on_screen_is_the_snapshots(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 7)
    snapshot, place = page._trainer.snapshot, page.view.place
    assert snapshot is not None
    gates = page.view.gates.gates
    for letter in "figoc":
        assert gates.value(letter) == snapshot.gates[letter][place.t, place.unit]
    assert gates.value("h") == snapshot.hidden[place.t, place.unit]
    assert gates.value("dL/dh") == snapshot.dh[place.t, place.unit]
    assert f"{snapshot.dh_norm[place.t]:.3g}"[:4] in page.view.sequence.bars.description()
    equations = page.view.gates.equations.text.splitlines()
    assert f"= {snapshot.hidden[place.t, place.unit]:.2f}".replace("-", "−") in equations[1]


def test_the_first_picture_of_characters_shows_the_guessing_line(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 1)
    snapshot = page._trainer.snapshot
    assert snapshot is not None
    kinds = snapshot.outputs.shape[1]
    assert f"uniform guessing: ln {kinds} = {np.log(kinds):.2f}" in page.view.curve.description()


# --- looking around ----------------------------------------------------------------------------


def test_arrow_keys_move_the_cursor_of_all_views(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 5)
    view, place = page.view, page.view.place
    before = view.gates.gates.value("f")
    qtbot.keyClick(view.sequence.heat, Qt.Key.Key_Home)
    assert place.t == 0
    assert "t = 1" in view.gates.reading.text
    qtbot.keyClick(view.sequence.bars, Qt.Key.Key_Right)
    qtbot.keyClick(view.gates.gates, Qt.Key.Key_Down)
    assert (place.t, place.unit) == (1, 1)
    assert view.gates.gates.value("f") != before
    assert "unit 2, t = 2" in view.sequence.reading.text
    qtbot.keyClick(page, Qt.Key.Key_End)  # the page itself hands the key on
    assert place.t == SMALL.length - 1
    assert f"t = {SMALL.length}" in view.sequence.bars.description()


def test_a_click_on_the_heat_map_chooses_step_and_unit(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 2)
    heat = page.view.sequence.heat
    column = heat.column(6)
    point = QPoint(round(column.center().x()), round(column.top() + column.height() * 0.9))
    qtbot.mouseClick(heat, LEFT, pos=point)
    assert (page.view.place.t, page.view.place.unit) == (6, 3)


def test_switching_the_theme_repaints(qtbot: QtBot, open_lab: Open, theme: Theme) -> None:
    page = open_lab()
    train(qtbot, page, 3)
    dark = page.view.sequence.heat.grab().toImage()
    theme.choose("light")
    light = page.view.sequence.heat.grab().toImage()
    assert dark != light
    assert light.pixelColor(1, light.height() // 2).name() == theme.colours.card


def test_nothing_is_drawn_off_screen_and_all_is_there_on_return(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    page.train_or_pause()
    qtbot.waitUntil(lambda: steps(page) > 5)
    page.left()
    shown = steps(page)
    trainer = page._trainer
    qtbot.waitUntil(lambda: trainer.losses.steps > shown + 30)
    assert steps(page) == shown
    trainer.pause()
    obeyed(qtbot, trainer)
    page.entered()
    assert steps(page) == trainer.losses.steps


def test_text_is_written_while_training_and_on_demand(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    sampler = page.view.sampler
    train(qtbot, page, 1)
    qtbot.waitUntil(lambda: len(sampler.text.toPlainText()) > 100, timeout=5000)
    first = sampler.text.toPlainText()
    qtbot.mouseClick(sampler.button, LEFT)
    qtbot.waitUntil(lambda: sampler.text.toPlainText() != first)
    second = sampler.text.toPlainText()
    sampler.slider.setFocus()
    qtbot.keyClick(sampler.slider, Qt.Key.Key_Home)  # as cold as can be: the same seed, another text
    qtbot.waitUntil(lambda: sampler.text.toPlainText() != second)
    assert sampler.temperature == 0.1


def test_a_prompt_and_top_k_shape_the_text(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    sampler = page.view.sampler
    train(qtbot, page, 1)
    qtbot.waitUntil(lambda: len(sampler.text.toPlainText()) > 100, timeout=5000)
    drawn = sampler.text.toPlainText()
    sampler.top_k.setValue(1)
    qtbot.waitUntil(lambda: sampler.text.toPlainText() != drawn)
    greedy = sampler.text.toPlainText()
    qtbot.mouseClick(sampler.button, LEFT)
    qtbot.waitUntil(lambda: "seed 2" in sampler._source.text)
    assert sampler.text.toPlainText() == greedy, "the likeliest symbols need no dice"
    sampler.prompt.setFocus()
    qtbot.keyClicks(sampler.prompt, "a#")
    qtbot.waitUntil(lambda: "#" in sampler._problem.text() and sampler._problem.isVisible())
    page.train_or_pause()
    before = steps(page)
    with qtbot.waitSignal(page._trainer.unwritten, timeout=10_000):
        pass  # it is asked again, and refused again
    assert page._trainer.running, "a prompt that cannot be read stops nothing"
    qtbot.waitUntil(lambda: steps(page) > before)
    assert not page.view.banner.isVisible()
    sampler.prompt.setText("a")
    qtbot.waitUntil(lambda: not sampler._problem.isVisible(), timeout=5000)


def test_a_sine_shows_curves_and_writes_nothing(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab(RunConfig(task="sine", cell="gru", hidden=4, length=8, batch=2))
    train(qtbot, page, 4)
    assert page.view.sequence.wave.isVisible()
    assert not page.view.sampler.isVisible()
    assert not page.view.sequence.strip.isVisible()
    snapshot = page._trainer.snapshot
    assert snapshot is not None
    t = page.view.place.t
    assert f"target {float(snapshot.targets[t]):.2f}".replace("-", "−") in page.view.sequence.wave.words_at(
        t, None
    )


# --- knobs -----------------------------------------------------------------------------------------


BAD = (
    ("hidden", "abc", "it must be a whole number"),
    ("hidden", "9**9**9", "it must be a whole number"),
    ("hidden", "0", "from 1 to 128"),
    ("learning_rate", "1e999", "from 1e-06 to 100"),
    ("clip", "nan", "from 0 to 1000"),
    ("batch", "", "it must be a whole number"),
    ("seed", "9" * 24, "from 0 to"),
    ("length", "__import__('os').system(", "it must be a whole number"),
)


def test_bad_values_are_said_under_the_knob_and_never_train(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    for name, typed, words in BAD:
        type_into(qtbot, page, name, typed)
        row = page.view.form.row(name)
        assert words in row.problem, name
        page.setFocus()
        qtbot.keyClick(page, Qt.Key.Key_R)
        assert row.isAncestorOf(QApplication.focusWidget()), "the keyboard goes to what is wrong"
        type_into(qtbot, page, name, f"{getattr(SMALL, name):g}")
        assert not row.problem
    qtbot.wait(100)
    assert page._built == SMALL
    assert not page.view.banner.isVisible()


def test_knobs_of_a_run_that_has_begun_wait_for_reset(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    type_into(qtbot, page, "hidden", "6")  # before the first step a new run is built at once
    qtbot.waitUntil(lambda: page._built is not None and page._built.hidden == 6)
    train(qtbot, page, 3)
    type_into(qtbot, page, "hidden", "5")
    assert "Press Reset" in page.view.knobs.waiting.text()
    assert "Hidden units" in page.view.knobs.waiting.text()
    assert page._built is not None
    assert page._built.hidden == 6
    qtbot.mouseClick(page.view.transport.restart, LEFT)
    qtbot.waitUntil(lambda: page._built is not None and page._built.hidden == 5)
    assert not page.view.knobs.waiting.isVisible()
    train(qtbot, page, 1)
    assert page.view.place.units == 5


def test_the_learning_rate_acts_at_once_and_is_flagged(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 3)
    type_into(qtbot, page, "learning_rate", "0.5")
    train(qtbot, page, 3)
    assert page._built is not None
    assert page._built.learning_rate == SMALL.learning_rate
    assert not page.view.knobs.waiting.isVisible()
    assert page.view.loss.marks == [(3, "learning rate 0.5")]


def test_own_text_works_or_is_refused_in_words(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    box = page.view.form.row("text").findChild(OwnText)
    for text, words in (("a", "1 character;"), ("a" * 100, "single character")):
        box.setPlainText(text)
        qtbot.waitUntil(lambda w=words: w in page.view.banner.text, timeout=5000)
    for text in ("ab" * 10_000, "ab😀é\n" * 30):
        box.setPlainText(text)
        qtbot.waitUntil(lambda t=text: page._built is not None and page._built.text == t, timeout=5000)
        assert not page.view.banner.isVisible()
    train(qtbot, page, 2)
    qtbot.waitUntil(lambda: "😀" in page.view.sampler.text.toPlainText(), timeout=5000)


def test_too_long_a_paste_changes_nothing(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    box = page.view.form.row("text").findChild(OwnText)
    QApplication.clipboard().setText("x" * 1_000_000)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert box.toPlainText() == ""
    assert "1,000,000 characters" in page.view.form.row("text").problem


def test_knobs_are_remembered(qtbot: QtBot, open_lab: Open) -> None:
    settings = Settings(None)
    page = open_lab(settings=settings)
    type_into(qtbot, page, "hidden", "7")
    page.view.sampler.slider.setValue(13)
    qtbot.mouseClick(page.view.log, LEFT)
    page.closing()
    again = open_lab(settings=settings)
    assert again._built is not None
    assert again._built.hidden == 7
    assert again.view.sampler.temperature == 1.3
    assert again.view.curve.log


@pytest.mark.parametrize("kept", [{"hidden": "many"}, {"hidden": 10**9, "cell": []}, {"temperature": "hot"}])
def test_damaged_memory_reads_as_defaults(kept: dict[str, object]) -> None:
    settings = Settings(None)
    settings.keep_knobs("lab", kept)
    assert LabMemory.of(settings) == LabMemory()


def test_space_trains_after_a_click_on_a_choice(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    row = page.view.form.row("cell")
    for button in row.findChildren(QPushButton)[::-1]:  # the last click is on one that is not chosen
        qtbot.mouseClick(button, LEFT)
        assert not button.hasFocus()
    qtbot.keyClick(page.window().focusWidget() or page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: steps(page) > 3, timeout=10_000)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.view.state == "Paused")
    chosen = row.findChildren(QPushButton)[0]
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    assert chosen.hasFocus() and chosen.isChecked()
    stopped = steps(page)
    qtbot.keyClick(chosen, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: steps(page) > stopped, timeout=10_000)


def test_the_latest_of_mouse_and_keys_is_read_out(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 2)
    heat, reading = page.view.sequence.heat, page.view.sequence.reading
    page.view.place.go(5, 0)
    column = heat.column(2)
    QTest.mouseMove(heat, QPoint(round(column.center().x()), round(column.bottom() - 3)))
    qtbot.waitUntil(lambda: "unit 4, t = 3" in reading.text)
    qtbot.keyClick(heat, Qt.Key.Key_Right)
    assert "unit 1, t = 7" in reading.text
    train(qtbot, page, 1)
    assert "unit 1, t = 7" in reading.text, "the next picture does not bring the old place back"


def test_reset_with_a_bad_knob_says_which(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 1)
    type_into(qtbot, page, "batch", "many")
    assert "Mend what is marked, then press Reset" in page.view.knobs.waiting.text()
    qtbot.mouseClick(page.view.transport.restart, LEFT)
    assert "Batch is 'many'" in page.view.banner.text
    field = QApplication.focusWidget()
    assert isinstance(field, NumberField)
    assert field.selectedText() == "many"
    qtbot.keyClicks(field, "3")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not page.view.banner.isVisible()
    assert "Mend" not in page.view.knobs.waiting.text()


def test_a_clip_norm_of_zero_is_called_off(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    off = page.view.form.row("clip")._off
    assert not off.isVisible()
    for typed, said in (("0", "off"), ("2", "above 2,")):
        type_into(qtbot, page, "clip", typed)
        assert off.isVisible() == (typed == "0")
        qtbot.waitUntil(lambda w=said: f"Clipping</b>&nbsp; {w}" in page.view._conventions.text())


def test_the_banner_moves_nothing(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    qtbot.wait(50)  # the conventions have just come, and are laid out
    before = page.view.curve.mapTo(page, QPoint()), page.view.curve.size()
    page.view.banner.tell("Something went wrong. " * 8, GO_ON)
    qtbot.wait(50)
    assert (page.view.curve.mapTo(page, QPoint()), page.view.curve.size()) == before
    assert page.rect().contains(page.view.banner.geometry())


# --- trouble -----------------------------------------------------------------------------------------


def test_a_diverging_run_is_told_and_goes_on_with_one_click(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab(DIVERGING)
    qtbot.mouseClick(page.view.transport.train, LEFT)
    qtbot.waitUntil(lambda: page.view.state == "Exploded", timeout=10_000)
    view = page.view
    broken = page._trainer.losses.steps + 1
    assert f"Exploded at step {broken}, gradient norm " in view.banner.text
    assert [b.text() for b in view.banner.buttons] == [CLIP_ON, STEP_BACK, "Reset"]
    assert page._trainer.snapshot is not None
    assert page._trainer.snapshot.step == broken, "the broken step itself can be inspected"
    assert steps(page) == broken - 1, "header and scrubber agree"
    assert view.time.where == f"step {broken - 1}, step {broken} broke"
    assert view.figures.value("loss") not in ("nan", "not a number"), "of the last good step"
    view.grab()
    qtbot.mouseClick(view.banner.buttons[0], LEFT)
    assert view.form.row("clip").value == 1.0
    assert view.form.row("learning_rate").value == 100.0
    qtbot.waitUntil(lambda: page._trainer.losses.steps > broken, timeout=10_000)


def test_a_run_that_is_clipped_goes_on_with_a_lower_rate(open_lab: Open) -> None:
    form = open_lab(DIVERGING).view.form
    assert way_on(form) == CLIP_ON
    form.turn("clip", 5.0)
    assert way_on(form) == GO_ON
    assert rescue(form, GO_ON)
    assert (form.row("clip").value, form.row("learning_rate").value) == (5.0, 10.0)
    assert not rescue(form, STEP_BACK)


def test_a_killed_process_is_told_and_reset_begins_again(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    train(qtbot, page, 4)
    shown = page.view.figures.value("loss")
    page.train_or_pause()
    pid = page._trainer.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: "ended unexpectedly" in page.view.banner.text, timeout=5000)
    assert page.view.state == "Stopped"
    assert page.view.figures.value("loss") != "–"
    assert shown
    assert page.view.banner.buttons[0].text() == "Reset"
    qtbot.mouseClick(page.view.banner.buttons[0], LEFT)
    qtbot.waitUntil(lambda: page.view.state == "Ready", timeout=10_000)
    train(qtbot, page, 2)
    assert page._trainer.pid != pid
    assert page.view.banner.text == ""


def test_closing_while_training_leaves_no_process(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    page.train_or_pause()
    qtbot.waitUntil(lambda: steps(page) > 5)
    pid = page._trainer.pid
    page.closing()
    page._trainer.close()
    page.close()
    assert pid is not None
    assert not psutil.pid_exists(pid)
