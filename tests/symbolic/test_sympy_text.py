"""What is written for SymPy: SymPy reads it back and comes to the same numbers as we do."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import Add, Big, Call, Div, Expr, Mul, Neg, Num, Pow, Sym, Term, num, walk
from engine.symbolic.formulas import formula
from engine.symbolic.sympy_text import sympy_text

N, K = Sym("n"), Sym("k")

LEAVES: st.SearchStrategy[Expr] = st.one_of(
    st.just(N),
    st.just(K),
    st.integers(-3, 6).map(num),
    st.fractions(-2, 5, max_denominator=4).map(Num),
)
ROUNDED = st.sampled_from(["floor", "ceil"])


def _compound(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    size = st.one_of(st.just(N), st.just(Add((N, K))), st.just(Mul((num(3), N))))
    return st.one_of(
        inner.map(Neg),
        several.map(Add),
        several.map(Mul),
        st.tuples(inner, inner).map(lambda pair: Div(*pair)),
        st.tuples(inner, st.integers(-2, 3).map(num)).map(lambda pair: Pow(*pair)),
        st.tuples(st.integers(2, 4).map(num), inner).map(lambda pair: Pow(*pair)),
        st.tuples(ROUNDED, inner).map(lambda pair: Call(*pair)),
        inner.map(lambda body: Call("abs", body)),
        inner.map(lambda body: Call("sin", body)),
        inner.map(lambda body: Call("cos", body)),
        st.tuples(st.sampled_from(["factorial", "harmonic", "sqrt", "ln", "exp"]), size).map(
            lambda pair: Call(*pair)
        ),
        st.tuples(size, st.sampled_from([num(2), num(10), Num(Fraction(3, 2))])).map(
            lambda pair: Call("log", *pair)
        ),
        st.tuples(st.sampled_from(["max", "min"]), inner, inner).map(lambda three: Call(*three)),
        st.tuples(inner, st.integers(2, 5).map(num)).map(lambda pair: Call("mod", *pair)),
        st.tuples(size, st.integers(0, 4).map(num)).map(lambda pair: Call("binomial", *pair)),
        inner.map(lambda body: Big("sum", Add((body, Sym("i"))), "i", num(1), N)),
        inner.map(lambda body: Big("prod", Add((body, Sym("i"))), "i", num(1), num(3))),
    )


TREES = st.recursive(LEAVES, _compound, max_leaves=6)


@settings(max_examples=150, deadline=None)
@given(TREES, st.integers(1, 6), st.integers(1, 4))
def test_sympy_reads_the_same_value(tree: Expr, n: int, k: int) -> None:
    try:
        ours = float(evaluate(tree, Letters({"n": Fraction(n), "k": Fraction(k)})))
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        assume(False)
    assume(1e-6 < abs(ours) < 1e12 or ours == 0)
    if any(isinstance(part, float) for part in _rounded_floats(tree, n, k)):
        assume(False)  # floor and mod of a float may differ in the last bit
    read = sympy.sympify(sympy_text(tree))  # noqa: TID251 - our own text, and reading it is the point
    theirs = complex(read.subs({"n": n, "k": k}).doit().evalf(30))
    assert theirs.imag == 0
    assert math.isclose(theirs.real, ours, rel_tol=1e-9, abs_tol=1e-9)


def _rounded_floats(tree: Expr, n: int, k: int) -> list[object]:
    inside = [
        part.body for part in walk(tree) if isinstance(part, Call) and part.name in ("floor", "ceil", "mod")
    ]
    meaning = Letters({"n": Fraction(n), "k": Fraction(k)})
    return [evaluate(body, meaning, {"i": 1}) for body in inside]


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Mul((Num(Fraction(3, 2)), N)), "3*n/2"),
        (Mul((Num(Fraction(1, 2)), N, Add((N, num(1))))), "n*(n + 1)/2"),
        (Div(Mul((N, Add((N, num(1))))), num(2)), "n*(n + 1)/2"),
        (Mul((N, Call("log", N, num(2)))), "n*log(n)/log(2)"),
        (Neg(Pow(num(2), N)), "-2**n"),
        (Mul((N, Div(num(1), Mul((num(2), K))))), "n/(2*k)"),
        (Mul((N, Div(num(1), Add((num(2), K))))), "n/(2 + k)"),
        (Pow(num(-2), N), "(-2)**n"),
        (Pow(Pow(N, num(2)), K), "(n**2)**k"),
        (Big("sum", Term("T", Sym("i")), "i", num(0), N), "Sum(T(i), (i, 0, n))"),
        (Sym("N"), "n"),
        (Sym("lambda"), "lambda_"),
    ],
)
def test_text_is_what_one_would_write(tree: Expr, text: str) -> None:
    assert sympy_text(tree) == text


def test_a_class_is_no_function() -> None:
    with pytest.raises(ValueError, match="class"):
        formula(Call("Theta", N))


def test_all_three_ways() -> None:
    ways = formula(Call("binomial", N, num(2)))
    assert (ways.latex, ways.text, ways.sympy) == (r"\binom{n}{2}", "binomial(n, 2)", "binomial(n, 2)")


@pytest.mark.parametrize("k", [49, 50, 60, 100])
def test_rounded_logarithms_and_roots_are_exact(k: int) -> None:
    """2^k - 1 lies below 2^k by less than a float can tell."""
    n = Letters({"n": Fraction(2**k - 1)})
    assert evaluate(Call("floor", Call("log", N, num(2))), n) == k - 1
    assert evaluate(Call("ceil", Call("log", N, num(2))), n) == k
    square = Letters({"n": Fraction((2**k) ** 2 - 1)})
    assert evaluate(Call("floor", Call("sqrt", N)), square) == 2**k - 1
    assert evaluate(Call("ceil", Call("sqrt", N)), square) == 2**k


def test_large_harmonic_numbers_join_the_exact_ones() -> None:
    exact = sum(1 / k for k in range(3000, 0, -1))
    assert math.isclose(float(evaluate(Call("harmonic", num(3000)), Letters({}))), exact, rel_tol=1e-14)


@pytest.mark.parametrize("name", ["factorial", "exp"])
def test_what_is_too_large_is_an_overflow(name: str) -> None:
    with pytest.raises(OverflowError):
        evaluate(Call(name, num(10**9)), Letters({}))


@pytest.mark.parametrize(
    ("n", "times"), [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (16, 3), (17, 4), (65536, 4), (65537, 5)]
)
def test_log_star(n: int, times: int) -> None:
    assert evaluate(Call("logstar", num(n)), Letters({})) == times
