"""Runs lines number by number, counting every multiplication as it happens and noting what is read.

What `counting` says is held against this: it multiplies where the trees say so, and has no formula
for how often. In plain Python, so only for small sizes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.counting.multiplications import between_bars, is_plain, starts_right
from engine.counting.passes import Computed
from engine.tape import nodes
from engine.tape.nodes import NUMBER, Node, Shape, Slope, Var
from engine.tape.numbers import measured

Matrix = NDArray[Any]  # of floats that count; of plain numbers where a formula has 1, -1 or 0
Place = tuple[type[Node], str, int | None]  # Var or Slope, a name, a time


class Tally:
    """Multiplications so far. `number` is the float that reports them: one with a plain number is none."""

    def __init__(self) -> None:
        self.multiplied = 0
        tally = self

        class Counted(float):
            def __mul__(self, other: float) -> float:
                tally.multiplied += isinstance(other, Counted)
                return Counted(float(self) * float(other))

            def __truediv__(self, other: float) -> float:
                tally.multiplied += 1
                return Counted(float(self) / float(other))

            def __rtruediv__(self, other: float) -> float:
                tally.multiplied += 1
                return Counted(float(other) / float(self))

            def __add__(self, other: float) -> float:
                return Counted(float(self) + float(other))

            def __neg__(self) -> float:
                return Counted(-float(self))

            __rmul__, __radd__ = __mul__, __add__

        self.number: type[float] = Counted


class Run:
    """Lines at numbers, each quantity computed once, when it is first needed.

    Attributes:
        read: places of all that has been read, with how many numbers are there.
    """

    def __init__(self, lines: Iterable[Computed], sizes: Mapping[str, int]) -> None:
        """`sizes`: of "h", "d", ..., and "T". What no line computes is given, a random number."""
        self._sizes, self._tally = sizes, Tally()
        self._random = np.random.default_rng(0)
        self._known: dict[Place, Matrix] = {}
        self._todo: dict[Place, tuple[Node, dict[str, int]]] = {}
        self.read: dict[Place, int] = {}
        for line in lines:
            for n in line.span.times(sizes) if line.span else (0,):
                letters = {"T": sizes["T"], "t": n}
                self._todo[_place(line.left, letters)] = line.right, letters

    @property
    def places(self) -> frozenset[Place]:
        """Of all that its lines compute."""
        return frozenset(self._todo)

    def multiplied(self) -> int:
        """Computes every line at every time; how many multiplications that took."""
        for place in self._todo:
            self._value(place, NUMBER)
        return self._tally.multiplied

    def _value(self, place: Place, shape: Shape) -> Matrix:
        if place not in self._known:
            self._known[place] = self._computed(place) if place in self._todo else self._given(shape)
        return self._known[place]

    def _computed(self, place: Place) -> Matrix:
        node, letters = self._todo[place]
        return _Sheet(self, letters).of(node)

    def _given(self, shape: Shape) -> Matrix:
        return self.numbers(self._random.uniform(0.2, 1, [self.size(name) for name in shape]))

    # --- for a sheet ---

    def leaf(self, leaf: Var | Slope, letters: Mapping[str, int]) -> Matrix:
        place = _place(leaf, letters)
        found = self._value(place, leaf.shape)
        self.read[place] = found.size
        return found

    def size(self, name: str) -> int:
        return measured(name, self._sizes.__getitem__)

    def numbers(self, values: Any) -> Matrix:
        """The same array, with numbers that count."""
        found = np.empty(np.shape(values), object)
        found[...] = np.vectorize(self._tally.number, otypes=[object])(values)
        return found


def _place(left: Node, letters: Mapping[str, int]) -> Place:
    of = left.of if isinstance(left, Slope) else left
    if not isinstance(of, Var):
        raise TypeError(f"A {type(of).__name__} cannot be computed by a line.")
    return type(left), of.name, None if of.at is None else of.at.number(letters)


class _Sheet:
    """One line at one time; what stands in it twice is computed once."""

    def __init__(self, run: Run, letters: Mapping[str, int]) -> None:
        self._run, self._letters = run, letters
        self._known: dict[Node, Matrix] = {}

    def of(self, node: Node) -> Matrix:
        if node not in self._known:
            self._known[node] = self._found(node)
        return self._known[node]

    def _found(self, node: Node) -> Matrix:  # noqa: PLR0911 - one case a node
        match node:
            case Var() | Slope():
                return self._run.leaf(node, self._letters)
            case nodes.Fill():
                plain = np.full([self._run.size(name) for name in node.shape], int(node.value), object)
                return plain if is_plain(node) else self._run.numbers(plain * 0 + float(node.value))
            case nodes.Eye():
                return np.eye(self._run.size(node.shape[0]), dtype=int).astype(object)
            case nodes.Sum():
                return reduce(np.add, self._each(node))
            case nodes.Beside():
                return np.concatenate(self._each(node), axis=1)
            case nodes.ColumnOf():
                column = node.at.number(self._letters) - 1
                return self.of(node.body)[:, column : column + 1]
            case nodes.Part():
                rows = self._run.size(node.shape[0])
                return self.of(node.body)[:rows] if node.upper else self.of(node.body)[-rows:]
            case nodes.Fn() if (within := between_bars(node)) is not None:
                return _each_of(abs)(self.of(within))
            case nodes.MatMul():
                return self._product(node)
            case nodes.Hadamard():
                return self._by_elements(node)
        return _BY_NODE[type(node)](self.of, node)

    def _each(self, node: nodes.Sum | nodes.Beside) -> list[Matrix]:
        low, high = (end.number(self._letters) for end in (node.low, node.high))
        many = ({**self._letters, node.index: n} for n in range(low, high + 1))
        return [_Sheet(self._run, letters).of(node.body) for letters in many]

    def _product(self, node: nodes.MatMul) -> Matrix:
        found = [self.of(factor) for factor in node.factors]
        if starts_right(node.factors):
            return reduce(lambda done, left: left @ done, reversed(found))
        return reduce(np.matmul, found)

    def _by_elements(self, node: nodes.Hadamard) -> Matrix:
        """Numbers first, as one does on paper."""
        ordered = sorted(node.factors, key=lambda factor: factor.shape != NUMBER)
        whole = reduce(np.multiply, map(self.of, ordered))
        return np.broadcast_to(whole, [self._run.size(name) for name in node.shape])


def _norm(column: Matrix) -> Matrix:
    squares: Matrix = (column * column).sum(keepdims=True)
    return _each_of(math.sqrt)(squares)


def _each_of(function: Callable[[float], float]) -> Callable[[Matrix], Matrix]:
    """By elements; the numbers go on counting."""

    def one(x: float) -> float:
        return type(x)(function(float(x)))

    return np.vectorize(one, otypes=[object])


def _powers(node: nodes.Power, of: Callable[[Node], Matrix]) -> Matrix:
    body = node.body
    if isinstance(body, nodes.Norm):
        squares: Matrix = (of(body.body) * of(body.body)).sum(keepdims=True)
        return squares
    x = of(body)
    return 1 / x if node.exponent < 0 else reduce(np.multiply, [x] * node.exponent)


def _softmax(column: Matrix) -> Matrix:
    powers = _each_of(math.exp)(column)
    shares: Matrix = powers / powers.sum()
    return shares


_FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "relu": lambda x: max(0.0, x),
    "relu'": lambda x: float(x > 0),
    "exp": math.exp,
    "log": lambda x: math.log(abs(x)),  # of numbers that need not be shares
    "sqrt": lambda x: math.sqrt(abs(x)),
    "min1": lambda x: min(1.0, x),
}
_BY_NODE: Mapping[type[Node], Callable[[Callable[[Node], Matrix], Any], Matrix]] = {
    nodes.Add: lambda of, node: reduce(np.add, map(of, node.terms)),
    nodes.Neg: lambda of, node: -of(node.body),
    nodes.Over: lambda of, node: of(node.above) / of(node.below),
    nodes.Power: lambda of, node: _powers(node, of),
    nodes.Fn: lambda of, node: _each_of(_FUNCTIONS[node.name + "'" * node.primed])(of(node.body)),
    nodes.Softmax: lambda of, node: _softmax(of(node.body)),
    nodes.Transpose: lambda of, node: of(node.body).T,
    nodes.Norm: lambda of, node: _norm(of(node.body)),
    nodes.Stack: lambda of, node: np.concatenate([of(node.above), of(node.below)]),
}
