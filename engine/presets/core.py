"""Presets of the first three units: sequences, the recurrent cell, types of RNN."""

from __future__ import annotations

import random
from dataclasses import replace

from engine.config import RunConfig
from engine.presets.preset import Preset
from engine.sample_text import SAMPLE_TEXT

_letters = list(SAMPLE_TEXT)
random.Random(1).shuffle(_letters)  # noqa: S311 - a fixed order that means nothing, no secret
SHUFFLED = "".join(_letters)  # the characters of the built-in text, without their order

_TEXT = RunConfig()
_PADDED = RunConfig(task="sentiment", length=40, hidden=48)
_BY_HAND = RunConfig(
    task="parity", cell="rnn", length=4, batch=1, hidden=2, biases="one", engine="numpy", seed=2
)
_PARITY = RunConfig(task="parity", cell="rnn", length=12)
_LATCH_3 = RunConfig(task="latch", cell="rnn", lag=3)
_32_SYMBOLS = RunConfig(
    cell="rnn", hidden=5, biases="one", length=24, text="abcdefghijklmnopqrstuvwxyz .,!?;" * 4
)
_JORDAN = RunConfig(task="sine", cell="jordan")

SEQUENCES = (
    Preset(
        "order",
        "Text, and the same letters shuffled",
        ("sequential-data", "sequential-vs-tabular"),
        _TEXT,
        "the loss",
        "In order the loss falls below 1. Shuffled, the very same characters stay above 2: what there is "
        "to learn is the order.",
        replace(_TEXT, text=SHUFFLED),
        300,
    ),
    Preset(
        "padding-cost",
        "What padding costs",
        ("why-not-ann-cnn",),
        _PADDED,
        "the steps a second, and the row of inputs: how much of it is padding",
        "At T = 40 more than 80 % of all positions are padding, at T = 12 about 60 %. The number of "
        "weights and what is learnt are the same, but each training step costs more than twice the time.",
        replace(_PADDED, length=12),
        300,
    ),
    Preset(
        "forecast",
        "Forecast of a series",
        ("rnn-applications", "many-to-many-equal", "types-overview"),
        RunConfig(task="table"),
        "the outputs beside what was wanted",
        "Each value of the built-in series is foretold from those before it; half the squared error falls "
        "below 0.02. Give your own CSV as text.",
        None,
        600,
    ),
)

CELL = (
    Preset(
        "rnn-by-hand",
        "A network small enough for paper",
        ("recurrent-layer-equation", "rnn-forward-pass", "unrolling-parameter-sharing"),
        _BY_HAND,
        "the weights, and the two hidden units at the four time steps",
        "h_0 = 0, then h_t = tanh(W_ih x_t + W_hh h_(t-1) + b_ih) at every step, with the same weights: "
        "take a pencil and get the numbers of the screen.",
        None,
        1,
    ),
    Preset(
        "parity",
        "Odd or even: one bit of memory",
        ("rnn-idea",),
        _PARITY,
        "the predictions, and the hidden units",
        "The answer depends on all inputs so far, and the plain RNN learns to carry that one bit: over 95 "
        "% right. Without a state it would be about half.",
        None,
        800,
    ),
    Preset(
        "short-memory",
        "Short memory of a plain RNN",
        ("memory-cell", "long-term-dependencies"),
        _LATCH_3,
        "the predictions at the question mark",
        "A bit is remembered over 3 steps: 100 % right. Over 10 steps the same network on the same seed "
        "stays at chance.",
        replace(_LATCH_3, lag=10),
        200,
    ),
    Preset(
        "any-length",
        "As many weights for any length",
        ("unrolling-parameter-sharing", "why-not-ann-cnn"),
        _PARITY,
        "the number of parameters",
        "Unrolled over 12 steps or over 60, the network has the same weights, as many and as large.",
        replace(_PARITY, length=60),
        1,
    ),
    Preset(
        "parameters",
        "Counting parameters",
        ("rnn-parameters", "bidirectional-cost-limits"),
        _32_SYMBOLS,
        "the number of parameters",
        "382 in all. 32 inputs, 5 units, one bias: 5 (32 + 5 + 1) = 190, and 32 (5 + 1) = 192 in the output "
        "layer. In both directions 732: the recurrent part doubles to 380, and the output layer reads 10 "
        "units and has 352.",
        replace(_32_SYMBOLS, direction="both"),
        1,
    ),
    Preset(
        "jordan",
        "Only the output comes back",
        ("rnn-computational-power", "teacher-forcing"),
        _JORDAN,
        "the loss",
        "The Jordan RNN's only memory is its last output, one number here. It foretells the wave with more "
        "than twice the loss of the plain RNN, whose 16 units come back.",
        replace(_JORDAN, cell="rnn"),
        400,
    ),
)

TYPES = (
    Preset(
        "sentiment",
        "Many to one: is it praise?",
        ("many-to-one", "types-overview", "rnn-applications"),
        RunConfig(task="sentiment", length=12),
        "the prediction at the last word",
        "One label is asked for, after the last word: every training sentence is labelled right, and dL/dz "
        "is 0 at all other steps.",
        None,
        300,
    ),
    Preset(
        "melody",
        "One to many: a melody from a mood",
        ("one-to-many", "types-overview", "rnn-applications"),
        RunConfig(task="melody", hidden=32),
        "the row of inputs: one mood, then notes; and the melody it writes",
        "From one mood the network writes notes, each its next input. Only the first note of a motif "
        "cannot be known (loss 0.17 at best); it gets below 0.3.",
        None,
        600,
    ),
    Preset(
        "caption",
        "One to many: caption of an image",
        ("one-to-many", "rnn-applications"),
        RunConfig(task="caption", hidden=64, learning_rate=0.005),
        "the predictions under the first input, which is all 64 pixels",
        "The image is read once; the caption comes character by character, over 85 % of them right.",
        None,
        1600,
    ),
    Preset(
        "tagging",
        "Many to many: a tag for every word",
        ("many-to-many-equal", "rnn-data-shape", "types-overview", "rnn-applications"),
        RunConfig(task="tagging", length=12),
        "inputs and predictions, one below the other",
        "As many tags as words, over 99 % right. Short sentences are padded, and the padding is masked: "
        "dL/dz is 0 there.",
        None,
        300,
    ),
)

PRESETS = SEQUENCES + CELL + TYPES
