"""Rows for columns: the mirrored tree is the transposed matrix, and reads as one would write it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from random_trees import LETTERS, trees
from tree_values import valued

from engine.errors import FormulaError
from engine.symbolic.tokens import MAX_CHARACTERS
from engine.tape.index import At, at, first, last, t
from engine.tape.latex import latex
from engine.tape.makers import (
    add,
    beside,
    column_of,
    diag,
    eye,
    fn,
    kron,
    matmul,
    partial,
    prod_over,
    slope,
    stack,
    sum_over,
    transpose,
    var,
)
from engine.tape.mirror import mirrored
from engine.tape.nodes import Node
from engine.working.typed import read
from engine.working.vocabulary import Vocabulary

H, K, J = ("h", "1"), At("k"), At("j")
W_h, W_i = var("W_h", ("h", "h")), var("W_i", ("h", "d"))
h_before, x_t, a_t = var("h", H, t - 1), var("x", ("d", "1"), t), var("a", H, t)

WRITTEN = {
    r"h_{t-1} W_h + x_t W_i + b_h": add(matmul(W_h, h_before), matmul(W_i, x_t), var("b_h", H)),
    r"\sum_{t=1}^{T} h_{t-1}^{\top} \delta_t": sum_over(
        matmul(slope(a_t), transpose(h_before)), "t", first, last
    ),
    r"\prod_{k=j+1}^{T} W_h \operatorname{diag}(\tanh'(a_k))": prod_over(
        matmul(diag(fn("tanh", var("a", H, K), True)), W_h), "k", J + 1, last
    ),
    r"\begin{bmatrix} h_{t-1} & x_t \end{bmatrix}": stack(h_before, x_t),
    r"\begin{bmatrix} h_1 \\ \vdots \\ h_T \end{bmatrix}": beside(var("h", H, J), "j", first, last, "T"),
    r"H_{t,:}": column_of(var("H", ("h", "T")), t),
}


@pytest.mark.parametrize("written", WRITTEN)
def test_is_written_with_rows(written: str) -> None:
    assert latex(mirrored(WRITTEN[written])) == written


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(trees())
def test_is_the_transpose(found: tuple[Vocabulary, Node]) -> None:
    _, node = found
    _assert_transposed(node)


@pytest.mark.parametrize(
    "node",
    [
        *WRITTEN.values(),
        kron(transpose(h_before), eye("h")),
        prod_over(partial(var("h", H, K), var("h", H, K - 1)), "k", at(2), last),
        matmul(partial(var("h", H, t), W_h, ("h",)), transpose(partial(var("h", H, t), W_h, ("h",)))),
    ],
    ids=latex,
)
def test_of_matrices_of_columns_too(node: Node) -> None:
    _assert_transposed(node)


def _assert_transposed(node: Node) -> None:
    with np.errstate(all="ignore"):
        straight, turned = valued(node, LETTERS), valued(mirrored(node), LETTERS, turned=True)
    np.testing.assert_allclose(turned, straight.T, rtol=1e-9, atol=1e-12)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(trees())
def test_is_read_as_rows_again(found: tuple[Vocabulary, Node]) -> None:
    """Read with vectors as rows, it has the numbers of the tree in columns."""
    known, node = found
    text = latex(mirrored(node))
    if len(text) > MAX_CHARACTERS:
        return
    try:
        again = read(text, replace(known, rows=True)).right
    except FormulaError as error:
        assert "more than 200" in error.reason, (text, error.reason)
        return
    with np.errstate(all="ignore"):
        one, other = valued(node, LETTERS), valued(again, LETTERS)
    np.testing.assert_allclose(other, one, rtol=1e-9, atol=1e-12, err_msg=text)


@given(trees())
def test_twice_is_the_same_but_for_products_over_time(found: tuple[Vocabulary, Node]) -> None:
    _, node = found
    if r"\prod" not in latex(node):
        assert mirrored(mirrored(node)) is node
