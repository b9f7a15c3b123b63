"""A formula as it stands where there is so much room: whole, or its parts in rows below each other.

A chain a = b = c without room goes on in the next row with "= c", as on paper.

Knows nothing of documents. Asks the cache for the parts, which are formulas of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QPainter

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula
from studyapp.mathtext.parts import links, parts

_GAP = 1.6  # em between two parts of a row
_LEADING = 0.5  # em between the ink of two rows
_BEARABLE = 0.9  # part of its size to which a chain shrinks before it is broken
_INDENT = 4.0  # em at most between the left ends of a chain and of its further rows
_BARELY = 0.01  # em that a formula may be too wide: rounding


@dataclass(frozen=True, slots=True)
class _Piece:
    """A formula whose baseline begins `x` em from the left, `y` em above the baseline of the last row."""

    x: float
    y: float
    box: Box


@dataclass(frozen=True, slots=True)
class Rows:
    """All of a formula. `width`, `ascent` and `descent` are in em, about the baseline of the last row."""

    pieces: tuple[_Piece, ...]
    width: float
    ascent: float
    descent: float

    @property
    def end(self) -> float:
        """Where the last row ends, em from the left."""
        return max(piece.x + piece.box.width for piece in self.pieces if piece.y == 0)

    @property
    def first(self) -> float:
        """How far the baseline of the first row is above that of the last one, em."""
        return max(piece.y for piece in self.pieces)

    def paint(self, painter: QPainter, x: float, baseline: float, px: float, colour: QColor) -> None:
        """Paint with the left end of the last baseline at (x, baseline), one em being `px` units."""
        for piece in self.pieces:
            piece.box.paint(painter, x + piece.x * px, baseline - piece.y * px, px, colour)


def rows(box: Box, room: float) -> Rows:
    """`box` if it is no wider than `room` em; else its parts or links in as few rows as there is room for.

    A part or link by itself may still be wider.
    """
    if box.width <= room + _BARELY:
        return _whole(box)
    made = _broken(box.tex, round(room, 2)) if box.display else None
    made = made or _chained(box, round(room, 2))
    return made if made.width < box.width else _whole(box)


def _whole(box: Box) -> Rows:
    return Rows((_Piece(0, 0, box),), box.width, box.ascent, box.descent)


@lru_cache(maxsize=256)
def _broken(tex: str, room: float) -> Rows | None:
    """The parts in rows; None for a formula of one part, or one with a part that cannot be set."""
    boxes = _boxes(parts(tex), True)
    if len(boxes) < 2:
        return None
    packed = _evenly(boxes, room)
    return _stacked([[rows(box, room) for box in row] for row in packed], _GAP, 0.0)


@lru_cache(maxsize=256)
def _chained(box: Box, room: float) -> Rows:
    """The links in rows; the whole where it need not shrink much, or cannot be cut."""
    boxes = _boxes(links(box.tex), box.display)
    if room >= box.width * _BEARABLE or len(boxes) < 2:
        return _whole(box)
    indent = min(boxes[0].width, _INDENT, max(0.0, room - max(link.width for link in boxes[1:])))
    packed = _packed(boxes, room, 0.0, indent)
    return _stacked([[_whole(link) for link in row] for row in packed], 0.0, indent)


def _boxes(pieces: Sequence[str], display: bool) -> list[Box]:
    """The pieces as formulas; none at all if one of them cannot be set."""
    boxes = [formula(piece, display) for piece in pieces]
    found = [box for box in boxes if isinstance(box, Box)]
    return found if len(found) == len(boxes) else []


def _packed(boxes: Sequence[Box], room: float, gap: float, indent: float = 0.0) -> list[list[Box]]:
    """As many boxes in each row as there is room for; all but the first begin at `indent`."""
    packed: list[list[Box]] = [[]]
    for box in boxes:
        start = indent if len(packed) > 1 else 0.0
        if packed[-1] and start + sum(each.width + gap for each in packed[-1]) + box.width > room + _BARELY:
            packed.append([])
        packed[-1].append(box)
    return packed


def _evenly(boxes: Sequence[Box], room: float) -> list[list[Box]]:
    """In as few rows as there is room for, the longest of them as short as it can be: no part left alone."""
    packed = _packed(boxes, room, _GAP)
    while True:
        tighter = _packed(boxes, _longest(packed) - 2 * _BARELY, _GAP)
        if len(tighter) > len(packed) or _longest(tighter) >= _longest(packed):
            return packed
        packed = tighter


def _longest(packed: Sequence[Sequence[Box]]) -> float:
    return max(sum(box.width + _GAP for box in row) - _GAP for row in packed)


def _stacked(packed: Sequence[Sequence[Rows]], gap: float, indent: float) -> Rows:
    """Rows below each other, their left ends in one line, but for the first if there is an `indent`."""
    pieces: list[_Piece] = []
    y, ascent, below, wide = 0.0, 0.0, 0.0, 0.0
    for number, row in reversed(list(enumerate(packed))):
        here = max(each.descent for each in row)
        y = ascent + _LEADING + here if pieces else 0.0
        below = below if pieces else here
        x = indent if number else 0.0
        for each in row:
            pieces += [_Piece(x + one.x, y + one.y, one.box) for one in each.pieces]
            x += each.width + gap
        wide = max(wide, x - gap)
        ascent = y + max(each.ascent for each in row)
    return Rows(tuple(pieces), wide, ascent, below)
