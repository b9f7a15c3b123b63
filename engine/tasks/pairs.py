"""Pairs of a source and a target of their own lengths: how they are encoded, as pairs and as one row.

An encoder-decoder reads `Pairs`. A plain recurrent network gets the same pairs by `as_sequences`:
source, GO, then the target while it is asked for. What the pairs are about is a `Pairing`, one
for each task (`numbers`, `dates`, ...). Knows no model but by the name of its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from engine.combinations import model_of
from engine.config import RunConfig
from engine.errors import TaskError
from engine.snapshot import Array
from engine.tasks.reading import counted, unknown, visible
from engine.tasks.task import BATCHES, END, GO, PAD, Batch, Codes, Pairs

SIGNS = ("<pad>", "<go>", "<end>")  # their places are PAD, GO and END
Pair = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Pairing:
    """What the pairs of a task are.

    Attributes:
        source, target: the two alphabets, without the signs.
        longest: how many symbols the longest source and the longest target have.
        draw: (random numbers, B) -> B pairs of symbols.
        joint: what stands between two symbols of a written source; targets are written without gaps.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    longest: tuple[int, int]
    draw: Callable[[np.random.Generator, int], list[Pair]]
    joint: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class PairTask:
    """A task of pairs: kind "pairs" for an encoder-decoder, else "sequences".

    As pairs, source and target have a vocabulary each. As sequences they share one, so that an
    output can be the next input: the signs, the target's symbols, then those only the source has.
    """

    pairing: Pairing
    kind: Literal["sequences", "pairs"]
    symbols: tuple[str, ...]
    answers: tuple[str, ...]
    length: int
    size: int
    seed: int

    loss: ClassVar[Literal["cross-entropy"]] = "cross-entropy"

    @classmethod
    def of(cls, config: RunConfig, pairing: Pairing) -> PairTask:
        """The task of `config`; TaskError if a row of T steps is too short for the longest pair."""
        shared = (*SIGNS, *pairing.target, *(s for s in pairing.source if s not in pairing.target))
        if model_of(config) in ("encoder-decoder", "attention"):
            symbols, answers = (*SIGNS, *pairing.source), (*SIGNS, *pairing.target)
            return cls(pairing, "pairs", symbols, answers, config.length, config.batch, config.seed)
        needed = sum(pairing.longest) + 1
        if config.length < needed:
            raise TaskError(
                f"Time steps T is {config.length}; the longest pair of the task {config.task} needs "
                f"{needed}: {pairing.longest[0]} to read, {pairing.longest[1] + 1} to answer and to end. "
                f"Set Time steps T to {needed} or more, or Model to encoder-decoder."
            )
        return cls(pairing, "sequences", shared, shared, config.length, config.batch, config.seed)

    @property
    def inputs(self) -> int:
        return len(self.symbols)

    @property
    def outputs(self) -> int:
        return len(self.answers)

    @property
    def joint(self) -> str:
        return self.pairing.joint

    def batch(self, step: int) -> Batch | Pairs:
        pairs = self.pairs(step)
        return pairs if self.kind == "pairs" else as_sequences(pairs, self.length, self.outputs)

    def pairs(self, step: int) -> Pairs:
        """The pairs of a step, as places in `symbols` and `answers`."""
        drawn = self.pairing.draw(np.random.default_rng((self.seed, BATCHES, step)), self.size)
        longest_source, longest_target = self.pairing.longest
        source = encoded([pair[0] for pair in drawn], self.symbols, longest_source)
        ended = [(*pair[1], SIGNS[END]) for pair in drawn]
        return Pairs(source, encoded(ended, self.answers, longest_target + 1))

    def codes_of(self, text: str) -> Codes:
        """A source that somebody typed as places in `symbols` [n].

        Raises:
            TaskError: nothing was typed, it is longer than those trained on, or has unknown symbols.
        """
        parts = text.lower().replace("-", " ").split() if self.joint else list(text.strip())
        longest = self.pairing.longest[0]
        if not 1 <= len(parts) <= longest:
            noun = "word" if self.joint else "character"
            raise TaskError(f"The source has {counted(len(parts), noun)}; it must have from 1 to {longest}.")
        for place, part in enumerate(parts):
            if part not in self.pairing.source:
                raise TaskError(unknown("source", part, place, self.pairing.source))
        return np.array([self.symbols.index(part) for part in parts])

    def answer_of(self, codes: Sequence[int] | Codes) -> str:
        """Places in `answers` as they are written, up to the end sign."""
        written = ""
        for code in codes:
            if code == END:
                break
            written += "" if code in (PAD, GO) else self.answers[code]
        return written

    def input_labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(visible(self.symbols[place]) for place in rows.argmax(axis=-1))

    def labels(self, rows: Array) -> tuple[str, ...]:
        return tuple(visible(self.answers[place]) for place in rows.argmax(axis=-1))


def encoded(rows: Sequence[Sequence[str]], symbols: Sequence[str], longest: int) -> Codes:
    """B rows of symbols as places [longest, B], padded with `PAD` at the end."""
    places = {symbol: place for place, symbol in enumerate(symbols)}
    codes = np.full((longest, len(rows)), PAD)
    for b, row in enumerate(rows):
        codes[: len(row), b] = [places[symbol] for symbol in row]
    return codes


def as_sequences(pairs: Pairs, length: int, symbols: int, forced: bool = True) -> Batch:
    """Pairs of one shared vocabulary of `symbols` places as rows of T = `length` steps.

    Sequence b reads its source (n symbols), then GO, and is asked for its target from GO on
    (m symbols, the end sign included); n + m <= T. With `forced` each step after GO reads the
    last target and is marked in `own`, else it reads a blank (`PAD`).
    """
    n, m = (pairs.source != PAD).sum(axis=0), (pairs.target != PAD).sum(axis=0)
    t, b = np.arange(length)[:, None], np.arange(len(n))
    j = t - n  # which symbol of the target is asked for
    asked = (j >= 0) & (j < m)
    wanted = np.where(asked, pairs.target[j.clip(0, len(pairs.target) - 1), b], PAD)
    tokens = np.where(j < 0, pairs.source[t.clip(0, len(pairs.source) - 1), b], PAD)
    tokens[n, b] = GO
    own = asked & (j > 0)
    if forced:
        tokens[1:][own[1:]] = wanted[:-1][own[1:]]
    one_hot = np.eye(symbols)
    weights = asked.astype(float)
    return Batch(one_hot[tokens], one_hot[wanted], weights, tokens, own=own if forced else None)
