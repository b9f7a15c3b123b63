"""What a student says is equal, tried out: where it holds, and what it takes for granted.

Compares by numbers only, at 8 points and all times of a line. Knows no sentences and no mistakes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.tape.nodes import Node, Partial, Slope, Var
from engine.tape.numbers import Array, Times, Values, letters_of
from engine.tape.walk import walk
from engine.working.bench import Bench, Cases, Match
from engine.working.tried import cases_of_two_times

Key = tuple[str, str]  # what a leaf is about, at whatever time: ("slope", "h")


@dataclass(frozen=True, slots=True)
class Claim:
    """`left` = `right`.

    Attributes:
        relation: "≤" for a bound, as in a Step.
        values: numbers for leaves, where they are not those of the bench.
    """

    bench: Bench
    left: Node
    right: Node
    relation: str = "="
    values: Values | None = None

    def lines(self) -> Mapping[int, Match]:
        """Lines with this left side and relation, each with the cases in which it has it.

        Said of all times, it is not about a line that it meets at some only, if it meets another's all;
        nor about cases in which its right side is not there, if there are others.
        """
        steps, found = self.bench.derivation, self.bench.lines_of(self.left)
        found = {line: match for line, match in found.items() if steps[line].relation == self.relation}
        whole = {line: match for line, match in found.items() if self.bench.is_whole(line, match)}
        found = whole if whole and letters_of(self.left) - {"T"} else found
        return self._where_there(found) or found

    def _where_there(self, found: Mapping[int, Match]) -> dict[int, Match]:
        """The matches without the cases in which the right side talks about what is not there."""
        if not letters_of(self.left) - {"T"} or letters_of(self.right) - letters_of(self.left) - {"T"}:
            return {}
        kept = {line: self.bench.there(match.cases, self.right) for line, match in found.items()}
        return {line: match.only(kept[line]) for line, match in found.items() if kept[line].any()}

    def missing(self, line: int) -> Cases:
        """The cases of a line in which the right side is not there; no letters: in none."""
        whole, tried = self.bench.lines_of(self.left)[line].cases, self.lines()[line].cases
        gone = {letter: np.setdiff1d(times, tried[letter]) for letter, times in whole.items()}
        return gone if any(len(times) for times in gone.values()) else {}

    def is_of_many_steps(self) -> bool:
        """Whether it is about any two times; a line of the derivation is about one letter's."""
        return len(letters_of(self.left) - {"T"}) > 1

    def is_only_of(self, line: int, held: list[int]) -> bool:
        """Whether it is said of all times, the line is about one of them, and at others it is wrong."""
        if self.bench.derivation[line].span is not None or not letters_of(self.left) - {"T"}:
            return False
        return any(other not in held for other in self.lines())

    def everywhere(self) -> Cases | None:
        """Where it is about two times, as ∂h_t/∂h_j: all pairs of them that it says something of."""
        return cases_of_two_times(self.bench, self.left, self.right)

    def true_everywhere(self) -> bool:
        """Whether it also holds at all pairs of times that it is about."""
        cases = self.everywhere()
        return cases is None or self.holds(cases)

    def holds(self, cases: Cases) -> bool:
        """Whether it is true in all these cases; not where it talks about what is not there."""
        try:
            if self.relation == "≤":
                return self.bench.bounded(self.left, self.right, cases)
            return self.bench.same(self.left, self.right, cases, self.values)
        except LookupError:
            return False

    def held(self) -> list[int]:
        """The lines with this left side for which it is true."""
        return [line for line, match in self.lines().items() if self.holds(match.cases)]

    def true_cases(self) -> set[tuple[tuple[str, int], ...]]:
        """The times, letter by letter, at which it is true of a line."""
        lines, found = self.lines(), set[tuple[tuple[str, int], ...]]()
        for line in self.held():
            cases = lines[line].cases
            columns = [[(letter, int(time)) for time in times] for letter, times in cases.items()]
            found |= set(zip(*columns, strict=True)) if columns else {()}
        return found

    def empty(self, cases: Cases) -> bool:
        """Whether it would be true whatever the numbers were, or has its own left side on the right."""
        if any(part is self.left for part in walk(self.right)):
            return True
        return self.bench.same(self.left, self.right, cases, Anything(self.bench.world))

    def turned(self) -> Claim:
        """Read from right to left."""
        return replace(self, left=self.right, right=self.left)


def keys(node: Node) -> Iterator[Key]:
    """What the leaves of an expression are about."""
    for leaf in walk(node):
        match leaf:
            case Var(_, name, _):
                yield "value", name
            case Slope(_, of):
                yield "slope", of.name
            case Partial(_, of, by, held):
                yield "partial" if held is None else "partial+", f"{of.name} {by.name}"


class Anything:
    """Numbers that have nothing to do with each other: what is true of them says nothing."""

    def __init__(self, like: Values) -> None:
        self._like = like

    def size(self, name: str) -> int:
        return self._like.size(name)

    def of(self, leaf: Var | Slope, times: Times | None) -> Array:
        (key,) = keys(leaf)
        return np.concatenate([self._matrix(leaf, key, (time,)) for time in _each(times)], axis=-3)

    def partial(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        (key,) = keys(leaf)
        first, second = _each(of), _each(by)
        count = max(len(first), len(second))
        pairs = zip(first * (count // len(first)), second * (count // len(second)), strict=True)
        return np.concatenate([self._matrix(leaf, key, pair) for pair in pairs], axis=-3)

    def _matrix(self, leaf: Node, key: Key, times: tuple[int | None, ...]) -> Array:
        random = np.random.default_rng(zlib.crc32(repr((key, times)).encode()))
        return random.uniform(0.2, 0.9, (3, 1, self.size(leaf.shape[0]), self.size(leaf.shape[1])))


def _each(times: Times | None) -> list[int | None]:
    return [None] if times is None else times.tolist()
