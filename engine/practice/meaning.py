"""Which line of a derivation a true line is: all say the same number, so the shape has to tell.

Two sides are of the same line if they hold the same terms of the sequence, the same letters and
the same sums: T(n) = 9 T(n-2) + 3 + 1 is the line with T(n-2), however its numbers are written.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.practice.bench import Bench
from engine.recurrences.steps import Step
from engine.symbolic.expr import Big, Expr, Term, letters, walk
from engine.symbolic.typeset import latex


@dataclass(frozen=True, slots=True)
class Shape:
    """What a side is made of."""

    terms: frozenset[str]
    letters: frozenset[str]
    sums: int


def shape(side: Expr) -> Shape:
    parts = list(walk(side))
    places = frozenset(latex(part.place) for part in parts if isinstance(part, Term))
    return Shape(places, frozenset(letters(side)), sum(isinstance(part, Big) for part in parts))


def lines_like(here: Bench, left: Expr, side: Expr) -> list[int]:
    """Numbers of the lines with this left side that end in, or pass through, such a side."""
    wanted = shape(side)
    return [
        number
        for number, step in enumerate(here.steps, start=1)
        if latex(step.left) == latex(left) and any(shape(one) == wanted for one in step.chain)
    ]


def is_about(here: Bench, left: Expr) -> bool:
    """Whether any line finds this left side."""
    return any(latex(step.left) == latex(left) for step in here.steps)


def alike(step: Step, side: Expr) -> bool:
    """Whether the line writes it in the very same way."""
    return any(latex(one) == latex(side) for one in step.chain)
