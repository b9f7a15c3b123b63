"""RNN, LSTM and GRU: one step forward and the same step backward, side by side.

    cell.py        what a cell is: Cell, Step, StepGradient
    rnn.py         Elman's network with four activations
    lstm.py        LSTM, with peepholes if wanted
    gru.py         GRU in its published conventions
    entry.py       how x_t and h_{t-1} reach the gates: W s + b, normalised if wanted
    norms.py       layer and batch normalisation
    arithmetic.py  σ, slopes, gates side by side in one array
    catalogue.py   the cell that a config asks for

Nothing here knows of time beyond one step, of losses or of training.
"""

from engine.cells.catalogue import cell_for, cell_of
from engine.cells.cell import Cell, Shapes, State, Step, StepGradient, Weights
from engine.cells.gru import Gru
from engine.cells.lstm import Lstm
from engine.cells.rnn import Rnn

__all__ = [
    "Cell",
    "Gru",
    "Lstm",
    "Rnn",
    "Shapes",
    "State",
    "Step",
    "StepGradient",
    "Weights",
    "cell_for",
    "cell_of",
]
