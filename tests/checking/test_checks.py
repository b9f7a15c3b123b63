"""Checkers: right lines pass, and lines that are wrong by little, or cannot be computed, do not."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import pytest

from engine.checking.checks import anchored, bounded, defined, same
from engine.checking.world import World, drawn
from engine.derivations.catalogue import cleaned
from engine.derivations.derive import derive
from engine.derivations.steps import Step
from engine.symbolic.jobs import GradientJob
from engine.tape import makers as make
from engine.tape.index import At, Span, at, first, last, t
from engine.tape.nodes import Node, Var

LITTLE = Fraction(1, 10**8)  # ten times the tolerance
LESS = Fraction(1, 10**10)  # a tenth of it
ALWAYS = Span("t", first, last)


def world_of(job: GradientJob) -> World:
    derivation = derive(job)
    world = World(job, derivation.program, drawn(job))
    for step in derivation.steps:
        world.bind(step)
    return world


@pytest.fixture(scope="module")
def world() -> World:
    return world_of(cleaned(GradientJob()))


def column(name: str, when: At | None = t, size: str = "h") -> Var:
    return make.var(name, (size, "1"), when)


def off(node: Node, by: Fraction) -> Node:
    return make.times(make.fill(1 + by), node)


W_h, W_i, b_h = make.var("W_h", ("h", "h"), None), make.var("W_i", ("h", "d"), None), column("b_h", None)
a, h, x, before = column("a"), column("h"), column("x", t, "d"), column("h", t - 1)
SUM = make.add(make.matmul(W_h, before), make.matmul(W_i, x), b_h)
ONES = make.fill(1, ("h", "1"))
DELTA = make.times(make.minus(ONES, make.times(h, h)), make.slope(h))


def test_definitions(world: World) -> None:
    right = Step("preactivation", a, (SUM,), ALWAYS)
    check = defined(right, world)
    assert check.ok
    assert check.error < 1e-14
    assert check.points == 8
    assert check.what == "the definition against an independent program at 8 random points, all 3 times"
    assert defined(replace(right, chain=(off(SUM, LESS),)), world).ok
    wrong = defined(replace(right, chain=(off(SUM, LITTLE),)), world)
    assert not wrong.ok
    assert wrong.error == pytest.approx(1e-8, rel=1e-3)


def test_a_definition_of_what_the_network_does_not_have(world: World) -> None:
    check = defined(Step("state", column("g"), (h,), ALWAYS), world)
    assert not check.ok
    assert check.error == math.inf
    assert "the left side is nothing that could be checked" in check.what


def test_the_same_on_all_sides(world: World) -> None:
    step = Step("", DELTA, (make.slope(a), DELTA, make.slope(a)), ALWAYS)
    assert same(step, world).ok
    assert same(step, world).what == "all 4 sides at 8 random points, all 3 times"
    for place in range(3):
        sides = list(step.chain)
        sides[place] = off(sides[place], LITTLE)
        assert not same(replace(step, chain=tuple(sides)), world).ok
    assert not same(replace(step, chain=()), world).ok
    alone = Step("", column("h", last), (column("h", at(3)),))
    assert same(alone, world).what == "both sides at 8 random points"


def test_slopes_are_held_against_the_network(world: World) -> None:
    step = Step("", make.slope(a), (DELTA,), ALWAYS)
    assert anchored(step, world).ok
    assert (
        anchored(step, world).what == "all sides, and a push in the network, at 8 random points, all 3 times"
    )


@pytest.mark.parametrize("by", [LITTLE, Fraction(-1, 2)])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_wrong_slope_is_found_even_where_all_lines_agree_on_it(by: Fraction, place: int) -> None:
    """The line has no second side: only the push can tell. Lines that need the slope turn red as well."""
    job = cleaned(GradientJob(wrt="W_i", steps=3))
    derivation = derive(job)
    slopes = [step for step in derivation.steps if step.left in map(make.slope, (a, h, column("h", last)))]
    wrong = replace(slopes[place], chain=(off(slopes[place].after, by),))
    world = World(job, derivation.program, drawn(job))
    steps = [wrong if step is slopes[place] else step for step in derivation.steps]
    for step in steps:
        world.bind(step)
    assert not anchored(wrong, world).ok
    assert not anchored(steps[derivation.answer - 1], world).ok


def test_a_right_line_stays_green_beside_a_wrong_one() -> None:
    """Wrong from W_i on: its sum over time. The slopes that it is made of are right, and are said to be."""
    job = cleaned(GradientJob(wrt="W_i"))
    derivation = derive(job)
    answer = derivation[derivation.answer]
    wrong = replace(answer, chain=(off(answer.after, LITTLE),))
    world = World(job, derivation.program, drawn(job))
    steps = [wrong if step is answer else step for step in derivation.steps]
    for step in steps:
        world.bind(step)
    families = [step for step in steps if step.left == make.slope(a)]
    assert [anchored(step, world).ok for step in families] == [True] * len(families)
    assert not anchored(wrong, world).ok


def test_only_slopes_can_be_anchored(world: World) -> None:
    assert not anchored(Step("", h, (make.fn("tanh", a),), ALWAYS), world).ok


def test_a_slope_without_a_line_before_is_bound_by_its_own() -> None:
    job = cleaned(GradientJob())
    derivation = derive(job)
    world = World(job, derivation.program, drawn(job))
    checks = [
        anchored(step, world)
        for step in derivation.steps
        if step.left == make.slope(column("yhat", None, "k"))
    ]
    assert checks
    assert all(check.ok for check in checks)


def test_bounds(world: World) -> None:
    size, one = make.norm(h), make.fill(1)
    three = make.fill(3)
    assert bounded(Step("", size, (three,), ALWAYS, relation="≤"), world).ok
    assert bounded(Step("", size, (size, three), ALWAYS, relation="≤"), world).error == 0
    broken = bounded(Step("", three, (one,), ALWAYS, relation="≤"), world)
    assert not broken.ok
    assert broken.error == pytest.approx(2 / 3)
    assert not bounded(Step("", size, (three, size), ALWAYS, relation="≤"), world).ok
    assert not bounded(Step("", off(size, LITTLE), (size,), ALWAYS, relation="≤"), world).ok
    assert bounded(Step("", off(size, LESS), (size,), ALWAYS, relation="≤"), world).ok


@pytest.mark.parametrize("checker", [defined, same, anchored, bounded])
@pytest.mark.parametrize(
    ("side", "why"),
    [
        (make.slope(column("g")), "the slope of g before any line says what it is"),
        (column("h", t - 5), "h at a time that is not there"),
        (column("h", At("k")), "k"),
        (column("h", At("T", 1)), ""),  # not a number
        (make.partial(column("g"), h), "g, which the network does not compute"),
    ],
)
def test_what_cannot_be_computed_is_wrong_and_says_why(
    checker: object, side: Node, why: str, world: World
) -> None:
    left = make.slope(a) if checker is anchored else h
    check = checker(Step("", left, (side,), ALWAYS), world)  # type: ignore[operator]
    assert not check.ok
    assert check.error == math.inf
    if checker is not anchored or "before any" in why:
        assert why in check.what


def test_a_span_without_times_holds_for_nothing() -> None:
    world = world_of(cleaned(GradientJob(steps=1)))
    none = Step("", h, (make.fill(5, ("h", "1")),), Span("t", at(2), last))
    for checker in (same, defined, bounded):
        check = checker(none, world)
        assert (check.ok, check.points, check.what) == (True, 0, "this T has no such times")
    once = replace(none, chain=(h,), span=ALWAYS)
    assert same(once, world).what == "both sides at 8 random points, one time"


def test_numbers_of_very_different_sizes() -> None:
    """What has nearly vanished is compared as exactly as the rest of a line, down to a millionth of it."""
    job = cleaned(GradientJob(steps=12))
    world = world_of(job)
    family = make.prod_over(make.partial(column("h", At("k")), column("h", At("k") - 1)), "k", t + 1, last)
    step = Step("", family, (off(family, LITTLE),), Span("t", first, last - 1))
    assert same(step, world).error == pytest.approx(1e-8, rel=1e-3)


def test_where_everything_cancels_rounding_is_no_mistake(world: World) -> None:
    """Σ_i (x_i - mean) = 0, but for 1e-17."""
    ones = make.fill(1, ("1", "h"))
    mean = make.over(make.matmul(ones, h), make.matmul(ones, ONES))
    left_over = make.matmul(ones, make.minus(h, make.matmul(ONES, mean)))
    assert same(Step("", left_over, (make.fill(0),), ALWAYS), world).ok
