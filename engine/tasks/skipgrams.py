"""Word vectors: a word, one of its neighbours, and words that were only drawn (Mikolov et al. 2013).

Every pair of words at most `WINDOW` apart in a sentence is an example. The drawn words follow
P(w) ∝ count(w)^0.75, as in the paper, and are never the neighbour itself. Knows no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from engine.config import RunConfig
from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.data_skipgrams import CORPUS
from engine.tasks.reading import Vocabulary, counted, own_text, sentences_of
from engine.tasks.task import BATCHES, Codes, SkipGrams

WINDOW = 2  # words to each side
NEGATIVES = 5  # drawn words for each pair
POWER = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class SkipGramTask:
    """Pairs of neighbours in the order of the text.

    Attributes:
        vocabulary: the V words; d = k = V.
        centres, contexts: [n] each pair, both ways round.
        shares: [V] how often a word is drawn as one that was not there: count^0.75, in whole
            numbers so that the sums are exact.
    """

    vocabulary: Vocabulary
    centres: Codes
    contexts: Codes
    shares: Codes
    size: int
    seed: int

    kind: ClassVar[Literal["skip-grams"]] = "skip-grams"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    joint: ClassVar[str] = " "

    @classmethod
    def of(cls, config: RunConfig) -> SkipGramTask:
        """The task of `config`; TaskError if no words stand together, or fewer than three differ."""
        sentences = sentences_of(own_text(config, "\n".join(CORPUS)))
        vocabulary = Vocabulary.of(word for sentence in sentences for word in sentence)
        pairs = _neighbours([vocabulary.codes(sentence) for sentence in sentences])
        if len(vocabulary.words) < 3 or not pairs:
            raise TaskError(
                f"The text has {counted(len(vocabulary.words), 'different word')} and "
                f"{counted(len(pairs), 'pair')} of neighbours; it needs at least three words and a sentence "
                "of two. Use a longer text."
            )
        centres, contexts = np.array(pairs).T
        counts = np.bincount([code for sentence in sentences for code in vocabulary.codes(sentence)])
        shares = np.round(1000 * counts**POWER).astype(np.intp)
        return cls(vocabulary, centres, contexts, shares, config.batch, config.seed)

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

    def batch(self, step: int) -> SkipGrams:
        rng = np.random.default_rng((self.seed, BATCHES, step))
        pair = rng.integers(0, len(self.centres), self.size)
        context = self.contexts[pair]
        return SkipGrams(self.centres[pair], context, self._others(context, rng))

    def _others(self, context: Codes, rng: np.random.Generator) -> Codes:
        """[B, n] words drawn by `shares` with each row's own context word taken out.

        A number below the sum of the other shares is drawn, and moved past the gap the word leaves.
        """
        upper, gap = self.shares.cumsum(), self.shares[context][:, None]
        drawn = rng.integers(0, upper[-1] - gap, (len(context), NEGATIVES))
        drawn += gap * (drawn >= upper[context][:, None] - gap)
        return np.searchsorted(upper, drawn, side="right")

    def codes_of(self, text: str) -> Codes:
        """Words as places in the vocabulary [n]; TaskError naming the first one not in there."""
        words = [word for sentence in sentences_of(text) for word in sentence]
        return np.array(self.vocabulary.known(words, "words"), dtype=np.intp)

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return self.labels(rows)

    def labels(self, rows: Array) -> tuple[str, ...]:
        """The likeliest word of each row."""
        return tuple(self.vocabulary.words[place] for place in rows.argmax(axis=-1))


def _neighbours(sentences: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Each word with each of those at most `WINDOW` places before and after it."""
    return [
        (centre, sentence[j])
        for sentence in sentences
        for i, centre in enumerate(sentence)
        for j in range(max(0, i - WINDOW), min(len(sentence), i + WINDOW + 1))
        if j != i
    ]
