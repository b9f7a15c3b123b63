"""Associative recall: pairs of a key and a value, then one of the keys again: what was its value?

After Graves et al. 2014, section 4.3, where an item of a list is shown and the next item asked
for; here an item is a letter and the next one a digit, so that it is plain what is asked for.
"""

from __future__ import annotations

import string

import numpy as np

from engine.tasks.exercises import BLANK, Exercise, Rows

KEYS = tuple("abcdefgh")
VALUES = tuple(string.digits)
_FIRST_KEY, _FIRST_VALUE = 2, 2 + len(KEYS)
_QUESTION = 1


def _recall(rng: np.random.Generator, length: int, size: int) -> Rows:
    """m keys, each followed by its value, then "?" and a key, at which the value is asked for.

    m is drawn from 2 to as many as fit, 2m + 2 <= T, and no key comes twice.
    """
    most = min(len(KEYS), (length - 2) // 2)
    m = rng.integers(2, most + 1, size)
    keys = _FIRST_KEY + rng.permuted(np.tile(np.arange(len(KEYS)), (size, 1)), axis=1).T
    values = rng.integers(_FIRST_VALUE, _FIRST_VALUE + len(VALUES), (len(KEYS), size))
    chosen = rng.integers(0, m)
    rows, every = Rows.blank(length, size), np.arange(size)
    shown = np.arange(most)[:, None] < m
    rows.tokens[0 : 2 * most : 2] = np.where(shown, keys[:most], 0)
    rows.tokens[1 : 2 * most : 2] = np.where(shown, values[:most], 0)
    rows.tokens[2 * m, every] = _QUESTION
    rows.tokens[2 * m + 1, every] = keys[chosen, every]
    rows.wanted[2 * m + 1, every] = values[chosen, every]
    rows.asked[2 * m + 1, every] = True
    return rows


RECALL = Exercise((BLANK, "?", *KEYS, *VALUES), least=6, draw=_recall)
