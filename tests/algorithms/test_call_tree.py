"""The calls of a run: nested as they are, same arguments marked, what a memo answers marked."""

# ruff: noqa: E501 - a snippet a line is easier to read here
from __future__ import annotations

import pytest
from recursive_snippets import BINARY_SEARCH, FIB, FIB_CACHED, FIB_MEMO, HANOI, MERGE_SORT

from engine.algorithms.call_tree import MAX_SHOWN, call_tree
from engine.algorithms.reading import read
from engine.symbolic.findings import CallTree

SHOWN = [(FIB, "fib"), (FIB_MEMO, "fib"), (FIB_CACHED, "fib"), (HANOI, "hanoi"), (MERGE_SORT, "merge_sort"), (BINARY_SEARCH, "bs")]  # fmt: skip


def tree_of(code: str, function: str) -> CallTree:
    found = call_tree(read(code), function)
    assert found is not None
    return found


@pytest.mark.parametrize(("code", "function"), SHOWN)
def test_moments_are_each_one_entry_or_exit_and_nest(code: str, function: str) -> None:
    visits = tree_of(code, function).visits
    assert 1 < len(visits) <= MAX_SHOWN
    assert sorted(m for v in visits for m in (v.enters, v.leaves)) == list(range(2 * len(visits)))
    for number, visit in enumerate(visits):
        assert visit.number == number
        assert visit.enters < visit.leaves
        if visit.parent >= 0:
            parent = visits[visit.parent]
            assert parent.enters < visit.enters < visit.leaves < parent.leaves
        assert visits[visit.same].label == visit.label
        assert visit.same <= number


def test_fib_says_the_same_again_and_again() -> None:
    tree = tree_of(FIB, "fib")
    labels = [visit.label for visit in tree.visits]
    assert labels[0] == f"fib({tree.size})"
    assert all(labels.index(visit.label) == visit.same for visit in tree.visits)
    assert not any(visit.remembered for visit in tree.visits)
    callers = [visit.parent for visit in tree.visits]
    assert callers.count(-1) == 1
    assert all(callers.count(v.number) == (0 if v.label in ("fib(0)", "fib(1)") else 2) for v in tree.visits)
    assert {visit.label: visit.result for visit in tree.visits}["fib(6)"] == "8"


@pytest.mark.parametrize("code", [FIB_MEMO, FIB_CACHED])
def test_a_memo_answers_what_was_asked_before(code: str) -> None:
    tree = tree_of(code, "fib")
    assert len(tree.visits) == 2 * tree.size - 1
    again = {visit.number for visit in tree.visits if visit.same != visit.number}
    parents = {visit.parent for visit in tree.visits}
    assert {visit.number for visit in tree.visits if visit.remembered} == again - parents
    assert again


def test_what_never_ends_has_no_tree() -> None:
    assert call_tree(read("def f(n):\n    return f(n)\n"), "f") is None
