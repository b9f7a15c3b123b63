"""Formulas are set in another thread, in order, and may be stopped."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import Formulas
from studyapp.mathtext.prefetch import Prefetch


def test_all_are_at_hand_afterwards(qtbot: QtBot, formulas: Formulas) -> None:
    wanted = [(f"x_{{{n}}}", True) for n in range(5)] + [(r"\frac{", True)]
    batch = Prefetch(wanted)
    done: list[tuple[int, str]] = []
    batch.advanced.connect(lambda number: done.append((number, threading.current_thread().name)))
    with qtbot.waitSignal(batch.finished, timeout=5000):
        batch.start()
    assert [number for number, _ in done] == [1, 2, 3, 4, 5, 6]
    assert all(formulas.at_hand(*key) for key in wanted[:5])
    assert isinstance(formulas.get("x_{3}", True), Box)


def test_stop(qtbot: QtBot, formulas: Formulas) -> None:
    batch = Prefetch([(f"y_{{{n}}}", True) for n in range(500)])
    batch.advanced.connect(batch.stop)
    with qtbot.assertNotEmitted(batch.finished, wait=100):
        batch.start()
    assert not formulas.at_hand("y_{499}", True)


def test_batch_may_go_away_meanwhile(qtbot: QtBot, formulas: Formulas) -> None:
    batch = Prefetch([(f"z_{{{n}}}", True) for n in range(20)])
    batch.start()
    del batch
    qtbot.waitUntil(lambda: formulas.at_hand("z_{19}", True), timeout=5000)
