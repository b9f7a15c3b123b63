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

# the alphabets that PDFs and phones write formulas with: character by character, so columns stay
_PLAIN_LETTERS = {
    at: plain
    for at in (*range(0xFF01, 0xFF5F), *range(0x1D400, 0x1D800), 0x210E, 0x2115)
    if len(plain := unicodedata.normalize("NFKC", chr(at))) == 1
}
_HALVES = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}


class Token(NamedTuple):
    """`kind` is "number", "word", "end", or the symbol itself; `glued`: no space before it."""

    kind: str
    text: str
    at: int
    glued: bool


_PIECE = re.compile(
    r"(?P<dots>\.\.+|…)"
    r"|(?P<space>[ \t\r$~\u00a0\u2000-\u200d\u202f\u205f-\u2062\u3000\ufeff\u23a7-\u23aa]+|\.(?=[\s$]*$))"
    r"|(?P<stop>\.(?=\s))"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][0-9]{1,2}(?![0-9]))?|\.[0-9]+)"
    r"|(?P<word>[A-Za-z]+)"
    r"|(?P<frame>\\(?:begin|end)\s*\{\s*(?P<frame_name>[a-z]+\*?)\s*\}(?:\s*\{[lcr| ]*\})?)"
    r"|(?P<upright>\\(?:text|textrm|textit|textbf|mathrm|mathit|mathbf|mathsf|mathcal|mathbb|operatorname\*?|mbox|hbox)"
    r"\s*(?=\{[^{}]*\})\{(?P<upright_words>[^{}]*)\})"
    r"|(?P<silent>\\(?:left|right)\s*\.|\\\\\s*\[[0-9.]+ *[a-z]{2}\])"
    r"|(?P<command>\\(?:[A-Za-z]+|.))"
    r"|(?P<symbol>\*\*|//|<=|>=|==|!=|:=|[-+*/^_=<>(){}\[\],;:!|%&\n])",
    re.DOTALL,
)

_SAME = {
    "**": "^", "==": "=", ":=": "=", "{": "(", "}": ")", "[": "(", "]": ")", "\n": ";", ":": ";",
}  # fmt: skip

_SIGNS = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*",
    "∗": "*", "÷": "/", "∕": "/", "⁄": "/", "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=",
    "≧": ">=", "≠": "!=", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "√": "sqrt", "Θ": "Theta", "θ": "Theta",
    "ϴ": "Theta", "Ω": "Omega", "ω": "omega", "∑": "sum", "Σ": "sum", "∏": "prod",
    "∈": "in", "ℓ": "l", "⋯": "dots", "′": "'", "∀": "for",
}  # fmt: skip

_COMMANDS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=",
    "leqslant": "<=", "geqslant": ">=", "ne": "!=", "neq": "!=",
    "lt": "<", "gt": ">", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "frac": "frac",
    "dfrac": "frac", "tfrac": "frac", "sqrt": "sqrt", "log": "log", "ln": "ln", "lg": "lg", "exp": "exp",
    "cos": "cos", "sin": "sin", "max": "max", "min": "min", "binom": "binom", "dbinom": "binom",
    "tbinom": "binom", "sum": "sum", "prod": "prod", "bmod": "mod", "mod": "mod", "in": "in", "to": "to",
    "Theta": "Theta", "theta": "Theta", "Omega": "Omega", "omega": "omega", "mathcal": "", "{": "(",
    "}": ")", "[": "", "]": "", "(": "", ")": "", "\\": ";", "cr": ";", "newline": ";", "left": "",
    "right": "", "big": "", "Big": "", "bigg": "", "Bigg": "", "bigl": "", "bigr": "", "Bigl": "",
    "Bigr": "", "biggl": "", "biggr": "", ",": "", ";": "", ":": "", "!": "", " ": "", "\n": "",
    "quad": "", "qquad": "", "displaystyle": "", "textstyle": "", "limits": "", "nolimits": "", "cases": "",
    "rm": "", "it": "", "text": "", "mathrm": "", "operatorname": "", "dots": "dots", "ldots": "dots",
    "cdots": "dots", "dotsb": "dots", "vdots": "dots", "vert": "|", "lvert": "|", "rvert": "|",
    "lbrace": "(", "rbrace": ")", "forall": "for", "colon": ";", "lbrack": "(", "rbrack": ")",
}  # fmt: skip

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿᵏᵐⁱʲ", "0123456789+-()nkmij")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙₖₘᵢⱼ", "0123456789+-()nkmij")
_SCRIPTS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿᵏᵐⁱʲ]+|[₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙₖₘᵢⱼ]+")


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, the last of kind "end".

    Raises:
        FormulaError: too long, or a character or command that has no meaning here.
    """
    if text.isascii() or len(text) > MAX_CHARACTERS:
        return limited(text, _split, MAX_CHARACTERS, MAX_TOKENS)
    try:
        return limited(text.translate(_PLAIN_LETTERS), _split, MAX_CHARACTERS, MAX_TOKENS)
    except FormulaError as error:
        raise FormulaError(error.reason, text, error.column) from None


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
            yield from _token(text, match, glued)
        glued = match is None or match.lastgroup != "space"
        at = end


def _token(  # noqa: PLR0911 - one case a kind
    text: str, match: re.Match[str], glued: bool
) -> list[Token]:
    kind, piece, at = match.lastgroup or "", match.group(), match.start()
    match kind:
        case "space":
            return []
        case "silent":
            return [Token(";", piece, at, glued)] if piece.startswith("\\\\") else []
        case "dots" | "stop":
            return [Token("dots" if kind == "dots" else ";", piece, at, glued)]
        case "frame_name" | "frame":
            return _frame(match, at, glued)
        case "upright_words" | "upright":
            start = match.start("upright_words")
            return [token._replace(at=start + token.at) for token in _split(match.group("upright_words"))]
        case "symbol":
            return [Token(_SAME.get(piece, piece), piece, at, glued)]
        case "command":
            return _command(text, piece, at, glued)
        case "number" if (digits := _digits(piece)) > MAX_DIGITS:
            raise FormulaError(
                f"The number has {digits} digits; {MAX_DIGITS} is the most that is read.", text, at
            )
    return [Token(kind, piece, at, glued)]


def _digits(number: str) -> int:
    """How many digits there are in it, written out: 13 in 1e12."""
    written, _, zeros = number.lower().partition("e")
    return len(written) - ("." in written) + int(zeros or 0)


def _frame(match: re.Match[str], at: int, glued: bool) -> list[Token]:
    """\\begin{cases} opens a brace, \\end{cases} closes it; frames that only arrange are dropped."""
    if match.group("frame_name") not in ("cases", "array", "dcases", "rcases"):
        return []
    opens = match.group().startswith("\\begin")
    return [Token("(" if opens else ")", "{" if opens else "}", at, glued)]


def _command(text: str, piece: str, at: int, glued: bool) -> list[Token]:
    meant = _COMMANDS.get(piece[1:])
    if meant is None:
        raise FormulaError(f"The LaTeX command “{piece}” is not understood in a formula.", text, at)
    if not meant:
        return []
    if meant == "dots":
        return [Token("dots", piece, at, glued)]
    if meant.isalpha():
        return [Token("word", meant, at, glued)]
    return [Token(meant, piece if meant in "()" else meant, at, glued)]


def _foreign(text: str, at: int, glued: bool) -> tuple[list[Token], int]:
    """What stands at `at` when it is not ASCII: a sign, a run of raised or lowered characters; or fails."""
    run = _SCRIPTS.match(text, at)
    if run is not None:
        return script(text, run, (_RAISED, _LOWERED), _split), run.end()
    character = text[at]
    if character in _HALVES:
        above, below = _HALVES[character]
        inside = [Token("number", str(above), at, glued), Token("/", "/", at, True)]
        ends = (Token("(", "(", at, False), Token(")", ")", at, True))
        return [ends[0], *inside, Token("number", str(below), at, True), ends[1]], at + 1
    meant = _SIGNS.get(character)
    if meant is None:
        raise FormulaError(_stranger(character), text, at)
    if meant == "dots":
        return [Token("dots", character, at, glued)], at + 1
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
