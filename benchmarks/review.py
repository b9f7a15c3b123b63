"""A review answer, from the key to the disk: median milliseconds of `Bank.answer` with undo kept.

The peer does the least that could be called the same: one update and one insert by plain
sqlite3 in a file beside ours, with the same journal (WAL) and the same promise (FULL: on the
disk before it is acknowledged). In turns, so that a disk that is slow today is slow for both.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from figures import Figure, options, report

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from content.bank import Bank  # noqa: E402 - the source beside this folder, not an installed copy
from content.clock import Moment  # noqa: E402 - the same
from content.records import Rating  # noqa: E402 - the same

START = Moment(1_795_435_200_000)


class Plain:
    """The peer: one card table, one review table."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        for line in (
            "pragma journal_mode = wal",
            "pragma synchronous = full",
            "create table card(id integer primary key, stability real, due integer)",
            "create table review(id integer primary key, card, rating, at, before text)",
            "insert into card values (1, 0, 0)",
        ):
            self._db.execute(line)

    def answer(self, number: int) -> None:
        self._db.execute("begin immediate")
        self._db.execute("update card set stability = ?, due = ? where id = 1", (number * 0.5, number))
        self._db.execute(
            "insert into review(card, rating, at, before) values (1, 3, ?, ?)", (number, "x" * 200)
        )
        self._db.execute("commit")

    def close(self) -> None:
        self._db.close()


def main() -> int:
    wanted = options(__doc__ or "")
    rounds = 200 if wanted.quick else 1000
    ours, plain = [], []
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:  # a real disk, not a temporary file system
        bank, peer = Bank.open(Path(folder) / "bank.db", START), Plain(Path(folder) / "plain.db")
        now = START
        for number in range(rounds):
            now = now.plus(700_000)
            due = bank.next_due(now)
            while due is None:
                now = now.plus(86_400_000)
                due = bank.next_due(now)
            rating = Rating(1 + number % 4)
            before = time.perf_counter()
            bank.answer(due.card.id, rating, now, 4000)
            between = time.perf_counter()
            peer.answer(number)
            ours.append((between - before) * 1000)
            plain.append((time.perf_counter() - between) * 1000)
        bank.close()
        peer.close()
    return report([Figure("review/answer", median(ours), "ms", 10.0, median(plain))], wanted.json)


if __name__ == "__main__":
    sys.exit(main())
