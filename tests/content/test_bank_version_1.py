"""A bank that version 1 wrote (bank_version_1.sql is one) is brought up to date with all its history."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from content import migrations
from content.bank import Bank

DUMP = Path(__file__).with_name("bank_version_1.sql")
HISTORY = ("SELECT * FROM memory", "SELECT * FROM review", "SELECT * FROM attempt")


@pytest.fixture
def old(path: Path) -> Path:
    path.parent.mkdir(parents=True)
    raw = sqlite3.connect(path)
    raw.executescript(DUMP.read_text(encoding="utf-8"))
    raw.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
    raw.execute("PRAGMA user_version = 1")
    raw.commit()
    raw.close()
    return path


def test_history_of_version_1_is_kept(old: Path, opened: Callable[[], Bank]) -> None:
    raw = sqlite3.connect(old)
    history = {query: raw.execute(query).fetchall() for query in HISTORY}
    raw.close()
    assert [len(rows) for rows in history.values()] == [2, 2, 1]
    bank = opened()
    assert bank.warning is None
    assert bank.undo_label() == "Undo “Again” on About loops"
    assert [topic.seen for topic in bank.progress()] == [1, 1]
    raw = sqlite3.connect(old)
    assert raw.execute("PRAGMA user_version").fetchone() == (migrations.SCHEMA,)
    for query, rows in history.items():
        assert raw.execute(query).fetchall() == rows
    raw.close()


def test_what_is_new_works_in_it(old: Path, opened: Callable[[], Bank]) -> None:
    bank = opened()
    assert [card.diagram for card in bank.cards("gates")] == ["", "", ""]
    assert [hit.id for hit in bank.search("heading")] == ["gates", "loops"]
    assert old.with_name("bank.db.version-1.1").exists()
