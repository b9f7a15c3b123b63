"""Encoder-decoder: one network reads a sentence to its end, a second writes another from what is left.

    s_0 = the encoder's last state, h and c     (Sutskever et al. 2014; Cho et al. 2014 feed it at each step)
    s_i = cell(E y_{i-1}, s_{i-1}),  y_0 = GO
    z_i = W_o s_i + b_o,  p(y_i | y_1 .. y_{i-1}, source) = softmax(z_i)

All the decoder ever learns of the source is s_0: the bottleneck that `attention` widens, which
is built on this file. The loss is the mean of -ln p(y_i) over the words of the target that are
not PAD. Autograd does the way back. Knows no task.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine import parameters
from engine.config import RunConfig
from engine.errors import TaskError
from engine.losses import share_right
from engine.models.model import Look, Moment, Picture
from engine.models.start import start
from engine.models.taped import Tape, numbers, tensor
from engine.models.taped_cells import SHOWN, State, TapedCell
from engine.parameters import Shapes
from engine.snapshot import Array
from engine.tasks.task import END, GO, PAD, Codes, Pairs, Task


class Sentence(NamedTuple):
    """A source as the decoder knows it.

    Attributes:
        first: the decoder's state before its first word.
        annotations: [B, S, a] what can be attended to; empty without attention.
        keys: [B, S, h] the part of the scores that does not depend on the decoder.
        real: [B, S] where the source is not PAD.
    """

    first: State
    annotations: Tensor
    keys: Tensor
    real: Tensor


class EncoderDecoder:
    """The model without attention. θ: encoder.E, encoder.W_ih .., decoder.E, decoder.W_ih .., W_o, b_o.

    Embeddings E are [V, h], one row a word. In a Picture, S source and U target positions, PAD
    included: inputs are the source [S, V_source], the rest is the decoder's, [U, ...]. `named`:

        encoder.h, encoder.dh [S, h]; LSTM also encoder.f i g o c dc; GRU encoder.z r m n
        decoder.h, decoder.dh [U, h], and the same letters
        context [1, h]      the last h of the encoder, all that the decoder gets
        z [U, k], fed [U, k]  outputs before softmax; the word read at each step, one-hot
    """

    arithmetic = "torch autograd, float64"

    def __init__(self, config: RunConfig, task: Task) -> None:
        self.encoder = TapedCell(config.cell, "encoder", config.gru_update)
        self.decoder = TapedCell(config.cell, "decoder", config.gru_update)
        self.hidden = config.hidden
        self.words = task.inputs, task.outputs  # how many, of the source and of the target

    @property
    def shapes(self) -> Shapes:
        h, (source, target) = self.hidden, self.words
        return {
            "encoder.E": (source, h),
            **self.encoder.shapes(h, h),
            "decoder.E": (target, h),
            **self.decoder.shapes(h, h),
            "W_o": (target, h),
            "b_o": (target,),
        }

    def initial(self, config: RunConfig, rng: np.random.Generator) -> Array:
        return start(self.shapes, config, rng)

    def look(self, theta: Array, batch: Pairs, moment: Moment) -> Look:
        """Forward, loss, backward. Step i + 1 reads the true word i where the coin of step i says so.

        One coin decides for the whole batch: the share of heads is the knob teacher_forcing. The
        network's own word is its likeliest; no gradient goes through that choice.
        """
        tape = Tape(theta, self.shapes)
        forced = moment.rng().random(len(batch.target)) < moment.knobs.teacher_forcing
        target = tensor(batch.target)
        z = self._decode(tape, self.read(tape, tensor(batch.source)), target, forced)
        loss = torch.nn.functional.cross_entropy(z.flatten(0, 1), target.flatten(), ignore_index=PAD)
        gradient = tape.gradient(loss, _states(tape))
        return Look(loss.item(), gradient, (), lambda b: self._picture(tape, batch, b))

    def translate(self, weights: Mapping[str, Array], source: Codes, most: int) -> Codes:
        """The likeliest next word again and again: [most, B] for sources [S, B], PAD after each END.

        Raises:
            TaskError: a source without a single word.
        """
        _check_not_empty(source)
        tape = Tape(parameters.flat(weights, self.shapes), self.shapes)
        with torch.no_grad():
            sentence = self.read(tape, tensor(source))
            own = torch.zeros((most, source.shape[1]), dtype=torch.int64)
            z = self._decode(tape, sentence, own, np.zeros(most, dtype=bool))
        written = z.argmax(dim=2).numpy()
        ended = np.cumsum(written == END, axis=0) - (written == END)  # how many ENDs came before
        return np.where(ended > 0, PAD, written)

    def stepper(self, weights: Mapping[str, Array], source: Codes) -> Writer:
        """The decoder over one source [S], ready to be fed `GO`; TaskError for a source without a word."""
        _check_not_empty(source)
        tape = Tape(parameters.flat(weights, self.shapes), self.shapes)
        with torch.no_grad():
            return Writer(self, tape, self.read(tape, tensor(source[:, None])))

    # --- the parts, which attention has in its own way ------------------------------------------

    def read(self, tape: Tape, source: Tensor) -> Sentence:
        """Read source [S, B] to its end; at PAD the state stays as it is."""
        state = self.encode(tape, self.encoder, source)[-1]
        tape.keep("context", state[0])
        nothing = torch.empty(0)
        return Sentence(state, nothing, nothing, nothing)

    def context(self, tape: Tape, sentence: Sentence, s: Tensor) -> tuple[Tensor, ...]:  # noqa: ARG002 - attention's
        """What beside the last word goes into a decoder step, and beside s_i into its output."""
        return ()

    # --- the same for both ----------------------------------------------------------------------

    def encode(self, tape: Tape, cell: TapedCell, source: Tensor) -> list[State]:
        """The states of `cell` after each word of source [S, B], in the order read."""
        embedded = tape.weights["encoder.E"][source]
        state = cell.start(embedded[0])
        states = []
        for x, real in zip(embedded, (source != PAD).unsqueeze(2), strict=True):
            state = cell.step(tape, x, state, real)
            states.append(state)
        return states

    def step(self, tape: Tape, sentence: Sentence, state: State, word: Tensor) -> tuple[State, Tensor]:
        """The state after reading words [B], and z [B, k]."""
        w = tape.weights
        seen = self.context(tape, sentence, state[0])
        state = self.decoder.step(tape, torch.cat((w["decoder.E"][word], *seen), dim=1), state)
        z = torch.cat((state[0], *seen), dim=1) @ w["W_o"].T + w["b_o"]
        return state, tape.keep("z", z)

    def _decode(self, tape: Tape, sentence: Sentence, target: Tensor, forced: NDArray[np.bool_]) -> Tensor:
        state, word = sentence.first, torch.full_like(target[0], GO)
        found = []
        for true, take_true in zip(target, forced, strict=True):
            tape.keep("fed", word)
            state, z = self.step(tape, sentence, state, word)
            word = true if take_true else z.argmax(dim=1)
            found.append(z)
        return torch.stack(found)

    def _picture(self, tape: Tape, batch: Pairs, b: int) -> Picture:
        named = {name: tape.values(name, b) for name in tape.names()}
        for name in _states(tape):
            place, _, letter = name.rpartition(".")
            named[f"{place}.d{letter}"] = tape.slopes(name, b)
        source, target = (np.eye(size, dtype=named["z"].dtype) for size in self.words)
        named["fed"] = target[named["fed"].astype(np.intp)]
        return Picture(
            inputs=source[batch.source[:, b]],
            wanted=target[batch.target[:, b]],
            outputs=numbers(tensor(named["z"]).softmax(dim=1)),
            hidden=named["decoder.h"],
            dh=named["decoder.dh"],
            gates={letter: named[f"decoder.{letter}"] for letter in SHOWN[self.decoder.kind]},
            named=named,
            right=share_right(tape.batch("z"), target[batch.target], (batch.target != PAD).astype(float)),
        )


def _states(tape: Tape) -> tuple[str, ...]:
    """The names of the hidden and cell states on a tape."""
    return tuple(
        name for name in tape.names() if name.rpartition(".")[2].removesuffix("_reverse") in ("h", "c")
    )


@dataclass(frozen=True, slots=True)
class Writer:
    """A decoder that has read its source: a Stepper, for sampling and beam search. Feed it GO first."""

    model: EncoderDecoder
    tape: Tape
    sentence: Sentence

    def start(self) -> tuple[Array, ...]:
        return tuple(numbers(part) for part in self.sentence.first)

    def feed(self, state: tuple[Array, ...], place: int) -> tuple[tuple[Array, ...], Array]:
        with torch.no_grad():
            before = tuple(tensor(part) for part in state)
            after, z = self.model.step(self.tape.blank(), self.sentence, before, torch.tensor([place]))
        return tuple(numbers(part) for part in after), numbers(z[0])


def exact_match(written: Codes, target: Codes) -> float:
    """The share of the sentences [U, B] that are right word for word; what comes after END does not count."""
    most = max(len(written), len(target))
    ours, theirs = (
        np.pad(codes, ((0, most - len(codes)), (0, 0)), constant_values=PAD) for codes in (written, target)
    )
    return float((ours == theirs).all(axis=0).mean())


def _check_not_empty(source: Codes) -> None:
    if not (source != PAD).any(axis=0).all():
        raise TaskError("The source has no word, so there is nothing to translate. Give at least one.")
