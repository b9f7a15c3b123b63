"""Linear equations over fractions, taken one by one until they determine the unknowns.

Knows no formulas: whoever fits one makes the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction


def unknowns(rows: Iterable[Sequence[Fraction]], count: int) -> list[Fraction] | None:
    """The `count` unknowns of the equations `rows`, each with its factors first and its right side last.

    Rows after those that determine them are not looked at. None where a row contradicts those before it,
    or all together do not determine them.
    """
    solved: list[list[Fraction]] = []
    pivots: list[int] = []
    for whole in rows:
        row = list(whole)
        for other, pivot in zip(solved, pivots, strict=True):
            factor = row[pivot]
            row = [a - factor * b for a, b in zip(row, other, strict=True)]
        place = next((k for k, entry in enumerate(row[:-1]) if entry), None)
        if place is None:
            if row[-1]:
                return None
            continue
        row = [entry / row[place] for entry in row]
        solved = [[a - other[place] * b for a, b in zip(other, row, strict=True)] for other in solved]
        solved.append(row)
        pivots.append(place)
        if len(solved) == count:
            return [row[-1] for _, row in sorted(zip(pivots, solved, strict=True))]
    return None
