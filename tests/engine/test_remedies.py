"""The advice after an explosion: each way out that it names is taken, and the run goes on."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from engine.config import RunConfig, knob_of
from engine.errors import DivergenceError
from engine.remedies import remedies
from engine.train import Run

STEPS = 40  # all of the runs below explode within 12
LINEAR = {"cell": "rnn", "activation": "identity", "length": 100, "hidden": 16, "batch": 4}
RUNS = {
    "no clip": {**LINEAR, "init": "orthogonal", "gain": 10, "clip": 0, "learning_rate": 1e-6},
    "He": {**LINEAR, "init": "he", "clip": 0, "optimiser": "sgd"},
    "decay": {"l2": 10, "optimiser": "sgd", "learning_rate": 1},
    "decoupled decay": {"l2": 10, "optimiser": "adamw", "learning_rate": 1},
    "regulariser": {"cell": "rnn", "regulariser": 100, "learning_rate": 1, "optimiser": "sgd", "clip": 0},
    "wide clip": {**LINEAR, "activation": "relu", "optimiser": "sgd", "learning_rate": 100, "clip": 1000},
}
TURNED = {  # what a way out does, where its words begin so
    "lower the weight decay": ("l2", 0.01),
    "lower the gradient regulariser": ("regulariser", 0.0),
    "set a clip norm": ("clip", 0.5),
    "lower the clip norm": ("clip", 0.001),
    "a lower gain": ("gain", 1.0),
    "uniform initial weights": ("init", "uniform"),
    "tanh": ("activation", "tanh"),
}


def config_of(knobs: dict[str, Any]) -> RunConfig:
    return RunConfig(task="sine", **knobs)


def exploded(config: RunConfig) -> bool:
    run = Run(config)
    try:
        for _ in range(STEPS):
            run.advance()
    except DivergenceError:
        return True
    return False


def turned(config: RunConfig, turn: tuple[str, Any]) -> RunConfig:
    return dataclasses.replace(config, **dict([turn]))


def told(name: str, value: Any) -> str:
    return dict(knob_of(name).choices).get(value, value) if isinstance(value, str) else f"{value:g}"


def advised(config: RunConfig) -> dict[str, tuple[str, Any]]:
    """The words of each way out, and the knob that it turns."""
    ways = [way for group in remedies(config) for way in group]
    found = {way: turn for way in ways for words, turn in TURNED.items() if way.startswith(words)}
    assert list(found) == ways, "a way out that this test does not know"
    return found


@pytest.mark.parametrize("knobs", RUNS.values(), ids=RUNS)
def test_one_of_the_ways_out_helps_and_the_knob_is_told_as_it_is(knobs: dict[str, Any]) -> None:
    config = config_of(knobs)
    assert exploded(config)
    ways = advised(config)
    assert any(not exploded(turned(config, turn)) for turn in ways.values()), f"none of {list(ways)}"
    for words, (name, _) in ways.items():
        value = getattr(config, name)
        assert words == "set a clip norm" or f"(now {told(name, value)}" in words


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("no clip", "set a clip norm"),
        ("no clip", "a lower gain"),
        ("no clip", "tanh"),
        ("He", "uniform initial weights (now He)"),
        ("decay", "lower the weight decay (now 10)"),
        ("decoupled decay", "lower the weight decay (now 10)"),
        ("regulariser", "lower the gradient regulariser (now 100)"),
        ("wide clip", "lower the clip norm (now 1000)"),
    ],
)
def test_what_the_matter_is_is_among_the_ways_out_and_helps(run: str, words: str) -> None:
    config = config_of(RUNS[run])
    (turn,) = (turn for way, turn in advised(config).items() if way.startswith(words))
    assert not exploded(turned(config, turn))


def test_what_is_so_already_is_not_advised() -> None:
    assert remedies(RunConfig(learning_rate=100)) == ((), ()), "Adam with a clip norm: only the rate is left"
    live, anew = remedies(config_of(RUNS["decay"]))
    assert not any("set a clip norm" in way for way in (*live, *anew))


def test_the_sentence_has_all_of_it() -> None:
    error = DivergenceError(3, 2, 0.5, 1e9, *remedies(config_of(RUNS["no clip"])))
    assert str(error) == (
        "Exploded at step 3, gradient norm 1e+09. Lower the learning rate (now 0.5) or set a clip norm, then "
        "go on: training takes up again after step 2, where the loss was last sound. Or start a new run with "
        "a lower gain (now 10), uniform initial weights (now Orthogonal) or tanh (now identity)."
    )
    assert DivergenceError(1, 0, 0.5, 1.0, (), ()).advice == (
        "Lower the learning rate (now 0.5), then go on: training takes up again from the start."
    )
    assert "(now 0.5) or set a clip norm, then" in DivergenceError(1, 0, 0.5, 1.0).advice
