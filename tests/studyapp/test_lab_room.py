"""The picture of the cell has room in the Lab, and the knobs come back when they are wanted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.config import RunConfig
from studyapp.diagrams.palette import Palette
from studyapp.theme import Theme, contrast
from studyapp.widgets.knob_panel import KnobPanel
from studyapp.widgets.lab_view import LabView

NARROW, WIDE = (1072, 800), (1712, 1080)  # the page in windows of 1280 x 800 and 1920 x 1080
TIPS = dict.fromkeys(("train", "step", "ten", "back", "back_ten", "reset", "branch", "presets"), "tip")


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> LabView:
    made = LabView(Theme("dark"), TIPS)
    qtbot.addWidget(made)
    made.set_kind(RunConfig(cell="lstm"))
    made.resize(*NARROW)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize(("size", "knobs"), [(NARROW, False), (WIDE, True)])
def test_the_picture_has_room(view: LabView, size: tuple[int, int], knobs: bool) -> None:
    view.resize(*size)
    view.inside.show_part("picture")
    QApplication.processEvents()
    assert view.inside.picture.view.width() >= 500
    assert view.inside.picture.view._scale() >= 0.6, "letters of 13 units have 8 pixels or more"
    assert view.size().toTuple() == size, "nothing pushes the window wider"
    assert view.knobs.isVisible() == knobs
    assert view.inside.picture.knobs.isVisible() != knobs


def test_the_knobs_come_back(view: LabView, qtbot: QtBot) -> None:
    knobs = view.findChild(KnobPanel)
    view.inside.show_part("picture")
    QApplication.processEvents()
    qtbot.mouseClick(view.inside.picture.knobs, Qt.MouseButton.LeftButton)
    assert knobs.isVisible()
    qtbot.mouseClick(view.inside.picture.knobs, Qt.MouseButton.LeftButton)
    assert not knobs.isVisible()
    view.show_knobs()
    assert knobs.isVisible()
    view.inside.picture.knobs.setChecked(False)
    view.inside.show_part("cell")
    assert knobs.isVisible()
    qtbot.waitUntil(lambda: view.inside.width() < 400)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("role", ["state", "gate", "output", "candidate", "input", "cell", "operation"])
def test_words_stand_out_however_strongly_a_part_is_filled(name: str, role: str) -> None:
    palette = Palette(Theme(name).colours)
    inks = [palette.ink(role, value / 50) for value in range(51)]
    assert min(contrast(ink.words.name(), ink.fill.name()) for ink in inks) >= 4.5
    steps = [contrast(ink.fill.name(), palette.ground.name()) for ink in inks]
    assert steps == sorted(steps), "the larger the value, the farther from the ground"
