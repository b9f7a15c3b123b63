"""The conventions on screen are those of the run: nothing of a knob that has no say in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from engine.combinations import model_of
from engine.config import RunConfig, knob_of, relevant
from engine.conventions import conventions
from engine.errors import ConfigError
from engine.models.catalogue import model_for
from engine.tasks.catalogue import task_of

OF_KNOBS = {
    "Activation": "activation",
    "Biases": "biases",
    "Dropout": "dropout",
    "Forget bias": "forget_bias",
    "GRU reset": "gru_reset",
    "GRU z": "gru_update",
    "Gradient regulariser": "regulariser",
    "Momentum": "momentum",
    "Nesterov": "momentum",
    "Normalisation": "norm",
    "Peepholes": "peepholes",
    "Truncated BPTT": "truncate",
    "Two directions": "direction",
}
MODELS = ("recurrent", "encoder-decoder", "attention", "skip-gram", "ntm")
OTHER_NUMBERS = {"dropout": 0.5, "forget_bias": 3.0, "momentum": 0.2, "noise": 0.7, "lag": 3, "layers": 2,
                 "regulariser": 1.0, "schedule_steps": 7, "truncate": 2}  # fmt: skip


def told(config: RunConfig) -> dict[str, str]:
    task = task_of(config)
    found = conventions(config, task, model_for(config, task).shapes, "by hand")
    assert len(dict(found)) == len(found), "no name twice"
    return dict(found)


def of(**knobs: Any) -> dict[str, str]:
    return told(RunConfig(**knobs))


def kinds() -> Iterator[RunConfig]:
    """One config for each task, model and cell that go together."""
    for task, _ in knob_of("task").choices:
        for model in MODELS:
            for cell, _ in knob_of("cell").choices:
                try:
                    yield RunConfig(task=task, model=model, cell=cell, hidden=3, length=64)
                except ConfigError:
                    continue


KINDS = tuple(kinds())


def variants(config: RunConfig, name: str) -> Iterator[RunConfig]:
    """The same with other values of one knob, where that is allowed."""
    values: list[Any] = [value for value, _ in knob_of(name).choices] or [OTHER_NUMBERS.get(name)]
    for value in values:
        if value is not None:
            try:
                yield dataclasses.replace(config, **{name: value})
            except ConfigError:
                continue


def test_there_are_all_kinds_of_run() -> None:
    assert {model_of(config) for config in KINDS} == set(MODELS)
    assert len(KINDS) > 100


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru", "jordan"])
def test_no_convention_is_told_of_a_knob_without_a_say(cell: str) -> None:
    """And turning such a knob changes not a word of what is told."""
    for config in (config for config in KINDS if config.cell == cell):
        before = told(config)
        for name in (field.name for field in dataclasses.fields(config) if field.name != "text"):
            if relevant(config, name):
                continue
            if name == "forget_bias" and model_of(config) == "ntm":
                continue  # its controller is an LSTM, whatever Cell says
            for other in variants(config, name):
                assert told(other) == before, name
        for each in (config, *(v for name in OTHER_NUMBERS for v in variants(config, name))):
            for label in told(each):
                assert label not in OF_KNOBS or relevant(each, OF_KNOBS[label]), (label, each)


@pytest.mark.parametrize("model", ["encoder-decoder", "attention"])
def test_the_cells_of_pairs_are_told_as_they_are(model: str) -> None:
    gru = of(task="numbers", model=model, cell="gru", gru_reset="before")
    assert "after the product" in gru["Cells"]
    assert not any("before the product" in words for words in gru.values())
    rnn = of(task="numbers", model=model, cell="rnn", activation="relu")
    assert rnn["Cells"].startswith("tanh")
    assert "relu" not in "".join(rnn.values())
    lstm = of(task="numbers", model=model, peepholes="yes", forget_bias=2.0)
    assert lstm["Cells"].startswith("without peepholes")
    assert lstm["Forget bias"] == "starts at 2"


def test_the_loss_of_pairs_counts_the_words_of_the_targets() -> None:
    assert "the end sign included" in of(task="dates")["Loss"]


def test_skip_gram_has_negative_sampling_and_neither_state_nor_biases() -> None:
    found = of(task="skipgrams")
    assert "-ln σ(u·v)" in found["Loss"]
    assert "First state" not in found
    assert "bias" not in found["Initial weights"]
    assert not {"Forget bias", "Biases", "Cells"} & set(found)


@pytest.mark.parametrize(
    ("knobs", "has"),
    [
        ({"task": "skipgrams"}, False),
        ({"cell": "jordan"}, False),
        ({"cell": "rnn"}, True),
        ({"task": "copy", "model": "ntm"}, True),
    ],
)
def test_the_identity_is_told_where_a_matrix_starts_as_one(knobs: dict[str, Any], has: bool) -> None:
    config = RunConfig(**knobs, init="identity", hidden=4)
    assert ("identity" in told(config)["Initial weights"]) == has
    task = task_of(config)
    shapes = model_for(config, task).shapes
    drawn = model_for(config, task).initial(config, np.random.default_rng(1))
    ends = np.cumsum([np.prod(shape) for shape in shapes.values()])[:-1]
    parts = [part.reshape(shape) for part, shape in zip(np.split(drawn, ends), shapes.values(), strict=True)]
    blocks = [part[:4] for part in parts if part.ndim == 2 and part.shape[1] == 4]
    assert any(np.array_equal(block, np.eye(4)) for block in blocks) == has


@pytest.mark.parametrize(("task", "softmax"), [("characters", True), ("sine", False)])
def test_what_comes_back_in_a_jordan_network(task: str, softmax: bool) -> None:
    found = of(task=task, cell="jordan")
    assert ("softmax" in found["What comes back"]) == softmax
    assert "b_yh" in found["Biases"]


def test_the_turing_machine_has_an_lstm_with_its_forget_bias() -> None:
    assert "forget bias starts at 2" in of(task="copy", model="ntm", forget_bias=2.0)["Controller"]


@pytest.mark.parametrize(
    ("steps", "words"), [(1, "pieces of 1 step;"), (2, "of 2 steps;"), (3, "of 3 steps;")]
)
def test_truncation_in_good_english(steps: int, words: str) -> None:
    assert words in of(truncate=steps)["Truncated BPTT"]
    assert "Truncated BPTT" not in of(task="dates", truncate=steps)


def test_the_regulariser_is_told_where_it_acts() -> None:
    assert "Gradient regulariser" in of(cell="rnn", regulariser=1.0)
    assert "Gradient regulariser" not in of(task="copy", model="ntm", regulariser=1.0)


@pytest.mark.parametrize(("direction", "last"), [("one", "h_S"), ("both", "←h_1")])
def test_where_the_decoder_with_attention_starts(direction: str, last: str) -> None:
    found = of(task="dates", model="attention", direction=direction)
    assert f"tanh(W_s {last})" in found["Decoder starts"]


def test_a_gain_acts_on_embeddings_too() -> None:
    assert of(task="dates", gain=0.5)["Embeddings"].endswith("deviation 0.5")
