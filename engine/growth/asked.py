"""Typed functions -> trees in one letter, or the refusal that says what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import FormulaError
from engine.symbolic.expr import Expr, Sym, letters, put
from engine.symbolic.functions import parse_function
from engine.symbolic.report import Refusal

MOST = 40  # functions of one list


@dataclass(frozen=True, slots=True)
class Asked:
    """A function as it was typed; `expr` is in the letter of the whole list."""

    text: str
    expr: Expr


class Unreadable(Exception):
    """`refusal` says what is wrong."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def read(texts: tuple[str, ...]) -> tuple[str, tuple[Asked, ...]]:
    """The letter, and the functions. Raises Unreadable."""
    found = []
    for text in texts:
        try:
            found.append(parse_function(text))
        except FormulaError as error:
            raise Unreadable(
                Refusal(error.reason, "Correct the text at the mark.", error.text, error.column)
            ) from None
    named = {item.names.variable for item in found if letters(item.expr)}
    variable = "n" if "n" in named or not named else min(named)
    return variable, tuple(
        Asked(item.text, put(item.expr, item.names.variable, Sym(variable))) for item in found
    )
