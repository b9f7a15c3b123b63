"""What depends on what in the unrolled network, found by following a few time steps of the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.tape.index import t
from engine.tape.nodes import Beside, Node, Sum, Var
from engine.tape.program import Program
from engine.tape.walk import variables, walk

Quantity = tuple[str, int | None]  # a name and a time

_STEPS = 4  # every way that there is between two names is there within so many steps
_MIDDLE = 2  # what a letter stands for where one time is as good as any


class Dependence:
    """Who reads what in a program, unrolled over `steps` steps."""

    def __init__(self, program: Program, steps: int = _STEPS) -> None:
        self._steps = steps
        self._reads = dict(_unrolled(program, steps))
        self._held: dict[tuple[Var, Var], tuple[str, ...] | None] = {}

    def reached(self, wrt: Var) -> frozenset[str]:
        """Names of all that depends on `wrt`, itself included; at the letter t it is meant at all times."""
        begin: set[Quantity] = {self._quantity(wrt)}
        if wrt.at and wrt.at.base == t.base:
            begin |= {(wrt.name, time) for time in range(1, self._steps + 1)}
        return frozenset(name for name, _ in self._touched(begin))

    def held(self, of: Var, by: Var) -> tuple[str, ...] | None:
        """Names that d(of)/d(by) through the one definition of `of` must hold; None: it is the total one."""
        if (of, by) not in self._held:
            self._held[of, by] = self._on_other_ways(of, by)
        return self._held[of, by]

    def _on_other_ways(self, of: Var, by: Var) -> tuple[str, ...] | None:
        begin = self._quantity(by)
        touched = self._touched({begin})
        reads = self._reads.get(self._quantity(of), {})
        return tuple(dict.fromkeys(name for name, time in reads if (name, time) in touched - {begin})) or None

    def _quantity(self, of: Var) -> Quantity:
        letters = {"T": self._steps, "t": _MIDDLE, "k": _MIDDLE, "j": _MIDDLE}
        return of.name, of.at.number(letters) if of.at else None

    def _touched(self, begin: set[Quantity]) -> set[Quantity]:
        touched = set(begin)
        for made, reads in self._reads.items():
            if not touched.isdisjoint(reads):
                touched.add(made)
        return touched


def reached(program: Program, wrt: Var, steps: int) -> frozenset[str]:
    """Names of all that depends on `wrt` in a network of T = `steps`; 0: T is a letter."""
    return Dependence(program, min(steps or _STEPS, _STEPS)).reached(wrt)


def _unrolled(program: Program, steps: int) -> Iterator[tuple[Quantity, dict[Quantity, None]]]:
    """Everything that is computed in `steps` steps, in order, with what it is computed from."""
    for block in program.blocks:
        letter = block.span.letter if block.span else t.base
        leaves = [(made.var, tuple(_leaves(made.value))) for made in block.definitions]
        for time in block.span.times({"T": steps}) if block.span else [0]:
            letters = {"T": steps, letter: time}
            for made, found in leaves:
                reads = dict.fromkeys(one for leaf, over in found for one in _times(leaf, over, letters))
                yield next(_times(made, None, letters)), reads


def _leaves(value: Node) -> Iterator[tuple[Var, Sum | Beside | None]]:
    """Variables of a value, each with what goes over its letter."""
    over = {part.index: part for part in walk(value) if isinstance(part, Sum | Beside)}
    for leaf in variables(value):
        yield leaf, over.get(leaf.at.base) if leaf.at else None


def _times(leaf: Var, over: Sum | Beside | None, letters: Mapping[str, int]) -> Iterator[Quantity]:
    if leaf.at is None:
        yield leaf.name, None
    elif over is None:
        yield leaf.name, leaf.at.number(letters)
    else:
        for time in range(over.low.number(letters), over.high.number(letters) + 1):
            yield leaf.name, time + leaf.at.shift
