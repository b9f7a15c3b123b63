"""A student's text -> a function of n: what is compared and sorted by growth. No SymPy, no solver.

n^2 log n      2^(sqrt n)      log* n      (log n)^(log n)      f(n) = n^{1 + 1/n}
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import FormulaError
from engine.symbolic.expr import Big, Call, Expr, Sym, column, walk
from engine.symbolic.formula import MOST_EXPONENT, Names, Reader
from engine.symbolic.named import FUNCTIONS
from engine.symbolic.tokens import Token, tokens
from engine.symbolic.typeset import latex
from engine.symbolic.vague import CLASSES

_USUAL = "nNxmkt"  # names of a size, the likeliest first
_TAKEN = frozenset({*FUNCTIONS, "e", "H", "C", "O", "o", "is", "in", "T", "f", "g"})


@dataclass(frozen=True, slots=True)
class FunctionInput:
    """A function of `names.variable`, as it was typed; `names.sequence` is empty."""

    text: str
    names: Names
    expr: Expr

    @property
    def latex(self) -> str:
        """The function typeset, for display style."""
        return latex(self.expr)


def parse_function(text: str) -> FunctionInput:
    """Read a function of one size.

    Raises:
        FormulaError: with the column and a sentence, whatever the text holds.
    """
    reader = reader_of(text)
    expr = whole(reader)
    vague = next((part for part in walk(expr) if isinstance(part, Call) and part.name in CLASSES), None)
    if vague is not None:
        raise FormulaError(
            f"{vague.name}(...) stands for many functions. Write one of them.", text, column(vague)
        )
    return FunctionInput(text, reader.names, expr)


def echo(text: str) -> str:
    """LaTeX of the function in `text`, as it is understood. Raises FormulaError as `parse_function`."""
    return parse_function(text).latex


def reader_of(text: str) -> Reader:
    """A reader that stands where the function begins, behind "f(n) =" if that is there.

    Raises:
        FormulaError: the text cannot be taken apart, or holds nothing.
    """
    found = tokens(text)
    if found[0].kind == "end":
        raise FormulaError("Nothing is typed yet. Try n^2 log n.", text, 0)
    start, variable = _heading(found)
    reader = Reader(text, found, Names("", variable or _variable(found[start:])))
    reader.most_exponent = MOST_EXPONENT
    reader.position = start
    return reader


def whole(reader: Reader) -> Expr:
    """All that is left, as one formula. Raises FormulaError."""
    expr = reader.sum()
    token = reader.next
    if token.kind != "end":
        reader.fail(f"“{token.text.strip() or 'a line end'}” cannot stand here. One function at a time.")
    indices = {part.index for part in walk(expr) if isinstance(part, Big)}
    letters = {part.name for part in walk(expr) if isinstance(part, Sym)} - indices
    if not letters <= {reader.names.variable}:
        reader.fail(f"Write it with one letter only, {reader.names.variable}.", column(expr))
    return expr


def _heading(found: list[Token]) -> tuple[int, str]:
    """Where the function begins, and the letter that "f(n) =" before it names, or ""."""
    kinds = [token.kind for token in found[:6]]
    if kinds[:4] == ["word", "(", "word", ")"] and len(found[2].text) == 1:
        if kinds[4:5] == ["="]:
            return 5, found[2].text
        if found[4].text in ("in", "is"):
            return 6 if found[5].text == "in" else 5, found[2].text
    return 0, ""


def _variable(found: list[Token]) -> str:
    """The letter that a text seems to be about."""
    words = [token.text for token in found if token.kind == "word"]
    singles = [word for word in words if len(word) == 1 and word not in _TAKEN]
    for letter in _USUAL:
        if letter in singles:
            return letter
    if singles:
        return singles[0]
    runs = "".join(word for word in words if word not in FUNCTIONS and word not in CLASSES)
    return next((letter for letter in _USUAL if letter in runs), "n")
