"""What is typed in before the loops is an input like any other; inside of them it is refused."""

from __future__ import annotations

import pytest

from engine.algorithms.answers import answer
from engine.symbolic.jobs import CodeJob
from engine.symbolic.report import Refusal, Report


@pytest.mark.parametrize(
    ("code", "theta"),
    [
        ("n = int(input())\nwhile n > 0:\n    n //= 2\n", "log n"),
        ("n, m = map(int, input().split())\nfor i in range(n):\n    for j in range(m):\n        i\n", "n m"),
        ("a = list(map(int, input().split()))\nfor x in a:\n    print(x)\n", "n"),
        ("def main():\n    n = int(input('n? '))\n    for i in range(n):\n        print(i)\nmain()\n", "n"),
    ],
)  # fmt: skip
def test_it_is_a_size(code: str, theta: str) -> None:
    report = answer(CodeJob(code))
    assert isinstance(report, Report), report
    assert report.found is not None
    assert report.found.theta is not None
    assert report.found.theta.text == theta
    assert report.found.counts[0].line == 1


def test_a_question_in_a_loop_is_refused() -> None:
    refusal = answer(CodeJob("for i in range(n):\n    x = int(input())\n    print(x)\n"))
    assert isinstance(refusal, Refusal)
    assert refusal.line == 2
    assert refusal.way_out
