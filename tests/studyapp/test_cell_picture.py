"""The picture of the cell in the Lab shows what the run computed, worked out here from the equations."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from content.diagram_reader import shipped_diagram
from engine.config import RunConfig
from studyapp.diagrams.window import DiagramWindow
from studyapp.theme import Theme
from studyapp.widgets.cell_picture import CellPicture
from studyapp.widgets.cell_values import part_values, picture_of, remark_of
from studyapp.widgets.lanes import Lane
from studyapp.widgets.time_cursor import TimeCursor

T, H = 6, 4
RANDOM = np.random.default_rng(7)


def sizes(config: RunConfig, lane: Lane, t: int) -> dict[str, float]:
    return {one.part: one.size for one in part_values(config, lane, t, 0)}


def mean(values: NDArray[np.float64]) -> float:
    return min(1.0, sum(abs(float(v)) for v in values) / len(values))


def lstm(reverse: bool = False) -> Lane:
    f, i, o = (RANDOM.uniform(0, 1, (T, H)) for _ in "fio")
    g = RANDOM.uniform(-1, 1, (T, H))
    c, h = np.zeros((T, H)), np.zeros((T, H))
    before = np.zeros(H)
    for t in reversed(range(T)) if reverse else range(T):
        before = c[t] = f[t] * before + i[t] * g[t]
        h[t] = o[t] * np.tanh(c[t])
    gates = {"f": f, "i": i, "g": g, "o": o, "c": c}
    first = {"h": np.zeros((1, H)), "c": np.zeros((1, H))}
    return Lane("h", "Forward", h, h, gates, first, reverse=reverse)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("t", range(T))
def test_lstm_parts(t: int, reverse: bool) -> None:
    lane = lstm(reverse)
    got = sizes(RunConfig(cell="lstm"), lane, t)
    place = t + (1 if reverse else -1)
    inside = 0 <= place < T
    c_before = lane.gates["c"][place] if inside else np.zeros(H)
    h_before = lane.hidden[place] if inside else np.zeros(H)
    f, i, g, o, c = (lane.gates[letter][t] for letter in "figoc")
    wanted = {
        "forget-gate": f, "input-gate": i, "output-gate": o, "candidate": g, "old-cell": c_before,
        "old-hidden": h_before, "keep": f * c_before, "write": i * g, "add": f * c_before + i * g,
        "new-cell": c,
        "squash": np.tanh(c), "show": o * np.tanh(c), "new-hidden": lane.hidden[t], "output": lane.hidden[t],
    }  # fmt: skip
    assert got.keys() == wanted.keys()
    for part, values in wanted.items():
        assert got[part] == pytest.approx(mean(values)), part


@pytest.mark.parametrize("update", ["keep", "take"])
@pytest.mark.parametrize("reset", ["before", "after"])
def test_gru_parts_follow_the_convention_of_the_picture(update: str, reset: str) -> None:
    """In the picture h = (1 - z) h_before + z n: its products add up to the state, whatever z means."""
    z, r = (RANDOM.uniform(0, 1, (T, H)) for _ in "zr")
    n = RANDOM.uniform(-1, 1, (T, H))
    h = np.zeros((T, H))
    for t in range(T):
        before = h[t - 1] if t else np.zeros(H)
        h[t] = z[t] * before + (1 - z[t]) * n[t] if update == "keep" else (1 - z[t]) * before + z[t] * n[t]
    lane = Lane("h", "Forward", h, h, {"z": z, "r": r, "n": n}, {"h": np.zeros((1, H))})
    config = RunConfig(cell="gru", gru_update=update, gru_reset=reset)
    for t in range(1, T):
        got = sizes(config, lane, t)
        taken = z[t] if update == "take" else 1 - z[t]
        assert got["update-gate"] == pytest.approx(taken.mean())
        assert got["one-minus"] == pytest.approx(1 - taken.mean())
        assert got["keep-product"] == pytest.approx(mean((1 - taken) * h[t - 1]))
        assert got["new-product"] == pytest.approx(mean(taken * n[t]))
        np.testing.assert_allclose((1 - taken) * h[t - 1] + taken * n[t], h[t], atol=1e-12)
        assert ("reset-product" in got) == (reset == "before")
    assert bool(remark_of(config)) == (update == "keep")


def test_every_filled_part_is_in_its_picture() -> None:
    gru = Lane("h", "", np.ones((T, H)), np.ones((T, H)), {k: np.ones((T, H)) for k in "zrn"})
    rnn = Lane("h", "", np.ones((T, H)), np.ones((T, H)))
    cases = (("lstm", lstm()), ("gru", gru), ("rnn", rnn))
    for cell, lane in cases:
        config = RunConfig(cell=cell, gru_reset="before")
        parts = {part.id for part in shipped_diagram(picture_of(config)).parts}
        assert set(sizes(config, lane, 3)) <= parts
        assert len(sizes(config, lane, 3)) >= 3


def test_what_is_no_number_is_not_filled() -> None:
    lane = lstm()
    lane.gates["f"][2, 1] = np.nan
    got = sizes(RunConfig(cell="lstm"), lane, 2)
    assert "forget-gate" not in got
    assert "keep" not in got
    assert "input-gate" in got


def test_the_panel_follows_the_cursor_and_says_the_numbers(qapp: QApplication, qtbot: QtBot) -> None:
    place, lane = TimeCursor(), lstm()
    place.fit(T, H)
    panel = CellPicture(Theme("dark"), place)
    qtbot.addWidget(panel)
    panel.resize(520, 420)
    panel.show()
    qtbot.waitExposed(panel)
    panel.set_kind(RunConfig(cell="lstm"))
    panel.show_lane(lane)
    place.go(4, 2)
    qtbot.mouseMove(panel.view, panel.view.rect_of("input-gate").center())
    assert f"mean of i: {lane.gates['i'][4].mean():.2f}" in panel.view.popover.words
    assert f"unit 3: {lane.gates['i'][4, 2]:.2f}" in panel.view.popover.words
    place.go(1)
    assert f"mean of i: {lane.gates['i'][1].mean():.2f}" in panel.view.popover.words
    qtbot.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=panel.view.rect_of("keep").center())
    (window,) = panel.window().findChildren(DiagramWindow)
    place.go(3)
    assert window.view._values == panel.view._values
    assert window.view._values["forget-gate"] == pytest.approx(lane.gates["f"][3].mean())
    panel.clear()
    assert panel.view._values == {}
    window.close()
    panel.set_kind(RunConfig(cell="gru"))
    assert panel.view.accessibleName() == "Picture: GRU cell"
