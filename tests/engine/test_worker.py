"""The training process through a real `Child`: spoken to, overwhelmed, interrupted, abandoned, killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from engine import worker
from engine.child import Child
from engine.config import RunConfig
from engine.messages import (
    Change,
    Diverged,
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
from engine.session import MIN_GAP
from engine.train import Run

SMALL = RunConfig(hidden=4, length=5, batch=2)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def shared() -> Iterator[Child]:
    """One process for the tests that leave it alive; each begins with a Start of its own."""
    child = Child(worker.main, "training")
    yield child
    child.stop(Stop())


@pytest.fixture
def child(shared: Child) -> Child:
    begin(shared, SMALL)
    return shared


def heard(child: Child, kind: type, seconds: float = 40) -> list[Any]:
    """All events up to the first of `kind`."""
    events: list[Any] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for event in child.wait(0.05):
            events.append(event)
        if any(isinstance(event, kind) for event in events):
            return events
    raise AssertionError(f"no {kind.__name__} in {seconds} s, but {events}")


def paused(child: Child) -> list[Progress]:
    """All pictures up to the one that says the run has paused."""
    pictures: list[Progress] = []
    while not (pictures and not pictures[-1].running):
        pictures += [event for event in heard(child, Progress) if isinstance(event, Progress)]
    return pictures


def begin(child: Child, config: RunConfig) -> None:
    child.send(Start(config))
    while heard(child, Started)[-1].config != config:
        pass  # leftovers of the test before


def ended(child: Child, seconds: float = 40) -> bool:
    """Whether the child is known to be dead soon; a zombie may have a second thread that still ends."""
    end = time.monotonic() + seconds
    while child.alive and time.monotonic() < end:
        time.sleep(0.01)
    return not child.alive


def gone(pid: int, seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False


def test_training_in_the_process_is_training_in_ours(child: Child) -> None:
    child.send(Resume())
    time.sleep(0.2)
    child.send(Pause())
    pictures = paused(child)
    losses = np.concatenate([picture.snapshot.losses for picture in pictures])
    run = Run(SMALL)
    assert losses.tolist() == [run.advance() for _ in losses]
    assert pictures[-1].snapshot.step == len(losses)
    np.testing.assert_array_equal(pictures[-1].snapshot.hidden, run.snapshot([0.0]).hidden)
    child.send(Step(3))
    assert paused(child)[-1].snapshot.losses.tolist() == [run.advance() for _ in range(3)]


def test_pictures_come_at_most_thirty_times_a_second(child: Child) -> None:
    """By its own clock, which the pictures tell: the losses since the last one, and how many a second."""
    child.send(Resume())
    pictures: list[Progress] = []
    while len(pictures) < 8:
        pictures += [event for event in heard(child, Progress) if isinstance(event, Progress)]
    child.send(Pause())
    paused(child)
    gaps = [len(picture.snapshot.losses) / picture.steps_per_second for picture in pictures]
    assert min(gaps) > 0.999 * MIN_GAP


def test_resume_and_pause_in_one_breath_still_say_that_it_is_paused(child: Child) -> None:
    child.send(Resume())
    child.send(Pause())
    assert all(len(picture.snapshot.losses) >= 1 for picture in paused(child))


def test_sampling_and_changing_while_training(child: Child) -> None:
    child.send(Resume())
    child.send(Change("learning_rate", 0.5))
    child.send(Sample(1.0, 30, 4))
    sampled = heard(child, Sampled)[-1]
    child.send(Pause())
    paused(child)
    assert isinstance(sampled, Sampled)
    assert len(sampled.text) == 30
    assert sampled.mean_log_probability < 0


def test_a_bad_text_and_an_explosion_are_events(child: Child) -> None:
    child.send(Start(RunConfig(text="abc")))
    assert "The text has 3 characters" in heard(child, Failed)[-1].message
    begin(child, RunConfig(task="sine", cell="rnn", optimiser="sgd", learning_rate=100, clip=0, hidden=4))
    child.send(Resume())
    assert heard(child, Diverged)[-1].step > 1
    child.send(Change("learning_rate", 0.01))
    child.send(Step(2))
    assert paused(child)[-1].snapshot.step == 2, "it took up again from the start"


def test_a_reader_that_sleeps_loses_no_loss_and_blocks_nothing() -> None:
    """Pictures larger than the pipe: the process trains on, and still hears Pause."""
    child = Child(worker.main, "training")
    config = RunConfig(hidden=128, length=40, batch=1)
    begin(child, config)
    child.send(Resume())
    time.sleep(0.7)
    child.send(Pause())
    time.sleep(0.2)
    pictures = paused(child)
    child.kill()
    sizes = [len(picture.snapshot.losses) for picture in pictures]
    assert sum(sizes) == pictures[-1].snapshot.step
    assert len(pictures) <= 4, "merged while nobody read"


def test_stop_ends_the_process_and_what_was_said_still_arrives() -> None:
    child = Child(worker.main, "training")
    begin(child, SMALL)
    other = replace(SMALL, hidden=5)
    child.send(Start(other))  # which Stop does not break off
    child.send(Stop())
    assert child.pid is not None
    assert gone(child.pid)
    [started] = child.poll()
    assert started.config == other
    assert ended(child)
    child.kill()


def test_killing_it_is_seen_at_once() -> None:
    child = Child(worker.main, "training")
    begin(child, SMALL)
    child.send(Resume())
    assert child.pid is not None
    psutil.Process(child.pid).kill()
    assert gone(child.pid)
    assert ended(child)
    child.poll()
    child.kill()


def test_the_process_is_light() -> None:
    """How fast it starts is the figure engine/ready of benchmarks/engine.py."""
    child = Child(worker.main, "training")
    begin(child, SMALL)
    assert child.pid is not None
    process = psutil.Process(child.pid)
    threads, loaded = process.num_threads(), process.memory_maps() if sys.platform == "linux" else []
    child.kill()
    assert threads == 3, "training, inbox and outbox, none of BLAS"
    assert not [part.path for part in loaded if "torch" in part.path or "PySide6" in part.path]


def test_importing_the_worker_costs_the_window_nothing() -> None:
    code = "import sys, engine.worker; print([m for m in ('numpy', 'torch') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


ABANDONS = """
import os, signal, sys, time
from engine import worker
from engine.child import Child
from engine.config import RunConfig
from engine.messages import Resume, Start
if __name__ == "__main__":
    child = Child(worker.main, "training")
    child.send(Start(RunConfig(hidden=4)))
    while not child.wait(1): pass
    if sys.argv[1] == "training":
        child.send(Resume())
        while not child.wait(1): pass
    print(child.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("busy", ["paused", "training"])
def test_it_dies_with_its_parent_and_ctrl_c_leaves_no_traceback_of_its_own(busy: str, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(ABANDONS)
    parent = subprocess.Popen(
        [sys.executable, str(script), busy],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    os.kill(pid, signal.SIGINT)  # what a terminal sends to the whole group on Ctrl-C
    time.sleep(0.1)
    assert psutil.Process(pid).status() != psutil.STATUS_ZOMBIE, "Ctrl-C is for the parent to decide"
    parent.kill()
    assert gone(pid)
    _, complaints = parent.communicate(timeout=40)
    assert complaints == ""
