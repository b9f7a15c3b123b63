"""Bahdanau attention: each word of the target is written with an eye on every word of the source.

    h_j   = [→h_j, ←h_j], or →h_j where the encoder reads in one direction
    s_0   = tanh(W_s ←h_1), or tanh(W_s →h_S);  an LSTM's c_0 = 0
    e_ij  = vᵀ tanh(W s_{i-1} + U h_j)            how well word j of the source fits
    α_ij  = exp(e_ij) / Σ_j exp(e_ij)             over the words that are not PAD
    c_i   = Σ_j α_ij h_j
    s_i   = cell([E y_{i-1}, c_i], s_{i-1})
    z_i   = W_o [s_i, c_i] + b_o                  the paper has a maxout layer here

(Bahdanau et al. 2015, eq. 4-6 and appendix A.1.2, A.2.2.) Knows no task.
"""

from __future__ import annotations

import torch
from torch import Tensor

from engine.config import RunConfig
from engine.models.seq2seq import EncoderDecoder, Sentence
from engine.models.taped import Tape
from engine.models.taped_cells import TapedCell
from engine.parameters import Shapes
from engine.tasks.task import PAD, Task


class Attention(EncoderDecoder):
    """The encoder-decoder with attention; a = h annotations, 2h when the encoder is bidirectional.

    θ has besides: the weights of the encoder with "_reverse", attention.W [h, h], attention.U
    [h, a], attention.v [h] and W_s [h, h]. `named` has what EncoderDecoder has, and:

        encoder.h_reverse ..     the backward network, in the order of the source
        s_0 [1, h]
        scores [U, S]            e, as computed, also at PAD
        attention [U, S]         α, 0 at PAD
        context [U, a]           c
    """

    def __init__(self, config: RunConfig, task: Task) -> None:
        super().__init__(config, task)
        both = config.direction == "both"
        self.backward = TapedCell(config.cell, "encoder", config.gru_update, "_reverse") if both else None

    @property
    def shapes(self) -> Shapes:
        h, (source, target) = self.hidden, self.words
        a = 2 * h if self.backward else h
        return {
            "encoder.E": (source, h),
            **self.encoder.shapes(h, h),
            **(self.backward.shapes(h, h) if self.backward else {}),
            "W_s": (h, h),
            "attention.W": (h, h),
            "attention.U": (h, a),
            "attention.v": (h,),
            "decoder.E": (target, h),
            **self.decoder.shapes(h + a, h),
            "W_o": (target, h + a),
            "b_o": (target,),
        }

    def read(self, tape: Tape, source: Tensor) -> Sentence:
        w = tape.weights
        states = self.encode(tape, self.encoder, source)
        annotations, last = torch.stack([state[0] for state in states], dim=1), states[-1][0]
        if self.backward:
            back = self.encode(tape, self.backward, source.flip(0))
            last = back[-1][0]
            annotations = torch.cat(
                (annotations, torch.stack([state[0] for state in back[::-1]], dim=1)), dim=2
            )
        first = tape.keep("s_0", torch.tanh(last @ w["W_s"].T))
        state = (first, *self.decoder.start(first)[1:])
        return Sentence(state, annotations, annotations @ w["attention.U"].T, (source != PAD).T)

    def context(self, tape: Tape, sentence: Sentence, s: Tensor) -> tuple[Tensor, ...]:
        w = tape.weights
        wanted = (s @ w["attention.W"].T).unsqueeze(1)
        e = tape.keep("scores", torch.tanh(wanted + sentence.keys) @ w["attention.v"])
        alpha = tape.keep("attention", e.masked_fill(~sentence.real, -torch.inf).softmax(dim=1))
        return (tape.keep("context", (alpha.unsqueeze(1) @ sentence.annotations).squeeze(1)),)
