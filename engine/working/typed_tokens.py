r"""Text -> tokens: what students type for matrices, slopes and sums, in plain signs or LaTeX.

Every way to write a thing becomes one: \odot, ∘ and .* become ⊙, \hat{y} and ŷ become yhat, ᵀ and
\top become ^ T. Each token knows its column. Limits are checked first, so whatever is typed, this
takes well under a millisecond. Knows no network.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from engine.errors import FormulaError
from engine.symbolic.tokens import MAX_DIGITS, Token, limited, script

MAX_CHARACTERS, MAX_TOKENS = 2000, 400  # the longest printed line has 1,129 and 377

_PIECE = re.compile(
    r"(?P<space>[ \t\r\n$~\u00a0\u2009\u202f\u2061\u2062\u200b]+|\.\s*$|&(?=\s*=)|\\left\s*\.)"
    r"|(?P<held>\\right\s*\|\s*_\s*\{\s*\\text\s*\{gates held\}\s*\})"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2}(?![0-9A-Za-z_]))?)"
    r"|(?P<hat>[A-Za-z]\u0302|\\(?:wide)?hat\s*(?:\{\s*[A-Za-z]\s*\}|[A-Za-z]))"
    r"|(?P<back>\\overleftarrow\s*(?:\{\s*\\?[A-Za-z]+\s*\}|\\delta|[A-Za-z]))"
    r"|(?P<named>\\(?:operatorname|mathrm|text|mathbf|mathsf|mathit|boldsymbol|bm)\*?\s*\{[A-Za-z0-9 ]*\})"
    r"|(?P<matrix>\\(?:begin|end)\s*\{[bp]matrix\})"
    r"|(?P<word>[A-Za-z]+[0-9]*)"
    r"|(?P<command>\\(?:[A-Za-z]+|.))"
    r"|(?P<symbol>\.\*|\*\*|\|\||[-+*/@^_=(){}\[\],;:|'&])"
)

_SAME = {
    "**": "^", "{": "(", "}": ")", ".*": "⊙", "@": "*", "||": "‖", "&": ",",
}  # fmt: skip

_SIGNS = {
    "−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "÷": "/",
    "∕": "/", "⊙": "⊙", "∘": "⊙", "◦": "⊙", "⊗": "⊗", "∂": "∂", "‖": "‖", "∥": "‖", "′": "'", "’": "'",
    "⊤": "T", "√": "sqrt", "∑": "sum", "Σ": "sum", "∏": "prod", "Π": "prod", "δ": "delta", "σ": "sigma",
    "α": "alpha", "β": "beta", "γ": "gamma", "μ": "mu", "µ": "mu", "ε": "eps", "ϵ": "eps", "η": "eta",
    "φ": "phi", "ϕ": "phi", "ŷ": "yhat", "Ŷ": "yhat", "𝟏": "ones", "𝟙": "ones", "；": ";", "，": ",",
    "（": "(", "）": ")",
}  # fmt: skip

_COMMANDS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "odot": "⊙", "circ": "⊙", "otimes": "⊗",
    "partial": "∂", "top": "T", "intercal": "T", "prime": "'", "lVert": "‖", "rVert": "‖", "Vert": "‖",
    "|": "‖", "lvert": "|", "rvert": "|", "vert": "|", "{": "(", "}": ")", "\\": ";",
    "epsilon": "eps", "varepsilon": "eps", "varphi": "phi",
    **{name: name for name in (
        "delta", "sigma", "alpha", "beta", "gamma", "mu", "eta", "phi", "sum", "prod", "tanh", "exp", "log",
        "ln", "min", "sqrt",
    )},
    **dict.fromkeys(("frac", "dfrac", "tfrac"), "frac"),
    **dict.fromkeys((
        "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", ",", ";", ":", "!",
        " ", "quad", "qquad", "displaystyle", "limits", "(", ")", "[", "]",
    ), ""),
}  # fmt: skip

_SPELT = {"ReLU": "relu", "Tanh": "tanh", "epsilon": "eps", "top": "T", "id": "identity", "1": "ones"}

_DOTS = "Dots cannot be read. Write the sum or the product with its bounds: sum_{t=1}^{T}."

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵀᵗ", "0123456789+-()Tt")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₜₕₖⱼᵢₒₓₐₑₙₘₛₗᵣ", "0123456789+-()thkjioxaenmslr")
_SCRIPTS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵀᵗ]+|[₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₜₕₖⱼᵢₒₓₐₑₙₘₛₗᵣ]+")


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, the last of kind "end".

    Raises:
        FormulaError: too long, or a character or command that has no meaning here.
    """
    return limited(text, _split, MAX_CHARACTERS, MAX_TOKENS)


def _split(text: str) -> Iterator[Token]:
    at, glued = 0, False
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None:
            pieces, end = _foreign(text, at, glued)
            yield from pieces
        else:
            end = match.end()
            yield from _tokens(text, match, glued)
        glued = match is None or match.lastgroup != "space"
        at = end


def _tokens(text: str, match: re.Match[str], glued: bool) -> list[Token]:  # noqa: PLR0911 - one case a kind
    kind, piece, at = match.lastgroup or "", match.group(), match.start()
    letters = re.findall(r"[A-Za-z0-9]+", piece)
    match kind:
        case "space":
            return []
        case "symbol":
            return [Token(_SAME.get(piece, piece), piece, at, glued)]
        case "matrix":
            return [Token("[" if letters[0] == "begin" else "]", piece, at, glued)]
        case "hat":
            return [Token("word", piece[0] + "hat" if piece[0] != "\\" else letters[-1] + "hat", at, glued)]
        case "back":
            back = [Token("_", "_", at, True), Token("word", "rev", at, True)]
            return [Token("word", letters[-1], at, glued), *back]
        case "named":
            word = "_".join(letters[1:])
            return [Token("word", _SPELT.get(word, word), at, glued)] if word else []
        case "command":
            return _command(text, piece, at, glued)
        case "number" if len(piece) - ("." in piece) > MAX_DIGITS:
            raise FormulaError(
                f"The number has {len(piece)} digits; {MAX_DIGITS} is the most that is read.", text, at
            )
    return [Token(kind, _SPELT.get(piece, piece) if kind == "word" else piece, at, glued)]


def _command(text: str, piece: str, at: int, glued: bool) -> list[Token]:
    meant = _COMMANDS.get(piece[1:])
    if "dots" in piece:
        raise FormulaError(_DOTS, text, at)
    if meant is None:
        raise FormulaError(f"The LaTeX command “{piece}” is not understood here.", text, at)
    return [_meant(meant, piece, at, glued)] if meant else []


def _meant(meant: str, piece: str, at: int, glued: bool) -> Token:
    return Token("word", meant, at, glued) if meant.isalpha() else Token(meant, piece, at, glued)


def _foreign(text: str, at: int, glued: bool) -> tuple[list[Token], int]:
    """What stands at `at` when it is not ASCII: a sign, a run of raised or lowered characters; or fails."""
    run = _SCRIPTS.match(text, at)
    if run is not None:
        return script(text, run, (_RAISED, _LOWERED), _split), run.end()
    character = text[at]
    meant = _SIGNS.get(character)
    if meant is None:
        raise FormulaError(_stranger(character), text, at)
    if character == "⊤" and not re.search(r"\^\s*\{?\s*$", text[:at]):  # raised by itself
        return [Token("^", "^", at, True), Token("word", "T", at, True)], at + 1
    return [_meant(meant, character, at, glued)], at + 1


def _stranger(character: str) -> str:
    name = unicodedata.name(character, "a character without a name").lower()
    if character in ".…⋯":
        return _DOTS
    if character.isprintable():
        return f"The character “{character}” ({name}) has no meaning here. Take it out."
    return "There is a character here that cannot be seen. Delete it."
