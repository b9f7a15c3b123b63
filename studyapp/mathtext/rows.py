"""A formula as it stands where there is so much room: whole, or its parts in rows below each other.

Knows nothing of documents. Asks the cache for the parts, which are formulas of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QPainter

from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula
from studyapp.mathtext.parts import parts

_GAP = 1.6  # em between two parts of a row
_LEADING = 0.5  # em between the ink of two rows
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

    def paint(self, painter: QPainter, x: float, baseline: float, px: float, colour: QColor) -> None:
        """Paint with the left end of the last baseline at (x, baseline), one em being `px` units."""
        for piece in self.pieces:
            piece.box.paint(painter, x + piece.x * px, baseline - piece.y * px, px, colour)


def rows(box: Box, room: float) -> Rows:
    """`box` if it is inline or no wider than `room` em; else its parts in as few rows as there is room for.

    A part by itself may still be wider.
    """
    if not box.display or box.width <= room + _BARELY:
        return _whole(box)
    made = _broken(box.tex, round(room, 2))
    return made if made is not None and made.width < box.width else _whole(box)


def _whole(box: Box) -> Rows:
    return Rows((_Piece(0, 0, box),), box.width, box.ascent, box.descent)


@lru_cache(maxsize=256)
def _broken(tex: str, room: float) -> Rows | None:
    """The parts in rows; None for a formula of one part, or one with a part that cannot be set."""
    found = [formula(part, True) for part in parts(tex)]
    boxes = [box for box in found if isinstance(box, Box)]
    if len(boxes) < max(2, len(found)):
        return None
    packed: list[list[Box]] = [[]]
    for box in boxes:
        if packed[-1] and _width([*packed[-1], box]) > room:
            packed.append([])
        packed[-1].append(box)
    return _stacked(packed)


def _width(row: list[Box]) -> float:
    return sum(box.width for box in row) + _GAP * (len(row) - 1)


def _stacked(packed: list[list[Box]]) -> Rows:
    """Rows below each other, their left ends in one line."""
    pieces: list[_Piece] = []
    y, ascent, below = 0.0, 0.0, 0.0
    for row in reversed(packed):
        here = max(box.descent for box in row)
        y = ascent + _LEADING + here if pieces else 0.0
        below = below if pieces else here
        for number, box in enumerate(row):
            pieces.append(_Piece(sum(each.width + _GAP for each in row[:number]), y, box))
        ascent = y + max(box.ascent for box in row)
    return Rows(tuple(pieces), max(map(_width, packed)), ascent, below)
