"""Schema versions: how a bank is created, and how an older one is brought up to date.

A step changes the tables from one version to the next. Before the first step the whole bank is
copied beside itself; all steps and the new version number are one transaction.
"""

from __future__ import annotations

import filecmp
import os
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection

from content.models import piece, tables
from content.search_table import SEARCH_TABLE

APPLICATION_ID = 0x53744170  # "StAp", in the header of every bank
SCHEMA = 3

Step = Callable[[Connection], None]


def _to_2(connection: Connection) -> None:
    """The whole course: pictures, glossary, formula sheet, search. The next load fills it."""
    connection.exec_driver_sql("ALTER TABLE topic ADD COLUMN derive JSON NOT NULL DEFAULT '[]'")
    connection.exec_driver_sql("ALTER TABLE topic ADD COLUMN exam TEXT NOT NULL DEFAULT ''")
    connection.exec_driver_sql("ALTER TABLE card ADD COLUMN diagram TEXT NOT NULL DEFAULT ''")
    piece.create(connection)
    connection.exec_driver_sql(SEARCH_TABLE)


def _to_3(connection: Connection) -> None:
    """Search knows the other names of things, in a column of its own. The next load fills it."""
    connection.exec_driver_sql("DROP TABLE search")
    connection.exec_driver_sql(SEARCH_TABLE)
    connection.exec_driver_sql("DELETE FROM meta WHERE key = 'course'")


STEPS: Mapping[int, Step] = {1: _to_2, 2: _to_3}  # STEPS[n] leads from version n to n + 1


def create_tables(connection: Connection) -> None:
    """Make an empty database a bank of this version, in the caller's transaction."""
    tables.create_all(connection)
    connection.exec_driver_sql(SEARCH_TABLE)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def version(raw: sqlite3.Connection) -> int:
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def missing(raw: sqlite3.Connection) -> str:
    """A table or column that every bank of this version has and this one lacks, in words; else empty."""
    for table in tables.sorted_tables:
        there = {name for (name,) in raw.execute("SELECT name FROM pragma_table_info(?)", (table.name,))}
        if not there:
            return f"the table {table.name!r}"
        if lost := [column.name for column in table.columns if column.name not in there]:
            return f"the column {lost[0]!r} of the table {table.name!r}"
    return ""


def copy_aside(raw: sqlite3.Connection, bank: Path) -> Path:
    """A consistent copy named after its version, on the disk for sure; never over a file that is there.

    When an earlier try left the same copy, that one.
    """
    stem = f"{bank.name}.version-{version(raw)}"
    number = 1
    while (copy := bank.with_name(f"{stem}.{number}")).exists():
        number += 1
    last = bank.with_name(f"{stem}.{number - 1}")
    try:
        raw.execute("VACUUM INTO ?", (str(copy),))
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    if last.exists() and filecmp.cmp(last, copy, shallow=False):
        copy.unlink()
        return last
    return copy


def migrate(connection: Connection, old: int, steps: Mapping[int, Step], schema: int) -> None:
    """Run the steps from version `old` to `schema`; the caller's transaction holds them together."""
    for number in range(old, schema):
        steps[number](connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {schema}")
