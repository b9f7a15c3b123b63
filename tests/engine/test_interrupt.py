"""Pause and Stop while a step takes seconds: the real process, told by its pipe."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from engine import interrupt, worker
from engine.child import Child
from engine.config import RunConfig
from engine.messages import (
    Event,
    Failed,
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


@pytest.fixture
def child() -> Iterator[Child]:
    made = Child(worker.main, "training")
    yield made
    made.kill()


def heard(child: Child, kind: type[Event], seconds: float = 30) -> Event:
    """The next event of this kind."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for event in child.wait(0.05):
            assert not (isinstance(event, Failed) and event.report), event
            if isinstance(event, kind):
                return event
    raise AssertionError(f"no {kind.__name__} in {seconds} s")


def begin(child: Child, config: RunConfig) -> None:
    child.send(Start(config))
    heard(child, Started)


def test_a_pause_breaks_off_a_step_of_seconds_and_the_run_is_whole(child: Child) -> None:
    begin(child, SLOW)
    child.send(Resume())
    time.sleep(0.7)  # well within its first step
    asked = time.monotonic()
    child.send(Pause())
    child.send(Start(RunConfig(hidden=3, length=5, batch=2)))
    heard(child, Started)
    assert time.monotonic() - asked < 2, "it finished the step first"
    child.send(Step(3))
    progress = heard(child, Progress)
    assert isinstance(progress, Progress)
    assert progress.snapshot.step == 3


def test_stop_ends_the_process_in_the_middle_of_a_step(child: Child) -> None:
    begin(child, SLOW)
    child.send(Resume())
    time.sleep(0.7)
    asked = time.monotonic()
    child.send(Stop())
    while child.alive and time.monotonic() - asked < 20:
        time.sleep(0.01)
    assert time.monotonic() - asked < 2


def test_what_is_not_urgent_waits_for_the_end_of_the_step(child: Child) -> None:
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
