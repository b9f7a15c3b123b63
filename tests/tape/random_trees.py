"""Random trees about a network, of a wanted shape: what may stand in a line of a derivation."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from engine.derivations.programs import program
from engine.symbolic.jobs import GradientJob
from engine.tape import makers
from engine.tape.index import At, at, first, last, t
from engine.tape.nodes import NUMBER, Fill, Node, Shape
from engine.working.vocabulary import Vocabulary, vocabulary

JOBS = (
    GradientJob(outputs="each", loss="cross-entropy"),
    GradientJob("lstm", gates="stacked", outputs="each"),
    GradientJob("gru"),
    GradientJob("layers"),
    GradientJob("birnn"),
    GradientJob("attention"),
    GradientJob("rnn", scalar=True),
    GradientJob("lstm", scalar=True),
)
TIMES = (t, t - 1, t + 1, last, At("j"), at(2))
LETTERS = {"t": 2, "T": 3, "j": 1}


@lru_cache
def known(job: GradientJob) -> Vocabulary:
    return vocabulary(program(job))


@st.composite
def trees(draw: DrawFn, job: GradientJob | None = None) -> tuple[Vocabulary, Node]:
    names = known(job or draw(st.sampled_from(JOBS)))
    shapes = sorted({entry.shape for entry in names.entries.values()})
    return names, draw(tree(names, draw(st.sampled_from(shapes)), draw(st.integers(0, 3))))


@st.composite
def tree(draw: DrawFn, names: Vocabulary, shape: Shape, depth: int) -> Node:
    if not depth:
        return draw(leaf(names, shape))
    ways: list[Callable[[DrawFn, Callable[[Shape], Node], Shape], Node]] = [
        _sum, _difference, _by_elements, _scaled, _quotient, _power, _function, _negated, _summed,
        *([_product] * 3 if shape != NUMBER else []),
        *([_diagonal, _ordered] if shape[0] == shape[1] != "1" else []),
        *([_softmax] if shape[1] == "1" != shape[0] else []),
        *([_length, _inner] if shape == NUMBER and not names.small else []),
        *([_turned] if shape != NUMBER else []),
        *([_upper] if shape == ("h", "1") and "v" in names.entries and not names.small else []),
    ]  # fmt: skip
    way = draw(st.sampled_from(ways))
    return way(draw, lambda wanted: draw(tree(names, wanted, draw(st.integers(0, depth - 1)))), shape)


@st.composite
def leaf(draw: DrawFn, names: Vocabulary, shape: Shape) -> Node:
    entries = [entry for entry in names.entries.values() if shape in (entry.shape, entry.shape[::-1])]
    if not entries:
        rows, columns = shape
        return makers.matmul(draw(leaf(names, (rows, "1"))), draw(leaf(names, ("1", columns))))
    if shape == NUMBER and draw(st.booleans()):
        return makers.fill(draw(st.sampled_from([2, 3, Fraction(1, 2), Fraction(2, 3)])))
    entry = draw(st.sampled_from(entries))
    at_time = entry.at(draw(st.sampled_from(TIMES)) if entry.timed else None)
    is_slope = draw(st.booleans()) and entry.name != "L"
    found: Node = makers.slope(at_time) if is_slope else at_time
    return found if shape == entry.shape else makers.transpose(found)


Grow = Callable[[Shape], Node]


def _sum(draw: DrawFn, grow: Grow, shape: Shape) -> Node:
    terms = [grow(shape) for _ in range(draw(st.integers(2, 3)))]
    return terms[0] if any(isinstance(term, Fill) for term in terms) else makers.add(*terms)


def _difference(draw: DrawFn, grow: Grow, shape: Shape) -> Node:
    """1 - x, x - y."""
    body = grow(shape)
    if isinstance(body, Fill):
        return body
    return makers.minus(makers.fill(1, shape) if draw(st.booleans()) else grow(shape), body)


def _by_elements(draw: DrawFn, grow: Grow, shape: Shape) -> Node:
    return makers.times(*(grow(shape) for _ in range(draw(st.integers(2, 3)))))


def _scaled(draw: DrawFn, grow: Grow, shape: Shape) -> Node:
    number, body = grow(NUMBER), grow(shape)
    return makers.times(body, number) if draw(st.booleans()) else makers.times(number, body)


def _quotient(draw: DrawFn, grow: Grow, shape: Shape) -> Node:
    below = grow(NUMBER if draw(st.booleans()) else shape)
    above = grow(shape)
    return below if isinstance(above, Fill) and isinstance(below, Fill) else makers.over(above, below)


def _power(draw: DrawFn, grow: Grow, shape: Shape) -> Node:
    body = grow(shape)
    return body if isinstance(body, Fill) else makers.power(makers.fn("tanh", body), draw(st.integers(2, 3)))


def _function(draw: DrawFn, grow: Grow, shape: Shape) -> Node:
    name = draw(st.sampled_from(["tanh", "sigmoid", "exp", "relu", "log"]))
    return makers.fn(name, grow(shape), name != "log" and draw(st.booleans()))


def _negated(_: DrawFn, grow: Grow, shape: Shape) -> Node:
    return makers.neg(grow(shape))


def _summed(draw: DrawFn, grow: Grow, shape: Shape) -> Node:
    low, high = draw(st.sampled_from([(first, last), (At("t") + 1, last), (first, t - 1)]))
    return makers.sum_over(grow(shape), "j", low, high)


def _product(draw: DrawFn, grow: Grow, shape: Shape) -> Node:
    """The inner size is one that makes no number of a factor."""
    inner = draw(st.sampled_from(["h", "d", "k"] if "1" in shape else ["h", "d", "k", "1"]))
    return makers.matmul(grow((shape[0], inner)), grow((inner, shape[1])))


def _diagonal(_: DrawFn, grow: Grow, shape: Shape) -> Node:
    return makers.diag(grow((shape[0], "1")))


def _ordered(_: DrawFn, grow: Grow, shape: Shape) -> Node:
    return makers.prod_over(grow(shape), "j", t, last)


def _softmax(_: DrawFn, grow: Grow, shape: Shape) -> Node:
    return makers.softmax(grow(shape))


def _length(_: DrawFn, grow: Grow, __: Shape) -> Node:
    return makers.norm(grow(("h", "1")))


def _inner(_: DrawFn, grow: Grow, __: Shape) -> Node:
    return makers.matmul(grow(("1", "k")), grow(("k", "1")))


def _turned(_: DrawFn, grow: Grow, shape: Shape) -> Node:
    return makers.transpose(grow(shape[::-1]))


def _upper(draw: DrawFn, grow: Grow, __: Shape) -> Node:
    return makers.part(makers.stack(grow(("h", "1")), grow(("d", "1"))), draw(st.just(True)))


__all__ = ["JOBS", "LETTERS", "TIMES", "SearchStrategy", "known", "leaf", "tree", "trees"]
