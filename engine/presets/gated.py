"""Presets of the units on the LSTM, the GRU, and deep and bidirectional networks."""

from __future__ import annotations

from dataclasses import replace

from engine.config import RunConfig
from engine.presets.core import SHUFFLED
from engine.presets.preset import Preset

_LSTM_BY_HAND = RunConfig(task="latch", length=4, lag=3, batch=1, hidden=2, biases="one", engine="numpy")
_LATCH = RunConfig(task="latch", lag=10, forget_bias=2.0)
_LONG_LATCH = RunConfig(task="latch", length=64, lag=60, forget_bias=5.0)
_ADDING = RunConfig(task="adding", length=20)
_GRU_BY_HAND = replace(_LSTM_BY_HAND, cell="gru")
_GRU = replace(_ADDING, cell="gru")
_BANK = RunConfig(task="bank", length=12, cell="rnn", direction="both")
_CHEAT = RunConfig(hidden=32, direction="both", text=SHUFFLED)
_DEEP = RunConfig(layers=3)
_DROPOUT = RunConfig(cell="gru", layers=2, hidden=32, dropout=0.5)

LSTM = (
    Preset(
        "lstm-by-hand",
        "An LSTM small enough for paper",
        (
            "lstm-equations",
            "pointwise-operations",
            "input-gate-and-cell-update",
            "output-gate",
            "forget-gate",
        ),
        _LSTM_BY_HAND,
        "the equations of c and h with their numbers, and the bars of all gates, at four time steps",
        "c_t = f c_(t-1) + i g and h_t = o tanh(c_t), entry by entry. What goes into them is seen as bars: "
        "i, f and o between 0 and 1, g between -1 and 1.",
        None,
        1,
    ),
    Preset(
        "lstm-states",
        "Cell state and hidden state",
        ("lstm-states", "output-gate", "lstm-motivation"),
        _LATCH,
        "the states c and h after training",
        "c and h have the same length, but c grows well beyond 1 while it keeps the bit; what the cell "
        "shows, h = o tanh(c), never leaves -1 .. 1.",
        None,
        200,
    ),
    Preset(
        "forget-bias",
        "A forget gate that starts open",
        ("forget-gate", "activation-and-initialisation"),
        _LONG_LATCH,
        "the forget gate f, and the predictions at the question mark",
        "With a bias of 5 the forget gate starts above 0.9 and a bit survives 60 steps: 100 %. With the "
        "usual 1 the same LSTM is still at chance.",
        replace(_LONG_LATCH, forget_bias=1.0),
        600,
    ),
    Preset(
        "cell-update",
        "When the cell state changes",
        ("input-gate-and-cell-update", "pointwise-operations"),
        _ADDING,
        "the cell state c at the two marked steps",
        "Two marked numbers have to be added. The cell state changes at the marks at least 1.5 times as "
        "much as at the other steps, and the sum comes out (loss below 0.02; always saying 1 gives 0.083).",
        None,
        900,
    ),
    Preset(
        "peepholes",
        "Peepholes",
        ("lstm-equations", "output-gate"),
        replace(_ADDING, peepholes="yes"),
        "the number of parameters, and the loss",
        "Three weights more for each unit, 48 here, let the gates see the cell state. Both LSTMs learn to "
        "add.",
        _ADDING,
        900,
    ),
)

GRU = (
    Preset(
        "gru-by-hand",
        "A GRU small enough for paper",
        ("gru-candidate", "gru-gates", "gru-state-update"),
        _GRU_BY_HAND,
        "the gates z and r, n and the state h of two units at four time steps",
        "z and r lie between 0 and 1, and h_t = (1 - z) n + z h_(t-1). Beside it the reset gate acts "
        "before the product: another candidate n from the same weights.",
        replace(_GRU_BY_HAND, gru_reset="before"),
        1,
    ),
    Preset(
        "gru-gates",
        "When the update gate opens",
        ("gru-gates", "gru-idea"),
        _GRU,
        "the update gate z at the two marked steps",
        "z near 1 keeps the state. At the marked numbers z is lower than elsewhere by 0.1 or more: there "
        "the network takes something in.",
        None,
        400,
    ),
    Preset(
        "gru-conventions",
        "z keeps, or z takes",
        ("gru-state-update", "gru-ng-notation"),
        _GRU,
        "the update gate z at the marked steps, and the loss",
        "The two published conventions mirror z: low at the marks in one, high in the other. Both learn to "
        "add (loss below 0.01).",
        replace(_GRU, gru_update="take"),
        400,
    ),
    Preset(
        "gru-ng",
        "The GRU with Γ",
        ("gru-ng-notation",),
        replace(_GRU, gru_update="take", gru_reset="before", biases="one"),
        "the gates z (Γ_u) and r (Γ_r), then n and h",
        "c = Γ_u c~ + (1 - Γ_u) c, the reset gate on the state before the product, one bias: it learns to "
        "add as the others do (loss below 0.01).",
        None,
        400,
    ),
    Preset(
        "lstm-vs-gru",
        "LSTM against GRU",
        ("lstm-vs-gru", "gru-idea"),
        _GRU,
        "the number of parameters, and the loss",
        "The recurrent layer of the GRU has 3/4 of the LSTM's weights. On this task it also learns sooner: "
        "at step 300 its loss is below 0.02 and the LSTM's above 0.04. On another it may be the other way "
        "round.",
        _ADDING,
        300,
    ),
)

DEEP = (
    Preset(
        "bank-rnn",
        "Which bank? Ask the future",
        ("bidirectional-rnn",),
        _BANK,
        "the prediction at the word bank",
        "Only the words after it tell river from money. In both directions the RNN is 100 % right; forward "
        "only, it stays at chance.",
        replace(_BANK, direction="one"),
        150,
    ),
    Preset(
        "bank-lstm",
        "A bidirectional LSTM",
        ("bidirectional-lstm", "bidirectional-rnn"),
        replace(_BANK, cell="lstm"),
        "the states h and h_reverse at the word bank; W_o reads both",
        "A second LSTM reads from the end, and the output layer reads 2 x 16 units: 100 % right where the "
        "forward LSTM stays at chance.",
        replace(_BANK, cell="lstm", direction="one"),
        200,
    ),
    Preset(
        "cheating",
        "Forecasting with the future at hand",
        ("bidirectional-cost-limits",),
        _CHEAT,
        "the loss on shuffled letters, where nothing can be foretold",
        "In both directions it falls below 0.5: the backward network has read the next letter. It has "
        "learnt nothing, and could not write. Forward only, the loss stays above 2.",
        replace(_CHEAT, direction="one"),
        200,
    ),
    Preset(
        "deep",
        "Three layers against one",
        ("deep-rnn",),
        _DEEP,
        "the number of parameters, the steps a second, and the loss",
        "More than twice the weights, and after 200 steps a loss above 1.2 where one layer is below: on a "
        "small task depth costs time and gains nothing.",
        replace(_DEEP, layers=1),
        200,
    ),
    Preset(
        "dropout",
        "Dropout between two layers",
        ("activation-and-initialisation", "deep-rnn"),
        _DROPOUT,
        "the loss when Dropout is turned to 0 after 200 steps",
        "While half of the units between the layers are silenced the loss stays higher. Turn Dropout to 0 "
        "and it drops at once: the network was better than its training showed.",
        replace(_DROPOUT, dropout=0.0),
        200,
    ),
)

PRESETS = LSTM + GRU + DEEP
