"""Proofs by substitution: the bounds hold for the test's own terms, and are as strong as they must be."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import log2

import pytest
from solved_once import each_solved

from engine.recurrences.answers import answer
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.plain import plain
from engine.symbolic.report import Report

Rule = Callable[[Callable[[int], float], int], float]

PROVEN: list[tuple[str, Rule, str]] = [
    ("T(n)=2T(n-1)+1, T(0)=0", lambda T, n: 2 * T(n - 1) + 1 if n else 0, "2^n - 1"),
    ("T(n)=T(n-1)+n, T(0)=0", lambda T, n: T(n - 1) + n if n else 0, "n^2"),
    ("T(n)=T(n-1)+log n, T(1)=0", lambda T, n: T(n - 1) + log2(n) if n > 1 else 0, "n log n"),
    ("T(n)=T(n-1)+T(n-2)+1, T(0)=0, T(1)=1", lambda T, n: T(n - 1) + T(n - 2) + 1 if n > 1 else n, ""),
    ("T(n)=2T(floor(n/2))+n, T(1)=1", lambda T, n: 2 * T(n // 2) + n if n > 1 else 1, "2 n log n"),
    (
        "T(n)=T(floor(n/2))+T(ceil(n/2))+1, T(1)=1",
        lambda T, n: T(n // 2) + T(-(-n // 2)) + 1 if n > 1 else 1,
        "2 n - 1",
    ),
]


@pytest.mark.parametrize(("text", "rule", "upper"), PROVEN, ids=[text for text, *_ in PROVEN])
def test_the_bounds_hold(text: str, rule: Rule, upper: str) -> None:
    [proof] = [solution for solution in each_solved(text) if solution.method == "Substitution proof"]
    claims = {step.rule: step for step in proof.steps}

    @cache
    def T(n: int) -> float:
        return rule(T, n)

    above, below = claims["upper-claim"], claims["lower-claim"]
    start = max(int(step.facts["start"]) for step in (above, below))
    for n in (*range(start, start + 60), 100, 200):
        high, low = (float(evaluate(step.after, Letters({"n": Fraction(n)}))) for step in (above, below))
        assert low * (1 - 1e-9) <= T(n) <= high * (1 + 1e-9), n
    assert plain(above.after) == upper or not upper


def test_its_lines_are_told_on_demand() -> None:
    found = answer(RecurrenceJob("T(n)=T(n-1)+n, T(0)=0", "Substitution proof"))
    assert isinstance(found, Report)
    assert [line.rule for line in found.lines][-3:] == ["lower-claim", "lower-step", "class"]
    assert all(line.check is not None and line.check.ok for line in found.lines)
