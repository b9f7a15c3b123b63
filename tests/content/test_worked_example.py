"""What stands under Worked example recomputes, and what cannot be recomputed is told with its line."""

from __future__ import annotations

import pytest

from content.checking.worked_example import uncomputed
from content.course import Course, Problem

VALUES = {"a": 3, "b": 0.5, "word": "up"}


def told(text: str, heading: str = "Worked example") -> list[Problem]:
    around = "## The idea\n\nWords.\n\n## {}\n\nThis is how:\n\n{}\n\n## In the exam\n\n$\\mathbf5=5$ 1+1=3\n"
    body = around.format(heading, text)
    lines = {("topics/t.md", ""): 10}
    return list(uncomputed(Course((), (), (), raw={"t": body}, numbers={"t": VALUES}, lines=lines)))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (r"$\frac{1}{0} = 1$", "it is divided by 0"),
        (r"$\underbrace{2+2} = 5$", r"\underbrace{2+2} cannot be recomputed: \underbrace has no meaning"),
        (r"$2+2 = \mathbf{5}$", r"\mathbf5 cannot be recomputed"),
        (r"$2\,\text{units}\cdot 3 = 7$", "is not understood here"),
        (r"$5 \bmod 0 = 1$", "it is divided by 0"),
        (r"so $x = \mathbf{<<a>>}$", r"\mathbf<<a>> cannot"),
        (r"$<<c>>=3$", "<<c>> has no value"),
        (r"$x=9^{9^{9}}$", "4000 bits"),
        (r"$\sigma(\mathbf 1)=y$", "cannot be recomputed"),
        (r"$\text{sgn}(\mathbf 1)=y$", "cannot be recomputed"),
        (r"$e^{\mathbf 1}=y$", "cannot be recomputed"),
        ("It has 2 + 2 = 5 units.", "2+2 is 4, but 5 is 5"),
        ("| a | b |\n|---|---|\n| 3 · 4 = 13 | 1 |".replace("\n", " "), "is 12, but 13 is 13"),
        ("2 x 3 × 2 * 1 = 13", "is 12, but 13 is 13"),
        ("−1 − 2 = 3 and $1=1+0$", "is -3, but 3 is 3"),
        ("1,000 + 2,000 = 4,000 or so", "is 3000, but 4000 is 4000"),
        ("<<a>> + 1 = 5", "<<a>>+1 is 4, but 5 is 5"),
        ("7/2 ≈ 3.6", "is 3.5, but 3.6 is 3.6"),
    ],
)
def test_what_does_not_recompute_is_told_with_its_line(text: str, sentence: str) -> None:
    (problem,) = told(text)
    assert sentence in problem.sentence
    assert (problem.file, problem.item, problem.line) == ("topics/t.md", "t", 18)


@pytest.mark.parametrize(
    "text",
    [
        r"$2+2=4$, $x=\mathbf{W}3$, $e_1=[1,0]$, $\sigma^2=3$, $\theta_1=4$",
        r"$\text{hit}(3)=1$ and $3\,\text{units}=3$, $\mathbf 2 > 1$",
        r"$<<word>>\,2=y$ and $<<a>>=3$",
        "2 + 2 = 4 units, 1,000 · 2 = 2,000, 7/2 ≈ 3.5, version 1.2 + 3 is",
        "`2 + 2 = 5` and “2 + 2 = 5” and $x$ + 2 = 5",
        "x1 + 2 = 5 and 3 ** 2 + 1 = 10 and in 2 - 3 = 4 + 1 steps".replace("2 - 3 = 4 + 1", "two"),
        "> 2 + 2 = 5",
    ],
)
def test_what_is_right_or_has_letters_passes(text: str) -> None:
    assert told(text) == []


def test_other_sections_may_show_anything() -> None:
    assert told(r"$\mathbf 5=5$, 2 + 2 = 5", "More") == []


def test_a_note_without_lines_has_none() -> None:
    (problem,) = uncomputed(Course((), (), (), raw={"t": "## Worked example\n\n1 + 1 = 3"}))
    assert problem.line == 0
