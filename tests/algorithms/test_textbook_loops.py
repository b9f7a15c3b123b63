"""Lecture sheets' loops: the known class, and every told count against Python's own tracing."""

from __future__ import annotations

import copy
import math
from functools import lru_cache
from typing import Any

import pytest
from looping_snippets import cases
from textbook_loops import SOLVED
from traced_snippets import traced

from engine.algorithms import inputs
from engine.algorithms.answers import answer, chosen
from engine.algorithms.reading import read
from engine.symbolic.findings import Findings
from engine.symbolic.jobs import CodeJob
from engine.symbolic.report import Refusal, Report


def _floor(value: float) -> int:
    return math.floor(value + 1e-9)  # log(8)/log(2) may come out just below 3


_WORDS: dict[str, Any] = {
    "__builtins__": {},
    "floor": _floor,
    "ceiling": lambda value: -_floor(-value),
    "log": math.log,
    "sqrt": math.sqrt,
    "Mod": lambda value, period: value % period,
    "Min": min,
    "Max": max,
    "harmonic": lambda n: sum(1 / k for k in range(1, n + 1)),
}


def _value(formula: str, sizes: dict[str, int]) -> float:
    return float(eval(formula, _WORDS, dict(sizes)))  # noqa: S307 - our own formula, read as SymPy reads it


@lru_cache(maxsize=256)
def _found(code: str) -> Findings:
    report = answer(CodeJob(code))
    assert isinstance(report, Report), report
    assert report.found is not None
    return report.found


@pytest.mark.parametrize(("code", "thetas"), cases(SOLVED))
def test_the_class_is_the_one_of_the_textbook(code: str, thetas: str) -> None:
    worst, _, best = (part.strip() for part in thetas.partition("|"))
    found = _found(code)
    assert found.theta is not None
    assert found.theta.text == worst
    assert (found.best.text if found.best else "") == best


@pytest.mark.parametrize(("code", "thetas"), cases(SOLVED))
def test_told_counts_are_those_of_python(code: str, thetas: str) -> None:
    found = _found(code)
    told = {line.line: line.total.sympy for line in found.counts if line.total is not None}
    snippet = read(code)
    function = chosen(snippet, "")
    wanted = inputs.parameters(snippet, function)
    if any("Sum" in total for total in told.values()) or "^n" in thetas:
        return
    everywhere = found.closed is None or not found.assumption  # else told is the worst case alone
    for n in sorted({found.start, found.start + 1, 5, 8, 13}):
        if n < found.start:
            continue
        sizes = dict.fromkeys(inputs.letters(wanted), n)
        seen = [_lines(code, function, family, sizes) for family in inputs.families(wanted)]
        most = max((sum(lines.values()) for lines in seen if lines), default=0)
        for lines in seen:
            if not lines:
                continue
            if everywhere:
                assert {line: lines.get(line, 0) for line in told} == {
                    line: pytest.approx(_value(total, sizes)) for line, total in told.items()
                }
        if not everywhere:
            assert most <= sum(_value(total, sizes) for total in told.values()) + 1e-6


def _lines(code: str, function: str, family: Any, sizes: dict[str, int]) -> dict[int, int]:
    """Executions as Python traces them; none where the code fails on so small an input."""
    arguments = family.make(sizes)
    try:
        return traced(code, function, copy.deepcopy(arguments))[0]
    except (IndexError, ValueError, ZeroDivisionError):
        return {}


@pytest.mark.parametrize(
    ("code", "theta", "where"),
    [
        ("def f(n, m):\n    for i in range(m, n):\n        print(i)\n", "n - m", "n ≥ m"),
        ("for i in range(0, n, k):\n    print(i)\n", "n/k + 1", ""),
        ("def f(n, k):\n    i = 0\n    while i < n:\n        i += k\n", "n/k + 1", ""),
        ("def f(n, m):\n    for i in range(min(n, m)):\n        print(i)\n", "m", "n ≥ m"),
        (
            "def dot(a, b):\n    s = 0\n    for x, y in zip(a, b):\n        s += x * y\n    return s\n",
            "n",
            "",
        ),
    ],
)
def test_several_sizes_and_the_order_they_are_taken_in(code: str, theta: str, where: str) -> None:
    found = _found(code)
    assert found.theta is not None
    assert found.theta.text in (theta, " + ".join(reversed(theta.split(" + "))))
    assert (found.where.text if found.where else "") == where


@pytest.mark.parametrize(
    ("code", "line"),
    [
        (
            "\n".join("    " * d + f"for i{d} in range(n):" for d in range(9)) + "\n" + "    " * 9 + "pass\n",
            8,
        ),
        (
            "for i in range(n):\n    if i % 7 == 0:\n        for j in range(i):\n"
            "            if j % 8 == 0:\n                print(j)\n",
            5,
        ),
    ],
)
def test_what_would_take_long_is_refused(code: str, line: int) -> None:
    refusal = answer(CodeJob(code))
    assert isinstance(refusal, Refusal)
    assert refusal.line in (line, line - 1)
    assert refusal.way_out
