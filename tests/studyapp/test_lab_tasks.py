"""Every task and model on the Lab's view: pictures of the real engine, also of exploded steps."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.combinations import model_of
from engine.config import TASKS, RunConfig
from engine.messages import Started
from engine.snapshot import Snapshot
from engine.train import Run
from studyapp import lab_words
from studyapp.losses import LossHistory
from studyapp.theme import Theme, dress
from studyapp.widgets.array_map import ArrayMap, Axis
from studyapp.widgets.image_panel import images_of
from studyapp.widgets.lab_view import LabView
from studyapp.widgets.lanes import lanes_of, said_in

TIPS = ("train", "step", "ten", "back", "back_ten", "reset", "branch", "presets")
RUNS = [
    *({"task": task} for task, _ in TASKS),
    {"task": "reversal", "model": "attention", "direction": "both", "teacher_forcing": 0.5},
    {"task": "sorting", "model": "encoder-decoder", "cell": "gru"},
    {"task": "copy", "model": "ntm", "length": 12},
    {"layers": 3, "direction": "both", "dropout": 0.2},
    {"cell": "jordan", "activation": "sigmoid"},
    {"cell": "rnn", "activation": "relu", "gain": 3.0},
    {"cell": "rnn", "norm": "layer"},
    {"cell": "lstm", "norm": "batch", "peepholes": "yes"},
    {"cell": "gru", "gru_reset": "before", "state": "stateful"},
]


def name_of(knobs: dict[str, object]) -> str:
    return "-".join(map(str, knobs.values()))


def picture(config: RunConfig, steps: int = 2) -> tuple[Run, Snapshot]:
    run = Run(config)
    losses = [run.advance() for _ in range(steps)]
    return run, run.snapshot(losses)


def on_screen(qapp: QApplication) -> LabView:
    dress(qapp)
    made = LabView(Theme("dark"), dict.fromkeys(TIPS, "tip"))
    made.resize(1084, 772)
    made.show()
    QApplication.processEvents()
    return made


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> LabView:
    made = on_screen(qapp)
    qtbot.addWidget(made)
    return made


@pytest.fixture(scope="module")
def lived_in(qapp: QApplication) -> Iterator[LabView]:
    """One view for many runs, as in the Lab, where one follows the other."""
    made = on_screen(qapp)
    yield made
    made.close()
    made.deleteLater()


def show(view: LabView, config: RunConfig, run: Run, shown: Snapshot) -> None:
    losses = LossHistory()
    view.show_started(Started(config, 10, run.conventions), losses)
    losses.extend(shown.losses)
    view.show_picture(shown, losses, 10.0)


def broken(shown: Snapshot) -> Snapshot:
    """The same step with numbers that are none any more: every third not one, some infinite."""

    def spoilt(array: np.ndarray) -> np.ndarray:
        flat = np.array(array, dtype=float).ravel()
        flat[::3], flat[1::5] = np.nan, np.inf
        return flat.reshape(array.shape)

    fields = ("outputs", "hidden", "dh", "dh_norm")
    return dataclasses.replace(
        shown,
        gradient_norm=np.inf,
        gates={name: spoilt(array) for name, array in shown.gates.items()},
        named={name: spoilt(array) for name, array in shown.named.items()},
        **{name: spoilt(getattr(shown, name)) for name in fields},
    )


@pytest.mark.parametrize("knobs", RUNS, ids=name_of)
def test_every_run_is_drawn_sound_or_broken(lived_in: LabView, knobs: dict[str, object]) -> None:
    view = lived_in
    config = RunConfig(**({"length": 24, "hidden": 5, "batch": 3} | knobs))
    run, shown = picture(config)
    show(view, config, run, shown)
    for snapshot in (shown, broken(shown)):
        for lane in lanes_of(snapshot):
            view.sequence.lanes.set_value(lane.name)
            view.show_picture(snapshot, LossHistory(), 1.0)
            for part in ("cell", "picture", "everything"):
                view.inside.show_part(part)
                assert not view.grab().isNull()
            for widget in (
                view.sequence.heat,
                view.sequence.bars,
                view.gates.gates,
                view.inside.inspector.map,
            ):
                assert widget.description()
        for name in snapshot.named:
            view.inside.inspector.choose(name)
            view.inside.inspector.map.grab()
            assert view.inside.inspector.map.words()
    QApplication.processEvents()  # layouts are done anew by then
    assert view.minimumSizeHint().width() <= 1084
    assert view.minimumSizeHint().height() <= 772


def test_the_head_says_how_much_is_right_where_something_can_be(view: LabView) -> None:
    run, shown = picture(RunConfig(task="latch", length=12, hidden=5, batch=4))
    show(view, run.config, run, dataclasses.replace(shown, right=0.534))
    assert view.figures.value("right") == "53 %"
    show(view, run.config, run, dataclasses.replace(shown, right=None))
    assert view.figures.value("right") == "–"


def test_a_long_summary_keeps_its_name_and_its_size(view: LabView) -> None:
    run, shown = picture(RunConfig(task="dates", length=12, hidden=5, batch=4))
    show(view, run.config, run, shown)
    line = view._summary
    line.resize(180, 20)
    fitted = line.fitted(QFontMetrics(line.sized(12)))
    assert fitted.startswith("Enc") and fitted.endswith("parameters") and "…" in fitted
    assert line.toolTip() == line.text


def test_one_first_looks_at_a_step_that_is_asked_for(view: LabView) -> None:
    run, shown = picture(RunConfig(task="latch", length=12, hidden=5, batch=4))
    asked = np.zeros(12, dtype=bool)
    asked[[1, 3]] = True
    show(view, run.config, run, dataclasses.replace(shown, asked=asked))
    assert view.place.t == 3
    view.show_picture(dataclasses.replace(shown, asked=np.roll(asked, 2)), LossHistory(), 1.0)
    assert view.place.t == 3, "it is asked for here too: nothing moves"
    view.show_picture(dataclasses.replace(shown, asked=np.roll(asked, 1)), LossHistory(), 1.0)
    assert view.place.t == 4
    view.place.go(9)
    view.show_picture(dataclasses.replace(shown, asked=asked), LossHistory(), 1.0)
    assert view.place.t == 9, "where the user looks"


def test_every_task_and_model_says_what_it_does() -> None:
    for task, _ in TASKS:
        assert lab_words.hint(RunConfig(task=task))
        assert lab_words.summary(RunConfig(task=task), 5).endswith("5 parameters")
    assert lab_words.summary(RunConfig(layers=2, direction="both"), 1234) == (
        "LSTM, 16 units, 2 layers, both ways, 1,234 parameters"
    )


@pytest.mark.parametrize("task", [task for task, _ in TASKS])
def test_only_a_run_that_can_write_is_asked_to(task: str) -> None:
    from engine.writing import writes

    config = RunConfig(task=task)
    assert lab_words.writes(config) == writes(Run(config))


def test_what_is_not_asked_for_is_faint_and_said(view: LabView) -> None:
    config = RunConfig(task="copy", length=12, hidden=4, batch=2)
    run, shown = picture(config)
    show(view, config, run, shown)
    assert shown.asked is not None
    silent, asked = int(np.flatnonzero(~shown.asked)[0]), int(np.flatnonzero(shown.asked)[0])
    strip = view.sequence.strip
    assert "nothing is asked for here" in strip.words_at(silent, None)
    assert "should say" in strip.words_at(asked, None)
    assert f" of {int(shown.asked.sum())} guesses right" in strip.description()


def test_layers_and_directions_can_be_chosen(view: LabView) -> None:
    config = RunConfig(layers=2, direction="both", hidden=4, length=9, batch=2)
    run, shown = picture(config)
    show(view, config, run, shown)
    lanes = view.sequence.lanes
    assert [label for _, label in lanes.choices] == [
        "Layer 2", "Layer 1", "Layer 2, backwards", "Layer 1, backwards",
    ]  # fmt: skip
    lanes.set_value("h_l1_reverse")
    lanes.chosen.emit("h_l1_reverse")
    t, unit = view.place.t, view.place.unit
    assert view.gates.gates.value("f") == shown.named["f_l1_reverse"][t, unit]
    assert view.gates.gates.value("dL/dh") == shown.named["dh_l1_reverse"][t, unit]
    for line, name in zip(view.gates.equations.text.splitlines(), ("c", "h"), strict=True):
        value = f"{shown.named[f'{name}_l1_reverse'][t, unit]:.2f}".replace("-0.00", "0.00")
        assert line.endswith(value.replace("-", "−")), "from the step after: it reads backwards"


def test_a_decoder_reads_what_it_should_have_said(view: LabView) -> None:
    config = RunConfig(task="reversal", model="attention", direction="both", length=12, hidden=4, batch=2)
    assert model_of(config) == "attention"
    run, shown = picture(config)
    decoder, *encoders = lanes_of(shown)
    assert [lane.title for lane in (decoder, *encoders)] == ["Decoder", "Encoder", "Encoder, backwards"]
    assert said_in(shown, decoder).inputs == ("<go>", *shown.targets[:-1])
    assert said_in(shown, encoders[0]).inputs == shown.inputs
    assert not said_in(shown, encoders[0]).predictions
    show(view, config, run, shown)
    view.inside.show_part("everything")
    inspector = view.inside.inspector
    assert inspector.chosen == "attention"
    words = inspector.map.words()
    assert words.startswith("target 1 “")
    assert words.endswith(f": {shown.named['attention'][0, 0]:.3g}") or "×10" in words
    assert (
        "attention",
        f"attention   [{len(shown.targets)}, {len(shown.inputs)}]",
    ) in inspector.names.choices


def test_images_are_those_of_the_batch() -> None:
    _, pixels = picture(RunConfig(task="pixels", length=64, hidden=4, batch=2))
    real, foretold = images_of(pixels)
    assert [int(shade) for shade in real.shades] == [int(label == "■") for label in pixels.targets]
    np.testing.assert_array_equal(foretold.shades, pixels.outputs[:, 2])
    _, caption = picture(RunConfig(task="caption", hidden=4, batch=2))
    (glyph,) = images_of(caption)
    assert set(glyph.shades.tolist()) == {0.0, 1.0}


def test_an_array_map_says_the_cell_under_its_mark(qtbot: QtBot, qapp: QApplication) -> None:
    from PySide6.QtCore import QPoint, Qt

    shown = ArrayMap(Theme("light"))
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.set_values(
        np.arange(6.0).reshape(2, 3), Axis("target", ("x", "y")), Axis("source", ("a", "b", "c"))
    )
    assert shown.scale == 5.0
    qtbot.keyClick(shown, Qt.Key.Key_End)
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    assert shown.words() == "target 2 “y”, source 3 “c”: 5.00"
    middle = shown.cell(1, 0).center()
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(round(middle.x()), round(middle.y())))
    assert shown.words() == "target 2 “y”, source 1 “a”: 3.00"
