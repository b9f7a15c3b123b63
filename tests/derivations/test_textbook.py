"""Derivations say what a textbook says; a line that says something else is red."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.checking.world import World, drawn
from engine.derivations.bounds import LARGEST_SLOPE
from engine.derivations.catalogue import cleaned
from engine.derivations.derive import derive
from engine.derivations.rules import CATALOGUE
from engine.derivations.steps import COMPACT, FINE, NORMAL, Derivation, Step
from engine.symbolic.jobs import GradientJob
from engine.tape import makers as make
from engine.tape.index import At, Span, first, last, t
from engine.tape.nodes import Node, Slope, Sum, Transpose
from engine.tape.numbers import evaluate
from engine.tape.walk import swap, walk
from tests.derivations.checking import red, world_of

H, K = ("h", "1"), ("k", "1")


# --- mutations: a wrong line is red ---


def mutated(derivation: Derivation, number: int, change: object) -> Derivation:
    step = derivation[number]
    wrong = replace(step, chain=tuple(swap(side, change) for side in step.chain))  # type: ignore[arg-type] # tests
    assert wrong.chain != step.chain, "the mutation changes nothing"
    steps = (*derivation.steps[: number - 1], wrong, *derivation.steps[number:])
    return replace(derivation, steps=steps)


def number_of(derivation: Derivation, rule: str) -> int:
    return next(n for n, step in enumerate(derivation.steps, 1) if step.rule == rule)


def without_transpose(node: Node) -> Node | None:
    return node.body if isinstance(node, Transpose) and node.body.shape == ("h", "h") else None


def without_last_term(node: Node) -> Node | None:
    if isinstance(node, Sum):
        return make.sum_over(node.body, node.index, node.low, node.high - 1)
    return None


def state_of_now(node: Node) -> Node | None:
    return make.var("h", H, t) if node is make.var("h", H, t - 1) else None


def tanh_of_sum(node: Node) -> Node | None:
    return make.fn("tanh", make.var("h", H, t)) if node is make.var("h", H, t) else None


def other_sign(node: Node) -> Node | None:
    return make.neg(node) if isinstance(node, Slope) else None


@pytest.mark.parametrize("outputs", ["last", "each"])
@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("sum-over-time", without_last_term),
        ("sum-over-time", state_of_now),
        ("sum-over-time", other_sign),
        ("through-function", tanh_of_sum),
        ("through-function", other_sign),
    ],
)
def test_a_wrong_line_is_red(outputs: str, rule: str, change: object) -> None:
    derivation = derive(GradientJob(outputs=outputs))
    assert rule in red(mutated(derivation, number_of(derivation, rule), change))


@pytest.mark.parametrize(("outputs", "rule"), [("last", "back-in-time"), ("each", "paths-add")])
def test_a_weight_that_is_not_transposed_is_red(outputs: str, rule: str) -> None:
    derivation = derive(GradientJob(outputs=outputs))
    number = number_of(derivation, rule)
    assert rule in red(mutated(derivation, number, without_transpose))


def test_a_path_that_is_forgotten_is_red() -> None:
    derivation = derive(GradientJob("lstm", "U_f", outputs="each"))
    number = number_of(derivation, "paths-add")
    step = derivation[number]
    for dropped in step.after.terms:  # type: ignore[attr-defined] # a sum of paths
        terms = [term for term in step.after.terms if term is not dropped]  # type: ignore[attr-defined] # as above
        wrong = replace(step, chain=(*step.chain[:-1], make.add(*terms)))
        steps = (*derivation.steps[: number - 1], wrong, *derivation.steps[number:])
        assert "paths-add" in red(replace(derivation, steps=steps))


def test_a_jacobian_of_another_step_is_red() -> None:
    derivation = derive(GradientJob(steps=4))
    number = number_of(derivation, "sum-of-products")
    k = At("k")

    def shifted(node: Node) -> Node | None:
        if node is make.partial(make.var("h", H, k), make.var("h", H, k - 1)):
            return make.partial(make.var("h", H, k - 1), make.var("h", H, k - 2))
        return None

    assert "sum-of-products" in red(mutated(derivation, number, shifted))


# --- what a textbook says ---


def line(derivation: Derivation, left: Node, rule: str = "") -> Step:
    """The last line with this left side."""
    return [step for step in derivation.steps if step.left is left and rule in ("", step.rule)][-1]


def test_the_plain_network_many_to_one() -> None:
    derivation = derive(GradientJob(steps=0))
    W_h, W_o = make.var("W_h", ("h", "h")), make.var("W_o", ("k", "h"))
    a, h, yhat, y = make.var("a", H, t), make.var("h", H, t), make.var("yhat", K), make.var("y", K)
    later = make.var("a", H, t + 1)
    assert line(derivation, make.slope(yhat)).after is make.minus(yhat, y)
    end = line(derivation, make.slope(make.var("h", H, last)))
    assert end.after is make.matmul(make.transpose(W_o), make.slope(yhat))
    back = line(derivation, make.slope(h))
    assert back.after is make.matmul(make.transpose(W_h), make.slope(later))
    assert back.span == Span("t", first, last - 1, falling=True)
    assert back.chain[0] is make.matmul(make.transpose(make.partial(later, h)), make.slope(later))
    squash = make.minus(make.fill(1, H), make.times(h, h))
    assert line(derivation, make.slope(a)).after is make.times(squash, make.slope(h))
    share = make.matmul(make.slope(a), make.transpose(make.var("h", H, t - 1)))
    answer = derivation[derivation.answer]
    assert answer.left is make.slope(W_h)
    assert answer.after is make.sum_over(share, "t", first, last)
    jacobian = next(step for step in derivation.steps if step.rule == "step-jacobian")
    assert jacobian.after.factors[-1] is W_h  # type: ignore[attr-defined] # diag(..) W_h


def test_local_derivatives_are_told_for_states_that_are_computed() -> None:
    """h_0 is given: nothing asks for a slope there."""
    step = make.partial(make.var("a", H, t + 1), make.var("h", H, t))
    assert line(derive(GradientJob(steps=0)), step).span == Span("t", first, last - 1, falling=True)


def test_a_line_about_all_times_does_not_lean_on_one_about_the_start() -> None:
    derivation = derive(GradientJob(wrt="h_0", steps=4))
    about_start = number_of(derivation, "product-to-start"), derivation.answer
    bound = derivation[number_of(derivation, "vanishing")]
    assert not set(bound.uses) & set(about_start)
    assert {derivation[used].left for used in bound.uses} <= {
        make.slope(make.var("h", H, when)) for when in (t, last)
    }


def test_the_slope_of_softmax_and_cross_entropy_is_short() -> None:
    derivation = derive(cleaned(GradientJob("softmax", "s")))
    yhat, y, s = (make.var(name, K) for name in ("yhat", "y", "s"))
    levels = {step.rule: step.level for step in derivation.steps}
    assert derivation[derivation.answer].after is make.minus(yhat, y)
    assert derivation[derivation.answer].left is make.slope(s)
    assert line(derivation, make.slope(yhat)).after is make.neg(make.over(y, yhat))
    assert (levels["softmax-cross-entropy"], levels["through-softmax"], levels["softmax-insert"]) == (
        COMPACT,
        NORMAL,
        FINE,
    )


def test_layer_norm_ends_in_its_known_form() -> None:
    derivation = derive(cleaned(GradientJob("layernorm", "x")))
    world = world_of(derivation)
    x, xhat = make.var("x", H), make.var("xhat", H)
    found, g, normal, sd = (
        evaluate(leaf, world, {})
        for leaf in (make.slope(x), make.slope(xhat), xhat, make.var("sd", make.NUMBER))
    )
    size = g.shape[-2]
    along = (normal * g).sum(axis=-2, keepdims=True)
    known = (size * g - g.sum(axis=-2, keepdims=True) - normal * along) / (size * sd)
    assert derivation[derivation.answer].rule == "norm-backward"
    assert np.allclose(found, known, rtol=1e-12)


def test_the_direct_ways_of_lstm_and_gru() -> None:
    def direct(job: GradientJob) -> Node:
        return next(step for step in derive(job).steps if step.rule.startswith("direct-way")).after

    z = make.var("z", H, t)
    assert direct(GradientJob("lstm", "U_f")) is make.diag(make.var("f", H, t))
    assert direct(GradientJob("gru", "U_z")) is make.diag(z)
    assert direct(GradientJob("gru", "U_z", update="take")) is make.diag(make.minus(make.fill(1, H), z))


def test_with_the_gates_as_they_are_the_full_jacobian_is_another() -> None:
    derivation = derive(GradientJob("lstm", "U_f"))
    world = world_of(derivation)
    direct, full = (
        next(step for step in derivation.steps if step.rule.startswith(rule))
        for rule in ("direct-way", "full")
    )
    held = evaluate(direct.left, world, {"t": 2, "T": 3})
    assert np.abs(evaluate(full.left, world, {"t": 2, "T": 3}) - held).max() > 1e-3


def test_truncated_slopes_do_not_pass_where_a_piece_ends() -> None:
    derivation = derive(GradientJob(steps=7, truncate=3, outputs="each"))
    cut = next(step for step in derivation.steps if step.rule == "truncated")
    passing = next(step for step in derivation.steps if step.rule == "paths-add")
    assert cut.span and cut.span.times({"T": 7}) == [6, 3]
    assert passing.span and passing.span.times({"T": 7}) == [5, 4, 2, 1]
    assert not any(isinstance(node, Slope) and node.of.name == "a" for node in walk(cut.after))


def test_one_step_has_no_recurrence() -> None:
    rules = {step.rule for step in derive(GradientJob(steps=1)).steps}
    assert rules.isdisjoint({"back-in-time", "step-jacobian", "vanishing", "written-out"})


def test_sums_are_written_out_where_they_are_short() -> None:
    three, long = (derive(GradientJob(steps=steps)) for steps in (3, 7))
    written = next(step for step in three.steps if step.rule == "written-out")
    assert len(written.after.terms) == 3  # type: ignore[attr-defined] # a sum
    assert all(step.rule != "written-out" for step in long.steps)


# --- bounds and their conditions ---


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "identity"])
def test_bounds_hold_for_small_and_large_weights(activation: str) -> None:
    derivation = derive(GradientJob(steps=5, activation=activation))
    arrays = drawn(derivation.job)
    for scale in (0.1, 1, 10):
        world = World(derivation.job, derivation.program, {**arrays, "W_h": scale * arrays["W_h"]})
        for step in derivation.steps:
            world.bind(step)
        for step in derivation.steps:
            if step.relation == "≤":
                check = CATALOGUE[step.rule].checker(step, world)
                assert check and check.ok, (step.rule, scale, check)


def test_a_large_weight_does_not_have_to_explode() -> None:
    """|w| > 1 is not sufficient: the slopes of tanh are small where the weight is large."""
    h, product = 0.9, 1.0
    for _ in range(50):
        h = float(np.tanh(3 * h))
        product *= (1 - h * h) * 3
    assert product < 1e-20


def test_a_bound_that_is_too_tight_is_red() -> None:
    derivation = derive(GradientJob(steps=4, activation="identity"))
    number = number_of(derivation, "jacobian-bound")
    step = derivation[number]
    half = replace(step, chain=(make.times(make.HALF, step.after),))
    steps = (*derivation.steps[: number - 1], half, *derivation.steps[number:])
    assert "jacobian-bound" in red(replace(derivation, steps=steps))


def test_bounds_know_the_largest_slope_of_each_activation() -> None:
    """Against a fine grid of slopes."""
    grid = np.linspace(-8, 8, 100_001)
    slopes = {
        "tanh": 1 / np.cosh(grid) ** 2,
        "sigmoid": np.exp(-grid) / (1 + np.exp(-grid)) ** 2,
        "relu": (grid > 0).astype(float),
        "identity": np.ones_like(grid),
    }
    assert {name: pytest.approx(values.max(), rel=1e-6) for name, values in slopes.items()} == {
        name: float(gamma) for name, gamma in LARGEST_SLOPE.items()
    }
