"""One symbol at a time: the same numbers as the whole sequence, and draws that follow the probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import parameters
from engine.cells import cell_of
from engine.kernels import door
from engine.kernels.stepper import KernelStepper

pytestmark = pytest.mark.skipif(not door.available(), reason=door.state())

CELLS = [("rnn", "keep"), ("lstm", "keep"), ("gru", "keep"), ("gru", "take")]


def weights_of(name: str, update: str, d: int, h: int, k: int) -> dict[str, Any]:
    rng = np.random.default_rng([d, h, k])
    return {n: rng.normal(0, 0.6, s) for n, s in parameters.shapes_of(cell_of(name, update), d, h, k).items()}


@pytest.mark.parametrize(("d", "h", "k"), [(5, 33, 7), (1, 1, 1), (32, 32, 32), (81, 129, 20)])
@pytest.mark.parametrize(("name", "update"), CELLS)
def test_feeding_is_the_step_of_the_cell(name: str, update: str, d: int, h: int, k: int) -> None:
    weights, cell = weights_of(name, update, d, h, k), cell_of(name, update)
    stepper = KernelStepper(name, weights, update)
    ours: Any = stepper.start()
    theirs: Any = cell.start(1, h)
    for place in (0, d - 1, d // 2):
        kept = [part.copy() for part in ours]
        after, z = stepper.feed(ours, place)
        assert all(np.array_equal(a, b) for a, b in zip(kept, ours, strict=True)), "feeding changes nothing"
        theirs = cell.forward(weights, np.eye(d)[[place]], theirs).after
        for part, expected in zip(after, theirs, strict=True):
            np.testing.assert_allclose(part, expected, rtol=0, atol=1e-5)
        np.testing.assert_allclose(z, (theirs[0] @ weights["W_o"].T + weights["b_o"])[0], rtol=0, atol=1e-4)
        ours = after


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_symbols_come_as_often_as_the_softmax_says(temperature: float) -> None:
    weights = weights_of("gru", "keep", 6, 9, 6)
    weights = {n: a * (n == "b_o") for n, a in weights.items()}  # every symbol by itself, whatever was before
    stepper = KernelStepper("gru", weights)
    _, drawn = stepper.write(stepper.start(), 0, 100_000, temperature, seed=5)
    p = np.exp(weights["b_o"] / temperature)
    p /= p.sum()
    share = np.bincount(drawn, minlength=6) / len(drawn)
    assert np.abs(share - p).max() < 5 * np.sqrt(0.25 / len(drawn))


@pytest.mark.parametrize(("name", "update"), CELLS)
def test_written_symbols_are_read_back(name: str, update: str) -> None:
    weights = weights_of(name, update, 8, 17, 8)
    stepper = KernelStepper(name, weights, update)
    end, drawn = stepper.write(stepper.start(), 3, 50, 1.0, seed=1)
    state, place = stepper.start(), 3
    for symbol in drawn:  # forced along the same path: the state must come out the same
        state, _ = stepper.feed(state, place)
        place = int(symbol)
    assert all(np.array_equal(a, b) for a, b in zip(end, state, strict=True))
    again = stepper.write(stepper.start(), 3, 50, 1.0, seed=1)[1]
    other = stepper.write(stepper.start(), 3, 50, 1.0, seed=2)[1]
    assert np.array_equal(drawn, again)
    assert not np.array_equal(drawn, other)


def test_almost_no_temperature_takes_the_likeliest() -> None:
    stepper = KernelStepper("lstm", weights_of("lstm", "keep", 8, 17, 8))
    state, place = stepper.start(), 0
    _, drawn = stepper.write(state, place, 20, 1e-4, seed=9)
    for symbol in drawn:
        state, z = stepper.feed(state, place)
        assert symbol == z.argmax()
        place = int(symbol)


def test_a_symbol_that_is_none_is_refused() -> None:
    stepper = KernelStepper("rnn", weights_of("rnn", "keep", 4, 3, 4))
    with pytest.raises(IndexError, match="0 to 3"):
        stepper.feed(stepper.start(), 4)


def test_a_network_that_cannot_read_all_that_it_writes_does_not_write() -> None:
    stepper = KernelStepper("rnn", weights_of("rnn", "keep", 5, 7, 6))
    with pytest.raises(ValueError, match="writes 6 symbols and reads 5"):
        stepper.write(stepper.start(), 0, 10, 1.0, 1)
    fewer = KernelStepper("rnn", weights_of("rnn", "keep", 6, 7, 5))
    _, drawn = fewer.write(fewer.start(), 5, 1000, 1.0, 1)
    assert set(drawn) == set(range(5))


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan")])
def test_a_temperature_is_above_zero(temperature: float) -> None:
    stepper = KernelStepper("rnn", weights_of("rnn", "keep", 4, 3, 4))
    with pytest.raises(ValueError, match="above 0"):
        stepper.write(stepper.start(), 0, 10, temperature, 1)
