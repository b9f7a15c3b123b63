"""The bridge to the training process: the real one, and ones that behave badly."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import psutil
import pytest
import training_children
from lab_bench import obeyed
from pytestqt.qtbot import QtBot

from engine.config import RunConfig
from engine.train import parameter_count, train
from studyapp.trainer import RESTING, Trainer

SMALL = RunConfig(hidden=4, length=6, batch=2)
DIVERGING = RunConfig(task="sine", optimiser="sgd", learning_rate=100.0, clip=0.0, hidden=8, length=10)
Make = Callable[..., Trainer]


@pytest.fixture
def make(qapp: object) -> Iterator[Make]:
    """Builds trainers and leaves no process behind, whatever the test does."""
    made: list[Trainer] = []

    def build(target: Callable[[Any], None] | None = None) -> Trainer:
        made.append(Trainer(target))
        return made[-1]

    yield build
    for trainer in made:
        trainer.close()


def begin(qtbot: QtBot, trainer: Trainer, config: RunConfig = SMALL) -> None:
    with qtbot.waitSignal(trainer.started, timeout=10_000):
        trainer.start(config)


def pid_of(trainer: Trainer) -> int:
    assert trainer.pid is not None
    return trainer.pid


def test_start_builds_a_run_and_steps_are_counted_exactly(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    with qtbot.waitSignal(trainer.started, timeout=10_000) as built:
        trainer.start(SMALL)
    assert built.args[0].config == SMALL
    assert built.args[0].parameters == parameter_count(SMALL)
    trainer.step()
    qtbot.waitUntil(lambda: trainer.losses.steps == 1)
    trainer.step(10)
    qtbot.waitUntil(lambda: trainer.losses.steps == 11)
    assert trainer.snapshot is not None
    assert trainer.snapshot.step == 11
    expected = [s.losses[-1] for s in itertools.islice(train(SMALL), 11)]
    np.testing.assert_array_equal(trainer.losses.means, expected)  # the same run, done in this process


def test_a_counted_run_ends_by_itself(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    said: list[tuple[bool, int]] = []
    trainer.running_changed.connect(lambda running: said.append((running, trainer.losses.steps)))
    trainer.start(SMALL)
    trainer.run(700)
    assert trainer.running
    qtbot.waitUntil(lambda: not trainer.running, timeout=20_000)
    assert trainer.losses.steps == 700
    assert said == [(True, 0), (False, 700)]


def test_quick_keys_undo_one_step_each(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    begin(qtbot, trainer)
    trainer.step(20)
    qtbot.waitUntil(lambda: trainer.losses.steps == 20)
    for _ in range(5):
        trainer.back()
    trainer.back(10)
    qtbot.waitUntil(lambda: trainer.losses.steps == 5)
    trainer.back(10)
    qtbot.waitUntil(lambda: trainer.losses.steps == 0)


def test_pause_stops_and_nothing_is_lost(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    said: list[bool] = []
    trainer.running_changed.connect(said.append)
    begin(qtbot, trainer)
    trainer.resume()
    qtbot.waitUntil(lambda: trainer.losses.steps > 20)
    trainer.pause()
    obeyed(qtbot, trainer)
    steps = trainer.losses.steps
    qtbot.wait(50)
    assert trainer.losses.steps == steps
    assert trainer.snapshot is not None
    assert trainer.snapshot.step == steps
    assert said == [True, False]


def test_commands_before_the_run_is_built_wait_for_it(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    trainer.start(SMALL)
    trainer.step(3)
    qtbot.waitUntil(lambda: trainer.losses.steps == 3, timeout=10_000)


def test_a_start_that_fails_is_told_once_and_its_resume_forgotten(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    said: list[str] = []
    trainer.failed.connect(said.append)
    trainer.start(RunConfig(text="a"))
    trainer.resume()
    assert trainer.running
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    qtbot.wait(150)
    assert len(said) == 1
    assert "1 character;" in said[0]
    assert not trainer.running
    assert not trainer.has_run


def test_what_a_dropped_run_still_says_is_not_heard(qtbot: QtBot, make: Make) -> None:
    trainer = make(training_children.answers_late)
    steps: list[int] = []
    trainer.progress.connect(lambda event: steps.append(event.snapshot.step))
    begin(qtbot, trainer)
    qtbot.waitUntil(lambda: trainer.losses.steps == 2)
    begin(qtbot, trainer)
    qtbot.waitUntil(lambda: trainer.losses.steps == 2)
    assert trainer.losses.means.tolist() == [1.0, 2.0]
    assert set(steps) == {2}


def test_a_live_knob_changes_the_run(qtbot: QtBot, make: Make) -> None:
    plain, turned = make(), make()
    for trainer in (plain, turned):
        begin(qtbot, trainer)
        trainer.step(2)
        qtbot.waitUntil(lambda t=trainer: t.losses.steps == 2)
    turned.change("learning_rate", 1.0)
    for trainer in (plain, turned):
        trainer.step(4)
        qtbot.waitUntil(lambda t=trainer: t.losses.steps == 6)
    assert plain.losses.means[:3].tolist() == turned.losses.means[:3].tolist()
    assert plain.losses.means[3:].tolist() != turned.losses.means[3:].tolist()


def test_text_is_written_and_the_seed_decides_it(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    begin(qtbot, trainer)
    texts = []
    for seed in (5, 5, 6):
        with qtbot.waitSignal(trainer.sampled, timeout=5000) as written:
            trainer.sample(1.0, 60, seed)
        texts.append(written.args[0].text)
    assert len(texts[0]) == 60
    assert texts[0] == texts[1] != texts[2]


def test_divergence_is_told_and_the_run_goes_on_with_a_smaller_rate(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    begin(qtbot, trainer, DIVERGING)
    with qtbot.waitSignal(trainer.diverged, timeout=10_000) as told:
        trainer.resume()
    assert not trainer.running
    before = trainer.losses.steps
    assert told.args[0].step == before + 1
    assert np.isfinite(trainer.losses.means).all()
    trainer.change("learning_rate", 0.01)
    trainer.resume()
    qtbot.waitUntil(lambda: trainer.losses.steps > before + 5)


def test_a_killed_process_is_told_and_replaced(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    begin(qtbot, trainer)
    trainer.resume()
    qtbot.waitUntil(lambda: trainer.losses.steps > 5)
    pid = pid_of(trainer)
    with qtbot.waitSignal(trainer.failed, timeout=5000) as told:
        os.kill(pid, signal.SIGKILL)
    assert "ended unexpectedly at step" in told.args[0]
    assert "press Reset" in told.args[0]
    assert not trainer.running
    assert not trainer.has_run
    assert trainer.snapshot is not None, "the last picture stays"
    begin(qtbot, trainer)
    assert pid_of(trainer) != pid
    trainer.step(2)
    qtbot.waitUntil(lambda: trainer.losses.steps == 2)


def test_a_death_is_noticed_while_nothing_is_expected(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    begin(qtbot, trainer)
    qtbot.waitUntil(lambda: trainer._timer.interval() == RESTING)
    with qtbot.waitSignal(trainer.failed, timeout=8000):
        os.kill(pid_of(trainer), signal.SIGKILL)


def test_what_was_said_before_dying_is_kept(qtbot: QtBot, make: Make) -> None:
    trainer = make(training_children.dies_on_resume)
    begin(qtbot, trainer)
    with qtbot.waitSignal(trainer.failed, timeout=5000) as told:
        trainer.resume()
    assert "at step 7" in told.args[0]
    assert trainer.losses.steps == 7


@pytest.mark.parametrize("behaviour", ["deaf", "floods", "none"])
def test_closing_leaves_no_process_and_does_not_hang(qtbot: QtBot, make: Make, behaviour: str) -> None:
    trainer = make(getattr(training_children, behaviour, None))
    if behaviour == "deaf":
        trainer.start(SMALL)
    else:
        begin(qtbot, trainer)
        trainer.resume()
        qtbot.waitUntil(lambda: trainer.losses.steps > 2)
    pid = pid_of(trainer)
    trainer.close()
    assert not psutil.pid_exists(pid)
    trainer.close()  # twice is fine


def test_a_window_that_does_not_look_costs_no_memory_and_no_loss(qtbot: QtBot, make: Make) -> None:
    trainer = make()
    begin(qtbot, trainer, RunConfig(hidden=6, length=40, batch=2))  # small: the way back takes memory too
    trainer.resume()
    qtbot.waitUntil(lambda: trainer.losses.steps > 100)  # all that is imported late is there by then
    process = psutil.Process(pid_of(trainer))
    before, ours = process.memory_info().rss, psutil.Process().memory_info().rss
    time.sleep(1.5)  # the window is stuck: nobody reads the pipe
    assert process.memory_info().rss - before < 20e6
    trainer.pause()
    obeyed(qtbot, trainer)
    assert psutil.Process().memory_info().rss - ours < 20e6
    assert trainer.snapshot is not None
    assert trainer.losses.steps == trainer.snapshot.step > 50


def test_importing_the_bridge_is_cheap() -> None:
    heavy = "{'numpy', 'multiprocessing', 'torch', 'engine.messages'}"
    code = f"import sys, studyapp.trainer\nprint(*({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
