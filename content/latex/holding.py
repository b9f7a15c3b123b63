"""Whether a formula holds as it is printed: its statements, with a meaning for each letter, at given values.

A statement that equates says something only if a side of it is more than a name. Sides that tell a growth,
Theta(n) or O(n), are no numbers and left out, as are the relations that equate nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from content.latex.cursor import Names, Unread
from content.latex.meaning import Meaning, is_function
from content.latex.parts import Statement
from content.latex.reading import read
from content.latex.tokens import Tokens, tokens
from content.latex.tree import Named, Node
from content.worked.evaluate import Value, told

_NEAR = 1e-9
_GROWTH = frozenset({r"\Theta", "O", r"\Omega", "o"})
_REALS = (r"\mathbb", "R", "^")
_AFTER = r"\leftarrow"


def sides(statement: Statement, letters: Mapping[str, str]) -> list[Node]:
    """The trees of the sides that are equal, growths left out. Raises Unread, also where nothing can differ.

    What is assigned has a name of its own: the left side of θ ← θ - η g is the name `\\theta\\leftarrow`.
    """
    names = Names(letters, [name for name, meaning in letters.items() if is_function(meaning)])
    found = [
        _left(side, names, relation == _AFTER)
        for side, relation in zip(statement.sides, (*statement.relations, ""), strict=True)
        if not is_growth(side)
    ]
    different = {letters.get(node.key) if isinstance(node, Named) else node for node in found}
    if statement.equates and len(different) < 2:
        raise Unread("one thing by its names stands here, nothing is computed.")
    return found


def after(statement: Statement, letters: Mapping[str, str]) -> dict[str, str]:
    """The letters behind a statement: what it has assigned means its new value, as in m ← ..., θ ← θ + m."""
    assigned = statement.sides[0]
    for name, meaning in letters.items():
        if statement.relations[:1] == (_AFTER,) and tokens(name) == (*assigned, _AFTER):
            kept = {other: meant for other, meant in letters.items() if tokens(other) != assigned}
            return {**kept, name.rpartition(_AFTER)[0]: meaning}
    return dict(letters)


def is_growth(side: Tokens) -> bool:
    """Theta(n), O(n), and the dots of a = b = ... = c."""
    return side == (r"\dots",) or (side[:1] != () and side[0] in _GROWTH and side[1:2] == ("(",))


def equal_at(nodes: list[Node], letters: Mapping[str, str], values: Mapping[str, Value]) -> str:
    """Why the sides are not equal at these values; empty if they are. Raises Unread, WorkedError.

    Whole numbers are compared exactly, others to 9 digits.
    """
    meaning = Meaning(letters, values)
    found = [meaning.value(node) for node in nodes]
    if all(isinstance(value, int) for value in found) and len(set(map(int, found))) > 1:
        return f"the left side is {found[0]}, a side right of it {next(v for v in found if v != found[0])}"
    first, *others = (np.asarray(value, dtype=float) for value in found)
    for other in others:
        if first.shape != other.shape:
            return f"the left side has the shape {list(first.shape)}, a side right of it {list(other.shape)}"
        gap = np.max(np.abs(first - other) / np.maximum(1.0, np.abs(first)), initial=0.0)
        if not gap <= _NEAR:
            return f"the left side is {told(first)}, a side right of it {told(other)}"
    return ""


def has_shape(statement: Statement, letters: Mapping[str, str], values: Mapping[str, Value]) -> str:
    """Of x \\in \\mathbb{R}^{a \\times b}: why x has not that shape, as a sentence; empty if it has."""
    names, meaning = Names(letters), Meaning(letters, values)
    found = list(np.shape(meaning.value(read(statement.sides[0], names))))
    said = [int(np.asarray(meaning.value(read(side, names)))) for side in _lengths(statement.sides[1])]
    return "" if found == said else f"it has the shape {found}, not {said}"


def tells_a_shape(statement: Statement) -> bool:
    return statement.relations == (r"\in",) and statement.sides[1][: len(_REALS)] == _REALS


def _lengths(side: Tokens) -> list[Tokens]:
    """h \\times (h + d) of \\mathbb{R}^{h \\times (h + d)}."""
    parts: list[list[str]] = [[]]
    exponent = side[len(_REALS) :]
    for mark in exponent[1:-1] if exponent[0] == "{" else exponent:
        if mark == r"\times":
            parts.append([])
        else:
            parts[-1].append(mark)
    return [tuple(part) for part in parts]


def _left(side: Tokens, names: Names, assigned: bool) -> Node:
    if not assigned:
        return read(side, names)
    name, length = names.beginning((*side, _AFTER))
    if length != len(side) + 1:
        raise Unread(f"{' '.join(side)}{_AFTER} has no meaning: what is assigned needs one.")
    return Named(name)
