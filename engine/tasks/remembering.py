"""Parity and latch: one bit to be kept, changed at every 1 or held for a long time."""

from __future__ import annotations

import numpy as np

from engine.config import RunConfig
from engine.tasks.exercises import BLANK, Exercise, ExerciseTask, Rows

_BITS = 1  # the place of "0"; that of "1" follows
_DISTRACTORS = (3, 5)  # the places of "x" and "y", the second not included
_QUESTION = 5


def _parity(rng: np.random.Generator, length: int, size: int) -> Rows:
    """Random bits; at every step the answer is whether the ones so far are odd (1) or even (0)."""
    bits = rng.integers(0, 2, (length, size))
    odd = bits.cumsum(axis=0) % 2
    return Rows(_BITS + bits, _BITS + odd, np.ones((length, size), np.bool_))


def latch(lag: int) -> Exercise:
    """A bit at the first step, noise, and "?" `lag` steps later: which bit was it?

    The two-sequence problem of Bengio et al. 1994 ("latching"), with the noise in symbols of its
    own, which also goes on after the question. Nothing but `lag` changes with the lag, so that it
    can be changed while a network learns.
    """

    def draw(rng: np.random.Generator, length: int, size: int) -> Rows:
        rows = Rows.blank(length, size)
        bits = _BITS + rng.integers(0, 2, size)
        rows.tokens[:] = rng.integers(*_DISTRACTORS, (length, size))
        rows.tokens[0] = bits
        rows.tokens[lag] = _QUESTION
        rows.wanted[lag] = bits
        rows.asked[lag] = True
        return rows

    return Exercise((BLANK, "0", "1", "x", "y", "?"), least=lag + 1, draw=draw)


def latch_task(config: RunConfig) -> ExerciseTask:
    """The latch with the lag of `config`."""
    return ExerciseTask.of(config, latch(config.lag))


PARITY = Exercise((BLANK, "0", "1"), least=2, draw=_parity)
