"""Textbook recursions: classes are known, counts are Python's own, only what the text gives is proven."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pytest
from textbook_recursions import MEASURED, ON_LISTS, ON_NUMBERS, REFUSED, TWO_SIZES
from traced_snippets import traced

from engine.algorithms import inputs
from engine.algorithms.answers import answer, chosen
from engine.algorithms.reading import read
from engine.algorithms.recursion import Cases, solve_recursive
from engine.algorithms.totals import value, within
from engine.symbolic.jobs import CodeJob
from engine.symbolic.report import Refusal, Report, Status

ONE_SIZE = [*ON_NUMBERS, *ON_LISTS]


@lru_cache(maxsize=200)
def cases(code: str) -> Cases:
    snippet = read(code)
    return solve_recursive(snippet, chosen(snippet, ""))


@pytest.mark.parametrize(("name", "code", "theta"), ONE_SIZE)
def test_class_is_the_known_one(name: str, code: str, theta: str) -> None:
    growth = cases(code).worst.work.growth
    assert growth is not None
    assert growth.text("n") == theta


@pytest.mark.parametrize(("name", "code", "theta"), [*ONE_SIZE, *TWO_SIZES])
def test_only_what_the_text_gives_is_proven(name: str, code: str, theta: str) -> None:
    worst = cases(code).worst
    assert worst.proven == (name not in MEASURED)
    assert worst.proven or worst.why


@pytest.mark.parametrize(("name", "code", "theta"), ONE_SIZE)
def test_counts_are_those_of_python(name: str, code: str, theta: str) -> None:
    """At sizes below and beyond those that were looked at, with the same kind of input."""
    worst = cases(code).worst
    function = chosen(read(code), "")
    letters = inputs.letters(inputs.parameters(read(code), function))
    assert worst.family is not None
    for n in (*range(8), 9, 11, 12, 13, 16):
        if theta in ("Θ(n!)", "Θ(3^n)") and n > 6:
            continue
        if worst.total.closed is None or n < worst.total.start or not within(worst.total.domain, [n]):
            continue
        lines, _, _ = traced(code, function, worst.family.make(dict.fromkeys(letters, n)))
        twice = {2, 3} if "import cache" in code else set()  # Python counts a decorated def twice
        if not twice:
            assert value(worst.total.closed, n) == sum(lines.values()), n
        for line, total in worst.lines.items():
            if (
                total.closed is not None
                and n >= total.start
                and within(total.domain, [n])
                and line not in twice
            ):
                assert value(total.closed, n) == lines.get(line, 0), (line, n)


@pytest.mark.parametrize(("name", "code", "theta"), TWO_SIZES)
def test_two_sizes(name: str, code: str, theta: str) -> None:
    report = answer(CodeJob(code))
    assert isinstance(report, Report)
    assert report.found is not None
    assert report.found.theta is not None
    assert f"Θ({report.found.theta.text})" == theta
    assert report.status is (Status.MEASURED if name in MEASURED else Status.PROVEN)


@pytest.mark.parametrize(("name", "code", "line", "words"), REFUSED)
def test_refused_with_line_and_reason(name: str, code: str, line: int, words: str) -> None:
    refusal = answer(CodeJob(code))
    assert isinstance(refusal, Refusal)
    assert refusal.line == line
    assert words in refusal.reason
    assert refusal.way_out


def terms(recurrence: str, last: int) -> dict[int, int]:
    """What a recurrence as we write it gives, by Python's own arithmetic."""
    right, *bases = recurrence.split(", T(")
    known = {int(base.split(")")[0]): int(base.split("=")[1]) for base in bases}
    text = right.split(" = ")[1].replace("^", "**")
    text = re.sub(r"(?<=[0-9n)])\s*(?=[nTf(c]|sqrt)(?<!floor)(?<!ceil)(?<!sqrt)(?<!T)", "*", text)
    names: dict[str, Any] = {
        "floor": lambda x: int(x // 1),
        "ceil": lambda x: int(-(-x // 1)),
        "T": known.get,
    }
    for n in range(min(known) + len(known), last):
        known[n] = eval(text, {"__builtins__": {}}, {**names, "n": n})  # noqa: S307 - our own text
    return known


SPELT_OUT = [
    "tribonacci", "uneven halves", "Strassen's calls", "n calls of n - 1", "bubble sort",
    "quicksort by comprehensions", "Catalan", "n/2 and n/4",
]  # fmt: skip


@pytest.mark.parametrize("name", SPELT_OUT)
def test_recurrence_gives_the_counts(name: str) -> None:
    [code] = [code for other, code, _ in ONE_SIZE if other == name]
    worst = cases(code).worst
    found = terms(worst.recurrence, 20)
    for n, tally in worst.tallies.items():
        if n in found:
            assert found[n] == tally.total - len(read(code).functions), n


def test_first_line_says_where_the_recurrence_comes_from() -> None:
    report = answer(CodeJob(ON_NUMBERS[0][1]))
    assert isinstance(report, Report)
    first = report.lines[0]
    assert "Line 4 calls it with size $n - 1$, size $n - 2$ and size $n - 3$" in first.why
    assert "line 2 once and line 4 once" in first.why
    assert first.path == ("line:4",)


def test_a_curve_begins_where_its_formula_does() -> None:
    [code] = [code for other, code, _ in ONE_SIZE if other == "square root"]
    report = answer(CodeJob(code))
    assert isinstance(report, Report)
    assert report.found is not None
    assert report.found.curves[0].xs[0] >= 2
