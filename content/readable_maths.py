"""LaTeX -> one line of Unicode that says the same: `σ(W_f[hₜ₋₁, xₜ] + b_f)`.

Relations, signs, powers and brackets stay; what only moves ink goes. A command that is not known becomes its
name, a number that is drawn for each reader a box. Pure; knows no Markdown.
"""

from __future__ import annotations

import re

from content.readable_signs import (
    ABOVE,
    ACCENTS,
    BELOW,
    BRACKETS,
    BUILT,
    CLOSING,
    HOLLOW,
    INK,
    JOINING,
    LARGE,
    OPENING,
    SIGNS,
    SPACES,
    TEXTS,
    WIDE,
)

_DRAWN = "□"
_COLUMNS = ", "
_LONGEST_SMALL = 5  # letters above or below; more are easier to read in brackets
_SMALL = "".join({*BELOW.values(), *ABOVE.values()})
_TOKEN = re.compile(r"<<[^<>\n]*>>|\\([A-Za-z]+)\*?\s*|\\(.)|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
_FACTOR = re.compile(
    r"[∂Δ]?(?:\d+(?:\.\d+)?|[^\W\d_]|□)[\u0300-\u036f\u20d0-\u20ff]*"
    rf"(?:_\w|[{_SMALL}])*|√?\([^()]*\)|\|[^|]*\||[A-Za-z]+"
)
_INNER = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SUM = re.compile(r"[+−±=<>≤≥∑∏]")
_LETTER, _WORD, _NAME, _JOIN, _COMMA, _OPEN, _OTHER = range(7)
_SPOKEN = (_LETTER, _WORD, _NAME)
_KINDS = {",": _COMMA, ";": _COMMA, "(": _OPEN, "[": _OPEN}

Piece = tuple[str, int]


def readable_maths(latex: str) -> str:
    """One line of Unicode; of what is no LaTeX, its signs and letters."""
    return _Reader(latex).line().strip()


class _Reader:
    """Walks once through the tokens of one formula; each is what stands there, and the command's name."""

    def __init__(self, latex: str) -> None:
        self._tokens = [(found[0], found[1] or found[2] or "") for found in _TOKEN.finditer(latex)]
        self._at = 0

    def line(self, end: str = "", small: bool = False, cells: str = "") -> str:
        """All up to the token `end`, which is passed over; `small`: without spaces; `cells` parts them."""
        pieces: list[Piece] = []
        while self._at < len(self._tokens):
            here, name = self._next()
            if end and here.rstrip() == end:
                break
            if here in ("_", "^", "'"):
                self._hang(here, pieces)
            elif name == "\\":
                pieces += [(";", _COMMA), ("" if cells == _COLUMNS else WIDE, _COMMA)]
            elif here == "&":
                pieces.append((cells, _COMMA))
            elif not here.isspace():
                pieces.append(self._piece(here, name))
        return _joined(pieces, small)

    def _next(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> tuple[str, str]:
        while self._at < len(self._tokens) and self._tokens[self._at][0].isspace():
            self._at += 1
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _piece(self, here: str, name: str) -> Piece:
        if name:
            return self._command(name)
        if here == "{":
            inner = self.line("}")
            return inner, _LETTER if inner[
                1:
            ] == "" and inner.isalnum() else _OTHER if inner == "," else _WORD
        if here.startswith("<<"):
            return _DRAWN, _WORD
        if here in JOINING:
            return JOINING[here], _JOIN
        return (
            (" ", _COMMA) if here == "~" else (here, _LETTER if here.isalnum() else _KINDS.get(here, _OTHER))
        )

    def _command(self, name: str) -> Piece:
        if name in TEXTS:
            return self._said(), _NAME
        if name in BUILT:
            return self._built(name)
        if name in ("left", "right") and self._peek()[0] == ".":
            self._next()
        return _sign(name)

    def _built(self, name: str) -> Piece:
        if name == "begin":
            return self._rows(), _OTHER
        if name == "sqrt":
            root = _small(self._said("[", "]"), ABOVE) if self._peek()[0] == "[" else ""
            inner = self._given()
            return f"{root}√{_bracketed(inner, not _FACTOR.fullmatch(inner))}", _WORD
        first = self._given()
        if name == "mathbb":
            return HOLLOW.get(first, first), _LETTER
        if name in ACCENTS:
            return first[:1] + ACCENTS[name] + first[1:], _LETTER if len(first) < 2 else _WORD
        second = self._given()
        return (f"C({first}, {second})", _NAME) if name == "binom" else (self._fraction(first, second), _WORD)

    def _fraction(self, over: str, under: str) -> str:
        """In brackets where a factor or a power follows: `(1/n) x`."""
        bare = over
        while bare != (shorter := _INNER.sub("", bare)):
            bare = shorter
        made = (
            f"{_bracketed(over, bool(_SUM.search(bare)))}/{_bracketed(under, not _FACTOR.fullmatch(under))}"
        )
        at = self._at
        while self._peek()[1] in (",", "left", "big", "Big", "bigl"):
            self._next()
        here, name = self._peek()
        self._at = at
        ends = JOINING.keys() | CLOSING | INK | SPACES.keys() | {"end"}
        follows = name not in ends if name.isalpha() else not name and (here in "^([{" or here.isalnum())
        return _bracketed(made, bool(here) and follows)

    def _given(self, small: bool = False) -> str:
        """What a command or a script takes: a group, else the next piece, of a number its first digit."""
        here, name = self._peek()
        if not here:
            return ""
        if here[0].isdigit() and len(here) > 1:
            self._tokens[self._at] = (here[1:], "")
            return here[0]
        self._next()
        return self.line("}", small) if here == "{" else self._piece(here, name)[0]

    def _said(self, start: str = "{", end: str = "}") -> str:
        """The words of a group, as they stand."""
        if self._peek()[0] != start:
            return self._given()
        self._next()
        words = []
        while self._at < len(self._tokens) and (here := self._next()[0]) != end:
            words.append(_DRAWN if here.startswith("<<") else here.replace("\\", ""))
        return "".join(words).replace("$", "")

    def _rows(self) -> str:
        """A matrix row by row, `[1, 2; 3, 4]`; equations one after the other."""
        kind = self._said().rstrip("*")
        inner = self.line(r"\end", cells=_COLUMNS if kind in BRACKETS else " ")
        self._said()
        around = BRACKETS.get(kind, "")
        return around[:1] + inner + around[1:]

    def _hang(self, sign: str, pieces: list[Piece]) -> None:
        """What is above or below, on the last piece."""
        text, kind = pieces.pop() if pieces else ("", _OTHER)
        script = "′" if sign == "'" else _script(sign, self._given(small=True))
        pieces.append((text + script, _WORD if kind == _LETTER else kind))


def _sign(name: str) -> Piece:
    """A command that takes nothing."""
    if name in JOINING:
        return JOINING[name], _JOIN
    if name in SPACES:
        return SPACES[name], _COMMA
    if name in SIGNS:
        closing = _OTHER if name in CLOSING else _LETTER
        return SIGNS[name], _OPEN if name in OPENING else _WORD if name in LARGE else closing
    return "" if name in INK else name, _NAME if name.isalpha() and name not in INK else _OTHER


def _joined(pieces: list[Piece], small: bool) -> str:
    made, before, bars = "", _COMMA, 0
    for text, kind in pieces:
        if kind == _JOIN:
            unary = text in "+−±" and before in (_JOIN, _COMMA, _OPEN)
            made += text if unary or (small and not text.isalpha()) else f" {text} "
        elif text in (",", ";") and kind == _COMMA:
            made += text if small else f"{text} "
        else:
            apart = before in _SPOKEN and kind in _SPOKEN and (before != _LETTER or kind == _NAME)
            made += f" {text}" if apart else text
        bars += text in ("|", "‖")
        if text.strip():
            before = _OPEN if text in ("|", "‖") and bars % 2 else kind
    return re.sub(" +", " ", made).strip()


def _script(sign: str, given: str) -> str:
    """`ₜ`, `_f`, `^(a/b)`; a star, a prime and angles need no brackets."""
    if given in ("*", "′"):
        return given if sign == "^" else sign + given
    whole = (given.isalnum() and (given.isascii() or len(given) == 1)) or re.fullmatch(
        r"\([^()]*\)|⟨[^⟨⟩]*⟩|\*|∘", given
    )
    return _small(given, BELOW if sign == "_" else ABOVE) or (given and sign + _bracketed(given, not whole))


def _small(given: str, letters: dict[str, str]) -> str:
    """Empty where it is long, or Unicode lacks one of the letters."""
    if len(given) > _LONGEST_SMALL or not all(letter in letters for letter in given):
        return ""
    return "".join(letters[letter] for letter in given)


def _bracketed(text: str, wanted: bool) -> str:
    return f"({text})" if wanted else text
