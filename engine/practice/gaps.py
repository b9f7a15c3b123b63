"""What can be left out of a line about a recurrence or a count: its rule, or a part of its last side.

Every wrong choice is a slip put into the line and tried with numbers: what happens to be right is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from engine.errors import FormulaError
from engine.practice.bench import Bench
from engine.practice.feedback import told
from engine.practice.mistakes import exchanged, mistakes
from engine.recurrences.explain import step_latex
from engine.symbolic.choices import BOX, FEWEST_WRONG, MOST_WRONG, choice
from engine.symbolic.expr import Expr, Num, Sym, Term, walk
from engine.symbolic.report import Gap, Line
from engine.symbolic.typeset import latex, name_latex

_HOLE = Sym("hole")  # stands for what is left out, until the line is LaTeX


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap, and the part that belongs in it; None for a rule or a whole line."""

    gap: Gap
    part: Expr | None = None


def part_gap(here: Bench, line: Line, random: Random, typed: bool) -> Blank | None:
    """A part of the last side is missing; None if there is none that one could ask for."""
    step = here.steps[line.number - 1]
    if not step.chain or step.growth is not None:
        return None
    side = step.after
    parts = [part for part in walk(side) if _worth_asking(part) and part is not side]
    random.shuffle(parts)
    for part in parts:
        shown = _boxed(here, line, part)
        if shown.count(BOX) != 1:
            continue
        if typed:
            gap = Gap(line.number, "factor", shown, "Type what belongs in the box.", (), -1, line.why)
            return Blank(gap, part)
        wrong = dict(_wrong(here, step.left, side, part))
        wrong.pop(latex(part), None)
        if len(wrong) >= FEWEST_WRONG:
            some = list(wrong.items())[:MOST_WRONG]
            prompt, right = "What belongs in the box?", latex(part)
            words = ([text for text, _ in some], [why for _, why in some])
            return Blank(choice(line, "factor", shown, prompt, right, *words, random), part)
    return None


def _worth_asking(part: Expr) -> bool:
    """No plain number or letter by itself: those are given away by what stands around them."""
    return not isinstance(part, Num | Sym) or isinstance(part, Term)


def _boxed(here: Bench, line: Line, part: Expr) -> str:
    step = here.steps[line.number - 1]
    holed = replace(step, chain=(*step.chain[:-1], exchanged(step.after, part, _HOLE)))
    return step_latex(holed, here.names.variable).replace(name_latex(_HOLE.name), BOX)


def _wrong(here: Bench, left: Expr, side: Expr, part: Expr) -> Iterator[tuple[str, str]]:
    """LaTeX of what does not belong there, with the sentence about the slip that it would be."""
    seen = set[str]()
    for slip in mistakes(part):
        if slip.name not in seen and not true_with(here, left, exchanged(side, part, slip.side)):
            seen.add(slip.name)
            yield latex(slip.side), told(slip)


def true_with(here: Bench, left: Expr, side: Expr) -> bool:
    """Whether the line would be true with this side, or cannot be computed then."""
    try:
        return here.same(left, side)
    except KeyError:
        return False
    except (FormulaError, ArithmeticError, ValueError):
        return True
