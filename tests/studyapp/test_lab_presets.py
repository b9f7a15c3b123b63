"""The chooser of prepared runs, and pairs of runs in the Lab."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest
from lab_bench import Open, obeyed, opener, steps
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.config import RunConfig
from engine.presets import PRESETS, Preset
from studyapp.lab_presets import LabPresets, ghost_of
from studyapp.losses import LossHistory
from studyapp.theme import Theme, dress
from studyapp.widgets.preset_chooser import PresetChooser
from studyapp.widgets.preset_words import by_topic, counted, differences, knobs_of, matching

Key = Qt.Key
PAIR = Preset(
    "clipped",
    "With and without clipping",
    ("gradient-clipping",),
    RunConfig(hidden=4, length=8, batch=2),
    "the gradient norm",
    "It is cut.",
    RunConfig(hidden=4, length=8, batch=2, clip=0.0),
)
ALONE = Preset(
    "plain", "A plain RNN", ("rnn-idea", "bptt-cost"), RunConfig(cell="rnn"), "the state", "A tanh."
)


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    dress(qapp)
    return Theme("light")


@pytest.fixture
def chooser(qtbot: QtBot, theme: Theme) -> PresetChooser:
    made = PresetChooser(theme, (PAIR, ALONE), {"bptt-cost": "What BPTT costs"})
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_typing_and_arrow_keys_find_a_preset(qtbot: QtBot, chooser: PresetChooser) -> None:
    assert chooser.shown == ("clipped", "plain")
    qtbot.keyClick(chooser.search, Key.Key_Down)
    assert chooser.current is ALONE
    qtbot.keyClicks(chooser.search, "rnn bptt")
    assert chooser.shown == ("plain",)
    assert chooser._topics.text() == "Rnn idea · What BPTT costs"
    said: list[Preset] = []
    chooser.chosen.connect(said.append)
    qtbot.keyClick(chooser.search, Key.Key_Return)
    assert said == [ALONE]
    assert not chooser.isVisible()


def test_nothing_found_is_said(qtbot: QtBot, chooser: PresetChooser) -> None:
    qtbot.keyClicks(chooser.search, "quantum")
    assert chooser.shown == ()
    assert chooser._nothing.isVisible()
    assert not chooser.start.isEnabled()
    qtbot.keyClick(chooser.search, Key.Key_Return)
    assert chooser.isVisible()


def test_a_title_is_found_before_a_topic(qtbot: QtBot, chooser: PresetChooser) -> None:
    by_topic_only = dataclasses.replace(ALONE, id="other", topics=("clipping",))
    assert [p.id for p in matching((by_topic_only, PAIR), "clipping")] == ["clipped", "other"]
    assert [p.id for p in matching((by_topic_only, PAIR), "")] == ["other", "clipped"]
    assert matching(PRESETS, "exploding")[0].id == "exploding"


def test_the_chooser_says_how_many_steps(chooser: PresetChooser) -> None:
    assert chooser._knobs.text().endswith(" · 300 steps")
    assert (counted(1), counted(2000)) == ("1 step", "2,000 steps")


def test_a_pair_is_told_by_its_difference(chooser: PresetChooser) -> None:
    assert "Clip norm: 1 → 0" in chooser._contrast.text()
    assert differences(RunConfig(cell="gru"), RunConfig()) == ("Cell: LSTM → GRU",)
    assert knobs_of(RunConfig(cell="gru", hidden=9)) == "Next character · Cell GRU · Hidden units 9"


def test_every_preset_is_listed_once_and_found_by_its_words() -> None:
    assert sorted(p.id for group in by_topic(PRESETS).values() for p in group) == sorted(
        p.id for p in PRESETS
    )
    for preset in PRESETS:
        assert preset in matching(PRESETS, preset.title)


def test_a_ghost_is_thinned_and_keeps_its_ends() -> None:
    history = LossHistory()
    history.extend(np.linspace(3, 1, 9000))
    ghost = ghost_of(history, "first run")
    assert ghost is not None
    assert len(ghost.losses) <= 2000
    assert (ghost.first, ghost.last) == (pytest.approx(1, abs=5), pytest.approx(9000, abs=5))
    assert ghost_of(LossHistory(), "none") is None


# --- in the Lab -------------------------------------------------------------------------------


@pytest.fixture
def open_lab(qtbot: QtBot, theme: Theme) -> Iterator[Open]:
    with opener(qtbot, theme) as build:
        yield build


def test_a_preset_does_exactly_its_steps_and_says_what_to_look_at(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    short = dataclasses.replace(PAIR, steps=2)
    page.view.sampler.top_k.setValue(3)
    page.start_preset(short)
    qtbot.waitUntil(lambda: steps(page) == 2 and not page._trainer.running, timeout=10_000)
    assert page.view.time.note == "Done: 2 steps. Look at: the gradient norm."
    assert page.view.state == "Paused"
    assert page.view.sampler.top_k.value() == 0
    page.step()
    qtbot.waitUntil(lambda: steps(page) == 3, timeout=10_000)
    assert "Done" not in page.view.time.note
    page.compare()
    qtbot.waitUntil(lambda: page._built == PAIR.contrast and steps(page) == 2, timeout=10_000)
    assert page.view.time.note.startswith("Done: 2 steps.")
    page.train_or_pause()
    qtbot.waitUntil(lambda: steps(page) > 20, timeout=10_000)
    page.train_or_pause()


def test_a_step_taken_while_a_preset_runs_ends_it(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    page.start_preset(dataclasses.replace(PAIR, steps=10**6))
    qtbot.waitUntil(lambda: steps(page) > 5, timeout=10_000)
    assert page.view.state == "Training"
    page.step()
    obeyed(qtbot, page._trainer)
    stopped = steps(page)
    qtbot.wait(50)
    assert steps(page) == stopped < 10**6
    assert page.view.time.note == ""


def test_a_preset_trains_at_once_and_offers_its_second_run(qtbot: QtBot, open_lab: Open) -> None:
    page = open_lab()
    chooser = page.presets.choose_from((PAIR, ALONE))
    qtbot.keyClick(chooser.search, Key.Key_Return)
    qtbot.waitUntil(lambda: steps(page) > 20, timeout=10_000)
    assert page.view.form.config() == PAIR.config
    assert PAIR.title in page.view.knobs.hint
    button = page.view.knobs.compare
    assert button.text() == "Now the second run"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._built == PAIR.contrast and steps(page) > 5, timeout=10_000)
    (ghost,) = page.view.curve.ghosts
    assert ghost.label == "first run: Clip norm 1"
    assert ghost.last > 20
    assert button.text() == "Back to the first run"
    page.view.form.turn("hidden", 5)
    page.reset()
    qtbot.waitUntil(lambda: page._built is not None and page._built.hidden == 5)
    assert not button.isVisible(), "a run of one's own belongs to no pair"
    assert not page.view.curve.ghosts


def test_topics_have_the_titles_of_the_course_as_they_are_when_it_opens(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    titles: dict[str, str] = {}
    qtbot.addWidget(window)
    presets = LabPresets(window, theme, lambda _: None, lambda: titles)
    for title in ("What BPTT costs", "The price of BPTT"):
        titles["bptt-cost"] = title
        chooser = presets.choose_from((ALONE,))
        assert chooser._topics.text() == f"Rnn idea · {title}"
        chooser.reject()
