"""Whole runs: against torch, against themselves, against what the text allows, and over the edge."""

from __future__ import annotations

import dataclasses
import itertools
import math

import numpy as np
import pytest
import torch

from engine import nets
from engine.cells import cell_of
from engine.config import RunConfig
from engine.errors import ConfigError, DivergenceError, TaskError
from engine.snapshot import Snapshot
from engine.tasks.catalogue import task_of
from engine.tasks.characters import CharacterTask
from engine.train import LIVE, Run, parameter_count, train

CELLS = ("rnn", "lstm", "gru")
SMALL = RunConfig(hidden=5, length=7, batch=3, engine="numpy")
EXPLODES = RunConfig(
    task="sine",
    cell="rnn",
    optimiser="sgd",
    learning_rate=100.0,
    clip=0.0,
    hidden=4,
    length=6,
    engine="numpy",
)


def taken(config: RunConfig, steps: int) -> list[Snapshot]:
    return list(itertools.islice(train(config), steps))


@pytest.mark.parametrize("task", ["characters", "sine"])
@pytest.mark.parametrize(
    ("cell", "update"), [("rnn", "keep"), ("lstm", "keep"), ("gru", "keep"), ("gru", "take")]
)
def test_thirty_steps_are_those_of_autograd_and_torchs_adam(task: str, cell: str, update: str) -> None:
    config = dataclasses.replace(SMALL, task=task, cell=cell, gru_update=update, clip=0.3)
    loss = "cross entropy" if task == "characters" else "half squared error"
    snapshots = taken(config, 30)
    names = list(snapshots[0].weights)
    peers = [torch.tensor(snapshots[0].weights[name].copy(), requires_grad=True) for name in names]
    adam = torch.optim.Adam(peers, lr=config.learning_rate)
    for snapshot in snapshots:
        weights = {name: peer.detach().numpy() for name, peer in zip(names, peers, strict=True)}
        batch = task_of(config).batch(snapshot.step)
        oracle = nets.autograd(cell, weights, batch.inputs, batch.targets, loss=loss, update=update)
        norm = math.sqrt(sum(float((g**2).sum()) for g in oracle.gradients.values()))
        assert snapshot.losses.tolist() == [pytest.approx(oracle.loss, abs=1e-9)]
        assert snapshot.gradient_norm == pytest.approx(norm, abs=1e-9)
        np.testing.assert_allclose(snapshot.hidden, oracle.hidden[:, 0], rtol=0, atol=1e-9)
        np.testing.assert_allclose(snapshot.dh, oracle.dh[:, 0], rtol=0, atol=1e-9)
        for name, peer in zip(names, peers, strict=True):
            peer.grad = torch.tensor(oracle.gradients[name] * min(1, 0.3 / norm))
        adam.step()


@pytest.mark.parametrize("cell", CELLS)
def test_the_same_config_gives_the_same_run_bit_for_bit(cell: str) -> None:
    config = dataclasses.replace(SMALL, cell=cell)
    one, two = taken(config, 20)[-1], taken(config, 20)[-1]
    assert one.losses.tobytes() == two.losses.tobytes()
    assert all(one.weights[name].tobytes() == two.weights[name].tobytes() for name in one.weights)
    other = taken(dataclasses.replace(config, seed=2), 1)[0]
    assert not np.array_equal(other.weights["W_hh"], taken(config, 1)[0].weights["W_hh"])


@pytest.mark.parametrize("cell", CELLS)
def test_the_sample_text_is_learnt_better_than_its_pairs_of_letters_allow(cell: str) -> None:
    """The best model that sees one character only has the conditional entropy of pairs as its loss."""
    run = Run(RunConfig(cell=cell))
    assert isinstance(run.task, CharacterTask)
    pairs = np.zeros((run.task.inputs, run.task.inputs))
    np.add.at(pairs, (run.task.codes[:-1], run.task.codes[1:]), 1)
    p = pairs / pairs.sum()
    given = np.broadcast_to(p.sum(axis=1, keepdims=True), p.shape)
    entropy_of_pairs = -(p[p > 0] * np.log(p[p > 0] / given[p > 0])).sum()
    losses = [run.advance() for _ in range(300)]
    assert losses[0] == pytest.approx(math.log(run.task.inputs), abs=0.2), "at first, no idea"
    assert np.mean(losses[-20:]) < 0.75 * entropy_of_pairs


def test_the_sine_is_learnt_better_than_repeating_the_last_value() -> None:
    run = Run(RunConfig(task="sine"))
    batch = run.task.batch(1)
    lazy = 0.5 * float(((batch.targets - batch.inputs) ** 2).mean())
    assert np.mean([run.advance() for _ in range(300)][-20:]) < lazy / 3


@pytest.mark.parametrize("cell", CELLS)
def test_a_snapshot_holds_what_its_docstring_says(cell: str) -> None:
    config = dataclasses.replace(SMALL, cell=cell)
    run = Run(config)
    losses = [run.advance() for _ in range(3)]
    snapshot = run.snapshot(losses)
    task = run.task
    batch = task.batch(3)
    T, V, h = 7, task.outputs, 5
    assert snapshot.step == run.step == 3
    assert snapshot.losses.tolist() == losses
    assert snapshot.inputs == task.labels(batch.inputs[:, 0])
    assert snapshot.targets == task.labels(batch.targets[:, 0])
    assert snapshot.predictions == task.labels(snapshot.outputs)
    assert snapshot.outputs.shape == (T, V)
    np.testing.assert_allclose(snapshot.outputs.sum(axis=1), 1)
    assert (
        tuple(snapshot.gates) == {"rnn": (), "lstm": ("f", "i", "g", "o", "c"), "gru": ("z", "r", "n")}[cell]
    )
    assert all(gate.shape == (T, h) for gate in snapshot.gates.values())
    np.testing.assert_allclose(snapshot.dh_norm, np.sqrt((snapshot.dh**2).sum(axis=1)))
    states = nets.library_hidden(cell, snapshot.weights, batch.inputs)
    np.testing.assert_allclose(snapshot.hidden, states[:, 0], atol=1e-12)


def test_the_lstms_letters_fit_together() -> None:
    run = Run(SMALL)
    run.advance()
    shown = run.snapshot([0.0])
    f, i, g, o, c = (shown.gates[letter] for letter in "figoc")
    np.testing.assert_allclose(c[1:], f[1:] * c[:-1] + i[1:] * g[1:])
    np.testing.assert_allclose(shown.hidden, o * np.tanh(c))


def test_a_snapshot_is_not_touched_by_later_steps_and_touches_none() -> None:
    run, untouched = Run(SMALL), Run(SMALL)
    run.advance()
    untouched.advance()
    early = run.snapshot([1.0])
    before = early.weights["W_o"].copy()
    assert run.advance() == untouched.advance()
    assert np.array_equal(early.weights["W_o"], before)
    early.weights["W_o"][...] = np.nan
    assert run.advance() == untouched.advance()


def test_writing_to_a_snapshot_spoils_no_weights_to_go_back_to() -> None:
    run = Run(EXPLODES)
    run.advance()
    first = run.snapshot([0.0])
    for array in (*first.weights.values(), *first.named.values(), first.hidden, first.outputs):
        array[...] = np.nan
    run.advance()
    run.back(1)
    again = run.snapshot([0.0])
    assert np.isfinite(again.hidden).all()
    assert all(np.isfinite(array).all() for array in again.weights.values())


def test_the_forget_bias_starts_at_one_and_the_others_at_zero() -> None:
    weights = Run(SMALL).weights
    lstm = cell_of("lstm")
    total = weights["b_ih"] + weights["b_hh"]
    assert lstm.rows("f", total).tolist() == [1.0] * 5
    assert total.sum() == 5
    for name in ("W_ih", "W_hh", "W_o"):
        assert 0.9 / math.sqrt(5) < np.abs(weights[name]).max() <= 1 / math.sqrt(5)


@pytest.mark.parametrize("cell", CELLS)
def test_as_many_parameters_as_torchs_modules(cell: str) -> None:
    config = dataclasses.replace(SMALL, cell=cell)
    d = task_of(config).inputs
    module = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](d, 5)
    theirs = sum(p.numel() for p in (*module.parameters(), *torch.nn.Linear(5, d).parameters()))
    assert parameter_count(config) == theirs == sum(a.size for a in Run(config).weights.values())


def test_live_knobs_act_on_the_next_step_and_others_are_refused() -> None:
    run = Run(SMALL)
    run.advance()
    run.turn("learning_rate", 1e-6)
    before = run.weights["W_o"]
    run.advance()
    assert np.abs(run.weights["W_o"] - before).max() <= 1.1e-6, "Adam moves none by much more than the rate"
    with pytest.raises(ConfigError, match=r"'hidden' cannot be changed during a run; .*learning_rate, clip"):
        run.turn("hidden", 4)
    with pytest.raises(ConfigError, match="Learning rate is nan"):
        run.turn("learning_rate", math.nan)
    with pytest.raises(ConfigError, match="__class__"):
        run.turn("__class__", 1)
    assert run.now == dataclasses.replace(SMALL, learning_rate=1e-6)


@pytest.mark.parametrize("name", LIVE)
def test_every_live_knob_can_be_turned_in_a_run_that_heeds_it(name: str) -> None:
    start = {
        "lag": {"task": "latch"},
        "noise": {"task": "noisy"},
        "dropout": {"layers": 2},
        "momentum": {"optimiser": "momentum"},
        "regulariser": {"cell": "rnn"},
        "teacher_forcing": {"cell": "jordan"},
    }
    config = dataclasses.replace(SMALL, length=8, lag=2, **start.get(name, {}))
    other = 1 if name == "lag" else 0.25
    left, right = Run(config), Run(config)
    for run in (left, right):
        run.advance()
    left.turn(name, other)
    seen = [(left.advance(), right.advance()) for _ in range(3)]
    assert any(one != two for one, two in seen), "the knob does nothing"


def test_clipping_limits_the_step() -> None:
    config = dataclasses.replace(SMALL, optimiser="sgd", learning_rate=1.0, clip=0.01)
    one, two = taken(config, 2)
    moved = math.sqrt(sum(float(((two.weights[n] - one.weights[n]) ** 2).sum()) for n in one.weights))
    assert one.gradient_norm > 0.01
    assert moved == pytest.approx(0.01, rel=1e-9)


def test_a_run_that_explodes_says_so_and_can_go_on_from_sound_weights() -> None:
    run = Run(EXPLODES)
    losses: list[float] = []
    with pytest.raises(DivergenceError) as told:
        while True:
            losses.append(run.advance())
    assert all(map(math.isfinite, losses))
    assert told.value.step == len(losses) + 1 == run.step + 1
    assert "learning rate (now 100)" in str(told.value)
    assert all(np.isfinite(array).all() for array in run.weights.values())
    with pytest.raises(DivergenceError):
        for _ in range(1000):
            run.advance()
    run.turn("learning_rate", 0.1)
    assert [run.advance() for _ in range(200)][-1] <= losses[0]


def test_a_text_that_is_too_short_is_refused_before_anything_runs() -> None:
    with pytest.raises(TaskError, match="needs at least 14"):
        parameter_count(dataclasses.replace(SMALL, text="ab"))


@pytest.mark.parametrize("cell", CELLS)
def test_conventions_name_what_changes_the_numbers(cell: str) -> None:
    def told(**more: object) -> dict[str, str]:
        return dict(Run(dataclasses.replace(SMALL, cell=cell, **more)).conventions)

    gates = {"rnn": 1, "lstm": 4, "gru": 3}[cell]
    one = parameter_count(dataclasses.replace(SMALL, cell=cell)) - gates * SMALL.hidden
    assert f"one would give {one:,})" in told()["Biases"]
    assert told(clip=0.0)["Clipping"] == "off"
    assert "½" in told(task="sine")["Loss"]
    assert "nats" in told()["Loss"]
    assert ("Forget bias" in told()) == (cell == "lstm")
    assert ("GRU z" in told()) == (cell == "gru")
    assert ("Adam" in told()) and ("Adam" not in told(optimiser="sgd"))
    if cell == "gru":
        assert told(gru_update="keep")["GRU z"] != told(gru_update="take")["GRU z"]


@pytest.mark.parametrize("engine", ["numpy", "auto"])
@pytest.mark.parametrize("task", ["sine", "characters"])
def test_a_picture_holds_what_its_loss_was_measured_against(task: str, engine: str) -> None:
    """With one sequence in the batch, outputs and true values give the loss by its definition."""
    picture = next(train(RunConfig(task=task, batch=1, length=7, hidden=3, engine=engine)))
    if task == "sine":
        by_definition = 0.5 * np.mean((picture.outputs - picture.wanted) ** 2)
    else:
        by_definition = -np.mean(np.log(picture.outputs[picture.wanted == 1]))
    assert picture.losses[-1] == pytest.approx(by_definition, rel=1e-12 if engine == "numpy" else 1e-6)


@pytest.mark.parametrize("engine", ["numpy", "auto"])
@pytest.mark.parametrize("task", ["characters", "tagging", "latch", "dates", "copy"])
def test_a_picture_tells_how_much_of_the_batch_is_right(task: str, engine: str) -> None:
    """Counted sequence by sequence from their own pictures."""
    model = "ntm" if task == "copy" else "auto"
    run = Run(RunConfig(task=task, model=model, batch=4, length=16, hidden=6, engine=engine))
    for _ in range(30):
        run.advance()
    right = asked = 0
    for sequence in range(4):
        shown = run.snapshot([], sequence)
        counts = np.ones(len(shown.outputs), bool) if shown.asked is None else shown.asked
        if task == "dates":
            counts = shown.wanted[:, 0] == 0  # no padding
        hits = shown.outputs.argmax(axis=1) == shown.wanted.argmax(axis=1)
        right, asked = right + int(hits[counts].sum()), asked + int(counts.sum())
    assert run.snapshot([]).right == pytest.approx(right / asked)


@pytest.mark.parametrize("engine", ["numpy", "auto"])
@pytest.mark.parametrize("cell", CELLS)
def test_a_picture_has_the_gradient_of_every_weight(cell: str, engine: str) -> None:
    config = dataclasses.replace(SMALL, cell=cell, engine=engine, clip=0.01)
    run = Run(config)
    run.advance()
    run.advance()
    shown = run.snapshot([])
    batch = task_of(config).batch(2)
    oracle = nets.autograd(cell, shown.weights, batch.inputs, batch.targets, loss="cross entropy")
    for name, gradient in oracle.gradients.items():
        np.testing.assert_allclose(shown.gradients[name], gradient, atol=1e-10 if engine == "numpy" else 1e-6)
    total = math.sqrt(sum(float((g**2).sum()) for g in shown.gradients.values()))
    assert shown.gradient_norm == pytest.approx(total, rel=1e-5), "before clipping"


def test_numbers_are_neither_right_nor_wrong() -> None:
    run = Run(RunConfig(task="sine"))
    run.advance()
    assert run.snapshot([]).right is None
