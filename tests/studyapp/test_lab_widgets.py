"""The painted widgets of the Lab, looked at through pixels, keys and what they say aloud."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studyapp.losses import LossHistory
from studyapp.theme import Theme, dress
from studyapp.widgets import numbers
from studyapp.widgets.bars import StepBars
from studyapp.widgets.cell_words import rows_of
from studyapp.widgets.config_form import ConfigForm
from studyapp.widgets.curve import LossCurve
from studyapp.widgets.gates import Gates
from studyapp.widgets.heatmap import HeatMap
from studyapp.widgets.lanes import Said
from studyapp.widgets.live_equations import NumberLine
from studyapp.widgets.log_slider import LogSlider
from studyapp.widgets.number_field import NumberField
from studyapp.widgets.readout import Readout
from studyapp.widgets.segments import Segments
from studyapp.widgets.strip import TextStrip
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.wave import Wave

Key = Qt.Key


@pytest.fixture(scope="module")
def one_theme(qapp: QApplication) -> Theme:
    """One for all tests: to apply a style sheet takes a while."""
    dress(qapp)
    return Theme("light")


@pytest.fixture
def theme(one_theme: Theme) -> Theme:
    if one_theme.choice != "light":
        one_theme.choose("light")
    return one_theme


def shown(qtbot: QtBot, widget: QWidget, width: int = 500, height: int = 200) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def place(steps: int = 8, units: int = 4) -> TimeCursor:
    made = TimeCursor()
    made.fit(steps, units)
    made.go(0, 0)
    return made


# --- pictures -------------------------------------------------------------------------------


def test_the_heat_map_paints_minus_one_zero_and_one(qtbot: QtBot, theme: Theme) -> None:
    heat = HeatMap(theme, place(8, 4))
    hidden = np.zeros((8, 4))
    hidden[3, 1], hidden[5, 2] = 1.0, -1.0
    hidden[6, 0], hidden[6, 3] = np.nan, -np.inf
    heat.set_hidden(hidden)
    shown(qtbot, heat)
    image = heat.grab().toImage()

    def colour(t: int, unit: int) -> str:
        column = heat.column(t)
        y = column.top() + (unit + 0.5) * column.height() / 4
        return str(image.pixelColor(round(column.center().x()) + 3, round(y) + 3).name())

    assert colour(3, 1) == theme.colours.positive
    assert (colour(6, 0), colour(6, 3)) == (theme.colours.bad, theme.colours.warn)
    assert "2 values are no longer numbers" in heat.description()
    assert colour(5, 2) == theme.colours.negative
    assert colour(7, 3) == theme.colours.neutral
    heat.set_hidden(np.where(np.isfinite(hidden), hidden * 3, 0))  # as ReLU, which has no bound
    assert heat.scale == 3.0


def test_a_view_says_what_is_under_the_mouse(qtbot: QtBot, theme: Theme) -> None:
    heat = HeatMap(theme, place(8, 4))
    heat.set_hidden(np.arange(32).reshape(8, 4) / 100)
    shown(qtbot, heat)
    said: list[str] = []
    heat.pointed.connect(said.append)
    column = heat.column(5)
    QTest.mouseMove(heat, QPoint(round(column.center().x()), round(column.bottom() - 3)))
    qtbot.waitUntil(lambda: bool(said))
    assert said[-1] == "unit 4, t = 6: h = 0.230"


def bar_height(bars: StepBars, t: int, theme: Theme) -> int:
    """Painted pixels of the bar of `t`."""
    image, column = bars.grab().toImage(), bars.column(t)
    x = round(column.center().x())
    ground = QColor(theme.colours.card).name()
    lines = QColor(theme.colours.border).name()
    ys = range(round(column.top()) + 2, round(column.bottom()) - 1)
    return sum(image.pixelColor(x, y).name() not in (ground, lines) for y in ys)


def test_bars_are_as_high_as_their_values(qtbot: QtBot, theme: Theme) -> None:
    where = place(4, 1)
    bars = StepBars(theme, where, "Norm", "n", "")
    bars.set_values(np.array([0.0, 1.0, 2.0, 4.0]))
    shown(qtbot, bars)
    full = bar_height(bars, 3, theme)
    assert bar_height(bars, 2, theme) == pytest.approx(full / 2, abs=3)
    assert bar_height(bars, 1, theme) == pytest.approx(full / 4, abs=3)
    bars.set_log(True)
    bars.set_values(np.array([1e-3, 1e-2, 1e-1, 1.0]))
    full = bar_height(bars, 3, theme)
    assert bar_height(bars, 1, theme) == pytest.approx(full / 3, abs=3)


@pytest.mark.parametrize("values", [np.zeros(5), np.array([0, 1e-300, 1.0, 1.7e308, 5.0]), np.full(5, 1e-9)])
def test_bars_survive_vanished_and_exploded_values(qtbot: QtBot, theme: Theme, values: np.ndarray) -> None:
    bars = StepBars(theme, place(5, 1), "Norm", "n", "")
    for log in (False, True):
        bars.set_log(log)
        bars.set_values(values)
        shown(qtbot, bars).grab()
        assert bars.description()


def test_the_curve_reads_out_the_loss_of_a_step(qtbot: QtBot, theme: Theme) -> None:
    history = LossHistory()
    history.extend(np.linspace(3, 1, 50))
    curve = LossCurve(theme)
    curve.set_history(history)
    shown(qtbot, curve)
    said: list[str] = []
    curve.pointed.connect(said.append)
    area = curve.area()
    QTest.mouseMove(curve, QPoint(round(area.left() + area.width() * 0.5), 50))
    qtbot.waitUntil(lambda: bool(said))
    assert said[-1] == f"step 25: loss {3 - 2 * 24 / 49:.3f}"
    qtbot.keyClick(curve, Key.Key_End)
    assert said[-1] == "step 50: loss 1.000"
    curve.set_log(True)
    curve.grab()
    assert "now 1.00" in curve.description()


@pytest.mark.parametrize("losses", [[1e-300, 1e300], [0.0, 1.0], [2.0, 2.0], [1.7e308, 1e-5, 3.0]])
def test_the_curve_survives_any_loss_on_both_scales(qtbot: QtBot, theme: Theme, losses: list[float]) -> None:
    history = LossHistory()
    history.extend(np.array(losses))
    curve = LossCurve(theme)
    curve.set_history(history)
    curve.set_broken(3)
    shown(qtbot, curve)
    for log in (False, True):
        curve.set_log(log)
        curve.grab()
        assert len(curve.scale.marks) <= 8


def test_the_strip_marks_right_and_wrong_guesses(qtbot: QtBot, theme: Theme) -> None:
    strip = TextStrip(theme, place(3, 1))
    strip.set_said(Said(("a", "␣", "\\x00"), ("b", "c", "d"), ("b", "x", "d"), np.array([0.9, 0.5, 0.7])))
    shown(qtbot, strip)
    strip.grab()
    assert "2 of 3 guesses right" in strip.description()
    assert strip.words_at(1, None) == "t = 2: reads space, should say “c”, says “x” with probability 0.500"


def test_letters_of_a_long_sequence_spread_around_the_cursor(qtbot: QtBot, theme: Theme) -> None:
    where = place(100, 1)
    strip = TextStrip(theme, where)
    letters = tuple("ab" * 50)
    strip.set_said(Said(letters, letters, letters, np.ones(100)))
    shown(qtbot, strip)
    where.go(50)
    x = strip.column(50).center().x()
    assert strip.t_at(x) == 50
    assert strip.t_at(x + 13) == 52


@pytest.mark.parametrize(("steps", "word"), [(40, "a"), (20, "understood")])
def test_letters_and_words_stand_under_the_columns_of_the_heat_map(
    qtbot: QtBot, theme: Theme, steps: int, word: str
) -> None:
    where = place(steps, 1)
    strip, heat = TextStrip(theme, where), HeatMap(theme, where)
    strip.set_said(Said((word,) * steps, (word,) * steps, (word,) * steps, np.ones(steps)))
    heat.set_hidden(np.zeros((steps, 1)))
    for view in (heat, strip):
        shown(qtbot, view, 400, 66).grab()
    for t in range(steps):
        assert strip.t_at(heat.column(t).center().x()) == t


def test_a_cut_word_is_whole_at_the_cursor(qtbot: QtBot, theme: Theme) -> None:
    where = place(20, 1)
    strip = TextStrip(theme, where)
    strip.set_said(Said(("understood",) * 20))
    shown(qtbot, strip, 400, 66)
    where.go(10)
    assert strip._whole_column(strip.column(10)).width() > 2 * strip.column(10).width()
    for t in (0, 19):  # it stays within the view
        where.go(t)
        assert strip.area().contains(strip._whole_column(strip.column(t)))


def test_a_wave_says_both_values(qtbot: QtBot, theme: Theme) -> None:
    wave = Wave(theme, place(3, 1))
    wave.set_curves(np.array([0.0, 1.0, -1.0]), np.array([0.1, 0.8, -0.5]))
    shown(qtbot, wave).grab()
    assert "Largest error 0.50" in wave.description()
    assert wave.words_at(2, None) == "t = 3: target −1.00, prediction −0.50"


def test_gates_show_and_say_the_chosen_unit(qtbot: QtBot, theme: Theme) -> None:
    where = place(3, 4)
    gates = Gates(theme, where)
    values = np.arange(12).reshape(3, 4) / 12
    gates.set_rows(rows_of({"z": values}, -values, values / 1000))
    shown(qtbot, gates, 300, 300)
    gates.setFocus()
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Down):
        qtbot.keyClick(gates, key)
    assert (where.t, where.unit) == (1, 2)
    assert gates.value("z") == values[1, 2]
    assert "update gate z 0.500" in gates.description()
    qtbot.mouseClick(gates, Qt.MouseButton.LeftButton, pos=QPoint(295, 40))
    assert where.unit == 3


def test_the_cell_state_keeps_its_scale_until_it_is_outgrown(theme: Theme) -> None:
    gates = Gates(theme, place(2, 2))
    scales = []
    for size in (2.6, 2.9, 3.5, 1.5, 1.0):
        gates.set_rows(rows_of({"c": np.full((2, 2), size)}, np.zeros((2, 2)), np.zeros((2, 2))))
        scales.append(gates._tops["c"])
    assert scales == [3.0, 3.0, 4.0, 4.0, 1.0]


@pytest.mark.parametrize(
    "make",
    [
        lambda t: HeatMap(t, TimeCursor()),
        lambda t: StepBars(t, TimeCursor(), "Norm", "n", "Nothing yet."),
        lambda t: Gates(t, TimeCursor()),
        LossCurve,
        lambda t: TextStrip(t, TimeCursor()),
        lambda t: Wave(t, TimeCursor()),
    ],
)
def test_empty_widgets_paint_and_take_keys(
    qtbot: QtBot, theme: Theme, make: Callable[[Theme], QWidget]
) -> None:
    widget = shown(qtbot, make(theme))
    widget.setFocus()
    widget.grab()
    for key in (Key.Key_Left, Key.Key_Home, Key.Key_Down):
        qtbot.keyClick(widget, key)
    QTest.mouseMove(widget, QPoint(100, 50))
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
    assert widget.accessibleName()


ALONE = [
    "array_map",
    "banner",
    "bars",
    "choice_box",
    "config_form",
    "curve",
    "figures",
    "gates",
    "gates_panel",
    "heatmap",
    "image_panel",
    "inside_panel",
    "inspector",
    "knob_group",
    "legend",
    "live_equations",
    "log_slider",
    "number_field",
    "own_text",
    "preset_chooser",
    "readout",
    "sampler",
    "segments",
    "sequence_panel",
    "strip",
    "time_bar",
    "transport",
    "wave",
]


@pytest.mark.parametrize("name", ALONE)
def test_each_widget_shows_itself_alone(qtbot: QtBot, theme: Theme, name: str) -> None:
    widget = shown(qtbot, importlib.import_module(f"studyapp.widgets.{name}")._show(theme))
    assert not widget.grab().isNull()
    theme.choose("dark")
    widget.grab()


@pytest.mark.parametrize("text", ["unit 9, t = 12: h = −0.432", "t = 124: ‖dL/dhₜ‖ = 1.25×10⁻⁵"])
def test_a_reading_never_loses_its_value(qtbot: QtBot, theme: Theme, text: str) -> None:
    readout = Readout(theme, "Reading")
    readout.set_text(text)
    shown(qtbot, readout, 80, 20)
    for width in range(70, 300):
        readout.resize(width, 20)
        assert readout.fitted(QFontMetrics(readout.sized(12))).endswith(text.rsplit(" ", 1)[1]), width


def test_the_gradient_has_a_scale_of_its_own_at_each_step(theme: Theme) -> None:
    where = place(2, 2)
    gates = Gates(theme, where)
    dh = np.array([[1e-6, -7e-7], [0.4, 0.1]])
    gates.set_rows(rows_of({}, np.zeros((2, 2)), dh))
    ranges = []
    for t in range(2):
        where.go(t)
        ranges.append(gates._range(gates._rows[-1]))
    assert ranges == ["±10⁻⁶", "±0.4"]


# --- fields -----------------------------------------------------------------------------------


def test_segments_choose_by_click_and_arrow(qtbot: QtBot, theme: Theme) -> None:
    segments = Segments("Cell", (("rnn", "RNN"), ("lstm", "LSTM"), ("gru", "GRU")))
    shown(qtbot, segments, 240, 34)
    said: list[str] = []
    segments.chosen.connect(said.append)
    qtbot.mouseClick(segments.button("lstm"), Qt.MouseButton.LeftButton)
    assert not segments.button("lstm").hasFocus(), "Space stays with the page"
    segments.button("lstm").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(segments.button("lstm"), Key.Key_Right)
    segments.set_value("rnn")
    assert said == ["lstm", "gru"]
    assert segments.value == "rnn"


def test_a_number_is_nudged_within_its_bounds_and_never_corrected(qtbot: QtBot, theme: Theme) -> None:
    field = NumberField("Hidden units", True, 1, 128)
    shown(qtbot, field, 120, 34)
    said: list[object] = []
    field.settled.connect(lambda: said.append(field.value))
    field.set_value(127)
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        qtbot.keyClick(field, Key.Key_Up, modifier)
    assert said == [128]
    field.selectAll()
    qtbot.keyClicks(field, "many")
    qtbot.waitUntil(lambda: said == [128, "many"])  # after a pause, without Enter
    qtbot.keyClick(field, Key.Key_Up)
    assert field.text() == "many"


@given(value=st.floats(1e-5, 10))
def test_the_slider_is_within_half_a_notch_of_its_number(qapp: QApplication, value: float) -> None:
    slider = LogSlider("Learning rate", 1e-5, 10.0)
    said: list[float] = []
    slider.slid.connect(said.append)
    slider.set_number(value)
    assert not said
    assert abs(math.log10(1e-5 * 10 ** (slider.value() / 20)) - math.log10(value)) <= 0.5 / 20 + 1e-9


def test_knobs_that_do_not_apply_are_hidden(qtbot: QtBot, theme: Theme) -> None:
    form = ConfigForm(theme)
    shown(qtbot, form, 240, 600)
    assert not form.row("gru_update").isVisible()
    assert form.row("text").isVisible()
    form.turn("cell", "gru")
    form.turn("task", "sine")
    assert form.row("gru_update").isVisible()
    assert not form.row("text").isVisible()
    assert form.config().cell == "gru"


def test_every_knob_explains_itself(theme: Theme) -> None:
    form = ConfigForm(theme)
    for widget in form.findChildren(NumberField):
        assert widget.toolTip()
        assert widget.accessibleName()


# --- numbers ------------------------------------------------------------------------------------


@given(value=st.floats(-1e300, 1e300), digits=st.integers(2, 6))
def test_figures_read_back_to_their_digits(value: float, digits: int) -> None:
    text = numbers.figure(value, digits).replace("−", "-")
    superscript = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    mantissa, _, exponent = text.partition("×10")
    read = float(f"{mantissa}e{exponent.translate(superscript) or 0}")
    assert read == pytest.approx(value, rel=0.51 * 10.0 ** (1 - digits))


@given(value=st.floats(1e-12, 1e12))
def test_a_nice_ceiling_is_above_and_near(value: float) -> None:
    top = numbers.nice_ceiling(value)
    assert value * (1 - 1e-9) <= top <= 1.51 * value
    marks = numbers.ticks(top, 4)
    assert marks[0] == 0
    assert marks[-1] <= top * (1 + 1e-9)
    assert 2 <= len(marks) <= 6


@given(value=st.floats(1e-12, 1e12))
def test_one_two_five_encloses(value: float) -> None:
    low, high = numbers.one_two_five(value, up=False), numbers.one_two_five(value, up=True)
    assert low * (1 - 1e-8) <= value <= high * (1 + 1e-8)
    assert high <= 2.51 * low


def test_time_goes_to_the_middle_first_and_then_stays() -> None:
    cursor = TimeCursor()
    cursor.fit(20, 8)
    assert cursor.t == 10
    cursor.go(15, 7)
    cursor.fit(12, 4)
    assert (cursor.t, cursor.unit) == (11, 3)
    cursor.go(-5, 99)
    assert (cursor.t, cursor.unit) == (0, 3)


def test_a_click_between_two_columns_falls_into_one(theme: Theme) -> None:
    heat = HeatMap(theme, place(7, 3))
    heat.resize(400, 150)
    for t in range(7):
        column = heat.column(t)
        for x in (column.left() + 0.1, column.center().x(), column.right() - 0.1):
            assert heat.t_at(x) == t
    assert heat.t_at(-100) == 0
    assert heat.t_at(QPointF(10_000, 0).x()) == 6


def test_many_digits_have_narrower_spaces_before_they_are_smaller(theme: Theme) -> None:
    line = NumberLine(theme)
    image = QImage(400, 20, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    working, result = "c₁₁ = 0.86544·7.21994 + 0.91148·0.97294", " = 7.14"
    sizes = []
    for width in (400, 275, 265, 240, 100):
        line.setFixedWidth(width)
        metrics, fitted, end = line._fit(painter, working, result)
        sizes.append((painter.font().pixelSize(), " " in fitted))
        assert width == 100 or metrics.horizontalAdvance(fitted + end) <= width
    painter.end()
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == (12, True)
    assert (12, False) in sizes
    assert sizes[-1] == (10, False)
