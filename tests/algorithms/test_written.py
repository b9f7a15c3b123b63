"""Forms as they are written: the same values, fewer terms; and results that claim no false class."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.algorithms.answers import answer
from engine.algorithms.exact import value_of
from engine.algorithms.forms import letter
from engine.algorithms.functions import floor_div, floor_log
from engine.algorithms.result import sentence
from engine.algorithms.written import written
from engine.symbolic.jobs import CodeJob
from engine.symbolic.plain import plain
from engine.symbolic.report import Report

N = letter("n")


@given(st.integers(2, 5), st.integers(-3, 3), st.integers(-3, 3), st.integers(1, 40), st.integers(0, 3))
def test_the_value_stays(period: int, by_n: int, by_floor: int, n: int, high: int) -> None:
    form = floor_div(N + 1, period) * (N * by_n + floor_log(N, 2) * by_floor) + floor_div(N, 2) ** high
    below, log = (n + 1) // period, n.bit_length() - 1
    expected = below * (by_n * n + by_floor * log) + (n // 2) ** high
    assert value_of(written(form), {"n": n}) == form.value({"n": n}) == Fraction(expected)


@pytest.mark.parametrize(
    ("form", "text"),
    [(floor_div(N, 2), "floor(n/2)"), (N - floor_div(N, 2), "ceil(n/2)"), (floor_div(N, 3), "floor(n/3)")],
)
def test_floors_and_ceilings_are_written_as_such(form: object, text: str) -> None:
    assert plain(written(form)) == text  # type: ignore[arg-type]  # forms, in a list of pairs


def asked(text: str) -> Report:
    found = answer(CodeJob(text))
    assert isinstance(found, Report), found
    return found


def test_the_executions_are_not_said_to_be_in_the_class_of_the_built_ins() -> None:
    found = asked("def f(values):\n    for x in values:\n        y = sum(values)\n")
    lines, _, work = found.result.partition("built-ins")
    assert r"\Theta\left(n\right)" in lines
    assert r"n^{2}" not in lines
    assert r"\Theta\left(n^{2}\right)" in work


def test_a_name_with_an_underscore_and_a_recurrence_are_typeset() -> None:
    assert asked("def my_sum(n):\n    for i in range(n):\n        pass\n").problem == r"\text{my\_sum(n)}"
    found = asked("def f(n):\n    if n <= 1:\n        return 1\n    return f(n // 2) + f(n - n // 2)\n")
    assert r"\left\lfloor" in found.problem
    assert "floor(" not in found.problem


def test_long_sentences_are_typeset_in_rows() -> None:
    words = "100 % of " + "words " * 30
    rows = sentence(words.strip()).split(r"\\")
    assert len(rows) > 1
    assert all(len(row) < 110 for row in rows)
    assert r"100 \% of" in rows[0]


def test_a_formula_for_some_n_only_says_so() -> None:
    halves = "def g(n):\n    if n <= 1:\n        return 1\n    for i in range(n):\n        pass\n"
    found = asked(halves + "    return g(n // 2) + g(n // 2)\n")
    assert found.found is not None
    if found.found.where is not None:
        assert r"\text{for } n = 2^{m}" in found.result
        assert "for n = 2^m" in found.summary
    [one] = found.agreements
    n = int(one.source.rpartition("= ")[2].replace(",", ""))
    assert one.value == _executions(n), "counted by hand"
    assert n & (n - 1) == 0 or found.found.where is None


def _executions(n: int) -> int:
    """Of the snippet above: def, then in each call the test and one line, or test, head, passes, return."""

    def call(size: int) -> int:
        return 2 if size <= 1 else 1 + (size + 1) + size + 1 + 2 * call(size // 2)

    return 1 + call(n)


def test_what_is_only_bounded_is_written_as_a_bound() -> None:
    found = asked("def gcd(a, b):\n    while b:\n        a, b = b, a % b\n    return a\n")
    assert found.found is not None
    bounded = [one for one in found.found.counts if one.total is None]
    assert bounded
    assert all(one.steps.startswith(r"\le ") for one in bounded)
    assert found.agreements == (), "a bound is no number that something agrees with"
