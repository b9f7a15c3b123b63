"""The picture of the unrolled network: where things are, what is lit, and what a click means."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.derivations.catalogue import MODELS, cleaned, has_steps
from engine.derivations.network import network
from engine.symbolic.jobs import GradientJob
from engine.symbolic.report import Network, Place, Wire
from studyapp.theme import Theme, contrast
from studyapp.widgets.network_layout import ALL_UP_TO, Layout, chosen_times, laid_out
from studyapp.widgets.network_view import NetworkView, goes_back
from studyapp.widgets.network_window import NetworkWindow
from studyapp.widgets.network_wires import runs
from studyapp.widgets.network_words import place_words, plain_key

KEYS = [card.key for card in MODELS]
WIDTHS = (300, 420, 640, 900)


def picture(model: str, steps: int = 3) -> Network:
    job = cleaned(GradientJob(model=model))
    return network(job, steps if has_steps(job) else 0)


@pytest.fixture
def view(qtbot: QtBot) -> NetworkView:
    made = NetworkView(Theme("dark"))
    qtbot.addWidget(made)
    made.resize(560, 320)
    return made


# --- where things are ---


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("model", KEYS)
def test_no_place_lies_on_another_or_outside(model: str, width: int) -> None:
    for steps in (1, 3, 6, 12, 50):
        made = laid_out(picture(model, steps), min(2, steps), width, 320)
        spots = list(made.spots.values())
        assert all(0 < spot.x < width and 0 < spot.y < 320 for spot in spots)
        for i, one in enumerate(spots):
            for other in spots[:i]:
                apart = max(abs(one.x - other.x), abs(one.y - other.y))
                assert apart >= 1.6 * made.radius, (steps, one.place.key, other.place.key)


def test_places_beside_each_other_are_spread_around_the_middle_of_their_column() -> None:
    made = laid_out(picture("lstm", 3), 1, 900, 320)
    column = next(one for one in made.columns if one.first == 2)
    assert made.spots["h@2"].x == made.spots["x@2"].x == pytest.approx(column.x)
    gates = [made.spots[f"{gate}@2"].x for gate in "figo"]
    assert gates == sorted(gates)
    assert sum(gates) / 4 == pytest.approx(column.x)


@pytest.mark.parametrize("steps", range(1, ALL_UP_TO + 1))
def test_a_short_network_has_all_its_columns(steps: int) -> None:
    made = laid_out(picture("rnn", steps), 1, 560, 320)
    assert [column.first for column in made.columns] == list(range(steps + 1))
    assert not made.ghosts


@given(steps=st.integers(7, 50), data=st.data())
@settings(max_examples=60)
def test_a_long_network_shows_the_cursor_and_both_ends_and_counts_the_rest(
    steps: int, data: st.DataObject
) -> None:
    cursor = data.draw(st.integers(1, steps))
    made = laid_out(picture("rnn", steps), cursor, 640, 320)
    shown = {column.first for column in made.columns if not column.hidden}
    assert {1, cursor, steps} <= shown
    assert {cursor - 1, cursor + 1} & set(range(steps + 1)) <= shown
    assert sum(column.count for column in made.columns) == steps + 1
    assert all(column.count > 1 for column in made.columns if column.hidden)
    ends = [column.last for column in made.columns]
    assert [column.first for column in made.columns] == [0, *(end + 1 for end in ends[:-1])]


def test_where_there_is_room_for_few_the_lit_neighbour_comes_first() -> None:
    times = range(11)
    assert 6 in chosen_times(times, 10, 5, 2, lit={6})
    assert 4 in chosen_times(times, 10, 5, 2, lit={4})
    assert chosen_times(times, 10, 5, 2) == [5, 10]


def _ends(layout: Layout, wire: Wire) -> tuple[QPointF, QPointF]:
    source, target = layout.spots[wire.source], layout.spots[wire.target]
    return QPointF(source.x, source.y), QPointF(target.x, target.y)


@pytest.mark.parametrize("model", KEYS)
def test_wires_lead_from_edge_to_edge(model: str) -> None:
    shown = picture(model, 4)
    layout = laid_out(shown, 2, 900, 400)
    found = list(runs(layout, shown.wires))
    assert {run.wire.key for run in found} == {wire.key for wire in shown.wires}
    for run in found:
        for point, place in zip((0.0, 1.0), _ends(layout, run.wire), strict=True):
            gap = run.line.pointAtPercent(point) - place
            assert layout.radius <= math.hypot(gap.x(), gap.y()) <= layout.radius + 4, run.wire.key


def test_a_wire_to_a_hidden_time_ends_at_dots_and_is_drawn_once() -> None:
    shown = picture("lstm", 30)
    layout = laid_out(shown, 15, 640, 320)
    found = list(runs(layout, shown.wires))
    assert all(run.wire.source in layout.spots or run.wire.target in layout.spots for run in found)
    ends = [(run.line.pointAtPercent(0).toTuple(), run.line.pointAtPercent(1).toTuple()) for run in found]
    assert len(ends) == len(set(ends))


def test_a_wire_goes_around_what_is_in_the_way() -> None:
    places = tuple(Place(key, key, 1, row, "state") for row, key in enumerate("abc"))
    layout = laid_out(Network(1, places, ()), 1, 300, 300)
    (run,) = runs(layout, (Wire("a", "c"),))
    middle = layout.spots["b"]
    off = run.line.pointAtPercent(0.5) - QPointF(middle.x, middle.y)
    assert math.hypot(off.x(), off.y()) > layout.radius


# --- what is lit ---


def test_what_is_lit_has_the_time_of_the_cursor(view: NetworkView) -> None:
    view.set_network(picture("rnn", 4))
    view.light(("h@t-1", "h@t-1>a@t", "a@t"), 3, backwards=True)
    assert view.lit_keys == {"h@2", "h@2>a@3", "a@3"}
    view.set_time(2)
    assert view.lit_keys == {"h@1", "h@1>a@2", "a@2"}
    assert "h₁" in view.description()
    assert "backwards" in view.description()


def test_the_same_places_with_other_wires_are_another_picture(view: NetworkView) -> None:
    places = tuple(Place(f"{key}@1", key, 1, row, "state") for row, key in enumerate("ab"))
    view.set_network(Network(1, places, ()))
    bare = view.grab().toImage()
    view.set_network(Network(1, places, (Wire("a@1", "b@1"),)))
    assert view.grab().toImage() != bare


def test_a_path_outside_the_picture_dims_nothing(view: NetworkView) -> None:
    view.set_network(picture("rnn"))
    view.light((), 2)
    plain = view.grab().toImage()
    view.light(("q@t", "U_n"), 2)
    assert not view.lit_keys
    assert view.grab().toImage() == plain


def test_lighting_changes_the_picture_and_the_direction_shows(view: NetworkView) -> None:
    view.set_network(picture("rnn"))
    view.light((), 2)
    images = [view.grab().toImage()]
    for backwards in (False, True):
        view.light(("h@t-1>a@t",), 2, backwards)
        images.append(view.grab().toImage())
    assert images[0] != images[1] != images[2]


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_letters_can_be_read_where_they_are_lit(choice: str) -> None:
    colours = Theme(choice).colours
    assert contrast(colours.accent_text, colours.accent) >= 4.5


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{\partial L}{\partial h_t} = W_h^\top \delta_{t+1}", True),
        (r"\delta_t = 1", True),
        (r"\begin{aligned} \frac{\partial L}{\partial h_t} &= 1\end{aligned}", True),
        (r"\frac{\partial h_t}{\partial a_t} = 1", False),
        (r"h_t = \tanh(a_t)", False),
    ],
)
def test_a_slope_goes_back(latex: str, expected: bool) -> None:
    from dataclasses import replace

    from studyapp.widgets.derive_sample import report

    assert goes_back(replace(report().lines[0], latex=latex)) is expected


# --- mouse, keys, words ---


def test_a_click_on_a_column_chooses_its_time(view: NetworkView, qtbot: QtBot) -> None:
    view.set_network(picture("rnn", 5))
    layout = laid_out(view.network, 1, view.width(), view.height())
    x = next(round(column.x) for column in layout.columns if column.first == 4)
    with qtbot.waitSignal(view.time_chosen) as caught:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(x, 40))
    assert caught.args == [4]
    assert view.time == 4


def test_a_click_on_dots_goes_to_the_next_hidden_time(view: NetworkView) -> None:
    view.set_network(picture("rnn", 40))
    view.set_time(20)
    layout = laid_out(view.network, 20, view.width(), view.height())
    dots = [column for column in layout.columns if column.hidden]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(dots[0].x), 40))
    assert view.time == dots[0].last
    assert str(dots[1].count) in {str(column.count) for column in dots}


def test_keys_move_the_time_and_stop_at_the_ends(view: NetworkView) -> None:
    chosen: list[int] = []
    view.time_chosen.connect(chosen.append)
    view.set_network(picture("rnn", 3))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home):
        QTest.keyClick(view, key)
    assert chosen == [2, 3, 1]


def test_a_model_without_time_has_no_time_to_choose(view: NetworkView) -> None:
    chosen: list[int] = []
    view.time_chosen.connect(chosen.append)
    view.set_network(picture("layernorm"))
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    assert not chosen
    view.light(("xhat", "x>mu"), 1)
    assert view.lit_keys == {"xhat", "x>mu"}
    assert "t =" not in view.description()


def test_tool_tips_say_what_a_place_is(view: NetworkView) -> None:
    shown = picture("lstm", 3)
    words = {place.key: place_words(place, shown) for place in shown.places}
    assert words["h@2"].startswith("h₂: a state")
    assert "between 0 and 1" in words["f@2"]
    assert "candidate" in words["g@2"]
    assert "before the first step" in words["c@0"]
    assert plain_key("yhat") == "ŷ"
    assert plain_key("h_rev@3") == "h_rev at 3"
    view.set_network(shown)
    layout = laid_out(shown, 1, view.width(), view.height())
    spot = layout.spots["x@1"]
    assert view.words_at(QPointF(spot.x, spot.y)).startswith("x₁: an input")


@pytest.mark.parametrize("model", KEYS)
def test_every_model_is_painted_at_every_size(model: str, view: NetworkView) -> None:
    view.set_network(picture(model, 12))
    for width, height in ((300, 150), (560, 300), (900, 500)):
        view.resize(width, height)
        assert not view.grab().isNull()
    view.set_network(None)
    assert view.empty
    view.describe()
    assert "comes with the derivation" in view.accessibleDescription()


# --- any T ---


@pytest.mark.parametrize("model", [key for key in KEYS if has_steps(cleaned(GradientJob(model=key)))])
def test_the_last_of_any_t_is_called_so(view: NetworkView, model: str) -> None:
    view.set_network(picture(model, 4), letter=True)
    last = [place for place in view.network.places if place.time == 4 and "@" in place.key]
    last = [place for place in last if place.key.endswith("@4")]
    assert last and all("_{T}" in place.latex for place in last)
    assert all("T" not in place.latex for place in view.network.places if place.time < 4)
    words = place_words(last[0], view.network, letter=True)
    assert " at T: " in words and "4" not in words
    layout = laid_out(view.network, 1, 640, 320, letter=True)
    gap = next(column for column in layout.columns if column.is_gap)
    shown = {column.first: column.x for column in layout.columns if not column.hidden}
    assert shown[3] < gap.x < shown[4]
    assert not any(column.is_gap for column in laid_out(picture(model, 4), 1, 640, 320).columns)
    over = [run for run in runs(layout, view.network.wires) if run.over]
    assert over and all(
        {layout.spots[run.wire.source].x < gap.x, layout.spots[run.wire.target].x < gap.x} == {True, False}
        for run in over
    )


def test_a_click_between_t_3_and_any_t_goes_to_one_of_them(view: NetworkView) -> None:
    view.set_network(picture("rnn", 4), letter=True)
    layout = laid_out(view.network, 1, view.width(), view.height(), letter=True)
    gap = next(column for column in layout.columns if column.is_gap)
    for _ in range(2):
        before = view.time
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(gap.x), 40))
        assert view.time == (3 if before == 4 else 4)
    assert "t = T of T" in view.description() or "t = 3 of T" in view.description()


# --- larger ---


def test_a_button_and_a_double_click_make_it_larger(view: NetworkView, qtbot: QtBot) -> None:
    view.show()
    view.set_network(picture("lstm", 3))
    view.light(("c@t-1>c@t", "c@t"), 2)
    assert view.larger.isVisible()
    wanted: list[None] = []
    view.enlarge_wanted.connect(lambda: wanted.append(None))
    QTest.mouseClick(view.larger, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 40))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 40))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert len(wanted) == 3
    view.set_network(None)
    assert not view.larger.isVisible()


def test_the_larger_picture_shows_the_same_and_escape_closes_it(view: NetworkView, qtbot: QtBot) -> None:
    view.set_network(picture("lstm", 3))
    view.light(("c@t-1>c@t", "c@t"), 2)
    window = NetworkWindow(view)
    window.show()
    qtbot.waitExposed(window)
    assert window.view.width() > view.width() and window.view.height() > view.height()
    assert window.view.lit_keys == view.lit_keys and window.view.lit_keys
    assert not window.view.larger.isVisible()
    with qtbot.waitSignal(view.time_chosen) as chosen:
        QTest.keyClick(window.view, Qt.Key.Key_Right)
    assert chosen.args == [3] and view.time == 3
    QTest.keyClick(window.view, Qt.Key.Key_Escape)
    assert not window.isVisible()
