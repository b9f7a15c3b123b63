"""Text -> tokens: the characters, symbols and LaTeX commands that students type.

Each token knows its column. Unicode signs, superscripts and LaTeX commands become plain
tokens here, so that the reader behind this knows only one way to write each thing. Limits
are checked first: whatever is typed, this takes well under a millisecond.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from engine.errors import FormulaError

MAX_CHARACTERS, MAX_TOKENS, MAX_DIGITS = 400, 200, 12


Script = dict[int, int]  # as str.maketrans makes it


class Token(NamedTuple):
    """`kind` is "number", "word", "end", or the symbol itself; `glued`: no space before it."""

    kind: str
    text: str
    at: int
    glued: bool


_PIECE = re.compile(
    r"(?P<space>[ \t\r$&~\u00a0\u2009\u202f\u2061\u2062]+|\.\s*$)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|(?P<word>[A-Za-z]+)"
    r"|(?P<command>\\(?:[A-Za-z]+|.))"
    r"|(?P<symbol>\*\*|<=|>=|==|[-+*/^_=<>(){}\[\],;!\n])"
)

_SAME = {"**": "^", "==": "=", "{": "(", "}": ")", "[": "(", "]": ")", "\n": ";"}

_SIGNS = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*",
    "÷": "/", "∕": "/", "⁄": "/", "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "⌊": "⌊", "⌋": "⌋",
    "⌈": "⌈", "⌉": "⌉", "√": "sqrt", "Θ": "Theta", "Ω": "Omega", "；": ";", "，": ",", "（": "(", "）": ")",
}  # fmt: skip

_COMMANDS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=",
    "lt": "<", "gt": ">", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "frac": "frac",
    "dfrac": "frac", "tfrac": "frac", "sqrt": "sqrt", "log": "log", "ln": "ln", "lg": "lg",
    "Theta": "Theta", "Omega": "Omega", "mathcal": "", "{": "(",
    "}": ")", "[": "", "]": "", "(": "", ")": "", "\\": ";", "left": "", "right": "", "big": "", "Big": "",
    "bigl": "", "bigr": "", "Bigl": "", "Bigr": "", ",": "", ";": "", ":": "", "!": "", " ": "",
    "quad": "", "qquad": "", "displaystyle": "",
}  # fmt: skip

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿᵏᵐ", "0123456789+-()nkm")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙₖₘ", "0123456789+-()nkm")
_SCRIPTS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿᵏᵐ]+|[₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙₖₘ]+")


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, the last of kind "end".

    Raises:
        FormulaError: too long, or a character or command that has no meaning here.
    """
    return limited(text, _split, MAX_CHARACTERS, MAX_TOKENS)


def limited(text: str, split: Callable[[str], Iterable[Token]], characters: int, most: int) -> list[Token]:
    """The tokens that `split` finds in `text`, and one of kind "end".

    Raises:
        FormulaError: more than so many characters, or more than `most` tokens; or what `split` raises.
    """
    if len(text) > characters:
        raise FormulaError(
            f"The text has {len(text):,} characters; {characters:,} is the most that is read.",
            text,
            characters,
        )
    found: list[Token] = []
    for token in split(text):
        if len(found) == most:
            raise FormulaError(
                f"There are more than {most} numbers, letters and signs. Try a shorter text.", text, token.at
            )
        found.append(token)
    found.append(Token("end", "", len(text), False))
    return found


def _split(text: str) -> Iterator[Token]:
    at, glued = 0, False
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None:
            pieces, end = _foreign(text, at, glued)
            yield from pieces
        else:
            end = match.end()
            token = _token(text, match, glued)
            if token is not None:
                yield token
        glued = match is None or match.lastgroup != "space"
        at = end


def _token(text: str, match: re.Match[str], glued: bool) -> Token | None:
    kind, piece, at = match.lastgroup or "", match.group(), match.start()
    if kind == "space":
        return None
    if kind == "symbol":
        return Token(_SAME.get(piece, piece), piece, at, glued)
    if kind == "command":
        return _command(text, piece, at, glued)
    if kind == "number" and len(piece) - ("." in piece) > MAX_DIGITS:
        raise FormulaError(
            f"The number has {len(piece)} digits; {MAX_DIGITS} is the most that is read.", text, at
        )
    return Token(kind, piece, at, glued)


def _command(text: str, piece: str, at: int, glued: bool) -> Token | None:
    meant = _COMMANDS.get(piece[1:])
    if meant is None:
        raise FormulaError(f"The LaTeX command “{piece}” is not understood in a recurrence.", text, at)
    if not meant:
        return None
    return Token("word" if meant.isalpha() else meant, meant, at, glued)


def _foreign(text: str, at: int, glued: bool) -> tuple[list[Token], int]:
    """What stands at `at` when it is not ASCII: a sign, a run of raised or lowered characters; or fails."""
    run = _SCRIPTS.match(text, at)
    if run is not None:
        return script(text, run, (_RAISED, _LOWERED), _split), run.end()
    character = text[at]
    meant = _SIGNS.get(character)
    if meant is None:
        raise FormulaError(_stranger(character), text, at)
    return [Token("word" if meant.isalpha() else meant, meant, at, glued)], at + 1


def script(
    text: str, match: re.Match[str], scripts: tuple[Script, Script], split: Callable[[str], Iterable[Token]]
) -> list[Token]:
    """A run like ⁿ⁻¹ as ^ ( n - 1 ), all in the column where the run begins.

    `scripts` say what raised and lowered characters mean; `split` makes tokens of that.
    """
    run, at = match.group(), match.start()
    raised = run.translate(scripts[0])
    sign, inner = ("^", raised) if raised != run else ("_", run.translate(scripts[1]))
    try:
        inside = [token._replace(at=at) for token in split(inner)]
    except FormulaError as error:
        raise FormulaError(error.reason, text, at) from None
    return [Token(sign, sign, at, True), Token("(", "(", at, True), *inside, Token(")", ")", at, True)]


def _stranger(character: str) -> str:
    name = unicodedata.name(character, "a character without a name").lower()
    if character.isalpha():
        return f"“{character}” is {name}, not one of the letters a to z that are read here. Type it again."
    if character.isprintable():
        return f"The character “{character}” ({name}) has no meaning here. Take it out."
    return "There is a character here that cannot be seen. Delete it."
