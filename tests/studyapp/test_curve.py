"""The loss curve as a user zooms, drags and exports it; its scales against their definition."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.losses import LossHistory
from studyapp.theme import Theme, dress
from studyapp.widgets.clear_place import Covered
from studyapp.widgets.curve import LossCurve
from studyapp.widgets.ghosts import Ghost, legend
from studyapp.widgets.loss_scale import close_scale, step_marks, whole_scale
from studyapp.widgets.numbers import tick_label

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
STEPS = 1000


@pytest.fixture
def curve(qtbot: QtBot, qapp: QApplication) -> LossCurve:
    """A thousand steps from 3 down to 1, on screen."""
    dress(qapp)
    made = LossCurve(Theme("light"))
    qtbot.addWidget(made)
    history = LossHistory()
    history.extend(np.linspace(3, 1, STEPS))
    made.set_history(history)
    made.resize(600, 220)
    with qtbot.waitExposed(made):
        made.show()
    return made


def at(curve: LossCurve, share: float) -> QPointF:
    """The point of the curve's area `share` of its width from the left."""
    area = curve.area()
    return QPointF(area.left() + share * area.width(), area.center().y())


def wheel(curve: LossCurve, share: float, notches: int) -> None:
    """Turn the wheel above the curve; forwards is towards it."""
    place = at(curve, share) - QPointF(curve.view.pos())
    port = curve.view.viewport()
    event = QWheelEvent(
        place, QPointF(port.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)


def drag(curve: LossCurve, start: float, end: float) -> None:
    port, shift = curve.view.viewport(), curve.view.pos()
    first, last = (at(curve, share).toPoint() - shift for share in (start, end))
    QTest.mousePress(port, LEFT, pos=first)
    for k in (0.3, 0.6, 1.0):  # moves within 10 ms of another are dropped
        QTest.qWait(15)
        QTest.mouseMove(port, first + (last - first) * k)
    QTest.qWait(15)
    QTest.mouseRelease(port, LEFT, pos=last)


def test_the_wheel_comes_closer_and_the_scale_follows(qtbot: QtBot, curve: LossCurve) -> None:
    said: list[bool] = []
    curve.zoomed.connect(said.append)
    assert curve.window_x() == (0, STEPS)
    assert (curve.scale.low, curve.scale.high) == (0, 3)
    wheel(curve, 0.5, 5)
    first, last = curve.window_x()
    assert first == pytest.approx(500, abs=250)
    assert last - first < 500
    assert (first + last) / 2 == pytest.approx(500, abs=5), "the step under the mouse stays there"
    assert 1 < curve.scale.low < curve.scale.high < 3
    assert said == [True]
    wheel(curve, 0.5, -50)
    assert curve.window_x() == pytest.approx((0, STEPS), abs=1e-3)
    assert said == [True, False]


def test_a_drag_moves_along_and_stops_at_the_ends(curve: LossCurve) -> None:
    curve.zoom(0.25, 500)
    before = curve.window_x()
    drag(curve, 0.8, 0.3)
    after = curve.window_x()
    assert after[0] - before[0] == pytest.approx(125, abs=15)
    assert after[1] - after[0] == pytest.approx(before[1] - before[0])
    for _ in range(5):
        drag(curve, 0.05, 0.95)
    assert curve.window_x()[0] == 0


@pytest.mark.parametrize("way", ["A", "double click", "menu"])
def test_there_is_a_way_back_to_the_whole_run(qtbot: QtBot, curve: LossCurve, way: str) -> None:
    qtbot.keyClick(curve, Key.Key_Plus)
    assert curve.close_up
    assert curve.window_x()[1] - curve.window_x()[0] == pytest.approx(STEPS / 1.6)
    if way == "A":
        qtbot.keyClick(curve, Key.Key_A)
    elif way == "menu":
        curve.menu().actions()[0].trigger()
    else:
        place = at(curve, 0.4).toPoint() - curve.view.pos()
        port = curve.view.viewport()
        QTest.mouseClick(port, LEFT, pos=place)
        QTest.mouseDClick(port, LEFT, pos=place)
        QTest.mouseRelease(port, LEFT, pos=place)
    assert curve.window_x() == (0, STEPS)
    assert not curve.close_up


def test_training_goes_on_without_moving_what_is_looked_at(curve: LossCurve) -> None:
    curve.zoom(0.1, 300)
    before = curve.window_x()
    curve.history.extend(np.ones(2500))
    curve.set_history(curve.history)
    assert curve.window_x() == pytest.approx(before)
    curve.show_whole()
    assert curve.window_x() == (0, 4000)
    fresh = LossHistory()
    fresh.extend(np.ones(3))
    curve.zoom(0.1, 300)
    curve.set_history(fresh)  # Reset: another run
    assert curve.window_x() == (0, 50)


def test_the_keys_bring_what_they_read_into_the_window(qtbot: QtBot, curve: LossCurve) -> None:
    curve.zoom(0.1, 300)
    qtbot.keyClick(curve, Key.Key_End)
    assert curve.window_x()[0] < STEPS <= curve.window_x()[1]
    qtbot.keyClick(curve, Key.Key_Home)
    assert curve.window_x()[0] <= 1


def test_the_band_covers_every_loss_that_the_line_leaves_out(curve: LossCurve) -> None:
    history = LossHistory()
    losses = np.full(40_000, 1.0)
    losses[12_345] = 2.0  # one peak among many
    history.extend(losses)
    curve.set_history(history)
    image = curve.grab().toImage()
    area = curve.area()
    x = round(area.left() + 12_346 / 40_000 * area.width())
    y = round(area.bottom() - 0.9 * area.height())  # of a scale from 0 to 2
    colours = {image.pixelColor(x + k, y).name() for k in (-3, -2, -1, 0, 1, 2, 3)}
    assert len(colours) > 1, "the peak is not to be seen"
    assert image.pixelColor(x + 30, y).name() == curve.theme.colours.card


def test_it_is_exported_as_picture_drawing_and_numbers(curve: LossCurve, tmp_path: Path) -> None:
    curve.zoom(0.5, 300)
    for name in ("loss.png", "loss.svg", "loss.csv"):
        curve.export.save(tmp_path / name)
    image = QImage(str(tmp_path / "loss.png"))
    assert image.width() == pytest.approx(2 * curve.view.width(), abs=2)
    assert len({image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(image.height())}) > 4
    assert "<svg" in (tmp_path / "loss.svg").read_text()
    with (tmp_path / "loss.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["mean loss"]) for row in rows] == np.linspace(3, 1, STEPS).tolist()
    curve.export.copy()
    assert not QGuiApplication.clipboard().image().isNull()
    with pytest.raises(OSError, match="No such file"):
        curve.export.save(tmp_path / "nowhere" / "loss.png")


def test_the_menu_offers_no_more_than_makes_sense(curve: LossCurve) -> None:
    menu = curve.menu()
    assert [a.text().split("\t")[0] for a in menu.actions() if not a.isSeparator()] == [
        "Whole run", "Export", "Copy picture",
    ]  # fmt: skip
    assert not menu.actions()[0].isEnabled()


LOSSES = st.lists(st.floats(1e-300, 1.7e308), min_size=1, max_size=30)


@given(losses=LOSSES, log=st.booleans())
def test_a_close_scale_holds_every_loss_and_few_marks(losses: list[float], log: bool) -> None:
    history = LossHistory()
    history.extend(np.array(losses))
    envelope = history.envelope(100)
    for scale in (close_scale(envelope, log), whole_scale(envelope, 2.0, log, clipped=False)):
        assert scale.low <= min(losses)
        assert max(losses) <= scale.high * (1 + 1e-9)
        assert 1 <= len(scale.marks) <= 9
        shares = scale.shares(np.array(losses))
        assert np.all((shares >= 0) & (shares <= 1))


@given(first=st.floats(0, 1e6), width=st.floats(8, 1e6))
def test_steps_are_marked_at_whole_numbers_in_the_window(first: float, width: float) -> None:
    marks = step_marks(first, first + width, 5)
    assert 1 <= len(marks) <= 11
    assert all(mark == round(mark) and first - 1e-3 <= mark <= first + width + 1e-3 for mark in marks)


END = """
from PySide6.QtWidgets import QApplication
from studyapp.theme import Theme, dress
app = QApplication([])
dress(app)
from studyapp.widgets import curve
kept = curve._show(Theme("dark"))
kept.show()
app.processEvents()
kept.menu()
kept.loop = kept  # held by a ring, as by a traceback
"""


def test_a_plot_that_is_left_over_does_not_crash_the_exit() -> None:
    done = subprocess.run(
        [sys.executable, "-c", END], capture_output=True, text=True, timeout=60, check=False
    )
    assert (
        done.returncode,
        done.stderr.replace("This plugin does not support propagateSizeHints()", "").strip(),
    ) == (0, "")


def test_an_explosion_does_not_press_the_other_losses_to_the_ground(curve: LossCurve) -> None:
    history = LossHistory()
    history.extend(np.geomspace(1, 5e302, 60))
    curve.set_history(history)
    assert curve.scale.high <= 10
    assert curve.above == 59
    assert "59 places lie above the scale" in curve.description()
    history.extend(np.linspace(2, 1, 400))
    curve.set_history(history)
    assert curve.scale.high == 2.0
    assert curve.scale.share(1.0) == 0.5
    assert curve.above > 0


@pytest.mark.parametrize(
    "losses",
    [np.linspace(3, 0.01, 300), np.geomspace(0.5, 1e-5, 300), np.geomspace(0.5, 600, 300), [1e302, 1e302]],
)
def test_a_run_that_does_not_explode_is_drawn_whole(curve: LossCurve, losses: list[float]) -> None:
    history = LossHistory()
    history.extend(np.array(losses))
    curve.set_history(history)
    assert curve.above == 0
    curve.area()  # lays out
    metrics = QFontMetrics(curve.sized(11))
    widest = max(metrics.horizontalAdvance(tick_label(mark)) for mark in curve.scale.marks)
    assert curve.item.getAxis("left").width() > widest, "no digit is cut"


def test_faint_curves_share_the_scale_and_go_away(curve: LossCurve) -> None:
    other = Ghost("branch 2", 501, 1400, np.linspace(2, 9, 900))
    curve.set_ghosts((other,))
    assert curve.window_x()[1] >= 1400, "the window is wide enough for it"
    assert curve.scale.high >= 9
    assert "branch 2" in legend(curve.theme, curve.ghosts)
    line = curve._ghosts._lines[0]
    assert line.isVisible()
    assert line.yData[0] == pytest.approx(2 / curve.scale.high)
    curve.set_ghosts((Ghost("lost", 1, 3, np.full(3, np.nan)),))
    assert not curve.ghosts
    assert not line.isVisible()


# --- words in the picture ---------------------------------------------------------------------


def seen_words(curve: LossCurve) -> list[QRectF]:
    """Where the words of flags and level are, in pixels of the plot."""
    labels = [flag.label for flag in curve._flags] + [curve._level.label]
    return [label.mapRectToScene(label.boundingRect()).adjusted(3, 3, -3, -3) for label in labels]


def curve_points(curve: LossCurve) -> list[QPointF]:
    xs, ys = curve._line.getData()
    return [curve.box.mapViewToScene(QPointF(x, y)) for x, y in zip(xs, ys, strict=True)]


@pytest.mark.parametrize("high_at_end", [False, True])
def test_words_cover_neither_the_curve_nor_each_other(curve: LossCurve, high_at_end: bool) -> None:
    losses = 0.1 + 3 * np.exp(-np.arange(1000) / 100)
    history = LossHistory()
    history.extend(losses[::-1] if high_at_end else losses)
    curve.resize(420, 170)
    QApplication.processEvents()
    curve.set_history(history)
    curve.set_baseline(2.8, "uniform guessing: ln 16 = 2.77")
    curve.set_marks(((500, "learning rate 0.03"), (510, "clip norm 1"), (980, "learning rate 0.003")))
    curve.set_broken(1000)
    curve.grab()
    words = seen_words(curve)
    assert len(words) == 5
    for number, one in enumerate(words):
        assert not any(one.contains(point) for point in curve_points(curve))
        assert not any(one.intersects(other) for other in words[:number])


def test_the_place_that_covers_least_is_taken() -> None:
    x = np.arange(100.0)
    covered = Covered(100, 50, x, np.full(100, 20.0), np.full(100, 22.0))
    across, below, outside = QRectF(0, 15, 30, 10), QRectF(0, 30, 30, 10), QRectF(90, 30, 30, 10)
    assert covered.choose((across, outside, below)) == 2
    assert covered.choose((below, across, outside)) == 1, "the first is taken: the curve is the lesser evil"
    assert covered.choose((outside, across, QRectF(50, 15, 10, 10))) == 2
