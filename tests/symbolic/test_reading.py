"""The reader: what is understood, what is refused where, and that nothing slows or runs it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import FormulaError
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.parser import Base, RecurrenceInput, echo, parse_recurrence

T_N = "T(n) = "
T_1 = "T(n - 1)"
T_HALF = r"T\left(\frac{n}{2}\right)"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("T(n) = 3T(n-1), T(0)=1", rf"{T_N}3 {T_1},\quad T(0) = 1"),
        ("T(n)=2T(n-1)-1; T(0)=1", rf"{T_N}2 {T_1} - 1,\quad T(0) = 1"),
        ("T(n) = 2T(n/2)+n", rf"{T_N}2 {T_HALF} + n"),
        ("T(n) = 2 T(n/2) + n log n", rf"{T_N}2 {T_HALF} + n \log_{{2}} n"),
        ("T(n)=2T(n/2)+nlogn", rf"{T_N}2 {T_HALF} + n \log_{{2}} n"),
        ("T(n)=T(n/2)+1", rf"{T_N}{T_HALF} + 1"),
        ("a_n = 3a_{n-1}", r"a_{n} = 3 a_{n - 1}"),
        ("aₙ = 2aₙ₋₁ + 1, a₀ = 1", r"a_{n} = 2 a_{n - 1} + 1,\quad a_{0} = 1"),
        ("T(n)=T(n−1)×3+n²", rf"{T_N}{T_1} \cdot 3 + n^{{2}}"),
        ("T(n)=T(n-1)+2^n", rf"{T_N}{T_1} + 2^{{n}}"),
        ("T(n)=T(n-1)+n 2^n", rf"{T_N}{T_1} + n \cdot 2^{{n}}"),
        ("T(n)=T(n-1)+2**(n+1)", rf"{T_N}{T_1} + 2^{{n + 1}}"),
        (r"T(n) = T\left(\frac{n}{2}\right) + \sqrt{n}", rf"{T_N}{T_HALF} + \sqrt{{n}}"),
        ("T(n)=T(⌊n/2⌋)+1", rf"{T_N}T\left(\left\lfloor \frac{{n}}{{2}}\right\rfloor\right) + 1"),
        ("T(n)=T(ceil(n/2))+1", rf"{T_N}T\left(\left\lceil \frac{{n}}{{2}}\right\rceil\right) + 1"),
        ("T(n)=T(n-1)+lg n+ln n+log_10 n", rf"{T_N}{T_1} + \log_{{2}} n + \ln n + \log_{{10}} n"),
        ("T(n)=T(n-1)+log2(3)", rf"{T_N}{T_1} + \log_{{2}} 3"),
        ("T(n)=T(n-1)+log 2n", rf"{T_N}{T_1} + \log_{{2}} \left(2 n\right)"),
        ("T(n)=T(n-1)+log^2 n", rf"{T_N}{T_1} + \log_{{2}}^{{2}} n"),
        ("T(n)=T(n-1)+1/2 n", rf"{T_N}{T_1} + \frac{{1}}{{2}}\, n"),
        ("T(n)=T(n-1)-(n-1)-(-3)", rf"{T_N}{T_1} - \left(n - 1\right) - \left(-3\right)"),
        ("T(n)=2[T(n-1)+1]", rf"{T_N}2 \left({T_1} + 1\right)"),
        ("f(n+1)=2f(n), f(0)=1", r"f(n + 1) = 2 f(n),\quad f(0) = 1"),
        ("T(n)=T(√n)+1", rf"{T_N}T\left(\sqrt{{n}}\right) + 1"),
        ("$T(n) = 2T(n/2) + n$.", rf"{T_N}2 {T_HALF} + n"),
        (r"T(n)=\sqrt[3]{n}+T(n-1)", rf"{T_N}n^{{1/3}} + {T_1}"),
    ],
)
def test_what_is_read_is_what_is_echoed(text: str, latex: str) -> None:
    assert echo(text) == latex


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("F(n)=F(n-1)+F(n-2), F(0)=0, F(1)=1", (Base(0, Fraction(0)), Base(1, Fraction(1)))),
        ("f(n)=f(n-1)+f(n-2), f(0)=f(1)=1", (Base(0, Fraction(1)), Base(1, Fraction(1)))),
        ("T(n)=1 for n<=1, T(n)=2T(n/2)+1 for n>1", (Base(0, Fraction(1)), Base(1, Fraction(1)))),
        ("T(n)=1 for n<2, T(n)=2T(n/2)+1 for n>1", (Base(0, Fraction(1)), Base(1, Fraction(1)))),
        ("T(n)=5 for 1 <= n < 3, T(n)=2T(n-1)", (Base(1, Fraction(5)), Base(2, Fraction(5)))),
        ("T(n)=n if n=0 or n=1, T(n)=T(n-1)+1 if n>=2", (Base(0, Fraction(0)), Base(1, Fraction(1)))),
        ("T(n)=1 if n=0,1, T(n)=T(n-1)+T(n-2) otherwise", (Base(0, Fraction(1)), Base(1, Fraction(1)))),
        ("T(n)=T(n-1)+T(n-2) if n>=2, 1 otherwise", (Base(0, Fraction(1)), Base(1, Fraction(1)))),
        ("T(n) = 3T(n-1) if n > 0, 1 otherwise", (Base(0, Fraction(1)),)),
        ("T(n)=2T(n-1)-1 if n>=1\n1, otherwise", (Base(0, Fraction(1)),)),
        ("T(1)=-1/2 and T(n)=T(n-1)+1", (Base(1, Fraction(-1, 2)),)),
        ("T(n)=T(n-1)+1 with T(2)=0.25", (Base(2, Fraction(1, 4)),)),
    ],
)
def test_first_values(text: str, bases: tuple[Base, ...]) -> None:
    assert parse_recurrence(text).bases == bases


@pytest.mark.parametrize(
    ("text", "column", "piece"),
    [
        ("", 0, "Nothing is typed"),
        ("__import__('os').system('touch pwned')", 11, "apostrophe"),
        ("T(n)=__import__", 5, "“_”"),
        ("T(n)=T(n-1).__class__", 11, "full stop"),
        ("T(n)=T(n-1)+system(n)", 12, "“system” is not known"),
        ("T(n)=lambda n: n", 5, "“lambda” is not known"),
        ("9**9**9", 0, "Begin with what is defined"),
        ("T(n)=T(n-1)+9**9**9", 13, "exponent is over 64"),
        ("T(n)=T(n-1)+((9^64)^64)^64", 19, "too large"),
        ("T(n)=T(n-1)+((n^8)^9)^2", 18, "exponents, multiplied, are over 64"),
        ("T(n)=T(n-1)+(2(n^8 + 1) + n)^9", 28, "exponents, multiplied, are over 64"),
        ("T(n)=T(n-1)+1234567890123", 12, "13 digits"),
        ("T(n)=T(n-1)+1e99", 12, "100 digits"),
        ("T(n) 0 = T(n-1)", 0, "cannot be solved"),
        ("Tn(n)=Tn", 6, "needs its place"),
        ("T(n)=T(n-1), T(n)=1/n for n<=1", 18, "no number that can be worked with"),
        ("T(2^k)=2T(2^(k-1))", 0, "Begin with what is defined"),
        ("T(n)=T(n-1)+30!", 14, "Factorials"),
        ("T(n)=T(n-1)+1/0", 13, "divides by zero"),
        ("T(n)=T(n-1)+0^-1", 13, "divides by zero"),
        ("T(n)=T(n-1)+x", 12, "letter x has no value"),
        ("T(n)=cT(n-1)", 5, "depends on how large c is"),
        ("T(n)=T(n-1)+c^n", 12, "depends on how large c is"),
        ("T(n)=T(n/c)+1", 9, "depends on how large c is"),
        ("T(n)=O(1)T(n-1)", 5, "depends on how large this is"),
        ("T(n)=T(n-1)+O(n)+Ω(n)", 5, "nothing follows"),
        ("T(n)=T(n-1)+Θ", 12, "needs a function in brackets"),
        ("T(n)=aT(n/2)+f(n)", 13, "not said what f(...) is"),
        ("T(n)=T(n)", 5, "stands on both sides"),
        ("a_n=a_n-1+2", 4, "needs braces: a_{n-1}"),
        ("T(n,m)=T(n-1,m)+1", 3, "more than one size"),
        ("T(n)=T(n-1) if n even, 2T(n-1) if n odd", 12, "even and odd"),
        ("T(n)=T(n-1)+1+3+...+n", 16, "steps of one"),
        ("T(n)=T(n-1)+...+n", 12, "how the summands"),
        ("T(n)=sum_{n=0}^5 T(n-1)", 5, "letter n is taken"),
        ("T(n)=\\sum T(i)", 5, "over what this runs"),
        ("T(n)=|T(n-1)", 5, "never closed by another"),
        ("Т(n)=Т(n-1)", 0, "cyrillic capital letter te"),
        ("T(n) = T(n-1) +", 15, "stops too early"),
        ("T(n) = T(n-1))", 13, "cannot stand here"),
        ("T(n) = (T(n-1)", 7, "never closed"),
        ("T(n) = (T(n-1)]", 14, "is closed by"),
        ("T(n) = T(n-1)+n2", 15, "Put a sign"),
        ("T(n) = n", 7, "nothing to solve"),
        ("T(n/2) + 1", 10, "equals sign"),
        ("T(n)=T(n-1), T(0)=n", 18, "must be a number"),
        ("T(n)=T(n-1), T(0)=1, T(0)=2", 21, "two different first values"),
        ("T(n)=T(n-1), S(n)=2S(n-1)", 13, "One sequence is solved at a time"),
        ("T(n)=T(n-1), T(n)=2T(n-1)", 13, "One recurrence at a time"),
        ("T(0)=1", 0, "Begin with what is defined"),
        ("T(n)=T", 5, "needs its place"),
        (r"T(n)=\begin{cases}1", 5, "never closed"),
        (r"T(n)=\foo{1}", 5, "LaTeX command"),
        ("T(n)=T(n-1)+log_1 n", 16, "number above 1"),
    ],
)
def test_what_is_refused_and_where(text: str, column: int, piece: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_recurrence(text)
    assert piece in caught.value.reason
    assert caught.value.column == column


BOMBS = [
    "T(n)=" + "(" * 10_000,
    "(" * 390,
    "T(n)=" + "(" * 190,
    "T(n)=" + "-" * 190 + "T(n-1)",
    "T(n)=" + "2^" * 95 + "n",
    "T(n)=T(n-1)+" + "+".join(["n"] * 90),
    "T(n)=T(n-1)" + "/2" * 90,
    "T(n)=T(n-1)+" + "n!" + "!" * 180,
    "T(n)=" + "log " * 90 + "n",
    "T(n)=T(n-1)+" + "9^9^" * 40 + "9",
    "_" * 399,
    "ⁿ" * 399,
    "T" * 400,
    "T(n)=T(n-1)+" + "n" * 380,
    "\0" * 400,
    "T(n)=\ud800",
]


@pytest.mark.parametrize("text", BOMBS, ids=range(len(BOMBS)))
def test_bombs_are_read_or_refused(text: str) -> None:
    try:
        parse_recurrence(text)
    except FormulaError as error:
        assert error.reason
        assert error.caret().count("\n") == 1


def test_nothing_typed_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for text in (
        "__import__('os').system('touch pwned')",
        "T(n)=T(n-1)+__import__('os').system('touch pwned')",
    ):
        with pytest.raises(FormulaError):
            echo(text)
    assert not list(tmp_path.iterdir())


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    _read_or_refuse(text)


ALPHABET = st.sampled_from(
    [*"Tn0123()+-*/^_=,;![]{} \\", "log ", "sqrt", "T(n)=", "T(n-1)", "\\frac", "²", "⌊", "⌋", " for ", "<="]
)


@settings(max_examples=500)
@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_near_formulas_are_read_or_refused(text: str) -> None:
    _read_or_refuse("T(n)=T(n-1)+" + text)


def _read_or_refuse(text: str) -> None:
    try:
        problem = parse_recurrence(text)
    except FormulaError as error:
        assert 0 <= error.column <= len(text)
        assert error.reason
    else:
        assert isinstance(problem, RecurrenceInput)
        assert problem.latex
        assert problem.latex.count("{") == problem.latex.count("}")


# --- values: text and meaning built side by side, so that precedence is held against Python's ---

Pair = tuple[str, Callable[[Fraction], Fraction]]


def _binary(pair: tuple[Pair, str, Pair]) -> Pair:
    (left, f), sign, (right, g) = pair
    apply = {
        "+": lambda n: f(n) + g(n),
        "-": lambda n: f(n) - g(n),
        "*": lambda n: f(n) * g(n),
        " ": lambda n: f(n) * g(n),
    }[sign]
    if sign in "* ":
        return f"({left}){sign}({right})", apply
    return f"{left}{sign}({right})", apply


LEAVES: st.SearchStrategy[Pair] = st.one_of(
    st.just(("n", lambda n: n)),
    st.integers(1, 30).map(lambda k: (str(k), lambda _n: Fraction(k))),
    st.integers(1, 9).map(lambda k: (f"{k}n", lambda n: k * n)),
    st.integers(2, 5).map(lambda k: (f"n^{k}", lambda n: n**k)),
    st.integers(2, 9).map(lambda k: (f"n/{k}", lambda n: n / k)),
    st.integers(2, 5).map(lambda k: (f"-n^{k}", lambda n: -(n**k))),
    st.integers(2, 9).map(lambda k: (f"1/{k} n", lambda n: n / k)),
    st.integers(2, 4).map(lambda k: (f"{k}^n", lambda n: Fraction(k) ** int(n))),
    st.integers(2, 4).map(lambda k: (f"n {k}^n", lambda n: n * Fraction(k) ** int(n))),
)
FORMULAS = st.recursive(
    LEAVES, lambda inner: st.tuples(inner, st.sampled_from("+-* "), inner).map(_binary), max_leaves=6
)


@settings(max_examples=300)
@given(FORMULAS, st.integers(1, 12))
def test_values_are_those_of_the_text(pair: Pair, n: int) -> None:
    text, meaning = pair
    right = parse_recurrence(f"T(n) = T(n-1) + ({text})").right
    [_, forcing] = right.terms
    assert evaluate(forcing, Letters({"n": Fraction(n)})) == meaning(Fraction(n))
