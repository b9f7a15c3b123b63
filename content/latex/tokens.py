"""LaTeX -> tokens. What only moves ink is left out, so two ways to write one formula give the same tokens."""

from __future__ import annotations

import re

Tokens = tuple[str, ...]

_TOKEN = re.compile(
    r"<<[^<>\n]*>>"
    r"|\\(?:text|mathrm|operatorname)\*?\s*\{[^{}]*\}"
    r"|\\(?:begin|end)\{[a-z]+\*?\}"
    r"|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\S"
)
_INK = re.compile(r"(?<!\\)\\[,;:! ]|~|\\(?:left|right|middle|limits|displaystyle|textstyle)(?![A-Za-z])")
_SIZE = re.compile(r"\\[bB]igg?[lrm]?(?![A-Za-z])")
_THOUSANDS = re.compile(r"(?<=\d)(?:\\,|\{,\})(?=\d{3}(?!\d))")
_WORDS = re.compile(r"\\(?:text|mathrm|operatorname)\*?\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\[A-Za-z]+$")
_SAME = {
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\lVert": r"\|",
    r"\rVert": r"\|",
    r"\Vert": r"\|",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\ldots": r"\dots",
    r"\cdots": r"\dots",
    r"\leq": r"\le",
    r"\geq": r"\ge",
    r"\neq": r"\ne",
    r"\gets": r"\leftarrow",
    r"\lbrack": "[",
    r"\rbrack": "]",
    r"\lbrace": r"\{",
    r"\rbrace": r"\}",
    r"\dbinom": r"\binom",
    "−": "-",
}


def tokens(latex: str) -> Tokens:
    r"""The tokens of a formula; `\mathrm{..}` and `\operatorname{..}` are `\text{..}`, which is one token."""
    kept = _SIZE.sub(" ", _INK.sub(" ", _THOUSANDS.sub("", latex)))
    return _unbraced([_plain(found) for found in _TOKEN.findall(kept)])


def written(found: Tokens) -> str:
    """The tokens as LaTeX that a person can read and look for."""
    text = ""
    for token in found:
        parted = _COMMAND.search(text) is not None and token[:1].isalpha()
        text += f" {token}" if parted else token
    return text


def is_words(token: str) -> bool:
    return token.startswith(r"\text{")


def _unbraced(found: list[str]) -> Tokens:
    """Without braces around one piece, as TeX has it; 12 keeps them, for x^12 is x^1 2."""
    made: list[str] = []
    for piece in found:
        made.append(piece)
        if piece == "}" and made[-3:-2] == ["{"] and (len(made[-2]) == 1 or not made[-2].isdigit()):
            made[-3:] = made[-2:-1]
    return tuple(made)


def _plain(token: str) -> str:
    words = _WORDS.fullmatch(token)
    return rf"\text{{{words[1].strip()}}}" if words else _SAME.get(token, token)
