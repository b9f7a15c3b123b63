"""One layer there and back: truncation as separate pieces, shares and sums, what is kept on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import bptt
from engine.bptt import Unrolled
from engine.cells import cell_for
from engine.config import RunConfig
from tests.engine.test_jacobians import VARIANTS, layer


def errors(run: Unrolled) -> np.ndarray:
    return np.random.default_rng(7).normal(size=run.hidden[1:].shape)


@settings(max_examples=30)
@given(st.sampled_from(VARIANTS), st.integers(1, 9), st.integers(1, 10))
def test_a_window_differentiates_each_piece_by_itself(variant: dict[str, Any], T: int, window: int) -> None:
    """Each piece is unrolled anew from the state that the last one left, which is a constant to it."""
    run = layer(RunConfig(hidden=3, **variant), T=T)
    dh = errors(run)
    found = bptt.rewind(run, dh, window)
    total: dict[str, Any] = {}
    for first in range(0, T, window):
        piece = slice(first, first + window)
        part = bptt.unroll(run.cell, run.weights, run.inputs[piece], run.steps[first].before)
        back = bptt.rewind(part, dh[piece])
        np.testing.assert_allclose(found.dh[piece], back.dh, atol=1e-14)
        np.testing.assert_allclose(found.da_h[piece], back.da_h, atol=1e-14)
        for name, gradient in bptt.uses(part, back).gradients().items():
            total[name] = total.get(name, 0) + gradient
        if first == 0:
            for ours, theirs in zip(found.start, back.start, strict=True):
                np.testing.assert_allclose(ours, theirs, atol=1e-14)
    for name, gradient in bptt.uses(run, found).gradients().items():
        np.testing.assert_allclose(gradient, total[name], atol=1e-12, err_msg=name)


@pytest.mark.parametrize("window", [0, 7, 8])
def test_a_window_of_all_steps_or_of_none_cuts_nothing(window: int) -> None:
    run = layer(RunConfig(cell="lstm", hidden=3))
    whole = bptt.rewind(run, errors(run))
    np.testing.assert_array_equal(bptt.rewind(run, errors(run), window).dh, whole.dh)


@pytest.mark.parametrize("variant", VARIANTS)
def test_shares_sum_to_gradients_and_only_some_can_be_asked_for(variant: dict[str, Any]) -> None:
    run = layer(RunConfig(hidden=3, **variant))
    uses = bptt.uses(run, bptt.rewind(run, errors(run)))
    gradients, shares = uses.gradients(), uses.shares()
    assert set(gradients) == set(shares) == set(run.weights)
    for name, share in shares.items():
        assert share.shape == (7, *run.weights[name].shape)
        np.testing.assert_allclose(share.sum(axis=0), gradients[name], atol=1e-13, err_msg=name)
    some = uses.only(["W_hh", "b_ih"])
    assert list(some.shares()) == list(some.gradients()) == ["W_hh", "b_ih"]


def test_what_was_given_is_not_written_to() -> None:
    run = layer(RunConfig(cell="gru", hidden=3))
    dh, before = errors(run), errors(run)
    bptt.rewind(run, dh)
    np.testing.assert_array_equal(dh, before)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_array_keeps_float32(variant: dict[str, Any]) -> None:
    double = layer(RunConfig(hidden=3, **variant))
    small = {name: w.astype(np.float32) for name, w in double.weights.items()}
    run = bptt.unroll(double.cell, small, double.inputs.astype(np.float32))
    back = bptt.rewind(run, errors(double).astype(np.float32))
    arrays = [run.hidden, back.dh, back.da_x, back.da_h, back.da, *back.start, *back.extra.values()]
    arrays += [*bptt.uses(run, back).gradients().values(), *run.steps[0].after]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


def test_one_bias_has_one_gradient_and_dc_is_the_lstms() -> None:
    run = layer(RunConfig(cell="lstm", hidden=3, biases="one"))
    back = bptt.rewind(run, errors(run))
    assert "b_hh" not in bptt.uses(run, back).gradients() and back.dc is not None
    assert back.dc.shape == (7, 3, 3)
    gru = layer(RunConfig(cell="gru", hidden=3))
    assert bptt.rewind(gru, errors(gru)).dc is None


def test_a_start_is_where_it_begins() -> None:
    cell = cell_for(RunConfig(cell="rnn", activation="identity"))
    weights = {"W_ih": np.zeros((2, 1)), "W_hh": np.eye(2), "b_ih": np.zeros(2)}
    start = (np.array([[3.0, -1.0]]),)
    run = bptt.unroll(cell, weights, np.zeros((4, 1, 1)), start)
    np.testing.assert_array_equal(run.hidden, np.broadcast_to(start[0], (5, 1, 2)))
    np.testing.assert_array_equal(bptt.unroll(cell, weights, np.zeros((4, 1, 1))).hidden, np.zeros((5, 1, 2)))
