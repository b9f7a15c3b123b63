"""The mistakes that students make, by name: what a right expression becomes when one is made in it.

Each kind looks at one part of an expression and says what a student may write there; `mistakes`
puts that into the whole. Some kinds work the other way round as well: `mended` undoes them in what
a student wrote, whatever its form. Compares no numbers: a mistake may leave the value as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.tape.nodes import Node
from engine.tape.walk import walk
from engine.working import mistakes_of_letters, mistakes_of_products, mistakes_of_slopes, mistakes_of_sums
from engine.working.mistake import Kind, swapped
from engine.working.roles import Roles

KINDS: tuple[Kind, ...] = (  # the first that explains a line gives it its name
    *mistakes_of_sums.KINDS,
    *mistakes_of_slopes.KINDS,
    *mistakes_of_products.KINDS,
    *mistakes_of_letters.KINDS,
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """An expression with one mistake in it.

    Attributes:
        name: plain, e.g. "W not transposed".
        why: one friendly sentence or two: why it is wrong and how to see it; Markdown with $maths$,
            where «node» stands for the LaTeX of `right` and «wrong» for that of `wrong`.
        node: the whole expression.
        right, wrong: what belongs in it, and what stands there.
    """

    name: str
    why: str
    node: Node
    right: Node
    wrong: Node


def mistakes(node: Node, roles: Roles) -> Iterator[Mistake]:
    """`node` with one mistake in it, in every way we know; of two ways to the same, the first."""
    seen = {node}
    for kind in KINDS:
        for part, wrong, whole in _changed(node, kind, roles):
            if whole not in seen:
                seen.add(whole)
                name, why = kind.told(part, wrong, roles)
                yield Mistake(name, why, whole, part, wrong)


def mended(node: Node, roles: Roles) -> Iterator[Mistake]:
    """What `node` becomes when one mistake in it is undone, in the ways that can be undone."""
    for kind in KINDS:
        if not kind.both_ways:
            continue
        for part, right, whole in _changed(node, kind, roles):
            name, why = kind.told(right, part, roles)
            yield Mistake(name, why, whole, right, part)


def _changed(node: Node, kind: Kind, roles: Roles) -> Iterator[tuple[Node, Node, Node]]:
    """(a part, what it becomes, the whole with that), for every part that the kind says something of."""
    for part in (node,) if kind.whole else tuple(walk(node)):
        for other in kind.wrongs(part, roles):
            whole = None if other is None or other is part else swapped(node, part, other)
            if other is not None and whole is not None and whole is not node:
                yield part, other, whole
