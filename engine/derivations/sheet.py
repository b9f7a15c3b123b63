"""The sheet that a derivation is written on: gives lines their numbers and finds those that are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.derivations.steps import COMPACT, Step
from engine.tape.index import Span
from engine.tape.nodes import Node, Partial, Slope, Var
from engine.tape.walk import walk

Key = tuple[str, ...]


class Sheet:
    """Steps in the order of writing. What a line needs is found by what stands in it."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._lines: dict[Key, list[tuple[int, bool]]] = {}  # number, whether at a plain time

    def add(
        self,
        rule: str,
        left: Node,
        *chain: Node,
        span: Span | None = None,
        needs: Iterable[Node] = (),
        relation: str = "=",
        facts: Mapping[str, str] | None = None,
        level: int = COMPACT,
        focus: Node | None = None,
        path: Iterable[str] = (),
    ) -> int:
        """Writes a line and returns its number, from 1. Equal neighbours in the chain become one side.

        Args:
            needs: leaves whose lines it needs, besides the slopes and partial derivatives in it.
            others: as in `Step`.
        """
        sides = tuple(side for i, side in enumerate(chain) if i == 0 or side is not chain[i - 1])
        uses = sorted({number for leaf in (*needs, *_found(sides)) for number in self.numbers(leaf)})
        step = Step(
            rule,
            left,
            sides,
            span,
            relation,
            tuple(uses),
            facts or {},
            level,
            focus,
            tuple(dict.fromkeys(path)),
        )
        self.steps.append(step)
        self._lines.setdefault(_key(left), []).append((len(self.steps), _is_plain(left)))
        return len(self.steps)

    def numbers(self, leaf: Node) -> list[int]:
        """The lines that have this variable, slope or partial derivative, at any time, on their left.

        h_t, j or T means no line about h_0; but h_0 means those about h_t, too.
        """
        plain = _is_plain(leaf)
        return [number for number, is_plain in self._lines.get(_key(leaf), []) if plain or not is_plain]

    def __contains__(self, left: Node) -> bool:
        return bool(self.numbers(left))


def _found(sides: Iterable[Node]) -> Iterator[Node]:
    for side in sides:
        yield from (node for node in walk(side) if isinstance(node, Slope | Partial))


def _key(node: Node) -> Key:
    """Names alone: the lines of a family are found at every time. L_t and L are not the same."""
    match node:
        case Var():
            return ("value", _name(node))
        case Slope():
            return ("slope", _name(node.of))
        case Partial():
            held = "all" if node.held is None else ",".join(node.held)
            return ("partial", _name(node.of), _name(node.by), held)
    return (type(node).__name__,)


def _name(leaf: Var) -> str:
    return leaf.name if leaf.at is None or leaf.name != "L" else "L_t"


def _is_plain(node: Node) -> bool:
    """Whether its time is a number, as that of a first state."""
    of = node.of if isinstance(node, Slope) else node.by if isinstance(node, Partial) else node
    return isinstance(of, Var) and of.at is not None and not of.at.base
