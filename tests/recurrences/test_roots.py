"""T(√n) and its kin, against plain Python with whole roots."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

import pytest
from divided_recurrences import ROOTS, Rule
from solved_once import solved

from engine.recurrences.answers import answer
from engine.recurrences.magnitude import magnitude
from engine.recurrences.normal import apart
from engine.recurrences.root_form import degree_of
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import letters
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.parser import parse_recurrence
from engine.symbolic.report import Refusal


@pytest.mark.parametrize(("text", "rule", "theta"), ROOTS, ids=[text for text, *_ in ROOTS])
def test_class_and_formula(text: str, rule: Rule, theta: str) -> None:
    @cache
    def at(n: int) -> float:
        return rule(at, n)

    solution = solved(text)
    growth = solution.course.growth
    assert growth is not None
    assert growth.text("n") == theta
    shares = [
        math.log(at(n)) - magnitude(growth.expr("n"), {"n": float(n)}).log10 * math.log(10)
        for n in (3**40, 5**80, 3**160, 7**200, 5**350)
    ]
    assert max(shares) - min(shares) < 1.3
    if solution.closed is not None:
        assert solution.domain is not None
        [letter] = letters(solution.domain)
        for k in range(5):
            n = evaluate(solution.domain, Letters({letter: Fraction(k)}))
            value = evaluate(solution.closed, Letters({"n": n}))
            assert float(value) == pytest.approx(at(math.floor(float(n))), rel=1e-9)


def test_roots_are_told_from_other_places() -> None:
    for text, degree in [("sqrt n", 2), ("n^(1/3)", 3), ("floor(sqrt n)", 2), ("n^0.8", Fraction(5, 4))]:
        [piece] = apart(parse_recurrence(f"T(n)=T({text})+1")).pieces
        assert degree_of(piece.term.place, "n") == degree


def test_what_can_cancel_is_refused() -> None:
    found = answer(RecurrenceJob("T(n)=2T(sqrt n)-1, T(2)=1"))
    assert isinstance(found, Refusal)
    assert "cancel" in found.reason
