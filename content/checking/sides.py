"""One side of a shown sum that is nothing but numbers: its value, how far off it may be, how two compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from content.latex.cursor import Names
from content.latex.meaning import Meaning
from content.latex.parts import EQUAL
from content.latex.reading import read
from content.latex.tokens import Tokens, written
from content.latex.tree import Joined, Named, Negative, Node, Number
from content.worked.evaluate import Value, told

_LESS = frozenset({"<", r"\le", r"\ll"})
_MORE = frozenset({">", r"\ge", r"\gg"})
_DIGIT = re.compile(r"[0-9]|<<")
_EXACT = 1e-9
_NONE = Names()


@dataclass(frozen=True, slots=True)
class Side:
    """`near` is how far rounding may have moved the value."""

    tokens: Tokens
    value: Value
    near: float

    def __str__(self) -> str:
        return f"{written(self.tokens)} is {told(self.value)}"


def has_digits(side: Tokens) -> bool:
    """Whether a digit or a number of the text stands in it."""
    return _DIGIT.search(" ".join(side)) is not None


def valued(side: Tokens, relation: str, values: Mapping[str, Value], *, is_filled: bool) -> Side:
    """A side, with what `relation` before it allows.

    Args:
        values: of the numbers of the text, `<<a:3>>` by "<<a".
        is_filled: they stand there already, rounded.
    Raises:
        Unread, WorkedError: it is no number.
    """
    node = read(side, _NONE)
    value, near = Meaning({}, values).value(node), _rounding(node)
    if relation == r"\approx" and isinstance(node, Number):
        near = near or 0.5
    elif is_filled or relation == r"\approx":
        near = max(near, _carried(side, value))
    return Side(side, value, near)


def compares(relations: frozenset[str]) -> bool:
    """Whether a row of these relations says how its two ends compare; a row of several < is one."""
    return any(relations <= EQUAL | kind for kind in (_LESS, _MORE)) or relations == {r"\ne"}


def holds(left: Value, relations: frozenset[str], right: Value, near: float) -> bool:
    """Whether left < right, or what else the relations say."""
    if relations <= EQUAL:
        return _same(left, right, near)
    if relations == {r"\ne"}:
        return not _same(left, right, 0.0)
    small, large = (
        np.asarray(side, float) for side in ((left, right) if relations & _LESS else (right, left))
    )
    strict = relations & {"<", ">"}
    return bool(np.all(small < large + near if strict else small <= large + near))


def _rounding(node: Node) -> float:
    """Half a unit of the last decimal shown, for a number that stands alone."""
    if isinstance(node, Negative):
        return _rounding(node.of)
    if isinstance(node, Joined) and node.operator == "/" and node.right == Number(100):
        return _rounding(node.left) / 100
    if isinstance(node, Number) and node.places:
        return 0.5000001 * 10.0**-node.places
    if isinstance(node, Named) and (shown := node.key.strip("<>").partition(":")[2].strip("+()")):
        return 0.5000001 * 10.0 ** -int(shown)
    return 0.5000001e-4 if isinstance(node, Named) else 0.0


def _carried(side: Tokens, value: Value) -> float:
    """How far the rounding of its typed numbers can move a side, to first order."""
    moved = 0.0
    for place, said in enumerate(side):
        if "." in said and said[0].isdigit():
            further = str(Decimal(said) + Decimal(5).scaleb(-len(said.partition(".")[2]) - 1))
            node = read((*side[:place], further, *side[place + 1 :]), _NONE)
            moved += float(np.max(np.abs(np.asarray(Meaning({}, {}).value(node)) - value)))
    return moved


def _same(left: Value, right: Value, near: float) -> bool:
    first, second = np.asarray(left, float), np.asarray(right, float)
    if first.shape != second.shape:
        return False
    allowed = np.maximum(near, _EXACT * np.maximum(np.abs(first), np.abs(second)))
    return bool(np.all(np.abs(first - second) <= allowed))
