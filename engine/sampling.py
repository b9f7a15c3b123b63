"""Text out of a trained network: its own output is its next input.

Knows of the network only that it can be fed one symbol at a time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.errors import ConfigError, TaskError
from engine.losses import log_softmax
from engine.models.model import Stepper
from engine.snapshot import Array
from engine.tasks.reading import tokenised, unknown
from engine.tasks.task import Codes

MAX_LENGTH = 5_000
MAX_TEMPERATURE = 100.0
MAX_PROMPT = 5_000
GREEDY_BELOW = 1e-3  # at this temperature and lower, always the likeliest symbol

_DRAWS = 2  # which stream of random numbers; weights and batches use others
_ENDS = ("\n", " ", ".")  # what may stand before a new text, best first


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A text, and what the network as trained (temperature 1, no top-k) thought at each of its symbols.

    Attributes:
        text: the symbols with their joint between them, without the prompt.
        symbols: what the k places stand for.
        places: [n] which of them was taken.
        candidates: [n, k] ln p of every symbol that could have been.
    """

    text: str
    symbols: tuple[str, ...]
    places: Codes
    candidates: Array

    @property
    def log_probabilities(self) -> Array:
        """[n] ln p of the symbols that were taken."""
        return self.candidates[np.arange(len(self.places)), self.places]

    def best(self, step: int, count: int = 5) -> tuple[tuple[str, float], ...]:
        """The likeliest symbols at one step 0, 1, ..., each with its ln p, best first."""
        logs = self.candidates[step]
        return tuple((self.symbols[place], float(logs[place])) for place in ranked(logs)[:count])


def write(
    stepper: Stepper,
    symbols: Sequence[str],
    joint: str,
    *,
    length: int,
    temperature: float,
    seed: int,
    top_k: int = 0,
    prompt: str = "",
) -> Written:
    """Write `length` symbols, each drawn from softmax(z / temperature) over the `top_k` likeliest.

    Reads the prompt first; without one it starts as if a line (else a word, a sentence, anything)
    had just ended. A temperature up to `GREEDY_BELOW` takes the likeliest, a top_k of 0 all symbols.
    The same arguments give the same text.

    Raises:
        ConfigError: length, temperature, seed or top_k out of bounds.
        TaskError: the prompt has a symbol that the network does not know, or the weights are so
            large that the output is no longer a number.
    """
    check(length, temperature, seed, top_k)
    draws = np.random.default_rng((seed, _DRAWS)).random(length)
    state, z = read(stepper, opening(symbols, joint, prompt))
    places, candidates = [], []
    for draw in draws:
        candidates.append(log_probabilities(z))
        places.append(_chosen(z, temperature, top_k, draw))
        if len(places) < length:
            state, z = fed(stepper, state, places[-1])
    text = joint.join(symbols[place] for place in places)
    return Written(text, tuple(symbols), np.array(places), np.array(candidates))


def check(length: int, temperature: float, seed: int, top_k: int = 0) -> None:
    """ConfigError, naming each that is out of bounds; `write` asks this first."""
    problems = []
    if not 1 <= length <= MAX_LENGTH:
        problems.append(f"The length is {length}; it must be from 1 to {MAX_LENGTH} characters.")
    if not (math.isfinite(temperature) and 0 <= temperature <= MAX_TEMPERATURE):
        problems.append(f"The temperature is {temperature}; it must be from 0 to {MAX_TEMPERATURE:g}.")
    if seed < 0:
        problems.append(f"The seed is {seed}; it must be 0 or more.")
    if top_k < 0:
        problems.append(f"Top-k is {top_k}; it must be 1 or more, or 0 for all symbols.")
    if problems:
        raise ConfigError(tuple(problems))


def opening(symbols: Sequence[str], joint: str, prompt: str = "") -> list[int]:
    """The places to read before writing: the prompt's, or without one that of an ended line.

    A prompt of words is cut and put in lower case as the texts of the tasks are.

    Raises:
        TaskError: the prompt is too long, or has a symbol that is not among `symbols`.
    """
    if len(prompt) > MAX_PROMPT:
        raise TaskError(f"The prompt has {len(prompt):,} characters; {MAX_PROMPT:,} is the most.")
    parts = tokenised(prompt) if joint else list(prompt.replace("\r\n", "\n").replace("\r", "\n"))
    places = {symbol: place for place, symbol in enumerate(symbols)}
    for number, part in enumerate(parts):
        if part not in places:
            raise TaskError(unknown("prompt", part, number, symbols))
    ended = next((places[mark] for mark in _ENDS if mark in places), 0)
    return [places[part] for part in parts] or [ended]


def read(stepper: Stepper, places: Sequence[int]) -> tuple[tuple[Array, ...], Array]:
    """The state after reading one symbol or more, and the outputs z [k] after the last."""
    state, z = fed(stepper, stepper.start(), places[0])
    for place in places[1:]:
        state, z = fed(stepper, state, place)
    return state, z


def fed(stepper: Stepper, state: tuple[Array, ...], place: int) -> tuple[tuple[Array, ...], Array]:
    """`stepper.feed`; TaskError where z is no longer a number."""
    with np.errstate(all="ignore"):  # overflow is looked for here
        after, z = stepper.feed(state, place)
    if not np.isfinite(z).all():
        raise TaskError(
            "The network's output is no longer a number. Reset the run and lower the learning rate."
        )
    return after, z


def log_probabilities(z: Array) -> Array:
    """ln p [k] of each symbol, from the outputs z [k]."""
    with np.errstate(over="ignore"):  # z can be so far apart that the difference is infinite: p is 0
        return log_softmax(z)


def ranked(values: Array) -> Codes:
    """Places by falling value; of equals the first comes first."""
    return np.argsort(-values, kind="stable")


def _chosen(z: Array, temperature: float, top_k: int, draw: float) -> int:
    """The place of the next symbol, for `draw` uniform in [0, 1)."""
    if temperature <= GREEDY_BELOW:
        return int(z.argmax())
    with np.errstate(over="ignore", under="ignore"):
        shares = np.exp((z - z.max()) / temperature)
    if top_k:
        shares[ranked(z)[top_k:]] = 0
    cumulative = shares.cumsum()
    return int(np.searchsorted(cumulative, draw * cumulative[-1], side="right"))
