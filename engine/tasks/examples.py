"""Sentences of their own lengths, each word with what is asked there: rows of T steps, padded.

The machinery of the tasks `sentences`, `sentiment`, `tagging` and `bank`. Knows no data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

import numpy as np

from engine.config import RunConfig
from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.reading import Vocabulary, tokenised
from engine.tasks.task import BATCHES, PAD, Batch, Codes

PADDING = "<pad>"  # its place is PAD


class Row(NamedTuple):
    """One sentence.

    Attributes:
        tokens: [n] places in the vocabulary.
        wanted: [n] places in the answers; anything where nothing is asked.
        asked: [n] 1 where an answer is asked, else 0.
    """

    tokens: Sequence[int]
    wanted: Sequence[int]
    asked: Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class ExampleTask:
    """One-hot words in, softmax and cross-entropy over the answers out, where they are asked for.

    Attributes:
        vocabulary: the words, `PADDING` the first; d = how many.
        answers: k of them.
        rows: the sentences; a batch draws B of them.
        front: padding stands before the sentence, so that the last step is its end; else after it.
        chained: each word after the first is the answer to the one before it.
        length, size: T and B.
    """

    vocabulary: Vocabulary
    answers: tuple[str, ...]
    rows: tuple[Row, ...]
    front: bool
    chained: bool
    length: int
    size: int
    seed: int

    kind: ClassVar[Literal["sequences"]] = "sequences"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    joint: ClassVar[str] = " "

    @classmethod
    def of(
        cls,
        config: RunConfig,
        vocabulary: Vocabulary,
        answers: tuple[str, ...],
        rows: Sequence[Row],
        front: bool = False,
        chained: bool = False,
    ) -> ExampleTask:
        """The task of `config`; TaskError if a sentence has no room in T steps."""
        longest = max(rows, key=lambda row: len(row.tokens))
        needed = len(longest.tokens)
        if needed > config.length:
            words = " ".join(vocabulary.words[place] for place in longest.tokens[:8])
            raise TaskError(
                f"Time steps T is {config.length}; the longest sentence needs {needed} ({words!r} ...). "
                + (
                    f"Set Time steps T to {needed} or more."
                    if needed <= 100
                    else "100 is the most: shorten it."
                )
            )
        parts = (front, chained, config.length, config.batch, config.seed)
        return cls(vocabulary, answers, tuple(rows), *parts)

    @property
    def inputs(self) -> int:
        return len(self.vocabulary.words)

    @property
    def outputs(self) -> int:
        return len(self.answers)

    @property
    def symbols(self) -> tuple[str, ...]:
        return self.vocabulary.words

    @property
    def note(self) -> str:
        return self.vocabulary.note

    def batch(self, step: int) -> Batch:
        rng = np.random.default_rng((self.seed, BATCHES, step))
        drawn = [self.rows[place] for place in rng.integers(0, len(self.rows), self.size)]
        tokens = np.full((self.length, self.size), PAD)
        wanted = np.zeros_like(tokens)
        weights = np.zeros(tokens.shape)
        for b, row in enumerate(drawn):
            n = len(row.tokens)
            place = slice(self.length - n, None) if self.front else slice(n)
            tokens[place, b], wanted[place, b], weights[place, b] = row
        own = (weights > 0) & (np.arange(self.length)[:, None] > 0) if self.chained else None
        return Batch(np.eye(self.inputs)[tokens], np.eye(self.outputs)[wanted], weights, tokens, own=own)

    def codes_of(self, text: str) -> Codes:
        """A sentence as places in the vocabulary [n], no padding; TaskError naming the first unknown word."""
        return np.array(self.vocabulary.known(tokenised(text), "words"), dtype=np.intp)

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(self.symbols[place] for place in rows.argmax(axis=-1))

    def labels(self, rows: Array) -> tuple[str, ...]:
        """The likeliest answer of each row."""
        return tuple(self.answers[place] for place in rows.argmax(axis=-1))
