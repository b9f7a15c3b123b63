"""Pairs from textbooks with the relations that hold, and constants that are tried with our own eyes."""

from __future__ import annotations

import pytest
from far import value
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mpf

from engine.growth.answers import compared
from engine.growth.reading import NoGrowth, growth_of, range_of
from engine.symbolic.expr import Expr
from engine.symbolic.functions import parse_function
from engine.symbolic.jobs import CompareJob
from engine.symbolic.report import Refusal, Report

HOLDING = {
    "same": {"O", "Ω", "Θ"},
    "slower": {"O", "o"},
    "faster": {"Ω", "ω"},
    "neither": set[str](),
    "only O": {"O"},
    "only Ω": {"Ω"},
}

PAIRS = [
    # Cormen et al., problem 3-2
    ("lg^3 n", "n^0.1", "slower"),
    ("n^5", "1.1^n", "slower"),
    ("sqrt n", "n^(sin n)", "neither"),
    ("2^n", "2^(n/2)", "faster"),
    ("n^(lg 7)", "7^(lg n)", "same"),
    ("lg(n!)", "lg(n^n)", "same"),
    # Dasgupta, Papadimitriou, Vazirani, 0.1
    ("n - 100", "n - 200", "same"),
    ("n^(1/2)", "n^(2/3)", "slower"),
    ("100n + log n", "n + (log n)^2", "same"),
    ("n log n", "10n log(10n)", "same"),
    ("log(2n)", "log(3n)", "same"),
    ("10 log n", "log(n^2)", "same"),
    ("n^1.01", "n log^2 n", "faster"),
    ("n^2/log n", "n (log n)^2", "faster"),
    ("n^0.1", "(log n)^10", "faster"),
    ("(log n)^(log n)", "n/log n", "faster"),
    ("sqrt n", "(log n)^3", "faster"),
    ("n^(1/2)", "5^(log_2 n)", "slower"),
    ("n 2^n", "3^n", "slower"),
    ("2^n", "2^(n+1)", "same"),
    ("n!", "2^n", "faster"),
    ("(log n)^(log n)", "2^((log_2 n)^2)", "slower"),
    ("sum_{i=1}^n i^3", "n^4", "same"),
    # Levitin, 2.2
    ("n(n+1)", "2000n^2", "same"),
    ("100n^2", "0.01n^3", "slower"),
    ("log_2 n", "ln n", "same"),
    ("log_2^2 n", "log_2(n^2)", "faster"),
    ("2^(n-1)", "2^n", "same"),
    ("(n-1)!", "n!", "slower"),
    # what matters inside an exponent, and what does not
    ("n^(1+1/n)", "n", "same"),
    ("2^(sqrt(n+1))", "2^(sqrt n)", "same"),
    ("(1+1/n)^n", "1", "same"),
    ("(1+1/n)^(n^2)", "e^n", "same"),
    ("(n+1)!", "n!", "faster"),
    ("2^(2n)", "2^n", "faster"),
    ("2^(2^(n+1))", "2^(2^n)", "faster"),
    ("2^(n + 3 log n)", "n^3 2^n", "same"),
    ("n^(1/lg n)", "1", "same"),
    ("9^(log_3 n)", "n^2", "same"),
    ("e^(2 ln n)", "n^2", "same"),
    ("n!", "(n/e)^n sqrt n", "same"),
    ("(log n)!", "n^10", "faster"),
    ("(log n)!", "n^(log log n)", "slower"),
    ("3^n", "2^(n log n)", "slower"),
    ("2^(n^2)", "n!", "faster"),
    # rounded, and swinging
    ("ceil(lg n)!", "n^100", "faster"),
    ("ceil(lg lg n)!", "n", "slower"),
    ("2^(ceil(lg n))", "n", "same"),
    ("2^(2^(ceil(lg lg n)))", "n", "only Ω"),
    ("2^(2^(ceil(lg lg n)))", "n^2", "only O"),
    ("2^(2^(ceil(lg lg n)))", "n^3", "slower"),
    ("floor(n/2) * ceil(n/2)", "n^2", "same"),
    ("n + (-1)^n", "n", "same"),
    ("n^(2 + (-1)^n)", "n^2", "neither"),
    ("n(1+(-1)^n)", "n", "only O"),
    ("n^(1 + sin n)", "n", "neither"),
    ("n^(1 + sin n)", "n^2", "only O"),
    ("n^(1 + sin n)", "n^3", "slower"),
    ("n mod 5 + 1", "1", "same"),
    ("ceil(lg n)^(ceil(lg n))", "n^(lg lg n)", "only Ω"),
    ("C(n, floor(n/2))", "2^n/sqrt n", "same"),
    ("floor(sqrt n)!", "2^(sqrt n)", "faster"),
    ("n^(n mod 2)", "n", "only O"),
    ("max(n^(1 + sin n), n)", "n", "only Ω"),
    ("2^(n/log n)", "2^(n/ln n)", "slower"),
    ("(1+1/n)^(n^5)", "e^(n^4)", "slower"),
    ("n^(1/log log n)", "2^(sqrt(log n))", "faster"),
    ("C(n, sqrt n)", "2^(sqrt n log n)", "slower"),
    ("(2n)!", "(n!)^2", "faster"),
    ("n^(1/n) - 1", "log n/n", "same"),
    ("(n!)^(1/n)", "n", "same"),
    # slow ones
    ("lg(lg* n)", "lg*(lg n)", "slower"),
    ("2^(lg* n)", "lg lg n", "slower"),
    ("n^0.001", "(log n)^100", "faster"),
    # sums
    ("H_n", "ln n", "same"),
    ("sum_{i=1}^n 1/i", "log n", "same"),
    ("sum_{i=0}^n 2^i", "2^n", "same"),
    ("sum_{i=1}^n i log i", "n^2 log n", "same"),
    ("prod_{i=1}^n i", "n^n", "slower"),
    ("prod_{i=1}^n (2i-1)", "n! 2^n/sqrt n", "same"),
    ("prod_{i=1}^n (1+1/i)", "n", "same"),
    ("sum_{i=1}^{log n} 2^i", "n", "same"),
    ("sum_{i=1}^n n/i^2", "n", "same"),
    ("sum_{k=1}^n k!", "n!", "same"),
    ("H_n - ln n", "1", "same"),
    ("C(2n, n)", "4^n", "slower"),
    ("sqrt(n^2+n) - n", "1", "same"),
]


def tree(text: str) -> Expr:
    return parse_function(text).expr


@pytest.mark.parametrize(("first", "second", "known"), PAIRS, ids=[f"{f} and {g}" for f, g, _ in PAIRS])
def test_which_relations_hold(first: str, second: str, known: str) -> None:
    report = compared(CompareJob(first, second))
    assert isinstance(report, Report), report
    assert report.found is not None
    relations = report.found.relations
    assert [relation.symbol for relation in relations] == ["O", "Ω", "Θ", "o", "ω"]
    assert {relation.symbol for relation in relations if relation.holds} == HOLDING[known]
    assert all(relation.witness for relation in relations)
    assert all(line.check is None or line.check.ok for line in report.lines)
    for relation in relations:
        if relation.constant is not None and relation.start is not None and relation.start < 10**6:
            _constants_hold(tree(first), tree(second), relation.symbol, relation.constant, relation.start)


def _constants_hold(first: Expr, second: Expr, symbol: str, constant: float, start: int) -> None:
    for n in {start, start + 1, start + 2, 2 * start + 3, 7 * start, 50 * start + 1}:
        try:
            f, g = (value(part, {"n": mpf(n)}) for part in (first, second))
        except (AssertionError, KeyError, TypeError):
            return  # the oracle has no sin, no remainders
        if hasattr(f, "imag") and f.imag:
            return
        slack = 1 + 1e-12
        assert f * slack >= constant * g if symbol == "Ω" else f <= constant * g * slack, (
            symbol,
            constant,
            n,
        )


@pytest.mark.parametrize(
    ("first", "second", "limit"),
    [
        ("3n^2 + 10n", "n^2", "3"),
        ("n!", "(n/e)^n sqrt n", r"\sqrt{2} \sqrt{π}"),
        ("(1+1/n)^n", "1", "e"),
        ("2^(sqrt(n+1))", "2^(sqrt n)", "1"),
        ("C(n, 2)", "n^2", r"\frac{1}{2}"),
        ("log_4 n", "log_2 n", r"\frac{1}{2}"),
        ("sum_{i=1}^n i^3", "n^4", r"\frac{1}{4}"),
        ("sum_{i=1}^n i^5 - n^6/6", "n^5", r"\frac{1}{2}"),
        ("sum_{i=1}^n i^4 - n^5/5 - n^4/2", "n^3", r"\frac{1}{3}"),
        ("sum_{i=1}^n i ln i", "n^2 ln n", r"\frac{1}{2}"),
        ("sum_{i=0}^n 3^i", "3^n", r"\frac{3}{2}"),
    ],
)
def test_the_limit_is_exact(first: str, second: str, limit: str) -> None:
    report = compared(CompareJob(first, second))
    assert isinstance(report, Report)
    assert f"= {limit}" in report.lines[-1].latex


def test_constants_are_those_found_by_hand() -> None:
    """3n^2 + 10n <= 13n^2 from 1 on; n <= n log n from 2 on; n^100 <= 2^n from 997 on."""
    for first, second, constant, start in [
        ("3n^2 + 10n", "n^2", 13, 1),
        ("n", "n log n", 1, 2),
        ("n^100", "2^n", 1, 997),
    ]:
        report = compared(CompareJob(first, second))
        assert isinstance(report, Report)
        assert report.found is not None
        upper = report.found.relations[0]
        assert (upper.constant, upper.start) == (constant, start)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sin n", "negative"),
        ("-n", "negative"),
        ("n - n", "0 for all"),
        ("n^(1 + sin n)", "swings"),
        ("2^(n (2 + (-1)^n))", "swings"),
        ("ln(1/n)", "negative"),
    ],
)
def test_functions_without_a_class(text: str, reason: str) -> None:
    with pytest.raises(NoGrowth) as caught:
        growth_of(tree(text), "n")
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("first", "second"), [("sin n", "1"), ("n", "n - n"), ("n^", "n"), ("n", "m + k"), ("", "n")]
)
def test_bad_pairs_are_refused_in_words(first: str, second: str) -> None:
    answer = compared(CompareJob(first, second))
    assert isinstance(answer, Refusal)
    assert answer.reason.endswith((".", "?"))


def test_a_range_names_both_ends() -> None:
    found = range_of(tree("n^(1 + sin n)"), "n")
    assert found.low is not None
    assert found.high is not None
    assert (found.low.text("n"), found.high.text("n")) == ("Θ(1)", "Θ(n^2)")


# --- a total order -------------------------------------------------------------------------

_ATOMS = ["n", "log n", "log log n", "2^n", "n!", "sqrt n", "2^(sqrt(log n))", "3^n", "log* n", "n^n"]
_EXPONENTS = ["1", "2", "(1/2)", "3", "(lg 3)"]
_FUNCTIONS = st.lists(
    st.tuples(st.sampled_from(_ATOMS), st.sampled_from(_EXPONENTS)), min_size=1, max_size=3
).map(lambda factors: " * ".join(f"({atom})^{exponent}" for atom, exponent in factors))


@given(_FUNCTIONS, _FUNCTIONS, _FUNCTIONS)
def test_comparing_is_a_total_order(first: str, second: str, third: str) -> None:
    a, b, c = (growth_of(tree(text), "n") for text in (first, second, third))
    assert a.compare(b) == -b.compare(a)
    assert a.compare(a) == 0
    if a.compare(b) <= 0 and b.compare(c) <= 0:
        assert a.compare(c) <= 0
        if a.compare(c) == 0:
            assert a.compare(b) == b.compare(c) == 0


@settings(max_examples=40)
@given(_FUNCTIONS, st.integers(1, 9), _FUNCTIONS)
def test_constants_and_lower_terms_do_not_count(text: str, factor: int, other: str) -> None:
    own, added = growth_of(tree(text), "n"), growth_of(tree(other), "n")
    total = growth_of(tree(f"{factor} * {text} + {other}"), "n")
    assert total == max(own, added)
    assert growth_of(tree(f"({text}) * ({other})"), "n") == own * added


@given(_FUNCTIONS)
def test_a_class_is_written_so_that_it_is_read_back(text: str) -> None:
    growth = growth_of(tree(text), "n")
    assert growth_of(tree(growth.formula("n").text), "n") == growth
