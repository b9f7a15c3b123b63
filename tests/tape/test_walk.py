"""Going through trees, against an evaluator that knows nothing of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.tape import makers as make
from engine.tape.index import At, at, first, last, t
from engine.tape.nodes import Beside, Node, Prod, Sum, Var
from engine.tape.opened import opened
from engine.tape.tidy import split, tidy
from engine.tape.walk import children, exchange, put, remade, swap, variables, walk
from tests.tape.random_trees import LETTERS, trees
from tests.tape.tree_values import valued

H, x, y = ("h", "1"), make.var("x", ("h", "1"), t), make.var("y", ("h", "1"), t - 1)
W = make.var("W", ("h", "h"))
j, k = At("j"), At("k")


def same(first_one: Node, second: Node, letters: dict[str, int] = LETTERS) -> bool:
    return first_one.shape == second.shape and np.allclose(
        valued(first_one, letters), valued(second, letters), rtol=1e-10, atol=1e-12, equal_nan=True
    )


@settings(max_examples=60)
@given(trees())
def test_a_node_made_again_from_its_parts_is_itself(drawn: tuple[object, Node]) -> None:
    for part in walk(drawn[1]):
        if children(part):
            assert remade(part, children(part)) is part


@settings(max_examples=60)
@given(trees())
def test_nothing_changes_where_nothing_is_swapped(drawn: tuple[object, Node]) -> None:
    assert swap(drawn[1], lambda _: None) is drawn[1]


@settings(max_examples=60)
@given(trees(), st.sampled_from([1, 2, 3]))
def test_a_time_for_a_letter_gives_the_value_at_that_time(drawn: tuple[object, Node], time: int) -> None:
    with np.errstate(all="ignore"):
        here = valued(put(drawn[1], "t", at(time)), LETTERS)
        there = valued(drawn[1], {**LETTERS, "t": time})
    assert np.allclose(here, there, equal_nan=True)


def test_a_time_is_shifted_along() -> None:
    assert put(y, "t", At("T", 2)) is make.var("y", H, At("T", 1))
    assert put(make.slope(y), "t", at(3)) is make.slope(make.var("y", H, at(2)))
    moved = put(make.partial(x, y, ("z",)), "t", k + 1)
    assert moved is make.partial(make.var("x", H, k + 1), make.var("y", H, k), ("z",))


@pytest.mark.parametrize("over", [make.sum_over, lambda *of: make.beside(*of, "T")])
def test_a_letter_that_is_summed_over_stays(over: object) -> None:
    body = make.var("x", H, j)
    whole = over(body, "j", t, last)  # type: ignore[operator] # one of the two above
    moved = put(put(whole, "j", at(1)), "t", at(2))
    assert isinstance(moved, Sum | Beside)
    assert (moved.body, moved.low, moved.high) == (body, at(2), last)


def test_bounds_of_a_product_move_and_its_index_stays() -> None:
    step = make.partial(make.var("h", H, k), make.var("h", H, k - 1))
    moved = put(make.prod_over(step, "k", j + 1, last), "j", at(2))
    assert isinstance(moved, Prod)
    assert (moved.low, moved.body) == (at(3), step)


def test_variables_are_found_once_from_left_to_right_and_not_inside_slopes() -> None:
    tree = make.add(make.matmul(W, x), make.matmul(W, y), make.slope(make.var("z", H)))
    assert variables(tree) == (W, x, y)
    assert variables(x) == (x,)


def test_exchanged_nodes_are_made_anew() -> None:
    tree = make.add(make.matmul(W, x), y)
    assert exchange(tree, {W: make.eye("h"), y: make.fill(0, H)}) is x
    assert exchange(tree, {}) is tree


def test_every_kind_of_node_can_be_walked() -> None:
    ones = make.fill(1, H)
    for node in (
        make.kron(W, x),
        make.diag(x),
        make.norm(x),
        make.stack(x, y),
        make.part(make.stack(x, make.var("u", ("d", "1"))), upper=True),
        make.column_of(W, at(1)),
        make.power(make.over(x, ones), 2),
        make.softmax(make.neg(x)),
        make.transpose(make.fn("tanh", x)),
        make.beside(make.var("x", H, j), "j", first, last, "T"),
    ):
        assert any(isinstance(leaf, Var) for leaf in walk(node))
        assert remade(node, children(node)) is node


# --- tidy and opened ---


@settings(max_examples=60)
@given(trees())
def test_tidy_trees_are_worth_the_same_and_stay_tidy(drawn: tuple[object, Node]) -> None:
    tidied = tidy(drawn[1])
    with np.errstate(all="ignore"):
        assert same(tidied, drawn[1])
    assert tidy(tidied) is tidied


@settings(max_examples=60)
@given(trees())
def test_sums_written_out_are_worth_the_same(drawn: tuple[object, Node]) -> None:
    with np.errstate(all="ignore"):
        assert same(opened(drawn[1], {"T": 3}), drawn[1])
        written = opened(drawn[1], LETTERS)
        assert same(written, drawn[1])
    assert not any(isinstance(part, Sum | Prod) for part in walk(written))


def test_what_a_writer_does_in_the_head() -> None:
    e, two = make.minus(x, y), make.fill(2)
    assert tidy(make.times(make.HALF, two, e)) is e
    assert tidy(make.add(x, y, x)) is make.add(make.times(two, x), y)
    assert tidy(make.add(x, make.neg(x))) is make.fill(0, H)
    assert tidy(make.matmul(make.diag(x), make.diag(y), W)) is make.matmul(make.diag(make.times(x, y)), W)
    assert tidy(make.matmul(make.diag(x), y)) is make.times(x, y)
    assert tidy(make.minus(make.diag(x), make.diag(y))) is make.diag(e)
    number = make.var("c", make.NUMBER)
    assert tidy(make.times(make.matmul(make.fill(1, H), number), x)) is make.times(number, x)


def test_a_number_is_split_off() -> None:
    number, rest = split(make.neg(make.over(make.times(make.fill(3), x), y)))
    assert (number, rest) == (-3, make.over(x, y))


def test_a_product_without_factors_is_the_identity_and_a_sum_without_terms_zero() -> None:
    step = make.var("J", ("h", "h"), k)
    assert opened(make.prod_over(step, "k", j + 1, last), {"T": 2, "j": 2}) is make.eye("h")
    assert opened(make.sum_over(step, "k", j + 1, last), {"T": 2, "j": 2}) is make.fill(0, ("h", "h"))
    latest_left = make.matmul(make.var("J", ("h", "h"), at(3)), make.var("J", ("h", "h"), at(2)))
    assert opened(make.prod_over(step, "k", at(2), last), {"T": 3}) is latest_left
