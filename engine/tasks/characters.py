"""Read a character, name the next.

Windows of a text, stateless or each going on where the last one stopped. Knows nothing of cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from engine.config import RunConfig
from engine.errors import TaskError
from engine.sample_text import SAMPLE_TEXT
from engine.snapshot import Array
from engine.tasks.reading import counted, own_text, unknown, visible
from engine.tasks.task import BATCHES, Batch, Codes

MAX_VOCABULARY = 256


@dataclass(frozen=True, slots=True, eq=False)
class CharacterTask:
    """One-hot characters in, softmax and cross-entropy over the next one out.

    Attributes:
        vocabulary: the distinct characters of the text, sorted; d = k = how many.
        codes: [n] the text as places in `vocabulary`.
    """

    vocabulary: str
    codes: Codes
    one_hot: Array
    length: int
    size: int
    seed: int
    stateful: bool

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
        one_hot = np.eye(len(vocabulary))
        stateful = config.state == "stateful"
        return cls(vocabulary, codes, one_hot, config.length, config.batch, config.seed, stateful)

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
        """Windows of T + 1 characters that start anywhere, or where the last batch stopped."""
        starts, fresh = window_starts(len(self.codes), self.length, self.size, step, self.stateful, self.seed)
        windows = self.codes[np.arange(self.length + 1)[:, None] + starts]
        rows = self.one_hot[windows]
        own = following(self.length, self.size)
        return Batch(rows[:-1], rows[1:], tokens=windows[:-1], fresh=fresh, own=own)

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


def following(length: int, size: int) -> NDArray[np.bool_]:
    """[T, B] where the input is the last target of the same window: everywhere but at the first step."""
    own = np.ones((length, size), dtype=np.bool_)
    own[0] = False
    return own


def window_starts(
    total: int, length: int, size: int, step: int, stateful: bool, seed: int
) -> tuple[Codes, bool]:
    """Where the windows of one step start in a row of `total` items, and whether the state starts anew.

    Stateless: anywhere. Stateful: the row is cut into `size` equal parts, sequence b reads part
    b from its beginning, `length` items a step, and begins again at its end. At least one step
    fits, for `total` > length: where the parts would be too short they overlap.
    """
    if not stateful:
        rng = np.random.default_rng((seed, BATCHES, step))
        return rng.integers(0, total - length, size), True
    part = max(length + 1, total // size)
    steps = (part - 1) // length
    first = np.linspace(0, total - part, size).astype(np.intp)
    place = (step - 1) % steps
    return first + place * length, place == 0


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
