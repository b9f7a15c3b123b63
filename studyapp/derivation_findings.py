"""What code or a recurrence comes to, beside its lines, as tables for a document. Pure: no Qt.

Cells hold plain text with maths between dollar signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.symbolic.findings import Findings, Formula
from engine.symbolic.report import Report


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; `words` stand below them."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: str = ""


def tables(report: Report) -> Iterator[Table]:
    """All that there is: counts of lines, calls, levels of the tree, operations, methods."""
    found = report.found
    if found is not None:
        made = (_counts(found), _calls(found), _levels(found), _operations(found))
        yield from (table for table in made if table.rows)
    if report.methods:
        rows = tuple((one.name, "yes" if one.applies else "no", one.reason) for one in report.methods)
        yield Table("Methods", ("method", "applies", "why"), rows)


def _counts(found: Findings) -> Table:
    rows = tuple(
        (
            str(one.line),
            _maths(one.total),
            _theta(one.worst),
            _theta(one.best),
            "derived" if one.proven else "measured",
        )
        for one in found.counts
    )
    heads = ("line", "executions", "at worst", "at best", "how")
    return Table("Executions of each line", heads, rows, found.assumption)


def _calls(found: Findings) -> Table:
    rows = tuple((one.function, _maths(one.total)) for one in found.calls)
    return Table("Calls", ("function", "how often it is called"), rows)


def _levels(found: Findings) -> Table:
    if found.levels is None:
        return Table("", (), ())
    rows = tuple((f"${level.nodes}$", f"${level.size}$", f"${level.sum}$") for level in found.levels.levels)
    words = f"Height ${found.levels.height}$; in all ${found.levels.total}$."
    return Table("Recursion tree, level by level", ("calls", "size of each", "level sum"), rows, words)


def _operations(found: Findings) -> Table:
    rows = tuple((f"{row.n:,}", row.value, row.time) for row in found.rows)
    return Table("Operations, and time at a billion a second", ("n", "operations", "time"), rows)


def _maths(formula: Formula | None) -> str:
    return "no formula" if formula is None else f"${formula.latex}$"


def _theta(formula: Formula | None) -> str:
    if formula is None or formula.latex == "0":
        return ""
    return rf"$\Theta\left({formula.latex}\right)$"
