"""Copy and repeat copy, the first two tests of the Neural Turing machine.

Graves et al. 2014, sections 4.1 and 4.2, with letters in place of their random bits and a sign in
place of their number, so that all models are judged by one loss.
"""

from __future__ import annotations

import numpy as np

from engine.tasks.exercises import BLANK, Exercise, Rows
from engine.tasks.task import Codes

LETTERS = tuple("abcdefgh")
TIMES = ("1×", "2×", "3×")
_REPEATED = (BLANK, ".", *TIMES, *LETTERS)


def _copy(rng: np.random.Generator, length: int, size: int) -> Rows:
    """n letters, the sign, then blanks for as long as the n letters are asked for; 2n + 1 <= T."""
    n = rng.integers(1, (length - 1) // 2 + 1, size)
    letters = rng.integers(2, 2 + len(LETTERS), (length, size))
    return _shown_then_asked(letters, n, np.ones_like(n))


def _repeat(rng: np.random.Generator, length: int, size: int) -> Rows:
    """n letters, how many times r, then blanks while r copies and an end sign are asked for.

    n + 1 + r n + 1 <= T.
    """
    r = rng.integers(1, len(TIMES) + 1, size)
    n = rng.integers(1, (length - 2) // (1 + r) + 1)
    letters = rng.integers(2 + len(TIMES), len(_REPEATED), (length, size))
    tokens, wanted, asked = _shown_then_asked(letters, n, r)
    every = np.arange(size)
    tokens[n, every] = 1 + r
    end = n + 1 + r * n
    wanted[end, every] = 1
    asked[end, every] = True
    return Rows(tokens, wanted, asked)


def _shown_then_asked(letters: Codes, n: Codes, r: Codes) -> Rows:
    """The first n [B] letters [T, B] to read, the sign in place 1, then r [B] times the same to answer."""
    length, size = letters.shape
    t, every = np.arange(length)[:, None], np.arange(size)
    tokens = np.where(t < n, letters, 0)
    tokens[n, every] = 1
    j = t - n - 1  # which letter of the answer
    asked = (j >= 0) & (j < r * n)
    return Rows(tokens, np.where(asked, letters[j % n, every], 0), asked)


COPY = Exercise((BLANK, ">", *LETTERS), least=3, draw=_copy)
REPEAT_COPY = Exercise(_REPEATED, least=2 + (1 + len(TIMES)), draw=_repeat)
