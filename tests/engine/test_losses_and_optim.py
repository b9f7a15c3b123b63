"""Losses, optimisers and clipping against torch's own."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.losses import cross_entropy, half_squared_error
from engine.optim import Optimiser, clipped, global_norm, optimiser_of


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


@pytest.mark.parametrize(("name", "theirs"), [("adam", torch.optim.Adam), ("sgd", torch.optim.SGD)])
def test_optimisers_walk_where_torchs_walk(name: str, theirs: type[torch.optim.Optimizer]) -> None:
    rng = np.random.default_rng(3)
    theta, optimiser = rng.normal(size=6), optimiser_of(name, 6)
    peer = torch.tensor(theta.copy(), requires_grad=True)
    oracle = theirs([peer], lr=0.05)
    for _ in range(50):
        gradient = rng.normal(size=6) * np.array([1, 10, 0.1, 1e-6, 1, 0])
        theta, optimiser = optimiser.update(theta, gradient, 0.05)
        peer.grad = torch.tensor(gradient)
        oracle.step()
    np.testing.assert_allclose(theta, peer.detach().numpy(), rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", ["adam", "sgd"])
def test_an_update_changes_nothing_in_place(name: str) -> None:
    theta, gradient = np.ones(3), np.array([1.0, -2.0, 3.0])
    first: Optimiser = optimiser_of(name, 3)
    once, second = first.update(theta, gradient, 0.1)
    second.update(once, gradient, 0.1)
    again, _ = first.update(theta, gradient, 0.1)
    assert np.array_equal(once, again)
    assert np.array_equal(theta, np.ones(3))


def test_clipping_is_torchs_and_keeps_the_direction() -> None:
    gradient = np.random.default_rng(4).normal(size=20)
    norm = global_norm(gradient)
    short = clipped(gradient, norm, 0.5)
    parts = [torch.tensor(gradient[:7], requires_grad=True), torch.tensor(gradient[7:], requires_grad=True)]
    for part in parts:
        part.grad = part.detach().clone()
    their_norm = torch.nn.utils.clip_grad_norm_(parts, 0.5)
    assert norm == pytest.approx(their_norm.item(), rel=1e-14)
    assert global_norm(short) == pytest.approx(0.5, rel=1e-14)
    theirs = torch.cat([part.grad for part in parts if part.grad is not None]).numpy()
    np.testing.assert_allclose(short, theirs, rtol=1e-5)  # torch adds 1e-6 to the norm, Pascanu et al. do not


def test_a_short_gradient_and_limit_zero_are_left_alone() -> None:
    gradient = np.array([3.0, 4.0])
    assert clipped(gradient, 5.0, 5.0) is gradient
    assert clipped(gradient, 5.0, 0.0) is gradient
