"""A derivation with numbers for everything in it: where what a student wrote is tried out.

The numbers come from the derivation's own checked lines (`world.py`). Here is only looked up and
compared: which lines have a left side, and where two expressions differ first. Knows no mistakes
and no sentences.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.checking.drawing import steps_of
from engine.checking.guarded import Guarded, NoSuchLeaf, Ones
from engine.checking.world import World, drawn
from engine.derivations.derive import derive
from engine.derivations.steps import FINE, Derivation
from engine.symbolic.jobs import GradientJob
from engine.tape.index import at
from engine.tape.makers import slope
from engine.tape.nodes import NUMBER, Node, Partial, Slope, Var
from engine.tape.numbers import Array, Values, evaluator, letters_of
from engine.tape.walk import put
from engine.working.roles import Roles, roles
from engine.working.solved import solved

CLOSE = 1e-9  # relative to the largest entry of a matrix
_MANY = 2  # letters, for which all times are too many to try
_NOTHING = 1e-15  # rounding where everything is zero
Cases = Mapping[str, NDArray[np.int_]]  # values of a student's letters, side by side; no letters: one case
ONE_CASE: Cases = {}


class Place(NamedTuple):
    """A line of the derivation at one time."""

    line: int
    time: int | None


class Match(NamedTuple):
    """Cases in which a left side is that of a line: in the student's letters, and in the line's own."""

    cases: Cases
    own: Cases

    @property
    def size(self) -> int:
        """How many cases."""
        return max((len(times) for times in self.own.values()), default=1)

    def only(self, kept: NDArray[np.bool_]) -> Match:
        """Some of the cases."""
        cases, own = ({letter: times[kept] for letter, times in each.items()} for each in self)
        return Match(cases, own)


@dataclass(frozen=True, slots=True)
class Difference:
    """The first entry in which two sides differ.

    Attributes:
        where: e.g. "t = 2, row 1, column 3".
        yours, right: the entries there; either may be infinite or not a number.
        shown: whether that is at the numbers that are shown; else at others.
    """

    where: str
    yours: float
    right: float
    shown: bool

    @property
    def finite(self) -> bool:
        return bool(np.isfinite([self.yours, self.right]).all())


class Bench:
    """One derivation, its lines bound to numbers. Made once for a job, by `bench`."""

    def __init__(self, job: GradientJob) -> None:
        self.job = job
        self.derivation: Derivation = derive(job)
        self.steps = steps_of(job)
        self._lines: dict[Node, dict[int, Match]] = {}
        self.letters = {"T": job.steps} if job.steps else {}  # what is written for them
        world = World(job, self.derivation.program, drawn(job))
        for step in self.derivation.steps:
            world.bind(step)
        program = self.derivation.program
        self.world: Values = Guarded(world, program, self.lefts, self.steps)
        self._only_there: Values = Guarded(Ones(world), program, self.lefts, self.steps)

    @cached_property
    def roles(self) -> Roles:
        return roles(self.derivation.program)

    @cached_property
    def lefts(self) -> Mapping[Node, tuple[Place, ...]]:
        """Every left side with its time as a number, and the lines that have it."""
        found: dict[Node, tuple[Place, ...]] = {}
        for line, step in enumerate(self.derivation.steps, 1):
            for time in step.span.times({"T": self.steps}) if step.span else [None]:
                here = self.at_case(
                    step.left, {step.span.letter: time} if step.span and time is not None else {}
                )
                for left in dict.fromkeys((here, _as_typed(here))):
                    found[left] = (*found.get(left, ()), Place(line, time))
        return found

    def at_case(self, node: Node, case: Mapping[str, int]) -> Node:
        """`node` with numbers for its letters, T as well."""
        for letter, time in {"T": self.steps, **case}.items():
            node = put(node, letter, at(time))
        return node

    def lines_of(self, left: Node) -> Mapping[int, Match]:
        """The lines whose left side `left` is, each with the cases in which it is."""
        if left not in self._lines:
            self._lines[left] = self._found_lines(left)
        return self._lines[left]

    def _found_lines(self, left: Node) -> dict[int, Match]:
        letters = sorted(letters_of(left) - {"T"})
        here = self.at_case(left, {})
        found: dict[int, list[tuple[tuple[int, ...], int | None]]] = {}
        for times, one in self._numbered(here, letters):
            for place in self.lefts.get(one, ()):
                found.setdefault(place.line, []).append((times, place.time))
        return {line: self._match(line, letters, sorted(found[line])) for line in sorted(found)}

    def _numbered(self, left: Node, letters: list[str]) -> Iterator[tuple[tuple[int, ...], Node]]:
        """The left side with numbers for its letters: where these are many, only as some line has it."""
        if len(letters) < _MANY or not isinstance(left, Var | Slope | Partial):
            for times in itertools.product(range(self.steps + 2), repeat=len(letters)):
                yield times, self.at_case(left, dict(zip(letters, times, strict=True)))
            return
        for one in self.lefts:
            times_of = solved(left, one)
            if times_of is not None:
                yield tuple(times_of[letter] for letter in letters), one

    def told(self, lines: Iterable[int]) -> list[int]:
        """Those of them that are not for a fine telling only; all if there are none."""
        every = list(lines)
        return [line for line in every if self.derivation[line].level < FINE] or every

    def is_whole(self, line: int, match: Match) -> bool:
        """Whether these are all the times of the line."""
        span = self.derivation[line].span
        return span is None or set(match.own[span.letter].tolist()) == set(span.times({"T": self.steps}))

    def _match(
        self, line: int, letters: list[str], places: list[tuple[tuple[int, ...], int | None]]
    ) -> Match:
        cases = {letter: np.array([times[i] for times, _ in places]) for i, letter in enumerate(letters)}
        span = self.derivation[line].span
        return Match(cases, {span.letter: np.array([time for _, time in places])} if span else ONE_CASE)

    def value(self, node: Node, cases: Cases, values: Values | None = None) -> Array:
        """[P, n, r, c]: at all points and cases. Raises NoSuchLeaf, KeyError for a letter without a value."""
        return self.valuer(cases, values)(node)

    def valuer(self, cases: Cases, values: Values | None = None) -> Callable[[Node], Array]:
        """`value` for many expressions."""
        value = evaluator(values or self.world, {"T": self.steps, **cases})

        def quietly(node: Node) -> Array:
            with np.errstate(all="ignore"):  # a typed line may divide by zero: it is not a number then
                return value(node)

        return quietly

    def there(self, cases: Cases, *sides: Node) -> NDArray[np.bool_]:
        """[n]: in which cases all sides can be computed. Raises KeyError as `value` does."""
        count = max((len(times) for times in cases.values()), default=1)
        if self._all_there(cases, sides):
            return np.ones(count, bool)
        each = ({letter: times[n : n + 1] for letter, times in cases.items()} for n in range(count))
        return np.array([self._all_there(one, sides) for one in each], bool)

    def _all_there(self, cases: Cases, sides: Sequence[Node]) -> bool:
        value = self.valuer(cases, self._only_there)
        try:
            for side in sides:
                value(side)
        except NoSuchLeaf:
            return False
        return True

    def same(self, left: Node, right: Node, cases: Cases, values: Values | None = None) -> bool:
        """Whether both sides are equal in every case, at all points."""
        return equal(self.value(left, cases, values), self.value(right, cases, values))

    def agreeing(self, left: Node, right: Node, relation: str, cases: Cases) -> NDArray[np.bool_]:
        """[n]: in which cases it is true, = or ≤."""
        low, high = self.value(left, cases), self.value(right, cases)
        count = max((len(times) for times in cases.values()), default=1)
        if low.shape[-2:] != high.shape[-2:]:
            return np.zeros(count, bool)
        low, high = np.broadcast_arrays(low, high)
        close = _close(low, high)
        if relation == "≤":
            close |= (low <= high) & np.isfinite(low) & np.isfinite(high)
        return np.broadcast_to(close.all(axis=(0, -2, -1)), count)

    def bounded(self, left: Node, right: Node, cases: Cases) -> bool:
        """Whether the left side is nowhere larger than the right one."""
        return bool(self.agreeing(left, right, "≤", cases).all())

    def difference(self, right: Node, yours: Node, cases: Cases) -> Difference | None:
        """The first place where one is no number, else where they differ; at the shown point if there."""
        wanted, given = np.broadcast_arrays(self.value(right, cases), self.value(yours, cases))
        apart = ~(np.isfinite(wanted) & np.isfinite(given))
        if not apart.any():
            apart = ~_close(wanted, given)
        for point in range(len(apart)):
            if apart[point].any():
                case, row, column = (int(i) for i in np.argwhere(apart[point])[0])
                where = _told(cases, case, row, column, wanted.shape)
                entry = point, case, row, column
                return Difference(where, float(given[entry]), float(wanted[entry]), point == 0)
        return None


@lru_cache(maxsize=16)
def bench(job: GradientJob) -> Bench:
    """The bench of a job. Raises what `derive` raises."""
    return Bench(job)


def _as_typed(left: Node) -> Node:
    """In a network of one unit a derivative of the loss reads like a slope."""
    is_slope = isinstance(left, Partial) and left.of.name == "L" and left.shape == left.by.shape == NUMBER
    return slope(left.by) if is_slope and isinstance(left, Partial) else left


def first_case(cases: Cases) -> dict[str, int]:
    """The letters of the first case, as numbers."""
    return {letter: int(times[0]) for letter, times in cases.items()}


def equal(first: Array, second: Array) -> bool:
    """Whether two arrays [.., n, r, c] are equal up to rounding; of one shape but for axes of length 1."""
    return first.shape[-2:] == second.shape[-2:] and bool(_close(*np.broadcast_arrays(first, second)).all())


def _close(first: Array, second: Array) -> NDArray[np.bool_]:
    """Entry by entry; what is infinite or not a number is close to nothing."""
    finite = np.isfinite(first) & np.isfinite(second)
    first, second = np.where(finite, first, 0), np.where(finite, second, 0)
    largest = np.maximum(abs(first), abs(second)).max(axis=(-2, -1), keepdims=True)
    close: NDArray[np.bool_] = finite & (abs(first - second) <= CLOSE * largest + _NOTHING)
    return close


def _told(cases: Cases, case: int, row: int, column: int, shape: tuple[int, ...]) -> str:
    pieces = [f"{letter} = {times[case if len(times) > 1 else 0]}" for letter, times in cases.items()]
    if shape[-2] > 1:
        pieces.append(f"row {row + 1}")
    if shape[-1] > 1:
        pieces.append(f"column {column + 1}")
    return ", ".join(pieces)
