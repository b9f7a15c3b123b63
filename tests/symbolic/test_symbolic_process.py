"""The symbolic process for real: asked, crashed, hung, killed, closed."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import psutil
import pytest
import symbolic_children as children

from engine.child import Child
from engine.symbolic import worker
from engine.symbolic.client import HARD_SECONDS, PREPARE_SECONDS, START_SECONDS, SymbolicProcess
from engine.symbolic.jobs import GradientJob, OpinionJob, RecurrenceJob
from engine.symbolic.report import Agreement, Answer, Answered, Asked, Ready, Refusal, Report

GOOD = RecurrenceJob("T(n) = 3T(n-1), T(0) = 1")


@contextmanager
def process(target: object, **options: float) -> Iterator[SymbolicProcess]:
    made = SymbolicProcess(target, time.monotonic(), **options)
    try:
        yield made
    finally:
        made.close()


def answers(made: SymbolicProcess, count: int = 1, later: float = 0.0) -> dict[int, Answer]:
    """What `poll` hands out until `count` tickets are answered; the clock runs `later` seconds ahead."""
    found: dict[int, Answer] = {}
    until = time.monotonic() + 30
    while len(found) < count and time.monotonic() < until:
        for ticket, answer in made.poll(time.monotonic() + later):
            assert ticket not in found
            found[ticket] = answer
        time.sleep(0.002)
    assert len(found) == count
    return found


def until_working(made: SymbolicProcess) -> float:
    """Waits for the child to be at a job; the time since which it is."""
    while made.working_on == 0:
        made.poll(time.monotonic())
        time.sleep(0.002)
    now = time.monotonic()
    return now - made.working_for(now)


def test_jobs_of_each_kind_are_answered() -> None:
    with process(worker.derive) as made:
        first = made.request(GOOD, time.monotonic())
        second = made.request(GradientJob(), time.monotonic())
        third = made.request(RecurrenceJob("T(n) = nonsense"), time.monotonic())
        found = answers(made, 3)
        assert made.ready
        assert not made.busy
        assert isinstance(found[first], Report)
        assert isinstance(found[second], Report)
        assert isinstance(found[third], Refusal)
        assert found[third].column == 7


def test_the_oracle_answers_with_autograd() -> None:
    """Under its memory limit torch still loads and works."""
    with process(worker.oracle) as made:
        made.request(OpinionJob(GradientJob()), time.monotonic())
        [(_, found)] = answers(made).items()
        assert isinstance(found, Agreement)
        assert found.ok


def test_an_endless_job_is_stopped_after_two_seconds() -> None:
    text = "endless"
    with process(children.naughty) as made:
        hung = made.request(RecurrenceJob(text), time.monotonic())
        after = made.request(GOOD, time.monotonic())
        since = until_working(made)
        old = made.pid
        assert not made.poll(since + HARD_SECONDS - 0.01)
        [(ticket, found)] = made.poll(since + HARD_SECONDS + 0.01)
        assert ticket == hung
        assert "2 seconds" in found.reason
        assert found.text == text
        assert isinstance(answers(made)[after], Report)
        assert made.pid != old
        assert not psutil.pid_exists(old)


def test_what_is_loaded_between_jobs_is_no_part_of_their_time() -> None:
    """The job is sent while the child prepares, or makes it prepare: either way its clock begins later."""
    with process(children.late_sleeper, hard_seconds=1.0) as made:
        made.request(RecurrenceJob("T(n) = nonsense"), time.monotonic())
        [(_, found)] = answers(made).items()
        assert isinstance(found, Refusal)
        assert found.column == 7, found.reason
        assert made.ready


def test_a_child_that_prepares_for_too_long_is_given_up() -> None:
    with process(children.late_sleeper, hard_seconds=60.0) as made:
        made.request(GOOD, time.monotonic())
        while made.working_on == 0 or made.ready:
            assert made.poll(time.monotonic()) == []
            time.sleep(0.002)
        first = made.pid
        [(_, found)] = made.poll(time.monotonic() + PREPARE_SECONDS + 1)
        assert isinstance(found, Refusal)
        assert made.pid != first


def test_the_clock_is_the_callers() -> None:
    with process(children.naughty) as made:
        hung = made.request(RecurrenceJob("asleep in C"), time.monotonic())
        since = until_working(made)
        assert made.working_for(since + 1) == pytest.approx(1)
        assert not made.poll(since + 1.5)
        assert made.poll(since + 2.5)[0][0] == hung


def test_a_dead_process_is_replaced_and_its_ticket_refused() -> None:
    with process(children.naughty) as made:
        deadly = made.request(RecurrenceJob("die"), time.monotonic())
        after = made.request(GOOD, time.monotonic())
        found = answers(made, 2)
        assert isinstance(found[deadly], Refusal)
        assert "ended" in found[deadly].reason
        assert isinstance(found[after], Report)


def test_a_job_that_waits_can_be_cancelled() -> None:
    with process(children.naughty) as made:
        first, second = (made.request(GOOD, time.monotonic()) for _ in range(2))
        third = made.request(GradientJob(), time.monotonic())
        made.cancel(second, time.monotonic())
        assert set(answers(made, 2)) == {first, third}
        assert not made.busy


def test_a_job_that_hangs_can_be_cancelled_before_its_time_is_up() -> None:
    with process(children.naughty) as made:
        hung = made.request(RecurrenceJob("endless"), time.monotonic())
        after = made.request(GOOD, time.monotonic())
        until_working(made)
        old = made.pid
        made.cancel(hung, time.monotonic() + 0.5)
        assert set(answers(made)) == {after}
        assert made.pid != old


def test_a_process_killed_from_outside_is_replaced() -> None:
    with process(children.naughty) as made:
        made.request(GOOD, time.monotonic())
        answers(made)
        old = made.pid
        os.kill(old, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        while made.pid == old:
            assert not made.poll(time.monotonic())
            time.sleep(0.002)
        made.request(GOOD, time.monotonic())
        [(_, found)] = answers(made).items()
        assert isinstance(found, Report)


def test_a_bug_of_ours_is_a_refusal_and_the_process_lives_on() -> None:
    with process(children.naughty) as made:
        broken = made.request(RecurrenceJob("our fault"), time.monotonic())
        found = answers(made)
        pid = made.pid
        assert found[broken].reason.startswith("Our fault")
        made.request(GOOD, time.monotonic())
        answers(made)
        assert made.pid == pid


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to RLIMIT_DATA")
def test_too_much_memory_is_a_refusal() -> None:
    with process(children.naughty) as made:
        greedy = made.request(RecurrenceJob("memory"), time.monotonic())
        assert "memory" in answers(made)[greedy].reason


def test_a_child_that_cannot_start_refuses_all_that_wait() -> None:
    with process(children.stillborn) as made:
        first = made.request(GOOD, time.monotonic())
        second = made.request(GradientJob(), time.monotonic())
        found = answers(made, 2)
        assert all("does not start" in found[ticket].reason for ticket in (first, second))
        third = made.request(GOOD, time.monotonic())
        assert "does not start" in answers(made)[third].reason


def test_a_child_that_never_gets_ready_is_given_up() -> None:
    with process(children.slow_to_start) as made:
        made.request(GOOD, time.monotonic())
        found: list[tuple[int, Answer]] = []
        for start in range(1, 10):
            found += made.poll(time.monotonic() + start * (START_SECONDS + 1))
        assert len(found) == 1
        assert "does not start" in found[0][1].reason


# --- the child alone -----------------------------------------------------------------------


def _waited(child: Child, seconds: float = 20) -> list[object]:
    until = time.monotonic() + seconds
    found: list[object] = []
    while not found and time.monotonic() < until:
        found = child.wait(0.1)
    return found


def _answered(child: Child) -> Answered:
    """The next answer, past what the child says of itself."""
    said: list[object] = []
    while not said or not isinstance(said[-1], Answered):
        new = _waited(child)
        assert new, "no answer"
        said += new
    return said[-1]


def test_the_child_says_ready_and_ends_with_the_pipe() -> None:
    child = Child(worker.derive, "symbolic")
    assert _waited(child) == [Ready()]
    child.send(Asked(7, GOOD))
    assert _answered(child).ticket == 7
    connection: Connection = child._connection
    connection.close()
    child._process.join(5)
    assert child._process.exitcode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_the_child_is_deaf_to_ctrl_c() -> None:
    child = Child(worker.derive, "symbolic")
    assert _waited(child) == [Ready()]
    os.kill(child.pid or 0, signal.SIGINT)
    child.send(Asked(1, GOOD))
    assert _answered(child).ticket == 1
    child.kill()
