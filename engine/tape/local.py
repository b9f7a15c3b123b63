"""Local derivatives: what a definition passes back to one of its variables, as a tree.

Reverse mode, one rule for each kind of node: the slope of what is defined goes down through the
tree and is changed on its way by each node that it crosses (Griewank & Walther 2008, chapter 3).
Slopes of functions are written with the defined variable where that is shorter: 1 - h ⊙ h for the
tanh that made h. Knows no time order: it treats a definition at one time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.tape import nodes
from engine.tape.index import At
from engine.tape.makers import (
    add,
    column_of,
    eye,
    fill,
    fn,
    matmul,
    minus,
    neg,
    over,
    part,
    power,
    slope,
    stack,
    sum_of,
    sum_over,
    times,
    transpose,
)
from engine.tape.nodes import NUMBER, Node, Var
from engine.tape.program import Definition
from engine.tape.tidy import tidy
from engine.tape.walk import put, variables, walk


class NoLocalRule(TypeError):
    """A kind of node that nothing passes back through: a gap of ours, not of the reader."""


def passed(definition: Definition, to: Var, given: Node | None = None) -> Node:
    """What reaches dL/d(to) through `definition`; zero if `to` is not in it.

    Args:
        to: a variable as it stands in the definition's value, its time included. Where the value sums
            over time, or sets columns side by side, `to` may have any time: that term's share.
        given: the slope of the defined variable, in its shape; by default the name of it, dL/d(var).

    Raises:
        NoLocalRule: the value has a Kronecker product, a product over time or the norm of a matrix.
    """
    begin = slope(definition.var) if given is None else given
    shares = [tidy(share) for share in _Passing(definition, to).down(definition.value, begin)]
    return tidy(_together(shares, begin) or sum_of(shares, to.shape))


def _together(shares: list[Node], begin: Node) -> Node | None:
    """u ⊙ g - v ⊙ g as (u - v) ⊙ g; None where not all shares are products of the slope by elements."""
    factors = [_factor(share, begin) for share in shares]
    known = [factor for factor in factors if factor is not None]
    if len(known) < 2 or len(known) != len(shares):
        return None
    return scaled(add(*known), begin)


def _factor(share: Node, begin: Node) -> Node | None:
    """What the slope `begin` is multiplied by, by elements, in a share."""
    if isinstance(share, nodes.Neg):
        factor = _factor(share.body, begin)
        return factor and neg(factor)
    if not isinstance(share, nodes.Hadamard) or share.factors.count(begin) != 1:
        return None
    rest = times(*(factor for factor in share.factors if factor is not begin))
    return rest if rest.shape == begin.shape else None


def derivative(name: str, body: Node, value: Node) -> Node:
    """The slope of a function by elements, with its `value` where that is the shorter way."""
    ones = fill(1, value.shape)
    match name:
        case "tanh":
            return minus(ones, power(value, 2) if value.shape == NUMBER else times(value, value))
        case "sigmoid":
            return times(value, minus(ones, value))
        case "exp":
            return value
        case "log":
            return over(ones, body)
        case "sqrt":
            return over(ones, times(fill(2), value))
    return fn(name, body, primed=True)


def inner(first: Node, second: Node) -> Node:
    """The sum of the products of the elements of two matrices of one shape."""
    rows, columns = first.shape
    if columns == "1":
        return matmul(transpose(first), second)
    if rows == "1":
        return matmul(first, transpose(second))
    return matmul(fill(1, ("1", rows)), times(first, second), fill(1, (columns, "1")))


def scaled(factor: Node, slope_above: Node) -> Node:
    """Their product by elements: the slope first where all are numbers, as in the chain rule of numbers."""
    if slope_above.shape == NUMBER and factor.shape == NUMBER:
        return times(slope_above, factor)
    return times(factor, slope_above)


class _Passing:
    """The way down from one definition to one of its variables."""

    def __init__(self, definition: Definition, to: Var) -> None:
        self._definition, self._to = definition, to

    def down(self, node: Node, g: Node) -> Iterator[Node]:
        """The shares that reach the variable below `node`, whose own slope is `g`."""
        if node is self._to:
            yield g
        elif not isinstance(node, Var) and any(leaf.name == self._to.name for leaf in variables(node)):
            rule = _RULES.get(type(node))
            if rule is None:
                raise NoLocalRule(f"No local rule passes back through a {type(node).__name__}.")
            yield from rule(self, node, g)

    def _named(self, node: Node) -> Node:
        """The defined variable in place of its own value."""
        return self._definition.var if node is self._definition.value else node

    def add(self, node: nodes.Add, g: Node) -> Iterator[Node]:
        for term in node.terms:
            yield from self.down(term, g)

    def neg(self, node: nodes.Neg, g: Node) -> Iterator[Node]:
        yield from self.down(node.body, neg(g))

    def matmul(self, node: nodes.MatMul, g: Node) -> Iterator[Node]:
        for i, factor in enumerate(node.factors):
            left, right = node.factors[:i], node.factors[i + 1 :]
            around = (
                [transpose(other) for other in reversed(left)],
                [transpose(other) for other in reversed(right)],
            )
            yield from self.down(factor, matmul(*around[0], g, *around[1]))

    def hadamard(self, node: nodes.Hadamard, g: Node) -> Iterator[Node]:
        for i, factor in enumerate(node.factors):
            others = times(*node.factors[:i], *node.factors[i + 1 :])
            if factor.shape == node.shape:
                yield from self.down(factor, scaled(others, g))
            else:
                yield from self.down(factor, inner(others, g))

    def over(self, node: nodes.Over, g: Node) -> Iterator[Node]:
        yield from self.down(node.above, over(g, node.below))
        quotient, by_elements = self._named(node), node.below.shape == node.shape
        share = scaled(quotient, g) if by_elements else inner(quotient, g)
        yield from self.down(node.below, neg(over(share, node.below)))

    def power(self, node: nodes.Power, g: Node) -> Iterator[Node]:
        if isinstance(node.body, nodes.Norm) and node.exponent == 2:
            yield from self.down(node.body.body, times(fill(2), node.body.body, g))
        elif node.exponent < 0:
            yield from self.down(node.body, neg(scaled(power(self._named(node), 2), g)))
        else:
            slope_here = times(fill(node.exponent), power(node.body, node.exponent - 1))
            yield from self.down(node.body, scaled(slope_here, g))

    def fn(self, node: nodes.Fn, g: Node) -> Iterator[Node]:
        if node.primed:
            raise NoLocalRule(f"No local rule passes back through the slope of {node.name}.")
        yield from self.down(node.body, self._squashed(node, g))

    def _squashed(self, node: nodes.Fn, g: Node) -> Node:
        """g times the slope of the function; a quotient where one writes it so."""
        match node.name:
            case "log":
                return over(g, node.body)
            case "sqrt":
                return over(g, times(fill(2), self._named(node)))
        return scaled(derivative(node.name, node.body, self._named(node)), g)

    def softmax(self, node: nodes.Softmax, g: Node) -> Iterator[Node]:
        p = self._named(node)
        yield from self.down(node.body, minus(scaled(p, g), matmul(p, transpose(p), g)))

    def transpose(self, node: nodes.Transpose, g: Node) -> Iterator[Node]:
        yield from self.down(node.body, transpose(g))

    def diag(self, node: nodes.Diag, g: Node) -> Iterator[Node]:
        size = node.shape[0]
        yield from self.down(node.body, matmul(times(g, eye(size)), fill(1, (size, "1"))))

    def norm(self, node: nodes.Norm, g: Node) -> Iterator[Node]:
        if "1" not in node.body.shape:
            raise NoLocalRule("No local rule passes back through the norm of a matrix.")
        yield from self.down(node.body, times(g, over(node.body, self._named(node))))

    def stack(self, node: nodes.Stack, g: Node) -> Iterator[Node]:
        yield from self.down(node.above, part(g, upper=True))
        yield from self.down(node.below, part(g, upper=False))

    def part(self, node: nodes.Part, g: Node) -> Iterator[Node]:
        upper, lower = node.body.shape[0].split("+")
        zeros = fill(0, (lower if node.upper else upper, "1"))
        yield from self.down(node.body, stack(g, zeros) if node.upper else stack(zeros, g))

    def column_of(self, node: nodes.ColumnOf, g: Node) -> Iterator[Node]:
        which = column_of(eye(node.body.shape[1]), node.at)
        yield from self.down(node.body, matmul(g, transpose(which)))

    def over_index(self, node: nodes.Sum | nodes.Beside, g: Node) -> Iterator[Node]:
        """The terms where the index makes it the variable; all terms for a variable without the index."""
        wanted = self._to.at
        if wanted is not None:
            for when in (wanted - shift for shift in self._shifts(node)):
                yield from self.down(put(node.body, node.index, when), _term(node, g, when))
        if (wanted is None or wanted.base != node.index) and self._to in walk(node.body):
            shares = sum_of(self.down(node.body, _term(node, g, At(node.index))), self._to.shape)
            yield sum_over(shares, node.index, node.low, node.high)

    def _shifts(self, node: nodes.Sum | nodes.Beside) -> Iterator[int]:
        """Each c where the body has the variable at index + c."""
        times = (leaf.at for leaf in variables(node.body) if leaf.name == self._to.name)
        yield from dict.fromkeys(when.shift for when in times if when is not None and when.base == node.index)


def _term(node: nodes.Sum | nodes.Beside, g: Node, when: At) -> Node:
    return g if isinstance(node, nodes.Sum) else column_of(g, when)


_Rule = Callable[..., Iterator[Node]]
_RULES: dict[type[Node], _Rule] = {
    nodes.Add: _Passing.add,
    nodes.Neg: _Passing.neg,
    nodes.MatMul: _Passing.matmul,
    nodes.Hadamard: _Passing.hadamard,
    nodes.Over: _Passing.over,
    nodes.Power: _Passing.power,
    nodes.Fn: _Passing.fn,
    nodes.Softmax: _Passing.softmax,
    nodes.Transpose: _Passing.transpose,
    nodes.Diag: _Passing.diag,
    nodes.Norm: _Passing.norm,
    nodes.Stack: _Passing.stack,
    nodes.Part: _Passing.part,
    nodes.ColumnOf: _Passing.column_of,
    nodes.Sum: _Passing.over_index,
    nodes.Beside: _Passing.over_index,
}
