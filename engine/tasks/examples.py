"""Sentences of their own lengths, each word with what is asked there: rows of T steps, padded.

The machinery of the tasks `sentences`, `sentiment`, `tagging` and `bank`. Knows no data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.config import RunConfig
from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.reading import Vocabulary, is_word, quoted, tokenised
from engine.tasks.task import Batch, Codes, Symbols, batch_rng

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
        table: [3, T, N] tokens, wanted and asked of each sentence, padded; a batch draws B of them.
        chained: each word after the first is the answer to the one before it.
        size: B.
    """

    vocabulary: Vocabulary
    answers: tuple[str, ...]
    table: NDArray[np.uint8]
    chained: bool
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
        """The task of `config`; TaskError if a sentence has no room in T steps.

        With `front` the padding stands before the sentence, so that step T is its end; else after it.
        """
        longest = max(rows, key=lambda row: len(row.tokens))
        needed = len(longest.tokens)
        if needed > config.length:
            opening = quoted(" ".join(vocabulary.words[place] for place in longest.tokens))
            advice = (
                f"Set Time steps T to {needed} or more." if needed <= 100 else "100 is the most: shorten it."
            )
            raise TaskError(
                f"Time steps T is {config.length}; the longest sentence needs {needed}: {opening}. {advice}"
            )
        table = np.zeros((3, config.length, len(rows)), np.uint8)  # PAD is 0; no place is above 255
        for b, row in enumerate(rows):
            n = len(row.tokens)
            table[:, config.length - n if front else 0 :, b][:, :n] = row
        return cls(vocabulary, answers, table, chained, config.batch, config.seed)

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
        drawn = batch_rng(self.seed, step).integers(0, self.table.shape[2], self.size)
        tokens, wanted, asked = self.table[:, :, drawn].astype(np.intp)
        own = (asked > 0) & (np.arange(len(asked))[:, None] > 0) if self.chained else None
        return Symbols.of(tokens, wanted, (self.inputs, self.outputs), asked.astype(float), own=own)

    def codes_of(self, text: str) -> Codes:
        """A sentence as places in the vocabulary [n], no padding.

        Punctuation that the network has not met is passed over; TaskError naming the first unknown word.
        """
        tokens = [token for token in tokenised(text) if token in self.vocabulary.places or is_word(token)]
        return np.array(self.vocabulary.known(tokens, "words"), dtype=np.intp)

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(self.symbols[place] for place in rows.argmax(axis=-1))

    def labels(self, rows: Array) -> tuple[str, ...]:
        """The likeliest answer of each row."""
        return tuple(self.answers[place] for place in rows.argmax(axis=-1))
