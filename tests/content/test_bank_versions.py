"""Banks of newer and older versions: read, or copied and brought up to date; never left half-way."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from content import migrations
from content.bank import Bank
from content.bank_file import BankFile
from content.clock import Moment
from content.errors import BankTooNew, BankWriteFailed
from content.records import Rating


def _changed(path: Path, *statements: str) -> None:
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def test_a_newer_bank_is_only_read(opened: Callable[[], Bank], path: Path, noon: Moment) -> None:
    bank = opened()
    bank.answer("gates-1", Rating.GOOD, noon, 100)
    bank.close()
    _changed(path, f"PRAGMA user_version = {migrations.SCHEMA + 1}")
    before = path.read_bytes()
    bank = opened()
    assert bank.read_only
    assert isinstance(bank.warning, BankTooNew)
    assert bank.progress()[0].seen == 1
    for write in (
        lambda: bank.answer("gates-2", Rating.GOOD, noon, 100),
        lambda: bank.undo(noon),
        lambda: bank.set_meta("a", "b"),
    ):
        with pytest.raises(BankTooNew, match="newer StudyApp"):
            write()
    bank.close()
    assert path.read_bytes() == before


def test_a_newer_bank_whose_tables_changed_is_told_as_such(
    opened: Callable[[], Bank], path: Path, noon: Moment
) -> None:
    opened().close()
    _changed(path, "ALTER TABLE topic RENAME TO subject", f"PRAGMA user_version = {migrations.SCHEMA + 1}")
    with pytest.raises(BankTooNew):
        opened().topics()


def test_an_older_bank_is_copied_and_then_brought_up_to_date(bank: Bank, path: Path) -> None:
    bank.close()

    def step(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE card ADD COLUMN colour TEXT")

    newer = migrations.SCHEMA + 1
    file = BankFile(path, {migrations.SCHEMA: step}, newer)
    with file.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(colour), count(*) FROM card").one() == (0, 6)
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == newer
    file.close()
    copy = path.with_name(f"bank.db.version-{migrations.SCHEMA}.1")
    raw = sqlite3.connect(copy)
    assert raw.execute("SELECT count(*) FROM card").fetchone() == (6,)
    assert raw.execute("PRAGMA user_version").fetchone() == (migrations.SCHEMA,)
    with pytest.raises(sqlite3.OperationalError):
        raw.execute("SELECT colour FROM card")
    raw.close()


def test_a_migration_that_fails_changes_nothing(bank: Bank, path: Path) -> None:
    bank.close()
    before = path.read_bytes()

    def step(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE card ADD COLUMN colour TEXT")
        raise RuntimeError("a bug of ours")

    for _ in range(3):
        with pytest.raises(RuntimeError):
            BankFile(path, {migrations.SCHEMA: step}, migrations.SCHEMA + 1)
    assert path.read_bytes() == before
    assert len(list(path.parent.glob("*.version-*"))) == 1, "one copy, however often it is tried"
    BankFile(path).close()


def test_a_bank_that_changed_since_the_last_copy_is_copied_again(
    opened: Callable[[], Bank], path: Path, noon: Moment
) -> None:
    def step(connection: Connection) -> None:
        raise RuntimeError("a bug of ours")

    for number in (1, 2):
        bank = opened()
        bank.answer(f"gates-{number}", Rating.GOOD, noon, 100)
        bank.close()
        with pytest.raises(RuntimeError):
            BankFile(path, {migrations.SCHEMA: step}, migrations.SCHEMA + 1)
    counts = []
    for copy in sorted(path.parent.glob("*.version-*")):
        raw = sqlite3.connect(copy)
        counts += raw.execute("SELECT count(*) FROM review").fetchone()
        raw.close()
    assert counts == [1, 2]


def test_a_full_disk_leaves_no_half_copy(bank: Bank, path: Path) -> None:
    resource = pytest.importorskip("resource", reason="needs the limits of a Unix")
    bank.close()
    before = path.read_bytes()
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) - 5000, old[1]))
    try:
        with pytest.raises(BankWriteFailed):
            BankFile(path, {migrations.SCHEMA: lambda _: None}, migrations.SCHEMA + 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(path.parent.glob("*.version-*")) == []
    assert path.read_bytes() == before
