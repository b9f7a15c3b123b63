"""Recurrent networks of every shape against autograd and central differences."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings

from engine import parameters
from engine.config import RunConfig
from engine.models.recurrent import Recurrent
from tests.engine.recurrent_cases import Case, Sizes, case, cases, close


@settings(max_examples=60)
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


@settings(max_examples=15)
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


@settings(max_examples=15)
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
