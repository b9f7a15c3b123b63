"""Worked numbers: expressions give what Python and NumPy give, and nothing else gets through."""

from __future__ import annotations

import ast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.placeholders import fill
from content.worked.drawing import broken, draw
from content.worked.evaluate import evaluate
from content.worked.naming import named, printed
from content.worked.reading import WorkedError, read

LEAVES = st.integers(-9, 9).map(str) | st.floats(-5, 5).map(lambda x: repr(round(x, 3)))
SUMS = st.recursive(
    LEAVES,
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(
        lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
    ),
    max_leaves=12,
)


@given(SUMS)
def test_arithmetic_is_pythons(text: str) -> None:
    try:
        expected = eval(compile(ast.parse(text, mode="eval"), "", "eval"), {"__builtins__": {}})  # noqa: S307 - oracle
    except ZeroDivisionError:
        with pytest.raises(WorkedError):
            evaluate(text, {})
        return
    assert evaluate(text, {}) == expected


def test_arrays_are_numpys() -> None:
    names = {"W": np.array([[1.0, 2.0], [3.0, 4.0]]), "x": np.array([0.5, -1.0])}
    assert np.allclose(
        evaluate("W @ x + W.T[0] * x", names), names["W"] @ names["x"] + names["W"][:, 0] * names["x"]
    )
    assert evaluate("W[1, 0]", names) == 3.0
    assert np.allclose(evaluate("stack(x, 2)[1:3]", names), [-1.0, 2.0])
    assert evaluate("eigmax(W)", names) == pytest.approx(max(abs(np.roots([1, -5, -2]))))
    assert evaluate("norm([3, 4])", {}) == 5.0
    assert np.allclose(evaluate("softmax([1, 2, 3])", {}), np.exp([1, 2, 3]) / np.exp([1, 2, 3]).sum())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("__import__('os')", "only numbers"),
        ("(1).__class__", "only numbers"),
        ("[x for x in [1]]", "only numbers"),
        ("lambda: 1", "only numbers"),
        ("f'{1}'", "only numbers"),
        ("1 if 1 else 2", "only numbers"),
        ("softmax(z=[1])", "only numbers"),
        ("True + 1", "only numbers"),
        ("1 +", "no expression"),
        ("a", "'a' has no value here"),
        ("sigmoit(1)", "did you mean sigmoid?"),
        ("9 ** 9 ** 9", "bits"),
        ("ones(99999, 99999)", "too large"),
        ("range(10 ** 9)", "too long"),
        ("factorial(10 ** 6)", "0 to 500"),
        ("1 / 0", "cannot be computed"),
        ("ln(0)", "not finite"),
        ("(-2) ** 0.5", "complex"),
        ("[[1, 2], [3]]", "cannot be computed"),
        ("[1, 2][5]", "cannot be computed"),
        ("[1, 2][0.5]", "no place"),
        ("(" * 60 + "1" + ")" * 60 + "+" * 700 + "1", "characters"),
        ("-" * 300 + "1", "levels"),
    ],
)
def test_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(WorkedError, match=sentence.replace("?", r"\?")):
        evaluate(text, {})


def test_the_column_is_told() -> None:
    with pytest.raises(WorkedError) as caught:
        read("1 + 'a'")
    assert caught.value.column == 5


def test_each_number_may_use_those_before() -> None:
    values = named({"x": [0.1, -2], "n": 3, "twice": "2 * x", "last": "twice[n - 2]"})
    assert fill("<<twice:1>> <<last>> <<n>>", {name: printed(value) for name, value in values.items()}) == (
        r"[0.2,\,-4.0] -4 3"
    )
    with pytest.raises(WorkedError, match=r"late: .*'x' has no value here"):
        named({"late": "x", "x": 1})
    with pytest.raises(WorkedError, match="is no name"):
        named({"Big": 1})


@pytest.mark.parametrize(
    "kind", ["scalar", "unit", "positive", "2..5", "[3]", "[2, 4]", "unit [3]", "positive [2]"]
)
def test_draws_are_of_their_kind(kind: str) -> None:
    values = [draw(kind, np.random.default_rng(seed)) for seed in range(40)]
    flat = np.concatenate([np.atleast_1d(value).ravel() for value in values])
    if kind.startswith("unit"):
        assert flat.min() > 0
        assert flat.max() < 1
    if kind.startswith("positive"):
        assert flat.min() > 0
    if kind == "2..5":
        assert set(values) == {2, 3, 4, 5}
    if "[" in kind:
        assert np.shape(values[0]) == tuple(ast.literal_eval(kind[kind.index("[") :]))


def test_an_equation_that_does_not_hold_is_told() -> None:
    kinds = {"a": "scalar", "b": "[3]"}
    assert broken("x", kinds, "(a + 1) * b == a * b + b") == ""
    assert "at draw 0" in broken("x", kinds, "a * b == a + b")
    assert "shape" in broken("x", kinds, "a * b == a")
    with pytest.raises(WorkedError, match="left == right"):
        broken("x", kinds, "a")
    with pytest.raises(WorkedError, match="no kind of value"):
        draw("large", np.random.default_rng(0))
    with pytest.raises(WorkedError, match="no two different numbers"):
        draw("3..3", np.random.default_rng(0))
