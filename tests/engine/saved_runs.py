"""What the tests of saved runs share: a run to save, and files crafted by someone who knows how."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from engine.checkpoint import Checkpoint, save
from engine.checkpoint import _digest as digest
from engine.config import RunConfig
from engine.errors import CheckpointError
from engine.history import Turn
from engine.models.catalogue import learner_of
from engine.models.model import Learner, Moment
from engine.snapshot import Array
from engine.tasks.catalogue import task_of
from tests.counted import counted

CONFIG = RunConfig(hidden=3, length=4, batch=2, engine="numpy", text="a pear and an apple. " * 3)
MOST_CALLS = 1_000_000  # a head of as many names as fit into a file takes 420,000, everything else a tenth


def stepped(config: RunConfig, learner: Learner, first: int, last: int) -> list[float]:
    task = task_of(config)
    return [learner.advance(task.batch(step), Moment(step, config)).loss for step in range(first, last + 1)]


def trained(config: RunConfig = CONFIG, steps: int = 5) -> Checkpoint:
    learner = learner_of(config, task_of(config))
    losses = stepped(config, learner, 1, steps)
    turns = (Turn(1, "learning_rate", 0.02), Turn(1, "clip", 0.5), Turn(3, "learning_rate", 0.1))
    memory = learner.memory()
    return Checkpoint(config, steps, turns, np.array(losses), memory, (("Loss", "mean, “quoted”"),))


def same(one: Checkpoint, other: Checkpoint) -> bool:
    plain = ("config", "step", "turns", "conventions")
    return (
        all(getattr(one, name) == getattr(other, name) for name in plain)
        and one.losses.tobytes() == other.losses.tobytes()
        and list(one.memory) == list(other.memory)
        and all(array.tobytes() == other.memory[name].tobytes() for name, array in one.memory.items())
    )


@contextmanager
def told(says: str) -> Iterator[None]:
    """A CheckpointError that says so, and no more work than the file is worth."""
    with pytest.raises(CheckpointError, match=says) as caught, counted(most=MOST_CALLS):
        yield
    assert len(str(caught.value)) < 700


# --- files by someone who knows how ----------------------------------------------------------------

Change = Callable[[dict[str, Any], dict[str, Array]], None]


def craft(path: Path, change: Change, **words: str) -> None:
    """A whole file with a right checksum whose run and arrays were changed by someone who knows how."""
    save(path, trained())
    arrays = safetensors.numpy.load_file(path)
    whole = path.read_bytes()
    said = json.loads(whole[8 : 8 + int.from_bytes(whole[:8], "little")])["__metadata__"]
    run = json.loads(said["run"])
    change(run, arrays)
    text = json.dumps(run)
    said |= {"run": text, "sha256": digest(text, arrays)} | words
    safetensors.numpy.save_file(arrays, path, said)


def put(*keys: str, value: Any) -> Change:
    def change(run: dict[str, Any], arrays: dict[str, Array]) -> None:
        *way, last = keys
        for key in way:
            run = run[key]
        run[last] = value

    return change


def array(name: str, value: Array | None) -> Change:
    def change(run: dict[str, Any], arrays: dict[str, Array]) -> None:
        arrays.pop(name, None)
        if value is not None:
            arrays[name] = value

    return change
