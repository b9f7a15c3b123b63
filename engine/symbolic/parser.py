"""A student's text -> a recurrence, or an error with a column. No SymPy: the window reads it.

    T(n) = 2T(n/2) + n log n, T(1) = 1        a_n = 3a_{n-1}; a_0 = 1
    f(n+1) = 2 f(n) + 1 for n >= 0, f(0) = f(1) = 1
    T(n) = \\begin{cases} 1 & n = 1 \\\\ 2T(n/2) + n & n > 1 \\end{cases}
    T(n) - 2T(n-1) = n       T(n) = T(n/2) + O(1)       T(n) = n + T(0) + ... + T(n-1)

What it is made of is read by `statements.py`. The echo shows it as it was understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.symbolic.expr import Expr, Num, Term
from engine.symbolic.formula import Names
from engine.symbolic.statements import Statements
from engine.symbolic.typeset import latex, name_latex, number_latex

_SIGNS = {"": "=", "O": r"\le", "Omega": r"\ge"}


@dataclass(frozen=True, slots=True)
class Base:
    """A first value: T(index) = value."""

    index: int
    value: Fraction


@dataclass(frozen=True, slots=True)
class RecurrenceInput:
    """A recurrence as it was typed.

    Attributes:
        text: what was typed.
        left: the term that is defined; its place is `variable`, or that plus a whole number `ahead`.
        right: what it is said to equal; at least one term of the sequence is in it. Parts of which only
            the class is known are Calls such as "Theta" of a known function: a letter c is Theta(1).
        bases: first values by rising index; none if none was typed, or only their class.
        first: smallest value of `variable` for which the recurrence was said to hold, or None;
            the term that is defined there is `first` + `ahead`.
        vague: "" if all of it is known; else only the class of the solution can be told: "Theta", or "O"
            ("Omega") if also that only from above (below), "o" and "omega" likewise.
        typed: the right side with the letters and classes as they were typed.
        unknown: places of first values that were typed as some constant.
        notes: (name, choice) pairs: what was taken to be meant.
        bound: "O" if T(n) was only said to be at most the right side, "Omega" for at least; else "".
    """

    text: str
    names: Names
    left: Term
    ahead: int
    right: Expr
    bases: tuple[Base, ...]
    first: int | None
    vague: str = ""
    typed: Expr | None = None
    unknown: tuple[int, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    bound: str = ""

    @property
    def latex(self) -> str:
        """The problem typeset, for display style."""
        text = f"{latex(self.left)} {_SIGNS[self.bound]} {latex(self.typed or self.right)}"
        if self.first is not None:
            text += rf" \quad \text{{for }} {name_latex(self.names.variable)} \ge {self.first}"
        text += "".join(rf",\quad {self.base_latex(base)}" for base in self.bases)
        return text + "".join(rf",\quad {latex(self.term(place))} = \Theta(1)" for place in self.unknown)

    @property
    def first_defined(self) -> int | None:
        """The first place that the recurrence was said to define, or None."""
        return None if self.first is None else self.first + self.ahead

    def base_latex(self, base: Base) -> str:
        return f"{latex(self.term(base.index))} = {number_latex(base.value)}"

    def term(self, place: int | Expr) -> Term:
        """T at `place`, written as the student writes it."""
        where = Num(Fraction(place)) if isinstance(place, int) else place
        return Term(self.left.name, where, self.left.subscript)


def parse_recurrence(text: str) -> RecurrenceInput:
    """Read a recurrence and its first values; well under a millisecond for anything.

    Raises:
        FormulaError: with the column and a sentence, whatever the text holds.
    """
    found = Statements(text).read()
    return RecurrenceInput(
        text,
        found.names,
        found.left,
        found.ahead,
        found.right,
        tuple(Base(index, value) for index, value in sorted(found.bases.items())),
        found.first,
        found.vague,
        found.typed,
        found.unknown,
        found.notes,
        found.bound,
    )


def echo(text: str) -> str:
    """LaTeX of the recurrence in `text`, as it is understood.

    Raises:
        FormulaError: as `parse_recurrence`.
    """
    return parse_recurrence(text).latex
