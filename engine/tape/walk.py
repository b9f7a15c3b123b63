"""Going through trees: parts, everything below, replacing, and putting a time in place of a letter.

Every changed node is made anew by its maker, so whatever nobody writes is dropped again. Knows no
rule of differentiation and no network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from engine.tape import makers, nodes
from engine.tape.index import At
from engine.tape.nodes import Node, Partial, Slope, Var

Change = Callable[[Node], Node | None]

_variables: WeakKeyDictionary[Node, tuple[Var, ...]] = WeakKeyDictionary()
_PARTS: Mapping[type[Node], Callable[[Any], tuple[Node, ...]]] = {
    nodes.Add: lambda node: node.terms,
    nodes.MatMul: lambda node: node.factors,
    nodes.Hadamard: lambda node: node.factors,
    nodes.Over: lambda node: (node.above, node.below),
    nodes.Stack: lambda node: (node.above, node.below),
    nodes.Kron: lambda node: (node.left, node.right),
    **dict.fromkeys((nodes.Neg, nodes.Power, nodes.Fn, nodes.Softmax, nodes.Norm), lambda node: (node.body,)),
    **dict.fromkeys((nodes.Transpose, nodes.Diag, nodes.Part, nodes.ColumnOf), lambda node: (node.body,)),
    **dict.fromkeys((nodes.Beside, nodes.Sum, nodes.Prod), lambda node: (node.body,)),
}
_REMADE: Mapping[type[Node], Callable[..., Node]] = {
    nodes.Add: lambda _, *terms: makers.add(*terms),
    nodes.Neg: lambda _, body: makers.neg(body),
    nodes.MatMul: lambda _, *factors: makers.matmul(*factors),
    nodes.Hadamard: lambda _, *factors: makers.times(*factors),
    nodes.Over: lambda _, above, below: makers.over(above, below),
    nodes.Power: lambda node, body: makers.power(body, node.exponent),
    nodes.Fn: lambda node, body: makers.fn(node.name, body, node.primed),
    nodes.Softmax: lambda _, body: makers.softmax(body),
    nodes.Transpose: lambda _, body: makers.transpose(body),
    nodes.Diag: lambda _, body: makers.diag(body),
    nodes.Norm: lambda _, body: makers.norm(body),
    nodes.Stack: lambda _, above, below: makers.stack(above, below),
    nodes.Part: lambda node, body: makers.part(body, node.upper),
    nodes.Beside: lambda node, body: makers.beside(body, node.index, node.low, node.high, node.shape[1]),
    nodes.ColumnOf: lambda node, body: makers.column_of(body, node.at),
    nodes.Kron: lambda _, left, right: makers.kron(left, right),
    nodes.Sum: lambda node, body: makers.sum_over(body, node.index, node.low, node.high),
    nodes.Prod: lambda node, body: makers.prod_over(body, node.index, node.low, node.high),
}


def children(node: Node) -> tuple[Node, ...]:
    """The parts of `node`; a leaf (Var, Slope, Partial, Fill, Eye) has none."""
    return _PARTS[type(node)](node) if type(node) in _PARTS else ()


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything below it, parts after their whole; shared parts as often as they occur."""
    yield node
    for child in children(node):
        yield from walk(child)


def variables(node: Node) -> tuple[Var, ...]:
    """The variables among the leaves, each once, from left to right; not those inside a Slope or Partial."""
    if isinstance(node, Var):
        return (node,)
    found = _variables.get(node)
    if found is None:
        found = tuple(dict.fromkeys(leaf for part in children(node) for leaf in variables(part)))
        _variables[node] = found
    return found


def swap(node: Node, change: Change) -> Node:
    """`node` with every part for which `change` gives something replaced by that, from the top."""
    changed = change(node)
    if changed is not None:
        return changed
    old = children(node)
    new = tuple(swap(child, change) for child in old)
    return node if all(a is b for a, b in zip(old, new, strict=True)) else remade(node, new)


def exchange(node: Node, known: Mapping[Node, Node]) -> Node:
    """`node` with the nodes that are keys of `known` replaced."""
    return swap(node, known.get) if known else node


def remade(node: Node, parts: tuple[Node, ...]) -> Node:
    """A node of the same kind with these parts in place of its own."""
    return _REMADE[type(node)](node, *parts)


def put(node: Node, letter: str, value: At) -> Node:
    """`node` with the time `value` in place of the letter; inside a sum over that letter it stays."""
    return swap(node, lambda part: _put_here(part, letter, value))


def _put_here(node: Node, letter: str, value: At) -> Node | None:
    match node:
        case Var():
            return at_time(node, letter, value)
        case Slope():
            return makers.slope(at_time(node.of, letter, value))
        case Partial():
            return makers.partial(at_time(node.of, letter, value), at_time(node.by, letter, value), node.held)
        case nodes.ColumnOf():
            return makers.column_of(put(node.body, letter, value), node.at.put(letter, value))
        case nodes.Beside() | nodes.Sum() | nodes.Prod():
            return _put_over_index(node, letter, value)
    return None


def at_time(leaf: Var, letter: str, value: At) -> Var:
    """The variable with the time `value` in place of the letter."""
    return leaf if leaf.at is None else makers.var(leaf.name, leaf.shape, leaf.at.put(letter, value))


def _put_over_index(node: nodes.Beside | nodes.Sum | nodes.Prod, letter: str, value: At) -> Node:
    body = node.body if node.index == letter else put(node.body, letter, value)
    low, high = node.low.put(letter, value), node.high.put(letter, value)
    match node:
        case nodes.Beside():
            return makers.beside(body, node.index, low, high, node.shape[1])
        case nodes.Sum():
            return makers.sum_over(body, node.index, low, high)
    return makers.prod_over(body, node.index, low, high)
