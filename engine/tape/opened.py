"""Sums and products over time written out, term by term, for a T that is known."""

from __future__ import annotations

from collections.abc import Mapping

from engine.tape.index import at
from engine.tape.makers import add, eye, fill, matmul
from engine.tape.nodes import Node, Prod, Sum
from engine.tape.walk import put, swap

Letters = Mapping[str, int]


def opened(node: Node, letters: Letters) -> Node:
    """`node` with every sum and product over an index whose bounds `letters` make numbers written out."""
    return swap(node, lambda part: _terms(part, letters) if isinstance(part, Sum | Prod) else None)


def _terms(part: Sum | Prod, letters: Letters) -> Node | None:
    if not {part.low.base, part.high.base} <= {"", *letters}:
        return None
    times = range(part.low.number(letters), part.high.number(letters) + 1)
    terms = [opened(put(part.body, part.index, at(n)), letters) for n in times]
    if isinstance(part, Sum):
        return add(*terms) if terms else fill(0, part.shape)
    return matmul(*reversed(terms)) if terms else eye(part.shape[0])
