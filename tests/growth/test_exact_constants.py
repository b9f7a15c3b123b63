"""Exact constants against floats, and identities that floats cannot see."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from engine.growth.constants import ONE, Constant, TooComplex, constant, exp, ln

F = Fraction
HALF = F(1, 2)


def root(value: int) -> Constant:
    return constant(value).to(HALF)


@pytest.mark.parametrize(
    "zero",
    [
        root(2) * root(3) - root(6),
        ln(constant(9)) - ln(constant(3)).times(2),
        exp(ln(constant(3)) / ln(constant(2)) * ln(constant(2))) - constant(3),
        ((ONE + root(5)).times(HALF)).to(F(2)) - (ONE + root(5)).times(HALF) - ONE,
        ln((constant(3) + root(5)).times(HALF)) - ln((ONE + root(5)).times(HALF)).times(2),
        ONE / (ln(constant(2)) + ln(constant(3))) - ONE / ln(constant(6)),
        exp(-ln(ln(constant(2)))) - ONE / ln(constant(2)),
        constant(8).to(F(1, 3)) - constant(2),
        ONE / (root(2) - ONE) - root(2) - ONE,
    ],
)
def test_identities(zero: Constant) -> None:
    assert zero.sign() == 0


def test_close_but_not_equal() -> None:
    """A convergent of log_2 3, and fractions that agree to 40 digits."""
    known = 1 if 3**190537 > 2**301994 else -1
    assert (ln(constant(3)) / ln(constant(2)) - constant(F(301994, 190537))).sign() == known
    assert (constant(1) + constant(F(1, 10**40))).compare(ONE) == 1


_NUMBERS = st.recursive(
    st.builds(constant, st.fractions(F(1, 9), 9, max_denominator=9)),
    lambda inner: st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: a * b, inner, inner),
        st.builds(lambda a, b: a / b, inner, inner),
        st.builds(lambda a: a.to(HALF), inner),
        st.builds(lambda a: ln(a + ONE), inner),
    ),
    max_leaves=4,
)


@given(_NUMBERS, _NUMBERS)
def test_arithmetic_is_that_of_floats(a: Constant, b: Constant) -> None:
    x, y = float(a), float(b)
    try:
        found = a + b, a * b, a / b, a.to(F(-3, 2))
    except TooComplex:  # its own word for more parts than are kept
        reject()
    assert [float(each) for each in found] == pytest.approx([x + y, x * y, x / y, x**-1.5], rel=1e-12)
    if abs(x - y) > 1e-9 * (x + y):
        assert a.compare(b) == (1 if x > y else -1)
