"""A student's text -> a claimed bound such as O(n^2). No SymPy, no solver.

O(n^2)      T(n) = Θ(n lg n)      \\Omega(n)      f(n) ∈ o(n!)      n^2, which is meant as Θ(n^2)
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import FormulaError
from engine.symbolic.expr import Call, Expr, column, walk
from engine.symbolic.formula import Names
from engine.symbolic.functions import reader_of, whole
from engine.symbolic.typeset import latex
from engine.symbolic.vague import CLASSES

_SYMBOLS = {"Theta": "Θ", "O": "O", "Omega": "Ω", "o": "o", "omega": "ω"}


@dataclass(frozen=True, slots=True)
class Claim:
    """In `symbol`(expr).

    Attributes:
        symbol: "O", "Ω", "Θ", "o" or "ω", as in `findings.Relation`.
        expr: a function of `names.variable`.
        text: what was typed.
        bare: no class was typed, and Θ is taken to be meant.
    """

    symbol: str
    expr: Expr
    text: str
    names: Names
    bare: bool

    @property
    def latex(self) -> str:
        """The claim typeset, for display style."""
        name = next(name for name, symbol in _SYMBOLS.items() if symbol == self.symbol)
        return latex(Call(name, self.expr))


def parse_claim(text: str) -> Claim:
    """Read a claimed bound.

    Raises:
        FormulaError: with the column and a sentence, whatever the text holds.
    """
    reader = reader_of(text)
    expr = whole(reader)
    bare = not (isinstance(expr, Call) and expr.name in CLASSES)
    symbol, inside = ("Θ", expr) if bare or not isinstance(expr, Call) else (_SYMBOLS[expr.name], expr.body)
    again = next((part for part in walk(inside) if isinstance(part, Call) and part.name in CLASSES), None)
    if again is not None:
        raise FormulaError("Write one class with one function in it, such as O(n^2).", text, column(again))
    return Claim(symbol, inside, text, reader.names, bare)


def echo(text: str) -> str:
    """LaTeX of the claim in `text`, as it is understood. Raises FormulaError as `parse_claim`."""
    return parse_claim(text).latex
