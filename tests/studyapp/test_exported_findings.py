"""What is exported of code and of recurrences beside the lines: the code, counts, calls, tree, methods."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from engine.algorithms.answers import answer as count
from engine.recurrences.answers import answer as solve
from engine.symbolic.jobs import CodeJob, RecurrenceJob
from engine.symbolic.report import Report
from studyapp.code_examples import BUBBLE_SORT, FIBONACCI, MEMO
from studyapp.derivation_latex import document
from studyapp.derivation_markdown import markdown
from studyapp.mathtext import pdf


def counted(text: str) -> Report:
    found = count(CodeJob(text))
    assert isinstance(found, Report), found
    return found


def solved(text: str) -> Report:
    found = solve(RecurrenceJob(text))
    assert isinstance(found, Report), found
    return found


def test_the_code_stands_in_it_with_its_numbers_and_counts() -> None:
    text = markdown(counted(BUBBLE_SORT))
    assert "  5              if values[j] > values[j + 1]:" in text
    assert r"| 3 | $n + 1$ | $\Theta\left(n\right)$ | $\Theta\left(n\right)$ | derived |" in text
    assert "$n = 12$" in text, "the size that the values of the lines are for"


def test_calls_of_a_recursion_and_its_recurrence() -> None:
    text = markdown(counted(FIBONACCI))
    assert "## Calls" in text
    assert "$$\nT(n) = T(n - 1) + T(n - 2) + 2" in text


def test_what_was_only_measured_says_so() -> None:
    text = markdown(counted(MEMO))
    assert "| measured |" in text or "| derived |" in text
    assert "$$\n\n$$" not in text, "no empty formulas"


def test_the_recursion_tree_and_the_methods() -> None:
    text = markdown(solved("T(n) = 2T(n/2) + n, T(1) = 1"))
    assert r"| $2^{2}$ | $\frac{n}{2^{2}}$ | $n$ |" in text
    assert "| Master theorem | yes |" in text
    assert "| Characteristic equation | no |" in text


@pytest.mark.parametrize(
    "text", [BUBBLE_SORT, FIBONACCI, "def f(n):\n    x = '``` \\\\end{verbatim} |'\n    return x\n"]
)
def test_latex_is_balanced(text: str) -> None:
    made = document(counted(text))
    for part in ("center", "tabular", "verbatim", "equation*"):
        assert made.count(rf"\begin{{{part}}}") == made.count(rf"\end{{{part}}}"), part
    rows = [line for line in made.splitlines() if line.endswith(r" \\") and "&" in line and "=" not in line]
    assert rows
    assert all(line.count("$") % 2 == 0 for line in rows)


def test_a_pdf_is_made_of_it(qtbot: QtBot) -> None:
    report = solved("T(n) = T(n/3) + T(2n/3) + n, T(1) = 1")
    assert pdf.pdf(markdown(report), report.title).startswith(b"%PDF")
