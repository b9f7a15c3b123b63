"""What a trained cell computes at one time step -> how strongly each part of its picture is filled, and why.

Sizes are means over the units: of gates as they are, of all else without signs. Pure: no Qt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.combinations import model_of
from engine.config import RunConfig
from studyapp.widgets.lanes import Lane
from studyapp.widgets.numbers import short

Array = NDArray[np.float64]
PICTURES = {"lstm": "lstm-cell", "gru": "gru-cell", "rnn": "recurrent-neuron", "jordan": "recurrent-neuron"}
"""Cell -> the id of its picture."""


@dataclass(frozen=True, slots=True)
class PartValue:
    """`size` from 0 to 1; `words` give the numbers."""

    part: str
    size: float
    words: str


def picture_of(config: RunConfig) -> str:
    """The id of the picture of the cell of a run; empty where there is none."""
    model = model_of(config)
    if model == "skip-gram":
        return ""
    return PICTURES["lstm" if model == "ntm" else config.cell]


def remark_of(config: RunConfig) -> str:
    """What differs between the picture and the run, as a sentence; empty for nothing."""
    if picture_of(config) == "gru-cell" and config.gru_update == "keep":
        return "In this run z keeps the old state, so what the picture calls z is 1 − z of the run."
    if config.cell == "jordan" and picture_of(config):
        return "What comes back here is the network's output, so only the new state is filled."
    return ""


def part_values(config: RunConfig, lane: Lane, t: int, unit: int) -> tuple[PartValue, ...]:
    """The parts that have a value at time step `t` (from 0), for a run of this configuration."""
    picture = picture_of(config)
    if not picture or not 0 <= t < len(lane.hidden):
        return ()
    step = _Step(lane, t, unit)
    found = {"lstm-cell": _lstm, "gru-cell": _gru, "recurrent-neuron": _rnn}[picture](config, step)
    return tuple(value for value in found if value is not None)


@dataclass(frozen=True, slots=True)
class _Step:
    """One time step of one lane."""

    lane: Lane
    t: int
    unit: int

    def now(self, letter: str) -> Array | None:
        """[h]: a gate, "c" or "h" at this step; None where the run has none."""
        rows = self.lane.hidden if letter == "h" else self.lane.gates.get(letter)
        if rows is None:
            return None
        numbers: Array = rows[self.t]
        return numbers

    def before(self, letter: str) -> Array | None:
        """[h]: "c" or "h" one step earlier in the order of the lane; None where it is not known."""
        rows = self.lane.hidden if letter == "h" else self.lane.gates.get(letter)
        if rows is None:
            return None
        place = self.t + (1 if self.lane.reverse else -1)
        rows = rows[place : place + 1] if 0 <= place < len(rows) else self.lane.first.get(letter)
        if rows is None:
            return None
        state: Array = rows[0]
        return state

    def value(self, part: str, symbol: str, numbers: Array | None, signed: bool = False) -> PartValue | None:
        """The mean of `numbers`, without signs if they have any; nothing where one is no number."""
        if numbers is None or not np.isfinite(numbers).all():
            return None
        size = float(np.abs(numbers).mean())
        name = f"|{symbol}|" if signed else symbol
        one = short(float(numbers[min(self.unit, len(numbers) - 1)]))
        words = f"mean of {name}: {short(size)} over {len(numbers)} units; unit {self.unit + 1}: {one}"
        return PartValue(part, min(1.0, size), f"t = {self.t + 1}, {words}")


def _lstm(config: RunConfig, step: _Step) -> Iterator[PartValue | None]:
    for part, letter in (("forget-gate", "f"), ("input-gate", "i"), ("output-gate", "o")):
        yield step.value(part, letter, step.now(letter))
    c, c_before = step.now("c"), step.before("c")
    yield step.value("candidate", "C\u0303", step.now("g"), signed=True)
    yield step.value("old-cell", "C before", c_before, signed=True)
    yield step.value("keep", "f ⊙ C before", _product(step.now("f"), c_before), signed=True)
    yield step.value("write", "i ⊙ C\u0303", _product(step.now("i"), step.now("g")), signed=True)
    for part in ("add", "new-cell"):
        yield step.value(part, "C", c, signed=True)
    if c is not None and config.norm == "none":
        yield step.value("squash", "tanh C", np.tanh(c), signed=True)
    yield step.value("old-hidden", "h before", step.before("h"), signed=True)
    for part in ("show", "new-hidden", "output"):
        yield step.value(part, "h", step.now("h"), signed=True)


def _gru(config: RunConfig, step: _Step) -> Iterator[PartValue | None]:
    """In the picture z takes the new state; a run whose z keeps the old one is turned round."""
    z, n, before = step.now("z"), step.now("n"), step.before("h")
    keeps = config.gru_update == "keep"
    take = None if z is None else 1 - z if keeps else z
    keep = None if take is None else 1 - take
    yield step.value("reset-gate", "r", step.now("r"))
    yield step.value("update-gate", "1 − z of the run" if keeps else "z", take)
    yield step.value("one-minus", "z of the run" if keeps else "1 − z", keep)
    yield step.value("candidate", "h\u0303", n, signed=True)
    yield step.value("hidden-before", "h before", before, signed=True)
    if config.gru_reset == "before":
        yield step.value("reset-product", "r ⊙ h before", _product(step.now("r"), before), signed=True)
    yield step.value("keep-product", "kept part of h", _product(keep, before), signed=True)
    yield step.value("new-product", "new part of h", _product(take, n), signed=True)
    for part in ("sum", "new-state"):
        yield step.value(part, "h", step.now("h"), signed=True)


def _rnn(config: RunConfig, step: _Step) -> Iterator[PartValue | None]:
    for part in ("activation", "output"):
        yield step.value(part, "h", step.now("h"), signed=True)
    if config.cell == "rnn":
        yield step.value("delay", "h before", step.before("h"), signed=True)


def _product(first: Array | None, second: Array | None) -> Array | None:
    return None if first is None or second is None else first * second
