"""A whole derivation as Markdown with LaTeX between dollar signs, for notes and for the PDF. Pure: no Qt."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.symbolic.report import Agreement, Cost, Line, Report, Value
from studyapp.derivation_findings import tables
from studyapp.plain_maths import plain, typeset
from studyapp.widgets.line_words import check_words, sources
from studyapp.widgets.numbers import figure

SHOWN_TIMES = 6  # values of a line that are written out; of more, the first ones and the last
MOST_COLUMNS = 10  # of numbers beside each other, and of what stands before them
DIGITS = 4  # significant digits of an entry


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of a report is wanted.

    Attributes:
        level: how finely it is told; finer lines are left out.
        twins: the lines of the network with one unit as well.
        numbers: values with each line.
        rules: numbers of the lines whose rule is stated in general; None for all.
    """

    level: int = 2
    twins: bool = True
    numbers: bool = True
    rules: frozenset[int] | None = None

    def told(self, report: Report) -> Report:
        """`report` with the lines that are wanted."""
        level = max(self.level, min((line.level for line in report.lines), default=0))
        return replace(report, lines=tuple(line for line in report.lines if line.level <= level))

    def line(self, line: Line) -> Line:
        """What is wanted of a line."""
        if not self.twins:
            line = replace(line, scalar="")
        if not self.numbers:
            line = replace(line, value=None, values=())
        return line if self.rules is None or line.number in self.rules else replace(line, statement="")


ALL = Shown()


def markdown(report: Report, shown: Shown = ALL) -> str:
    """Title, problem, conventions, the lines with reasons and checks, result, agreements, numbers."""
    return "\n\n".join(_parts(shown.told(report), shown)) + "\n"


def _parts(report: Report, shown: Shown) -> Iterator[str]:
    yield f"# {typeset(report.title)}"
    if report.source:
        yield f"```python\n{_numbered(report.source)}\n```"
    if report.problem:
        yield _display(report.problem)
    if report.conventions:
        yield "## Conventions"
        yield "\n".join(f"- **{plain(name)}:** {typeset(choice)}" for name, choice in report.conventions)
    if report.lines:
        yield "## Derivation"
    met: set[str] = set()
    for line in map(shown.line, report.lines):
        yield from _line(line, with_rule=line.statement not in met)
        met.add(line.statement)
    yield "## Result"
    yield _display(report.result)
    yield typeset(report.summary)
    yield from _tables(report)
    if report.agreements:
        yield "## Agreement"
        yield "\n".join(_agreements(report.agreements))
    if report.numbers or report.matrices:
        yield "## Numbers put in"
        yield from _numbers(report)
    if report.costs:
        yield "## Parameters, time and memory"
        yield "\n".join(_costs(report.costs))


def _numbered(code: str) -> str:
    """Each line with its number, so that counts can be found again; no line can end the block."""
    return "\n".join(f"{number:>3}  {line}" for number, line in enumerate(code.splitlines(), 1))


def _tables(report: Report) -> Iterator[str]:
    for table in tables(report):
        yield f"## {table.title}"
        rows = (table.heads, tuple("--" for _ in table.heads), *table.rows)
        yield "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)
        if table.words:
            yield _cell(table.words)


def _cell(text: str) -> str:
    """Plain text with maths in it; what would end the cell is written so that it does not."""
    parts = text.split("$")
    return "$".join(
        part.replace("|", r"\vert ") if place % 2 else plain(part) for place, part in enumerate(parts)
    )


def _line(line: Line, with_rule: bool) -> Iterator[str]:
    """Heading, formula, reason, the rule where it comes for the first time, values, check."""
    yield f"### ({line.number}) {plain(line.title)}"
    about = [f"for ${_inline(line.span)}$" if line.span else "", sources(line)]
    about += [f"shape: {plain(line.shape)}" if line.shape else "", plain(line.source)]
    yield _display(line.latex)
    if any(about):
        yield f"*{'; '.join(part for part in about if part)}*"
    yield line.why.strip()
    if with_rule and line.statement not in ("", line.latex):
        yield "In general:"
        yield _display(line.statement)
    if line.scalar not in ("", line.latex):
        yield "With one unit:"
        yield _display(line.scalar)
    yield from _values(line)
    yield plain(check_words(line.check))


def _values(line: Line) -> Iterator[str]:
    if line.value is not None and not line.values:
        yield f"At the numbers below, the left side is ${number(line.value)}$."
    if not line.values:
        return
    yield "At the numbers below, the left side is:"
    hidden = max(0, len(line.values) - SHOWN_TIMES)
    shown = line.values[: SHOWN_TIMES - 1 if hidden else None]
    yield from map(_display, _beside((_value(value), value) for value in shown))
    if hidden:
        yield f"and so on ({hidden} more times), up to:"
        yield _display(_value(line.values[-1]))


def _beside(written: Iterable[tuple[str, Value]]) -> Iterator[str]:
    """Formulas with these matrices in rows, as many in each as a page has room for."""
    row: list[str] = []
    used = 0
    for latex, value in written:
        wide = max((len(one) for one in value.rows), default=0) + 1  # and what stands before it
        if row and used + wide > MOST_COLUMNS:
            yield ",\\qquad ".join(row)
            row, used = [], 0
        row.append(latex)
        used += wide
    if row:
        yield ",\\qquad ".join(row)


def _value(value: Value) -> str:
    when = f"{value.at}:\\; " if value.at else ""
    return when + matrix(value)


def matrix(value: Value) -> str:
    """A matrix as far as it is known, with dots for what is left out."""
    rows, columns = value.shape
    if (rows, columns) == (1, 1):
        return number(value.rows[0][0])
    written = [[number(entry) for entry in row] for row in value.rows]
    if value.rows and columns > len(value.rows[0]):
        written = [[*row, "\\cdots"] for row in written]
    if rows > len(value.rows) and written:
        written.append(["\\vdots"] * len(written[0]))
    body = " \\\\ ".join(" & ".join(row) for row in written)
    whole = (rows, columns) == (len(value.rows), len(value.rows[0]) if value.rows else 0)
    size = "" if whole else f"\\quad ({rows} \\times {columns})"
    return f"\\begin{{bmatrix}} {body} \\end{{bmatrix}}{size}"


def number(value: float) -> str:
    """A number in LaTeX: 0.125, 1.5 \\cdot 10^{-7}."""
    if not math.isfinite(value):
        return {"inf": "\\infty", "-inf": "-\\infty"}.get(str(value), "\\text{not a number}")
    text = f"{value:.{DIGITS}g}"
    mantissa, exponent, power = text.partition("e")
    return f"{mantissa} \\cdot 10^{{{int(power)}}}" if exponent else text


def _agreements(found: Sequence[Agreement]) -> Iterator[str]:
    yield "| way | value | relative error | |"
    yield "|:--|--:|--:|:--|"
    for one in found:
        verdict = "agrees" if one.ok else "**differs**"
        error = figure(one.error, 2) if one.error else "0"
        value = "" if one.value is None else f"{one.value:.10g}"
        yield f"| {plain(one.source)} | {value} | {error} | {verdict} |"


def _numbers(report: Report) -> Iterator[str]:
    if report.numbers:
        yield ", ".join(f"${_inline(name)} = {number(value)}$" for name, value in report.numbers)
    yield from map(_display, _beside((f"{name} = {matrix(value)}", value) for name, value in report.matrices))


def _costs(costs: Sequence[Cost]) -> Iterator[str]:
    """No table: the formulas are too long for columns."""
    for cost in costs:
        grows = f", which grows as ${_inline(cost.grows)}$" if cost.grows else ""
        verdict = "checked" if cost.check.ok else "**failed**"
        yield (
            f"- **{plain(cost.name)}:** ${_inline(cost.latex)}$, here {cost.value:,}{grows} "
            f"({verdict}: {plain(cost.check.what)})"
        )


def _display(latex: str) -> str:
    """A formula on lines of its own; an empty line inside would end it."""
    return f"$$\n{_inline(latex)}\n$$"


def _inline(latex: str) -> str:
    return re.sub(r"\s*\n\s*", " ", latex.strip())
