"""Makers of nodes: they check shapes and drop what nobody writes, and do no other algebra.

Dropped: + 0, * 1, the identity in a product, double transposes and signs, one inside another of
the same kind, and whatever says nothing of a number (its transpose, its diagonal matrix). A
transpose goes inside a product. `ShapeError` names both shapes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from fractions import Fraction

from engine.tape.index import At
from engine.tape.nodes import (
    NUMBER,
    Add,
    Beside,
    ColumnOf,
    Diag,
    Eye,
    Fill,
    Fn,
    Hadamard,
    Kron,
    MatMul,
    Neg,
    Node,
    Norm,
    Over,
    Part,
    Partial,
    Power,
    Prod,
    Shape,
    Slope,
    Softmax,
    Stack,
    Sum,
    Transpose,
    Var,
    once,
)


class ShapeError(ValueError):
    """Two matrices do not fit. The message is for the reader of a formula."""


def var(name: str, shape: Shape, at: At | None = None) -> Var:
    return once(Var(shape, name, at))


def slope(of: Var) -> Slope:
    return once(Slope(of.shape, of))


def partial(of: Var, by: Var, held: tuple[str, ...] | None = None) -> Partial:
    """d(of)/d(by) for a column (or number) `of`; a matrix `by` is read as its vec."""
    return once(Partial((of.shape[0], _entries(by.shape)), of, by, held))


def _entries(shape: Shape) -> str:
    rows, columns = shape
    return rows if columns == "1" else columns if rows == "1" else f"{columns}·{rows}"  # as kron has it


def fill(value: int | Fraction, shape: Shape = NUMBER) -> Fill:
    return once(Fill(shape, Fraction(value)))


ONE, ZERO, HALF = fill(1), fill(0), fill(Fraction(1, 2))


def eye(size: str) -> Node:
    return ONE if size == "1" else once(Eye((size, size)))


def is_zero(node: Node) -> bool:
    return isinstance(node, Fill) and node.value == 0


def is_one(node: Node) -> bool:
    """Whether it is the identity or the number 1."""
    return isinstance(node, Eye) or (isinstance(node, Fill) and node.value == 1 and node.shape == NUMBER)


def add(*terms: Node) -> Node:
    """The sum; raises ShapeError if the shapes differ."""
    for term in terms[1:]:
        if term.shape != terms[0].shape:
            raise ShapeError(f"{_told(terms[0])} and {_told(term)} cannot be added")
    flat = [part for term in terms for part in (term.terms if isinstance(term, Add) else (term,))]
    kept = tuple(term for term in flat if not is_zero(term))
    if not kept:
        return fill(0, terms[0].shape)
    return kept[0] if len(kept) == 1 else once(Add(kept[0].shape, kept))


def neg(body: Node) -> Node:
    match body:
        case Neg():
            return body.body
        case Fill():
            return fill(-body.value, body.shape)
    return once(Neg(body.shape, body))


def minus(first: Node, second: Node) -> Node:
    return add(first, neg(second))


def matmul(*factors: Node) -> Node:
    """The matrix product; numbers in it are allowed only where they fit as 1 by 1 matrices."""
    plain, negative = _unsigned(factors)
    flat = [
        part for factor in plain for part in (factor.factors if isinstance(factor, MatMul) else (factor,))
    ]
    for left, right in itertools.pairwise(flat):
        if left.shape[1] != right.shape[0]:
            raise ShapeError(f"{_told(left)} times {_told(right)} does not fit")
    shape = (flat[0].shape[0], flat[-1].shape[1])
    if any(map(is_zero, flat)):
        return fill(0, shape)
    kept = tuple(factor for factor in flat if not is_one(factor))
    product: Node
    if not kept:
        product = eye(shape[0])
    elif all(factor.shape == NUMBER for factor in kept):
        product = times(*kept)
    else:
        product = kept[0] if len(kept) == 1 else once(MatMul(shape, kept))
    return neg(product) if negative else product


def _unsigned(factors: Iterable[Node]) -> tuple[list[Node], bool]:
    """The factors without their signs, and whether a sign is left over."""
    found = list(factors)
    signs = sum(isinstance(factor, Neg) for factor in found)
    return [factor.body if isinstance(factor, Neg) else factor for factor in found], bool(signs % 2)


def times(*factors: Node) -> Node:
    """The product by elements; numbers (1 by 1) multiply every element."""
    shapes = {factor.shape for factor in factors if factor.shape != NUMBER}
    if len(shapes) > 1:
        first, second = sorted(shapes)[:2]
        raise ShapeError(f"a {_shape(first)} and a {_shape(second)} cannot be multiplied by elements")
    shape = shapes.pop() if shapes else NUMBER
    plain, negative = _unsigned(factors)
    flat = [
        part for factor in plain for part in (factor.factors if isinstance(factor, Hadamard) else (factor,))
    ]
    if any(map(is_zero, flat)):
        return fill(0, shape)
    kept = tuple(factor for factor in flat if not (isinstance(factor, Fill) and factor.value == 1))
    if all(factor.shape == NUMBER for factor in kept) and (shape != NUMBER or not kept):
        kept = (*kept, fill(1, shape))
    product: Node = kept[0] if len(kept) == 1 else once(Hadamard(shape, kept))
    return neg(product) if negative else product


def over(above: Node, below: Node) -> Node:
    if below.shape not in (above.shape, NUMBER):
        raise ShapeError(f"{_told(above)} cannot be divided by {_told(below)}")
    return above if is_one(below) and below.shape == NUMBER else once(Over(above.shape, above, below))


def power(body: Node, exponent: int) -> Node:
    return body if exponent == 1 else once(Power(body.shape, body, exponent))


def fn(name: str, body: Node, primed: bool = False) -> Node:
    """The function by elements; the identity says nothing and its slope is 1."""
    if name == "identity":
        return fill(1, body.shape) if primed else body
    return once(Fn(body.shape, name, body, primed))


def softmax(body: Node) -> Node:
    return once(Softmax(body.shape, body))


def transpose(body: Node) -> Node:  # noqa: PLR0911 - one case a node
    if body.shape == NUMBER:
        return body
    turned = (body.shape[1], body.shape[0])
    match body:
        case Transpose():
            return body.body
        case MatMul():
            return matmul(*(transpose(factor) for factor in reversed(body.factors)))
        case Diag() | Eye():
            return body
        case Neg():
            return neg(transpose(body.body))
        case Fill():
            return fill(body.value, turned)
    return once(Transpose(turned, body))


def diag(body: Node) -> Node:
    if body.shape[1] != "1":
        raise ShapeError(f"diag needs a column, not {_told(body)}")
    if body.shape == NUMBER:
        return body
    if isinstance(body, Fill) and body.value == 1:
        return eye(body.shape[0])
    return once(Diag((body.shape[0], body.shape[0]), body))


def norm(body: Node) -> Node:
    return once(Norm(NUMBER, body))


def total(body: Node) -> Node:
    """The sum of the elements of a column: 1ᵀ x."""
    return matmul(fill(1, (body.shape[1], body.shape[0])), body)


def stack(above: Node, below: Node) -> Node:
    if above.shape[1] != "1" or below.shape[1] != "1":
        raise ShapeError("only columns can be stacked")
    return once(Stack((f"{above.shape[0]}+{below.shape[0]}", "1"), above, below))


def part(body: Node, upper: bool) -> Node:
    """The upper or lower part of a column of size "h+d"."""
    sizes = body.shape[0].split("+")
    if len(sizes) != 2:
        raise ShapeError(f"{_told(body)} has no two parts")
    return once(Part((sizes[0] if upper else sizes[1], body.shape[1]), body, upper))


def beside(body: Node, index: str, low: At, high: At, size: str) -> Node:
    """The columns `body` for each index; `size` names how many there are."""
    return once(Beside((body.shape[0], size), body, index, low, high))


def column_of(body: Node, at: At) -> Node:
    return once(ColumnOf((body.shape[0], "1"), body, at))


def kron(left: Node, right: Node) -> Node:
    if left.shape == right.shape == NUMBER:
        return times(left, right)
    shape = tuple(_product(a, b) for a, b in zip(left.shape, right.shape, strict=True))
    return once(Kron((shape[0], shape[1]), left, right))


def _product(first: str, second: str) -> str:
    return first if second == "1" else second if first == "1" else f"{first}·{second}"


def sum_over(body: Node, index: str, low: At, high: At) -> Node:
    return body if is_zero(body) else once(Sum(body.shape, body, index, low, high))


def prod_over(body: Node, index: str, low: At, high: At) -> Node:
    if body.shape[0] != body.shape[1]:
        raise ShapeError(f"{_told(body)} cannot be multiplied with itself")
    return body if is_one(body) else once(Prod(body.shape, body, index, low, high))


def sum_of(terms: Iterable[Node], shape: Shape) -> Node:
    """The sum, zero of that shape if there is none."""
    found = list(terms)
    return add(*found) if found else fill(0, shape)


def _told(node: Node) -> str:
    name = node.name if isinstance(node, Var) else type(node).__name__.lower()
    return f"{name} ({_shape(node.shape)})"


def _shape(shape: Shape) -> str:
    return " × ".join(shape)
