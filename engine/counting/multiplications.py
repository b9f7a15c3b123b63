"""How many multiplications a line takes, read off its tree: a polynomial in the sizes.

Divisions count as multiplications; additions, tanh, exp and the like do not, nor does a product
with 1 or -1. What stands twice in one line is computed once. Products of several matrices are done
from the side where the vector is.
"""

from __future__ import annotations

from engine.counting.polynomial import NONE, Polynomial, added, letter, number, size
from engine.tape import nodes
from engine.tape.index import At, Span
from engine.tape.nodes import NUMBER, Node, Shape
from engine.tape.walk import children

CUTS = "q"  # at how many times truncated BPTT passes nothing back


def multiplications(line: Node) -> Polynomial:
    """Of computing a line's right side once."""
    return _count(line, set())


def _count(node: Node, done: set[Node]) -> Polynomial:
    if node in done:
        return NONE
    done.add(node)
    if isinstance(node, nodes.Sum | nodes.Beside):
        return _count(node.body, done) * times(node.low, node.high)
    if isinstance(node, nodes.Power) and isinstance(node.body, nodes.Norm):
        return _count(node.body, done)  # ‖e‖² is found without the root
    within = between_bars(node)
    if within is not None:
        return _count(within, done)
    return _own(node) + added(_count(child, done) for child in children(node))


def between_bars(node: Node) -> Node | None:
    """x of |x|, which is written as the root of a square, but only drops signs."""
    match node:
        case nodes.Fn(_, "sqrt", nodes.Power(_, x, 2), False):
            return x
    return None


def _own(node: Node) -> Polynomial:
    """Without the parts of it."""
    match node:
        case nodes.MatMul():
            return _products(node.factors)
        case nodes.Hadamard():
            return _by_elements(node)
        case nodes.Over() | nodes.Softmax():
            return entries(node.shape)
        case nodes.Power():
            return entries(node.shape) * number(max(1, node.exponent - 1))
        case nodes.Norm():
            return entries(node.body.shape)
    return NONE


def _products(factors: tuple[Node, ...]) -> Polynomial:
    """One product after the other; one with a matrix of ones only adds."""
    shapes = [(factor.shape, is_plain(factor)) for factor in factors]
    if starts_right(factors):
        shapes = [((columns, rows), plain) for (rows, columns), plain in reversed(shapes)]
    ((rows, _), so_far), *others = shapes
    total = NONE
    for (middle, columns), plain in others:
        if not so_far and not plain:
            total += size(rows) * size(middle) * size(columns)
        so_far = so_far and plain
    return total


def starts_right(factors: tuple[Node, ...]) -> bool:
    """Whether a product is done from right to left."""
    return factors[-1].shape[1] == "1"


def _by_elements(node: nodes.Hadamard) -> Polynomial:
    """Numbers are multiplied with each other first."""
    kept = [factor for factor in node.factors if not is_plain(factor)]
    numbers = [factor for factor in kept if factor.shape == NUMBER]
    if node.shape == NUMBER:
        return number(max(0, len(kept) - 1))
    matrices = len(kept) - len(numbers)
    in_matrix = max(0, matrices - 1) + (1 if numbers and matrices else 0)
    return number(max(0, len(numbers) - 1)) + entries(node.shape) * number(in_matrix)


def is_plain(node: Node) -> bool:
    """Whether it is made of 1, -1 and 0 only where there are ones, so that multiplying is no work."""
    match node:
        case nodes.Fill():
            return abs(node.value) == 1
        case nodes.Eye():
            return True
        case nodes.Neg() | nodes.Transpose() | nodes.ColumnOf():
            return is_plain(node.body)
    return False


def entries(shape: Shape) -> Polynomial:
    return size(shape[0]) * size(shape[1])


def times(low: At, high: At) -> Polynomial:
    return _time(high) - _time(low) + number(1)


def _time(when: At) -> Polynomial:
    return number(when.shift) + (letter(when.base) if when.base else NONE)


def length(span: Span | None) -> Polynomial:
    """For how many times a line is computed; of spans with a window, T - 1 times in all, q of them cut."""
    if span is None:
        return number(1)
    if not span.window:
        return times(span.low, span.high)
    return letter(CUTS) if span.cut else times(span.low, span.high) - letter(CUTS)
