"""Trees as text that can be typed: what is printed is read back as the same node."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from random_trees import trees

from engine.symbolic.tokens import MAX_CHARACTERS
from engine.tape.index import At, first, last, t
from engine.tape.makers import (
    HALF,
    beside,
    column_of,
    fill,
    matmul,
    minus,
    norm,
    partial,
    power,
    prod_over,
    slope,
    stack,
    sum_over,
    times,
    transpose,
    var,
)
from engine.tape.nodes import NUMBER, Node
from engine.tape.plain import plain
from engine.working.typed import read
from engine.working.vocabulary import Vocabulary

H = ("h", "1")
h_t, W_h = var("h", H, t), var("W_h", ("h", "h"))

PRINTED = {
    "sum_{t=1}^{T} delta_t h_{t-1}ᵀ": sum_over(
        matmul(slope(var("a", H, t)), transpose(var("h", H, t - 1))), "t", first, last
    ),
    "dL/dh_t ⊙ (1 - h_t^2)": times(slope(h_t), minus(fill(1, H), power(h_t, 2))),
    "prod_{k=j+1}^{T} dh_k/dh_{k-1}": prod_over(
        partial(var("h", H, At("k")), var("h", H, At("k") - 1)), "k", At("j") + 1, last
    ),
    "d⁺h_j/dvec(W_h)": partial(var("h", H, At("j")), W_h, ("h",)),
    "dL/dh_Tᵀ": partial(var("L", NUMBER), var("h", H, last)),
    "delta_{f,t-1}": slope(var("a_f", H, t - 1)),
    "delta_rev_{t+1}": slope(var("a_rev", H, t + 1)),
    "w_h h_t": times(var("W_h", NUMBER), var("h", NUMBER, t)),
    "1/2 norm(yhat - y)^2": times(HALF, power(norm(minus(var("yhat", H), var("y", H))), 2)),
    "[h_t; x_t]": stack(h_t, var("x", ("d", "1"), t)),
    "columns_{j=1}^{T} h_j": beside(var("h", H, At("j")), "j", first, last, "T"),
    "column_{t}(K)": column_of(var("K", ("n", "T")), t),
    "n ⊙ h_tᵀ": times(var("n", NUMBER), transpose(h_t)),
    "ones_hᵀ x": matmul(fill(1, ("1", "h")), var("x", H)),
}


@pytest.mark.parametrize("text", PRINTED)
def test_prints(text: str) -> None:
    assert plain(PRINTED[text]) == text


def test_puts_numbers_for_letters_but_not_for_those_that_are_summed_over() -> None:
    node = PRINTED["sum_{t=1}^{T} delta_t h_{t-1}ᵀ"]
    assert plain(node, {"T": 3, "t": 2}) == "sum_{t=1}^{3} delta_t h_{t-1}ᵀ"
    assert plain(h_t, {"t": 2}) == "h_2"


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(trees())
def test_is_read_back_as_the_same_node(found: tuple[Vocabulary, Node]) -> None:
    known, node = found
    text = plain(node)
    if len(text) <= MAX_CHARACTERS:
        assert read(text, known).right is node, text
