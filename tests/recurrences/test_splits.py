"""Several fractions of n, moved places and the gaps of the master theorem, against plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache

import pytest
from divided_recurrences import FAST, SPLIT, Rule
from hypothesis import given
from hypothesis import strategies as st
from solved_once import report, solved

from engine.growth.classes import Growth
from engine.recurrences.answers import answer
from engine.recurrences.drive import NoDrive, drive
from engine.recurrences.magnitude import magnitude
from engine.recurrences.normal import apart
from engine.recurrences.split_exponent import split_exponent
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.parser import parse_recurrence
from engine.symbolic.report import Refusal


def iterated(rule: Rule) -> Callable[[int], float]:
    """T for whole n, 1 where the rule has nothing smaller to go by."""

    @cache
    def at(n: int) -> float:
        return rule(at, n) if n > 1 else 1

    return at


def size(growth: Growth, n: int) -> float:
    """Natural logarithm of the class at n."""
    return magnitude(growth.expr("n"), {"n": float(n)}).log10 * math.log(10)


@pytest.mark.parametrize(("text", "rule", "theta"), SPLIT, ids=[text for text, *_ in SPLIT])
def test_class(text: str, rule: Rule, theta: str) -> None:
    growth = solved(text).course.growth
    assert growth is not None
    assert growth.text("n") == theta
    at = iterated(rule)
    near, far = (
        (3 * 2**100, 3 * 2**250) if text.count("T(") == 2 and "2n/3" not in text else (3 * 2**16, 3 * 2**32)
    )
    drift = (math.log(at(far)) - size(growth, far)) - (math.log(at(near)) - size(growth, near))
    assert abs(drift) < 0.45  # half a logarithm more or less would be 0.35 beside what is here already


@pytest.mark.parametrize(("text", "rule", "theta"), FAST, ids=[text for text, *_ in FAST])
def test_the_root_decides_by_far(text: str, rule: Rule, theta: str) -> None:
    growth = solved(text).course.growth
    assert growth is not None
    assert growth.text("n") == theta
    at = iterated(rule)
    shares = [math.log(at(n)) - size(growth, n) for n in (60, 120)]
    assert 0 <= shares[1] + 1e-12 <= shares[0] + 2e-12 < 0.9


def test_every_answer_is_checked_far_out() -> None:
    for text in ("T(n)=T(n/2)+T(n/3)+n", "T(n)=2T(n/2)+n/log n", "T(n)=T(n/2)+2^n"):
        found = report(text)
        assert all(
            line.check is not None and line.check.ok for line in found.lines if "assumed" not in line.rule
        )
        assert all(way.ok for way in found.agreements)
        assert "Akra-Bazzi" in {method.name for method in found.methods if method.applies}


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(2, 12)), min_size=1, max_size=4))
def test_the_exponent_balances(raw: list[tuple[int, int, int]]) -> None:
    weights = [(Fraction(c), Fraction(min(a, b - 1), b)) for c, a, b in raw]
    p = split_exponent(weights)
    total = math.fsum(float(c) * float(s) ** float(p.digits) for c, s in weights)
    assert total == pytest.approx(1, rel=1e-9)
    if p.exact is not None:
        assert float(p.exact) == pytest.approx(float(p.digits), rel=1e-12, abs=1e-12)
    if p.root is not None and p.ground is not None:
        assert -math.log(float(p.root)) / math.log(p.ground) == pytest.approx(float(p.digits), abs=1e-9)


@pytest.mark.parametrize(
    ("weights", "exact"),
    [
        ([(1, "1/3"), (1, "2/3")], 1.0),
        ([(1, "1/2"), (2, "1/4")], 1.0),
        ([(1, "1/2"), (2, "1/8")], math.log2(1.5213797068045676)),  # a root of x^3 - x^2 - 2... found by hand
        ([(3, "1/2")], math.log2(3)),
        ([(1, "1/2"), (1, "1/4")], math.log2((1 + 5**0.5) / 2)),
        ([(8, "1/4")], 1.5),
    ],
)
def test_exponents_with_a_closed_form(weights: list[tuple[int, str]], exact: float) -> None:
    p = split_exponent([(Fraction(c), Fraction(s)) for c, s in weights])
    if exact not in (math.log2(1.5213797068045676),):
        assert p.is_exact
        assert float(p.digits) == pytest.approx(exact, rel=1e-12)
    else:
        assert not p.is_exact


@pytest.mark.parametrize(
    ("text", "power", "logs", "loglogs"),
    [
        ("n/log n", 1, -1, 0),
        ("n^2 log^3 n + 5n^2", 2, 3, 0),
        ("sqrt(n) log log n", Fraction(1, 2), 0, 1),
        ("log(n^2+1)", 0, 1, 0),
        ("n^2 - n^2 + n", 1, 0, 0),
        ("floor(n/2)", 1, 0, 0),
        ("7", 0, 0, 0),
        ("4^(log_2 n)", 2, 0, 0),
    ],
)
def test_class_of_f(text: str, power: Fraction, logs: int, loglogs: int) -> None:
    found = drive(apart(parse_recurrence(f"T(n)=T(n/2)+{text}")).forcing, "n")
    assert found is not None
    assert found.power.factor == power
    assert (found.logs, found.loglogs) == (logs, loglogs)


def test_an_f_that_sways_too_far_is_refused_in_words() -> None:
    for text in ("n sin n", "n (1 + cos n)"):
        problem = parse_recurrence(f"T(n)=T(n/2)+{text}")
        with pytest.raises(NoDrive):
            drive(apart(problem).forcing, "n")
        found = answer(RecurrenceJob(problem.text))
        assert isinstance(found, Refusal)
        assert "sin or cos" in found.reason


def test_leaves_and_levels_that_may_cancel_are_refused() -> None:
    found = answer(RecurrenceJob("T(n)=T(n/2)+T(n/3)-1, T(1)=1"))
    assert isinstance(found, Refusal)
    assert "cancel" in found.reason


def test_a_negative_f_that_wins_is_said() -> None:
    found = report("T(n)=T(n/2)+T(n/3)-n^2, T(1)=1")
    assert "negative" in found.summary
    assert found.found is not None
    assert found.found.theta is None
    assert found.found.assumption == "T(n) is negative in the end; in size it is Θ(n^2)."


def test_where_it_cannot_recur_is_said() -> None:
    found = report("T(n)=2T(n/2+17)+n")
    assert any("up to n = 34" in choice for _, choice in found.conventions)
