"""What a recurrent network is fed: the last state, silenced units, its own output, one symbol at a time."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from engine.config import RunConfig
from engine.errors import ConfigError, TaskError
from engine.losses import LOSSES
from engine.models.model import Moment, Picture
from engine.tasks.task import Batch
from tests.engine.recurrent_cases import Case, case, close

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
