"""The numbers about unstable gradients, found again by PyTorch's autograd, its modules and NumPy."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from torch.autograd.functional import jacobian

from content.worked import stability

RANDOM = np.random.default_rng(5)


def _drawn(*shape: int) -> np.ndarray:
    return RANDOM.normal(size=shape)


def _t(values: object) -> torch.Tensor:
    return torch.tensor(np.asarray(values), dtype=torch.float64)


def test_jacobians_and_their_product_are_those_of_autograd() -> None:
    W_x, W_h, b, xs, h = _drawn(3, 2), _drawn(3, 3), _drawn(3), _drawn(4, 2), _drawn(3)

    def last(start: torch.Tensor) -> torch.Tensor:
        for x in _t(xs):
            start = torch.tanh(_t(W_x) @ x + _t(W_h) @ start + _t(b))
        return start

    assert_allclose(stability.rnn_carry(W_x, W_h, b, xs, h), jacobian(last, _t(h)), rtol=1e-12)
    one = stability.rnn_jacobian(W_x, W_h, b, xs[0], h)
    slope = 1 - np.tanh(W_x @ xs[0] + W_h @ h + b) ** 2
    assert_allclose(one, np.diag(slope) @ W_h, rtol=1e-12)
    assert stability.rnn_jacobian(0.5, 2.0, 0.1, 1.0, 0.3) == pytest.approx(2 * (1 - np.tanh(1.2) ** 2))


def test_a_linear_state_is_a_power() -> None:
    W, h = _drawn(3, 3), _drawn(3)
    assert_allclose(stability.linear_state(W, h, 5), np.linalg.matrix_power(W, 5) @ h, rtol=1e-12)
    assert stability.linear_state(1.1, 2.0, 7) == pytest.approx(2 * 1.1**7)


def test_the_shares_of_the_steps_are_gradients_of_separate_weights() -> None:
    """One copy of each weight a step, so that autograd keeps the steps apart."""
    xs, w_x, w_h, y = [0.4, -1.2, 0.7, 0.9], 0.8, -0.6, 0.3
    in_copies = torch.full((4,), w_x, dtype=torch.float64, requires_grad=True)
    on_copies = torch.full((4,), w_h, dtype=torch.float64, requires_grad=True)
    h = torch.zeros((), dtype=torch.float64)
    for t, x in enumerate(xs):
        h = torch.tanh(in_copies[t] * x + on_copies[t] * h)
    ((h - y) ** 2 / 2).backward()
    found = stability.gradient_shares(w_x, w_h, xs, y)
    assert in_copies.grad is not None
    assert on_copies.grad is not None
    assert_allclose(found, torch.stack([in_copies.grad, on_copies.grad]), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("v", [0.5, 3.0, 50.0])
def test_clipping_is_that_of_torch(v: float) -> None:
    g = np.array([3.0, -4.0, 12.0])
    by_norm = torch.nn.Parameter(_t(np.zeros(3)))
    by_value = torch.nn.Parameter(_t(np.zeros(3)))
    by_norm.grad, by_value.grad = _t(g), _t(g)
    torch.nn.utils.clip_grad_norm_([by_norm], v)
    torch.nn.utils.clip_grad_value_([by_value], v)
    assert_allclose(stability.clip_norm(g, v), by_norm.grad, rtol=1e-6)  # torch adds 1e-6 to the norm
    assert_allclose(stability.clip_value(g, v), by_value.grad)


def test_the_penalty_is_its_formula() -> None:
    W, dh, da = _drawn(2, 2), _drawn(4, 2), _drawn(4, 2)
    ratios = [np.linalg.norm(W.T @ da[t]) / np.linalg.norm(dh[t]) for t in (1, 2, 3)]
    assert stability.keep_penalty(W, dh, da) == pytest.approx(sum((ratio - 1) ** 2 for ratio in ratios))
    assert stability.keep_penalty(0.5, [9.0, 2.0], [9.0, 2.0]) == pytest.approx(0.25)


def test_norms_are_those_of_torch() -> None:
    X, gamma, beta = _drawn(5, 3), _drawn(3), _drawn(3)
    layer = torch.nn.functional.layer_norm(_t(X[0]), (3,), _t(gamma), _t(beta))
    batch = torch.nn.functional.batch_norm(_t(X), None, None, _t(gamma), _t(beta), training=True)
    assert_allclose(stability.layer_norm(X[0], gamma, beta), layer, rtol=1e-10)
    assert_allclose(stability.batch_norm(X, gamma, beta), batch, rtol=1e-10)
    column = stability.batch_norm(X[:, 1], gamma[1], beta[1])
    assert_allclose(column, batch[:, 1], rtol=1e-10)


def test_a_residual_layer_adds_what_it_read() -> None:
    W_x, W_h, W_up, W_on = _drawn(2, 3), _drawn(2, 2), _drawn(2, 2), _drawn(2, 2)
    x, h1, h2 = _drawn(3), _drawn(2), _drawn(2)
    below = np.tanh(W_x @ x + W_h @ h1)
    found = stability.residual_layer(W_x, W_h, W_up, W_on, x, h1, h2)
    assert_allclose(found, below + np.tanh(W_up @ below + W_on @ h2), rtol=1e-12)


def test_the_jacobian_of_a_residual_block_is_that_of_autograd() -> None:
    W, x = _drawn(3, 3), _drawn(3)
    expected = jacobian(lambda start: start + torch.tanh(_t(W) @ start), _t(x))
    assert_allclose(stability.residual_jacobian(W, x), expected, rtol=1e-12, atol=1e-15)


def test_an_orthogonal_start_keeps_every_length() -> None:
    Q, h = np.asarray(stability.orthogonal_start(4)), _drawn(4)
    assert np.linalg.norm(Q @ h) == pytest.approx(np.linalg.norm(h))
    assert not np.allclose(np.abs(Q), np.eye(4))
