"""One kind of mistake as data, and how an expression is changed in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.tape.makers import ShapeError
from engine.tape.nodes import Node
from engine.tape.plain import plain
from engine.tape.walk import exchange
from engine.working.roles import Roles

Told = tuple[str, str]  # the mistake's name, plain; the sentence about it


@dataclass(frozen=True, slots=True)
class Kind:
    """What is often written in place of some part of an expression.

    Attributes:
        wrongs: what a part becomes, one result for each way; None for a way that fits no shape.
        told: (right part, wrong part) -> name and sentence. In a sentence «right» and «wrong» stand for
            the LaTeX of the two.
        both_ways: undoing the mistake is making it once more, so it can be undone in any expression.
        whole: it happens to whole expressions only, not to parts.
    """

    wrongs: Callable[[Node, Roles], Iterable[Node | None]]
    told: Callable[[Node, Node, Roles], Told]
    both_ways: bool = False
    whole: bool = False


def always(name: str, why: str) -> Callable[[Node, Node, Roles], Told]:
    """For a kind whose name and sentence do not depend on the part."""
    return lambda _right, _wrong, _roles: (name, why)


def called(leaf: Node) -> str:
    """A leaf as it is said in a mistake's name, e.g. "h_{t-1}" or "δ_t"."""
    return plain(leaf).replace("delta", "δ").replace("yhat", "ŷ")


def fitting(maker: Callable[..., Node], *parts: Node) -> Node | None:
    """What the maker makes of the parts; None if their shapes do not fit."""
    try:
        return maker(*parts)
    except ShapeError:
        return None


def swapped(node: Node, part: Node, other: Node) -> Node | None:
    """`node` with `other` wherever it has `part`; None if that does not fit."""
    return fitting(lambda: exchange(node, {part: other}))


def without(parts: tuple[Node, ...], *dropped: Node) -> tuple[Node, ...]:
    """The parts that are none of these objects."""
    return tuple(part for part in parts if not any(part is one for one in dropped))
