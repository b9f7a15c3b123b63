"""Melody from a mood: one word in, notes out, each from the mood and the notes before it.

The motifs are our own. Knows nothing of cells or of sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from engine.config import RunConfig
from engine.snapshot import Array
from engine.tasks.task import BATCHES, Batch, Codes
from engine.tasks.windows import following

HOLD = "-"  # the note before sounds on
BEATS = 8  # eighth notes of a motif
MOTIFS = {  # of each mood, each with a first note of its own
    "happy": (
        "c4 e4 g4 e4 c5 g4 e4 c4",
        "e4 g4 c5 - g4 e4 c4 -",
        "g4 a4 b4 c5 d5 c5 b4 g4",
        "d4 e4 f4 g4 a4 g4 e4 c4",
    ),
    "sad": (
        "a4 - g4 - e4 - c4 -",
        "c4 d4 e4 - d4 c4 a3 -",
        "e4 f4 e4 - d4 c4 d4 -",
        "b3 c4 d4 - c4 b3 a3 -",
    ),
    "calm": (
        "c4 - g4 - e4 - - -",
        "d4 - a4 - g4 - - -",
        "e4 - c5 - a4 - - -",
        "g4 - e4 - d4 - - -",
    ),
    "tense": (
        "b3 c4 b3 c4 gb4 - f4 -",
        "f4 gb4 f4 gb4 b4 - bb4 -",
        "c4 db4 d4 eb4 e4 f4 gb4 -",
        "eb4 - a4 - eb4 - a4 -",
    ),
}
MOODS = tuple(MOTIFS)
_NAMES = ("c", "db", "d", "eb", "e", "f", "gb", "g", "ab", "a", "bb", "b")
_USED = set(" ".join(motif for motifs in MOTIFS.values() for motif in motifs).split())
NOTES = tuple(note for octave in (3, 4, 5) for name in _NAMES if (note := f"{name}{octave}") in _USED)
SYMBOLS = (*MOODS, HOLD, *NOTES)
_PLACES = np.array(
    [[[SYMBOLS.index(note) for note in motif.split()] for motif in motifs] for motifs in MOTIFS.values()]
)  # [moods, motifs, beats]


@dataclass(frozen=True, slots=True)
class MelodyTask:
    """One to many: a mood at the first step, then T notes, each read again as the next input.

    A melody is motifs of its mood one after another, drawn anew each time. The first note tells
    the motif, so that only there is something that cannot be known: the loss of a perfect network
    is ln 4 times the motifs begun, over T; 0.173 at T = 24.
    """

    length: int
    size: int
    seed: int

    kind: ClassVar[Literal["sequences"]] = "sequences"
    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"
    inputs: ClassVar[int] = len(SYMBOLS)
    outputs: ClassVar[int] = len(SYMBOLS)
    symbols: ClassVar[tuple[str, ...]] = SYMBOLS
    answers: ClassVar[tuple[str, ...]] = SYMBOLS
    joint: ClassVar[str] = " "

    @classmethod
    def of(cls, config: RunConfig) -> MelodyTask:
        return cls(config.length, config.batch, config.seed)

    def batch(self, step: int) -> Batch:
        rng = np.random.default_rng((self.seed, BATCHES, step))
        moods = rng.integers(0, len(MOODS), self.size)
        motifs = rng.integers(0, _PLACES.shape[1], (self.size, -(-self.length // BEATS)))
        notes: Codes = _PLACES[moods[:, None], motifs].reshape(self.size, -1)[:, : self.length].T
        tokens = np.concatenate([moods[None], notes[:-1]])
        one_hot = np.eye(len(SYMBOLS))
        own = following(self.length, self.size)
        return Batch(one_hot[tokens], one_hot[notes], tokens=tokens, own=own)

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return self.labels(rows)

    def labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(SYMBOLS[place] for place in rows.argmax(axis=-1))
