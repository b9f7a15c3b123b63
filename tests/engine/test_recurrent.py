"""Recurrent networks of every shape against autograd and central differences."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import parameters
from engine.config import RunConfig
from engine.errors import ConfigError, TaskError
from engine.losses import LOSSES
from engine.models.model import Look, Moment, Picture
from engine.models.recurrent import Recurrent
from engine.snapshot import Array
from engine.tasks.task import Batch
from tests.engine.torch_recurrent import Told, told


@dataclass
class Sizes:
    """All of a task that the model asks for."""

    inputs: int
    outputs: int
    loss: Any = "cross-entropy"


@dataclass
class Case:
    config: RunConfig
    model: Recurrent
    theta: Array
    batch: Batch
    moment: Moment

    @property
    def weights(self) -> dict[str, Array]:
        return parameters.named(self.theta, self.model.shapes)

    def look(self) -> Look:
        return self.model.look(self.theta, self.batch, self.moment)

    def gradients(self) -> dict[str, Array]:
        return parameters.named(self.look().gradient, self.model.shapes)

    def oracle(self, config: RunConfig | None = None) -> Told:
        """The same in torch, in float64; the masks are the model's: they are drawn, not derived."""
        seen = self.model.forward(self.weights, self.batch, self.moment)
        double = {name: w.astype(np.float64) for name, w in self.weights.items()}
        return told(
            config or self.config, double, self.batch.inputs.astype(float), self.batch.targets.astype(float),
            entropy=self.model.symbols, asked=self.batch.weights,
            masks=[mask.astype(float) for mask in seen.masks], start=self.moment.carry,
        )  # fmt: skip


def case(config: RunConfig, T: int, B: int, d: int, k: int, seed: int = 0, **more: Any) -> Case:
    """Random weights and a random batch; `more`: loss, asked ("all", "last", "some"), dtype, carry."""
    rng = np.random.default_rng(seed)
    loss, dtype = more.get("loss", "cross-entropy"), more.get("dtype", np.float64)
    model = Recurrent(config, Sizes(d, k, loss))
    theta = rng.normal(0, 0.5, parameters.count(model.shapes)).astype(dtype)
    targets = np.eye(k)[rng.integers(0, k, (T, B))] if loss == "cross-entropy" else rng.normal(size=(T, B, k))
    asked = {"all": None, "last": np.zeros((T, B)), "some": rng.random((T, B)) * (rng.random((T, B)) < 0.5)}
    weights = asked[more.get("asked", "all")]
    if weights is not None:
        weights[-1] = 1
    batch = Batch(
        rng.normal(size=(T, B, d)).astype(dtype), targets.astype(dtype),
        None if weights is None else weights.astype(dtype), fresh=not more.get("carry"),
    )  # fmt: skip
    parts = 2 if config.cell == "lstm" else 1
    carry = (
        tuple(rng.normal(size=(B, config.hidden)) for _ in range(parts * config.layers))
        if more.get("carry")
        else ()
    )
    return Case(config, model, theta, batch, Moment(3, config, carry))


def close(found: Array, expected: Array, atol: float = 1e-10, name: str = "") -> None:
    scale = max(1.0, float(np.abs(expected).max(initial=0)))
    np.testing.assert_allclose(found, expected, rtol=0, atol=atol * scale, err_msg=name)


@st.composite
def cases(draw: st.DrawFn, dtype: Any = np.float64) -> Callable[[], Case]:
    """What makes a case: the arrays are left to the test, so that drawing stays quick."""
    pick = lambda *values: draw(st.sampled_from(values))  # noqa: E731 - short for this strategy only
    cell, layers = pick("rnn", "lstm", "gru"), draw(st.integers(1, 4))
    T = draw(st.integers(2, 9))
    config = RunConfig(
        cell=cell, layers=layers, length=T, hidden=draw(st.integers(1, 5)), direction=pick("one", "both"),
        residual=pick("no", "yes") if layers > 1 else "no", dropout=pick(0.0, 0.4), biases=pick("one", "two"),
        truncate=draw(st.integers(0, T)), gru_update=pick("keep", "take"), gru_reset=pick("after", "before"),
        peepholes=pick("no", "yes"), activation=pick("tanh", "sigmoid", "identity"),
    )  # fmt: skip
    return functools.partial(
        case, config, T, draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 4)),
        seed=draw(st.integers(0, 99)), loss=pick(*LOSSES), asked=pick("all", "last", "some"), dtype=dtype,
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(cases())
def test_every_gradient_is_what_autograd_finds(made: Callable[[], Case]) -> None:
    example = made()
    oracle = example.oracle()
    look = example.look()
    assert look.loss == pytest.approx(oracle.loss, rel=1e-12, abs=1e-12)
    expected = oracle.gradients()
    found = parameters.named(look.gradient, example.model.shapes)
    assert set(found) == set(expected)
    for name, gradient in found.items():
        close(gradient, expected[name], name=name)


@settings(deadline=None, max_examples=15)
@given(cases(np.float32))
def test_float32_stays_float32_and_is_right_to_its_rounding(made: Callable[[], Case]) -> None:
    example = made()
    expected = example.oracle().gradients()
    look = example.look()
    assert look.gradient.dtype == np.float32
    assert {array.dtype for array in look.picture(0).named.values()} == {np.dtype(np.float32)}
    for name, gradient in example.gradients().items():
        close(gradient, expected[name], 1e-5, name)


@pytest.mark.parametrize(("cell", "direction"), [("rnn", "one"), ("lstm", "both"), ("gru", "one")])
def test_a_hundred_steps_through_three_layers(cell: str, direction: str) -> None:
    config = RunConfig(
        cell=cell, layers=3, hidden=4, length=100, direction=direction, residual="yes", dropout=0.2
    )
    single = case(config, 100, 2, 5, 3, dtype=np.float32)
    single.theta *= 0.6  # with 100 steps of larger weights rounding alone is larger than 1e-5
    expected = single.oracle().gradients()
    batch = dataclasses.replace(
        single.batch, inputs=single.batch.inputs.astype(float), targets=single.batch.targets.astype(float)
    )
    double = Case(config, single.model, single.theta.astype(float), batch, single.moment)
    for example, atol in ((double, 1e-10), (single, 1e-5)):
        for name, gradient in example.gradients().items():
            close(gradient, expected[name], atol, name)


@pytest.mark.parametrize("norm", ["layer", "batch"])
@pytest.mark.parametrize("layers", [1, 2])
def test_gains_and_biases_behind_a_norm(norm: str, layers: int) -> None:
    config = RunConfig(cell="rnn", layers=layers, hidden=4, length=6, direction="both", norm=norm, truncate=3)
    example = case(config, 6, 3, 5, 2)
    expected = example.oracle().gradients()
    assert "gain_h" + ("_l2_reverse" if layers == 2 else "_reverse") in expected
    for name, gradient in example.gradients().items():
        close(gradient, expected[name], 1e-9, name)


@pytest.mark.parametrize("variant", [
    {"cell": "lstm", "peepholes": "yes", "norm": "layer"},
    {"cell": "gru", "gru_reset": "before", "norm": "batch"},
    {"cell": "rnn", "activation": "relu"},
])  # fmt: skip
def test_central_differences_agree(variant: dict[str, str]) -> None:
    config = RunConfig(layers=2, hidden=3, length=5, direction="both", residual="yes", dropout=0.3, **variant)  # type: ignore[arg-type]  # text knobs
    example = case(config, 5, 3, 4, 2, asked="some", loss="half squared error")
    gradient = example.look().gradient
    for place in np.random.default_rng(1).choice(len(gradient), 60, replace=False):
        ends = []
        for sign in (1, -1):
            moved = example.theta.copy()
            moved[place] += sign * 1e-6
            ends.append(example.model.look(moved, example.batch, example.moment).loss)
        assert gradient[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-6, abs=1e-8)


@settings(deadline=None, max_examples=15)
@given(cases())
def test_the_picture_shows_what_autograd_sees(made: Callable[[], Case]) -> None:
    example = made()
    oracle, b = example.oracle(), example.batch.inputs.shape[1] - 1
    picture = example.look().picture(b)
    for suffix, nodes in oracle.h.items():
        back = -1 if suffix.endswith("_reverse") else 1
        close(picture.named["h" + suffix], np.stack([n.detach().numpy() for n in nodes])[::back, b])
        close(picture.named["dh" + suffix], oracle.slopes(nodes)[::back, b])
        if cells := oracle.c[suffix]:
            close(picture.named["c" + suffix], np.stack([n.detach().numpy() for n in cells])[::back, b])
            close(picture.named["dc" + suffix], oracle.slopes(cells)[::back, b])
    close(picture.named["z_o"], oracle.z.detach().numpy()[:, b])
    close(picture.named["dz_o"], oracle.slopes([oracle.z])[0][:, b])


def test_the_picture_is_complete_and_of_its_own() -> None:
    config = RunConfig(cell="lstm", layers=2, hidden=3, length=6, direction="both", dropout=0.5)
    example = case(config, 6, 2, 4, 5)
    picture = example.look().picture(1)
    lanes = [f"_l{layer}{way}" for layer in (1, 2) for way in ("", "_reverse")]
    letters = [
        "h",
        "c",
        "i",
        "f",
        "g",
        "o",
        "tanh_c",
        "da_i",
        "da_f",
        "da_g",
        "da_o",
        "dh",
        "dc",
        "h_0",
        "c_0",
    ]
    once = ["x_l2", "mask_l2", "out", "z_o", "dz_o", "outputs"]
    assert set(picture.named) == {letter + lane for letter in letters for lane in lanes} | set(once)
    assert picture.named["h_0_l1"].shape == (1, 3) and picture.named["mask_l2"].shape == (6, 6)
    assert all(len(array) == 6 for name, array in picture.named.items() if "_0" not in name)
    assert picture.hidden is picture.named["h_l2"] and picture.dh is picture.named["dh_l2"]
    assert list(picture.gates) == ["f", "i", "g", "o", "c"]
    assert np.array_equal(picture.inputs, example.batch.inputs[:, 1])
    assert np.array_equal(picture.wanted, example.batch.targets[:, 1])
    assert all(array.base is None for array in picture.named.values())


def test_a_delta_is_the_slope_of_the_bias_of_its_gate() -> None:
    """With one sequence and one bias, the deltas of a gate add up over time to that gate's bias gradient."""
    for cell in ("rnn", "lstm", "gru"):
        example = case(RunConfig(cell=cell, hidden=3, length=6, direction="both"), 6, 1, 4, 5)
        named, found = example.look().picture(0).named, example.gradients()
        for way in ("", "_reverse"):
            for letter in example.model.layers.cell.stacked:
                rows = example.model.layers.cell.rows(letter, found["b_ih" + way])
                close(named[f"da_{letter}{way}"].sum(0), rows)


# --- the state from batch to batch -----------------------------------------------------------------


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_two_halves_with_a_carry_are_one_whole(cell: str) -> None:
    example = case(RunConfig(cell=cell, layers=3, hidden=4, length=10), 10, 2, 3, 5)
    whole = example.look().picture(1).named["z_o"]
    batch, carry, halves = example.batch, (), []
    for part in (slice(0, 4), slice(4, 10)):
        some = Batch(batch.inputs[part], batch.targets[part], fresh=part.start == 0)
        look = example.model.look(example.theta, some, dataclasses.replace(example.moment, carry=carry))
        carry = look.carry
        halves.append(look.picture(1).named["z_o"])
    close(np.concatenate(halves), whole, 1e-14)
    assert len(carry) == 3 * example.model.layers.cell.parts


@pytest.mark.parametrize("direction", ["one", "both"])
def test_a_carried_state_is_where_the_forward_direction_starts(direction: str) -> None:
    config = RunConfig(cell="lstm", layers=2, hidden=4, length=5, direction=direction)
    example = case(config, 5, 2, 3, 5, carry=True)
    expected = example.oracle().gradients()
    for name, gradient in example.gradients().items():
        close(gradient, expected[name], name=name)
    named = example.look().picture(1).named
    assert np.array_equal(named["c_0_l2"][0], example.moment.carry[3][1])
    assert direction == "one" or not named["c_0_l2_reverse"].any()
    assert len(example.look().carry) == 4


def test_a_fresh_batch_heeds_no_carry() -> None:
    example = case(RunConfig(hidden=4, length=5), 5, 2, 3, 5, carry=True)
    fresh = dataclasses.replace(example.batch, fresh=True)
    without = dataclasses.replace(example.moment, carry=())
    assert (
        example.model.look(example.theta, fresh, example.moment).loss
        == example.model.look(example.theta, fresh, without).loss
    )


# --- dropout ---------------------------------------------------------------------------------------


def test_dropout_is_inverted_between_layers_only_and_the_same_when_done_again() -> None:
    config = RunConfig(cell="gru", layers=3, hidden=20, length=20, dropout=0.3)
    example = case(config, 20, 10, 3, 2)
    named = example.look().picture(1).named
    assert [name for name in named if name.startswith("mask")] == ["mask_l2", "mask_l3"]
    assert set(np.unique(named["mask_l2"])) == {0, 1 / 0.7}
    assert not np.array_equal(named["mask_l2"], named["mask_l3"])
    close(named["x_l2"], named["h_l1"] * named["mask_l2"], 1e-15)
    masks = example.model.forward(example.weights, example.batch, example.moment).masks
    assert np.mean(masks) == pytest.approx(1, abs=0.03)
    assert np.array_equal(example.look().picture(1).named["mask_l2"], named["mask_l2"])
    later = dataclasses.replace(example.moment, step=4)
    assert not np.array_equal(
        example.model.look(example.theta, example.batch, later).picture(0).named["mask_l2"], named["mask_l2"]
    )


def test_dropout_and_residual_links_of_a_single_layer_are_nothing() -> None:
    example = case(RunConfig(hidden=4, length=5, dropout=0.5), 5, 2, 3, 5)
    assert example.model.forward(example.weights, example.batch, example.moment).masks == ()


# --- teacher forcing -------------------------------------------------------------------------------


def forced(example: Case, ratio: float, own: Any) -> Picture:
    knobs = dataclasses.replace(example.config, teacher_forcing=ratio)
    batch = dataclasses.replace(example.batch, own=own)
    return example.model.look(example.theta, batch, Moment(3, knobs)).picture(0)


@pytest.mark.parametrize("loss", LOSSES)
def test_without_teacher_forcing_the_network_reads_itself(loss: str) -> None:
    config = RunConfig(cell="gru", layers=2, hidden=6, length=12, residual="yes", dropout=0.2)
    example = case(config, 12, 3, 4, 4, loss=loss)
    own = np.ones((12, 3), dtype=bool)
    picture = forced(example, 0.0, own)
    last = picture.outputs[:-1]
    expected = np.eye(4)[last.argmax(1)] if loss == "cross-entropy" else last
    close(picture.inputs[1:], expected, 1e-14)
    assert np.array_equal(picture.inputs[0], example.batch.inputs[0, 0])


def test_each_sequence_is_fed_where_it_may_be_and_nowhere_else() -> None:
    example = case(RunConfig(hidden=4, length=30), 30, 4, 3, 3)
    own = np.random.default_rng(3).random((30, 4)) < 0.5
    knobs = dataclasses.replace(example.config, teacher_forcing=0.0)
    batch = dataclasses.replace(example.batch, own=own)
    look = example.model.look(example.theta, batch, Moment(3, knobs))
    for b in range(4):
        picture = look.picture(b)
        for t in range(1, 30):
            last = np.eye(3)[picture.outputs[t - 1].argmax()]
            assert np.array_equal(picture.inputs[t], last if own[t, b] else batch.inputs[t, b])


def test_forcing_heeds_its_share_and_where_it_may() -> None:
    example = case(RunConfig(hidden=4, length=50), 50, 4, 3, 3)
    given = example.batch.inputs[:, 0]
    own = np.ones((50, 4), dtype=bool)
    assert np.array_equal(forced(example, 1.0, own).inputs, given)
    assert np.array_equal(forced(example, 0.0, None).inputs, given)
    assert np.array_equal(forced(example, 0.0, ~own).inputs, given)
    replaced = (forced(example, 0.75, own).inputs != given).any(axis=1).mean()
    assert 0.1 < replaced < 0.45
    own[:25] = False
    assert np.array_equal(forced(example, 0.0, own).inputs[:25], given[:25])


def test_no_gradient_passes_through_what_was_fed() -> None:
    """The gradient is that of the same network given the same inputs from outside."""
    example = case(RunConfig(hidden=4, length=8), 8, 1, 3, 3)
    own = np.ones((8, 1), dtype=bool)
    batch, knobs = (
        dataclasses.replace(example.batch, own=own),
        dataclasses.replace(example.config, teacher_forcing=0.0),
    )
    look = example.model.look(example.theta, batch, Moment(3, knobs))
    outside = dataclasses.replace(example.batch, inputs=look.picture(0).inputs[:, None])
    assert not np.array_equal(outside.inputs, batch.inputs)
    close(look.gradient, example.model.look(example.theta, outside, example.moment).gradient, 1e-14)


def test_a_network_of_both_directions_cannot_read_itself() -> None:
    with pytest.raises(ConfigError, match=r"Teacher forcing is 0\.5 and Direction is both"):
        RunConfig(direction="both", teacher_forcing=0.5)


# --- sampling --------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_stepper_says_what_the_whole_sequence_said(cell: str) -> None:
    config = RunConfig(cell=cell, layers=3, hidden=4, length=7, residual="yes", norm="layer", dropout=0.5)
    example = case(config, 7, 1, 6, 5)
    symbols = [3, 0, 5, 5, 1, 2, 4]
    batch = Batch(np.eye(6)[symbols][:, None], example.batch.targets)
    calm = Moment(1, dataclasses.replace(config, dropout=0.0))
    whole = example.model.look(example.theta, batch, calm).picture(0).named["z_o"]
    stepper = example.model.stepper(example.weights)
    state = stepper.start()
    for place, expected in zip(symbols, whole, strict=True):
        before = [part.copy() for part in state]
        after, z = stepper.feed(state, place)
        assert all(np.array_equal(old, part) for old, part in zip(before, state, strict=True))
        close(z, expected, 1e-13)
        state = after


@pytest.mark.parametrize(
    ("knobs", "words"), [({"direction": "both"}, "both directions"), ({"norm": "batch"}, "batch norm")]
)
def test_what_cannot_write_says_so(knobs: dict[str, str], words: str) -> None:
    example = case(RunConfig(hidden=4, length=5, **knobs), 5, 2, 3, 3)  # type: ignore[arg-type]  # text knobs
    with pytest.raises(TaskError, match=words):
        example.model.stepper(example.weights)


# --- shapes and beginnings -------------------------------------------------------------------------


def test_names_and_shapes_of_a_deep_network() -> None:
    shapes = Recurrent(
        RunConfig(cell="gru", layers=2, hidden=3, direction="both", biases="one"), Sizes(4, 5)
    ).shapes
    assert list(shapes) == [
        *(f"{name}_l1{way}" for way in ("", "_reverse") for name in ("W_ih", "W_hh", "b_ih")),
        *(f"{name}_l2{way}" for way in ("", "_reverse") for name in ("W_ih", "W_hh", "b_ih")), "W_o", "b_o",
    ]  # fmt: skip
    assert shapes["W_ih_l1_reverse"] == (9, 4) and shapes["W_ih_l2"] == (9, 6) and shapes["W_o"] == (5, 6)
    single = Recurrent(RunConfig(hidden=3), Sizes(4, 5)).shapes
    assert list(single) == ["W_ih", "W_hh", "b_ih", "b_hh", "W_o", "b_o"]


def test_the_beginning_is_that_of_the_seed() -> None:
    config = RunConfig(layers=2, hidden=3, norm="layer", peepholes="yes")
    model = Recurrent(config, Sizes(4, 5))
    one, same = (model.initial(config, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(one, same) and len(one) == parameters.count(model.shapes)
