"""A student's lines about the counts of code: executions of lines, their sums, the total and its class."""

from __future__ import annotations

import pytest

from engine.practice.exercises import made
from engine.practice.judging import judged
from engine.symbolic.jobs import CodeJob, ExerciseJob, WorkingJob
from engine.symbolic.report import Exercise, Judged, Verdict

PAIRS = CodeJob("s = 0\nfor i in range(n):\n    for j in range(i):\n        s += 1")
FIRST = CodeJob(
    "def find(a, x):\n    for one in a:\n        if one == x:\n            return one\n    return 0"
)
FIB = CodeJob("def fib(n):\n    if n < 2:\n        return n\n    return fib(n-1) + fib(n-2)")
PLAIN = CodeJob("x = 1\ny = 2")


def says(job: CodeJob, text: str, known: int = 0) -> Verdict:
    return judged(WorkingJob(job, known, text))


@pytest.mark.parametrize(
    ("job", "text"),
    [
        (PAIRS, "c_4 = n(n-1)/2"),
        (PAIRS, "c_4 = sum_{i=0}^{n-1} i"),
        (PAIRS, "c_2 = n + 1"),
        (PAIRS, "C = c_1 + c_2 + c_3 + c_4"),
        (PAIRS, "T(n) = Theta(n^2)"),
        (PLAIN, "c_1 = 1"),
        (FIB, "T(n) = Theta(((1+sqrt(5))/2)^n)"),
    ],
)
def test_right(job: CodeJob, text: str) -> None:
    verdict = says(job, text)
    assert verdict.judged is Judged.RIGHT, verdict


@pytest.mark.parametrize(
    ("job", "text", "slip"),
    [
        (PAIRS, "c_4 = n^2/2", "a summand is lost"),
        (PAIRS, "c_4 = n^2", ""),
        (PAIRS, "c_4 = sum_{i=0}^{n} i", ""),
        (PAIRS, "c_2 = n", ""),
        (PAIRS, "T(n) = Theta(n)", ""),
        (PLAIN, "c_1 = 2", ""),
    ],
)
def test_wrong(job: CodeJob, text: str, slip: str) -> None:
    verdict = says(job, text)
    assert verdict.judged is Judged.WRONG, verdict
    assert verdict.mistake == slip or not slip


@pytest.mark.parametrize("text", ["c_9 = n", "c_4 = q", "", "c_4 = sum_{i=0}^{10^9} 1", "c_4 ="])
def test_what_cannot_be_read_is_said(text: str) -> None:
    verdict = says(PAIRS, text)
    assert verdict.judged is Judged.UNREADABLE
    assert verdict.sentence


@pytest.mark.parametrize("case", ["worst", "best"])
def test_each_case_can_be_worked_out(case: str) -> None:
    job = CodeJob(FIRST.text, case=case)
    assert says(job, "c_2 = n + 1" if case == "worst" else "c_2 = 1").judged is Judged.RIGHT


@pytest.mark.parametrize("job", [PAIRS, FIRST, FIB], ids=["loops", "cases", "recursion"])
@pytest.mark.parametrize("kind", ["gaps", "order"])
@pytest.mark.parametrize("level", [1, 2, 3])
def test_exercises_of_code(job: CodeJob, kind: str, level: int) -> None:
    found = made(ExerciseJob(job, kind, level, 1))
    assert isinstance(found, Exercise), found
    assert found.gaps
    for gap in found.gaps:
        assert not gap.choices or len(set(gap.choices)) == len(gap.choices)


def test_code_that_is_refused_has_no_exercise() -> None:
    verdict = says(CodeJob("import os"), "c_1 = 1")
    assert verdict.judged is Judged.UNREADABLE
