"""A tree and the meanings of its names -> its value: a number, vector or matrix. Knows no grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import reduce, singledispatchmethod
from itertools import count
from typing import Any

import numpy as np

from content.latex.cursor import Unread
from content.latex.products import joined, raised, turned
from content.latex.tree import (
    Applied,
    Joined,
    Named,
    Negative,
    Node,
    Number,
    Powered,
    Series,
    Stacked,
    Turned,
)
from content.worked.evaluate import REFUSALS, Value, bounded, evaluate, finite
from content.worked.functions import function, functions
from content.worked.reading import WorkedError

_MOST_TERMS = 10_000
_SERIES: Mapping[str, Callable[[Any, Any], Any]] = {
    r"\sum": lambda found, term: joined(found, "+", term),
    # A product of matrices grows to the left, as the steps of a recurrence do.
    r"\prod": lambda found, term: joined(term, "", found),
    r"\max": np.maximum,
    r"\min": np.minimum,
}
_OF_MANY = ("maximum", "minimum")
_EMPTY = {r"\sum": 0, r"\prod": 1}
OWN = re.compile(r"\(([a-z, ]*)\) *-> *(.+)", re.DOTALL)
"""A function that an author writes: (x, h) -> expression."""


def is_function(meaning: str) -> bool:
    """Whether a letter with this meaning is a function: the name of one, or `(x, h) -> expression`."""
    return meaning in functions() or OWN.fullmatch(meaning) is not None


class Meaning:
    """Values for names.

    Args:
        letters: name as LaTeX -> expression of `content.worked`, or a function as `is_function` has it.
        values: what those expressions may use; a letter that has no meaning of its own is looked up here too,
            and the number `<<a:3>>` of a text as "<<a".
    """

    def __init__(self, letters: Mapping[str, str], values: Mapping[str, Value]) -> None:
        self._letters = letters
        self._values = dict(values)
        self._terms = count(1)  # of all the series of one value, those inside others too

    def value(self, node: Node) -> Value:
        """Finite. Raises Unread for shapes that do not fit and names without a value, else WorkedError."""
        self._terms = count(1)
        try:
            with np.errstate(all="ignore"):
                return finite(self._of(node))
        except (Unread, WorkedError):
            raise
        except REFUSALS as error:
            raise WorkedError(f"this cannot be computed: {error}.") from None

    def _of(self, node: Node) -> Any:
        return bounded(self._made(node))

    @singledispatchmethod
    def _made(self, node: Node) -> Any:
        raise TypeError(node)

    @_made.register
    def _(self, node: Number) -> Any:
        return node.value

    @_made.register
    def _(self, node: Named) -> Any:
        if node.key in self._letters:
            try:
                return evaluate(self._letters[node.key], self._values)
            except WorkedError as error:
                raise WorkedError(f"the letter {node.key}: {error}") from None
        plain = node.key.partition(":")[0].rstrip(">")
        if plain not in self._values:
            raise Unread(f"{node.key} has no value.")
        return self._values[plain]

    @_made.register
    def _(self, node: Negative) -> Any:
        return -self._of(node.of)

    @_made.register
    def _(self, node: Joined) -> Any:
        return joined(self._of(node.left), node.operator, self._of(node.right))

    @_made.register
    def _(self, node: Powered) -> Any:
        return raised(self._of(node.base), self._of(node.exponent))

    @_made.register
    def _(self, node: Turned) -> Any:
        return turned(self._of(node.of))

    @_made.register
    def _(self, node: Applied) -> Any:
        to = [self._of(part) for part in node.to]
        name = self._letters.get(node.function, node.function)
        if own := OWN.fullmatch(name):
            return evaluate(own[2], {**self._values, **_bound(own[1], to)})
        found = reduce(function(name), to) if name in _OF_MANY else function(name)(*to)
        return found.item() if np.shape(found) == () and hasattr(found, "item") else found

    @_made.register
    def _(self, node: Stacked) -> Any:
        rows = [[self._of(part) for part in row] for row in node.rows]
        if node.beside:
            return np.hstack(rows[0])
        if all(len(row) == 1 for row in rows):
            return np.concatenate([np.atleast_1d(row[0]) for row in rows])
        return np.array(rows, dtype=float)

    @_made.register
    def _(self, node: Series) -> Any:
        terms = [self._term(node.body, bound) for bound in self._bounds(node)]
        if terms:
            return reduce(lambda found, term: bounded(_SERIES[node.kind](found, term)), terms)
        if node.kind not in _EMPTY:
            raise Unread("of nothing there is no maximum and no minimum.")
        return _EMPTY[node.kind]

    def _term(self, body: Node, bound: Mapping[str, Value]) -> Any:
        if next(self._terms) > _MOST_TERMS:
            raise Unread(f"more than {_MOST_TERMS} terms are not summed.")
        inner = Meaning(self._letters, {**self._values, **bound})
        inner._terms = self._terms
        return inner._of(body)

    def _bounds(self, node: Series) -> Iterator[dict[str, Value]]:
        """The values of the bound letters, one dictionary a term."""
        if node.start is None or node.end is None:
            rows = np.atleast_1d(np.asarray(evaluate(self._letters[node.over], self._values)))
        else:
            first, last = int(self._of(node.start)), int(self._of(node.end))
            if last - first >= _MOST_TERMS:
                raise Unread(f"more than {_MOST_TERMS} terms are not summed.")
            rows = np.arange(first, last + 1)
        for row in rows:
            whole = [int(value) for value in np.atleast_1d(row)]
            yield dict(zip(node.letters, whole, strict=False))


def _bound(names: str, to: list[Value]) -> dict[str, Value]:
    """The arguments of a function by the names that it gives them."""
    given = names.replace(",", " ").split()
    if len(given) != len(to):
        raise Unread(f"({names}) is given {len(to)} values.")
    return dict(zip(given, to, strict=True))
