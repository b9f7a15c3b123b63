"""A student's lines about recurrences: what is right, what skips, what is wrong and by which slip."""

from __future__ import annotations

import pytest

from engine.errors import FormulaError
from engine.practice.bench import Bench, bench
from engine.practice.judging import judged
from engine.practice.reading import read
from engine.symbolic.formula import Names
from engine.symbolic.jobs import RecurrenceJob, WorkingJob
from engine.symbolic.report import Judged, Line, Verdict

TRIPLE = RecurrenceJob("T(n) = 3T(n-1), T(0) = 1", "Unrolling")
PLUS = RecurrenceJob("T(n) = 2T(n-1) + n, T(0) = 0", "Unrolling")
HALF = RecurrenceJob("T(n) = 2T(n/2) + n, T(1) = 1")
FIB = RecurrenceJob("F(n) = F(n-1) + F(n-2), F(0) = 0, F(1) = 1")


def says(job: RecurrenceJob, text: str, known: int = 0) -> Verdict:
    return judged(WorkingJob(job, known, text))


@pytest.mark.parametrize(
    ("job", "text"),
    [
        (TRIPLE, "T(n) = 9T(n-2)"),
        (TRIPLE, "T(n) = 3^2 T(n-2)"),
        (TRIPLE, "T(n) = 3^k T(n-k)"),
        (TRIPLE, "T(n) = 3^n"),
        (TRIPLE, "T(n) = Theta(3^n)"),
        (PLUS, "T(n) = 4T(n-2) + 2(n-1) + n"),
        (PLUS, "T(n) = 2^{n+1} - n - 2"),
        (HALF, "T(n) = Θ(n log n)"),
        (FIB, "F(n) = Θ(((1+√5)/2)^n)"),
    ],
)
def test_right(job: RecurrenceJob, text: str) -> None:
    verdict = says(job, text)
    assert verdict.judged is Judged.RIGHT, verdict


@pytest.mark.parametrize(
    ("job", "text", "slip"),
    [
        (TRIPLE, "T(n) = 9T(n-3)", ""),
        (TRIPLE, "T(n) = 3^{k+1} T(n-k)", "power one off"),
        (TRIPLE, "T(n) = 3^k T(n-k-1)", "one place off"),
        (TRIPLE, "T(n) = 3^{n-1}", "power one off"),
        (TRIPLE, "T(n) = n^3", "base and exponent swapped"),
        (PLUS, "T(n) = 4T(n-2) + (n-1) + n", "a factor is lost"),
        (PLUS, "T(n) = 4T(n-2) + 2(n-1)", "a summand is lost"),
        (PLUS, "T(n) = 4T(n-2) + 2(n-1) - n", "wrong sign"),
    ],
)
def test_wrong_by_its_name(job: RecurrenceJob, text: str, slip: str) -> None:
    verdict = says(job, text)
    assert verdict.judged is Judged.WRONG
    if slip:
        assert verdict.mistake == slip, verdict
    assert verdict.where.startswith("n = ")
    assert verdict.yours != verdict.right


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("O(n^2)", Judged.SKIPS),
        ("O(n)", Judged.WRONG),
        ("Omega(n)", Judged.SKIPS),
        ("Theta(n)", Judged.WRONG),
    ],
)
def test_classes(claim: str, expected: Judged) -> None:
    assert says(HALF, f"T(n) = {claim}").judged is expected


def test_what_is_skipped_is_named() -> None:
    verdict = says(TRIPLE, "T(n) = 3^n", known=2)
    assert verdict.judged is Judged.SKIPS
    assert "skips" in verdict.sentence


@pytest.mark.parametrize(
    "text", ["", "=", "T(n) = ", "T(n) = q", "T(n) = sum_{i=0}^{10^9} 1", "T(n) = 9^9^9", "(" * 90]
)
def test_what_cannot_be_read_or_tried_is_said(text: str) -> None:
    verdict = says(TRIPLE, text)
    assert verdict.judged in (Judged.UNREADABLE, Judged.WRONG)
    assert verdict.sentence
    assert verdict.text == text


def test_the_class_of_a_part_is_not_that_of_the_whole() -> None:
    forcing = next(n for n, line in enumerate(bench_lines(HALF), 1) if line.rule == "forcing-class")
    assert says(HALF, "n = Theta(n)", forcing - 1).judged is Judged.RIGHT
    assert says(HALF, "n = Theta(n)", forcing - 1).line == forcing
    assert says(HALF, "= Theta(n log n)", forcing - 1).judged is Judged.WRONG
    assert says(HALF, "n log_2 n + n = Theta(n log n)").judged is Judged.RIGHT
    assert says(HALF, "n^3 = Theta(n^3)").judged is Judged.UNREADABLE


def bench_lines(job: RecurrenceJob) -> tuple[Line, ...]:
    here = bench(job)
    assert isinstance(here, Bench)
    return here.lines


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("c_3 = n(n-1)/2", r"\mathrm{c_3} = \frac{n \left(n - 1\right)}{2}"),
        ("= sum_{i=0}^{n-1} i", r"\sum_{i=0}^{n - 1} i"),
        ("T(n) = c_1 + 2c3", r"C = \mathrm{c_1} + 2 \mathrm{c_3}"),
        ("C(n) = Theta(n^2)", r"C = \Theta(n^{2})"),
        ("C = n m", "C = n m"),
    ],
)
def test_counts_of_code_are_read(text: str, latex: str) -> None:
    assert read(text, Names("", "n"), {"c_1", "c_3", "C", "n", "m"}).latex == latex


@pytest.mark.parametrize(("text", "said"), [("c_9 = n", "no c_9"), ("c = n", "no c "), ("", "C = ")])
def test_a_count_that_there_is_not(text: str, said: str) -> None:
    with pytest.raises(FormulaError, match=said):
        read(text, Names("", "n"), {"c_1", "c_3", "C", "n"})
