"""Numbers of leaves, but only of those that there are: an array has more room than a network.

Whoever asks for another one is told which, and at which time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from engine.tape.nodes import Node, Partial, Slope, Var
from engine.tape.numbers import Array, Times, Values
from engine.tape.program import Program


class NoSuchLeaf(LookupError):
    """An expression talks about what the derivation does not have, at that time or at all.

    Attributes:
        leaf: what is not there.
        time: at which time; None where it is not there at any.
    """

    def __init__(self, leaf: Node, time: int | None) -> None:
        super().__init__(leaf, time)
        self.leaf, self.time = leaf, time


class Guarded:
    """Numbers of leaves, but only of those that there are: an array has more room than a network."""

    def __init__(self, values: Values, program: Program, lefts: Iterable[Node], steps: int) -> None:
        """`lefts`: the left sides of the lines, whose slopes there are; `steps`: T."""
        slopes = (left.of for left in lefts if isinstance(left, Slope))
        self._values, self._made = values, set(_quantities(program, steps))
        self._slopes = {(of.name, of.at.shift if of.at else None) for of in slopes}

    def of(self, leaf: Var | Slope, times: Times | None) -> Array:
        name, known = (leaf.of.name, self._slopes) if isinstance(leaf, Slope) else (leaf.name, self._made)
        _check(leaf, name, times, known)
        return self._values.of(leaf, times)

    def partial(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        _check(leaf, leaf.of.name, of, self._made)
        _check(leaf, leaf.by.name, by, self._made)
        return self._values.partial(leaf, of, by)

    def size(self, name: str) -> int:
        return self._values.size(name)


class Ones:
    """A 1 for every entry of every leaf: guarded, enough to see which leaves are asked for."""

    def __init__(self, like: Values) -> None:
        self._like = like

    def of(self, leaf: Var | Slope, times: Times | None) -> Array:
        return self._ones(leaf, times)

    def partial(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        return self._ones(leaf, of, by)

    def size(self, name: str) -> int:
        return self._like.size(name)

    def _ones(self, leaf: Node, *times: Times | None) -> Array:
        count = max(1 if each is None else len(each) for each in times)
        return np.ones((count, *map(self.size, leaf.shape)))


def _check(leaf: Node, name: str, times: Times | None, known: set[tuple[str, int | None]]) -> None:
    for time in [None] if times is None else times.tolist():
        if (name, time) not in known:
            raise NoSuchLeaf(leaf, time if any(name == other for other, _ in known) else None)


def _quantities(program: Program, steps: int) -> Iterator[tuple[str, int | None]]:
    """Name and time of everything that has a value."""
    letters = {"T": steps}
    for one in (*program.parameters, *program.starts):
        yield one.name, one.at.number(letters) if one.at else None
    for given in (*program.inputs, *program.targets):
        yield from ((given.name, n) for n in range(1, steps + 1)) if given.at else [(given.name, None)]
    for definition, span in program.definitions():
        name, time = definition.var.name, definition.var.at
        if span is None or time is None:
            yield name, time.number(letters) if time else None
        else:
            yield from ((name, time.number({**letters, span.letter: n})) for n in span.times(letters))
