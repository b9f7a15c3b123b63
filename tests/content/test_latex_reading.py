"""What a formula says: read here, and worked out a second time by plain Python and NumPy."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.latex.cursor import Names, Unread
from content.latex.meaning import Meaning, is_function
from content.latex.parts import statements
from content.latex.reading import read
from content.latex.tokens import tokens
from content.worked.evaluate import Value

W = np.array([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]])
A = np.array([[2.0, 1.0], [0.5, -1.0]])
V, X, Y = np.array([1.0, 2.0, -1.0]), np.array([0.5, -1.5]), np.array([2.0, 4.0])
GIVEN: Mapping[str, Value] = {"W": W, "A": A, "v": V, "x": X, "y": Y, "n": 4, "a": -3.0}


def value(latex: str, letters: Mapping[str, str] | None = None, given: Mapping[str, Value] = GIVEN) -> Value:
    letters = letters or {}
    names = Names([*letters, *given], [name for name, meaning in letters.items() if is_function(meaning)])
    return Meaning(letters, given).value(read(tokens(latex), names))


Sum = tuple[str, float]
numbers = st.integers(1, 30).map(lambda n: (str(n), float(n))) | st.integers(1, 99).map(
    lambda n: (f"{n / 10:.1f}", n / 10)
)


def larger(parts: st.SearchStrategy[Sum]) -> st.SearchStrategy[Sum]:
    """Each way to join two parts, as LaTeX and as Python's number."""
    return st.one_of(
        st.tuples(parts, parts).map(lambda two: (f"({two[0][0]} + {two[1][0]})", two[0][1] + two[1][1])),
        st.tuples(parts, parts).map(lambda two: (f"[{two[0][0]}-{two[1][0]}]", two[0][1] - two[1][1])),
        st.tuples(parts, parts).map(lambda two: (rf"{two[0][0]}\cdot {two[1][0]}", two[0][1] * two[1][1])),
        st.tuples(parts, parts).map(
            lambda two: (
                (rf"\frac{{{two[0][0]}}}{{{two[1][0]}+101}}", two[0][1] / (two[1][1] + 101))
                if two[1][1] != -101
                else two[0]
            )
        ),
        parts.map(lambda one: (rf"\left({one[0]}\right)^{{2}}", one[1] ** 2)),
        parts.map(lambda one: (rf"\tanh\!\left({one[0]}\right)", math.tanh(one[1]))),
        parts.map(lambda one: (rf"\lvert {one[0]}\rvert", abs(one[1]))),
    )


@given(st.recursive(numbers, larger, max_leaves=8))
def test_arithmetic_means_what_python_computes(made: Sum) -> None:
    latex, wanted = made
    found = value(latex, given={})
    assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\frac12+\tfrac{1}{4}", 0.75),
        (r"\frac1{12}", 1 / 12),
        (r"2^10", 0),  # TeX reads 2^1 and then 0
        (r"2^{10}", 1024),
        (r"-2^2", -4),
        (r"10\,000+1{,}000", 11_000),
        (r"45.3\%", 0.453),
        (r"5!\,/\,3", 40),
        (r"\binom 52+\binom{n}{2}", 16),
        (r"\log_2 8+\log_{10}1000+\ln e", 7),
        (r"\lfloor -2.5\rfloor+\lceil 2.1\rceil", 0),
        (r"17\bmod 5", 2),
        (r"e^{-1/2}", math.exp(-0.5)),
        (r"\tanh^2 a", math.tanh(-3) ** 2),
        (r"2\ln 3\,n", 2 * math.log(12)),
        (r"\sqrt{n}\,a", -6),
        (r"\max(2,\,n)-\min(2,n)", 2),
        (r"\sigma(0)", 0.5),
        (r"2(3+4)(1-2)", -14),
        (r"a\,n^2", -48),
        (r"1-(2-3)-4", -2),
        (r"12/4/3", 1),
    ],
)
def test_numbers(latex: str, wanted: float) -> None:
    assert value(latex) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        ("Wv", W @ V),
        (r"A W v", A @ W @ V),
        (r"xW", X @ W),
        (r"x^\top y", X @ Y),
        (r"x y^{\top}", np.outer(X, Y)),
        (r"x\cdot y", X @ Y),
        (r"x\odot y", X * Y),
        (r"x*y", X * Y),
        (r"x\oslash y", X / Y),
        (r"x^\top A y", X @ A @ Y),
        (r"W^\top x", W.T @ X),
        (r"A^{2}", A @ A),
        (r"A^\top A", A.T @ A),
        (r"1-x", 1 - X),
        (r"[x, v]", np.concatenate([X, V])),
        (r"[x; 3]", np.append(X, 3)),
        (r"[A\mid W]", np.hstack([A, W])),
        (r"\|v\|", math.sqrt(6)),
        (r"\|v\|\,\|x\| + |a||n|", math.sqrt(6 * 2.5) + 12),
        (r"\|\,|a|v\|", 3 * math.sqrt(6)),
        (r"\frac{n}{\lVert v\rVert}v", 4 * V / math.sqrt(6)),
        (r"\operatorname{diag}(x)A", np.diag(X) @ A),
        (r"\mathrm{softmax}(y)", np.exp(Y) / np.exp(Y).sum()),
        (r"\begin{bmatrix}1&2\\3&-4\end{bmatrix}x", np.array([[1, 2], [3, -4]]) @ X),
        (r"\tanh(Wv+x)\odot y", np.tanh(W @ V + X) * Y),
    ],
)
def test_vectors_and_matrices(latex: str, wanted: object) -> None:
    np.testing.assert_allclose(np.asarray(value(latex)), np.asarray(wanted), rtol=1e-12)


@pytest.mark.parametrize(
    ("latex", "sentence"),
    [
        ("x y", "two vectors side by side"),
        (r"x\odot v", "cannot be multiplied entry by entry"),
        ("x+v", "cannot be added"),
        ("W x", "has no product"),
        (r"\frac{x}{y}", "divided by a vector"),
        (r"2^x", "an exponent is a number"),
        ("W^2", "[2, 3] has no powers"),
        ("q+1", "q has no value"),
        ("h_t", "_ has no meaning here"),
        (r"\nabla x", r"\nabla has no meaning"),
        ("(1+2", "something is missing"),
        ("1+", "something is missing"),
        ("1+2)", ") is not understood here"),
        (r"\sum_{i}x", "missing before"),
        (r"\sqrt[3]{8}", "[ has no meaning here"),
        (r"\log_7 49", "bases 2, 10 and e"),
        ("(" * 60 + "1" + ")" * 60, "pieces inside each other"),
        (r"\sum_{k=1}^{99999999}k", "terms are not summed"),
    ],
)
def test_what_is_not_understood_is_refused(latex: str, sentence: str) -> None:
    with pytest.raises(Unread) as refusal:
        value(latex)
    assert sentence in str(refusal.value)


def test_the_longest_name_is_meant() -> None:
    letters = {"h": "1", "h_t": "10", "h_{t-1}": "100", r"\hat h_t": "1000"}
    assert value(r"h + h_t + h_{t-1} + \hat h_t + \hat{h}_{t}", letters) == 2111


def test_a_letter_may_mean_a_function() -> None:
    assert value(r"f(a)+f(2a)", {"f": "tanh"}) == pytest.approx(math.tanh(-3) + math.tanh(-6))
    assert value(r"f(f(a, 2),\,n;\,1)", {"f": "(h, x, b) -> h * x + b"} | {"f(a, 2)": "5"}) == 21
    with pytest.raises(Unread, match="is given 1 values"):
        value("f(a)", {"f": "(h, x) -> h"})
    with pytest.raises(Unread, match="no bracket follows"):
        value("f+1", {"f": "tanh"})


def test_sums_and_products_run_over_their_bounds() -> None:
    assert value(r"\sum_{k=1}^{n}k^2") == 30
    assert value(r"\sum_{k=1}^{n}k+1") == 11
    assert value(r"\prod_{k=2}^{n}k") == 24
    assert value(r"\sum_{k=5}^{n}k") == 0
    assert value(r"\prod_{k=5}^{n}k") == 1
    assert value(r"\sum_{i=1}^{2}\sum_{k=1}^{3}i\,k") == 18
    assert value(r"-\frac12\sum_{i=1}^{2}\ln p_i", {"p_i": "y[i - 1]"}) == pytest.approx(-math.log(8) / 2)
    assert value(r"\sum_i y_i", {r"\sum_i": "range(2)", "y_i": "y[i]"}) == 6
    pairs = {r"\sum_{i,j}": "[[0, 0], [0, 1], [1, 2]]", "W_{ij}": "W[i, j]"}
    assert value(r"\sum_{i,j}W_{ij}", pairs) == 1 - 2 + 1


def test_a_product_of_matrices_grows_to_the_left() -> None:
    letters = {"J_t": "A + t * eye(2)"}
    np.testing.assert_allclose(value(r"\prod_{t=1}^{2}J_t", letters), (A + 2 * np.eye(2)) @ (A + np.eye(2)))


def test_numbers_of_a_text_count_with_all_their_decimals() -> None:
    node = read(tokens(r"1 <<b:+>> + <<w>>\cdot <<h:()2>>"), Names())
    assert Meaning({}, {"<<b": -0.123, "<<w": 2, "<<h": -0.5}).value(node) == pytest.approx(-0.123)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"\left( a \right)\,b", "(a)b"),
        (r"\mathrm{softmax}(z)", r"\operatorname{softmax} (z)"),
        (r"\dfrac{a}{b}", r"\frac a b"),
        (r"x_{t}^{2}", "x_t^2"),
        (r"\lVert g\rVert", r"\|g\|"),
        (r"\big(a\big)", "(a)"),
    ],
)
def test_what_only_moves_ink_is_left_out(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


def test_a_formula_is_cut_into_its_statements() -> None:
    said = statements(
        r"\begin{aligned}a&=b+c && \text{first}\\ &=d\\ f(x,y)&\le 2\end{aligned},\qquad \text{PPL: }p=[1,2]."
    )
    assert [str(statement) for statement in said] == [
        "a = b+c = d",
        r"f(x,y) \le 2",
        "p = [1,2]",
    ]
    assert [statement.equates for statement in said] == [True, False, True]
    assert [str(statement) for statement in statements(r"a,b\in\mathbb{R}^{n}")] == [
        r"a \in \mathbb R^n",
        r"b \in \mathbb R^n",
    ]


def test_a_maximum_and_a_minimum_run_over_their_values() -> None:
    window = {r"\max_{u,v<2}": "[[0, 0], [0, 1], [1, 0], [1, 1]]", "W_{u,v}": "W[u, v]"}
    assert value(r"\max_{u,v<2}W_{u,v}-1", window) == 2
    lowest = {r"\min_k": "range(2)", "y_k": "y[k]"}
    assert value(r"\min_k y_k", lowest) == 2
    assert value(r"\max_{k=1}^{n}(k-2)^2") == 4
    assert value(r"\max(a,2)") == 2
    assert (value(r"\max(1,3,n,2)"), value(r"\min(7,3,n)"), value(r"\max(a)")) == (4, 3, -3)
    with pytest.raises(Unread, match="of nothing"):
        value(r"\min_k y_k", {**lowest, r"\min_k": "range(0)"})
