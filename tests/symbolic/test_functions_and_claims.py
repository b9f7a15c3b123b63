"""Functions of n and claimed bounds: what is understood, what is refused where."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import FormulaError
from engine.symbolic import claims, functions
from engine.symbolic.claims import parse_claim
from engine.symbolic.functions import parse_function
from engine.symbolic.plain import plain


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("n^2 log n", "n^2 log_2 n"),
        ("2^(sqrt n)", "2^sqrt(n)"),
        ("log* n", "log* n"),
        (r"\lg^* (\lg n)", "log* (log_2 n)"),
        ("lg(log* n)", "log_2 (log* n)"),
        ("n!", "n!"),
        ("(log n)^(log n)", "(log_2 n)^(log_2 n)"),
        ("n^(1/log n)", "n^(1/(log_2 n))"),
        ("sqrt(n)", "sqrt(n)"),
        ("lg(n!)", "log_2 (n!)"),
        ("(lg n)!", "(log_2 n)!"),
        ("n^{1+1/n}", "n^(1 + 1/n)"),
        ("nlogn", "n log_2 n"),
        ("n lg lg n", "n log_2 (log_2 n)"),
        ("n / log n", "n/(log_2 n)"),
        (r"(\sqrt 2)^{\lg n}", "sqrt(2)^(log_2 n)"),
        (r"2^{\sqrt{2 \lg n}}", "2^sqrt(2 log_2 n)"),
        ("2^2^n", "2^(2^n)"),
        ("e^n", "e^n"),
        ("n 2^n", "n * 2^n"),
        ("(3/2)^n", "(3/2)^n"),
        ("4^lg n", "4^(log_2 n)"),
        ("1", "1"),
        ("n^100", "n^100"),
        ("10^6 n", "10^6 n"),
        ("n^-0.5", "n^(-1/2)"),
        ("f(n) = 3n^2 + 5n", "3 n^2 + 5 n"),
        ("n^(1 + sin n)", "n^(1 + sin(n))"),
        ("1 + 2 + ... + n", "sum over i = 1 .. n of i"),
        ("H_n", "H_n"),
        ("C(n, 2)", "binomial(n, 2)"),
        ("log_10 n + log2(n) + ln n", "log_10 n + log_2 n + ln n"),
        ("N log N", "N log_2 N"),
        ("x^2", "x^2"),
        ("log(k)", "log_2 k"),
        ("NlogN", "N log_2 N"),
        ("$n^{2/3}$.", "n^(2/3)"),
        ("n³", "n^3"),
        ("max(n, log n)", "max(n, log_2 n)"),
    ],
)
def test_functions(text: str, read: str) -> None:
    found = parse_function(text)
    assert plain(found.expr) == read
    assert functions.echo(text) == found.latex


@pytest.mark.parametrize(
    ("text", "column", "piece"),
    [
        ("", 0, "Nothing is typed"),
        ("n^2, n^3", 3, "One function at a time"),
        ("O(n)", 0, "stands for many functions"),
        ("n + O(1)", 4, "stands for many functions"),
        ("n^k", 2, "letter k has no value"),
        ("T(n)", 0, "“T”"),
        ("n^", 2, "stops too early"),
        ("9^9^9", 1, "exponent is over 10000"),
        ("2^9999", 1, "too large"),
        ("п", 0, "cyrillic small letter pe"),
        ("n +* 2", 3, "missing"),
        ("import os", 0, "not known"),
    ],
)
def test_no_functions(text: str, column: int, piece: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_function(text)
    assert piece in caught.value.reason or piece == "“T”"
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "symbol", "read", "bare"),
    [
        ("O(n^2)", "O", "n^2", False),
        ("Θ(n lg n)", "Θ", "n log_2 n", False),
        (r"\Omega(n)", "Ω", "n", False),
        (r"\mathcal{O}(n)", "O", "n", False),
        ("T(n) = theta(n log n)", "Θ", "n log_2 n", False),
        ("T(n) ∈ o(n!)", "o", "n!", False),
        (r"f(n) \in \omega(1)", "ω", "1", False),
        ("T(n) is in O(2^n)", "O", "2^n", False),
        ("T(n) is O(2^n)", "O", "2^n", False),
        ("n^2", "Θ", "n^2", True),
        ("T(m) = O(m)", "O", "m", False),
    ],
)
def test_claims(text: str, symbol: str, read: str, bare: bool) -> None:
    found = parse_claim(text)
    assert (found.symbol, plain(found.expr), found.bare) == (symbol, read, bare)
    assert claims.echo(text) == found.latex


@pytest.mark.parametrize("text", ["O(O(n))", "n + O(1)", "2 O(n)", "O(n) O(n)"])
def test_a_claim_has_one_class(text: str) -> None:
    with pytest.raises(FormulaError, match="one class"):
        parse_claim(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=40), st.text("n2^()+-*/!logsqrtO ΘHe|=,. ", max_size=30)))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (functions.echo, claims.echo):
        try:
            assert read(text)
        except FormulaError as error:
            assert 0 <= error.column <= len(text)
            assert error.reason
