"""θ and its names: a round trip, what each part starts as, and the same draws for the same seed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from cell_cases import VARIANTS, cell_as, name_of
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import parameters
from engine.cells import Cell, cell_for, cell_of
from engine.config import RunConfig, knob_of
from engine.models.layers import Layers
from engine.nets import Spec
from engine.parameters import Shapes
from engine.snapshot import Array

SCHEMES = [value for value, _ in knob_of("init").choices]
shapes_drawn = st.dictionaries(
    st.text("abWi_", min_size=1, max_size=4),
    st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple),
    min_size=1,
)


@settings(max_examples=60)
@given(shapes_drawn)
def test_named_and_flat_are_each_others_opposite(shapes: dict[str, tuple[int, ...]]) -> None:
    theta = np.arange(float(parameters.count(shapes)))
    found = parameters.named(theta, shapes)
    assert {name: array.shape for name, array in found.items()} == shapes
    assert all(np.shares_memory(array, theta) for array in found.values())
    assert np.array_equal(parameters.flat(found, shapes), theta)


@pytest.mark.parametrize("spec", VARIANTS, ids=name_of)
@pytest.mark.parametrize("biases", ["one", "two"])
def test_shapes_are_the_cells_and_the_output_layers(spec: Spec, biases: str) -> None:
    cell = cell_as(spec)
    found = parameters.shapes_of(cell, 3, 5, 2, biases)
    assert found == cell.shapes(3, 5, biases) | {"W_o": (2, 5), "b_o": (2,)}
    assert ("b_hh" in found) == (biases == "two")


def start(config: RunConfig, shapes: Shapes | None = None, seed: int = 1) -> dict[str, Array]:
    cell = cell_for(config)
    shapes = shapes or parameters.shapes_of(cell, 3, 5, 2, config.biases)
    theta = parameters.initial(cell, shapes, np.random.default_rng(seed), config)
    assert theta.dtype == np.float64
    return parameters.named(theta, shapes)


@pytest.mark.parametrize("name", ["rnn", "lstm", "gru"])
def test_the_start_that_is_not_asked_for_is_pytorchs(name: str) -> None:
    """Uniform in ±1/√h in the order of the names, biases 0, and the LSTM's forget gate open."""
    cell: Cell = cell_of(name)
    shapes = parameters.shapes_of(cell, 3, 5, 2)
    found = parameters.named(parameters.initial(cell, shapes, np.random.default_rng(1)), shapes)
    rng = np.random.default_rng(1)
    for part, shape in shapes.items():
        if part.startswith("W"):
            assert np.array_equal(found[part], rng.uniform(-1 / math.sqrt(5), 1 / math.sqrt(5), shape)), part
    opened = np.repeat([0.0, 1.0, 0.0, 0.0], 5) if name == "lstm" else np.zeros(len(found["b_ih"]))
    assert np.array_equal(found["b_ih"], opened)
    assert not found["b_hh"].any()
    assert not found["b_o"].any()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["rnn", "lstm", "gru"])
def test_gain_multiplies_the_weights_and_nothing_else(scheme: str, name: str) -> None:
    plain = start(RunConfig(cell=name, init=scheme, norm="layer"))
    gained = start(RunConfig(cell=name, init=scheme, norm="layer", gain=1.5))
    for part, array in plain.items():
        factor = 1.5 if part.startswith("W") else 1
        np.testing.assert_allclose(gained[part], factor * array, rtol=1e-15, atol=0)
    again = start(RunConfig(cell=name, init=scheme, norm="layer"))
    assert all(plain[part].tobytes() == again[part].tobytes() for part in plain)


def test_forget_bias_of_every_layer_and_direction() -> None:
    config = RunConfig(cell="lstm", forget_bias=2.5)
    layers = Layers(cell_for(config), 5, layers=2, both=True)
    found = start(config, layers.shapes(3, "two") | {"W_o": (2, 10), "b_o": (2,)})
    for suffix in ("_l1", "_l1_reverse", "_l2", "_l2_reverse"):
        assert np.array_equal(found["b_ih" + suffix], np.repeat([0, 2.5, 0, 0], 5)), suffix
        assert not found["b_hh" + suffix].any()


def test_identity_of_every_layer_and_gate() -> None:
    config = RunConfig(cell="gru", init="identity", gain=0.5)
    found = start(config, Layers(cell_for(config), 4, layers=2).shapes(4, "one"))
    for suffix in ("_l1", "_l2"):
        assert np.array_equal(found["W_hh" + suffix], np.tile(0.5 * np.eye(4), (3, 1)))
        assert not np.array_equal(found["W_ih" + suffix], found["W_hh" + suffix])


@pytest.mark.parametrize(("norm", "gain"), [("layer", 1.0), ("batch", 0.1)])
def test_what_else_a_variant_starts_from(norm: str, gain: float) -> None:
    found = start(RunConfig(cell="lstm", peepholes="yes", norm=norm, biases="one"))
    assert all((found[part] == gain).all() for part in ("gain_ih", "gain_hh", "gain_c"))
    assert not any(found[part].any() for part in ("p_i", "p_f", "p_o", "shift_c"))
    simple = start(RunConfig(cell="rnn", norm=norm))
    assert (simple["gain_h"] == gain).all()


def test_peepholes_do_not_change_the_other_draws() -> None:
    without, with_them = start(RunConfig(cell="lstm")), start(RunConfig(cell="lstm", peepholes="yes"))
    assert all(without[part].tobytes() == with_them[part].tobytes() for part in without)
