"""A real bank with the real course in a temporary folder, and a clock that the test turns."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pytestqt.qtbot import QtBot

from content.bank import Bank
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


@cache
def _new_bank() -> bytes:
    """The file of a bank that holds the course and nothing else: loading it anew for each test takes long."""
    with TemporaryDirectory() as folder:
        Bank.open(Path(folder) / "bank.db", MONDAY_NOON).close()
        return (Path(folder) / "bank.db").read_bytes()


def open_store(qtbot: QtBot, folder: Path, clock: Clock) -> Store:
    """A Store whose bank is open; a new one, unless the folder has one already."""
    if not (folder / "bank.db").exists():
        (folder / "bank.db").write_bytes(_new_bank())
    store = Store(folder / "bank.db", clock)
    with qtbot.waitSignal(store.opened, timeout=20_000):
        store.open()
    return store
