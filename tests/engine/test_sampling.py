"""Sampling: the probabilities it reports, the frequencies it draws with, and what it refuses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine import bptt
from engine.cells import cell_of
from engine.config import RunConfig
from engine.errors import ConfigError, TaskError
from engine.losses import log_softmax
from engine.sampling import MAX_LENGTH, write
from engine.snapshot import Array
from engine.tasks.characters import CharacterTask
from engine.train import Run

CELLS = ("rnn", "lstm", "gru")


def trained(cell: str) -> Run:
    run = Run(RunConfig(cell=cell, hidden=6, length=8, batch=4))
    for _ in range(30):
        run.advance()
    return run


def vocabulary(run: Run) -> str:
    assert isinstance(run.task, CharacterTask)
    return run.task.vocabulary


def log_probabilities(run: Run, text: str) -> Array:
    """ln p of each next character, by one pass over the whole text after a line break."""
    places = [vocabulary(run).index(character) for character in "\n" + text]
    inputs = np.eye(len(vocabulary(run)))[places[:-1]][:, None]
    z = bptt.forward(run.cell, run.weights, inputs).z[:, 0]
    return log_softmax(z)


@pytest.mark.parametrize("cell", CELLS)
def test_the_reported_probabilities_are_those_of_reading_the_text(cell: str) -> None:
    run = trained(cell)
    written = write(run.cell, run.weights, vocabulary(run), length=50, temperature=1.7, seed=3)
    logs = log_probabilities(run, written.text)
    places = [vocabulary(run).index(character) for character in written.text]
    np.testing.assert_allclose(written.log_probabilities, logs[np.arange(50), places], atol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("temperature", [0.0, 1e-300, 1e-4])
def test_cold_text_is_always_the_likeliest(cell: str, temperature: float) -> None:
    run = trained(cell)
    text, _ = write(run.cell, run.weights, vocabulary(run), length=30, temperature=temperature, seed=5)
    likeliest = log_probabilities(run, text).argmax(axis=1)
    assert text == "".join(vocabulary(run)[place] for place in likeliest)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_characters_come_as_often_as_the_temperature_says(temperature: float) -> None:
    """A network that ignores its state: p ∝ exp(b / temperature), held against 5000 draws (χ², 99.99 %)."""
    b = np.array([0.0, 1.0, -0.5, 0.3])
    cell = cell_of("rnn")
    zeros = {"W_ih": (1, 4), "W_hh": (1, 1), "b_ih": (1,), "b_hh": (1,), "W_o": (4, 1)}
    weights = {name: np.zeros(shape) for name, shape in zeros.items()} | {"b_o": b}
    text, logs = write(cell, weights, "abcd", length=5000, temperature=temperature, seed=1)
    seen = np.array([text.count(character) for character in "abcd"])
    expected = 5000 * np.exp(b / temperature) / np.exp(b / temperature).sum()
    assert ((seen - expected) ** 2 / expected).sum() < 21.1
    np.testing.assert_allclose(logs[0], math.log(np.exp(b)["abcd".index(text[0])] / np.exp(b).sum()))


def test_the_seed_decides() -> None:
    run = trained("gru")

    def text(seed: int) -> str:
        return write(run.cell, run.weights, vocabulary(run), length=40, temperature=1.0, seed=seed).text

    assert text(1) == text(1) != text(2)


@pytest.mark.parametrize(
    ("length", "temperature", "seed", "says"),
    [
        (0, 1.0, 1, "The length is 0"),
        (MAX_LENGTH + 1, 1.0, 1, "from 1 to 5000"),
        (5, -0.1, 1, "The temperature is -0.1"),
        (5, math.nan, 1, "The temperature is nan"),
        (5, 1.0, -1, "The seed is -1"),
    ],
)
def test_bad_wishes_are_refused_in_words(length: int, temperature: float, seed: int, says: str) -> None:
    run = Run(RunConfig(hidden=2))
    with pytest.raises(ConfigError, match=says):
        write(run.cell, run.weights, vocabulary(run), length=length, temperature=temperature, seed=seed)


def test_weights_beyond_all_bounds_are_told_not_sampled() -> None:
    run = Run(RunConfig(hidden=2))
    weights = dict(run.weights) | {"b_o": np.full(len(vocabulary(run)), math.inf)}
    with pytest.raises(TaskError, match="no longer a number"):
        write(run.cell, weights, vocabulary(run), length=5, temperature=1.0, seed=1)
