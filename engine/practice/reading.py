"""A typed line about a recurrence or a count -> trees. Knows no derivation's lines.

T(n) = 9T(n-2)        = 3^k T(n-k)        T(n) = Theta(3^n)        T(n) = ... = ...
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from engine.errors import FormulaError
from engine.symbolic.expr import Call, Expr
from engine.symbolic.formula import Names, Reader
from engine.symbolic.tokens import tokens
from engine.symbolic.typeset import latex

CLASSES = ("Theta", "O", "Omega", "o", "omega")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: `left` (None where the line began with "=") and the sides it is said to equal."""

    left: Expr | None
    sides: tuple[Expr, ...]

    @property
    def claim(self) -> Call | None:
        """A class of growth, where that is what the line ends in."""
        last = self.sides[-1]
        return last if isinstance(last, Call) and last.name in CLASSES else None

    @property
    def latex(self) -> str:
        """The line typeset, for display style; without a left side where none was typed."""
        right = " = ".join(latex(side) for side in self.sides)
        return right if self.left is None else f"{latex(self.left)} = {right}"


def read(text: str, names: Names, letters: AbstractSet[str]) -> Typed:
    """Read a line in which `letters` may stand beside the variable.

    Raises:
        FormulaError: with the column and a sentence.
    """
    reader = Reader(text, tokens(text), names)
    reader.bound.extend(sorted(letters - {names.variable}))
    if reader.next.kind == "end":
        raise FormulaError(f"Type the next line, such as {names.sequence}({names.variable}) = ...", text, 0)
    begins = reader.next.kind != "="
    sides = [reader.sum()] if begins else []
    while reader.accept("=", "in"):
        sides.append(reader.sum())
    if reader.next.kind != "end":
        reader.fail(f"“{reader.next.text}” cannot stand here.")
    if begins and len(sides) == 1:
        return Typed(None, tuple(sides))
    return Typed(sides[0], tuple(sides[1:])) if begins else Typed(None, tuple(sides))
