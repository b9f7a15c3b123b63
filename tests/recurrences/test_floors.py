# ruff: noqa: E501 - a table: one recurrence, one row
"""Formulas for every n, roundings included, against plain Python; and the tree as data."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import pytest
from solved_once import report, solved

from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.findings import Levels

Rule = Callable[[Callable[[int], int], int], int]

EVERY_N: list[tuple[str, Rule, str]] = [
    ("T(n)=T(floor(n/2))+T(ceil(n/2))+n-1, T(1)=0", lambda T, n: T(n // 2) + T(-(-n // 2)) + n - 1 if n > 1 else 0, "Θ(n log n)"),
    ("T(n)=T(floor(n/2))+T(ceil(n/2))+n, T(1)=1", lambda T, n: T(n // 2) + T(-(-n // 2)) + n if n > 1 else 1, "Θ(n log n)"),
    ("T(n)=T(floor(n/2))+T(ceil(n/2))+3n+5, T(1)=7", lambda T, n: T(n // 2) + T(-(-n // 2)) + 3 * n + 5 if n > 1 else 7, "Θ(n log n)"),
    ("T(n)=T(floor(n/2))+T(ceil(n/2))+1, T(1)=0", lambda T, n: T(n // 2) + T(-(-n // 2)) + 1 if n > 1 else 0, "Θ(n)"),
    ("T(n)=T(floor(n/2))+1, T(1)=1", lambda T, n: T(n // 2) + 1 if n > 1 else 1, "Θ(log n)"),
    ("T(n)=T(floor(n/2))+1, T(0)=0", lambda T, n: T(n // 2) + 1 if n else 0, "Θ(log n)"),
    ("T(n)=2T(floor(n/2))+1, T(1)=1", lambda T, n: 2 * T(n // 2) + 1 if n > 1 else 1, "Θ(n)"),
    ("T(n)=3T(floor(n/2)), T(1)=2", lambda T, n: 3 * T(n // 2) if n > 1 else 2, "Θ(n^(log_2 3))"),
    ("T(n)=T(ceil(n/2))+1, T(1)=0", lambda T, n: T(-(-n // 2)) + 1 if n > 1 else 0, "Θ(log n)"),
    ("T(n)=4T(ceil(n/3))+2, T(1)=1", lambda T, n: 4 * T(-(-n // 3)) + 2 if n > 1 else 1, "Θ(n^(2 log_3 2))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "theta"), EVERY_N, ids=[text for text, *_ in EVERY_N])
def test_formula_at_every_n(text: str, rule: Rule, theta: str) -> None:
    @cache
    def at(n: int) -> int:
        return rule(at, n)

    report(text)
    solution = solved(text)
    assert solution.domain is None
    assert solution.closed is not None
    assert solution.course.growth is not None
    assert solution.course.growth.text("n") == theta
    for n in (*range(1, 200), 2**40 - 1, 2**40, 2**40 + 1, 3**30):
        assert evaluate(solution.closed, Letters({"n": Fraction(n)})) == at(n)


def levels(text: str) -> Levels:
    found = report(text)
    assert found.found is not None
    assert found.found.levels is not None
    return found.found.levels


def test_levels_of_an_even_tree() -> None:
    tree = levels("T(n)=3T(n/4)+n^2")
    assert tree.branches == 3
    assert tree.height == r"\log_{4} n"
    assert [level.nodes for level in tree.levels] == [
        "1",
        "3",
        "3^{2}",
        "3^{i}",
        r"n^{\frac{1}{2} \log_{2} 3}",
    ]
    assert tree.levels[1].sum == r"\frac{3}{16} n^{2}"
    assert tree.levels[1].sizes == (r"\frac{n}{4}",) * 3
    assert len(tree.levels[2].sizes) == 9


def test_levels_of_an_uneven_tree() -> None:
    tree = levels("T(n)=T(n/3)+T(2n/3)+n")
    assert tree.branches == 2
    assert tree.height == r"\log_{3} n \text{ to } \log_{\frac{3}{2}} n"
    assert [level.sum for level in tree.levels[:4]] == ["n", "n", "n", r"\le n"]
    assert tree.total == r"T(n) \in \Theta(n \log n)"
