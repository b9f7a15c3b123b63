"""A real bank with the real course in a temporary folder, and a clock that the test turns."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from content.clock import Moment
from studyapp.store import Store

MONDAY_NOON = Moment(1_795_435_200_000)  # 2026-11-23 12:00 UTC


class Clock:
    """Callable that gives the moment it was set to."""

    def __init__(self) -> None:
        self.moment = MONDAY_NOON

    def __call__(self) -> Moment:
        return self.moment

    def pass_minutes(self, minutes: float) -> None:
        self.moment = self.moment.plus(round(minutes * 60_000))


def open_store(qtbot: QtBot, folder: Path, clock: Clock) -> Store:
    """A Store whose bank is open."""
    store = Store(folder / "bank.db", clock)
    with qtbot.waitSignal(store.opened, timeout=20_000):
        store.open()
    return store
