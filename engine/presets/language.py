"""Presets of the units on language, on encoder-decoders, and on what lies beyond."""

from __future__ import annotations

from dataclasses import replace

from engine.config import RunConfig
from engine.presets.preset import Preset

_CHARACTERS = RunConfig(hidden=32)
_STATEFUL = RunConfig(hidden=32, length=25, state="stateful")
_NUMBERS = RunConfig(task="numbers", cell="gru", hidden=32, batch=32)
_DATES = RunConfig(task="dates", model="attention", cell="gru", hidden=32, batch=32)
_NTM = RunConfig(task="copy", model="ntm", length=21, hidden=32)

LANGUAGE = (
    Preset(
        "language-model",
        "A language model of characters",
        ("rnn-language-model", "sampling-sequences"),
        _CHARACTERS,
        "the loss, the outputs (they add up to 1), and the text it writes",
        "From ln 24 = 3.18 nats the loss falls below 0.5. At temperature 1 more than half of what it "
        "writes are words of the text, though it never saw a word as such.",
        None,
        300,
    ),
    Preset(
        "temperature",
        "Temperature",
        ("temperature", "sampling-sequences"),
        _CHARACTERS,
        "the text it writes at temperature 0.2, 1 and 2",
        "At 0.2 nearly all words are real ones and it is sure of every letter. At 2 fewer than half are, "
        "and each letter surprises it (more than 1 nat).",
        None,
        300,
    ),
    Preset(
        "next-word",
        "Next word",
        ("next-word-predictor", "rnn-language-model"),
        RunConfig(task="words", length=20, hidden=48),
        "the predictions, and the text it writes",
        "One softmax over all words of a story. After 400 steps more than 80 % of the next words are "
        "right: the story repeats its turns of phrase.",
        None,
        400,
    ),
    Preset(
        "pear-salad",
        "The apple and pear salad",
        ("sentence-probability",),
        RunConfig(task="sentences", length=12, cell="gru"),
        'in the terminal, after training: ln P of "the apple and pear salad" and of "the apple and pair '
        'salad"',
        "Neither stands in the training sentences. The pear is at least e^2 times as probable as the pair: "
        "the network knows what stands beside apples.",
        None,
        250,
    ),
    Preset(
        "word-vectors",
        "Word vectors",
        ("word-embeddings", "word2vec-analogy"),
        RunConfig(task="skipgrams", hidden=16, batch=64),
        "the vectors W_in, in the Lab under Everything; in the terminal, after training, the words nearest "
        "to paris and to king - man + woman",
        "Words in like company come to lie together: of the three nearest to paris at least two are towns. "
        "And king - man + woman lands at queen.",
        None,
        2000,
    ),
    Preset(
        "stateful",
        "Stateful against stateless",
        ("stateful-stateless",),
        _STATEFUL,
        "the loss",
        "Each batch goes on where the last one stopped, with the state it left. Stateless, every window "
        "starts blind, and the loss stays at more than twice as much.",
        replace(_STATEFUL, state="stateless"),
        600,
    ),
)

PAIRS = (
    Preset(
        "numbers",
        "Number words to digits",
        ("many-to-many-unequal", "encoder-decoder", "encoder-and-context", "decoder-and-softmax"),
        _NUMBERS,
        "source and prediction; the context, 32 numbers whatever the length",
        "A few words in, some digits out. All that the decoder gets is the encoder's last state; over 80 % "
        "of the digits are right after 200 steps.",
        None,
        200,
    ),
    Preset(
        "translation",
        "Translating with attention",
        ("neural-machine-translation", "decoder-and-softmax", "many-to-many-unequal"),
        replace(_NUMBERS, model="attention"),
        "source, what the decoder reads (shifted by one, GO first) and writes, up to the end sign",
        "Word for word from one small language to another, with the true last symbol fed in while it "
        "learns: over 85 % right after 200 steps.",
        None,
        200,
    ),
    Preset(
        "attention",
        "Attention against one context",
        ("attention-mechanism", "encoder-decoder", "encoder-and-context"),
        _DATES,
        "the attention weights: a row for each symbol written, a column for each read",
        "Through attention a date is rewritten with over 95 % of the symbols right. With one context of "
        "fixed length it stays below 85 % at the same step. The 200 steps take some ten seconds.",
        replace(_DATES, model="encoder-decoder"),
        200,
    ),
)

BEYOND = (
    Preset(
        "pixels",
        "Images, pixel by pixel",
        ("pixelrnn",),
        RunConfig(task="pixels", length=64, hidden=48),
        "the predictions, and the image it writes (64 symbols)",
        "Each pixel is foretold from those above it and to its left: over 90 % right, where always saying "
        "light is right for about three quarters.",
        None,
        1200,
    ),
    Preset(
        "ntm",
        "A Neural Turing machine",
        ("neural-turing-machine",),
        _NTM,
        "the weights over the 16 places of the memory, read_weights and write_weights; the predictions",
        "Up to ten letters are written down and read back by soft addresses, each a row of weights that "
        "adds up to 1: over 95 % right after 400 steps, which take ten to thirty seconds. An LSTM with as "
        "many units is below 70 %.",
        replace(_NTM, model="recurrent"),
        400,
    ),
)

PRESETS = LANGUAGE + PAIRS + BEYOND
