"""Saved runs: what is saved is what is loaded, and goes on bit for bit."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from engine.checkpoint import MAX_STEPS, MAX_TURNS, Checkpoint, load, save
from engine.config import RunConfig
from engine.history import Turn
from engine.models.catalogue import learner_of
from engine.snapshot import Array
from engine.tasks.catalogue import task_of
from tests.counted import calls, counted
from tests.engine.saved_runs import CONFIG, craft, same, stepped, told, trained

# --- what is saved is what is loaded ---------------------------------------------------------------


@pytest.mark.parametrize(
    "config",
    [
        CONFIG,
        dataclasses.replace(CONFIG, cell="gru", layers=2, direction="both", optimiser="momentum"),
        dataclasses.replace(CONFIG, cell="rnn", state="stateful", optimiser="sgd", biases="one"),
        dataclasses.replace(
            CONFIG, cell="lstm", state="stateful", optimiser="adamw", l2=0.1, peepholes="yes"
        ),
        RunConfig(task="sine", hidden=2, batch=3, length=6, engine="numpy", optimiser="rmsprop"),
    ],
    ids=lambda config: f"{config.cell}-{config.optimiser}-{config.task}",
)
def test_a_loaded_run_goes_on_bit_for_bit(config: RunConfig, tmp_path: Path) -> None:
    learner = learner_of(config, task_of(config))
    stepped(config, learner, 1, 4)
    losses = np.arange(4.0)
    save(tmp_path / "a.run", Checkpoint(config, 4, (), losses, learner.memory()))
    found = load(tmp_path / "a.run")
    assert same(found, Checkpoint(config, 4, (), losses, learner.memory()))
    other = learner_of(found.config, task_of(found.config))
    other.recall(found.memory)
    assert stepped(config, learner, 5, 9) == stepped(config, other, 5, 9)
    assert all(array.tobytes() == other.memory()[name].tobytes() for name, array in learner.memory().items())


def test_everything_comes_back(tmp_path: Path) -> None:
    saved = trained()
    save(tmp_path / "a.run", saved)
    found = load(tmp_path / "a.run")
    assert same(found, saved)
    assert type(found.config.learning_rate) is float


def test_a_run_that_has_not_begun_can_be_saved(tmp_path: Path) -> None:
    learner = learner_of(CONFIG, task_of(CONFIG))
    save(tmp_path / "a.run", Checkpoint(CONFIG, 0, (), np.zeros(0), learner.memory()))
    assert load(tmp_path / "a.run").step == 0


def test_any_text_comes_back(tmp_path: Path) -> None:
    text = 'naïve 🍐 \\u0041 "} \t\n' * 5
    config = dataclasses.replace(CONFIG, text=text)
    save(tmp_path / "a.run", trained(config))
    assert load(tmp_path / "a.run").config.text == text


def test_the_longest_text_fits_into_a_file(tmp_path: Path) -> None:
    config = dataclasses.replace(CONFIG, text="🍐🍎" * 100_000)
    memory = learner_of(config, task_of(config)).memory()
    save(tmp_path / "a.run", Checkpoint(config, 0, (), np.zeros(0), memory))
    assert load(tmp_path / "a.run").config == config


def test_the_library_reads_the_file_too(tmp_path: Path) -> None:
    saved = trained()
    save(tmp_path / "a.run", saved)
    arrays = safetensors.numpy.load_file(tmp_path / "a.run")
    assert set(arrays) == {"losses"} | {f"memory.{name}" for name in saved.memory}
    assert np.array_equal(arrays["memory.theta"], saved.memory["theta"])


@pytest.mark.parametrize("there", [np.float32, np.float64])
def test_a_run_of_a_machine_with_other_arithmetic_goes_on(there: type[np.floating], tmp_path: Path) -> None:
    """ "auto" is float32 where the kernel is and float64 where it is not; a file goes both ways."""
    config = dataclasses.replace(CONFIG, engine="auto")
    learner = learner_of(config, task_of(config))
    stepped(config, learner, 1, 3)
    memory = {name: array.astype(there) for name, array in learner.memory().items()}
    save(tmp_path / "a.run", Checkpoint(config, 3, (), np.zeros(3), memory))
    found = load(tmp_path / "a.run").memory
    assert {name: array.dtype for name, array in found.items()} == {
        name: array.dtype for name, array in learner.memory().items()
    }
    for name, array in learner.memory().items():
        np.testing.assert_allclose(found[name], array, rtol=1e-6)


def test_a_knob_that_is_younger_than_the_file_has_its_default(tmp_path: Path) -> None:
    def forget(run: dict[str, Any], arrays: dict[str, Array]) -> None:
        del run["config"]["clip_by"]

    craft(tmp_path / "a.run", forget)
    assert load(tmp_path / "a.run").config.clip_by == "norm"


# --- writing --------------------------------------------------------------------------------------


def test_a_fault_while_writing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path / "a.run", trained(steps=3))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with told("could not be written: No space left"):
        save(tmp_path / "a.run", trained(steps=4))
    assert [path.name for path in tmp_path.iterdir()] == ["a.run"]
    assert load(tmp_path / "a.run").step == 3


def test_who_reads_while_it_is_written_reads_the_old_file(tmp_path: Path) -> None:
    save(tmp_path / "a.run", trained(steps=3))
    before = (tmp_path / "a.run").read_bytes()
    with (tmp_path / "a.run").open("rb") as reader:
        save(tmp_path / "a.run", trained(steps=4))
        assert reader.read() == before
    assert load(tmp_path / "a.run").step == 4


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with told("cannot be written: there is no folder"):
        save(tmp_path / "none" / "a.run", trained())


def test_more_turns_than_a_file_holds_are_told(tmp_path: Path) -> None:
    turns = (Turn(1, "clip", 1.0),) * (MAX_TURNS + 1)
    with told("turned 10,001 times"):
        save(tmp_path / "a.run", dataclasses.replace(trained(), turns=turns))


def test_more_steps_than_a_file_holds_are_told(tmp_path: Path) -> None:
    long = dataclasses.replace(trained(), step=MAX_STEPS + 1, losses=np.zeros(MAX_STEPS + 1))
    with told("has 10,000,001 steps; a file holds 10,000,000. Go back"):
        save(tmp_path / "a.run", long)


def test_as_many_steps_as_a_file_holds_are_read_at_one_stroke(tmp_path: Path) -> None:
    """How long it takes is a figure of benchmarks/limits.py."""
    long = dataclasses.replace(trained(), step=MAX_STEPS, losses=np.ones(MAX_STEPS))
    save(tmp_path / "a.run", long)
    with counted(most=50_000):
        assert load(tmp_path / "a.run").step == MAX_STEPS


def test_as_many_turns_as_a_file_holds_are_read_each_with_the_same_work(tmp_path: Path) -> None:
    """How long they take is a figure of benchmarks/limits.py."""
    works = []
    for count in (100, 400, MAX_TURNS):
        turns = (Turn(1, "clip", 1.0),) * count
        save(tmp_path / "a.run", dataclasses.replace(trained(), turns=turns))
        assert load(tmp_path / "a.run").turns == turns
        if count < MAX_TURNS:
            works.append(calls(lambda: load(tmp_path / "a.run")))
    assert works[1] < 4 * works[0]


@pytest.mark.parametrize("name", ["", "/", "a\0b", "n" * 300])
def test_a_name_that_leads_nowhere_is_told(name: str) -> None:
    with told("cannot be written"):
        save(Path(name), trained())


@pytest.mark.skipif(os.name == "nt", reason="pipes are other there")
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.run")
    with told("a device, a pipe or a socket, not a file"):
        save(tmp_path / "a.run", trained())
    assert (tmp_path / "a.run").is_fifo()
