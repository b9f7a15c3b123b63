"""Step: one line of a derivation as data. No prose, no LaTeX layout, no numbers.

A derivation is a flat list of steps that is a DAG by `uses`. What a step says is in its
trees, why it is allowed is in the catalogue (`rules.py`), how it reads is in `explain.py`,
and whether it holds is found out by the rule's checker (`verify.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.growth.classes import Growth
from engine.symbolic.expr import Expr


@dataclass(frozen=True, slots=True)
class Step:
    """`left` = chain[0] = chain[1] ...; or, with `growth`, `left` (= chain ...) is in Theta(growth).

    `relation` is "=", or "≤" or "≥" between the left side and the only one of the chain.

    Attributes:
        rule: key in the catalogue of rules.
        facts: LaTeX or numbers that the rule's sentence asks for by name.
        uses: 1-based numbers of the earlier steps that this one needs.
    """

    rule: str
    left: Expr
    chain: tuple[Expr, ...] = ()
    growth: Growth | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    uses: tuple[int, ...] = ()
    relation: str = "="

    @property
    def after(self) -> Expr:
        """What the line ends in."""
        return self.chain[-1] if self.chain else self.left


class Steps:
    """A derivation under construction: `add` gives each step its number."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    def add(
        self,
        rule: str,
        left: Expr,
        *chain: Expr,
        uses: tuple[int, ...] = (),
        growth: Growth | None = None,
        facts: Mapping[str, str] | None = None,
        relation: str = "=",
    ) -> int:
        """Append a step and return its number, from 1."""
        self._steps.append(Step(rule, left, chain, growth, facts or {}, tuple(sorted(set(uses))), relation))
        return len(self._steps)

    def finished(self) -> tuple[Step, ...]:
        return tuple(self._steps)

    def __getitem__(self, number: int) -> Step:
        return self._steps[number - 1]
