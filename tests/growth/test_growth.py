"""Classes of growth and the exact numbers under them, against floats, integers and known orders."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.growth.classes import Exponent, Growth, log_of, rational
from engine.symbolic.surd import Surd, sign, square_root, surd

F = Fraction
PHI = surd(F(1, 2), F(1, 2), 5)
LOG_2_3 = log_of(F(3), F(2))

SLOWEST_FIRST = [
    Growth(F(1, 2)),
    Growth(power=rational(-1)),
    Growth(power=rational(-1), logs=F(1)),
    Growth(),
    Growth(logs=F(1, 2)),
    Growth(logs=F(1)),
    Growth(logs=F(2)),
    Growth(power=rational(F(1, 2))),
    Growth(power=rational(1)),
    Growth(power=rational(1), logs=F(1)),
    Growth(power=rational(F(3, 2))),
    Growth(power=LOG_2_3),
    Growth(power=LOG_2_3, logs=F(1)),
    Growth(power=rational(F(8, 5))),
    Growth(power=rational(2)),
    Growth(power=log_of(F(7), F(2))),
    Growth(power=rational(3)),
    Growth(PHI),
    Growth(F(2)),
    Growth(F(2), rational(1)),
    Growth(F(3)),
]


def test_the_textbook_order() -> None:
    for i, slow in enumerate(SLOWEST_FIRST):
        for j, fast in enumerate(SLOWEST_FIRST):
            assert slow.compare(fast) == (i > j) - (i < j), (slow.text("n"), fast.text("n"))


@pytest.mark.parametrize(
    ("growth", "text", "latex"),
    [
        (Growth(), "Θ(1)", r"\Theta(1)"),
        (Growth(logs=F(1)), "Θ(log n)", r"\Theta(\log n)"),
        (Growth(power=rational(1), logs=F(2)), "Θ(n (log n)^2)", r"\Theta(n \log^{2} n)"),
        (Growth(power=LOG_2_3), "Θ(n^(log_2 3))", r"\Theta(n^{\log_{2} 3})"),
        (Growth(F(2), rational(1)), "Θ(n * 2^n)", r"\Theta(n \cdot 2^{n})"),
        (Growth(F(3, 2)), "Θ((3/2)^n)", r"\Theta\left(\left(\frac{3}{2}\right)^{n}\right)"),
        (Growth(power=rational(F(1, 2))), "Θ(sqrt(n))", r"\Theta\left(\sqrt{n}\right)"),
    ],
)
def test_how_classes_are_written(growth: Growth, text: str, latex: str) -> None:
    assert growth.text("n") == text
    assert growth.theta("n") == latex


@pytest.mark.parametrize(
    ("value", "base", "exact"),
    [
        (8, 2, F(3)),
        (2, 8, F(1, 3)),
        (27, 9, F(3, 2)),
        (1, 7, F(0)),
        (F(1, 4), 2, F(-2)),
        (F(9, 4), F(3, 2), F(2)),
    ],
)
def test_logarithms_that_are_fractions(value: int, base: int, exact: Fraction) -> None:
    assert log_of(F(value), F(base)) == rational(exact)


def test_the_same_logarithm_in_other_clothes() -> None:
    assert log_of(F(9), F(4)) == LOG_2_3
    assert log_of(F(27), F(8)) == LOG_2_3
    assert hash(log_of(F(9), F(4))) == hash(LOG_2_3)


def test_a_fraction_that_agrees_to_nine_digits_is_not_the_logarithm() -> None:
    """Convergents of log_2 3: floats see the last ones as equal, integers do not."""
    near = [F(19, 12), F(84, 53), F(1054, 665), F(50508, 31867), F(301994, 190537), F(6586818, 4155820)]
    for value in near:
        assert LOG_2_3.compare(rational(value)) == (1 if 3**value.denominator > 2**value.numerator else -1)


@given(st.fractions(F(1, 50), 50), st.fractions(F(1, 50), 50).filter(lambda b: b != 1), st.fractions(-5, 5))
def test_logarithms_against_floats(value: Fraction, base: Fraction, other: Fraction) -> None:
    found, expected = log_of(value, base), math.log(value) / math.log(base)
    assert float(found) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    if abs(expected - other) > 1e-9:
        assert found.compare(Exponent(other)) == (1 if expected > other else -1)


# --- p + q sqrt(d) -------------------------------------------------------------------------

SURDS = st.builds(
    surd, st.fractions(-9, 9, max_denominator=9), st.fractions(-9, 9, max_denominator=9), st.just(5)
)


def test_the_golden_ratio() -> None:
    assert PHI * PHI == PHI + 1
    assert 1 / PHI == PHI - 1
    assert 55 * square_root(F(5)) == PHI**10 - (1 - PHI) ** 10


@given(SURDS, SURDS)
def test_surds_calculate_like_floats(a: Fraction | Surd, b: Fraction | Surd) -> None:
    for exact, rounded in [
        (a + b, float(a) + float(b)),
        (a - b, float(a) - float(b)),
        (a * b, float(a) * float(b)),
        *([(a / b, float(a) / float(b))] if b != 0 else []),
    ]:
        assert float(exact) == pytest.approx(rounded, rel=1e-6, abs=1e-6)


@given(SURDS, SURDS, SURDS)
def test_surds_are_a_field(a: Fraction | Surd, b: Fraction | Surd, c: Fraction | Surd) -> None:
    assert a * (b + c) == a * b + a * c
    if b != 0:
        assert (a / b) * b == a


def test_signs_that_floats_cannot_see() -> None:
    """665857/470832 is the root of 2 to 12 digits; its square is 2 + 1/470832^2."""
    close = surd(F(-665857, 470832), F(1), 2)
    assert sign(close) == -1
    assert sign(-close) == 1


@given(st.fractions(0, 1000, max_denominator=50))
def test_square_roots(value: Fraction) -> None:
    root = square_root(value)
    assert root * root == value
    assert sign(root) == (value > 0)
