"""Classes off the powers of b, against the recurrence run with whole numbers by hand-written Python."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from solved_once import report, solved

from engine.recurrences.answers import answer
from engine.recurrences.rules import CATALOGUE
from engine.recurrences.terms import TermsWorld
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.report import Refusal

Whole = Callable[[Fraction], int]


def iterated(a: int, b: int, f: Callable[[int], float], first: float, whole: Whole) -> Callable[[int], float]:
    """T(n) = a T(n/b rounded) + f(n), T(1) = first."""

    @cache
    def at(n: int) -> float:
        return a * at(whole(Fraction(n, b))) + f(n) if n > 1 else first

    return at


CANCELLING = [  # a, f(n) / n, T(1): the leaves' constant is 0 at powers of 2, and only there
    (4, -4, 4),
    (4, -1, 1),
    (5, -3, 2),
    (3, 1, -2),
]


@pytest.mark.parametrize(("a", "slope", "first"), CANCELLING)
@pytest.mark.parametrize(
    ("part", "whole"), [("floor(n/2)", math.floor), ("ceil(n/2)", math.ceil), ("n/2", None)]
)
def test_a_class_that_only_powers_have_is_claimed_for_them_only(
    a: int, slope: int, first: int, part: str, whole: Whole | None
) -> None:
    at = iterated(a, 2, lambda n: slope * n, first, whole or math.floor)
    assert all(at(2**k) == first * 2**k for k in range(1, 18))
    off = [3 * 2**k - (whole is math.ceil) for k in (4, 15)]
    assert abs(at(off[1])) / off[1] > 50 * abs(at(off[0])) / off[0]  # no Θ(n) there
    found = report(f"T(n)={a}T({part}){slope:+}n, T(1)={first}")
    assert found.summary.endswith("for other n nothing is claimed.")
    assert found.result.endswith(r"\in \Theta(n)\ \text{for } n = 2^{m}")
    [said] = [choice for name, choice in found.conventions if name == "Rounding"]
    assert "for n = 2^m only" in said
    rules = [line.rule for line in found.lines]
    assert "powers-alone" in rules
    assert "powers-only" not in rules
    assert not any(rule.startswith("master-") for rule in rules)


KEEPING = [
    ("T(n)=2T({})+n, T(1)=1", 2, 2, lambda n: n, lambda n: n * math.log(n)),
    ("T(n)=4T({})+n, T(1)=1", 4, 2, lambda n: n, lambda n: n**2),
    ("T(n)=3T({})+n^2, T(1)=1", 3, 2, lambda n: n * n, lambda n: n**2),
    ("T(n)=9T({})+n^2, T(1)=1", 9, 3, lambda n: n * n, lambda n: n**2 * math.log(n)),
    ("T(n)=T({})+n, T(1)=1", 1, 2, lambda n: n, lambda n: n),
]


@pytest.mark.parametrize("rounding", ["floor", "ceil", ""])
@pytest.mark.parametrize(("text", "a", "b", "f", "growth"), KEEPING, ids=[text for text, *_ in KEEPING])
def test_a_class_for_all_n_holds_off_the_powers(
    rounding: str,
    text: str,
    a: int,
    b: int,
    f: Callable[[int], float],
    growth: Callable[[int], float],
) -> None:
    found = report(text.format(f"{rounding}(n/{b})" if rounding else f"n/{b}"))
    assert "T(n) is in Θ" in found.summary
    [line] = [line for line in found.lines if line.rule == "powers-only"]
    assert line.check is not None
    assert line.check.ok
    assert line.check.points >= 30 - 12 * bool(rounding)
    for whole in (math.floor, math.ceil):
        at = iterated(a, b, f, 1, whole) if b == 2 else iterated(a, b, f, 1, lambda x, w=whole: max(1, w(x)))
        quotients = [at(n) / growth(n) for k in (9, 17) for n in (2**k - 1, 2**k + 1, 3 * 2**k, 5 * 2**k)]
        assert max(quotients) < 40 * min(quotients)


def test_the_check_of_the_other_n_can_fail() -> None:
    """The same line, with the quotients that a cancelling recurrence has off the powers, or none."""
    solution = solved("T(n)=4T(floor(n/2))+n, T(1)=4")
    [step] = [step for step in solution.steps if step.rule == "powers-only"]
    at = iterated(4, 2, lambda n: -4 * n, 4, math.floor)
    wrong = [
        ((at(3 * 2**k) / at(2 ** (k + 1)), at(3 * 2**2 * k) / at(2 ** (2 * k + 1))),) for k in range(5, 9)
    ]
    steeper = tuple((n**0.5, far**0.5) for n, far in ((1000, 10**6), (1500, 10**6)))
    for pairs in (*wrong, steeper, ()):
        world = TermsWorld(
            terms=None,  # type: ignore[arg-type]  # this check asks for nothing but the pairs
            values=[{"n": Fraction(8)}],
            variable="n",
            far=lambda _: [],
            off_powers=pairs,
        )
        check = CATALOGUE[step.rule].checker(step, world)
        assert check is not None
        assert not check.ok
    right = CATALOGUE[step.rule].checker(replace(step), solution.world)
    assert right is not None
    assert right.ok


def test_the_first_line_is_what_was_typed() -> None:
    for text, piece in [
        ("T(n)=4T(floor(n/2))-4n, T(1)=4", r"4 T\left(\left\lfloor \frac{n}{2}\right\rfloor\right) - 4 n"),
        ("T(n)=T(floor(n/2))+T(ceil(n/2))+n^2, T(1)=1", r"\left\lceil \frac{n}{2}\right\rceil"),
        ("T(n)=3T(ceil(n/3))+n, T(1)=1", r"\left\lceil \frac{n}{3}\right\rceil"),
    ]:
        found = report(text)
        assert piece in found.lines[0].latex
        rules = [line.rule for line in found.lines]
        assert rules[2].startswith("powers-")
        assert rules[3] == "unrounded"
        assert "rfloor" not in found.lines[3].latex


def test_a_huge_first_value_hides_no_class() -> None:
    at = iterated(2, 2, lambda n: n, 10**18, math.floor)
    found = solved("T(n)=2T(n/2)+n, T(1)=10^18")
    assert found.closed is not None
    for k in range(1, 20):
        assert at(2**k) == 2**k * (k + 10**18) == evaluate(found.closed, Letters({"n": Fraction(2**k)}))
    assert "T(n) is in Θ(n log n)." in report("T(n)=2T(n/2)+n, T(1)=10^18").summary
    assert "T(n) is in Θ(n (log n)^2)." in report("T(n)=3T(n/3)+n log n, T(1)=10^18").summary


def test_roots_that_cancel_are_said() -> None:
    refused = answer(RecurrenceJob("T(n)=T(n/2)+n sqrt(n)-n^1.5+1, T(1)=1"))
    assert isinstance(refused, Refusal)
    assert "with roots cancel" in refused.reason


def test_values_that_are_always_negative_are_called_so() -> None:
    at = iterated(2, 2, lambda _: 1, -1, math.floor)
    assert all(at(2**k) == -1 for k in range(18))
    assert "its values are all negative" in report("T(n)=2T(n/2)+1, T(1)=-1").summary
    late = [10]
    while len(late) < 8:
        late.append(late[-1] - 2 ** len(late))
    assert [value < 0 for value in late] == [False] * 3 + [True] * 5
    assert "negative from some n on" in report("T(n)=T(n-1)-2^n, T(0)=10").summary


def test_a_negative_base_is_named() -> None:
    refused = answer(RecurrenceJob("T(n)=T(n-1)+(-1)^(n/2), T(0)=0"))
    assert isinstance(refused, Refusal)
    assert "negative number to the power" in refused.reason
    total = [0]
    while len(total) < 20:
        total.append(total[-1] + (-1) ** len(total))
    closed = solved("T(n)=T(n-1)+(-1)^n, T(0)=0").closed
    assert closed is not None
    assert [evaluate(closed, Letters({"n": Fraction(n)})) for n in range(20)] == total
