"""Recursions: their classes are the textbooks', their counts those of Python itself."""

# ruff: noqa: E501 - a snippet a line is easier to read here
from __future__ import annotations

from fractions import Fraction

import pytest
from recursive_snippets import BINARY_SEARCH, FIB, FIB_MEMO, HANOI, MERGE_SORT, QUICK_SORT, REFUSED, SOLVED
from traced_snippets import traced

from engine.algorithms.call_graph import group
from engine.algorithms.reading import read
from engine.algorithms.recursion import Cases, solve_recursive
from engine.algorithms.totals import Total, value, within
from engine.errors import CodeError

_SOLVED: dict[tuple[str, str], Cases] = {}


def cases(code: str, function: str) -> Cases:
    if (code, function) not in _SOLVED:
        _SOLVED[code, function] = solve_recursive(read(code), function)
    return _SOLVED[code, function]


def growth(total: Total) -> str:
    return total.growth.text("n") if total.growth is not None else "none"


@pytest.mark.parametrize(("name", "code", "function", "worst", "best"), SOLVED)
def test_classes_are_the_textbooks(name: str, code: str, function: str, worst: str, best: str) -> None:
    found = cases(code, function)
    assert growth(found.worst.work) == worst
    if best == "":
        assert found.best is found.worst
    elif best == "?":
        assert found.best is None
    else:
        assert found.best is not None
        assert growth(found.best.work) == best


def small_input(name: str, n: int) -> dict[str, object]:
    match name:
        case "power" | "power, two calls" | "power by squaring":
            return {"x": 3, "n": n}
        case "hanoi":
            return {"n": n, "a": "A", "b": "B", "c": "C"}
    return {"n": n}


OF_NUMBERS = [case for case in SOLVED if "arr" not in case[1] and "nums" not in case[1] and case[0] not in
              ("quicksort", "gcd", "insertion sort")]  # fmt: skip


@pytest.mark.parametrize(("name", "code", "function", "worst", "best"), OF_NUMBERS)
def test_counts_are_those_of_python(name: str, code: str, function: str, worst: str, best: str) -> None:
    """Every closed form, at small sizes, against Python's own tracing."""
    found = cases(code, function).worst
    held = 0
    for n in range(1, 10):
        lines, calls, _ = traced(code, function, small_input(name, n))
        for line, total in found.lines.items():
            decorated = "lru_cache" in code and line in (2, 3)  # Python counts a decorated def twice
            if (
                total.closed is not None
                and n >= total.start
                and n in within(total.domain, [n])
                and not decorated
            ):
                assert value(total.closed, n) == lines.get(line, 0), (line, n)
                held += 1
        made = found.calls[function]
        if made.closed is not None and n >= made.start and n in within(made.domain, [n]):
            assert value(made.closed, n) == calls[function]
    assert held > 10


def test_fib_makes_twice_the_next_fibonacci_number_less_one_calls() -> None:
    calls = cases(FIB, "fib").worst.calls["fib"]
    a, b = 0, 1
    for n in range(25):
        a, b = b, a + b  # a = F(n + 1)
        assert value(calls.closed, n) == 2 * a - 1


def test_fib_with_a_memo_makes_two_n_less_one_calls() -> None:
    found = cases(FIB_MEMO, "fib").worst
    assert [value(found.calls["fib"].closed, n) for n in (1, 5, 50)] == [1, 9, 99]
    assert found.proven
    assert "worked out once" in found.note


def test_hanoi_moves_two_to_the_n_less_one_disks() -> None:
    moves = cases(HANOI, "hanoi").worst.lines[5]
    assert all(value(moves.closed, n) == 2**n - 1 for n in range(12))


def test_recurrence_can_be_typed() -> None:
    assert cases(HANOI, "hanoi").worst.recurrence == "T(n) = 2T(n-1) + 4, T(0) = 2"
    assert cases(FIB, "fib").worst.recurrence == "T(n) = T(n-1) + T(n-2) + 2, T(0) = 2, T(1) = 2"


def test_merge_sort_at_worst_compares_as_often_as_knuth_says() -> None:
    """n ceil(lg n) - 2^ceil(lg n) + 1 comparisons (The Art of Computer Programming, vol. 3, 5.2.4)."""
    compare = cases(MERGE_SORT, "merge_sort").worst.lines[5]
    for n in range(1, 70):
        up = (n - 1).bit_length()
        assert value(compare.closed, n) == n * up - 2**up + 1


def test_binary_search_says_what_n_and_the_worst_case_are() -> None:
    found = cases(BINARY_SEARCH, "bs")
    assert found.worst.size == "hi - lo + 1"
    assert "absent" in found.assumption
    assert value(found.worst.calls["bs"].closed, 1000) == 11  # floor(lg 1000) + 2


def test_quicksort_of_a_sorted_list_compares_every_pair() -> None:
    compare = cases(QUICK_SORT, "quicksort").worst.lines[5]
    assert all(value(compare.closed, n) == Fraction(n * (n - 1), 2) for n in range(2, 40))


@pytest.mark.parametrize(("name", "code", "function", "line", "words"), REFUSED)
def test_refused_with_line_and_reason(name: str, code: str, function: str, line: int, words: str) -> None:
    with pytest.raises(CodeError) as caught:
        solve_recursive(read(code), function)
    assert caught.value.line == line
    assert words in caught.value.reason
    assert caught.value.way_out


def test_who_calls_itself() -> None:
    snippet = read(
        "def a(n):\n    return b(n)\ndef b(n):\n    return 0 if n < 1 else c(n)\ndef c(n):\n    return b(n-1)\n"
    )
    assert group(snippet, "a") == ("b", "c")
    assert group(read("def f(n):\n    return n\n"), "f") == ()
