"""A step -> the line that is shown: the only place where derivations become LaTeX and sentences."""

from __future__ import annotations

from engine.recurrences.rules import CATALOGUE
from engine.recurrences.steps import Step
from engine.recurrences.verify import World
from engine.symbolic.evaluate import Number, evaluate
from engine.symbolic.expr import Add, Expr, is_negative, neg
from engine.symbolic.report import Line
from engine.symbolic.typeset import latex

_RELATIONS = {"=": "=", "≤": r"\le", "≥": r"\ge"}
_WIDE = 190  # characters of LaTeX; a sum longer than this is broken over rows


def lines(steps: tuple[Step, ...], world: World, variable: str = "n") -> tuple[Line, ...]:
    """Every step checked in `world` and put into words."""
    return tuple(line(number, step, world, variable) for number, step in enumerate(steps, start=1))


def line(number: int, step: Step, world: World, variable: str) -> Line:
    """One step checked and put into words. Raises KeyError for a rule or fact that is missing."""
    rule = CATALOGUE[step.rule]
    return Line(
        number,
        rule.key,
        rule.title,
        rule.statement,
        step_latex(step, variable),
        rule.sentence(step.facts),
        step.uses,
        _value(step, world),
        rule.checker(step, world),
    )


def step_latex(step: Step, variable: str) -> str:
    """left = ... = ..., one row for each equals sign after the first, or left in Theta(...)."""
    rows = [row for side in step.chain for row in _rows(side)]
    left = latex(step.left)
    if step.growth is not None:
        return " = ".join((left, *rows)) + rf" \in {step.growth.theta(variable)}"
    if len(rows) == 1:
        return f"{left} {_RELATIONS[step.relation]} {rows[0]}"
    shown = r" \\[4pt] &".join(row if row.startswith(r"\quad") else f"= {row}" for row in rows)
    return rf"\begin{{aligned}} {left} &{shown} \end{{aligned}}"


def _rows(side: Expr) -> list[str]:
    """`side` in one row, or a wide sum in one row a term."""
    text = latex(side)
    if not isinstance(side, Add) or len(text) <= _WIDE:
        return [text]
    first, *rest = side.terms
    return [latex(first)] + [
        rf"\quad {'-' if is_negative(term) else '+'} {latex(neg(term) if is_negative(term) else term)}"
        for term in rest
    ]


def _value(step: Step, world: World) -> float | None:
    """The left side at the shown numbers; None for a statement about growth or an assumption."""
    points = world.points(step)
    if step.growth is not None or not points:
        return None
    return as_float(evaluate(step.left, points[0]))


def as_float(value: Number) -> float | None:
    """`value` to show; None if it is too large for a float."""
    try:
        return float(value)
    except OverflowError:
        return None
