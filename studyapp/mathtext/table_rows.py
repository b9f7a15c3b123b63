"""Room of a table moved from a column that does not miss it to one that needs fewer lines with it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

_PARTS = (2, 4, 8, 16)  # of what a column has to spare, tried in this order
_MOVES = 12  # at most
_BARELY = 0.5  # px that a line may be too long: rounding


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never broken: a word or a formula, and the space after it, px."""

    width: float
    gap: float = 0.0


Cell = Sequence[Piece]


def moved(
    columns: Sequence[Sequence[Cell]], least: Sequence[float], widths: Sequence[float]
) -> tuple[float, ...]:
    """Widths of the same sum, none below `least`, that need no more lines; `columns` holds the cells of
    each column from the top.
    """
    best = tuple(widths)
    lowest = _cost(columns, best)
    for _ in range(_MOVES):
        found = min(
            ((_cost(columns, tried), tried) for tried in _neighbours(best, least)),
            default=(lowest, best),
            key=lambda one: one[0],
        )
        if found[0] >= lowest:
            break
        lowest, best = found
    return best


def _neighbours(widths: tuple[float, ...], least: Sequence[float]) -> list[tuple[float, ...]]:
    """All that one column can give another."""
    found = []
    for giver, taker in permutations(range(len(widths)), 2):
        for part in _PARTS:
            given = (widths[giver] - least[giver]) / part
            if given >= 1:
                tried = list(widths)
                tried[giver] -= given
                tried[taker] += given
                found.append(tuple(tried))
    return found


def _cost(columns: Sequence[Sequence[Cell]], widths: Sequence[float]) -> tuple[int, int]:
    """Lines of the whole table, and of all its cells."""
    counts = [[lines(cell, width) for cell in column] for column, width in zip(columns, widths, strict=True)]
    return sum(map(max, zip(*counts, strict=True))), sum(map(sum, counts))


def lines(cell: Cell, width: float) -> int:
    """How many lines the cell has in a column of this width."""
    count, x = 1, 0.0
    for piece in cell:
        if x and x + piece.width > width + _BARELY:
            count, x = count + 1, 0.0
        x += piece.width + piece.gap
    return count
