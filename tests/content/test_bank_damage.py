"""Banks that are damaged: said in a sentence with a way out, and the file stays as it was, to the byte."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.bank import Bank
from content.clock import Moment
from content.errors import NotABank
from content.models import tables

COLUMNS = [(table.name, column.name) for table in tables.sorted_tables for column in table.columns]


def damage(path: Path, now: Moment) -> str:
    """What opening the damaged bank says."""
    before, others = path.read_bytes(), set(path.parent.iterdir())
    with pytest.raises(NotABank) as caught:
        Bank.open(path, now)
    assert str(path) in caught.value.sentence
    assert "Put back a copy of it, or choose another bank" in caught.value.way_out
    assert path.read_bytes() == before
    assert {place for place in path.parent.iterdir() if place.suffix != ".lock"} <= others
    return caught.value.sentence


def change(path: Path, *statements: str) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        raw.execute(statement)
    raw.close()


@pytest.fixture
def closed(bank: Bank, path: Path) -> Path:
    """A sound bank that nobody has open."""
    bank.close()
    return path


@pytest.mark.parametrize("read_only", [False, True])
def test_a_schema_format_that_sqlite_does_not_know(
    closed: Path, noon: Moment, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    whole = bytearray(closed.read_bytes())
    whole[47] ^= 0xFF
    closed.write_bytes(whole)
    if read_only:  # root may write anything, so the rights are not asked
        monkeypatch.setattr("content.bank_file._writable", lambda _: False)
    assert "damaged (unsupported file format)" in damage(closed, noon)


@pytest.mark.parametrize("number", [0, -1, -(2**31)])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_version_that_never_was(
    closed: Path, noon: Moment, monkeypatch: pytest.MonkeyPatch, number: int, read_only: bool
) -> None:
    change(closed, f"PRAGMA user_version = {number}")
    if read_only:
        monkeypatch.setattr("content.bank_file._writable", lambda _: False)
    for _ in range(2):
        assert f"its version number is {number}" in damage(closed, noon)


@pytest.mark.parametrize("table", [table.name for table in tables.sorted_tables])
def test_a_table_that_is_gone(closed: Path, noon: Moment, table: str) -> None:
    change(closed, "PRAGMA foreign_keys = OFF", f"DROP TABLE {table}")
    assert f"it has lost the table {table!r}" in damage(closed, noon)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_column_that_is_gone(closed: Path, noon: Moment, table: str, column: str) -> None:
    change(closed, f'ALTER TABLE {table} RENAME COLUMN "{column}" TO lost')
    assert f"it has lost the column {column!r} of the table {table!r}" in damage(closed, noon)


def test_what_comes_up_only_while_the_course_is_loaded(
    closed: Path, noon: Moment, opened: Callable[[], Bank]
) -> None:
    change(
        closed,
        "CREATE TRIGGER odd BEFORE INSERT ON meta BEGIN SELECT no_such_function(); END",
        "DELETE FROM meta WHERE key = 'course'",
    )
    with pytest.raises(NotABank, match=r"damaged .*no_such_function"):
        opened()


@pytest.mark.parametrize("lost", [1, 100, 4095, 4096])
def test_the_last_bytes_are_gone(closed: Path, noon: Moment, lost: int) -> None:
    closed.write_bytes(closed.read_bytes()[:-lost])
    assert "it has been cut off" in damage(closed, noon)


def opens_or_is_refused(bank: Path, now: Moment, content: bytes, course: Path) -> None:
    """Perhaps for reading only; SQLite's own errors stay inside. A refusal changes nothing."""
    bank.write_bytes(content)
    try:
        Bank.open(bank, now, course).close()
    except NotABank:
        assert bank.read_bytes() == content


def test_any_byte_of_the_header_may_be_wrong(closed: Path, noon: Moment, course: Any) -> None:
    sound = closed.read_bytes()
    for place in range(100):
        wrong = bytes([sound[place] ^ 0xFF])
        opens_or_is_refused(closed, noon, sound[:place] + wrong + sound[place + 1 :], course.path)


@given(st.dictionaries(st.integers(100, 8191), st.integers(0, 255), min_size=1, max_size=20))
@example(dict.fromkeys(range(2000, 4000), 255))
@settings(max_examples=60)
def test_any_bytes_of_the_tables_may_be_wrong(
    closed: Path, noon: Moment, course: Any, wrong: dict[int, int]
) -> None:
    sound = closed.read_bytes()
    whole = bytearray(sound)
    for place, byte in wrong.items():
        whole[place] = byte
    try:
        opens_or_is_refused(closed, noon, bytes(whole), course.path)
    finally:
        closed.write_bytes(sound)
