"""Numbers for trees, by a small evaluator of its own: nothing of `engine.tape.numbers` is in it.

Every leaf is a random matrix that depends on its name and time only. With `turned`, the tree is a
mirrored one: leaves are the transposed matrices, and vectors are rows.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.tape import nodes
from engine.tape.mirror import Upwards
from engine.tape.nodes import Node

Array = NDArray[np.float64]
SIZES = {"1": 1, "h": 3, "d": 2, "k": 4, "n": 5, "m": 6, "T": 3}
_PLAIN = {
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "min1": lambda x: np.minimum(1, x),
}
_PRIMED = {
    "tanh": lambda x: 1 / np.cosh(x) ** 2,
    "sigmoid": lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2,
    "relu": lambda x: (x > 0).astype(float),
    "exp": np.exp,
}


def size(name: str) -> int:
    if "+" in name:
        return sum(map(size, name.split("+")))
    return int(np.prod([SIZES[part] for part in name.split("·")]))


def _shape(node: Node, turned: bool) -> tuple[int, int]:
    rows, columns = node.shape[::-1] if turned else node.shape
    return size(rows), size(columns)


def _leaf(key: object, shape: tuple[int, int]) -> Array:
    return np.random.default_rng(zlib.crc32(repr(key).encode())).uniform(0.2, 1.2, shape)


def _named(var: nodes.Var, letters: Mapping[str, int]) -> tuple[str, int | None]:
    return var.name, None if var.at is None else var.at.number(letters)


def valued(node: Node, letters: Mapping[str, int], turned: bool = False) -> Array:  # noqa: PLR0911 - a case a node
    """The matrix that `node` is, where the letters are these numbers."""

    def of(part: Node, **more: int) -> Array:
        return valued(part, {**letters, **more}, turned)

    match node:
        case nodes.Var():
            found = _leaf(_named(node, letters), _shape(node, turned))
        case nodes.Slope():
            found = _leaf(("slope", _named(node.of, letters)), _shape(node, turned))
        case nodes.Partial():
            names = _named(node.of, letters), _named(node.by, letters)
            key: object = (*names, node.held is None)
            if names[0] == ("L", None) and node.held is None and "1" in node.by.shape:  # the slope as a row
                key = ("slope", names[1])
            found = _leaf(key, _shape(node, turned))
        case nodes.Fill():
            return np.full(_shape(node, False), float(node.value))
        case nodes.Eye():
            return np.eye(size(node.shape[0]))
        case nodes.Stack():
            return np.concatenate([of(node.above), of(node.below)], axis=int(turned))
        case nodes.Part():
            whole, cut = of(node.body), size((node.body.shape[int(turned)]).split("+")[0])
            parts = np.split(whole, [cut], axis=int(turned))
            return parts[0] if node.upper else parts[1]
        case nodes.Beside() | nodes.Sum() | nodes.Prod() | Upwards():
            return _over_time(node, letters, turned)
        case nodes.ColumnOf():
            place = node.at.number(letters) - 1
            return of(node.body)[place : place + 1] if turned else of(node.body)[:, place : place + 1]
        case _:
            return _joined(node, [of(part) for part in _parts(node)])
    return found.T if turned else found


def _over_time(node: Node, letters: Mapping[str, int], turned: bool) -> Array:
    low, high = node.low.number(letters), node.high.number(letters)
    each = [valued(node.body, {**letters, node.index: time}, turned) for time in range(low, high + 1)]
    match node:
        case nodes.Sum():
            return sum(each, np.zeros((size(node.shape[0]), size(node.shape[1]))))
        case nodes.Beside():
            return np.concatenate(each, axis=int(not turned))
        case nodes.Prod():
            each.reverse()
    product = np.eye(size(node.shape[0]))
    for factor in each:
        product = product @ factor
    return product


def _parts(node: Node) -> tuple[Node, ...]:
    names = ("terms", "factors")
    for name in names:
        if hasattr(node, name):
            return getattr(node, name)
    return tuple(
        getattr(node, name) for name in ("above", "below", "left", "right", "body") if hasattr(node, name)
    )


def _joined(node: Node, parts: list[Array]) -> Array:  # noqa: PLR0911, PLR0912 - one case a node
    first = parts[0]
    match node:
        case nodes.Add():
            return sum(parts[1:], first)
        case nodes.MatMul():
            return first if len(parts) == 1 else np.linalg.multi_dot(parts)
        case nodes.Hadamard():
            for part in parts[1:]:
                first = first * part
            return first
        case nodes.Neg():
            return -first
        case nodes.Over():
            return first / parts[1]
        case nodes.Power():
            return first**node.exponent
        case nodes.Fn():
            return (_PRIMED if node.primed else _PLAIN)[node.name](first)
        case nodes.Softmax():
            return np.exp(first) / np.exp(first).sum()
        case nodes.Transpose():
            return first.T
        case nodes.Diag():
            return np.diag(first.ravel())
        case nodes.Norm():
            return np.array([[np.linalg.norm(first, 2)]])
        case nodes.Kron():
            return np.kron(first, parts[1])
    raise TypeError(node)
