"""Presets of the units on training and on unstable gradients, the bad runs among them."""

from __future__ import annotations

from dataclasses import replace

from engine.config import RunConfig
from engine.presets.preset import Preset

_SMALL_TEXT = RunConfig(batch=1, hidden=8, length=8)
_SGD = RunConfig(
    task="sine",
    cell="rnn",
    length=6,
    batch=1,
    hidden=4,
    optimiser="sgd",
    learning_rate=0.1,
    clip=0.0,
    engine="numpy",
)
_BPTT = replace(_SGD, task="latch", length=4, lag=3, hidden=3, biases="one")
_USUAL_LATCH = RunConfig(task="latch", lag=10)
_LATCH = replace(_USUAL_LATCH, forget_bias=2.0)
_RNN_LATCH = replace(_LATCH, cell="rnn")
_LONG_TEXT = RunConfig(hidden=32, length=100)
_FORCED = RunConfig(hidden=32)
_SINE = RunConfig(task="sine")
_EXPLODES = RunConfig(
    cell="rnn",
    activation="identity",
    gain=1.6,
    optimiser="sgd",
    learning_rate=0.3,
    clip=0.0,
)
_RELU = RunConfig(task="latch", length=40, lag=30, cell="rnn", activation="relu", init="identity")
_LONG_LATCH = RunConfig(task="latch", length=64, lag=60, cell="gru")
_DEEP_LATCH = replace(_USUAL_LATCH, layers=4, residual="yes")
_TWO_SEQUENCES = RunConfig(batch=2, norm="batch")

TRAINING = (
    Preset(
        "sequence-loss",
        "The loss of a sequence, term by term",
        ("sequence-loss",),
        _SMALL_TEXT,
        "the outputs and the loss",
        "The loss is the mean over the 8 steps of -ln p, p being the probability the network gave to the "
        "right character. At the start it is near ln 24 = 3.18, that of a guess among 24.",
        None,
        1,
    ),
    Preset(
        "weight-update",
        "One step of gradient descent",
        ("weight-update-chain-rule",),
        _SGD,
        "W_o before and after a step, dL/dz and the hidden states",
        "dL/dW_o is the sum over time of dL/dz_t times h_t; the step takes 0.1 of it away, and nothing else.",
        None,
        2,
    ),
    Preset(
        "bptt",
        "Back through four steps",
        ("bptt-derivation",),
        _BPTT,
        "the slopes dL/da_t of all four steps, though only the last has a loss",
        "dL/dW_hh is a sum with one term a step, dL/da_t times h_(t-1); each dL/da_t is the next one "
        "carried back through W_hh and tanh'.",
        None,
        2,
    ),
    Preset(
        "bptt-cost",
        "Four times the steps",
        ("bptt-cost",),
        _LONG_TEXT,
        "the steps a second",
        "T = 100 takes three to four times as long as T = 25 for each training step, not sixteen times: "
        "the cost of BPTT grows with T, not with its square.",
        replace(_LONG_TEXT, length=25),
        60,
    ),
    Preset(
        "truncated-bptt",
        "Truncated BPTT that is too short",
        ("bptt-cost", "long-term-dependencies"),
        replace(_USUAL_LATCH, truncate=5),
        "the predictions at the question mark, and dL/dh over time: it ends after 5 steps",
        "The bit lies 10 steps back and the gradient travels 5: the LSTM stays at chance. With whole BPTT "
        "it gets 100 % on the same seed.",
        _USUAL_LATCH,
        200,
    ),
    Preset(
        "exposure-bias",
        "Exposure bias",
        ("teacher-forcing",),
        _FORCED,
        "the loss when Teacher forcing is turned to 0 after 400 steps",
        "Fed with true characters the network is good (loss below 0.4). Fed with its own it falls apart "
        "(above 5): it has never seen its own mistakes. Trained at 0.5 it loses less there.",
        replace(_FORCED, teacher_forcing=0.5),
        400,
    ),
    Preset(
        "learning-rate-too-high",
        "Learning rate too high",
        ("weight-update-chain-rule", "activation-and-initialisation"),
        replace(_SINE, learning_rate=3.0),
        "the loss",
        "The loss jumps about and stays above 0.125, which always saying 0 would get. With 0.01 it falls "
        "below 0.01.",
        _SINE,
        300,
    ),
    Preset(
        "learning-rate-too-low",
        "Learning rate too low",
        ("weight-update-chain-rule",),
        replace(_SINE, learning_rate=1e-5),
        "the loss",
        "After 300 steps the loss is still above 0.1, where it began. With 0.01 it falls below 0.01.",
        _SINE,
        300,
    ),
    Preset(
        "optimisers",
        "SGD against Adam",
        ("activation-and-initialisation", "weight-update-chain-rule"),
        RunConfig(optimiser="sgd"),
        "the loss",
        "With the same learning rate of 0.01 plain SGD has hardly begun after 300 steps (loss above 2.8); "
        "Adam, which scales each weight's step, is below 1.",
        RunConfig(),
        300,
    ),
)

GRADIENTS = (
    Preset(
        "vanishing",
        "Vanishing gradient: RNN against LSTM",
        ("vanishing-exploding-gradients", "lstm-motivation", "long-term-dependencies"),
        _RNN_LATCH,
        "the predictions at the question mark; at the first step also the length of dL/dh_t over time",
        "A bit has to be kept for 10 steps. In the RNN the gradient that reaches the first step is below 2 "
        "% of what it was at the question, and it stays at chance. The LSTM gets 100 % on the same seed.",
        _LATCH,
        200,
    ),
    Preset(
        "exploding",
        "Exploding gradient without clipping",
        ("vanishing-exploding-gradients", "gradient-clipping", "activation-and-initialisation"),
        _EXPLODES,
        "the loss and the gradient norm",
        "Nothing bounds the state of a linear RNN. The loss falls at first; then W_hh is so large that an "
        "error grows at every step back. The norm, 1.7 at the start, jumps to 10, 100 and beyond all "
        "bounds: the run explodes near step 54. Clipped at norm 1, the same run learns (loss below 1).",
        replace(_EXPLODES, clip=1.0),
        300,
    ),
    Preset(
        "long-memory",
        "Sixty steps of memory",
        ("long-term-dependencies", "gru-idea"),
        _LONG_LATCH,
        "the predictions at the question mark",
        "The GRU keeps a bit for 60 steps, 100 % right; the plain RNN on the same seed stays at chance.",
        replace(_LONG_LATCH, cell="rnn"),
        300,
    ),
    Preset(
        "orthogonal",
        "Orthogonal initial weights",
        ("activation-and-initialisation",),
        replace(_RNN_LATCH, init="orthogonal", hidden=32),
        "the length of dL/dh_t over time at the first step, then the predictions",
        "An orthogonal W_hh keeps the length of a gradient, and the plain RNN learns a lag of 10 within "
        "100 steps. With uniform weights it is still at chance.",
        replace(_RNN_LATCH, hidden=32),
        100,
    ),
    Preset(
        "identity-relu",
        "ReLU on an identity matrix",
        ("activation-and-initialisation",),
        _RELU,
        "the predictions at the question mark",
        "Started as the identity, ReLU units just keep what they have: a bit survives 30 steps, 100 % "
        "right. Started from uniform weights, the same network stays at chance.",
        replace(_RELU, init="uniform"),
        200,
    ),
    Preset(
        "sigmoid-state",
        "Sigmoid instead of tanh",
        ("activation-and-initialisation",),
        replace(_RNN_LATCH, lag=3, activation="sigmoid"),
        "the predictions at the question mark, for a lag of only 3",
        "The slope of a sigmoid is 1/4 at most, so the gradient is gone after three steps: chance. With "
        "tanh, 100 %.",
        replace(_RNN_LATCH, lag=3),
        150,
    ),
    Preset(
        "clipping",
        "Clipping keeps a run alive",
        ("gradient-clipping",),
        replace(_EXPLODES, clip=1.0),
        "the gradient norm before clipping, and the loss",
        "Now and then the norm jumps above 3; cut to 1 it does no harm, and the loss falls below 1. "
        "Without clipping the run explodes near step 54.",
        _EXPLODES,
        300,
    ),
    Preset(
        "regulariser",
        "Pascanu's regulariser",
        ("gradient-regularisation",),
        replace(_RNN_LATCH, regulariser=1.0),
        "the predictions at the question mark, and Ω over time",
        "Asked to keep the length of the error signal from step to step, the plain RNN learns a lag of 10. "
        "Without the penalty it stays at chance.",
        _RNN_LATCH,
        300,
    ),
    Preset(
        "residual",
        "Residual links through four layers",
        ("residual-connections", "deep-rnn"),
        _DEEP_LATCH,
        "the predictions at the question mark",
        "Four LSTM layers with links around each of them learn the latch in 150 steps; without the links "
        "they are still at chance.",
        replace(_DEEP_LATCH, residual="no"),
        150,
    ),
    Preset(
        "batch-norm",
        "Batch norm with a batch of two",
        ("batch-normalization", "layer-normalization"),
        _TWO_SEQUENCES,
        "the loss",
        "Mean and variance of two sequences say little: the loss is still above 1.5. Layer norm asks "
        "nothing of the batch and is below 1.",
        replace(_TWO_SEQUENCES, norm="layer"),
        300,
    ),
    Preset(
        "layer-norm",
        "Layer norm in a plain RNN",
        ("layer-normalization",),
        replace(_RNN_LATCH, norm="layer"),
        "the predictions at the question mark",
        "Normalised over its units at every step, the plain RNN keeps a bit for 10 steps. Without it, it "
        "stays at chance.",
        _RNN_LATCH,
        200,
    ),
)

PRESETS = TRAINING + GRADIENTS
