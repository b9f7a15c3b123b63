"""Recurrences that go back by whole steps, against their own terms, worked out by hand-written Python."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from solved_once import report, solved
from stepwise_recurrences import STEPWISE, Sequence

from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.report import Status

TEXTS = [text for text, _, _ in STEPWISE]


def terms(rule: Sequence) -> Callable[[int], Any]:
    known: dict[int, Any] = {}

    def at(n: int) -> Any:
        if n not in known:
            known[n] = rule(at, n)
        return known[n]

    return at


@pytest.mark.parametrize(("text", "rule", "theta"), STEPWISE, ids=TEXTS)
def test_the_formula_gives_the_terms_and_the_class_is_the_known_one(
    text: str, rule: Sequence, theta: str
) -> None:
    found = report(text).found
    assert found is not None
    shown = f"Θ({found.theta.text})" if found.theta else found.assumption.partition("in size it is ")[2]
    assert shown.removesuffix(".") == theta
    closed = solved(text).closed
    if closed is None:
        return
    at = terms(rule)
    for n in range(found.start, found.start + 16):
        wanted = at(n)
        if abs(wanted) > 10**200:
            break
        value = evaluate(closed, Letters({"n": Fraction(n)}))
        assert float(value) == pytest.approx(float(wanted), rel=1e-9, abs=1e-7), f"at {n}"


@pytest.mark.parametrize("text", TEXTS)
def test_every_line_holds(text: str) -> None:
    found = report(text)
    assert found.status is Status.PROVEN
    assert all(line.check is None or line.check.ok for line in found.lines)
    assert all(agreement.ok for agreement in found.agreements)
    assert all(method.reason for method in found.methods)
