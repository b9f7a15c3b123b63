"""Pause and Stop while a step takes seconds: the real process, told by its pipe."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psutil
import pytest

from engine import interrupt, worker
from engine.child import Child
from engine.config import RunConfig
from engine.messages import (
    Event,
    Failed,
    GoTo,
    Moved,
    Pause,
    Progress,
    Resume,
    Sample,
    Sampled,
    Start,
    Started,
    Step,
    Stop,
)

SLOW = RunConfig(hidden=128, length=100, batch=64, layers=4, direction="both", norm="layer")


class Talk:
    """A training process, and what it has said that nobody asked for yet."""

    def __init__(self) -> None:
        self.child = Child(worker.main, "training")
        self.send = self.child.send
        self._said: list[Event] = []

    def heard(self, kind: type[Event]) -> Event:
        """The next event of this kind."""
        while True:
            event = self._next()
            if isinstance(event, kind):
                return event

    def before(self, kind: type[Event]) -> list[Event]:
        """What is said before the next event of this kind, which is taken too."""
        said = [self._next()]
        while not isinstance(said[-1], kind):
            said.append(self._next())
        return said[:-1]

    def at_work(self, seconds: float) -> None:
        """Wait until the process has computed for so long: its own time, so it is at it on any machine."""
        process = psutil.Process(self.child.pid)
        until = process.cpu_times().user + seconds
        while process.cpu_times().user < until:
            time.sleep(0.005)

    def _next(self) -> Event:
        while not self._said:
            alive = self.child.alive  # asked first: what was said before the end is in the pipe by now
            self._said += self.child.wait(0.05)
            assert self._said or alive, "the process has ended"
        event = self._said.pop(0)
        assert not (isinstance(event, Failed) and event.report), event
        return event


@pytest.fixture
def child() -> Iterator[Talk]:
    made = Talk()
    yield made
    made.child.kill()


def heard(child: Talk, kind: type[Event]) -> Event:
    return child.heard(kind)


def begin(child: Talk, config: RunConfig) -> None:
    child.send(Start(config))
    heard(child, Started)


def test_a_pause_breaks_off_a_step_of_seconds_and_the_run_is_whole(child: Talk) -> None:
    begin(child, SLOW)
    child.send(Resume())
    child.at_work(0.3)  # well within its first step
    child.send(Pause())
    child.send(Start(RunConfig(hidden=3, length=5, batch=2)))
    assert not child.before(Started), "a picture would say that it finished the step first"
    child.send(Step(3))
    progress = heard(child, Progress)
    assert isinstance(progress, Progress)
    assert progress.snapshot.step == 3


def test_stop_ends_the_process_in_the_middle_of_a_step(child: Talk) -> None:
    begin(child, SLOW)
    child.send(Resume())
    child.at_work(0.3)
    child.send(Stop())
    with pytest.raises(AssertionError, match="has ended"):
        child.heard(Progress)  # of a step that it finished first


def test_what_is_not_urgent_waits_for_the_end_of_the_step(child: Talk) -> None:
    begin(child, RunConfig(hidden=128, length=60, batch=16, engine="numpy"))
    child.send(Step(4))
    child.send(Sample(1.0, 3, 1))
    assert isinstance(heard(child, Sampled), Sampled)
    progress = heard(child, Progress)
    assert isinstance(progress, Progress)


def test_only_what_is_breakable_is_broken_off() -> None:
    interrupt.listen()
    interrupt.break_off()
    with pytest.raises(interrupt.BrokenOff), interrupt.breakable():
        raise AssertionError("it was asked before")
    interrupt.heard()
    with interrupt.breakable():
        pass
    interrupt.break_off()
    sum(range(1000))  # outside, nothing happens
    interrupt.heard()


def test_what_is_shielded_is_finished() -> None:
    interrupt.listen()
    with interrupt.shielded():
        interrupt.break_off()
        with interrupt.breakable():
            sum(range(1000))
    with pytest.raises(interrupt.BrokenOff), interrupt.breakable():
        raise AssertionError("the shield is gone")
    interrupt.heard()


@pytest.mark.parametrize("cell", ["lstm", "jordan"])
def test_a_slider_that_is_dragged_ends_where_it_was_let_go(child: Talk, cell: str) -> None:
    """Many moves, faster than the run can follow, and none of them harms it."""
    begin(child, RunConfig(hidden=48, length=40, batch=16, engine="numpy", cell=cell))
    child.send(Step(40))
    progress = heard(child, Progress)
    while isinstance(progress, Progress) and progress.running:
        progress = heard(child, Progress)
    for place in range(39, 4, -1):
        child.send(GoTo(place))
        time.sleep(0.004)
    child.send(Pause())
    child.send(GoTo(7))
    moved = heard(child, Moved)
    while isinstance(moved, Moved) and moved.step != 7:
        moved = heard(child, Moved)
    assert isinstance(moved, Moved)
    assert len(moved.losses) == 7
    assert moved.snapshot is not None and moved.snapshot.step == 7
    child.send(Step(1))
    progress = heard(child, Progress)
    assert isinstance(progress, Progress)
    assert progress.snapshot.step == 8


def test_a_long_writing_can_be_stopped(child: Talk) -> None:
    begin(child, RunConfig(hidden=128, length=20, batch=2, layers=4, norm="layer"))
    child.send(Sample(0.7, 5000, 1))
    child.at_work(0.1)
    child.send(Pause())
    failed = heard(child, Failed)
    assert isinstance(failed, Failed)
    assert "broken off" in failed.message
