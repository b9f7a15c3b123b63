"""The loops around a line, as nested sums: what a derivation begins with."""

from __future__ import annotations

from dataclasses import dataclass

from engine.algorithms.counts import Around, Unsolved, of_form, summed
from engine.algorithms.forms import ONE, Form
from engine.algorithms.written import written
from engine.symbolic.expr import Big, Expr, num, plus
from engine.symbolic.typeset import latex

Loops = tuple[tuple[str, Form, Form], ...]


@dataclass(frozen=True)
class Nest:
    """The loops around a line, outermost first: (variable, least, greatest). `head`: the last is its own."""

    loops: Loops
    around: Around
    head: bool = False

    def words(self) -> str:
        """ "i from 0 to n - 1, j from 0 to i - 1"."""
        return ", ".join(
            f"${index}$ from ${latex(written(low))}$ to ${latex(written(high))}$"
            for index, low, high in self.loops
        )


def nested_sum(nest: Nest) -> Expr:
    """The sum of 1 over all passes; for a head, of the passes of its own loop and one more."""
    loops = list(nest.loops)
    body: Expr = num(1)
    if nest.head:
        index, low, high = loops.pop()
        body = plus(num(1), Big("sum", num(1), index, written(low), written(high)))
    for index, low, high in reversed(loops):
        body = Big("sum", body, index, written(low), written(high))
    return body


def closed_from_inside(nest: Nest) -> list[Expr]:
    """The same with the innermost sum closed, then the next, the outermost left."""
    loops = list(nest.loops)
    found = list[Expr]()
    inner = ONE
    arounds = [nest.around]
    for index, low, high in loops[:-1]:
        arounds.append(arounds[-1].inside(index, low, high))
    while len(loops) > 1:
        index, low, high = loops.pop()
        try:
            inner = summed(of_form(inner), index, low, high, arounds.pop()).form
        except Unsolved:
            return found
        if nest.head and len(loops) == len(nest.loops) - 1:
            inner = inner + 1
        body: Expr = written(inner)
        for outer, least, greatest in reversed(loops):
            body = Big("sum", body, outer, written(least), written(greatest))
        found.append(body)
    return found
