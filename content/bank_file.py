"""A bank's file: found, locked, looked at before it is touched, opened; its errors put in words.

Everything that can be wrong with the file becomes a BankError with a way out, and nothing that is
not ours is ever written to. Knows the tables' version but not their meaning.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from content.errors import BankError
from content.file_troubles import absolute, damaged, in_words, looked_at, or_damaged, too_new, unwritable
from content.lock import Lock
from content.migrations import SCHEMA, STEPS, Step, copy_aside, create_tables, migrate, missing, version

_QUICK_CHECK_UP_TO = 32 * 2**20  # bytes; about 60 ms
_BUSY_SECONDS = 2.0


class BankFile:
    """An open bank file. `reading` and `writing` are its transactions.

    Attributes:
        path: absolute, symbolic links resolved.
        created: whether opening it made it.
        barrier: why it cannot be written, or None.
    """

    def __init__(self, path: Path, steps: Mapping[int, Step] = STEPS, schema: int = SCHEMA) -> None:
        """Opens, and creates when there is nothing.

        Raises NotABank, BankLocked, BankReadOnly (when not even reading is possible), BankWriteFailed.
        """
        self.path = absolute(path)
        self.created = False
        self.barrier: BankError | None = None
        self._lock = Lock(self.path)
        self._steps, self._schema = steps, schema
        try:
            with or_damaged(self.path), in_words(self.path):
                self._engine = self._opened()
        except BaseException:
            self._lock.release()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look. Raises BankError."""
        with in_words(self.path, self.barrier), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: on the disk when it ends, and not at all if it ends with an error.

        Raises the barrier, or BankWriteFailed.
        """
        if self.barrier is not None:
            raise self.barrier.with_traceback(None)
        with in_words(self.path), self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """May be called twice."""
        self._engine.dispose()
        self._lock.release()

    def _opened(self) -> Engine:
        exists = looked_at(self.path)  # before anything is created beside a file that is not ours
        if exists and not _writable(self.path):
            self.barrier = unwritable(self.path)
            return self._opened_for_reading()
        self._prepare_folder()
        self._lock.take()
        if not looked_at(self.path):
            self._create()
        raw = self._connect(str(self.path))
        if version(raw) > self._schema:
            raw.close()
            return self._opened_for_reading()
        try:
            return self._opened_for_writing(raw)
        except BaseException:
            raw.close()
            raise

    def _prepare_folder(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(self.path.parent, os.W_OK):
            raise unwritable(self.path)

    def _create(self) -> None:
        """Under another name first: a bank is there as a whole or not at all."""
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f"{self.path.name}.new-")
        os.close(handle)
        try:
            raw = sqlite3.connect(name, isolation_level=None)
            engine = _engine(raw)
            with engine.begin() as connection:
                create_tables(connection)
            engine.dispose()
            Path(name).rename(self.path)
        finally:
            Path(name).unlink(missing_ok=True)
        self.created = True

    def _opened_for_reading(self) -> Engine:
        """Not even SQLite's own small files are written."""
        log = self.path.with_name(self.path.name + "-wal")
        leftover = log.exists() and log.stat().st_size > 0
        if leftover and not _writable(self.path):
            raise unwritable(self.path, "and its last session was not closed, so it cannot be read either")
        raw = self._connect(f"{self.path.as_uri()}?mode=ro{'' if leftover else '&immutable=1'}")
        if version(raw) > self._schema:
            self.barrier = too_new(self.path)
        elif version(raw) < self._schema:
            raw.close()
            raise unwritable(self.path, "and it is of an older version, which has to be brought up to date")
        return _engine(raw)

    def _connect(self, where: str) -> sqlite3.Connection:
        """`where` is a path or a file: URI. Raises NotABank for a damaged file."""
        raw = sqlite3.connect(
            where,
            uri=where.startswith("file:"),
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_SECONDS,
        )
        try:
            if self.path.stat().st_size <= _QUICK_CHECK_UP_TO:
                _check_quickly(raw, self.path)
            self._check_version(raw)
        except BaseException:
            raw.close()
            raise
        return raw

    def _check_version(self, raw: sqlite3.Connection) -> None:
        """Of a newer version nothing is known. Raises NotABank."""
        found = version(raw)
        if found == self._schema:
            self._check_tables(raw)
        elif not all(number in self._steps for number in range(found, self._schema)):
            raise damaged(self.path, f"its version number is {found}, which no StudyApp has written")

    def _check_tables(self, raw: sqlite3.Connection) -> None:
        if lost := missing(raw):
            raise damaged(self.path, f"it has lost {lost}")

    def _opened_for_writing(self, raw: sqlite3.Connection) -> Engine:
        raw.execute("PRAGMA journal_mode = WAL").fetchone()
        raw.execute("PRAGMA synchronous = FULL")  # an answer is acknowledged when it is on the disk
        raw.execute("PRAGMA foreign_keys = ON")
        old, engine = version(raw), _engine(raw)
        if old < self._schema:
            copy_aside(raw, self.path)
            with engine.begin() as connection:
                migrate(connection, old, self._steps, self._schema)
                self._check_tables(raw)
        return engine


def _engine(raw: sqlite3.Connection) -> Engine:
    """SQLAlchemy over this one connection; BEGIN is said by us, as sqlite3 would say it too late."""
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _check_quickly(raw: sqlite3.Connection, path: Path) -> None:
    first = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
    if first != "ok":
        raise damaged(path, str(first))


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
