"""Text out of a trained network: its own output is its next input.

Knows cells and weights, not training.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from engine.cells import Cell, Weights
from engine.errors import ConfigError, TaskError
from engine.losses import log_softmax
from engine.snapshot import Array

MAX_LENGTH = 5_000
MAX_TEMPERATURE = 100.0
GREEDY_BELOW = 1e-3  # at this temperature and lower, always the likeliest character

_DRAWS = 2  # which stream of random numbers; weights and batches use others


class Written(NamedTuple):
    """Text, and for each of its characters ln p under the network as trained (temperature 1)."""

    text: str
    log_probabilities: Array


def write(
    cell: Cell, weights: Weights, vocabulary: str, *, length: int, temperature: float, seed: int
) -> Written:
    """Write `length` characters, each drawn from softmax(z / temperature).

    Starts from the zero state as if a line (else a word, else anything) had just ended, and the
    same arguments give the same text.

    Raises:
        ConfigError: length, temperature or seed out of bounds.
        TaskError: the weights are so large that the output is no longer a number.
    """
    check(length, temperature, seed)
    draws = np.random.default_rng((seed, _DRAWS)).random(length)
    one_hot = np.eye(len(vocabulary))
    state = cell.start(1, weights["W_hh"].shape[1])
    place = _opening(vocabulary)
    text, log_probabilities = [], []
    with np.errstate(all="ignore"):  # overflow is looked for in `_choose`
        for draw in draws:
            state = cell.forward(weights, one_hot[[place]], state).after
            z = state[0][0] @ weights["W_o"].T + weights["b_o"]
            place = _choose(z, temperature, draw)
            text.append(vocabulary[place])
            log_probabilities.append(log_softmax(z)[place])
    return Written("".join(text), np.array(log_probabilities))


def _choose(z: Array, temperature: float, draw: float) -> int:
    """The place of the next character, for `draw` uniform in [0, 1)."""
    if not np.isfinite(z).all():
        raise TaskError(
            "The network's output is no longer a number. Reset the run and lower the learning rate."
        )
    if temperature <= GREEDY_BELOW:
        return int(z.argmax())
    cumulative = np.exp((z - z.max()) / temperature).cumsum()
    return int(np.searchsorted(cumulative, draw * cumulative[-1], side="right"))


def _opening(vocabulary: str) -> int:
    return next((vocabulary.index(mark) for mark in "\n " if mark in vocabulary), 0)


def check(length: int, temperature: float, seed: int) -> None:
    """ConfigError, naming each that is out of bounds; `write` asks this first."""
    problems = []
    if not 1 <= length <= MAX_LENGTH:
        problems.append(f"The length is {length}; it must be from 1 to {MAX_LENGTH} characters.")
    if not (math.isfinite(temperature) and 0 <= temperature <= MAX_TEMPERATURE):
        problems.append(f"The temperature is {temperature}; it must be from 0 to {MAX_TEMPERATURE:g}.")
    if seed < 0:
        problems.append(f"The seed is {seed}; it must be 0 or more.")
    if problems:
        raise ConfigError(tuple(problems))
