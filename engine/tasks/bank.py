"""Which bank, river or money: asked at the word itself, and only what comes after it tells.

A network that reads forward stays at chance (loss ln 2); one that reads in both directions can
know. Knows nothing of cells.
"""

from __future__ import annotations

from engine.config import RunConfig
from engine.tasks.data_bank import WHICH
from engine.tasks.examples import PADDING, ExampleTask, Row
from engine.tasks.reading import Vocabulary, tokenised

ANSWERS = ("money", "river")


def bank_task(config: RunConfig) -> ExampleTask:
    """The sentences of `WHICH`; TaskError if T is too short for the longest."""
    tokens = [tokenised(sentence) for _, sentence in WHICH]
    vocabulary = Vocabulary.of((word for sentence in tokens for word in sentence), (PADDING,))
    rows = []
    for (label, _), sentence in zip(WHICH, tokens, strict=True):
        asked = [int(word == "bank") for word in sentence]
        rows.append(Row(vocabulary.codes(sentence), [ANSWERS.index(label) * at for at in asked], asked))
    return ExampleTask.of(config, vocabulary, ANSWERS, rows)
