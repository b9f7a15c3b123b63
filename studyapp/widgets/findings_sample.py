"""Answers about code and recurrences with all their parts, to show the widgets alone. Pure: no Qt.

Written by hand, for showcases and tests only: the program shows what the engine answers.
"""

from __future__ import annotations

import dataclasses
import math

from engine.symbolic.findings import (
    Calls,
    CallTree,
    Curve,
    Findings,
    Formula,
    Level,
    Levels,
    LineCount,
    Row,
    Visit,
)
from engine.symbolic.report import Report
from studyapp.code_examples import DEPENDENT
from studyapp.widgets.derive_sample import report

NESTED = DEPENDENT
LINEAR = Formula("n", "n", "n")
SQUARE = Formula("n^{2}", "n^2", "n**2")
ONE = Formula("1", "1", "1")


def code() -> Report:
    """Two loops, the inner one as long as the outer one has come."""
    base = report()
    lines = tuple(
        dataclasses.replace(line, path=(f"line:{number}",))
        for line, number in zip(base.lines, (3, 4, 5), strict=True)
    )
    return dataclasses.replace(
        base,
        title="Executions of each line of triangle",
        problem=r"\text{triangle}(n)",
        result=r"C(n) = n^2 + 2n + 4 \in \Theta(n^{2})",
        summary="n^2 + 2n + 4 executions, which is Θ(n^2).",
        lines=lines,
        methods=(),
        found=Findings(
            theta=SQUARE,
            closed=Formula("n^{2} + 2n + 4", "n^2 + 2n + 4", "n**2 + 2*n + 4"),
            best=LINEAR,
            assumption="No branch depends on the data: every input of size n costs the same.",
            counts=_counts(),
            calls=(Calls("triangle", Formula("1", "1", "1")),),
            curves=(curve(),),
            rows=rows(),
        ),
    )


def _counts() -> tuple[LineCount, ...]:
    def line(number: int, latex: str, steps: str, growth: Formula, *counts: int) -> LineCount:
        measured = tuple(zip((4, 8, 16), counts, strict=True))
        return LineCount(number, Formula(latex, latex, latex), steps, growth, growth, "", measured)

    pairs = r"\frac{n(n-1)}{2}"
    return (
        line(1, "1", "", ONE, 1, 1, 1),
        line(2, "1", "", ONE, 1, 1, 1),
        line(3, "n + 1", "", LINEAR, 5, 9, 17),
        line(4, r"\frac{n(n+1)}{2}", r"\sum_{i=0}^{n-1} (i + 1)", SQUARE, 10, 36, 136),
        line(5, pairs, r"\sum_{i=0}^{n-1} i", SQUARE, 6, 28, 120),
        line(6, "1", "", ONE, 1, 1, 1),
    )


def curve() -> Curve:
    """n^2 + 2n + 4, with points that were counted."""

    def log(n: float) -> float:
        return math.log10(n * n + 2 * n + 4)

    xs = tuple(10 ** (k / 20) for k in range(61))
    points = tuple((float(n), log(n)) for n in (1, 2, 4, 8, 16, 32))
    return Curve("total", Formula("n^2 + 2n + 4", "n^2 + 2n + 4", "n**2"), xs, tuple(map(log, xs)), points)


def rows() -> tuple[Row, ...]:
    return (
        Row(10, "124", 2.09, "124 ns"),
        Row(100, "10,204", 4.01, "10.2 µs"),
        Row(1_000_000, "1.000002 × 10^12", 12.0, "17 minutes"),
    )


def levels() -> Levels:
    """Of 2T(n/2) + n."""
    half = (r"\frac{n}{2}",) * 2
    quarter = (r"\frac{n}{4}",) * 4
    general = (r"\frac{n}{2^{i}}",) * 3
    return Levels(
        2,
        (
            Level(0, "1", "n", "n", "n", ("n",)),
            Level(1, "2", half[0], half[0], "n", half),
            Level(2, "4", quarter[0], quarter[0], "n", quarter),
            Level(3, "2^{i}", general[0], general[0], "n", general),
            Level(4, "n", "1", "1", "n", ("1",) * 8),
        ),
        r"\log_{2} n",
        r"n \log_{2} n + n",
    )


def recurrence() -> Report:
    """2T(n/2) + n with its tree, plot and table."""
    base = report()
    found = Findings(theta=LINEAR, levels=levels(), curves=(curve(),), rows=rows())
    return dataclasses.replace(base, found=found)


def fibonacci(n: int = 5) -> CallTree:
    """The calls of fib(n)."""
    visits: list[Visit] = []
    first: dict[int, int] = {}
    clock = 0

    def call(k: int, parent: int) -> int:
        nonlocal clock
        number, enters = len(visits), clock
        clock += 1
        visits.append(Visit(number, parent, f"fib({k})", "", first.setdefault(k, number), enters, 0))
        value = k if k < 2 else call(k - 1, number) + call(k - 2, number)
        visits[number] = dataclasses.replace(visits[number], result=str(value), leaves=clock)
        clock += 1
        return value

    call(n, -1)
    return CallTree(n, tuple(visits))
