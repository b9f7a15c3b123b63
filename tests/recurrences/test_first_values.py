"""First values that do not fit the recurrence: the formula says from where on it holds."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from solved_once import report, solved

from engine.symbolic.evaluate import Letters, evaluate

Next = Callable[[list[int]], int]

CASES: list[tuple[str, list[int], Next, int]] = [  # text, what was typed from T(0) on, the next term, domain
    ("T(n)=3T(n-1), T(0)=1, T(1)=4", [1, 4], lambda known: 3 * known[-1], 1),
    ("T(n)=T(n-1)+T(n-2), T(0)=0, T(1)=1, T(2)=5", [0, 1, 5], lambda known: known[-1] + known[-2], 1),
    (
        "T(n)=T(n-1)+n, T(0)=0, T(1)=1, T(2)=3, T(3)=100",
        [0, 1, 3, 100],
        lambda known: known[-1] + len(known),
        3,
    ),
    ("T(n)=3T(n-1), T(0)=1, T(1)=0", [1, 0], lambda known: 3 * known[-1], 1),
]


@pytest.mark.parametrize(("text", "typed", "follow", "since"), CASES, ids=[text for text, *_ in CASES])
def test_a_first_value_that_does_not_fit_stands_alone(
    text: str, typed: list[int], follow: Next, since: int
) -> None:
    known = list(typed)
    while len(known) < 20:
        known.append(follow(known))
    closed = solved(text).closed
    assert closed is not None
    for n, value in enumerate(known):
        found = evaluate(closed, Letters({"n": Fraction(n)}))
        assert (found == value) is (n >= since), n
    found = report(text)
    assert rf"\text{{for }} n \ge {since}" in found.result
    assert f"for n ≥ {since}" in found.summary
    [said] = [choice for name, choice in found.conventions if name == "First values"]
    assert f"for n ≥ {since}" in said
    assert "T(0)" in said
    assert all(way.ok for way in found.agreements)
    assert dict(found.numbers)["n"] >= since


def test_values_that_fit_need_no_word() -> None:
    for text in ("T(n)=3T(n-1), T(0)=1, T(1)=3", "F(n)=F(n-1)+F(n-2), F(0)=0, F(1)=1, F(4)=3"):
        found = report(text)
        assert "≥" not in found.summary
        assert not found.conventions
    assert "for n ≥ 3" in report("T(n)=T(n-1)+n, T(3)=100").summary


def test_a_value_off_the_powers_is_left_aside() -> None:
    found = report("T(n)=2T(n/2)+n, T(1)=1, T(2)=7")
    assert ("First values", "the formula starts at T(2) and leaves T(1) aside") in found.conventions
    assert "for n = 2 * 2^m" in found.summary
