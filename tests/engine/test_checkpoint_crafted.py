"""Whole files with right checksums that do not fit together, made by someone who knows how."""

from __future__ import annotations

import dataclasses
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from engine.checkpoint import MAX_TURNS, load, save
from engine.checkpoint import _digest as digest
from engine.models.catalogue import learner_of
from engine.snapshot import Array
from engine.tasks.catalogue import task_of
from tests.engine.saved_runs import CONFIG, Change, array, craft, put, told, trained

N = len(trained().memory["theta"])
WITHOUT_TORCH = """
import sys
from pathlib import Path
from engine.checkpoint import load
from engine.errors import CheckpointError
try:
    load(Path(sys.argv[1]))
except CheckpointError as error:
    print(error)
assert "torch" not in sys.modules
"""


def without_carry(run: dict[str, Any], arrays: dict[str, Array]) -> None:
    for name in ("memory.carry.0", "memory.carry.1"):
        del arrays[name]
    arrays["memory.optimiser.v"] = np.full(N, -1.0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put("config", "hidden", value=4), r"theta is of shape \(\d+,\) and dtype float64; its config needs"),
        (put("config", "hidden", value=10**6), "Hidden units is 1000000; it must be from 1 to 128"),
        (put("config", "hidden", value=2.5), "Hidden units is 2.5; it must be a whole number"),
        (put("config", "hidden", value=True), "Hidden units is True"),
        (put("config", "hidden", value=[]), r"Hidden units is \[\]"),
        (put("config", "hidden", value="9" * 10**6), "Hidden units is '999"),
        (put("config", "length", value=math.inf), "has Infinity, which is no number"),
        (put("config", "learning_rate", value=math.nan), "has NaN, which is no number"),
        (put("config", "learning_rate", value=10**17), "Learning rate is 1e\\+17"),
        (put("config", "cell", value="gru"), "its config needs"),
        (put("config", "cell", value={"a": 1}), "Cell is"),
        (put("config", "optimiser", value="sgd"), "'optimiser.m', which the run of its config does not have"),
        (put("config", "optimiser", value="momentum"), "optimiser.v|optimiser.m"),
        (put("config", "text", value="a"), "The text"),
        (put("config", "text", value=7), "Own text is 7; it must be text"),
        (put("config", "text", value="\ud800 lone" * 9), "."),
        (put("config", "layers", value=4), "theta is of shape"),
        (put("config", "truncate", value=9), "Truncate BPTT is 9"),
        (put("config", "__class__", value="x"), "knob '__class__', which no run has"),
        (put("config", value=[1]), r"config is \[1\]"),
        (put("extra", value=1), "fields"),
        (put("step", value=4), r"Losses are of shape \(5,\).*after 4 steps they must be \(4,\)"),
        (put("step", value=-1), "Step is -1"),
        (put("step", value=True), "Step is True"),
        (put("step", value="5"), "Step is '5'"),
        (
            put("step", value=10**17),
            "Step is 100000000000000000; it must be a whole number from 0 to 10,000,000",
        ),
        (put("turns", value=7), "turns of knobs are 7"),
        (put("turns", value=[[1, "clip", 1.0]] * (MAX_TURNS + 1)), "up to 10,000"),
        (
            put("turns", value=[[6, "clip", 1.0]]),
            r"turn of a knob is \[6, 'clip', 1.0\]; .* step from 0 to 5",
        ),
        (put("turns", value=[[3, "clip", 1.0], [2, "clip", 1.0]]), "step from 3 to 5"),
        (put("turns", value=[[3, "clip", "1"]]), "a knob and a number"),
        (put("turns", value=[[3, "clip"]]), "a knob and a number"),
        (put("turns", value=[[3, "hidden", 4]]), "knob 'hidden' was turned; only "),
        (put("turns", value=[[3, "nonsense", 4]]), "knob 'nonsense' was turned"),
        (put("turns", value=[[3, "clip", -1.0]]), "Clip norm is -1.0"),
        (put("turns", value=[[3, "clip", True]]), "Clip norm is True"),
        (put("conventions", value=[["a"]]), "convention is"),
        (put("conventions", value=[["a", 1]]), r"convention is \['a', 1\]"),
        (put("conventions", value="ab"), "conventions are 'ab'"),
        (array("losses", None), "Losses are of shape"),
        (array("losses", np.array([1.0, 2, 3, math.inf, 5])), "finite"),
        (array("losses", np.zeros(5, np.float32)), "dtype float32"),
        (array("losses", np.zeros((5, 1))), r"shape \(5, 1\)"),
        (array("memory.theta", None), "array theta is missing"),
        (array("memory.theta", np.zeros(N - 1)), "theta is of shape"),
        (array("memory.theta", np.zeros((1, N))), "theta is of shape"),
        (array("memory.theta", np.zeros(N, np.float32)), "dtype float32; its config needs"),
        (array("memory.theta", np.full(N, math.nan)), "theta has the value nan; it must hold finite numbers"),
        (array("memory.optimiser.t", np.array(-1.0)), "count of steps t is -1"),
        (
            array("memory.optimiser.t", np.array(math.nan)),
            "optimiser.t has the value nan; it must hold finite numbers",
        ),
        (
            array("memory.optimiser.v", np.full(N, math.nan)),
            "optimiser.v has the value nan; it must hold finite numbers of 0 or more",
        ),
        (
            array("memory.optimiser.v", np.full(N, -1.0)),
            "optimiser.v has the value -1.0; it must hold finite numbers of 0 or more",
        ),
        (
            array("memory.optimiser.m", np.full(N, math.inf)),
            "optimiser.m has the value inf; it must hold finite numbers",
        ),
        (array("memory.optimiser.m", np.zeros(N + 1)), "they must be the same"),
        (
            array("memory.carry.0", np.full((2, 3), math.nan)),
            "carry.0 has the value nan; it must hold finite numbers",
        ),
        (array("memory.carry.0", np.zeros((2, 4))), r"carry.0 is of shape \(2, 4\)"),
        (array("memory.carry.7", np.zeros((2, 3))), "'carry.7', which the run of its config does not have"),
        (array("memory.carry.0", None), "carry.0 is missing"),
        (array("surprise", np.zeros(2)), "array 'surprise', which no run has"),
    ],
)
def test_crafted_runs_are_told(change: Change, says: str, tmp_path: Path) -> None:
    craft(tmp_path / "a.run", change)
    with told(says):
        load(tmp_path / "a.run")


def nothing(run: dict[str, Any], arrays: dict[str, Array]) -> None:
    pass


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"format": "other"}, "format is 'other'; it must be 'studyapp run'"),
        ({"version": "2"}, "version is 2; this program reads up to 1. Update the program"),
        ({"version": "0"}, "version is '0'; it must be 1"),
        ({"version": "²"}, "version is '²'"),
        ({"version": "9" * 5000}, "version is '999"),
        ({"more": "x"}, "words are"),
        ({"sha256": "0" * 64}, "checksum"),
        ({"run": "{}"}, "checksum"),
        ({"run": "[]", "sha256": "?"}, "checksum"),
    ],
)
def test_crafted_words_are_told(words: dict[str, str], says: str, tmp_path: Path) -> None:
    craft(tmp_path / "a.run", nothing, **words)
    with told(says):
        load(tmp_path / "a.run")


def test_a_key_twice_in_the_run_is_told(tmp_path: Path) -> None:
    save(tmp_path / "a.run", trained())
    arrays = safetensors.numpy.load_file(tmp_path / "a.run")
    text = '{"step":1,"step":2}'
    words = {"format": "studyapp run", "version": "1", "run": text, "sha256": digest(text, arrays)}
    safetensors.numpy.save_file(arrays, tmp_path / "a.run", words)
    with told("'step' is in its JSON twice"):
        load(tmp_path / "a.run")


def test_another_programs_safetensors_are_told(tmp_path: Path) -> None:
    safetensors.numpy.save_file({"w": np.zeros(3)}, tmp_path / "model.safetensors")
    with told("format is None; it must be 'studyapp run'"):
        load(tmp_path / "model.safetensors")


def test_a_momentum_may_be_negative(tmp_path: Path) -> None:
    saved = trained(dataclasses.replace(CONFIG, optimiser="momentum"))
    memory = dict(saved.memory) | {"optimiser.v": np.full(N, -1.0)}
    save(tmp_path / "a.run", dataclasses.replace(saved, memory=memory))
    assert (load(tmp_path / "a.run").memory["optimiser.v"] == -1).all()


@pytest.mark.parametrize("name", ["theta", "optimiser.v"])
def test_numbers_that_only_other_machines_can_hold_are_told(name: str, tmp_path: Path) -> None:
    """Of "auto" in float64, on a machine with the kernel."""
    config = dataclasses.replace(CONFIG, engine="auto")
    if learner_of(config, task_of(config)).memory()[name].dtype == np.float64:
        pytest.skip("no kernel here")
    saved = trained(CONFIG)
    memory = {"theta": saved.memory["theta"]} | {k: a for k, a in saved.memory.items() if "carry" not in k}
    memory[name] = np.full(N, 1e60)
    save(tmp_path / "a.run", dataclasses.replace(saved, config=config, memory=memory))
    with told(f"{name} has numbers too large for the float32 of this machine"):
        load(tmp_path / "a.run")


@pytest.mark.parametrize(
    ("task", "change", "says"),
    [
        ("dates", put("step", value=5), "'carry.0', which the run of its config does not have"),
        ("dates", without_carry, "optimiser.v has the value -1.0"),
        ("numbers", array("memory.theta", None), "array theta is missing"),
    ],
)
def test_what_is_wrong_without_torch_is_told_without_torch(
    task: str, change: Change, says: str, tmp_path: Path
) -> None:
    """Loading it takes longer than a second; a process of its own has not loaded it yet."""

    def both(run: dict[str, Any], arrays: dict[str, Array]) -> None:
        run["config"]["task"] = task
        change(run, arrays)

    craft(tmp_path / "a.run", both)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, tmp_path / "a.run"], capture_output=True, text=True, check=True
    )
    assert says in done.stdout
