"""Sizes of formulas far beyond floats, the table of counts in words, curves with their points."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

import pytest

from engine.recurrences.answers import answer
from engine.recurrences.curves import curve
from engine.recurrences.magnitude import Magnitude, magnitude, of_number
from engine.recurrences.tables import UNKNOWN, rows
from engine.symbolic.expr import ONE, Add, Big, Call, Div, Expr, Mul, Neg, Pow, Sym, num
from engine.symbolic.formulas import formula
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.report import Report

N, J = Sym("n"), Sym("j")


def summed(body: Expr) -> Big:
    return Big("sum", body, "j", ONE, N)


@pytest.mark.parametrize(
    ("expr", "n", "log10"),
    [
        (Pow(num(2), N), 10**6, 10**6 * math.log10(2)),
        (Call("factorial", N), 1000, math.log10(math.factorial(1000))),
        (Add((Pow(num(2), N), Neg(Pow(num(2), Add((N, Neg(ONE))))))), 5000, 4999 * math.log10(2)),
        (Call("harmonic", N), 10**9, math.log10(math.log(10**9) + 0.5772156649)),
        (summed(Call("sqrt", J)), 10**6, math.log10(2 / 3 * 1e9 + 500)),
        (summed(Div(ONE, Pow(J, num(2)))), 10**8, math.log10(math.pi**2 / 6 - 1e-8)),
        (summed(Pow(num(3), J)), 10**5, 10**5 * math.log10(3) + math.log10(1.5)),
        (summed(Call("log", J)), 10**6, math.log10(math.lgamma(10**6 + 1) / math.log(2))),
        (Call("binomial", Mul((num(2), N)), N), 500, math.log10(math.comb(1000, 500))),
    ],
)
def test_sizes(expr: Expr, n: int, log10: float) -> None:
    found = magnitude(expr, {"n": n})
    assert found.sign == 1
    assert found.log10 == pytest.approx(log10, rel=1e-7)


def test_signs_and_zero() -> None:
    assert magnitude(Pow(num(-1), N), {"n": 7}).sign == -1
    assert magnitude(Add((N, Neg(N))), {"n": 7}).sign == 0
    assert of_number(Fraction(-1, 10**400)) == Magnitude(-1, pytest.approx(-400))


def test_rows_in_words() -> None:
    small, middle, large = rows(lambda n: Fraction(2) ** n if n <= 100 else Magnitude(1, 301029.996))
    assert (small.value, small.time) == ("1,024", "1 µs")
    assert (middle.value, middle.time) == ("1.27 · 10^30", "2,911 times the age of the universe")
    assert large.value == "a number of 301,030 digits"
    assert large.time.startswith("10^301,0")
    assert middle.log10 == pytest.approx(100 * math.log10(2))


@pytest.mark.parametrize(
    ("count", "time"),
    [
        (10**9, "1 second"),
        (6 * 10**10, "1 minute"),
        (10**10, "10 seconds"),
        (1, "1 ns"),
        (10**14, "1.2 days"),
        (0, "no time"),
    ],
)
def test_times(count: int, time: str) -> None:
    assert rows(lambda _: count, (1,))[0].time == time


def test_what_has_no_value_says_so() -> None:
    def fails(n: int) -> Fraction:
        raise OverflowError(n)

    for row in (*rows(fails), *rows(lambda _: None)):
        assert (row.value, row.time) == (UNKNOWN, UNKNOWN)
        assert math.isnan(row.log10)


def test_a_curve_leaves_out_what_is_not_above_zero() -> None:
    shape = Add((N, Neg(num(5))))
    found = curve(
        "T(n)", formula(shape), lambda x: magnitude(shape, {"n": x}), (1.0, 100.0), [(3, -2), (7, 2)]
    )
    assert min(found.xs) > 5
    assert found.ys[-1] == pytest.approx(math.log10(95))
    assert found.points == ((7.0, pytest.approx(math.log10(2))),)


def test_rows_between_the_powers_are_run_with_rounding() -> None:
    @cache
    def halves(n: int) -> int:
        return 2 * halves(n // 2) + n if n > 1 else 1

    found = answer(RecurrenceJob("T(n)=2T(n/2)+n"))
    assert isinstance(found, Report)
    assert found.found is not None
    wanted = [math.log10(halves(n)) for n in (10, 100, 10**6)]
    assert [row.log10 for row in found.found.rows] == pytest.approx(wanted)
    assert ("Table", "n/2 is rounded down there, as a program would") in found.conventions
