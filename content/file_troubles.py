"""What can be wrong with a bank's file, each as a sentence and a way out.

`looked_at` reads the first bytes and touches nothing; `in_words` turns what SQLite and the system
report into BankErrors. What it does not know passes through: in a bank that was opened it would be
a bug of ours, while one is being opened it is damage (`or_damaged`).
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from content.errors import BankError, BankLocked, BankReadOnly, BankTooNew, BankWriteFailed, NotABank
from content.migrations import APPLICATION_ID

_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes of an SQLite header; the application's mark is at 68
_NEWEST_FORMAT = 2  # for writing at 18, for reading at 19
_ELSEWHERE = (
    "Nothing was changed. Choose another bank with --bank, or move this file away to begin a new one."
)
_FROM_COPY = "Nothing was changed. Put back a copy of it, or choose another bank with --bank."


def absolute(path: Path) -> Path:
    """`path` with `~` and links resolved, so that one file has one lock. Raises NotABank."""
    try:
        return path.expanduser().resolve()
    except (RuntimeError, ValueError, OSError) as error:  # ~ of nobody, links in a circle, a NUL
        what = f"{path} cannot be the place of a bank: {str(error).rstrip('.')}."
        raise NotABank(path, what, "Choose another bank with --bank.") from error


def looked_at(path: Path) -> bool:
    """Whether there is a bank at `path`; False for nothing. Raises NotABank for anything else."""
    if not path.exists():
        return False
    if not path.is_file():
        raise NotABank(path, f"{path} is a folder or a device, not a bank file.", _ELSEWHERE)
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header:
        raise NotABank(path, f"{path} is an empty file, not a StudyApp bank.", _ELSEWHERE)
    if not header.startswith(_MAGIC):
        raise NotABank(path, f"{path} is not a StudyApp bank, but a file of another kind.", _ELSEWHERE)
    if len(header) < _HEADER:
        raise damaged(path, "it has been cut off")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotABank(path, f"{path} is the database of another program, not a StudyApp bank.", _ELSEWHERE)
    if max(header[18:20]) > _NEWEST_FORMAT:  # SQLite itself would only call such a file read-only
        raise damaged(path, "unsupported file format")
    if _cut_off(path, header):
        raise damaged(path, "it has been cut off")
    return True


def _cut_off(path: Path, header: bytes) -> bool:
    """Whether pages that the header counts are not there; SQLite itself misses only whole ones."""
    log = path.with_name(path.name + "-wal")
    if header[24:28] != header[92:96] or (log.exists() and log.stat().st_size > 0):
        return False  # the count is not kept up to date, or part of the bank is in the log
    page, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
    return path.stat().st_size < pages * (65536 if page == 1 else page)


def damaged(path: Path, how: str) -> NotABank:
    return NotABank(path, f"{path} is a StudyApp bank, but it is damaged ({how}).", _FROM_COPY)


def too_new(path: Path) -> BankTooNew:
    return BankTooNew(
        path,
        f"{path} was written by a newer StudyApp, so this one only reads it.",
        "Update StudyApp to go on learning with it, or choose another bank with --bank.",
    )


def unwritable(path: Path, more: str = "") -> BankReadOnly:
    what = "its folder" if not path.exists() else "it, or its folder,"
    return BankReadOnly(
        path,
        f"{path} cannot be written: {what} is read-only{' ' + more if more else ''}.",
        "Allow writing there, or choose another bank with --bank.",
    )


@contextmanager
def or_damaged(path: Path) -> Iterator[None]:
    """Around `in_words`, while a bank is opened: any other error of SQLite is damage (NotABank)."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise damaged(path, str(error.orig if isinstance(error, DBAPIError) else error)) from error
    except UnicodeDecodeError as error:  # even SQLite's report of the damage may quote broken text
        raise damaged(path, "some of its text cannot be read") from error


@contextmanager
def in_words(path: Path, barrier: BankError | None = None) -> Iterator[None]:
    """Errors of SQLite and the system as BankErrors. `barrier` stands for what an odd schema causes."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise _told(path, error.orig, barrier) or error from error
        raise
    except sqlite3.Error as error:
        raise _told(path, error, barrier) or error from error
    except OSError as error:
        raise _system_told(path, error) from error


def _told(path: Path, error: sqlite3.Error, barrier: BankError | None) -> BankError | None:
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if primary == sqlite3.SQLITE_FULL:
        return BankWriteFailed(path, "The disk is full, so nothing was saved.", "Make room and try again.")
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        what = f"The disk would not take it ({error}), so nothing was saved."
        return BankWriteFailed(
            path, what, f"See whether {path.parent} can be reached and has room; try again."
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BankLocked(path, f"Another program is using {path}.", "Close it there and try again.")
    if primary == sqlite3.SQLITE_READONLY:
        return unwritable(path)
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, str(error))
    return barrier if isinstance(barrier, BankTooNew) else None


def _system_told(path: Path, error: OSError) -> BankError:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        what = f"{path} cannot be used: you are not allowed to read or write there."
        return BankReadOnly(path, what, "Allow it, or choose another bank with --bank.")
    what = f"{path} cannot be used: {error.strerror or error}."
    return BankWriteFailed(path, what, "Nothing was changed. Choose another bank with --bank.")
