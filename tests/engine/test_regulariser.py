"""Pascanu's regulariser against autograd under the paper's own approximation, and as part of a look."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.models.model import Moment
from engine.regulariser import penalty
from engine.snapshot import Array
from tests.engine.recurrent_cases import Case, case, close


def by_autograd(dh: Array, slope: Array, W: Array, window: int = 0) -> tuple[float, Array, Array]:
    """Ω as in eq. 9, a mean over sequences; dL/dh and φ' are constants, so that only W is differentiated."""
    w = torch.tensor(W, requires_grad=True)
    T, B, _ = dh.shape
    omega, ratios = torch.zeros((), dtype=w.dtype), np.full((T - 1, B), np.nan)
    for t in range(1, T):  # ∂h_{t+1}/∂h_t = diag(φ'(a_{t+1})) W, t counted from 1
        if window and t % window == 0:
            continue
        for b in range(B):
            arriving = torch.tensor(dh[t, b])
            if arriving.norm() > 0:
                ratio = (arriving @ (torch.diag(torch.tensor(slope[t, b])) @ w)).norm() / arriving.norm()
                ratios[t - 1, b] = ratio.item()
                omega = omega + (ratio - 1) ** 2 / B
    if not omega.requires_grad:
        return 0.0, np.zeros_like(W), ratios
    return omega.item(), torch.autograd.grad(omega, w)[0].numpy(), ratios


@settings(max_examples=40)
@given(st.integers(1, 8), st.integers(1, 3), st.integers(1, 5), st.integers(0, 9), st.integers(0, 99))
def test_value_ratios_and_slope_are_autograds(T: int, B: int, h: int, window: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    dh, slope, W = rng.normal(size=(T, B, h)), rng.uniform(0.1, 1, (T, B, h)), rng.normal(size=(h, h))
    dh[rng.random((T, B)) < 0.2] = 0  # no error arrives there
    omega, gradient, ratios = by_autograd(dh, slope, W, window)
    found = penalty(dh, dh * slope, W, window)
    assert found.value == pytest.approx(omega, abs=1e-12)
    close(found.dW_hh, gradient, 1e-11)
    np.testing.assert_allclose(found.ratios, ratios, atol=1e-12)


def test_it_asks_nothing_of_a_rotation() -> None:
    turn = np.array([[0.0, -1.0], [1.0, 0.0]])
    dh = np.random.default_rng(0).normal(size=(5, 2, 2))
    found = penalty(dh, dh, turn)
    assert found.value == pytest.approx(0, abs=1e-28)
    assert np.abs(found.dW_hh).max() < 1e-14
    np.testing.assert_allclose(found.ratios, 1)


def test_halved_and_doubled_errors_are_pulled_back_to_their_length() -> None:
    dh = np.ones((2, 1, 1))
    for w, omega, slope in ((0.5, 0.25, -1.0), (2.0, 1.0, 2.0), (0.0, 1.0, 0.0)):
        found = penalty(dh, dh, np.array([[w]]))
        assert found.value == pytest.approx(omega) and found.dW_hh.item() == pytest.approx(slope)


def example(strength: float, truncate: int = 0, dtype: type = np.float64) -> Case:
    config = RunConfig(cell="rnn", hidden=4, length=7, regulariser=strength, truncate=truncate)
    return case(config, 7, 3, 5, 2, dtype=dtype)


@pytest.mark.parametrize("truncate", [0, 3])
def test_a_look_adds_it_to_the_gradient_of_the_recurrent_weights_alone(truncate: int) -> None:
    regular, plain = example(2.5, truncate), example(0.0, truncate)
    oracle = plain.oracle()
    dh, h = oracle.slopes(oracle.h[""]), np.stack([each.detach().numpy() for each in oracle.h[""]])
    _, expected, ratios = by_autograd(dh, 1 - h * h, plain.weights["W_hh"], truncate)
    with_it, without = regular.gradients(), oracle.gradients()
    close(with_it["W_hh"], without["W_hh"] + 2.5 * expected)
    for name in set(without) - {"W_hh"}:
        close(with_it[name], without[name], name=name)
    assert regular.look().loss == plain.look().loss
    np.testing.assert_allclose(regular.look().picture(1).named["omega"], ratios[:, 1:2], atol=1e-12)
    assert "omega" not in plain.look().picture(1).named


def test_it_is_live_and_keeps_float32() -> None:
    one = example(0.0, dtype=np.float32)
    on = Moment(3, dataclasses.replace(one.config, regulariser=1.0))
    look = one.model.look(one.theta, one.batch, on)
    assert look.gradient.dtype == np.float32 and look.picture(0).named["omega"].dtype == np.float32
    assert not np.array_equal(look.gradient, one.look().gradient)
