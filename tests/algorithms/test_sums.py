"""Closed forms of sums against adding up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.algorithms.counts import ONCE, Around, restricted, summed
from engine.algorithms.forms import ONE, ZERO, Form, as_form, letter
from engine.algorithms.functions import (
    floor_div,
    floor_log,
    floor_of,
    floor_root,
    from_expr,
    inverse,
    mod,
    raised,
)
from engine.algorithms.sums import total

N, PLACE, J = letter("n"), letter("i"), letter("j")
ATOMS = [
    PLACE,
    PLACE**2,
    PLACE**3,
    N * PLACE,
    ONE,
    mod(PLACE, 2),
    mod(PLACE, 3) * PLACE,
    floor_div(PLACE, 2),
    floor_div(PLACE * PLACE, 4),
    raised(Fraction(2), PLACE),
    raised(Fraction(3), PLACE) * PLACE,
    raised(Fraction(1, 2), PLACE),
    mod(PLACE, 2) * raised(Fraction(2), PLACE),
    mod(PLACE + N, 2),
    floor_div(N - PLACE, 2),
    raised(Fraction(2), N - PLACE),
]
FLOORS = [
    floor_log(PLACE, 2),
    floor_log(PLACE, 3) * PLACE,
    raised(Fraction(2), floor_log(PLACE, 2)),
    floor_root(PLACE, 2) * PLACE,
    floor_root(PLACE, 3),
    floor_log(PLACE + 1, 2),
    inverse(PLACE),
    floor_of(N, PLACE),
    floor_log(N + 1 - PLACE, 2),
]


def _added(form: Form, low: Form, high: Form, n: int) -> Fraction:
    first, last = low.value({"n": n}), high.value({"n": n})
    places = range(int(first), int(last) + 1)
    return sum((form.value({"n": n, "i": place}) for place in places), Fraction(0))


@given(
    st.lists(st.tuples(st.sampled_from(ATOMS), st.integers(-3, 3)), min_size=1, max_size=3),
    st.sampled_from([ZERO, ONE, as_form(5)]),
    st.sampled_from([N, N - 1, floor_div(N, 2) + 4, 2 * N + 5]),
    st.integers(5, 14),
)
def test_a_sum_is_what_adding_up_gives(parts: list[tuple[Form, int]], low: Form, high: Form, n: int) -> None:
    form = sum((atom * factor for atom, factor in parts), ZERO)
    assert total(form, "i", low, high).value({"n": n}) == _added(form, low, high, n)


@pytest.mark.parametrize("form", FLOORS)
@pytest.mark.parametrize("high", [N, N - 1])
def test_sums_with_floors(form: Form, high: Form) -> None:
    closed = total(form, "i", ONE, high)
    for n in (2, 3, 4, 7, 8, 9, 16, 26, 27, 64, 100):
        assert closed.value({"n": n}) == _added(form, ONE, high, n)


@given(st.sampled_from(ATOMS + FLOORS))
def test_a_form_is_read_back_from_its_tree(form: Form) -> None:
    again = from_expr(form.expr())
    assert again.value({"n": 11, "i": 5}) == form.value({"n": 11, "i": 5})


CONDITIONS = [
    J - PLACE - 1,
    J - 2 * PLACE,
    N - PLACE - J,
    PLACE - J,
    N - PLACE * PLACE - J,
    2 * J - PLACE,
    N - 3 * J,
]


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("equal", [False, True])
def test_restricted_pairs_are_counted_like_pairs(condition: Form, equal: bool) -> None:
    if equal and condition == N - PLACE * PLACE - J:
        return
    sizes = tuple({"n": n} for n in (16, 17, 18, 19, 24, 37, 64, 101))
    outer = Around(sizes).inside("i", ZERO, N - 1)
    inner = outer.inside("j", ZERO, N - 1)
    count = restricted(ONCE, inner, equal=condition) if equal else restricted(ONCE, inner, above=condition)
    closed = summed(summed(count, "j", ZERO, N - 1, outer), "i", ZERO, N - 1, Around(sizes))
    for n in (16, 17, 23, 30):
        pairs = [condition.value({"n": n, "i": i, "j": j}) for i in range(n) for j in range(n)]
        assert closed.value({"n": n}) == sum(pair == 0 if equal else pair >= 0 for pair in pairs)
