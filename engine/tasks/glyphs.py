"""Caption of a glyph: one image in, a sentence out, character by character. Knows nothing of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from engine.config import RunConfig
from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.exercises import BLANK
from engine.tasks.reading import visible
from engine.tasks.task import BATCHES, Batch, Codes

SIDE = 8  # pixels
GLYPHS = {  # what is drawn, by its name
    "thin cross": "..#.. ..#.. ##### ..#.. ..#..",
    "thin box": "##### #...# #...# #...# #####",
    "thin ring": ".###. #...# #...# #...# .###.",
    "thin stair": "#.... ##... .##.. ..##. ...##",
    "thick cross": "..##.. ..##.. ###### ###### ..##.. ..##..",
    "thick box": "###### ###### ##..## ##..## ###### ######",
    "thick ring": ".####. ###### ##..## ##..## ###### .####.",
    "thick stair": "##.... ####.. ####.. ..#### ..#### ....##",
}
INVERTED = ", inverted"
LONGEST = max(len(f"a {name}{INVERTED}.") for name in GLYPHS)


@dataclass(frozen=True, slots=True, eq=False)
class CaptionTask:
    """One to many: 8x8 pixels at the first step and zeros after, a caption such as "a thick ring." out.

    Each glyph stands anywhere in the image, dark on light or inverted; the caption does not say
    where. After its full stop nothing is asked for.

    Attributes:
        images: [n, 64] of all that can be drawn, 1 is dark.
        captions: [T, n] as places in `answers`, `BLANK` (place 0) after the end.
    """

    images: Array
    captions: Codes
    answers: tuple[str, ...]
    length: int
    size: int
    seed: int

    kind: ClassVar[Literal["sequences"]] = "sequences"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    inputs: ClassVar[int] = SIDE * SIDE
    symbols: ClassVar[tuple[str, ...]] = ()
    joint: ClassVar[str] = ""

    @classmethod
    def of(cls, config: RunConfig) -> CaptionTask:
        """The task of `config`; TaskError if the longest caption has more than T characters."""
        if config.length < LONGEST:
            raise TaskError(
                f"Time steps T is {config.length}; the longest caption has {LONGEST} characters. "
                f"Set Time steps T to {LONGEST} or more."
            )
        drawn = captioned()
        texts = [caption for caption, _ in drawn]
        answers = (BLANK, *sorted(set("".join(texts))))
        captions = np.zeros((config.length, len(drawn)), np.intp)
        for place, text in enumerate(texts):
            captions[: len(text), place] = [answers.index(character) for character in text]
        images = np.stack([image.ravel() for _, image in drawn])
        return cls(images, captions, answers, config.length, config.batch, config.seed)

    @property
    def outputs(self) -> int:
        return len(self.answers)

    def batch(self, step: int) -> Batch:
        rng = np.random.default_rng((self.seed, BATCHES, step))
        chosen = rng.integers(0, len(self.images), self.size)
        inputs = np.zeros((self.length, self.size, self.inputs))
        inputs[0] = self.images[chosen]
        wanted = self.captions[:, chosen]
        return Batch(inputs, np.eye(self.outputs)[wanted], (wanted > 0).astype(float))

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return tuple("image" if row.any() else BLANK for row in rows)

    def labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(visible(self.answers[place]) for place in rows.argmax(axis=-1))


def captioned() -> list[tuple[str, Array]]:
    """Every caption with every image [8, 8] that it fits."""
    found = []
    for name, lines in GLYPHS.items():
        glyph = np.array([[pixel == "#" for pixel in line] for line in lines.split()], dtype=float)
        room = SIDE - len(glyph) + 1
        for top, left in np.ndindex(room, room):
            image = np.zeros((SIDE, SIDE))
            image[top : top + len(glyph), left : left + len(glyph)] = glyph
            found += [(f"a {name}.", image), (f"a {name}{INVERTED}.", 1 - image)]
    return found
