"""One formula -> its statements: where it is cut, and the sides of each a = b = c.

Cut at wide spaces, line ends, arrows of conclusion and commas outside brackets. Knows no values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from content.latex.tokens import Tokens, is_words, tokens, written

EQUAL = frozenset({"=", r"\approx", r"\equiv", r"\leftarrow"})
"""Relations that a value can be held against."""

_OTHER = frozenset({
    r"\le", r"\ge", r"\ll", r"\gg", "<", ">", r"\ne", r"\in", r"\sim", r"\to", r"\rightarrow", r"\propto",
    r"\subseteq", r"\subset", r"\iff", r"\Leftrightarrow", r"\mapsto", r"\longrightarrow",
})  # fmt: skip
_CUTS = frozenset({r"\quad", r"\qquad", r"\\", r"\Rightarrow", r"\Longrightarrow", r"\implies", ",", ";"})
_OPEN, _CLOSE = (
    frozenset({"(", "[", "{", r"\{", r"\lfloor", r"\lceil", r"\langle"}),
    frozenset({")", "]", "}", r"\}", r"\rfloor", r"\rceil", r"\rangle"}),
)
_FRAME = re.compile(r"\\(?:begin|end)\{(?:aligned|align|gathered|split)\*?\}")
_MATRIX = re.compile(r"\\(begin|end)\{[bp]?(?:matrix|cases)\}")


@dataclass(frozen=True, slots=True)
class Statement:
    """A chain: side, relation, side ... One side and no relation where nothing is said to equal another."""

    sides: tuple[Tokens, ...]
    relations: tuple[str, ...] = ()

    @property
    def equates(self) -> bool:
        return any(relation in EQUAL for relation in self.relations)

    @property
    def tokens(self) -> Tokens:
        """All of it."""
        rest = zip(self.relations, self.sides[1:], strict=True)
        return sum(((relation, *side) for relation, side in rest), self.sides[0])

    def __str__(self) -> str:
        rest = zip(self.relations, self.sides[1:], strict=True)
        return "".join((written(self.sides[0]), *(f" {sign} {written(side)}" for sign, side in rest)))


def statements(latex: str) -> tuple[Statement, ...]:
    """The statements of a formula; a piece that begins with a relation goes on where the last one ended."""
    found: list[Statement] = []
    for piece in _pieces(tokens(_FRAME.sub(" ", latex))):
        sides, relations = _chain(piece)
        if not sides[0] and relations and found:
            last = found.pop()
            found.append(Statement(last.sides + tuple(sides[1:]), last.relations + tuple(relations)))
        elif any(sides) and not all(map(is_words, piece)):
            found.append(Statement(tuple(sides), tuple(relations)))
            if relations == [r"\in"]:
                _share(found)
    return tuple(found)


def is_closed(latex: str) -> bool:
    """Whether as many brackets close as open; an interval [0, 1) is closed too."""
    found = tokens(latex)
    return sum(token in _OPEN for token in found) == sum(token in _CLOSE for token in found)


def _share(found: list[Statement]) -> None:
    """a, b in R says it of a too."""
    where = found[-1].sides[1]
    for place in range(len(found) - 2, -1, -1):
        if found[place].relations:
            return
        found[place] = Statement((found[place].sides[0], where), (r"\in",))


def _pieces(whole: Tokens) -> Iterator[Tokens]:
    """Cut outside brackets and matrices; words at either end of a piece and alignment marks are left out."""
    piece: list[str] = []
    for mark, depth in _with_depth(whole):
        if depth == 0 and (mark in _CUTS or (mark == "&" and piece[-1:] == ["&"])):
            yield _bare(piece)
            piece = []
        else:
            piece.append(mark)
    yield _bare(piece)


def _with_depth(whole: Tokens) -> Iterator[tuple[str, int]]:
    """Each token with the number of brackets around it."""
    depth = 0
    for token in whole:
        matrix = _MATRIX.fullmatch(token)
        opens = token in _OPEN or (matrix is not None and matrix[1] == "begin")
        closes = token in _CLOSE or (matrix is not None and matrix[1] == "end")
        depth -= closes
        yield token, max(depth, 0)
        depth += opens


def _bare(piece: list[str]) -> Tokens:
    """Without alignment marks, the full stop or colon at the end, and a label in front or behind."""
    inside = _MATRIX.search(" ".join(piece))
    kept = piece if inside else [mark for mark in piece if mark != "&"]
    while kept and (kept[-1] in {".", ":", "&"} or (is_words(kept[-1]) and _is_label(kept))):
        kept = kept[:-1]
    while len(kept) > 1 and kept[0].endswith(":}") and is_words(kept[0]):
        kept = kept[1:]
    return tuple(kept)


def _is_label(kept: list[str]) -> bool:
    """Whether the words at the end stand behind the formula, not below or above a letter of it."""
    return len(kept) > 1 and kept[-2] not in ("_", "^") and kept[-2] not in EQUAL


def _chain(piece: Tokens) -> tuple[list[Tokens], list[str]]:
    sides: list[list[str]] = [[]]
    relations = []
    for token, depth in _with_depth(piece):
        if depth == 0 and (token in EQUAL or token in _OTHER):
            relations.append(token)
            sides.append([])
        else:
            sides[-1].append(token)
    return [tuple(side) for side in sides], relations
