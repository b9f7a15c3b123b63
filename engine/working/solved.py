"""Letters of times from numbers: for which t and j is ∂h_t/∂h_j the same as ∂h_3/∂h_2?

Compares two trees, the one with letters, the other without. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.tape.index import At
from engine.tape.nodes import Node


def solved(pattern: Node, node: Node) -> Mapping[str, int] | None:
    """What the letters of `pattern` have to be for it to be `node`; None if they can be nothing."""
    found: dict[str, int] = {}
    return found if _agree(pattern, node, found) else None


def _agree(one: Any, other: Any, found: dict[str, int]) -> bool:
    """Whether two nodes, or fields of nodes, are the same for letters that go with those `found`."""
    if isinstance(one, At) and isinstance(other, At):
        time = other.shift - one.shift
        return found.setdefault(one.base, time) == time if one.base else one == other
    if type(one) is not type(other):
        return False
    if isinstance(one, Node):
        fields = type(one).__match_args__
        return all(_agree(getattr(one, name), getattr(other, name), found) for name in fields)
    if isinstance(one, tuple) and len(one) == len(other):
        return all(_agree(*pair, found) for pair in zip(one, other, strict=True))
    return bool(one == other)
