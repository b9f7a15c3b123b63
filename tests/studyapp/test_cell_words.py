"""What is said about a cell, against the cells of the engine stepped by hand."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cells import cell_of
from engine.config import RunConfig
from engine.snapshot import Snapshot
from engine.train import train
from studyapp.widgets.cell_words import NAMES, CellKind, equations, rows_of


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
            lines = equations(CellKind(cell, update), shown.gates, shown.hidden, t, unit)
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
    first, _ = equations(CellKind("lstm"), shown.gates, shown.hidden, 0, 0)
    assert first.left == "c₁"
    assert re.search(r"·0\.0+ \+ ", first.numbers)
    fourth, _ = equations(CellKind("lstm"), shown.gates, shown.hidden, 3, 0)
    assert fourth.left == "c₄"


@pytest.mark.parametrize("reverse", [False, True])
def test_a_state_that_was_handed_over_is_where_the_first_step_starts(reverse: bool) -> None:
    config = RunConfig(task="sine", hidden=3, length=5, batch=2, direction="both", learning_rate=0.3)
    shown = picture(config)
    end = "_reverse" if reverse else ""
    first = 4 if reverse else 0
    gates = {letter: shown.named[letter + end] for letter in "figoc"}
    start = {"c": np.full((1, 3), 7.0)}  # not what it was: the equation must use it
    cell, _ = equations(CellKind(reverse=reverse), gates, shown.named["h" + end], first, 1, start)
    f, i, g = (float(gates[letter][first, 1]) for letter in "fig")
    assert float(cell.result.replace("−", "-")) == pytest.approx(f * 7 + i * g, abs=0.006)
    assert ("t+1" in cell.formula) == reverse
    for t in range(5):  # and without it, from zero
        cell, _ = equations(CellKind(reverse=reverse), gates, shown.named["h" + end], t, 1)
        assert float(cell.result.replace("−", "-")) == pytest.approx(float(gates["c"][t, 1]), abs=0.006)


@pytest.mark.parametrize("cell", ["rnn", "jordan"])
@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "identity"])
def test_the_equation_of_an_activation_gives_the_state(cell: str, activation: str) -> None:
    config = RunConfig(cell=cell, activation=activation, task="sine", hidden=3, length=5, batch=2)
    shown = picture(config)
    for t in range(5):
        line = equations(CellKind(cell, activation=activation), {}, shown.hidden, t, 2)[0]
        value = float(shown.hidden[t, 2])
        assert float(line.result.replace("−", "-")) == pytest.approx(value, abs=0.006)
        assert ("W_y y_{t-1}" in line.formula) == (cell == "jordan")
        if activation == "sigmoid":
            inside = float(line.numbers[2:-1].replace("−", "-"))
            assert 1 / (1 + math.exp(-inside)) == pytest.approx(value, abs=0.006)


def test_a_normalised_cell_shows_only_what_can_be_worked_out() -> None:
    config = RunConfig(norm="layer", task="sine", hidden=3, length=5, batch=2)
    shown = picture(config)
    (line,) = equations(CellKind(norm="layer"), shown.gates, shown.hidden, 3, 1)
    assert line.left.startswith("c")
    assert equations(CellKind("rnn", norm="layer"), {}, shown.hidden, 3, 1) == ()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none_any_more_are_said(value: float) -> None:
    hidden = np.full((2, 1), value)
    gates = dict.fromkeys("figoczrn", hidden)
    for cell in ("rnn", "lstm", "gru"):
        for activation in ("tanh", "relu", "sigmoid", "identity"):
            for line in equations(CellKind(cell, activation=activation), gates, hidden, 1, 0):
                assert line.result


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_every_letter_of_every_cell_has_a_name_and_its_true_range(cell: str) -> None:
    shown = picture(RunConfig(cell=cell, hidden=5, length=9, batch=2, learning_rate=5.0, clip=0.0))
    rows = rows_of(shown.gates, shown.hidden, shown.dh)
    assert [row.symbol for row in rows] == [*cell_of(cell).shown, "h", "dL/dh"]
    for row in rows:
        assert row.name == NAMES[row.symbol][0]
        if row.high is not None:
            assert np.all((row.low <= row.values) & (row.values <= row.high)), row.symbol


BOUNDED = st.floats(-1, 1)


def printed(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))]


@given(f=st.floats(0, 1), i=st.floats(0, 1), g=BOUNDED, o=st.floats(0, 1), before=st.floats(-50, 50))
def test_what_is_printed_of_an_lstm_adds_up(f: float, i: float, g: float, o: float, before: float) -> None:
    c = f * before + i * g
    columns = {"f": f, "i": i, "g": g, "o": o}
    gates = {k: np.array([[v], [v]]) for k, v in columns.items()} | {"c": np.array([[before], [c]])}
    cell, out = equations(CellKind("lstm"), gates, np.zeros((2, 1)), 1, 0)
    a, b, d, e = printed(cell.numbers)
    assert cell.sign == "≈" or abs(a * b + d * e - printed(cell.result)[0]) <= 0.005
    a, b = printed(out.numbers)
    assert out.sign == "≈" or abs(a * math.tanh(b) - printed(out.result)[0]) <= 0.005


@given(z=st.floats(0, 1), before=BOUNDED, n=BOUNDED, update=st.sampled_from(["keep", "take"]))
def test_what_is_printed_of_a_gru_adds_up(z: float, before: float, n: float, update: str) -> None:
    gates = {letter: np.array([[v], [v]]) for letter, v in {"z": z, "r": z, "n": n}.items()}
    (line,) = equations(CellKind("gru", update), gates, np.array([[before], [0.0]]), 1, 0)
    a, b, c, d = printed(line.numbers)
    assert line.sign == "≈" or abs(a * b + c * d - printed(line.result)[0]) <= 0.005


@given(h=st.floats(-0.999, 0.999))
def test_what_is_printed_of_an_rnn_adds_up(h: float) -> None:
    state, slope = equations(CellKind("rnn"), {}, np.array([[h]]), 0, 0)
    assert abs(math.tanh(printed(state.numbers)[0]) - printed(state.result)[0]) <= 0.005
    inside = printed(slope.numbers.removeprefix("1 − "))[0]
    assert slope.sign == "="
    assert 1 - inside**2 == pytest.approx(float(slope.result), rel=0.006)


def test_a_sum_that_needs_more_decimals_gets_them() -> None:
    _, slope = equations(CellKind("rnn"), {}, np.array([[0.99667]]), 0, 0)
    assert "1.00²" not in slope.numbers
