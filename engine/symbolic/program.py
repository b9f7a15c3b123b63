"""The scalar RNN as a program, and what its numbers say: the oracle of every line of `bptt.py`.

Derivatives come from running the program again with one value nudged by a tiny imaginary
step (no subtraction, so no cancellation: exact to the last digits). Nothing here knows the
chain rule, so a wrong line cannot agree with it by construction.
"""

from __future__ import annotations

import cmath
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.symbolic.evaluate import Number
from engine.symbolic.expr import Diff, Sym, num
from engine.symbolic.jobs import BpttJob
from engine.symbolic.steps import Step
from engine.symbolic.verify import World

PARAMETERS = ("w", "u", "b", "v", "c", "h_0")
POINTS = 8
_TINY = 1e-30j


@dataclass(frozen=True, slots=True)
class Numbers:
    """One choice of numbers: `values` by the names in PARAMETERS, inputs `xs` = x_1 .. x_T, target `y`."""

    values: Mapping[str, float]
    xs: tuple[float, ...]
    y: float


def drawn(job: BpttJob) -> list[Numbers]:
    """POINTS choices from the job's seed. Two decimals, so that they can be followed by hand; never near 0,
    where a lost term would not show."""
    draw = random.Random(job.seed)  # noqa: S311 - numbers to try, no secret

    def number() -> float:
        return round(draw.choice((-1, 1)) * draw.uniform(0.2, 1.0), 2)

    return [
        Numbers({name: number() for name in PARAMETERS}, tuple(number() for _ in range(job.steps)), number())
        for _ in range(POINTS)
    ]


@cache
def at(name: str, t: int) -> Sym:
    """The letter `name` with the index t."""
    return Sym(name, num(t))


def leaf(name: str) -> Sym:
    """The letter of a parameter: h_0 has an index."""
    return at("h", 0) if name == "h_0" else Sym(name)


def run(
    numbers: Numbers,
    half_loss: bool,
    nudge: Callable[[Sym, int, Any], Any] = lambda _leaf, _t, value: value,
) -> dict[Sym, Any]:
    """All values of the forward pass by their letters: a_t, h_t, y_hat and L.

    `nudge(leaf, t, value)` may change a value as it is used (parameters, at time t) or made
    (a_t, h_t).
    """

    def parameter(name: str, t: int) -> Any:
        return nudge(Sym(name), t, numbers.values[name])

    found: dict[Sym, Any] = {}
    h = found[leaf("h_0")] = nudge(leaf("h_0"), 0, numbers.values["h_0"])
    for t, x in enumerate(numbers.xs, start=1):
        a = parameter("w", t) * h + parameter("u", t) * x + parameter("b", t)
        found[at("a", t)] = a = nudge(at("a", t), t, a)
        found[at("h", t)] = h = nudge(at("h", t), t, cmath.tanh(a))
    last = len(numbers.xs)
    y_hat = found[Sym("yhat")] = nudge(Sym("yhat"), last, parameter("v", last) * h + parameter("c", last))
    found[Sym("L")] = (y_hat - numbers.y) ** 2 / (2 if half_loss else 1)
    return found


class Point:
    """A `Meaning`: the letters and derivatives of one choice of numbers."""

    def __init__(self, numbers: Numbers, half_loss: bool) -> None:
        self._numbers = numbers
        self._half = half_loss
        forward = run(numbers, half_loss)
        self._letters: dict[Sym, float] = {letter: value.real for letter, value in forward.items()}
        self._letters |= {Sym(name): value for name, value in numbers.values.items() if name != "h_0"}
        self._letters |= {at("x", t): x for t, x in enumerate(numbers.xs, start=1)}
        self._letters[Sym("y")] = numbers.y
        self._slopes: dict[tuple[Sym, int | None], dict[Sym, Any]] = {}

    def letter(self, leaf: Sym) -> Number:
        if leaf.name == "delta":  # delta_t is short for the derivative by a_t
            return self.derivative(Diff(Sym("L"), Sym("a", leaf.index)))
        return self._letters[leaf]

    def derivative(self, leaf: Diff) -> float:
        """By a run with `leaf.by` nudged; only at the time of `leaf.of` if the derivative is immediate."""
        only = _time(leaf.of) if leaf.immediate else None
        key = (leaf.by, only)
        if key not in self._slopes:
            self._slopes[key] = self._run_nudged(leaf.by, only)
        return float(self._slopes[key][leaf.of].imag / _TINY.imag)

    def term(self, place: Number) -> Number:
        raise KeyError(place)

    def _run_nudged(self, by: Sym, only: int | None) -> dict[Sym, Any]:
        def nudge(letter: Sym, t: int, value: Any) -> Any:
            return value + _TINY if letter == by and only in (None, t) else value

        return run(self._numbers, self._half, nudge)


def _time(letter: Sym) -> int:
    index = letter.index
    if index is None or not hasattr(index, "value"):
        raise KeyError(letter)
    return int(index.value)


class ProgramWorld(World):
    """The forward program at POINTS choices of numbers."""

    def __init__(self, job: BpttJob, choices: Sequence[Numbers]) -> None:
        self._points = [Point(numbers, job.half_loss) for numbers in choices]

    def points(self, step: Step) -> Sequence[Point]:  # noqa: ARG002 - every line is tried everywhere
        return self._points

    def where(self, count: int) -> str:
        return f"{count} random points"


def central_difference(numbers: Numbers, half_loss: bool, wrt: str, step: float = 1e-5) -> float:
    """(L(p + step) - L(p - step)) / (2 step) for the parameter `wrt`."""

    def loss(change: float) -> float:
        moved = {**numbers.values, wrt: numbers.values[wrt] + change}
        return float(run(Numbers(moved, numbers.xs, numbers.y), half_loss)[Sym("L")].real)

    return (loss(step) - loss(-step)) / (2 * step)
