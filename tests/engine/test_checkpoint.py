"""Saved runs: they go on bit for bit, and whatever else is in a file is told in a sentence."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.checkpoint import MAX_TURNS, Checkpoint, load, save
from engine.checkpoint import _digest as digest
from engine.config import RunConfig
from engine.errors import CheckpointError
from engine.history import Turn
from engine.models.catalogue import learner_of
from engine.models.model import Learner, Moment
from engine.snapshot import Array
from engine.tasks.catalogue import task_of

CONFIG = RunConfig(hidden=3, length=4, batch=2, engine="numpy", text="a pear and an apple. " * 3)


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
    """A CheckpointError that says so, within a second of work."""
    start = time.process_time()
    with pytest.raises(CheckpointError, match=says) as caught:
        yield
    assert time.process_time() - start < 1
    assert len(str(caught.value)) < 700


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
    with told("could not be written: No such file"):
        save(tmp_path / "none" / "a.run", trained())


def test_more_turns_than_a_file_holds_are_told(tmp_path: Path) -> None:
    turns = (Turn(1, "clip", 1.0),) * (MAX_TURNS + 1)
    with told("turned 10,001 times"):
        save(tmp_path / "a.run", dataclasses.replace(trained(), turns=turns))


def test_as_many_turns_as_a_file_holds_are_quickly_read(tmp_path: Path) -> None:
    turns = (Turn(1, "clip", 1.0),) * MAX_TURNS
    save(tmp_path / "a.run", dataclasses.replace(trained(), turns=turns))
    start = time.process_time()
    assert load(tmp_path / "a.run").turns == turns
    assert time.process_time() - start < 2


# --- files that are no run -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "a.run"
    save(path, trained())
    return path.read_bytes()


def test_no_file_no_run(tmp_path: Path) -> None:
    with told("is not a file"):
        load(tmp_path / "none.run")
    with told("is not a file"):
        load(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(data=st.data())
def test_truncated_files_are_told(data: st.DataObject, whole: bytes, tmp_path: Path) -> None:
    length = data.draw(st.integers(0, len(whole) - 1))
    (tmp_path / "a.run").write_bytes(whole[:length])
    with told("a.run is no whole saved run"):
        load(tmp_path / "a.run")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(data=st.data())
def test_flipped_bytes_are_told_or_change_nothing(data: st.DataObject, whole: bytes, tmp_path: Path) -> None:
    head = 8 + int.from_bytes(whole[:8], "little")
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.one_of(st.integers(0, head - 1), st.integers(0, len(whole) - 1)))
        damaged[place] ^= data.draw(st.integers(1, 255))
    (tmp_path / "a.run").write_bytes(damaged)
    (tmp_path / "b.run").write_bytes(whole)
    try:
        found = load(tmp_path / "a.run")
    except CheckpointError:
        return
    assert same(found, load(tmp_path / "b.run"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(junk=st.binary(max_size=300))
def test_junk_is_told(junk: bytes, tmp_path: Path) -> None:
    for content in (junk, struct.pack("<Q", len(junk)) + junk):
        (tmp_path / "a.run").write_bytes(content)
        with told("a.run is no whole saved run|cannot be loaded"):
            load(tmp_path / "a.run")


ENTRY = '{"dtype":"F64","shape":[2],"data_offsets":[0,16]}'


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (b"[1]", "not a JSON object"),
        (b"{nonsense", "JSON cannot be read"),
        (b"\xff\xfe{}", "utf-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"a":NaN}', "NaN, which is no number"),
        (b'{"a":1e999}', "1e999, which is too large"),
        (b'{"a":' + b"9" * 5000 + b"}", "which is too long"),
        (f'{{"a":{ENTRY},"a":{ENTRY}}}'.encode(), "'a' is in its JSON twice"),
        (b'{"__metadata__":{"a":"1","a":"2"}}', "'a' is in its JSON twice"),
        (b'{"__metadata__":{"a":1}}', "must be words"),
        (b'{"__metadata__":[]}', "must be words"),
        (b'{"a":7}', "must have data_offsets, dtype, shape"),
        (b'{"a":{"dtype":"F64","shape":[2]}}', "must have data_offsets, dtype, shape"),
        (ENTRY.replace("F64", "I8"), "dtype 'I8'; it must be F32 or F64"),
        (ENTRY.replace('"F64"', "[]"), r"dtype \[\]"),
        (ENTRY.replace("[2]", "[-2]"), r"has shape \[-2\]; up to"),
        (ENTRY.replace("[2]", "[2.0]"), r"has shape \[2.0\]; up to"),
        (ENTRY.replace("[2]", "[true]"), r"has shape \[True\]; up to"),
        (ENTRY.replace("[2]", '"2"'), "shape '2'"),
        (ENTRY.replace("[2]", str([1] * 9)), "up to 8 whole numbers"),
        (ENTRY.replace("[2]", "[4]"), r"has 16 bytes; its shape \[4\] needs 32"),
        (ENTRY.replace("[0,16]", "[16,0]"), "has -16 bytes"),
        (ENTRY.replace("[0,16]", "[0]"), r"lies at \[0\]"),
        (ENTRY.replace("[0,16]", "[8,24]"), "begins at byte 8; it must be 0"),
        (
            ENTRY.replace("[2]", "[10000000000]").replace("[0,16]", "[0,80000000000]"),
            "arrays end at byte 80,0",
        ),
        (ENTRY.replace("[2]", "[999999999999999999,999999999999999999,9]"), "needs 7[0-9,]+"),
        (f'{{"a":{ENTRY},"b":{ENTRY}}}'.encode(), "begins at byte 0; it must be 16"),
    ],
    ids=str,
)
def test_crafted_heads_are_told_at_once(head: bytes | str, says: str, tmp_path: Path) -> None:
    """`head` as bytes is the whole head, as text the entry of one array; 16 bytes of array follow."""
    whole = head if isinstance(head, bytes) else f'{{"a":{head}}}'.encode()
    (tmp_path / "a.run").write_bytes(struct.pack("<Q", len(whole)) + whole + bytes(16))
    with told(says):
        load(tmp_path / "a.run")


@pytest.mark.parametrize(
    ("length", "size", "says"),
    [
        (2**63, 100, "length of its head is 9,223"),
        (5 * 2**20, 6 * 2**20, "length of its head is 5,242,880 bytes; it must be from 2 to 4,194,304"),
        (1000, 100, "head ends at byte 1,008 and the file has 108"),
        (0, 0, "length of its head is 0"),
        (10, 2**31, "2,147,483,666 bytes; 1,073,741,824 is the most"),
    ],
)
def test_huge_claims_are_told_at_once(length: int, size: int, says: str, tmp_path: Path) -> None:
    with (tmp_path / "a.run").open("wb") as file:
        file.write(struct.pack("<Q", length))
        file.truncate(8 + size + (10 if size == 2**31 else 0))  # sparse: takes no room on the disk
    with told(says):
        load(tmp_path / "a.run")


def test_a_head_of_many_names_is_told_in_time(tmp_path: Path) -> None:
    names = ",".join(f'"{n}":{{"dtype":"F64","shape":[0],"data_offsets":[0,0]}}' for n in range(60_000))
    head = f"{{{names}}}".encode()
    (tmp_path / "a.run").write_bytes(struct.pack("<Q", len(head)) + head)
    with told("60,000 arrays; 1,000 is the most"):
        load(tmp_path / "a.run")


# --- whole files that do not fit together ----------------------------------------------------------

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


N = len(trained().memory["theta"])


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
        (put("step", value=10**17), "after 100,000,000,000,000,000 steps"),
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
        (array("memory.theta", np.full(N, math.nan)), "The weights W_ih are not all finite"),
        (array("memory.optimiser.t", np.array(-1.0)), "count of steps t is -1"),
        (array("memory.optimiser.t", np.array(math.nan)), "count of steps t is nan"),
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
