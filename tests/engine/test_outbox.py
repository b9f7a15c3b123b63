"""The outbox: order, merging for a slow reader, and a reader that is gone."""

from __future__ import annotations

import threading
import time

import numpy as np

from engine.config import RunConfig
from engine.messages import Event, Failed, Progress
from engine.outbox import Outbox, merged
from engine.train import Run


def picture(step: int) -> Progress:
    run = Run(RunConfig(hidden=2, length=2, batch=1))
    run.advance()
    return Progress(run.snapshot([float(step)]), True, float(step))


class SlowReader:
    """Takes the first event, and the others only after `go`: for whoever waits for it, none."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.taken: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.taken.append(event)
        if not self.go.wait(30):
            raise AssertionError("nobody let the reader go")


def test_pictures_wait_merged_and_nothing_overtakes() -> None:
    read = SlowReader()
    outbox = Outbox(read)
    outbox.post(Failed("first"))
    while not read.taken:
        time.sleep(0.001)
    for event in (picture(1), picture(2), picture(3), Failed("between"), picture(4), picture(5)):
        outbox.post(event)
    assert read.taken == [Failed("first")], "posting does not wait for the reader"
    read.go.set()
    outbox.close(5)
    first, early, between, late = read.taken
    assert (first, between) == (Failed("first"), Failed("between"))
    assert isinstance(early, Progress) and isinstance(late, Progress)
    assert early.snapshot.losses.tolist() == [1, 2, 3]
    assert late.snapshot.losses.tolist() == [4, 5]
    assert late.steps_per_second == 5


def test_merging_keeps_the_newer_picture() -> None:
    old, new = picture(1), picture(2)
    both = merged(old, new)
    assert both.snapshot.hidden is new.snapshot.hidden
    assert np.array_equal(both.snapshot.losses, [1, 2])


def test_a_reader_that_is_gone_ends_the_thread_quietly() -> None:
    def gone(event: Event) -> None:
        raise BrokenPipeError

    outbox = Outbox(gone)
    outbox.post(Failed("unheard"))
    outbox.close(5)
    assert not outbox._thread.is_alive()
