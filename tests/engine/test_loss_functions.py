"""Losses against torch's own."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.losses import cross_entropy, half_squared_error


def test_cross_entropy_is_torchs() -> None:
    rng = np.random.default_rng(1)
    z, symbols = rng.normal(0, 3, (4, 3, 7)), rng.integers(0, 7, (4, 3))
    ours = cross_entropy(z, np.eye(7)[symbols])
    theirs = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(theirs.flatten(0, 1), torch.tensor(symbols).flatten())
    loss.backward()
    assert theirs.grad is not None
    assert ours.value == pytest.approx(loss.item(), rel=1e-14)
    np.testing.assert_allclose(ours.dz, theirs.grad.numpy(), atol=1e-15)
    np.testing.assert_allclose(ours.outputs, theirs.softmax(2).detach().numpy(), atol=1e-15)


def test_half_squared_error_is_half_of_torchs() -> None:
    rng = np.random.default_rng(2)
    z, y = rng.normal(size=(4, 3, 1)), rng.normal(size=(4, 3, 1))
    ours = half_squared_error(z, y)
    theirs = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.mse_loss(theirs, torch.tensor(y)) / 2
    loss.backward()
    assert theirs.grad is not None
    assert ours.value == pytest.approx(loss.item(), rel=1e-14)
    np.testing.assert_allclose(ours.dz, theirs.grad.numpy(), atol=1e-16)
    assert ours.outputs is z


def test_huge_outputs_do_not_overflow() -> None:
    z = np.array([[[1e4, -1e4, 0.0]]])
    assert cross_entropy(z, np.array([[[0.0, 0.0, 1.0]]])).value == pytest.approx(1e4)
    assert cross_entropy(z, np.array([[[1.0, 0.0, 0.0]]])).value == 0
