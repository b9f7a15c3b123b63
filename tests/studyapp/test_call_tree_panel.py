"""The picture of a recursion's calls: where they stand, and each moment of the run, by clicks and keys."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.symbolic.findings import CallTree, Visit
from studyapp.theme import Theme
from studyapp.widgets.call_tree_layout import MERGED, TREE, groups, laid_out
from studyapp.widgets.call_tree_panel import CallTreePanel
from studyapp.widgets.findings_sample import fibonacci

LEFT = Qt.MouseButton.LeftButton


def chain(length: int) -> CallTree:
    """f(length) calls f(length - 1) and so on."""
    visits = (Visit(k, k - 1, f"f({length - k})", "", k, k, 2 * length + 1 - k) for k in range(length + 1))
    return CallTree(length, tuple(visits))


@pytest.fixture
def panel(qtbot: QtBot) -> CallTreePanel:
    made = CallTreePanel(Theme("light"), {})
    qtbot.addWidget(made)
    made.resize(600, 460)
    made.set_tree(fibonacci(5))
    made.show()
    qtbot.waitExposed(made)
    qtbot.wait(20)
    return made


@pytest.mark.parametrize("n", range(8))
def test_no_two_calls_stand_in_one_place(n: int) -> None:
    layout = laid_out(fibonacci(n).visits, TREE)
    by_row: dict[int, list[float]] = {}
    for node in layout.nodes.values():
        by_row.setdefault(node.y, []).append(node.x)
    for row in by_row.values():
        row.sort()
        assert all(b - a >= 0.999 for a, b in pairwise(row))
        assert row[0] >= 0
        assert row[-1] <= layout.across
    assert len(layout.nodes) == 2 * _fib(n + 1) - 1
    assert len(layout.edges) == len(layout.nodes) - 1


def test_callers_stand_above_and_between_what_they_call() -> None:
    layout = laid_out(fibonacci(6).visits, TREE)
    for edge in layout.edges:
        assert layout.nodes[edge.called].y == layout.nodes[edge.caller].y + 1
    children: dict[int, list[float]] = {}
    for edge in layout.edges:
        children.setdefault(edge.caller, []).append(layout.nodes[edge.called].x)
    for caller, xs in children.items():
        assert layout.nodes[caller].x == pytest.approx((min(xs) + max(xs)) / 2)


def test_merged_calls_keep_how_often_they_are_called() -> None:
    visits = fibonacci(6).visits
    layout = laid_out(visits, MERGED)
    assert len(layout.nodes) == 7
    assert sum(edge.times for edge in layout.edges) == len(visits) - 1
    for edge in layout.edges:
        assert layout.nodes[edge.called].y - layout.nodes[edge.caller].y == edge.levels >= 1


def test_a_deep_recursion_is_laid_out() -> None:
    layout = laid_out(chain(900).visits, TREE)
    assert layout.down == 901
    assert layout.across == 1
    assert laid_out(chain(900).visits, MERGED).down == 901


def test_what_comes_again_has_one_colour() -> None:
    visits = fibonacci(5).visits
    colours = groups(visits)
    times = Counter(visit.label for visit in visits)
    for visit in visits:
        assert (visit.same in colours) == (times[visit.label] > 1)
    assert len(set(colours.values())) == len(colours)


def test_it_begins_at_the_end_and_steps_both_ways(panel: CallTreePanel, qtbot: QtBot) -> None:
    view = panel.view
    assert view.moment == view.last == 2 * 15 - 1
    assert panel.words.text() == "fib(5) returns 5"
    assert not panel.on.isEnabled()
    qtbot.mouseClick(panel.back, LEFT)
    assert view.moment == view.last - 1
    assert panel.words.text() == "fib(3) returns 2"
    qtbot.mouseClick(panel.on, LEFT)
    assert view.moment == view.last
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert (view.moment, panel.slider.value()) == (0, 0)
    assert panel.words.text() == "fib(5) is called"
    assert not panel.back.isEnabled()
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert [visit.label for visit in view.stack] == ["fib(5)", "fib(4)", "fib(3)", "fib(2)"]
    panel.slider.setValue(5)
    assert view.moment == 5


def test_the_stack_is_always_one_way_down_from_the_first_call(panel: CallTreePanel) -> None:
    view = panel.view
    for moment in range(view.last + 1):
        panel.go(moment)
        stack = view.stack
        assert stack[0].parent == -1
        assert all(b.parent == a.number for a, b in pairwise(stack))
        assert view.current is stack[-1]


def test_a_click_goes_to_the_call_and_again_to_its_end(panel: CallTreePanel, qtbot: QtBot) -> None:
    view = panel.view
    visit = view._visits[2]
    place = view.place_of(visit).center().toPoint()
    qtbot.mouseClick(view, LEFT, pos=place)
    assert view.moment == visit.enters
    qtbot.mouseClick(view, LEFT, pos=place)
    assert view.moment == visit.leaves


def test_merging_draws_each_call_once(panel: CallTreePanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.kinds.button(MERGED), LEFT)
    assert panel.view.kind == MERGED
    assert len(panel.view._layout.nodes) == 6
    assert panel.count.text() == "15 calls, 6 different"
    first = panel.view._visits[1]
    again = next(v for v in panel.view._visits if v.same == 2 and v.number != 2)
    assert panel.view.place_of(again) == panel.view.place_of(panel.view._visits[2])
    assert panel.view.place_of(first) != panel.view.place_of(again)
    panel.grab()


def test_zoom_by_keys_and_a_large_tree_scrolls(panel: CallTreePanel, qtbot: QtBot) -> None:
    panel.set_tree(fibonacci(8))
    qtbot.wait(20)
    view = panel.view
    before = view.width()
    assert before > panel._scroll.viewport().width()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.width() > before
    panel.go(view._visits[-1].enters)
    shown = view.mapTo(panel._scroll.viewport(), view.place_of(view._visits[-1]).center().toPoint())
    assert panel._scroll.viewport().rect().contains(shown)


def test_a_call_says_how_often_it_comes(panel: CallTreePanel) -> None:
    view = panel.view
    visit = next(v for v in view._visits if v.label == "fib(1)")
    assert "called 5 times" in view._words_at(view.place_of(visit).center())
    assert view._words_at(QPoint(-5, -5).toPointF()) == ""


def test_without_calls_it_says_so(panel: CallTreePanel) -> None:
    panel.set_tree(None)
    assert panel.view.empty
    panel.grab()


def _fib(n: int) -> int:
    return n if n < 2 else _fib(n - 1) + _fib(n - 2)
