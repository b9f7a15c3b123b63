"""The language itself: equal nodes are one object, shapes must fit, nothing is written that says nothing."""

from __future__ import annotations

import gc

import pytest

from engine.tape import nodes
from engine.tape.index import At, Span, at, first, last, t
from engine.tape.makers import (
    NUMBER,
    ONE,
    ShapeError,
    add,
    column_of,
    diag,
    eye,
    fill,
    fn,
    kron,
    matmul,
    minus,
    neg,
    over,
    part,
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

W_h, W_i = var("W_h", ("h", "h")), var("W_i", ("h", "d"))
h, x = var("h", ("h", "1"), t - 1), var("x", ("d", "1"), t)
delta = slope(var("a", ("h", "1"), t))


def test_equal_nodes_are_one_object() -> None:
    assert matmul(transpose(W_h), delta) is matmul(transpose(var("W_h", ("h", "h"))), delta)
    assert add(h, delta) is not add(delta, h)  # the order of writing is kept
    assert var("h", ("h", "1"), t) is not var("h", ("h", "1"), t - 1)


def test_nodes_that_nobody_holds_are_forgotten() -> None:
    gc.collect()
    before = len(nodes._made)
    many = [power(var("h", ("h", "1"), at(n)), 2) for n in range(1000, 1100)]
    assert len(nodes._made) >= before + 200
    del many
    gc.collect()
    assert len(nodes._made) <= before + 2


@pytest.mark.parametrize(
    "make",
    [
        lambda: matmul(W_i, h),
        lambda: matmul(W_h, W_i, h),
        lambda: add(h, x),
        lambda: minus(h, x),
        lambda: times(h, x),
        lambda: over(h, x),
        lambda: diag(W_h),
        lambda: stack(W_h, h),
        lambda: part(h, True),
        lambda: prod_over(W_i, "k", first, last),
    ],
)
def test_what_does_not_fit_is_refused(make: object) -> None:
    with pytest.raises(ShapeError):
        make()  # type: ignore[operator]  # a list of functions is a list of objects to mypy


def test_what_does_not_fit_is_told_by_name_and_shape() -> None:
    with pytest.raises(ShapeError, match=r"W_i \(h × d\) times h \(h × 1\) does not fit"):
        matmul(W_i, h)


def test_shapes() -> None:
    assert matmul(delta, transpose(h)).shape == ("h", "h")
    assert partial(var("h", ("h", "1"), t), W_i).shape == ("h", "d·h")
    assert partial(var("L", NUMBER), var("h", ("h", "1"), t)).shape == ("1", "h")
    assert kron(transpose(x), eye("h")).shape == ("h", "d·h")
    both = stack(h, x)
    assert both.shape == ("h+d", "1")
    assert part(both, True).shape == ("h", "1")
    assert part(both, False).shape == ("d", "1")
    assert column_of(W_i, first).shape == ("h", "1")


def test_nothing_is_written_that_says_nothing() -> None:
    assert matmul(eye("h"), h) is h
    assert add(h, fill(0, ("h", "1"))) is h
    assert times(ONE, h) is h
    assert transpose(transpose(W_h)) is W_h
    assert neg(neg(h)) is h
    assert fn("identity", h) is h
    assert fn("identity", h, primed=True) is fill(1, ("h", "1"))
    assert diag(fill(1, ("h", "1"))) is eye("h")
    assert transpose(matmul(W_h, h)) is matmul(transpose(h), transpose(W_h))
    assert matmul(neg(W_h), neg(h)) is matmul(W_h, h)
    assert matmul(fill(0, ("h", "h")), h) is fill(0, ("h", "1"))
    assert sum_over(fill(0, ("h", "1")), "t", first, last) is fill(0, ("h", "1"))


def test_of_numbers_transposes_and_diagonals_vanish() -> None:
    w, s = var("W_h", NUMBER), var("h", NUMBER, t)
    assert transpose(w) is w
    assert diag(s) is s
    assert eye("1") is ONE
    assert matmul(transpose(w), s) is times(w, s)
    assert kron(s, ONE) is s


def test_times_and_spans() -> None:
    assert str(t - 1) == "t-1"
    assert str(last) == "T"
    assert (At("j") + 1).put("j", at(3)) == at(4)
    assert (t - 1).number({"t": 3}) == 2
    assert Span("t", first, last - 1, falling=True).times({"T": 4}) == [3, 2, 1]
    assert Span("t", first, last - 1).times({"T": 1}) == []
    cut = Span("t", first, last, window=2, cut=True)
    kept = Span("t", first, last, window=2)
    assert cut.times({"T": 5}) == [2, 4]
    assert kept.times({"T": 5}) == [1, 3, 5]
    with pytest.raises(KeyError):
        t.number({"T": 4})
