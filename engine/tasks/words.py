"""Read a word, name the next; punctuation marks are words too. Knows nothing of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from engine.config import RunConfig
from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.data_words import STORY
from engine.tasks.reading import Vocabulary, counted, own_text, quoted, tokenised
from engine.tasks.task import Batch, Codes
from engine.tasks.windows import Windows


@dataclass(frozen=True, slots=True, eq=False)
class WordTask:
    """One-hot words in lower case in, softmax and cross-entropy over the next one out.

    Attributes:
        vocabulary: the distinct words of the text, or the most frequent and <unk>; d = k = how many.
        windows: the text as places in `vocabulary`, and how it is cut.
    """

    vocabulary: Vocabulary
    windows: Windows

    kind: ClassVar[Literal["sequences"]] = "sequences"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    joint: ClassVar[str] = " "

    @classmethod
    def of(cls, config: RunConfig) -> WordTask:
        """The task of `config`; TaskError if its text has too few words or only one."""
        tokens = tokenised(own_text(config, STORY))
        _check_words(tokens, config.length)
        vocabulary = Vocabulary.of(tokens)
        codes = np.array(vocabulary.codes(tokens))
        return cls(vocabulary, Windows.of(config, codes, len(vocabulary.words)))

    @property
    def inputs(self) -> int:
        return len(self.vocabulary.words)

    @property
    def outputs(self) -> int:
        return len(self.vocabulary.words)

    @property
    def symbols(self) -> tuple[str, ...]:
        return self.vocabulary.words

    @property
    def answers(self) -> tuple[str, ...]:
        return self.vocabulary.words

    @property
    def note(self) -> str:
        return self.vocabulary.note

    def batch(self, step: int) -> Batch:
        return self.windows.batch(step)

    def codes_of(self, text: str) -> Codes:
        """Any text as places in the vocabulary [n]; TaskError naming the first word not in there."""
        return np.array(self.vocabulary.known(tokenised(text), "words"), dtype=np.intp)

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return self.labels(rows)

    def labels(self, rows: Array) -> tuple[str, ...]:
        """The likeliest word of each row."""
        return tuple(self.vocabulary.words[place] for place in rows.argmax(axis=-1))


def _check_words(tokens: list[str], length: int) -> None:
    if len(tokens) < 2 * length:
        raise TaskError(
            f"The text has {counted(len(tokens), 'word')}, punctuation included; with {length} time steps it "
            f"needs at least {2 * length}. Use a longer text or fewer time steps."
        )
    if len(set(tokens)) < 2:
        raise TaskError(
            f"The text repeats the single word {quoted(tokens[0])}, so there is nothing to learn. "
            "Use a text with at least two."
        )
