"""kill -9 in the middle of answering, again and again: no acknowledged review is ever lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from content.bank import Bank
from content.clock import Moment
from content.records import Rating

KILLS = 40

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill -9"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),  # other tests may have left threads
]


def _answer_for_ever(open_bank: Callable[[], Bank], now: Moment, acks: int) -> None:
    """Each answer is acknowledged by one byte once `answer` has returned; now and then one is taken back."""
    bank = open_bank()
    number = 0
    while True:
        number += 1
        bank.answer(f"gates-{number % 3 + 1}", Rating.GOOD, now, 100)
        os.write(acks, b"+")
        if number % 7 == 0:
            bank.undo(now)
            os.write(acks, b"-")


def _heard(pipe: int, count: int) -> bytes:
    """The first `count` bytes of a pipe, as soon as they have come."""
    heard = b""
    while len(heard) < count:
        more = os.read(pipe, count - len(heard))
        assert more, "the child died by itself"
        heard += more
    return heard


def test_no_acknowledged_review_is_lost(opened: Callable[[], Bank], path: Path, noon: Moment) -> None:
    opened().close()
    acknowledged = 0
    for number in range(KILLS):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                _answer_for_ever(opened, noon.plus(number), write)
            finally:
                os._exit(1)
        os.close(write)
        first = _heard(read, 1 + number // 3)  # by count, not by time: a busy machine answers slowly
        time.sleep(0.0007 * (number % 8))
        os.kill(child, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        with os.fdopen(read, "rb") as pipe:
            acks = first + pipe.read()
        acknowledged += acks.count(b"+") - acks.count(b"-")
        stored = _reviews(path)
        # The kill may hit between the commit and its acknowledgement: one more, or one taken back.
        assert abs(stored - acknowledged) <= 1
        acknowledged = stored
    bank = opened()
    assert bank.check() == ()
    assert sum(bank.history(1, noon)) == acknowledged


def _reviews(path: Path) -> int:
    """Counted by the file itself, after the recovery that any next opening does."""
    raw = sqlite3.connect(path)
    try:
        reviews, reviewed = raw.execute(
            "SELECT count(*), (SELECT coalesce(sum(reviews), 0) FROM memory) FROM review"
        ).fetchone()
    finally:
        raw.close()
    assert reviews == reviewed, "a review and its memory are one transaction"
    return int(reviews)
