"""One program per bank file: an operating-system lock on a small file beside it.

The system drops the lock when its process ends, however it ends, so a dead program never blocks.
The file itself stays: deleting it would let two programs lock two different files. Knows no SQL.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from content.errors import BankLocked

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a byte that nobody reads, so that the process number stays readable

    def _take(file: IO[str]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Held from `take` until `release`, or until the process ends."""

    def __init__(self, bank: Path) -> None:
        self._bank = bank
        self.path = bank.with_name(bank.name + ".lock")
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Raises BankLocked when another program, or another Bank here, holds it; OSError from the disk."""
        file = self.path.open("a+", encoding="utf-8")
        try:
            _take(file)
        except OSError:
            holder = self._holder(file)
            file.close()
            raise BankLocked(
                self._bank,
                f"{self._bank} is open in another StudyApp{holder}.",
                "Close that one first, or choose another bank with --bank.",
            ) from None
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """May be called twice."""
        if self._file is not None:
            self._file.close()
            self._file = None

    @staticmethod
    def _holder(file: IO[str]) -> str:
        file.seek(0)
        number = file.read(20).strip()
        return f" (process {number})" if number.isdecimal() else ""
