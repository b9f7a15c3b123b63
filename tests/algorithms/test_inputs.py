"""What a function wants, told from how it uses it; and that it accepts what it is then given."""

# ruff: noqa: E501 - a snippet a line is easier to read here
from __future__ import annotations

import pytest
from recursive_snippets import BINARY_SEARCH, FIB_MEMO, HANOI, MERGE_SORT, QUICK_SORT, SUBSETS

from engine.algorithms import inputs
from engine.algorithms.interpreter import run
from engine.algorithms.reading import read

LCS = (
    "def lcs(X, Y, m, n):\n    if m == 0 or n == 0:\n        return 0\n    if X[m-1] == Y[n-1]:\n"
    "        return 1 + lcs(X, Y, m-1, n-1)\n    return max(lcs(X, Y, m, n-1), lcs(X, Y, m-1, n))\n"
)
PRODUCT = (
    "def mm(A, B):\n    n = len(A)\n    C = [[0] * n for _ in range(n)]\n    for i in range(n):\n        for j in range(n):\n"
    "            for k in range(n):\n                C[i][j] += A[i][k] * B[k][j]\n    return C\n"
)
WANTED = [
    ("def f(n):\n    for i in range(n):\n        pass\n", "f", {"n": ("size", "n")}),
    ("for i in range(n):\n    for j in range(m):\n        print(i, j)\n", "", {"n": ("size", "n"), "m": ("size", "m")}),
    (BINARY_SEARCH, "bs", {"arr": ("list", "n"), "lo": ("first index", "n"), "hi": ("last index", "n"), "x": ("target", "n")}),
    (QUICK_SORT, "quicksort", {"a": ("list", "n"), "lo": ("first index", "n"), "hi": ("last index", "n")}),
    (MERGE_SORT, "merge", {"a": ("list", "n"), "b": ("list", "m")}),
    (HANOI, "hanoi", {"n": ("size", "n"), "a": ("any", ""), "b": ("any", ""), "c": ("any", "")}),
    (SUBSETS, "subsets", {"nums": ("list", "n"), "i": ("first index", "n"), "cur": ("empty list", ""), "res": ("empty list", "")}),
    (FIB_MEMO, "fib", {"n": ("size", "n"), "memo": ("default", "")}),
    (LCS, "lcs", {"X": ("list", "m"), "Y": ("list", "n"), "m": ("size", "m"), "n": ("size", "n")}),
    (PRODUCT, "mm", {"A": ("matrix", "n"), "B": ("matrix", "n")}),
    ("def f(s):\n    return s == s[::-1]\n", "f", {"s": ("text", "n")}),
    ("def f(arr, n):\n    for i in range(n):\n        print(arr[i])\n", "f", {"arr": ("list", "n"), "n": ("size", "n")}),
    ("def p(x, n):\n    return 1 if n == 0 else x * p(x, n - 1)\n", "p", {"x": ("any", ""), "n": ("size", "n")}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "function", "wanted"), WANTED)
def test_what_is_wanted(code: str, function: str, wanted: dict[str, tuple[str, str]]) -> None:
    found = inputs.parameters(read(code), function)
    assert {one.name: (one.kind, one.letter) for one in found} == wanted


@pytest.mark.parametrize(("code", "function", "wanted"), WANTED)
def test_all_that_is_made_is_accepted(code: str, function: str, wanted: dict[str, tuple[str, str]]) -> None:
    snippet = read(code)
    found = inputs.parameters(snippet, function)
    for family in inputs.families(found):
        for n in (0, 1, 2, 5):
            run(snippet, function, family.make(dict.fromkeys(inputs.letters(found), n)))


def test_lists_hold_n_items_in_the_order_that_is_said() -> None:
    found = inputs.parameters(read("def f(a):\n    return a[0]\n"), "f")
    made = {family.words: family.make({"n": 9})["a"] for family in inputs.families(found)}
    assert all(len(items) == 9 for items in made.values())
    assert made["sorted list"] == list(range(9))
    assert made["reversed list"] == list(range(8, -1, -1))
    assert sorted(made["shuffled list"]) == list(range(9)) != made["shuffled list"]
    assert len(set(made["list of equal items"])) == 1
