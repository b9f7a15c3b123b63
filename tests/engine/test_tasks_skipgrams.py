"""Skip-grams: neighbours by brute force, drawn words against their distribution."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import numpy as np

from engine.config import RunConfig
from engine.tasks.catalogue import task_of
from engine.tasks.reading import MAX_WORDS
from engine.tasks.skipgrams import NEGATIVES, POWER, WINDOW, SkipGramTask


def skipgrams(**knobs: object) -> SkipGramTask:
    found = task_of(RunConfig(task="skipgrams", **knobs))
    assert isinstance(found, SkipGramTask)
    return found


def test_neighbours_are_those_at_most_the_window_apart() -> None:
    one = skipgrams(text="a b c d e\nf b")
    seen = Counter((one.symbols[c], one.symbols[o]) for c, o in zip(one.centres, one.contexts, strict=True))
    assert WINDOW == 2
    line = "abcde"
    expected = Counter((x, y) for i, x in enumerate(line) for j, y in enumerate(line) if 0 < abs(i - j) <= 2)
    assert seen == expected + Counter([("f", "b"), ("b", "f")])


def test_drawn_words_follow_the_smoothed_counts_without_the_context() -> None:
    one = skipgrams(text="a b a b a b a b c a. d d d d d d d d d a", batch=64)
    drawn = defaultdict(Counter)
    for step in range(1, 401):
        batch = one.batch(step)
        assert batch.negatives.shape == (64, NEGATIVES)
        assert not (batch.negatives == batch.context[:, None]).any()
        for context, negatives in zip(batch.context, batch.negatives, strict=True):
            drawn[one.symbols[context]].update(one.symbols[code] for code in negatives)
    counts = {"a": 6, "b": 4, "c": 1, "d": 9}
    for context, found in drawn.items():
        shares = {word: n**POWER for word, n in counts.items() if word != context}
        for word, share in shares.items():
            expected = share / sum(shares.values())
            sigma = math.sqrt(expected * (1 - expected) / found.total())
            assert abs(found[word] / found.total() - expected) < 5 * sigma


def test_the_built_in_corpus_holds_the_families() -> None:
    one = skipgrams()
    assert {"king", "queen", "man", "woman", "paris", "france", "apple", "dog"} <= set(one.symbols)
    assert one.inputs == one.outputs <= MAX_WORDS
    assert one.note == ""
    assert one.labels(np.eye(one.outputs)[one.codes_of("King, queen")]) == ("king", "queen")
