"""The links of the chain rule, the two ways to feed a network and eigenvectors, found again by autograd."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from torch.autograd.functional import jacobian

from content.worked import forcing, spectral, stability, unrolled

RANDOM = np.random.default_rng(11)


def _t(*shape: int) -> torch.Tensor:
    return torch.tensor(RANDOM.normal(size=shape))


W_I, W_H, B, W_O, X = _t(3, 2), _t(3, 3), _t(3), _t(2, 3), _t(4, 2)
NET: list[Any] = [part.numpy() for part in (W_I, W_H, B, W_O, X)]
NO_OUTPUT: list[Any] = [*NET[:3], NET[4]]


def _from(h: torch.Tensor, first: int, last: int) -> torch.Tensor:
    """h_last from h_first."""
    for x in X[first:last]:
        h = torch.tanh(W_I @ x + W_H @ h + B)
    return h


def _state(t: int) -> torch.Tensor:
    return _from(torch.zeros(3, dtype=torch.float64), 0, t)


@pytest.mark.parametrize("j", [1, 2, 4])
def test_each_link_is_that_of_autograd(j: int) -> None:
    by_state = jacobian(lambda h: W_O @ _from(h, j, 4), _state(j))
    assert_allclose(unrolled.answer_by_state(*NET, j), by_state, rtol=1e-12, atol=1e-15)
    x, before = X[j - 1], _state(j - 1)
    by_input = jacobian(lambda w: torch.tanh(w @ x + W_H @ before + B), W_I)
    assert_allclose(unrolled.state_by_input_weight(*NO_OUTPUT, j), by_input.reshape(3, 6), rtol=1e-12)
    by_recurrent = jacobian(lambda w: torch.tanh(W_I @ x + w @ before + B), W_H)
    found = unrolled.state_by_recurrent_weight(*NO_OUTPUT, j)
    assert_allclose(found, by_recurrent.reshape(3, 9), rtol=1e-12, atol=1e-15)


def test_the_answer_and_its_slope_by_the_output_weight() -> None:
    assert_allclose(unrolled.rnn_answer(*NET), W_O @ _state(4), rtol=1e-12)
    by_output = jacobian(lambda w: w @ _state(4), W_O)
    assert_allclose(unrolled.answer_by_output_weight(*NET), by_output.reshape(2, 6), rtol=1e-12)
    a = torch.linspace(-3, 3, 7, dtype=torch.float64, requires_grad=True)
    torch.tanh(a).sum().backward()
    assert a.grad is not None
    assert_allclose(unrolled.tanh_slope(a.detach().numpy()), a.grad, rtol=1e-12)


def test_a_network_of_single_numbers_gives_single_numbers() -> None:
    h_1 = np.tanh(0.8 * 1.5 + 0.1)
    h_2 = np.tanh(0.8 * -0.5 + 0.6 * h_1 + 0.1)
    one = (0.8, 0.6, 0.1, 2.0, [1.5, -0.5])
    assert unrolled.rnn_answer(*one) == pytest.approx(2 * h_2)
    assert unrolled.answer_by_state(*one, 1) == pytest.approx(2 * (1 - h_2**2) * 0.6)
    assert unrolled.answer_by_output_weight(*one) == pytest.approx(h_2)
    assert unrolled.state_by_input_weight(*one[:3], one[4], 2) == pytest.approx((1 - h_2**2) * -0.5)
    assert unrolled.state_by_recurrent_weight(*one[:3], one[4], 2) == pytest.approx((1 - h_2**2) * h_1)


def test_where_each_step_answers_each_state_has_its_slope() -> None:
    targets, states = _t(4, 2), []
    h = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    for x in X:
        h = torch.tanh(W_I @ x + W_H @ h + B)
        states.append(h)
    loss = sum(((W_O @ h - y) ** 2).sum() / 2 for h, y in zip(states, targets, strict=True))
    expected = torch.stack(torch.autograd.grad(loss, states))
    assert_allclose(unrolled.bptt_h_each(*NET, targets.numpy()), expected, rtol=1e-11, atol=1e-14)


def test_the_truth_or_the_own_output_is_fed() -> None:
    U, W, b, V, c = (RANDOM.normal(size=shape) for shape in ((3, 2), (3, 4), (3,), (4, 3), (4,)))
    inputs, targets = RANDOM.normal(size=(5, 2)), RANDOM.normal(size=(5, 4))
    forced, free, outputs = [], [], []
    truth, own = np.zeros(4), np.zeros(4)
    for x, y in zip(inputs, targets, strict=True):
        forced.append(np.tanh(U @ x + W @ truth + b))
        free.append(np.tanh(U @ x + W @ own + b))
        outputs.append(V @ free[-1] + c)
        truth, own = y, outputs[-1]
    given = (U, W, b, V, c, inputs, targets)
    assert_allclose(forcing.states_forced(*given), forced, rtol=1e-12)
    assert_allclose(forcing.states_free(*given), free, rtol=1e-12)
    assert_allclose(forcing.outputs_free(*given), outputs, rtol=1e-12)


def test_eigenvectors_are_only_stretched() -> None:
    S = RANDOM.normal(size=(4, 4))
    S = S + S.T
    values, vectors = spectral.symmetric_values(S), spectral.symmetric_vectors(S)
    assert_allclose(S @ vectors, vectors * values, atol=1e-12)
    assert_allclose(vectors.T @ vectors, np.eye(4), atol=1e-12)
    assert list(values) == sorted(values)


def test_a_step_with_layer_norm_is_that_of_torch() -> None:
    gamma, x, h = _t(3), _t(2), _t(3)
    normed = torch.nn.functional.layer_norm(W_I @ x + W_H @ h, (3,), gamma, eps=1e-5)
    given = [part.numpy() for part in (W_I, W_H, gamma, B, x, h)]
    assert_allclose(stability.rnn_step_layer_norm(*given), torch.tanh(normed + B), rtol=1e-12)


def test_the_shares_of_the_steps_add_up_behind_an_output_weight() -> None:
    xs, y = [0.4, -1.2, 0.7], 0.3
    w = torch.tensor([0.8, -0.6], dtype=torch.float64, requires_grad=True)
    h = torch.zeros((), dtype=torch.float64)
    for x in xs:
        h = torch.tanh(w[0] * x + w[1] * h)
    ((1.7 * h - y) ** 2 / 2).backward()
    assert_allclose(stability.gradient_shares(0.8, -0.6, xs, y, 1.7).sum(axis=1), w.grad, rtol=1e-12)
