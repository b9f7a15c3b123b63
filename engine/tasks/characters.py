"""Read a character, name the next. Knows nothing of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from engine.config import RunConfig
from engine.errors import TaskError
from engine.sample_text import SAMPLE_TEXT
from engine.snapshot import Array
from engine.tasks.reading import counted, own_text, unknown, visible
from engine.tasks.task import Batch, Codes
from engine.tasks.windows import Windows

MAX_VOCABULARY = 256


@dataclass(frozen=True, slots=True, eq=False)
class CharacterTask:
    """One-hot characters in, softmax and cross-entropy over the next one out.

    Attributes:
        vocabulary: the distinct characters of the text, sorted; d = k = how many.
        windows: the text in codes, and how it is cut.
    """

    vocabulary: str
    windows: Windows

    kind: ClassVar[Literal["sequences"]] = "sequences"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    joint: ClassVar[str] = ""

    @classmethod
    def of(cls, config: RunConfig) -> CharacterTask:
        """The task of `config`; TaskError if its text is too short or its characters too few or too many."""
        text = own_text(config, SAMPLE_TEXT)
        vocabulary = "".join(sorted(set(text)))
        _check_text(len(text), len(vocabulary), config.length)
        places = {character: place for place, character in enumerate(vocabulary)}
        codes = np.array([places[character] for character in text])
        return cls(vocabulary, Windows.of(config, codes, len(vocabulary)))

    @property
    def codes(self) -> Codes:
        """[n] the whole text as places in `vocabulary`."""
        return self.windows.codes

    @property
    def inputs(self) -> int:
        return len(self.vocabulary)

    @property
    def outputs(self) -> int:
        return len(self.vocabulary)

    @property
    def symbols(self) -> tuple[str, ...]:
        return tuple(self.vocabulary)

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(self.vocabulary)

    def batch(self, step: int) -> Batch:
        return self.windows.batch(step)

    def codes_of(self, text: str) -> Codes:
        """Any text as places in `vocabulary` [n]; TaskError naming the first character not in there."""
        for place, character in enumerate(text):
            if character not in self.vocabulary:
                raise TaskError(unknown("characters", character, place, self.vocabulary))
        return np.array([self.vocabulary.index(character) for character in text], dtype=np.intp)

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return self.labels(rows)

    def labels(self, rows: Array) -> tuple[str, ...]:
        """The likeliest character of each row, made visible."""
        return tuple(visible(self.vocabulary[place]) for place in rows.argmax(axis=-1))


def _check_text(characters: int, distinct: int, length: int) -> None:
    if characters < 2 * length:
        raise TaskError(
            f"The text has {counted(characters, 'character')}; with {length} time steps it needs at least "
            f"{2 * length}. Use a longer text or fewer time steps."
        )
    if distinct < 2:
        raise TaskError(
            "The text repeats a single character, so there is nothing to learn. Use a text with at least two."
        )
    if distinct > MAX_VOCABULARY:
        raise TaskError(
            f"The text has {distinct} different characters; {MAX_VOCABULARY} is the most. "
            "Use a text in one alphabet."
        )
