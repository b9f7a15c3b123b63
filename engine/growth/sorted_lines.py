"""The lines and ranks of a sorted list: why each function is above the one before."""

from __future__ import annotations

from engine.growth.asked import Asked
from engine.growth.classes import Growth, from_log
from engine.growth.compared_lines import simplified
from engine.growth.numbers import constant_expr
from engine.growth.quotient import limit_of
from engine.growth.rules import Step, line
from engine.growth.samples import Samples
from engine.symbolic.findings import Rank
from engine.symbolic.formulas import formula
from engine.symbolic.report import Line
from engine.symbolic.typeset import latex

Placed = tuple[Asked, Growth]


def told(placed: list[Placed], variable: str) -> tuple[tuple[Rank, ...], tuple[Line, ...]]:
    """Ranks of functions in order of growth, and the lines that show it."""
    steps = [step for item, _ in placed if (step := simplified("f", item.expr, variable)) is not None]
    ranks: list[Rank] = []
    before: Placed | None = None
    for item, growth in placed:
        place, because = 1, "It grows most slowly."
        if before is not None:
            same = growth.compare(before[1]) == 0
            place = ranks[-1].place if same else len(ranks) + 1
            because = _because(before, (item, growth), variable, same)
            steps.append(_step(before[0], item, variable, same, because))
        ranks.append(Rank(formula(item.expr), growth.formula(variable), place, because))
        before = item, growth
    return tuple(ranks), tuple(line(number, step) for number, step in enumerate(steps, start=1))


def _because(before: Placed, after: Placed, variable: str, same: bool) -> str:
    quotient = rf"\frac{{{latex(after[0].expr)}}}{{{latex(before[0].expr)}}}"
    difference = after[1].log - before[1].log
    if same:
        limit = limit_of(difference)
        if limit is None or after[0].expr == before[0].expr:
            return "It is of the same class as the one before."
        return f"It is of the same class as the one before: ${quotient} \\to {latex(constant_expr(limit))}$."
    growth = from_log(difference)
    like = "" if growth.vague else f" like ${latex(growth.expr(variable))}$"
    return f"${quotient} \\to \\infty$, it grows{like}."


def _step(before: Asked, after: Asked, variable: str, same: bool, because: str) -> Step:
    sign = r"\asymp" if same else r"\prec"
    samples = Samples(after.expr, before.expr, variable)
    shown = f"{latex(before.expr)} {sign} {latex(after.expr)}"
    return Step("growth-order", shown, samples, 0 if same else 1, {"goal": because})
