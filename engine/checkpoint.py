"""A run in one file: saved whole, loaded only if everything in it fits.

The file is safetensors (`tensor_file`) and may come from a stranger. `load` believes nothing: it
rebuilds the run's learner from the config, and the arrays must be the ones that this learner
remembers (`remembered`). Plain data and arrays; no code is in the file, and none is run.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine import tensor_file
from engine.config import RunConfig, field_of, knob_of
from engine.errors import CheckpointError, EngineError
from engine.history import Turn
from engine.remembered import fitting
from engine.snapshot import Array
from engine.tensor_file import plain_json, short

FORMAT = "studyapp run"
VERSION = 1
MAX_TURNS = 10_000  # hours of turning by hand
MAX_STEPS = 10_000_000  # 20 minutes of the default run at full speed; 80 of the 134 MB that a file may have
_WORDS = {"format", "version", "run", "sha256"}
_FIELDS = {"config", "step", "turns", "conventions"}
_LOSSES, _MEMORY = "losses", "memory."


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """All that a run needs to go on exactly as if it had never stopped.

    Attributes:
        config: what it was started with, its seed included: batches and all random numbers follow
            from seed and step.
        step: steps done.
        turns: every turn of a live knob up to here, oldest first.
        losses: [step] float64, the loss of every step.
        memory: what the learner remembers after `step` (`Learner.memory`): weights, optimiser,
            carried state.
        conventions: (name, choice) pairs that change the numbers, for whoever looks into the file.
    """

    config: RunConfig
    step: int
    turns: tuple[Turn, ...]
    losses: Array
    memory: Mapping[str, Array]
    conventions: tuple[tuple[str, str], ...] = ()


def save(path: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint in one go: after a fault the file that was there is still there, whole.

    Raises:
        CheckpointError: the disk refused, or the run is too long for a file that `load` would take.
    """
    if len(checkpoint.turns) > MAX_TURNS:
        raise CheckpointError(
            f"Knobs were turned {len(checkpoint.turns):,} times in this run; a file holds {MAX_TURNS:,}."
        )
    if checkpoint.step > MAX_STEPS:
        raise CheckpointError(
            f"The run has {checkpoint.step:,} steps; a file holds {MAX_STEPS:,}. "
            "Go back to one of those and save there."
        )
    run = {
        "config": dataclasses.asdict(checkpoint.config),
        "step": checkpoint.step,
        "turns": [[turn.step, turn.name, turn.value] for turn in checkpoint.turns],
        "conventions": checkpoint.conventions,
    }
    text = json.dumps(run, allow_nan=False)
    arrays = {_MEMORY + name: np.array(array, order="C") for name, array in checkpoint.memory.items()}
    arrays[_LOSSES] = np.array(checkpoint.losses, dtype=np.float64)
    words = {"format": FORMAT, "version": str(VERSION), "run": text, "sha256": _digest(text, arrays)}
    tensor_file.write(path, arrays, words)


def load(path: Path) -> Checkpoint:
    """The checkpoint in a file.

    Raises:
        CheckpointError: it cannot be read, is none, is damaged, newer, or does not fit together.
    """
    arrays, words = tensor_file.read(path)
    try:
        _check_words(words)
        if words["sha256"] != _digest(words["run"], arrays):
            raise ValueError("Its checksum is that of other contents: it was damaged on the way, or changed.")
        found = _checkpoint(plain_json(words["run"]), arrays)
        return dataclasses.replace(found, memory=fitting(found.config, found.memory))
    except (ValueError, EngineError) as fault:
        sentence = str(fault)
        raise CheckpointError(
            f"{path.name} cannot be loaded. {sentence if len(sentence) < 500 else sentence[:500] + '...'}"
        ) from None


def _digest(run: str, arrays: Mapping[str, Array]) -> str:
    """SHA-256 over the run's words and all arrays: finds damage, not malice."""
    found = hashlib.sha256(run.encode())
    for name in sorted(arrays):
        found.update(name.encode())
        found.update(np.ascontiguousarray(arrays[name]).data)
    return found.hexdigest()


# --- what the words say: each function raises ValueError or a ConfigError with a sentence ----------


def _check_words(words: Mapping[str, str]) -> None:
    if words.get("format") != FORMAT:
        raise ValueError(f"Its format is {short(words.get('format'))}; it must be {FORMAT!r}.")
    version = words.get("version", "")
    if version.isascii() and version.isdecimal() and len(version) < 10 and int(version) > VERSION:
        raise ValueError(f"Its version is {version}; this program reads up to {VERSION}. Update the program.")
    if version != str(VERSION):
        raise ValueError(f"Its version is {short(version)}; it must be {VERSION}.")
    if set(words) != _WORDS:
        raise ValueError(f"Its words are {short(sorted(words))}; they must be {', '.join(sorted(_WORDS))}.")


def _checkpoint(run: Any, arrays: Mapping[str, Array]) -> Checkpoint:
    if not isinstance(run, dict) or set(run) != _FIELDS:
        raise ValueError(f"Its run has the fields {short(run)}; they must be {', '.join(sorted(_FIELDS))}.")
    config = _config(run["config"])
    losses = arrays.get(_LOSSES, np.zeros(0))
    step = run["step"]
    if type(step) is not int or not 0 <= step <= MAX_STEPS:
        raise ValueError(f"Step is {short(step)}; it must be a whole number from 0 to {MAX_STEPS:,}.")
    if losses.shape != (step,) or losses.dtype != np.float64 or not np.isfinite(losses).all():
        raise ValueError(
            f"Losses are of shape {losses.shape} and dtype {losses.dtype}; after {step:,} steps they must be "
            f"({step},), float64 and finite."
        )
    memory = {name.removeprefix(_MEMORY): array for name, array in arrays.items() if name.startswith(_MEMORY)}
    if strange := set(arrays) - {_MEMORY + name for name in memory} - {_LOSSES}:
        raise ValueError(f"It has an array {short(min(strange))}, which no run has.")
    turns = _turns(run["turns"], config, step)
    return Checkpoint(config, step, turns, losses, memory, _conventions(run["conventions"]))


def _config(said: Any) -> RunConfig:
    """A knob that the file does not name has its default: it was added since."""
    if not isinstance(said, dict):
        raise ValueError(f"Its config is {short(said)}; it must be a knob for each name.")
    known = [field.name for field in dataclasses.fields(RunConfig)]
    if strange := set(said) - set(known):
        raise ValueError(f"Its config has a knob {short(min(strange))}, which no run has.")
    return RunConfig(**{name: _number(name, value) for name, value in said.items()})


def _number(name: str, value: Any) -> Any:
    """JSON has one kind of number; a knob that is a float stays one."""
    return float(value) if type(value) is int and field_of(name).type == "float" else value


def _turns(said: Any, config: RunConfig, last: int) -> tuple[Turn, ...]:
    if not isinstance(said, list) or len(said) > MAX_TURNS:
        raise ValueError(f"Its turns of knobs are {short(said)}; they must be a list of up to {MAX_TURNS:,}.")
    turns: list[Turn] = []
    since, now = 0, config
    for each in said:
        match each:
            case [int(step), str(name), int() | float() as value] if since <= step <= last:
                turns.append(Turn(step, name, value))
            case _:
                raise ValueError(
                    f"A turn of a knob is {short(each)}; it must be a step from {since} to {last}, "
                    "a knob and a number."
                )
        if name not in _LIVE:
            raise ValueError(f"The knob {short(name)} was turned; only {', '.join(_LIVE)} can be.")
        now = dataclasses.replace(now, **{name: _number(name, value)})
        since = step
    return tuple(turns)


_LIVE = tuple(field.name for field in dataclasses.fields(RunConfig) if knob_of(field.name).live)


def _conventions(said: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(said, list):
        raise ValueError(f"Its conventions are {short(said)}; they must be a list of pairs.")
    for each in said:
        if not (isinstance(each, list) and len(each) == 2 and all(isinstance(word, str) for word in each)):
            raise ValueError(f"A convention is {short(each)}; it must be a name and a choice.")
    return tuple((name, choice) for name, choice in said)
