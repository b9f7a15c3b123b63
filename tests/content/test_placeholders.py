"""Placeholders: every form of the table in FORMAT.md, and LaTeX left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.placeholders import fill, malformed, names, shown

VALUES = {"n": 12, "x": 0.5, "minus": -1.23456, "zero": -0.00001, "trace": "3, 2, 1"}


@pytest.mark.parametrize(
    ("written", "gives"),
    [
        ("<<n>>", "12"),
        ("<<x>>", "0.5"),
        ("<<minus>>", "-1.2346"),
        ("<<minus:2>>", "-1.23"),
        ("<<x:3>>", "0.500"),
        ("<<n:1>>", "12.0"),
        ("<<x:+>>", "+ 0.5"),
        ("<<minus:+>>", "- 1.2346"),
        ("<<minus:+1>>", "- 1.2"),
        ("<<minus:()>>", "(-1.2346)"),
        ("<<minus:()2>>", "(-1.23)"),
        ("<<x:()>>", "0.5"),
        ("<<zero>>", "0"),
        ("<<zero:2>>", "0.00"),
        ("<<zero:+2>>", "+ 0.00"),
        ("<<trace>>", "3, 2, 1"),
        (r"\frac{<<n>>}{x} {n} << 3 >> 1 << n", r"\frac{12}{x} {n} << 3 >> 1 << n"),
    ],
)
def test_forms(written: str, gives: str) -> None:
    assert fill(written, VALUES) == gives


def test_names_and_what_only_looks_like_one() -> None:
    text = "<<a>> <<b:2>> <<c:.3f>> <<D>> <<a:()>>"
    assert names(text) == {"a", "b"}
    assert malformed(text) == ["<<c:.3f>>", "<<D>>"]


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("<<nobody>>", VALUES)


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_shown_reads_back_within_half_a_unit(value: float, decimals: int) -> None:
    assert abs(float(shown(value, decimals)) - value) <= 0.5 * 10.0**-decimals * (1 + 1e-9) + 1e-9
    assert "e" not in shown(value)
    assert not shown(value).startswith("-0") or float(shown(value)) < 0
