"""Mistakes with products of matrices: transposes, order, bounds, and numbers in front."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.tape.makers import fill, matmul, neg, prod_over, times, transpose
from engine.tape.nodes import MatMul, Node, Prod, Transpose, Var
from engine.working.mistake import Kind, Told, always, fitting
from engine.working.roles import Roles


def _not_transposed(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Transpose) and isinstance(part.body, Var):
        yield part.body


def _transposed(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Var) and "1" not in part.shape:
        yield transpose(part)


def _told_transposed(right: Node, _wrong: Node, _roles: Roles) -> Told:
    if isinstance(right, Transpose):
        return (
            "W not transposed",
            "Going back through $y = W x$ the gradient is multiplied by $W^\\top$: it is $«right»$, not "
            "$«wrong»$. Only a square matrix hides this: with other shapes the product would not fit.",
        )
    return "W transposed", "Here the matrix stands as it is: $«right»$, not $«wrong»$."


def _turned_pair(part: Node, _: Roles) -> Iterator[Node | None]:
    """Neighbours changed: A B C as B A C and as A C B."""
    if isinstance(part, MatMul):
        for i in range(len(part.factors) - 1):
            first, second = part.factors[i : i + 2]
            yield fitting(matmul, *part.factors[:i], second, first, *part.factors[i + 2 :])


def _turned_order(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Prod):
        yield transpose(prod_over(transpose(part.body), part.index, part.low, part.high))


def _other_bounds(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Prod):
        for low, high in ((1, 0), (0, -1), (-1, 0), (0, 1)):
            yield prod_over(part.body, part.index, part.low + low, part.high + high)


def _factor_two(part: Node, _: Roles) -> Iterator[Node | None]:
    yield times(fill(2), part)
    yield times(fill(Fraction(1, 2)), part)


def _turned_whole(part: Node, _: Roles) -> Iterator[Node | None]:
    yield neg(part)


KINDS = (
    Kind(_not_transposed, _told_transposed),
    Kind(_transposed, _told_transposed),
    Kind(
        _turned_pair,
        always(
            "order of the matrix product",
            "Matrices do not commute: it is $«right»$, not $«wrong»$. Write the shapes below the factors: "
            "only for square ones do both orders fit.",
        ),
        both_ways=True,
    ),
    Kind(
        _turned_order,
        always(
            "order of the matrix product",
            "Matrices do not commute: in $«right»$ the latest time stands on the left.",
        ),
        both_ways=True,
    ),
    Kind(
        _other_bounds,
        always(
            "product off by one",
            "Count the steps that lie between: one factor for each, $«right»$.",
        ),
        both_ways=True,
    ),
    Kind(
        _factor_two,
        always(
            "factor 2",
            "It is off by a factor of 2. The square in the loss gives a 2, which its 1/2 takes away, once.",
        ),
        both_ways=True,
        whole=True,
    ),
    Kind(
        _turned_whole,
        always("wrong sign", "The sign is wrong: it is $«right»$."),
        both_ways=True,
        whole=True,
    ),
)
