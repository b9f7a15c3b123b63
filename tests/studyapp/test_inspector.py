"""The list of everything that was computed: its groups, its maps, and the cursor they share with the page."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.config import RunConfig
from engine.snapshot import Snapshot
from engine.train import train
from studyapp.theme import Theme, dress
from studyapp.widgets.inspector import Inspector
from studyapp.widgets.time_cursor import TimeCursor

Key = Qt.Key


@pytest.fixture
def place() -> TimeCursor:
    made = TimeCursor()
    made.fit(9, 5)
    made.go(2, 3)
    return made


@pytest.fixture
def inspector(qtbot: QtBot, qapp: QApplication, place: TimeCursor) -> Inspector:
    dress(qapp)
    made = Inspector(Theme("light"), place)
    qtbot.addWidget(made)
    made.resize(400, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def shown() -> Snapshot:
    config = RunConfig(hidden=5, length=9, batch=2)
    return next(itertools.islice(train(config), 1, 2))


def lines(inspector: Inspector) -> list[tuple[str, bool]]:
    """Every line of the list, and whether it can be chosen."""
    model = inspector.names.model()
    assert isinstance(model, QStandardItemModel)
    return [(model.item(n).text(), model.item(n).isEnabled()) for n in range(model.rowCount())]


def test_weights_and_gradients_are_listed_under_their_names(inspector: Inspector, shown: Snapshot) -> None:
    inspector.show_snapshot(shown)
    listed = lines(inspector)
    heads = [text for text, enabled in listed if not enabled]
    assert heads == ["This sequence", "Weights", "Gradients"]
    at = [text for text, _ in listed]
    assert at.index("This sequence") < at.index("h   [9, 5]") < at.index("Weights")
    assert at.index("Weights") < at.index("W_hh   [20, 5]") < at.index("Gradients")
    assert at.index("Gradients") < at.index("dL/dW_hh   [20, 5]")
    assert inspector.chosen == "h"


def test_a_gradient_is_shown_by_row_and_column(
    qtbot: QtBot, inspector: Inspector, shown: Snapshot, place: TimeCursor
) -> None:
    inspector.show_snapshot(shown)
    inspector.choose("dL/dW_hh")
    inspector.map.set_mark(7, 1)
    value = shown.gradients["W_hh"][7, 1]
    assert inspector.map.words().startswith("row 8, column 2: ")
    assert inspector.map._values[7, 1] == value
    qtbot.keyClick(inspector.map, Key.Key_Right)
    assert (place.t, place.unit) == (2, 3), "a weight has no time"
    inspector.choose("b_ih")
    assert inspector.map._values.shape == (20, 1)
    assert "gradient" not in inspector._meaning.text()


def test_the_mark_is_the_cursor_of_the_page(
    qtbot: QtBot, inspector: Inspector, shown: Snapshot, place: TimeCursor
) -> None:
    inspector.show_snapshot(shown)
    inspector.choose("h")
    assert inspector.map.words().startswith("unit 4, t 3 ")
    place.go(6, 1)
    assert inspector.map.words().startswith("unit 2, t 7 ")
    qtbot.keyClick(inspector.map, Key.Key_Left)
    qtbot.keyClick(inspector.map, Key.Key_Down)
    assert (place.t, place.unit) == (5, 2)
    cell = inspector.map.cell(4, 0).center()
    qtbot.mouseClick(inspector.map, Qt.MouseButton.LeftButton, pos=QPointF(cell).toPoint())
    assert (place.t, place.unit) == (0, 4)


def test_outputs_are_no_units(qtbot: QtBot, inspector: Inspector, shown: Snapshot, place: TimeCursor) -> None:
    five = shown.outputs[:, :5]  # as many as there are units
    inspector.show_snapshot(dataclasses.replace(shown, named={**shown.named, "outputs": five}))
    inspector.choose("outputs")
    assert inspector.map.words().startswith("output ")
    qtbot.keyClick(inspector.map, Key.Key_Down)
    qtbot.keyClick(inspector.map, Key.Key_Right)
    assert (place.t, place.unit) == (3, 3)


def test_a_weight_named_like_a_state_is_not_lost(inspector: Inspector, shown: Snapshot) -> None:
    weight = np.full((3, 2), 7.0)
    inspector.show_snapshot(dataclasses.replace(shown, weights={"h": weight}))
    inspector.choose("h (weight)")
    assert inspector.map._values.shape == (3, 2)
    inspector.choose("h")
    assert inspector.map._values.shape == (5, 9)
