"""The same statement with vectors as rows: everything transposed, every product turned round.

A mirrored tree is for printing only: its variables keep their names and stand for the transposed
matrices, and a `Partial` has what is differentiated along its columns (row i: by the i-th entry).
A matrix that a derivative is taken by is then read row after row, which is the same order of
entries. Knows no LaTeX.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.tape.index import At
from engine.tape.nodes import MatMul, Node, Prod, once


@dataclass(frozen=True, eq=False, slots=True)
class Upwards(Node):
    """Of `body` for `index` = low up to high, the earliest on the left: a mirrored `Prod`."""

    body: Node
    index: str
    low: At
    high: At


def mirrored(node: Node) -> Node:
    """The transpose of `node`, told in rows."""
    fields: dict[str, Any] = {name: _mirrored(getattr(node, name)) for name in type(node).__match_args__}
    fields["shape"] = node.shape[::-1]
    if isinstance(node, MatMul):
        fields["factors"] = fields["factors"][::-1]
    kind: type[Node] = Upwards if isinstance(node, Prod) else type(node)
    return once(kind(**fields))


def _mirrored(field: Any) -> Any:
    """What a field of a node becomes: nodes in it are mirrored, words and times stay."""
    if isinstance(field, tuple):
        return tuple(map(_mirrored, field))
    return mirrored(field) if isinstance(field, Node) else field
