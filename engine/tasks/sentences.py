"""How probable a sentence is: P(w_1 .. w_n, end) = Π P(w_t | w_1 .. w_{t-1})  (chain rule).

A sentence is read after `END_OF_SENTENCE` and asked for up to the next one. Knows no network but
as a `Stepper`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.config import RunConfig
from engine.errors import TaskError
from engine.losses import log_softmax
from engine.models.model import Stepper
from engine.snapshot import Array
from engine.tasks.data_sentences import SENTENCES
from engine.tasks.examples import PADDING, ExampleTask, Row
from engine.tasks.reading import Vocabulary, own_text, sentences_of

END_OF_SENTENCE = "<end>"
_END = 1  # its place, after the padding


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence judged word by word.

    Attributes:
        words: [n + 1] the sentence and its end.
        ln_p: [n + 1] ln P(word | words before it), in nats.
        candidates: [n + 1, k] the same for every word of the vocabulary.
    """

    words: tuple[str, ...]
    ln_p: Array
    candidates: Array

    @property
    def total(self) -> float:
        """ln P of the whole sentence."""
        return float(self.ln_p.sum())


def sentence_task(config: RunConfig) -> ExampleTask:
    """One sentence a row; TaskError if there are fewer than two, all the same, or one is too long for T."""
    sentences = sentences_of(own_text(config, SENTENCES))
    if len({tuple(sentence) for sentence in sentences}) < 2:
        raise TaskError(
            "The text needs at least two different sentences, each on a line of its own or ended by a "
            f"full stop; it has {len(set(map(tuple, sentences)))}. Use a longer text."
        )
    signs = (PADDING, END_OF_SENTENCE)
    vocabulary = Vocabulary.of((word for sentence in sentences for word in sentence), signs)
    rows = []
    for sentence in sentences:
        codes = vocabulary.codes(sentence)
        rows.append(Row((_END, *codes), (*codes, _END), (1,) * (len(codes) + 1)))
    return ExampleTask.of(config, vocabulary, vocabulary.words, rows, chained=True)


def log_probability(stepper: Stepper, task: ExampleTask, sentence: str) -> Scored:
    """The sentence as the network judges it, in nats.

    Raises:
        TaskError: no word at all, or one that the network has never seen, with the closest known ones.
    """
    found = sentences_of(sentence)
    words = [word for part in found for word in part]
    if not words:
        raise TaskError(f"The sentence {sentence!r} has no words; type at least one.")
    codes = task.vocabulary.known(words, "words")
    state = stepper.start()
    logs = []
    for code in (_END, *codes):
        state, z = stepper.feed(state, code)
        logs.append(log_softmax(z))
    candidates = np.array(logs)
    asked = (*codes, _END)
    return Scored((*words, END_OF_SENTENCE), candidates[np.arange(len(asked)), asked], candidates)
