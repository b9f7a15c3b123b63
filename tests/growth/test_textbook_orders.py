"""Lists of functions from textbooks in their known order, and the same order in numbers far out."""

from __future__ import annotations

import random

import pytest
from far import log_at

from engine.growth.answers import sorted_
from engine.growth.reading import growth_of
from engine.symbolic.functions import parse_function
from engine.symbolic.jobs import SortJob
from engine.symbolic.report import Report

# each row: one class; slowest first
CORMEN_3_3 = [
    ["1", "n^(1/lg n)"],
    ["lg(lg* n)"],
    ["lg* n", "lg*(lg n)"],
    ["2^(lg* n)"],
    ["ln ln n"],
    ["sqrt(lg n)"],
    ["ln n"],
    ["lg^2 n"],
    ["2^(sqrt(2 lg n))"],
    ["(sqrt 2)^(lg n)"],
    ["n", "2^(lg n)"],
    ["n lg n", "lg(n!)"],
    ["n^2", "4^(lg n)"],
    ["n^3"],
    ["(lg n)!"],
    ["n^(lg lg n)", "(lg n)^(lg n)"],
    ["(3/2)^n"],
    ["2^n"],
    ["n 2^n"],
    ["e^n"],
    ["n!"],
    ["(n+1)!"],
    ["2^2^n"],
    ["2^(2^(n+1))"],
]
KLEINBERG_TARDOS_2_3 = [["sqrt(2n)"], ["n + 10"], ["n^2 log n"], ["n^2.5"], ["10^n"], ["100^n"]]
KLEINBERG_TARDOS_2_4 = [
    ["2^(sqrt(log n))"],
    ["n (log n)^3"],
    ["n^(4/3)"],
    ["n^(log n)"],
    ["2^n"],
    ["2^(n^2)"],
    ["2^(2^n)"],
]
LEVITIN_2_2 = [
    ["5 lg((n+100)^10)"],
    ["ln^2 n"],
    ["n^(1/3)"],
    ["0.001 n^4 + 3n^3 + 1"],
    ["3^n"],
    ["2^(2n)"],
    ["(n-2)!"],
]
ROSEN_3_2 = [["1000 log n"], ["sqrt n"], ["n log n"], ["n^2/1000000"], ["2^n"], ["3^n"], ["2 n!"]]
ROSEN_3_2_MORE = [
    ["(log n)^3"],
    ["sqrt(n) log n"],
    ["n^99 + n^98"],
    ["n^100"],
    ["1.5^n"],
    ["10^n"],
    ["(n!)^2"],
]
MIT_6_006 = [
    ["log log n", "log((log n)^3)"],
    ["(log log n)^3"],
    ["log n", "ln(n^5)"],
    ["(log n)^3"],
    ["n^0.001"],
    ["n", "3n + 2^(log n)"],
    ["n^2", "C(n, 2)", "C(n, n-2)"],
    ["n^3 log n"],
    ["n^(log n)"],
    ["n^(sqrt n)"],
    ["2^(n/2)"],
    ["C(n, n/2)", "2^n / sqrt n"],
    ["C(2n, n)"],
    ["4^n n^2"],
    ["n^n"],
]
SKIENA = [
    ["(1/3)^n"],
    ["6"],
    ["log log n"],
    ["log n", "ln n"],
    ["(log n)^2"],
    ["n^(1/3) + log n"],
    ["sqrt n"],
    ["n / log n"],
    ["n"],
    ["n log n"],
    ["n^2", "n^2 + log n"],
    ["n^3", "n - n^3 + 7n^5 - 7n^5 + 2n^3"],
    ["(3/2)^n"],
    ["2^n"],
    ["n!"],
]
LISTS = {
    "CLRS 3-3": CORMEN_3_3,
    "Kleinberg-Tardos 2.3": KLEINBERG_TARDOS_2_3,
    "Kleinberg-Tardos 2.4": KLEINBERG_TARDOS_2_4,
    "Levitin 2.2": LEVITIN_2_2,
    "Rosen 3.2": ROSEN_3_2,
    "Rosen 3.2, more": ROSEN_3_2_MORE,
    "6.006": MIT_6_006,
    "Skiena 2": SKIENA,
}
FLAT = [
    (name, [(text, place) for place, row in enumerate(rows) for text in row]) for name, rows in LISTS.items()
]


@pytest.mark.parametrize(("name", "functions"), FLAT, ids=[name for name, _ in FLAT])
def test_every_two_are_in_the_known_order(name: str, functions: list[tuple[str, int]]) -> None:
    classes = [(text, place, growth_of(parse_function(text).expr, "n")) for text, place in functions]
    for text, place, growth in classes:
        for other_text, other_place, other in classes:
            known = (place > other_place) - (place < other_place)
            assert growth.compare(other) == known, (name, text, other_text)


@pytest.mark.parametrize(("name", "functions"), FLAT, ids=[name for name, _ in FLAT])
def test_the_known_order_is_that_of_numbers_far_out(name: str, functions: list[tuple[str, int]]) -> None:
    """The oracle and the table agree, so that neither is copied from our own answers."""
    slow = {"n^0.001", "(log log n)^3"}  # these overtake only beyond
    ordered = [(text, place) for text, place in functions if "*" not in text and text not in slow]
    far = {text: log_at(parse_function(text).expr, 2**300) for text, _ in ordered}
    for text, place in ordered:
        for other, other_place in ordered:
            if place > other_place:
                assert far[text] > far[other], (name, text, other)
            if place == other_place:
                assert abs(far[text] - far[other]) < 8, (name, text, other)


@pytest.mark.parametrize(("name", "functions"), FLAT, ids=[name for name, _ in FLAT])
def test_a_shuffled_list_is_sorted(name: str, functions: list[tuple[str, int]]) -> None:
    shuffled = [text for text, _ in functions]
    random.Random(7).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    report = sorted_(SortJob(tuple(shuffled)))
    assert isinstance(report, Report), report
    assert report.found is not None
    places = dict(functions)
    found = [rank.place for rank in report.found.ranks]
    known = sorted(places.values())
    assert found == [known.index(place) + 1 for place in known], name
    texts = [" ".join(rank.function.latex.split()) for rank in report.found.ranks]
    assert len(set(texts)) == len(shuffled)
    assert all(line.check is None or line.check.ok for line in report.lines)
