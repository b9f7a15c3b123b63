"""What one side of a formula is made of: frozen nodes, made by reading.py, valued by meaning.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A typed number; `places` counts its decimals."""

    value: float
    places: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a given meaning: a letter with all that hangs on it, or `<<a number>>` of the text."""

    key: str


@dataclass(frozen=True, slots=True)
class Negative:
    of: Node


@dataclass(frozen=True, slots=True)
class Joined:
    """Left operator right. Operators: + - / mod . x, "" (side by side), * and /* (entry by entry)."""

    left: Node
    operator: str
    right: Node


@dataclass(frozen=True, slots=True)
class Powered:
    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Turned:
    """A transpose."""

    of: Node


@dataclass(frozen=True, slots=True)
class Applied:
    """A function of `content.worked`, by its name there."""

    function: str
    to: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A sum, product, maximum or minimum: from `start` to `end`, or over the values that `over` names.

    Letters: the variable; with `over` every letter of the subscript, of which the first ones vary.
    """

    kind: str  # its command, such as \sum or \max
    letters: tuple[str, ...]
    body: Node
    start: Node | None = None
    end: Node | None = None
    over: str = ""


@dataclass(frozen=True, slots=True)
class Stacked:
    """[a, b]: one below the other; or rows of a matrix; or, with `beside`, [A | B]."""

    rows: tuple[tuple[Node, ...], ...]
    beside: bool = False


Node = Number | Named | Negative | Joined | Powered | Turned | Applied | Series | Stacked
