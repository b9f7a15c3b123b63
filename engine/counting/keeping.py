"""How many numbers of the forward pass are kept for the way back, read off the lines that need them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.counting.multiplications import entries, times
from engine.counting.passes import Computed
from engine.counting.polynomial import Polynomial, added
from engine.tape.index import At, first, last
from engine.tape.nodes import Beside, Node, Stack, Sum, Var
from engine.tape.program import Program
from engine.tape.walk import exchange, variables, walk

_MANY = {"T": 1000}  # for comparing times while T is a letter


def without_copies(program: Program, lines: Iterable[Computed]) -> tuple[Computed, ...]:
    """The lines with h and x where [h; x] or [h_1 .. h_T] stands, which are kept only once."""
    copies: dict[Node, Node] = {
        made.var: made.value for made, _ in program.definitions() if _is_copy(made.value)
    }
    return tuple(replace(line, right=exchange(line.right, copies)) for line in lines)


def _is_copy(value: Node) -> bool:
    return all(isinstance(part, Var | Stack | Beside) for part in walk(value))


def kept(program: Program, back: Iterable[Computed]) -> Polynomial:
    """All that was computed on the way there and is read on the way back, by lines without copies.

    What is given is there anyway: inputs, targets, parameters and first states.
    """
    made = {definition.var.name for definition, _ in program.definitions()}
    ranges: dict[str, tuple[At, At]] = {}
    shapes = {}
    for line in back:
        for leaf, low, high in _read(line):
            if leaf.name in made:
                shapes[leaf.name] = leaf.shape
                ranges[leaf.name] = _joined(ranges.get(leaf.name), low, high)
    return added(entries(shape) * times(*ranges[name]) for name, shape in shapes.items())


def _read(line: Computed) -> Iterator[tuple[Var, At, At]]:
    """Variables on the right side, each with its first and last time; one without times has one."""
    over = {part.index: (part.low, part.high) for part in walk(line.right) if isinstance(part, Sum | Beside)}
    if line.span:
        over[line.span.letter] = line.span.low, line.span.high
    for leaf in variables(line.right):
        when = leaf.at
        if when is None:
            yield leaf, first, first
        elif when.base in over:
            low, high = (end + when.shift for end in over[when.base])
            yield leaf, low, high
        else:
            yield leaf, when, when


def _joined(known: tuple[At, At] | None, low: At, high: At) -> tuple[At, At]:
    """Both ranges in one, without what is given at the ends."""
    low, high = max(low, first, key=_number), min(high, last, key=_number)
    if known is None:
        return low, high
    return min(low, known[0], key=_number), max(high, known[1], key=_number)


def _number(when: At) -> int:
    return when.number(_MANY)
