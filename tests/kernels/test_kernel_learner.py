"""ByKernel against the same runs in NumPy: the same first weights, batches, numbers and names."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from engine.config import RunConfig
from engine.kernels import door
from engine.kernels.learner import ByKernel, fits
from engine.models.by_hand import ByHand
from engine.models.catalogue import learner_of, model_for
from engine.models.model import Moment
from engine.tasks.catalogue import task_of

pytestmark = pytest.mark.skipif(not door.available(), reason=door.state())

RUNS = [
    {"cell": "rnn", "task": "sine", "optimiser": "momentum", "learning_rate": 0.01},
    {"cell": "lstm", "optimiser": "adam", "clip": 0.1},
    {"cell": "lstm", "state": "stateful", "truncate": 7, "l2": 0.01, "optimiser": "adamw"},
    {"cell": "gru", "gru_update": "take", "optimiser": "rmsprop", "clip": 0.01, "clip_by": "value"},
    {"cell": "gru", "task": "sine", "optimiser": "nesterov", "init": "xavier", "schedule": "cosine"},
    {"cell": "rnn", "regulariser": 0.5, "optimiser": "sgd", "learning_rate": 0.5},
    {"cell": "gru", "task": "caption", "teacher_forcing": 0.3, "length": 30},
    {"cell": "lstm", "task": "melody", "teacher_forcing": 0.0, "length": 16},
]


def config_of(run: dict[str, Any]) -> RunConfig:
    return RunConfig(**({"hidden": 10, "length": 12, "batch": 5} | run))


def pair(config: RunConfig) -> tuple[ByKernel, ByHand]:
    task = task_of(config)
    assert fits(config, task)
    return ByKernel(config, task), ByHand(config, model_for(config, task))


def close(ours: Any, theirs: Any, name: str, tolerance: float = 2e-5) -> None:
    assert ours.shape == theirs.shape, name
    np.testing.assert_allclose(
        ours, theirs, rtol=0, atol=tolerance * np.abs(theirs).max() + 1e-12, err_msg=name
    )


@pytest.mark.parametrize("run", RUNS, ids=str)
def test_a_run_is_the_one_in_numpy(run: dict[str, Any]) -> None:
    config = config_of(run)
    kernel, numpy = pair(config)
    task = task_of(config)
    assert kernel.shapes == numpy.shapes
    for name, array in numpy.weights.items():
        assert np.array_equal(kernel.weights[name], array.astype(np.float32)), name
    for step in range(1, 21):
        batch, moment = task.batch(step), Moment(step, config)
        ours, theirs = kernel.advance(batch, moment), numpy.advance(batch, moment)
        assert ours.finite
        assert theirs.finite
        assert ours.loss == pytest.approx(theirs.loss, rel=2e-5), step
        assert ours.norm == pytest.approx(theirs.norm, rel=1e-4), step
    for name, array in numpy.weights.items():
        close(kernel.weights[name], array, name, 1e-3)


@pytest.mark.parametrize("run", RUNS, ids=str)
def test_a_picture_has_the_names_and_the_numbers_of_the_one_in_numpy(run: dict[str, Any]) -> None:
    config = config_of(run)
    kernel, numpy = pair(config)
    batch = task_of(config).batch(1)
    for learner in (kernel, numpy):
        learner.advance(batch, Moment(1, config))
    (ours, our_weights), (theirs, their_weights) = kernel.picture(3), numpy.picture(3)
    for part in ("inputs", "wanted", "outputs", "hidden", "dh"):
        close(getattr(ours, part), getattr(theirs, part), part)
    for mapping in ("gates", "named"):
        found, wanted = getattr(ours, mapping), getattr(theirs, mapping)
        assert set(found) == set(wanted)
        for name, array in wanted.items():
            close(found[name], array, name)
    assert list(ours.gates) == list(theirs.gates)
    for name, array in their_weights.items():
        close(our_weights[name], array, name)


@pytest.mark.parametrize("run", RUNS, ids=str)
def test_a_recalled_run_goes_on_bit_for_bit(run: dict[str, Any]) -> None:
    config = config_of(run)
    task = task_of(config)
    first, second = ByKernel(config, task), ByKernel(config, task)
    for step in range(1, 6):
        first.advance(task.batch(step), Moment(step, config))
    memory = first.memory()
    copies = {name: array.copy() for name, array in memory.items()}
    second.recall(memory)
    for step in range(6, 12):
        outcomes = [each.advance(task.batch(step), Moment(step, config)) for each in (first, second)]
        assert outcomes[0] == outcomes[1]
    for name, array in first.memory().items():
        assert np.array_equal(array, second.memory()[name]), name
        assert np.array_equal(memory[name], copies[name]), "what was handed out does not change"
    first.recall(memory)
    assert all(np.array_equal(array, first.memory()[name]) for name, array in memory.items())


def test_the_memory_has_the_names_that_numpy_gives() -> None:
    for run in RUNS:
        config = config_of(run)
        batch = task_of(config).batch(1)
        kernel, numpy = pair(config)
        for learner in (kernel, numpy):
            learner.advance(batch, Moment(1, config))
        ours, theirs = kernel.memory(), numpy.memory()
        assert {n: a.shape for n, a in ours.items()} == {n: a.shape for n, a in theirs.items()}


def test_a_broken_step_changes_nothing_and_can_be_looked_at() -> None:
    config = config_of({"cell": "rnn", "optimiser": "sgd", "clip": 0.0})
    task = task_of(config)
    learner = ByKernel(config, task)
    learner.advance(task.batch(1), Moment(1, config))
    before = learner.memory()
    batch = task.batch(2)
    broken = dataclasses.replace(batch, weights=np.zeros(batch.inputs.shape[:2]))  # asks for nothing: 0 / 0
    outcome = learner.advance(broken, Moment(2, config))
    assert not outcome.finite
    after = learner.memory()
    assert all(np.array_equal(array, after[name]) for name, array in before.items())
    picture, weights = learner.picture(1)
    assert np.isnan(picture.dh).any()
    assert all(np.array_equal(weights[name], array) for name, array in learner.weights.items())
    learner.recall(before)
    assert learner.advance(batch, Moment(2, config)).finite


def test_a_batch_of_other_sizes_goes_on_with_the_same_weights() -> None:
    config = config_of({"cell": "gru"})
    task, kernel, numpy = task_of(config), *pair(config)
    for step, length in ((1, 12), (2, 5), (3, 12)):
        whole = task.batch(step)
        batch = dataclasses.replace(
            whole, inputs=whole.inputs[:length], targets=whole.targets[:length], tokens=whole.tokens[:length]
        )
        ours, theirs = (learner.advance(batch, Moment(step, config)) for learner in (kernel, numpy))
        assert ours.loss == pytest.approx(theirs.loss, rel=1e-5)


@pytest.mark.parametrize(
    "knobs",
    [
        {"layers": 2},
        {"direction": "both"},
        {"cell": "rnn", "activation": "relu"},
        {"peepholes": "yes"},
        {"cell": "gru", "gru_reset": "before"},
        {"norm": "layer"},
        {"biases": "one"},
        {"cell": "jordan"},
        {"task": "skipgrams"},
    ],
    ids=str,
)
def test_what_the_kernel_cannot_do_is_left_to_numpy(knobs: dict[str, Any]) -> None:
    config = config_of(knobs)
    assert not fits(config, task_of(config))


def test_a_run_takes_the_kernel_unless_it_is_told_not_to(monkeypatch: pytest.MonkeyPatch) -> None:
    config = config_of({})
    assert learner_of(config, task_of(config)).arithmetic.startswith("compiled kernel, float32")
    numpy = dataclasses.replace(config, engine="numpy")
    assert learner_of(numpy, task_of(config)).arithmetic == "NumPy, float64"
    monkeypatch.setenv("CRNN_ISA", "none")
    assert learner_of(config, task_of(config)).arithmetic == "NumPy, float64"
    assert door.state() == "NumPy instead of the C kernel: CRNN_ISA is none."
