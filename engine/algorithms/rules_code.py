"""The rules of code: why a line of a count may be written down, each with its check.

The letters c_4 of a step are executions of line 4; what they are worth comes from the counting
interpreter alone (`telling.Measured`).
"""

from __future__ import annotations

from typing import Any

from engine.recurrences.verify import same_class, same_numbers, stated
from engine.symbolic.report import Check
from engine.symbolic.rule import Rule, catalogue


def _not_above(step: Any, world: Any) -> Check:
    """No count is above what the line says."""
    check: Check = world.bounded(step, 1)
    return check


def _not_below(step: Any, world: Any) -> Check:
    """No count is below what the line says."""
    check: Check = world.bounded(step, -1)
    return check


_RULES = (
    Rule(
        "case-assumed",
        "Which case",
        r"\text{where the data decide, one way is assumed}",
        "«what»",
        stated,
    ),
    Rule(
        "runs-once",
        "Outside all loops",
        r"c = 1",
        "«which» stands outside all loops, so a run comes to it «often».",
        same_numbers,
    ),
    Rule(
        "passes",
        "Once for each pass",
        r"c = \sum_{i} 1",
        "«which» runs once for each pass of the loops around it: «loops».",
        same_numbers,
    ),
    Rule(
        "head",
        "Head of a loop",
        r"c_{\text{head}} = c_{\text{passes}} + 1",
        "«which» is tested before each pass, and once more when the loop ends: «loops».",
        same_numbers,
    ),
    Rule(
        "counted-cases",
        "Case by case",
        r"c = \sum 1 \text{ over the passes in which it is reached}",
        "«which» is reached in some passes only. Counting those passes gives this.",
        same_numbers,
    ),
    Rule(
        "inner-sum",
        "The inner sum",
        r"\sum_{i=a}^{b} 1 = b - a + 1",
        "The innermost sum has a formula in the letters of the loops around it.",
        same_numbers,
    ),
    Rule(
        "whole-sum",
        "All sums",
        r"\sum_{i=0}^{m-1} i = \frac{m(m-1)}{2}, \quad \sum_{i=0}^{m-1} 2^i = 2^m - 1",
        "Sum by sum, from the inside out.",
        same_numbers,
    ),
    Rule(
        "at-most",
        "At most",
        r"c \le C",
        "«which». It is a bound: no input that was tried exceeds it.",
        _not_above,
    ),
    Rule(
        "at-least",
        "At least",
        r"c \ge C",
        "«which». It is a bound: no input that was tried falls below it.",
        _not_below,
    ),
    Rule(
        "way-taken",
        "If each time the data decide this way",
        r"c = \sum 1 \text{ if every decision goes the same way}",
        "«which» where each decision goes the way that is assumed; other inputs move executions from one "
        "branch to the other.",
        stated,
    ),
    Rule(
        "code-total",
        "All lines together",
        r"C = c_1 + c_2 + \dots",
        "The executions of all lines, added up.",
        same_numbers,
    ),
    Rule(
        "code-class",
        "Drop constants and lower terms",
        r"\text{the term that outgrows the others decides}",
        "For large sizes the fastest growing term outgrows all others together, and its factor does not "
        "change the class.",
        same_class,
    ),
    Rule(
        "measured-fit",
        "A formula that fits",
        r"c \text{ counted at many sizes} \;\leadsto\; \text{one formula}",
        "Found by fitting «count» counts exactly, with points to spare. It is measured, not derived.",
        same_numbers,
    ),
)

CATALOGUE: dict[str, Rule] = catalogue(_RULES)
