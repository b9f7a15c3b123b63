"""Formulas are set in another thread, the most urgent first, and those that are wrong as well."""

from __future__ import annotations

import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import Formulas, Trouble
from studyapp.mathtext.drawing import Drawing
from studyapp.mathtext.prefetch import Prefetch


@pytest.fixture
def prefetch(formulas: Formulas) -> Prefetch:
    return Prefetch()


def test_all_are_at_hand_afterwards_also_what_is_wrong(
    qtbot: QtBot, formulas: Formulas, prefetch: Prefetch, no_quickjs: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [(f"x_{{{n}}}", True) for n in range(5)] + [(r"\frac{", True)]
    assert not prefetch.at_hand(wanted)
    prefetch.want(wanted)
    qtbot.waitUntil(lambda: prefetch.at_hand(wanted), timeout=5000)
    monkeypatch.setattr(formulas, "_engine", no_quickjs)
    assert isinstance(formulas.get(" x_{3} ", True), Box)
    trouble = formulas.get(r"\frac{", True)
    assert isinstance(trouble, Trouble)
    assert trouble.wrong


def test_one_that_cannot_be_drawn_does_not_stop_the_others(
    qtbot: QtBot, formulas: Formulas, prefetch: Prefetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = formulas._set

    def broken(tex: str, display: bool) -> Drawing:
        if tex == "q_1":
            raise ValueError("no path data")
        return real(tex, display)

    monkeypatch.setattr(formulas, "_set", broken)
    prefetch.want([("q_1", True), ("q_2", True)])
    qtbot.waitUntil(lambda: prefetch.at_hand([("q_1", True), ("q_2", True)]), timeout=5000)
    trouble = formulas.get("q_1", True)
    assert isinstance(trouble, Trouble)
    assert "no picture" in trouble.message
    assert isinstance(formulas.get("q_2", True), Box)


def test_they_are_set_in_another_thread(
    qtbot: QtBot, formulas: Formulas, prefetch: Prefetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []
    prepare = formulas.prepare

    def spied(tex: str, display: bool) -> None:
        threads.append(threading.current_thread().name)
        prepare(tex, display)

    monkeypatch.setattr(formulas, "prepare", spied)
    with qtbot.waitSignal(prefetch.advanced, timeout=5000):
        prefetch.want([("a_1", True)])
    assert threads == ["formulas"]
    prefetch.want([("a_1", True)])
    assert threads == ["formulas"], "what is at hand is not set again"


def test_what_is_wanted_last_comes_first(
    qtbot: QtBot, formulas: Formulas, prefetch: Prefetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    gate = threading.Event()

    def slow(tex: str, _display: bool) -> None:
        gate.wait(5)
        order.append(tex)

    monkeypatch.setattr(formulas, "prepare", slow)
    prefetch.want([("first", True), ("later", True), ("last", True)])
    qtbot.waitUntil(lambda: len(prefetch._waiting) == 2, timeout=8000)
    prefetch.want([("last", True), ("urgent", True)])
    gate.set()
    qtbot.waitUntil(lambda: len(order) == 4, timeout=8000)
    assert order == ["first", "last", "urgent", "later"]


def test_what_is_forgotten_is_not_set(qtbot: QtBot, prefetch: Prefetch) -> None:
    prefetch.want([(f"y_{{{n}}}", True) for n in range(500)])
    prefetch.advanced.connect(prefetch.forget)
    qtbot.waitUntil(lambda: not prefetch._working, timeout=5000)
    assert not prefetch.at_hand([("y_{499}", True)])


def test_the_window_may_go_away_meanwhile(qtbot: QtBot, formulas: Formulas) -> None:
    batch = Prefetch()
    batch.want([(f"z_{{{n}}}", True) for n in range(20)])
    batch.deleteLater()
    del batch
    until = time.monotonic() + 30
    while not formulas.at_hand("z_{19}", True) and time.monotonic() < until:
        qtbot.wait(10)
    assert formulas.at_hand("z_{19}", True)
