"""A typed line about a recurrence or a count -> trees. Knows no derivation's lines.

T(n) = 9T(n-2)        = 3^k T(n-k)        T(n) = Theta(3^n)        T(n) = ... = ...
c_3 = n(n-1)/2        = sum_{i=0}^{n-1} i        C = c_1 + c_2, of code; C is also called T(n)
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from engine.errors import FormulaError
from engine.symbolic.expr import Call, Expr, Sym, walk
from engine.symbolic.formula import Names, Reader
from engine.symbolic.tokens import Token, tokens
from engine.symbolic.typeset import latex

TOTAL = "C"  # the executions of all lines of some code
CLASSES = ("Theta", "O", "Omega", "o", "omega")
_MOST_NAMED = 8  # letters with numbers, in a sentence


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
    """Read a line in which `letters` may stand beside the variable: k, or c_3 with its number.

    Without a sequence in `names` it is about code.

    Raises:
        FormulaError: with the column and a sentence.
    """
    found = tokens(text)
    reader = Reader(text, found if names.sequence else _with_total(found, names.variable), names)
    reader.bound.extend(sorted({letter for letter in letters if "_" not in letter} - {names.variable}))
    reader.constants = frozenset(letter.partition("_")[0] for letter in letters if "_" in letter)
    if reader.next.kind == "end":
        begin = f"{names.sequence}({names.variable})" if names.sequence else TOTAL
        raise FormulaError(f"Type the next line, such as {begin} = ...", text, 0)
    begins = reader.next.kind != "="
    sides = [reader.sum()] if begins else []
    while reader.accept("=", "in"):
        sides.append(reader.sum())
    if reader.next.kind != "end":
        reader.fail(f"“{reader.next.text}” cannot stand here.")
    for side in sides:
        _insist(reader, side, letters)
    if begins and len(sides) == 1:
        return Typed(None, tuple(sides))
    return Typed(sides[0], tuple(sides[1:])) if begins else Typed(None, tuple(sides))


def _with_total(found: list[Token], variable: str) -> list[Token]:
    """C for T(n) and C(n), which are usual for the total as well."""
    kept, place = list[Token](), 0
    while place < len(found):
        token, inside = found[place], [one.text for one in found[place + 1 : place + 4]]
        if token.kind == "word" and token.text in (TOTAL, "T") and inside == ["(", variable, ")"]:
            kept.append(token._replace(text=TOTAL))
            place += 4
        else:
            kept.append(token)
            place += 1
    return kept


def _insist(reader: Reader, side: Expr, letters: AbstractSet[str]) -> None:
    """Fail for a letter with a number that there is not: c_9 of code with five lines."""
    numbered = sorted(letter for letter in letters if "_" in letter)
    for part in walk(side):
        if not isinstance(part, Sym) or part.name in letters or part.name in reader.bound:
            continue
        if part.name.partition("_")[0] in reader.constants:
            known = ", ".join(numbered[:_MOST_NAMED])
            reader.fail(f"There is no {part.name} here. There are {known}.", part.at)
