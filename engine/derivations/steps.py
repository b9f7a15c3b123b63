"""Step: one line of a matrix derivation as data, for all times of its span at once.

A derivation is a flat list of steps that is a DAG by `uses`. What a step says is in its trees,
why it is allowed in the catalogue of rules, how it reads in `lines.py`, and whether it holds is
found out by its rule's checker. No prose, no LaTeX layout, no numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.symbolic.jobs import GradientJob
from engine.tape.index import Span
from engine.tape.nodes import Node
from engine.tape.program import Program

COMPACT, NORMAL, FINE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Step:
    """`left` = chain[0] = chain[1] = ..., for every time of `span`.

    Attributes:
        rule: key in the catalogue of rules.
        relation: "=", or "≤" for a bound: left ≤ chain[0] ≤ ...
        uses: 1-based numbers of the earlier steps that this one needs.
        facts: LaTeX or numbers that the rule's sentence asks for by name.
        level: COMPACT, NORMAL or FINE: the roughest telling that still may have this line (see `compact`).
        focus: the part of the last side that is new; None where all of it is.
        path: keys of the places and wires that the line talks about, as in `report.Line.path`.
    """

    rule: str
    left: Node
    chain: tuple[Node, ...]
    span: Span | None = None
    relation: str = "="
    uses: tuple[int, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    level: int = NORMAL
    focus: Node | None = None
    path: tuple[str, ...] = ()

    @property
    def after(self) -> Node:
        """What the line ends in."""
        return self.chain[-1] if self.chain else self.left


@dataclass(frozen=True, slots=True)
class Derivation:
    """All steps towards one gradient.

    Attributes:
        job: what was asked for.
        program: the network.
        steps: in order.
        answer: 1-based number of the step whose left side is the gradient asked for, and whose last
            side is the expression that it is computed from.
    """

    job: GradientJob
    program: Program
    steps: tuple[Step, ...]
    answer: int

    def __getitem__(self, number: int) -> Step:
        return self.steps[number - 1]
