"""Small algebra that every writer does in the head: 1/2 * 2 = 1, e + e = 2 e, diag(a) v = a ⊙ v.

Number factors are multiplied and come first, equal terms are counted, diagonal matrices multiply
what is next to them. Nothing is expanded or factored out. Knows no network and no derivative.
"""

from __future__ import annotations

from fractions import Fraction
from weakref import WeakKeyDictionary

from engine.tape.makers import add, diag, fill, matmul, neg, over, times
from engine.tape.nodes import NUMBER, Add, Diag, Fill, Hadamard, MatMul, Neg, Node, Over
from engine.tape.walk import children, remade

_tidied: WeakKeyDictionary[Node, Node | None] = WeakKeyDictionary()  # None: it was tidy


def tidy(node: Node) -> Node:
    """`node` with its numbers gathered, from the leaves up."""
    if node not in _tidied:
        found = _gathered(node)
        _tidied[node] = None if found is node else found
    return _tidied[node] or node


def _gathered(node: Node) -> Node:
    old = children(node)
    new = tuple(map(tidy, old))
    if any(a is not b for a, b in zip(old, new, strict=True)):
        node = remade(node, new)
    match node:
        case Add():
            return _counted(node)
        case MatMul():
            node = _diagonals(node)
        case Hadamard():
            node = _spread(node)
    return _joined(*split(node)) if _may_hide_a_number(node) else node


_HIDING = (Neg, Fill, Hadamard, MatMul, Over)


def _may_hide_a_number(node: Node) -> bool:
    match node:
        case Hadamard() | MatMul():
            return any(isinstance(factor, _HIDING) for factor in node.factors)
        case Over():
            return isinstance(node.above, _HIDING)
    return isinstance(node, Neg) and isinstance(node.body, _HIDING)


def split(node: Node) -> tuple[Fraction, Node]:
    """A number and the rest, whose product is `node`."""
    match node:
        case Neg():
            number, rest = split(node.body)
            return -number, rest
        case Fill() if node.value:
            return node.value, fill(1, node.shape)
        case Hadamard():
            return _split_product(node)
        case MatMul():
            parts = [split(factor) for factor in node.factors]
            return _product(parts), matmul(*(rest for _, rest in parts))
        case Over():
            number, above = split(node.above)
            return number, over(above, node.below)
    return Fraction(1), node


def _split_product(node: Hadamard) -> tuple[Fraction, Node]:
    parts = [split(factor) for factor in node.factors]
    rests = [rest for _, rest in parts if not (isinstance(rest, Fill) and rest.value == 1)]
    rest = times(*rests) if rests else fill(1)
    if rest.shape != node.shape:
        rest = times(rest, fill(1, node.shape))
    return _product(parts), rest


def _product(parts: list[tuple[Fraction, Node]]) -> Fraction:
    number = Fraction(1)
    for factor, _ in parts:
        number *= factor
    return number


def _joined(number: Fraction, rest: Node) -> Node:
    if isinstance(rest, Fill):
        return fill(number * rest.value, rest.shape)
    if number < 0:
        return neg(_joined(-number, rest))
    return rest if number == 1 else times(fill(number), rest)


def _counted(node: Add) -> Node:
    if all(isinstance(_unsigned(term), Diag) for term in node.terms):
        return diag(_counted_terms(add(*map(_undiagonal, node.terms))))
    return _counted_terms(node)


def _unsigned(term: Node) -> Node:
    return term.body if isinstance(term, Neg) else term


def _undiagonal(term: Node) -> Node:
    match term:
        case Neg(_, Diag() as body):
            return neg(body.body)
        case Diag():
            return term.body
    return term


def _counted_terms(node: Node) -> Node:
    if not isinstance(node, Add):
        return node
    counts: dict[Node, Fraction] = {}
    for term in node.terms:
        number, rest = split(term)
        counts[rest] = counts.get(rest, Fraction(0)) + number
    if len(counts) == len(node.terms) and all(counts.values()):
        return node
    kept = [_joined(number, rest) for rest, number in counts.items() if number]
    return add(*kept) if kept else fill(0, node.shape)


def _diagonals(node: MatMul) -> Node:
    """Diagonal matrices next to each other become one; next to a column, a product by elements."""
    kept: list[Node] = []
    for factor in reversed(node.factors):
        after = kept[-1] if kept else None
        if (
            after is not None
            and isinstance(factor, Fill)
            and isinstance(after, Fill)
            and factor.shape[1] == "1"
        ):
            kept[-1] = fill(factor.value * after.value, (factor.shape[0], after.shape[1]))
            continue
        if isinstance(factor, Diag) and after is not None and factor.shape != NUMBER:
            if isinstance(after, Diag):
                kept[-1] = diag(times(factor.body, after.body))
                continue
            if after.shape[1] == "1":
                kept[-1] = times(factor.body, after)
                continue
        kept.append(factor)
    return matmul(*reversed(kept))


def _spread(node: Hadamard) -> Node:
    """A number in every entry of a column multiplies as the number itself: (1 c) ⊙ v = c v."""
    if all(_constant(factor) is not None for factor in node.factors):
        return node
    return times(*(factor if (number := _constant(factor)) is None else number for factor in node.factors))


def _constant(node: Node) -> Node | None:
    """c of 1 c, or of c by itself."""
    if node.shape == NUMBER:
        return node
    ones, *rest = node.factors if isinstance(node, MatMul) else (node,)
    if (
        isinstance(ones, Fill)
        and ones.value == 1
        and rest
        and rest[0].shape == (NUMBER[0], node.shape[1]) == NUMBER
    ):
        return matmul(*rest)
    return None
