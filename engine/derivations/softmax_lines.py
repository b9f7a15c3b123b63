"""Softmax followed by cross-entropy: from the two slopes to the short one, ŷ - y."""

from __future__ import annotations

from engine.derivations.flow import Segment
from engine.derivations.sheet import Sheet
from engine.derivations.steps import COMPACT, FINE
from engine.tape.makers import add, fill, matmul, minus, neg, slope, var
from engine.tape.nodes import Var
from engine.tape.program import Program
from engine.tape.tidy import tidy
from engine.tape.walk import exchange


def shortened_from(sheet: Sheet, number: int, segment: Segment, program: Program) -> int:
    """`shortened` where line `number` is the slope through the softmax of the loss; else that number."""
    made = [use.definition for use in segment.uses if use.definition.kind == "softmax"]
    if not made:
        return number
    (y,) = program.targets
    return shortened(sheet, number, made[0].var, var(y.name, y.shape, made[0].var.at))


def shortened(sheet: Sheet, number: int, probabilities: Var, target: Var) -> int:
    """Goes on from line `number`, dL/ds through softmax; gives the number of dL/ds = ŷ - y."""
    line = sheet.steps[number - 1]
    of_output = slope(probabilities)
    found = sheet.steps[sheet.numbers(of_output)[-1] - 1]
    inserted = tidy(exchange(line.after, {of_output: found.after}))
    ones = fill(1, ("1", target.shape[0]))
    cancelled = add(neg(target), matmul(probabilities, ones, target))
    short = minus(probabilities, target)
    sheet.add(
        "softmax-insert",
        line.left,
        inserted,
        cancelled,
        short,
        span=line.span,
        needs=(line.left, of_output),
        level=FINE,
        path=line.path,
    )
    return sheet.add(
        "softmax-cross-entropy",
        line.left,
        short,
        span=line.span,
        needs=(line.left, of_output),
        level=COMPACT,
        path=line.path,
    )
