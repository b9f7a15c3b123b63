"""The cell that a config, or a name, asks for."""

from __future__ import annotations

from engine.cells.cell import Cell
from engine.cells.gru import Gru
from engine.cells.lstm import Lstm
from engine.cells.rnn import Rnn
from engine.config import RunConfig


def cell_for(config: RunConfig) -> Cell:
    """The cell of a run; KeyError for "jordan", which is a network of its own."""
    return cell_of(
        config.cell,
        config.gru_update,
        gru_reset=config.gru_reset,
        activation=config.activation,
        peepholes=config.peepholes == "yes",
        norm=config.norm,
    )


def cell_of(
    name: str,
    gru_update: str = "keep",
    *,
    gru_reset: str = "after",
    activation: str = "tanh",
    peepholes: bool = False,
    norm: str = "none",
) -> Cell:
    """The cell `name` ("rnn", "lstm", "gru") with the knobs that it heeds; KeyError if there is none."""
    cells: dict[str, Cell] = {
        "rnn": Rnn(activation, norm),
        "lstm": Lstm(peepholes, norm),
        "gru": Gru(gru_update, gru_reset, norm),
    }
    return cells[name]
