"""Classes in several sizes: what may be dropped, and that the rest bounds the whole from both sides."""

from __future__ import annotations

import pytest
from far import value
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf
from written import tree

from engine.growth.many import dominant
from engine.growth.reading import NoGrowth
from engine.symbolic.plain import plain

SIZES = ("n", "m", "k")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("n*m + m**2", "n m + m^2"),
        ("n*m + n + m + 1", "n m"),
        ("(n+1)*(m+1) - n*m", "n + m"),
        ("n*log(m) + m*log(n)", "n log m + m log n"),
        ("log(n*m)", "log m + log n"),
        ("sqrt(n*m)", "sqrt(n) sqrt(m)"),
        ("max(n, m) + 1", "n + m"),
        ("2**(n+m)", "2^n * 2^m"),
        ("n*(m-1)/2", "n m"),
        ("n**2 - n", "n^2"),
        ("3*n*m*k + n*m", "n m k"),
        ("n*min(n, m) + n", "n min(n, m)"),
        ("n/(n+m)", "n/(n + m)"),
        ("fact(n)*m + n**5*m", "n! m"),
        ("5", "1"),
        ("m*m + 3*m", "m^2"),
    ],
)
def test_what_is_left(text: str, known: str) -> None:
    assert plain(dominant(tree(text), SIZES)) == known


@pytest.mark.parametrize("text", ["n - m", "n*m - n*m", "m - n*m"])
def test_what_may_be_negative_or_0_is_refused(text: str) -> None:
    with pytest.raises(NoGrowth):
        dominant(tree(text), SIZES)


_PART = st.builds(
    lambda c, a, b, log: f"{c}*n**{a}*m**{b}" + ("*log(n)" if log else ""),
    st.integers(1, 9),
    st.integers(0, 3),
    st.integers(0, 3),
    st.booleans(),
)


@given(st.lists(_PART, min_size=1, max_size=5))
def test_it_bounds_the_whole_from_both_sides(parts: list[str]) -> None:
    whole = tree(" + ".join(parts))
    simple = dominant(whole, SIZES)
    for n in (4, 1000, 10**9):
        for m in (1, 50, 10**8):
            letters = {"n": mpf(n), "m": mpf(m)}
            assert 0.2 <= value(whole, letters) / value(simple, letters) <= 9.01 * len(parts)
