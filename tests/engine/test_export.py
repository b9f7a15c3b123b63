"""Exported scripts rebuild our networks in torch, to 1e-6 and better, and carry nobody's text as code."""

from __future__ import annotations

import ast
import json
import os
import runpy
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import parameters
from engine.config import RunConfig
from engine.errors import ConfigError
from engine.export import check, export
from engine.models.catalogue import model_for
from engine.models.model import Moment
from engine.snapshot import Array
from engine.tasks.catalogue import task_of
from engine.tasks.task import Batch, Task

SMALL: dict[str, Any] = {"hidden": 3, "length": 5, "batch": 3, "engine": "numpy"}
STACKED = {"layers": 3, "direction": "both", "dropout": 0.4}
FAMILIES: dict[str, dict[str, Any]] = {
    "rnn tanh": {"cell": "rnn"},
    "rnn relu, stacked": {"cell": "rnn", "activation": "relu"} | STACKED,
    "rnn sigmoid, stacked": {"cell": "rnn", "activation": "sigmoid"} | STACKED,
    "rnn identity, one bias": {"cell": "rnn", "activation": "identity", "biases": "one"},
    "rnn layer norm": {"cell": "rnn", "norm": "layer"},
    "lstm": {"cell": "lstm"},
    "lstm stacked": {"cell": "lstm"} | STACKED,
    "lstm one bias, residual": {"cell": "lstm", "biases": "one", "residual": "yes"} | STACKED,
    "lstm peepholes": {"cell": "lstm", "peepholes": "yes"},
    "lstm peepholes, layer norm, stacked": {"cell": "lstm", "peepholes": "yes", "norm": "layer"} | STACKED,
    "lstm batch norm, one bias": {"cell": "lstm", "norm": "batch", "biases": "one"},
    "gru keep": {"cell": "gru"},
    "gru take, stacked": {"cell": "gru", "gru_update": "take"} | STACKED,
    "gru take, one bias": {"cell": "gru", "gru_update": "take", "biases": "one"},
    "gru before": {"cell": "gru", "gru_reset": "before"},
    "gru before, take, batch norm, residual": {
        "cell": "gru", "gru_reset": "before", "gru_update": "take", "norm": "batch",
        "residual": "yes", "layers": 2,
    },
    "gru layer norm, one bias": {"cell": "gru", "norm": "layer", "biases": "one"},
    "jordan": {"cell": "jordan", "activation": "sigmoid"},
    "jordan, one bias, sine": {"cell": "jordan", "task": "sine", "biases": "one"},
    "lstm sine": {"cell": "lstm", "task": "sine"},
}  # fmt: skip


@dataclass(frozen=True)
class Trained:
    """What a run is to the exporter, with weights that are nobody's first ones."""

    now: RunConfig
    step: int = 7
    seed: int = 1

    @property
    def task(self) -> Task:
        return task_of(self.now)

    @property
    def weights(self) -> dict[str, Array]:
        shapes = model_for(self.now, self.task).shapes
        rng = np.random.default_rng(self.seed)
        return {name: rng.normal(0, 0.7, shape) for name, shape in shapes.items()}


def of(**knobs: Any) -> Trained:
    return Trained(RunConfig(**(SMALL | knobs)))


def ours(run: Trained, inputs: Array) -> Array:
    """Our outputs for inputs [T, B, d], in use: no dropout, own outputs where they come back."""
    model = model_for(run.now, run.task)
    theta = parameters.flat(run.weights, model.shapes)
    targets = np.zeros((*inputs.shape[:2], run.task.outputs))
    targets[..., 0] = 1
    forcing = 0.0 if run.now.cell == "jordan" else 1.0
    knobs = RunConfig(**(SMALL | {"dropout": 0.0, "teacher_forcing": forcing}))
    look = model.look(theta, Batch(inputs, targets), Moment(1, knobs))
    return np.stack([look.picture(b).outputs for b in range(inputs.shape[1])], axis=1)


def theirs(run: Trained, script: Path, inputs: Array) -> Array:
    """The outputs of the network that the script rebuilds."""
    names = runpy.run_path(str(script))
    network = names["rebuilt"](names["saved"]()).eval()
    with torch.no_grad():
        z = network(torch.tensor(inputs))
        return (z.softmax(2) if run.task.loss == "cross-entropy" else z).numpy()


def said(script: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the script prints when it is run, in this process: torch is loaded once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [str(script), *arguments])
        runpy.run_path(str(script), run_name="__main__")
    return capsys.readouterr().out


@pytest.mark.parametrize("knobs", FAMILIES.values(), ids=FAMILIES)
def test_the_script_computes_what_we_compute(
    knobs: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = of(**knobs)
    script = export(tmp_path / "out", run)
    inputs = np.random.default_rng(5).normal(size=(6, 4, run.task.inputs))
    np.testing.assert_allclose(theirs(run, script, inputs), ours(run, inputs), rtol=0, atol=1e-12)
    printed = said(script, capsys, "--train", "2")
    assert float(printed.split("largest difference of an output: ")[1].split()[0]) < 1e-12
    assert "trained.pt" in printed


@settings(max_examples=25)
@given(data=st.data())
def test_so_it_does_for_any_recurrent_network(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    choices = {
        "cell": ["rnn", "lstm", "gru"], "activation": ["tanh", "relu", "sigmoid", "identity"],
        "norm": ["none", "none", "layer", "batch"], "peepholes": ["no", "yes"], "biases": ["one", "two"],
        "gru_update": ["keep", "take"], "gru_reset": ["after", "before"], "direction": ["one", "both"],
        "residual": ["no", "yes"], "layers": [2, 3], "hidden": [1, 2, 5], "task": ["characters", "sine"],
    }  # fmt: skip
    run = of(**{name: data.draw(st.sampled_from(values), name) for name, values in choices.items()})
    inputs = np.random.default_rng(6).normal(size=(4, 2, run.task.inputs))
    script = export(tmp_path_factory.mktemp("any"), run)
    np.testing.assert_allclose(theirs(run, script, inputs), ours(run, inputs), rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", ["lstm", "gru take, stacked", "rnn sigmoid, stacked"])
def test_the_script_runs_by_itself(name: str, tmp_path: Path) -> None:
    script = export(tmp_path, of(**FAMILIES[name]))
    done = subprocess.run(
        [sys.executable, "-I", script.name, "--train", "3"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=100,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "largest difference" in done.stdout
    assert "step      3   loss" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["network.npz", "network.py", "trained.pt"]


def test_a_jordan_network_learns_through_what_comes_back(tmp_path: Path) -> None:
    """The script's gradient of a batch is ours, which goes through the outputs that were fed back."""
    run = of(cell="jordan", teacher_forcing=0.0)
    names = runpy.run_path(str(export(tmp_path, run)))
    arrays = names["saved"]()
    network = names["rebuilt"](arrays)
    batch = [arrays[f"check/{name}"] for name in ("inputs", "targets", "weights")]
    names["loss_of"](network(batch[0]), *batch[1:]).backward()
    model = model_for(run.now, run.task)
    theta = parameters.flat(run.weights, model.shapes)
    look = model.look(theta, Batch(*(part.numpy() for part in batch)), Moment(1, run.now))
    for name, gradient in parameters.named(look.gradient, model.shapes).items():
        theirs_name = {"W_o": "out.weight", "b_o": "out.bias"}.get(name, name)
        found = network.get_parameter(theirs_name).grad.numpy()
        np.testing.assert_allclose(found, gradient, rtol=0, atol=1e-12)


def test_going_on_training_learns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = export(tmp_path, of(task="sine", learning_rate=0.02))
    printed = said(script, capsys, "--train", "60")
    losses = [
        float(line.split("loss")[1].split()[0]) for line in printed.splitlines() if line.startswith("step")
    ]
    assert losses[-1] < 0.5 * losses[0]


def test_a_network_that_is_not_ours_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = export(tmp_path, of())
    arrays = dict(np.load(tmp_path / "network.npz", allow_pickle=False))
    arrays["weights/out.bias"] = (
        arrays["weights/out.bias"] + np.eye(len(arrays["weights/out.bias"]))[0] * 1e-4
    )
    np.savez(tmp_path / "network.npz", **arrays)
    with pytest.raises(SystemExit, match="not the network"):
        said(script, capsys)


HOSTILE = 'a"""\'\\\n$hidden %if\n%end {0}) import os; \x1b[2J\u202e\ud7ff__\t#🍐' * 3


def test_no_text_gets_into_the_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "".join(character for character in HOSTILE if character != "\x1b")
    run = of(text=text)
    plain = "".join(chr(0x4E00 + number) for number in range(run.task.inputs)) * 3
    script = export(tmp_path / "hostile", run)
    other = export(tmp_path / "plain", of(text=plain))
    assert script.read_bytes() == other.read_bytes()
    ast.parse(script.read_text("utf-8"))
    assert "largest difference" in said(script, capsys)
    about = json.loads(str(np.load(script.with_name("network.npz"), allow_pickle=False)["about"]))
    assert tuple(about["symbols"]) == run.task.symbols
    assert "text" not in about["knobs"]


@pytest.mark.parametrize(
    ("knobs", "line"),
    [
        ({"optimiser": "sgd"}, "SGD(network.parameters(), lr=0.01)"),
        ({"optimiser": "sgd", "l2": 0.5}, "SGD(network.parameters(), lr=0.01, weight_decay=0.5)"),
        ({"optimiser": "momentum", "momentum": 0.7}, "SGD(network.parameters(), lr=0.01, momentum=0.7)"),
        ({"optimiser": "nesterov"}, "lr=0.01, momentum=0.9, nesterov=True)"),
        ({"optimiser": "rmsprop"}, "RMSprop(network.parameters(), lr=0.01)"),
        ({"optimiser": "adam"}, "Adam(network.parameters(), lr=0.01)"),
        # torch's own default is 0.01
        ({"optimiser": "adamw"}, "AdamW(network.parameters(), lr=0.01, weight_decay=0.0)"),
        ({"schedule": "step", "schedule_steps": 7}, "lr=0.005)"),
        ({"clip": 2.5}, "clip_grad_norm_(network.parameters(), 2.5)"),
        ({"clip": 2.5, "clip_by": "value"}, "clip_grad_value_(network.parameters(), 2.5)"),
        ({"layers": 2, "dropout": 0.4}, "nn.LSTM(24, 3, num_layers=2, dropout=0.4)"),
        ({"layers": 2, "dropout": 0.4, "norm": "layer"}, "self.dropout = nn.Dropout(0.4)"),
        ({"schedule": "cosine"}, "- the schedule (cosine;"),
        ({"truncate": 3}, "- truncation after 3 steps"),
        ({"state": "stateful"}, "- the state handed from batch to batch"),
        ({"cell": "rnn", "regulariser": 1.0}, "- Pascanu's gradient regulariser"),
        ({"teacher_forcing": 0.5}, "- teacher forcing of 0.5"),
    ],
)  # fmt: skip
def test_the_training_is_that_of_the_run(knobs: dict[str, Any], line: str, tmp_path: Path) -> None:
    assert line in export(tmp_path, of(**knobs)).read_text("utf-8")


def test_what_the_run_does_not_do_is_not_there(tmp_path: Path) -> None:
    script = export(tmp_path, of(clip=0.0)).read_text("utf-8")
    assert "clip_grad" not in script
    assert "does not" not in script
    assert "%" not in script.replace("% max(1", "").replace("% len(inputs)", "")


def test_the_scripts_are_tidy(tmp_path: Path) -> None:
    """A student reads them: short lines, and no name that is not used or not known."""
    for number, knobs in enumerate(FAMILIES.values()):
        script = export(tmp_path / str(number), of(**knobs))
        assert len(script.read_text("utf-8").splitlines()) < 200
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length", "110", "--no-cache",
         "--select", "E,F,W,I,B,N", tmp_path],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("model", "task"), [("skip-gram", "skipgrams"), ("ntm", "copy"), ("attention", "dates")]
)
def test_what_cannot_be_exported_says_what_can(model: str, task: str, tmp_path: Path) -> None:
    run = Trained(RunConfig(model=model, task=task))
    with pytest.raises(ConfigError, match=f"Model is {model}.*RNN, LSTM, GRU or Jordan"):
        export(tmp_path / "out", run)
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text("my own work")
    with pytest.raises(ConfigError, match=r"already holds network\.py\. Choose an empty folder"):
        export(tmp_path, of())
    assert [path.name for path in tmp_path.iterdir()] == ["network.py"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="could not be written to"):
        export(tmp_path / "file" / "out", of())


@pytest.mark.parametrize("name", ["a\0b", "n" * 300])
def test_a_name_that_no_folder_can_have_is_told_before_and_after(name: str, tmp_path: Path) -> None:
    for deed in (check, export):
        with pytest.raises(ConfigError, match=r"zero byte|File name too long"):
            deed(tmp_path / name, of())


@pytest.mark.skipif(os.name == "nt", reason="links are other there")
def test_a_link_to_nowhere_is_taken_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "network.py").symlink_to(tmp_path / "none" / "gone.py")
    for deed in (check, export):
        with pytest.raises(ConfigError, match=r"already holds network\.py"):
            deed(tmp_path, of())
    assert [path.name for path in tmp_path.iterdir()] == ["network.py"]


def test_an_export_that_fails_does_not_block_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync, handles = os.fsync, []

    def full(handle: int) -> None:
        handles.append(handle)
        if len(handles) == 2:
            raise OSError(28, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="No space left on device"):
        export(tmp_path, of())
    assert not list(tmp_path.iterdir())
    assert export(tmp_path, of()).is_file()


def test_the_numbers_are_arrays_that_need_no_pickle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def of_126(_file: object, **arrays: object) -> None:
        assert "allow_pickle" not in arrays, "NumPy 1.26 would take it for one more array"

    monkeypatch.setattr(np, "savez_compressed", of_126)
    export(tmp_path, of())
    with np.load(tmp_path / "network.npz", allow_pickle=False) as numbers:
        assert {name.partition("/")[0] for name in numbers} == {"weights", "check", "data", "about"}
        assert all(numbers[name].dtype.kind in "fU" for name in numbers)
