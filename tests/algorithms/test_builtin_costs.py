"""The costs of built-ins that are told are those that the interpreter counts."""

from __future__ import annotations

import math

import pytest

from engine.algorithms.builtin_costs import CONVENTION, Cost
from engine.algorithms.interpreter import run
from engine.algorithms.reading import read

AMOUNTS = {
    "k": lambda k: k,
    "2k": lambda k: 2 * k,
    "k log k": lambda k: k * math.ceil(math.log2(k)),
    "log k": lambda k: len(f"{k:b}"),
}


@pytest.mark.parametrize("cost", CONVENTION, ids=lambda cost: cost.built_in)
@pytest.mark.parametrize("k", [1, 2, 7, 16, 33])
def test_cost_is_what_is_counted(cost: Cost, k: int) -> None:
    tally = run(read(cost.built_in), "", {"a": list(range(k)), "h": list(range(1, k + 1)), "k": k})
    assert tally.costs.get(1, 0) == AMOUNTS[cost.cost](k)
    assert tally.lines == {1: 1}


@pytest.mark.parametrize(
    "code", ["a.append(1)", "a.pop()", "a[3]", "len(a)", "d[1]", "1 in d", "x = a", "range(k)"]
)
def test_the_rest_costs_nothing_more(code: str) -> None:
    assert run(read(code), "", {"a": list(range(9)), "d": {1: 2}, "k": 9}).costs == {}


def test_a_search_costs_as_far_as_it_goes() -> None:
    assert [run(read("x in a"), "", {"a": [5, 6, 7], "x": x}).costs[1] for x in (5, 6, 7, 8)] == [1, 2, 3, 3]
    assert [run(read("a.pop(i)"), "", {"a": [5, 6, 7], "i": i}).costs.get(1, 0) for i in (0, 1, 2, -1)] == [
        3,
        2,
        1,
        1,
    ]
