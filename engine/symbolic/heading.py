"""What a text defines: the name of the sequence and of its variable, found before anything is read."""

from __future__ import annotations

from typing import NoReturn

from engine.errors import FormulaError
from engine.symbolic.cursor import Names
from engine.symbolic.formula import KEYWORDS
from engine.symbolic.named import CLASSES, FUNCTIONS
from engine.symbolic.tokens import Token

_MAX_NAME = 8
_BREAKS = (",", ";", "=")
_BREAK_WORDS = ("and", "with", "where", "given", "so", "let", "assume", "assuming", "then")
_TAKEN = frozenset({*FUNCTIONS, *KEYWORDS, *CLASSES, "frac", "sum", "prod", "max", "min", "binom", "range"})


def named(text: str, found: list[Token]) -> Names:
    """The sequence and its variable: what begins a statement and has a letter as place, else the first such.

    Raises:
        FormulaError: there is none, or its name cannot be one.
    """
    starts = [position for position in range(len(found) - 2) if _starts(found, position)]
    others = [position for position in range(len(found) - 2) if position not in set(starts)]
    for position in (*starts, *others):
        token = found[position]
        inner = _place(found, position)
        if inner is None or inner.text == token.text:
            continue
        if position in others and token.text in _TAKEN:
            continue
        if len(token.text) == 2 and token.text[1].isupper() and token.text[0] in (inner.text, "a", "b", "c"):
            token = _parted(found, position)  # nT(n): n times T(n)
        _check(text, token, inner)
        return Names(token.text, inner.text)
    return _fail(text, found)


def _place(found: list[Token], position: int) -> Token | None:
    """The letter in the place of what may be a term of a sequence."""
    token, opening = found[position], found[position + 1]
    if token.kind != "word" or opening.kind not in ("(", "_"):
        return None
    inside = [each for each in found[position + 2 : position + 5] if each.kind != "("]
    first = inside[0] if inside else opening
    return first if first.kind == "word" and first.text not in _TAKEN else None


def _starts(found: list[Token], position: int) -> bool:
    before = found[position - 1] if position else None
    return before is None or before.kind in _BREAKS or before.text in _BREAK_WORDS


def _parted(found: list[Token], position: int) -> Token:
    token = found[position]
    second = Token("word", token.text[1:], token.at + 1, True)
    found[position : position + 1] = [token._replace(text=token.text[0]), second]
    return second


def _check(text: str, sequence: Token, variable: Token) -> None:
    if sequence.text in _TAKEN or len(sequence.text) > _MAX_NAME:
        raise FormulaError(f"“{sequence.text}” cannot be the name of the sequence; T can.", text, sequence.at)
    if len(variable.text) > 1:
        raise FormulaError("The variable should be one letter, such as n.", text, variable.at)


def _fail(text: str, found: list[Token]) -> NoReturn:
    if found[0].kind == "end":
        raise FormulaError("Nothing is typed yet. Try T(n) = 2T(n-1) + 1, T(0) = 1.", text, 0)
    raise FormulaError("Begin with what is defined, such as T(n) = 2T(n/2) + n.", text, found[0].at)
