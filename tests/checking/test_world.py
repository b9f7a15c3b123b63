"""The numbers behind a derivation: what is drawn, what lines say of slopes, and Jacobians by nudging.

Held against torch's Jacobians of steps written here, and against slopes entry by entry.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.autograd.functional import jacobian

from engine.checking.oracles import forward
from engine.checking.world import Unknown, World, drawn
from engine.derivations.catalogue import MODELS, cleaned
from engine.derivations.derive import derive
from engine.derivations.programs import program
from engine.derivations.steps import Step
from engine.errors import ConfigError
from engine.symbolic.jobs import Given, GradientJob, Rows
from engine.tape import makers as make
from engine.tape.index import At, Span, at, first, last, t
from engine.tape.nodes import Node, Var
from engine.tape.numbers import Array, evaluate

MODEL_KEYS = [card.key for card in MODELS]


def world_of(job: GradientJob) -> World:
    derivation = derive(job)
    world = World(job, derivation.program, drawn(job))
    for step in derivation.steps:
        world.bind(step)
    return world


def column(name: str, when: At | None = t) -> Var:
    return make.var(name, ("h", "1"), when)


# --- drawn ---


@pytest.mark.parametrize("model", MODEL_KEYS)
@pytest.mark.parametrize("steps", [0, 1, 3, 12])
def test_eight_points_in_the_layout_of_the_oracles(model: str, steps: int) -> None:
    job = cleaned(GradientJob(model, steps=steps))
    arrays, network = drawn(job), program(job)
    for leaf in (*network.parameters, *network.inputs, *network.targets):
        array = arrays[leaf.name]
        assert array.ndim == (3 if leaf.at is None else 4)
        assert len(array) == 8
        inside = array if leaf.at is None else array[:, 1:-1]
        assert np.isfinite(inside).all()
    again, other = drawn(job), drawn(replace(job, seed=2))
    assert all(np.array_equal(again[name], array, equal_nan=True) for name, array in arrays.items())
    assert any(not np.array_equal(other[name], array, equal_nan=True) for name, array in arrays.items())


def test_shown_numbers_are_short_and_not_near_zero() -> None:
    for name, array in drawn(cleaned(GradientJob("lstm", wrt="U_f"))).items():
        shown = array[0][np.isfinite(array[0])]
        np.testing.assert_array_equal(shown, np.round(shown, 2), err_msg=name)
        assert np.abs(shown).min() >= 0.2
        assert np.abs(shown).max() <= 1


def test_targets_of_classes_are_one_hot() -> None:
    y = drawn(cleaned(GradientJob(loss="cross-entropy", outputs="each")))["y"][:, 1:-1, :, 0]
    assert y.shape == (8, 3, 3)
    np.testing.assert_array_equal(np.sort(y, axis=-1), np.broadcast_to([0, 0, 1], y.shape))
    assert len({tuple(row) for row in y.reshape(-1, 3).tolist()}) == 3


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "identity"])
@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "birnn", "layers"])
@pytest.mark.parametrize("scalar", [False, True])
def test_nothing_explodes_or_vanishes_beyond_sense_in_fifty_steps(
    model: str, activation: str, scalar: bool
) -> None:
    """States stay small, and at some point something of the loss still reaches the first state."""
    job = cleaned(GradientJob(model, steps=50, activation=activation, scalar=scalar))
    name = "h1" if model == "layers" else "h"

    def nudge(of: str, time: int | None, value: Array) -> Array:
        return value + 1e-30j if (of, time) == (name, 0) else value

    run = forward(job, drawn(job), nudge)
    assert np.abs(run[name][:, :-1]).max() < 20
    assert np.abs(run["L"].imag / 1e-30).max() > 1e-16


def as_rows(array: Array) -> Rows:
    return tuple(map(tuple, np.asarray(array).tolist()))


def given(T: int = 3, **changes: Rows) -> Given:
    """Numbers of a plain network with h = 4, d = 5, k = 2."""
    random = np.random.default_rng(0)
    shapes = {"W_h": (4, 4), "W_i": (4, 5), "b_h": (4, 1), "W_o": (2, 4), "b_o": (2, 1), "h_0": (4, 1)}
    matrices = {name: as_rows(random.normal(size=shape)) for name, shape in shapes.items()}
    return Given(
        "a test",
        tuple((matrices | changes).items()),
        as_rows(random.normal(size=(T, 5))),
        as_rows(random.normal(size=(1, 2))),
    )


def test_given_numbers_are_point_0_and_decide_the_sizes() -> None:
    job = GradientJob(given=given())
    arrays, numbers = drawn(job), dict(given().parameters)
    assert arrays["W_i"].shape == (8, 4, 5)
    np.testing.assert_array_equal(arrays["W_i"][0], numbers["W_i"])
    np.testing.assert_array_equal(arrays["h"][0, 0], numbers["h_0"])
    np.testing.assert_array_equal(arrays["x"][0, 1:4, :, 0], given().inputs)
    np.testing.assert_array_equal(arrays["y"][0, :, 0], given().targets[0])
    world = world_of(job)
    assert world.where == "the given numbers and 7 random points"
    assert (world.size("h"), world.size("d"), world.size("k"), world.size("h·d")) == (4, 5, 2, 20)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (given(2), "There are 2 inputs, but T = 3 asks for 3; give one a step."),
        (given(W_h=((1.0, 2.0),)), r"W_h is 1 × 2, not h × h: W_h says that h = 1\."),
        (given(b_h=((1.0,),)), "b_h is 1 × 1, not h × 1: W_h says that h = 4"),
        (given(b_o=((np.nan,), (1.0,))), "b_o has nan in row 1, column 1; give finite numbers"),
        (given(b_o=((1.0, 2.0), (1.0,))), "b_o: the rows are not equally long"),
        (
            replace(given(), parameters=given().parameters[1:]),
            "The numbers from a test have no W_h; give one.",
        ),
    ],
)
def test_given_numbers_that_do_not_fit(numbers: Given, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        drawn(GradientJob(given=numbers))


# --- quantities and slopes ---


@pytest.mark.parametrize("model", MODEL_KEYS)
def test_quantities_are_the_oracle_s(model: str) -> None:
    job = cleaned(GradientJob(model))
    world, run = world_of(job), forward(job, drawn(job))
    for definition, span in world.program.definitions():
        times = np.array(span.times({"T": world.last})) if span else None
        name = "L_t" if definition.var.name == "L" and span else definition.var.name
        found = evaluate(definition.var, world, {"T": world.last, "t": 1 if times is None else times})
        place = definition.var.at.number({"T": world.last}) if definition.var.at and not span else times
        expected = run[name][:, None] if definition.var.at is None else run[name][:, np.atleast_1d(place)]
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(
    "job",
    [
        GradientJob(outputs="each", loss="cross-entropy"),
        GradientJob("lstm", "U_f", steps=4, truncate=2, outputs="each"),
        GradientJob("gru", "U_z", reset="before"),
        GradientJob("birnn", "W_h_rev", outputs="each"),
        GradientJob("layers", "W_h1", steps=2),
        GradientJob("attention", "W_h"),
        GradientJob("batchnorm", "X"),
    ],
    ids=lambda job: job.model,
)
def test_slopes_from_lines_entry_by_entry(job: GradientJob) -> None:
    """Every slope that the derivation has a line about, each entry nudged by itself."""
    job = cleaned(job)
    derivation, world = derive(job), world_of(job)
    slopes = {step.left: step for step in derivation.steps if type(step.left).__name__ == "Slope"}
    for leaf, step in slopes.items():
        found = np.broadcast_to(
            evaluate(leaf, world, world.letters(step)),
            (8, len(world.moments(step)), *world_shape(world, leaf)),
        )
        for place, (time, _) in enumerate(world.moments(step)):
            expected = slope_by_nudging(job, leaf.of, time, found.shape[-2:])
            np.testing.assert_allclose(found[:, place], expected, rtol=1e-10, atol=1e-13, err_msg=str(leaf))


def world_shape(world: World, node: Node) -> tuple[int, int]:
    return world.size(node.shape[0]), world.size(node.shape[1])


def slope_by_nudging(job: GradientJob, of: Var, time: int | None, shape: tuple[int, ...]) -> Array:
    expected = np.zeros((8, *shape))
    for row, col in np.ndindex(*shape):

        def nudge(name: str, when: int | None, value: Array, row: int = row, col: int = col) -> Array:
            if (name, when) != (of.name, time):
                return value
            value = value.astype(complex)
            value[..., row, col] += 1e-30j
            return value

        expected[:, row, col] = forward(job, drawn(job), nudge)["L"].imag[:, 0, 0] / 1e-30
    return expected


def test_what_is_not_there_is_unknown() -> None:
    job = cleaned(GradientJob())
    world = World(job, program(job), drawn(job))
    with pytest.raises(Unknown, match="the slope of h before any line says what it is"):
        evaluate(make.slope(column("h")), world, {"T": 3, "t": 2})
    with pytest.raises(Unknown, match="g before any line"):
        evaluate(column("g"), world, {"T": 3, "t": 2})
    for time in (-1, 5):
        with pytest.raises(Unknown, match="h at a time that is not there"):
            evaluate(column("h", at(time)), world, {"T": 3})
    with pytest.raises(Unknown, match="the slope of h at a time for which no line says"):
        evaluate(make.slope(column("h", at(4))), world_of(job), {"T": 3})
    circle = Step("", make.slope(column("h")), (make.neg(make.slope(column("h"))),), Span("t", first, last))
    world.bind(circle)
    with pytest.raises(Unknown, match="the slope of h, which needs itself"):
        evaluate(make.slope(column("h")), world, {"T": 3, "t": 2})


def test_the_first_line_about_a_slope_says_what_it_is() -> None:
    job = cleaned(GradientJob())
    later = Step("", make.slope(column("h")), (make.fill(7, ("h", "1")),), Span("t", first, last))
    world, other = world_of(job), world_of(job)
    other.bind(later)
    for time in (1, 3):
        found = evaluate(make.slope(column("h")), other, {"T": 3, "t": time})
        np.testing.assert_array_equal(found, evaluate(make.slope(column("h")), world, {"T": 3, "t": time}))


@pytest.mark.parametrize("wrong_time", [1, 25, 49])
def test_one_wrong_slope_among_many_small_ones_is_seen(wrong_time: int) -> None:
    """A slope that has nearly vanished weighs as much as the largest."""
    job = cleaned(GradientJob(steps=50, wrt="a"))
    derivation = derive(job)
    world = World(job, derivation.program, drawn(job))
    (family,) = (step for step in derivation.steps if step.left == make.slope(column("a")))
    wrong = Step(
        "",
        family.left,
        (make.times(make.fill(2), family.after),),
        Span("t", at(wrong_time), at(wrong_time)),
        level=family.level,
    )
    for step in (wrong, *derivation.steps):
        world.bind(step)
    assert world.anchor(wrong).error > 0.1
    right = World(job, derivation.program, drawn(job))
    for step in derivation.steps:
        right.bind(step)
    assert right.anchor(family).error < 1e-12


# --- Jacobians ---


def one(world: World, name: str, time: int | None = None) -> Tensor:
    """A quantity at point 3, a vector if it is a column."""
    whole = evaluate(make.var(name, ("h", "1"), None if time is None else at(time)), world, {"T": world.last})
    return torch.tensor(np.squeeze(whole[3, 0]))


def found_jacobian(world: World, of: Var, by: Var, held: tuple[str, ...] | None = None) -> Array:
    return evaluate(make.partial(of, by, held), world, {"T": world.last})[3, 0]


def matrix(world: World, name: str) -> Tensor:
    return torch.tensor(world.of(make.var(name, ("h", "h"), None), None)[3, 0])


def rnn_step(world: World, h: Tensor, time: int, W_h: Tensor | None = None) -> Tensor:
    W_h = matrix(world, "W_h") if W_h is None else W_h
    return torch.tanh(W_h @ h + matrix(world, "W_i") @ one(world, "x", time) + one(world, "b_h"))


def test_jacobians_of_a_plain_network() -> None:
    world = world_of(cleaned(GradientJob(steps=6)))
    h = {time: one(world, "h", time) for time in range(7)}
    np.testing.assert_allclose(
        found_jacobian(world, column("h", at(4)), column("h", at(3))),
        jacobian(lambda state: rnn_step(world, state, 4), h[3]),
        rtol=1e-12,
    )

    def to_the_end(state: Tensor) -> Tensor:
        for time in range(3, 7):
            state = rnn_step(world, state, time)
        return state

    far = found_jacobian(world, column("h", last), column("h", at(2)))
    np.testing.assert_allclose(far, jacobian(to_the_end, h[2]), rtol=1e-11)


def test_an_immediate_derivative_by_a_matrix_reads_it_column_after_column() -> None:
    world = world_of(cleaned(GradientJob(steps=6)))
    W_h = make.var("W_h", ("h", "h"), None)
    found = found_jacobian(world, column("h", at(5)), W_h, ("h",))
    h = one(world, "h", 4)
    full = jacobian(lambda W: rnn_step(world, h, 5, W), matrix(world, "W_h"))
    np.testing.assert_allclose(found, full.transpose(1, 2).reshape(3, 9), rtol=1e-12)


def lstm_step(world: World, h: Tensor, c: Tensor, time: int, hold: bool = False) -> tuple[Tensor, Tensor]:
    gates = {}
    for gate in "figo":
        W, U, b = (matrix(world, f"{kind}_{gate}") for kind in ("W", "U", "b"))
        a = W @ one(world, "x", time) + U @ h + b[:, 0]
        gates[gate] = torch.tanh(a) if gate == "g" else torch.sigmoid(a)
        gates[gate] = gates[gate].detach() if hold else gates[gate]
    c = gates["f"] * c + gates["i"] * gates["g"]
    return gates["o"] * torch.tanh(c), c


@pytest.mark.parametrize("hold", [False, True], ids=["everything", "gates held"])
@pytest.mark.parametrize("start", [1, 4])
def test_jacobians_of_the_cell_state(start: int, hold: bool) -> None:
    """From c_1 or c_4 to c_5: without the gates held, h of the same step moves as well."""
    world = world_of(cleaned(GradientJob("lstm", "U_f", steps=5)))
    o = one(world, "o", start)

    def to_the_end(c: Tensor) -> Tensor:
        h = o * torch.tanh(c)
        for time in range(start + 1, 6):
            h, c = lstm_step(world, h, c, time, hold)
        return c

    held = ("f", "i", "g", "o") if hold else None
    found = found_jacobian(world, column("c", at(5)), column("c", at(start)), held)
    np.testing.assert_allclose(found, jacobian(to_the_end, one(world, "c", start)), rtol=1e-11, atol=1e-14)


def test_from_the_cell_state_to_a_later_state_with_the_gates_held() -> None:
    world = world_of(cleaned(GradientJob("lstm", "U_f", steps=5)))
    f = [one(world, "f", time) for time in (3, 4, 5)]
    expected = torch.diag(f[0] * f[1] * f[2] * one(world, "o", 5) * (1 - one(world, "m", 5) ** 2))
    found = found_jacobian(world, column("h", at(5)), column("c", at(2)), ("f", "i", "g", "o"))
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def test_jacobians_of_all_times_and_of_the_backward_network() -> None:
    world = world_of(cleaned(GradientJob("birnn", "W_h_rev", steps=5)))
    h_rev = [evaluate(column("h_rev", at(n)), world, {"T": 5})[:, 0] for n in range(7)]
    W = world.of(make.var("W_h_rev", ("h", "h"), None), None)[:, 0]
    steps = make.partial(column("h_rev"), column("h_rev", t + 1))
    found = evaluate(steps, world, {"T": 5, "t": np.array([1, 3, 5])})
    for place, n in enumerate((1, 3, 5)):
        np.testing.assert_allclose(found[:, place], (1 - h_rev[n] ** 2) * W, rtol=1e-12)
    by_input = make.partial(column("h_rev", last), make.var("x", ("d", "1"), last))
    W_i = world.of(make.var("W_i_rev", ("h", "d"), None), None)[:, 0]
    np.testing.assert_allclose(
        evaluate(by_input, world, {"T": 5})[:, 0], (1 - h_rev[5] ** 2) * W_i, rtol=1e-12
    )
    far = evaluate(make.partial(column("h_rev", at(1)), column("h_rev", at(3))), world, {"T": 5})[:, 0]
    np.testing.assert_allclose(far, ((1 - h_rev[1] ** 2) * W) @ ((1 - h_rev[2] ** 2) * W), rtol=1e-12)
    ahead = evaluate(make.partial(column("h_rev", at(3)), column("h_rev", at(1))), world, {"T": 5})
    np.testing.assert_array_equal(ahead, np.zeros_like(ahead))


def test_a_jacobian_of_what_is_not_computed_is_unknown() -> None:
    world = world_of(cleaned(GradientJob()))
    with pytest.raises(Unknown):
        found_jacobian(world, column("x", at(2)), column("h", at(1)))
    with pytest.raises(Unknown):
        found_jacobian(world, column("nothing", at(2)), column("h", at(1)))
