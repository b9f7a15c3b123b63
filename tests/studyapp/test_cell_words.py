"""What is said about a cell, against the cells of the engine stepped by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.cells import cell_of
from engine.config import RunConfig
from engine.snapshot import Snapshot
from engine.train import train
from studyapp.widgets.cell_words import NAMES, equations, rows_of


def picture(config: RunConfig) -> Snapshot:
    run = train(config)
    for _ in range(3):
        shown = next(run)
    return shown


@pytest.mark.parametrize("update", ["keep", "take"])
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_numbers_of_an_equation_give_the_state(cell: str, update: str) -> None:
    config = RunConfig(
        cell=cell, gru_update=update, task="sine", hidden=3, length=5, batch=2, learning_rate=0.3
    )
    shown = picture(config)
    for t in range(5):
        for unit in range(3):
            lines = equations(cell, update, shown.gates, shown.hidden, t, unit)
            state = next(line for line in lines if line.left.startswith("h"))
            assert state.result.replace("−", "-") == f"{shown.hidden[t, unit]:.2f}".replace("-0.00", "0.00")
            if cell == "lstm":
                expected = f"{shown.gates['c'][t, unit]:.2f}".replace("-0.00", "0.00")
                assert lines[0].result.replace("−", "-") == expected
            if cell == "rnn":
                slope = float(lines[1].result)
                assert slope == pytest.approx(1 - shown.hidden[t, unit] ** 2, rel=0.01)


def test_time_steps_are_counted_from_one_and_start_from_zero() -> None:
    shown = picture(RunConfig(cell="lstm", task="sine", hidden=2, length=4, batch=1))
    first, _ = equations("lstm", "keep", shown.gates, shown.hidden, 0, 0)
    assert first.left == "c₁"
    assert "·0.00 + " in first.numbers
    fourth, _ = equations("lstm", "keep", shown.gates, shown.hidden, 3, 0)
    assert fourth.left == "c₄"


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_every_letter_of_every_cell_has_a_name_and_its_true_range(cell: str) -> None:
    shown = picture(RunConfig(cell=cell, hidden=5, length=9, batch=2, learning_rate=5.0, clip=0.0))
    rows = rows_of(shown.gates, shown.hidden, shown.dh)
    assert [row.symbol for row in rows] == [*cell_of(cell).shown, "h", "dL/dh"]
    for row in rows:
        assert row.name == NAMES[row.symbol][0]
        if row.high is not None:
            assert np.all((row.low <= row.values) & (row.values <= row.high)), row.symbol
