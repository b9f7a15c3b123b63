"""Numbers into a tree: what a node is worth, at many points and many times at once.

Arrays are [..., n, r, c]: any leading axes (points), n times, then the matrix; an axis has length
1 where nothing depends on it. They may be complex, so that a tiny imaginary step through a tree
gives derivatives exact to the last digits. Where a leaf's numbers come from is the caller's.
Knows no network and no rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from engine.tape import nodes
from engine.tape.folds import Fold, Frame, multiplied, side_by_side, summed
from engine.tape.functions import FUNCTIONS, SLOPES, softmax
from engine.tape.index import At
from engine.tape.nodes import Node, Partial, Slope, Var

Array = NDArray[Any]  # of floats, or of complex numbers
Times = NDArray[np.int_]  # [n], or [1]
Letters = Mapping[str, int | Times]  # what t, j, T, ... are


class Values(Protocol):
    """Where the numbers of leaves come from; arrays as above."""

    def of(self, leaf: Var | Slope, times: Times | None) -> Array:
        """A quantity or its slope at these times; None for one without a time."""
        ...

    def partial(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        """d(of)/d(by) at these times of the one and the other."""
        ...

    def size(self, name: str) -> int:
        """Of "h", "h+d", "h·d", "1"."""
        ...


def evaluate(node: Node, values: Values, letters: Letters) -> Array:
    """What `node` is worth.

    Args:
        letters: numbers for the letters of its times, each a number or an array [n]; "T" among them.

    Returns: [..., n, r, c]; n = 1 if the node depends on no letter that has several values.

    Raises:
        KeyError: a letter that `letters` does not have; and what `values` raises.
    """
    return evaluator(values, letters)(node)


def evaluator(
    values: Values, letters: Letters, known: Mapping[Node, Array] | None = None
) -> Callable[[Node], Array]:
    """`evaluate` for many expressions: what they share is computed once, what is `known` not at all."""
    frame = {letter: np.atleast_1d(np.asarray(value)) for letter, value in letters.items()}
    return _Evaluation(values, frame, known or {}).of


def measured(name: str, sizes: Callable[[str], int]) -> int:
    """A size such as "h+d" or "h·d" from those of its letters."""
    if "+" in name:
        return sum(measured(part, sizes) for part in name.split("+"))
    if "·" in name:
        return int(np.prod([measured(part, sizes) for part in name.split("·")]))
    return int(name) if name.isdigit() else sizes(name)


_letters: WeakKeyDictionary[Node, frozenset[str]] = WeakKeyDictionary()


def letters_of(node: Node) -> frozenset[str]:
    """The letters of times that `node` depends on; not those that its sums and products go over."""
    found = _letters.get(node)
    if found is None:
        found = _letters[node] = _found_letters(node)
    return found


def _found_letters(node: Node) -> frozenset[str]:
    if isinstance(node, nodes.Beside | nodes.Sum | nodes.Prod):
        inside = letters_of(node.body) - {node.index}
        return (inside | {node.low.base, node.high.base}) - {""}
    found: set[str] = set()
    for name in type(node).__match_args__:
        field: Any = getattr(node, name)
        for part in field if isinstance(field, tuple) else (field,):
            if isinstance(part, Node):
                found |= letters_of(part)
            elif isinstance(part, At):
                found.add(part.base)
    return frozenset(found) - {""}


class _Evaluation:
    """One walk through a tree, with the letters at `frame`; every node is computed once."""

    def __init__(self, values: Values, frame: Mapping[str, Times], known: Mapping[Node, Array]) -> None:
        self._values, self._frame = values, frame
        self._known = dict(known)

    def of(self, node: Node) -> Array:
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = _HOW[type(node)](self, node)
        return found

    def size(self, name: str) -> int:
        return 1 if name == "1" else self._values.size(name)

    def _at(self, at: At) -> Times:
        return self._frame[at.base] + at.shift if at.base else np.array([at.shift])

    def _when(self, of: Var) -> Times | None:
        return None if of.at is None else self._at(of.at)

    # --- leaves ---

    def _var(self, node: Var) -> Array:
        return self._values.of(node, self._when(node))

    def _slope(self, node: Slope) -> Array:
        return self._values.of(node, self._when(node.of))

    def _partial(self, node: Partial) -> Array:
        return self._values.partial(node, self._when(node.of), self._when(node.by))

    def _fill(self, node: nodes.Fill) -> Array:
        rows, columns = node.shape
        return np.full((1, self.size(rows), self.size(columns)), float(node.value))

    def _eye(self, node: nodes.Eye) -> Array:
        return np.eye(self.size(node.shape[0]))[None]

    # --- algebra ---

    def _add(self, node: nodes.Add) -> Array:
        total = self.of(node.terms[0])
        for term in node.terms[1:]:
            total = total + self.of(term)
        return total

    def _neg(self, node: nodes.Neg) -> Array:
        return -self.of(node.body)

    def _matmul(self, node: nodes.MatMul) -> Array:
        product = self.of(node.factors[0])
        for factor in node.factors[1:]:
            product = product @ self.of(factor)
        return product

    def _hadamard(self, node: nodes.Hadamard) -> Array:
        product = self.of(node.factors[0])
        for factor in node.factors[1:]:
            product = product * self.of(factor)
        return product

    def _over(self, node: nodes.Over) -> Array:
        quotient: Array = self.of(node.above) / self.of(node.below)
        return quotient

    def _power(self, node: nodes.Power) -> Array:
        powered: Array = self.of(node.body) ** node.exponent
        return powered

    def _fn(self, node: nodes.Fn) -> Array:
        return (SLOPES if node.primed else FUNCTIONS)[node.name](self.of(node.body))

    def _softmax(self, node: nodes.Softmax) -> Array:
        return softmax(self.of(node.body))

    # --- matrices ---

    def _transpose(self, node: nodes.Transpose) -> Array:
        return np.swapaxes(self.of(node.body), -1, -2)

    def _diag(self, node: nodes.Diag) -> Array:
        column = self.of(node.body)
        return column * np.eye(column.shape[-2])

    def _norm(self, node: nodes.Norm) -> Array:
        body = self.of(node.body)
        if "1" in node.body.shape:
            length: Array = np.sqrt((body * body).sum(axis=(-2, -1), keepdims=True))
            return length
        largest: Array = np.linalg.norm(body, 2, axis=(-2, -1), keepdims=True)
        return largest

    def _stack(self, node: nodes.Stack) -> Array:
        parts = [self.of(node.above), self.of(node.below)]
        leading = np.broadcast_shapes(*(part.shape[:-2] for part in parts))
        return np.concatenate([np.broadcast_to(part, (*leading, *part.shape[-2:])) for part in parts], -2)

    def _part(self, node: nodes.Part) -> Array:
        body, rows = self.of(node.body), self.size(node.shape[0])
        return body[..., :rows, :] if node.upper else body[..., body.shape[-2] - rows :, :]

    def _kron(self, node: nodes.Kron) -> Array:
        left, right = self.of(node.left), self.of(node.right)
        blocks = left[..., :, None, :, None] * right[..., None, :, None, :]
        rows, columns = left.shape[-2] * right.shape[-2], left.shape[-1] * right.shape[-1]
        return blocks.reshape(*blocks.shape[:-4], rows, columns)

    def _column_of(self, node: nodes.ColumnOf) -> Array:
        body = self.of(node.body)
        low = self._at(node.body.low) if isinstance(node.body, nodes.Beside) else 1
        column = self._at(node.at) - low
        count = max(body.shape[-3], len(column))
        body = np.broadcast_to(body, (*body.shape[:-3], count, *body.shape[-2:]))
        picked = np.broadcast_to(column, (count,))[:, None, None]
        picked = picked.reshape((1,) * (body.ndim - 3) + picked.shape)
        return np.take_along_axis(body, np.broadcast_to(picked, (*body.shape[:-1], 1)), axis=-1)

    # --- over an index ---

    def _sum(self, node: nodes.Sum) -> Array:
        return summed(self._fold(node), (self.size(node.shape[0]), self.size(node.shape[1])))

    def _prod(self, node: nodes.Prod) -> Array:
        return multiplied(self._fold(node), self.size(node.shape[0]))

    def _beside(self, node: nodes.Beside) -> Array:
        return side_by_side(self._fold(node))

    def _fold(self, node: nodes.Sum | nodes.Prod | nodes.Beside) -> Fold:
        """The fold with only the letters that its body depends on, so that nothing is computed twice."""
        low, high = np.broadcast_arrays(self._at(node.low), self._at(node.high))
        frame = {letter: self._frame[letter] for letter in letters_of(node.body) - {node.index}}
        count = np.broadcast_shapes(low.shape, *(times.shape for times in frame.values()))
        low, high = np.broadcast_to(low, count), np.broadcast_to(high, count)

        def body(inner: Frame) -> Array:
            return _Evaluation(self._values, inner, {}).of(node.body)

        return Fold(body, node.index, low, high, frame)


_HOW: Mapping[type[Node], Callable[[_Evaluation, Any], Array]] = {
    Var: _Evaluation._var,
    Slope: _Evaluation._slope,
    Partial: _Evaluation._partial,
    nodes.Fill: _Evaluation._fill,
    nodes.Eye: _Evaluation._eye,
    nodes.Add: _Evaluation._add,
    nodes.Neg: _Evaluation._neg,
    nodes.MatMul: _Evaluation._matmul,
    nodes.Hadamard: _Evaluation._hadamard,
    nodes.Over: _Evaluation._over,
    nodes.Power: _Evaluation._power,
    nodes.Fn: _Evaluation._fn,
    nodes.Softmax: _Evaluation._softmax,
    nodes.Transpose: _Evaluation._transpose,
    nodes.Diag: _Evaluation._diag,
    nodes.Norm: _Evaluation._norm,
    nodes.Stack: _Evaluation._stack,
    nodes.Part: _Evaluation._part,
    nodes.Beside: _Evaluation._beside,
    nodes.ColumnOf: _Evaluation._column_of,
    nodes.Kron: _Evaluation._kron,
    nodes.Sum: _Evaluation._sum,
    nodes.Prod: _Evaluation._prod,
}
