"""The plot of growth: its scales against plain arithmetic, and what is read from it, by keys and mouse."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.symbolic.findings import Curve, Formula
from studyapp.theme import Theme
from studyapp.widgets.findings_sample import curve
from studyapp.widgets.growth_panel import GrowthPanel
from studyapp.widgets.growth_plot import GrowthPlot, value_at
from studyapp.widgets.growth_scale import FAMILIES, WIDTH, GrowthScale, count_label, window

LEFT = Qt.MouseButton.LeftButton
BOTH = pytest.mark.parametrize("log_x", [True, False])


def exponential() -> Curve:
    xs = tuple(float(n) for n in range(1, 4001, 13))
    ys = tuple(n * math.log10(2) for n in xs)
    return Curve("2^n", Formula("2^{n}", "2^n", "2**n"), xs, ys, ((1.0, math.log10(2)),))


@pytest.fixture
def panel(qtbot: QtBot) -> GrowthPanel:
    made = GrowthPanel(Theme("dark"), {})
    qtbot.addWidget(made)
    made.resize(420, 320)
    made.set_curves([curve()])
    made.show()
    qtbot.waitExposed(made)
    qtbot.wait(20)
    return made


def plot_of(panel: GrowthPanel) -> GrowthPlot:
    assert panel.plot is not None
    return panel.plot


@BOTH
@given(n=st.floats(1, 1e6))
def test_n_and_its_place_belong_together(log_x: bool, n: float) -> None:
    scale = GrowthScale(1.0, 1e6, 0.0, 9.0, log_x, True)
    assert scale.n_at(scale.across(n)) == pytest.approx(n, rel=1e-6)
    assert 0 <= scale.across(n) <= WIDTH * 1.0000001


@pytest.mark.parametrize("log_y", [True, False])
@given(first=st.floats(-3, 1200), second=st.floats(-3, 1200))
def test_a_larger_count_stands_higher_and_nothing_overflows(log_y: bool, first: float, second: float) -> None:
    scale = GrowthScale(1.0, 10.0, -3.0, 1200.0, True, log_y)
    low, high = sorted((first, second))
    assert scale.share(low) <= scale.share(high) <= 1.0
    assert scale.share(-math.inf) <= scale.share(low)


@pytest.mark.parametrize(("name", "value"), FAMILIES)
def test_families_are_what_they_are_called(name: str, value: object) -> None:
    exact = {
        "1": 1.0, "log n": math.log2(12), "√n": math.sqrt(12), "n": 12.0, "n log n": 12 * math.log2(12),
        "n²": 144.0, "n³": 1728.0, "2ⁿ": 4096.0, "n!": 479001600.0,
    }[name]  # fmt: skip
    assert callable(value)
    assert value(12.0) == pytest.approx(math.log10(exact), abs=1e-12)


@pytest.mark.parametrize("log_x", [True, False])
@pytest.mark.parametrize("log_y", [True, False])
@pytest.mark.parametrize("high", [0.5, 3.0, 40.0, 1204.0])
def test_marks_are_inside_and_in_order(log_x: bool, log_y: bool, high: float) -> None:
    scale = GrowthScale(1.0, 4000.0, *window([0.0, high], log_y), log_x, log_y)
    shares = [share for share, _ in scale.marks(4)]
    assert len(shares) >= 2
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    steps = scale.steps(0.0, WIDTH, 5)
    assert 2 <= len(steps) <= 12
    assert all(0 <= unit <= WIDTH * 1.001 for unit, _ in steps)
    assert len({label for _, label in steps}) == len(steps)


@pytest.mark.parametrize(
    ("value", "label"),
    [(math.log10(1024), "1,024"), (0.0, "1"), (12.5, "3.16×10¹²"), (-math.inf, "0"), (301.03, "1.07×10³⁰¹")],
)
def test_counts_are_written_for_reading(value: float, label: str) -> None:
    assert count_label(value) == label


def test_between_samples_the_curve_is_straight() -> None:
    made = Curve("f", Formula("", "", ""), (1.0, 3.0), (0.0, 2.0), ())
    assert value_at(made, 2.0) == 1.0
    assert value_at(made, 4.0) is None


def test_the_plot_comes_when_it_is_seen(qtbot: QtBot) -> None:
    made = GrowthPanel(Theme("light"), {})
    qtbot.addWidget(made)
    made.set_curves([curve()])
    assert made.plot is None
    made.show()
    assert made.plot is not None


def test_switches_change_the_scale(panel: GrowthPanel, qtbot: QtBot) -> None:
    plot = plot_of(panel)
    assert (plot.scale.log_x, plot.scale.log_y) == (True, True)
    with qtbot.waitSignal(panel.switched):
        qtbot.mouseClick(panel.log_y, LEFT)
    assert (plot.scale.log_x, plot.scale.log_y) == (True, False)
    qtbot.mouseClick(panel.log_x, LEFT)
    assert (plot.scale.log_x, plot.scale.log_y) == (False, False)
    assert all(line.isVisible() for line in plot._backs)
    qtbot.mouseClick(panel.families, LEFT)
    assert not any(line.isVisible() for line in plot._backs)
    assert not any(name.isVisible() for name in plot._names)
    panel.grab()


def test_keys_read_the_curve_at_whole_n(panel: GrowthPanel, qtbot: QtBot) -> None:
    plot = plot_of(panel)
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert panel.words.text().startswith("n = 1:")
    assert "measured 7" in panel.words.text()
    for _ in range(3):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert panel.words.text().startswith("n = 4:")
    assert "28" in panel.words.text()
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert panel.words.text().startswith("n = 1,000:")


def test_zoom_changes_what_is_seen_and_a_shows_it_all(panel: GrowthPanel, qtbot: QtBot) -> None:
    plot = plot_of(panel)
    plot.setFocus()
    high = plot.scale.high
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    for _ in range(3):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.close_up
    assert plot.scale.high < high
    qtbot.keyClick(plot, Qt.Key.Key_A)
    assert not plot.close_up
    assert plot.scale.high == high


@pytest.mark.parametrize("log_y", [True, False])
def test_a_count_of_a_thousand_digits_is_drawn(panel: GrowthPanel, log_y: bool) -> None:
    panel.set_curves([exponential()])
    panel.set_switches(False, log_y, True)
    panel.grab()
    shares = plot_of(panel)._lines[0][0].getData()[1]
    assert max(share for share in shares if not math.isnan(share)) <= 1.0


def test_without_curves_it_says_so(panel: GrowthPanel) -> None:
    panel.set_curves([])
    assert plot_of(panel).empty
    panel.grab()
