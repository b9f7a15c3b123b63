"""The cells of worked examples against PyTorch and against the equations written out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from content.worked import recurrent

SIZES = [(1, 1), (4, 3), (2, 5)]


def _draw(*shape: int) -> np.ndarray[Any, Any]:
    return np.random.default_rng(sum(shape)).normal(size=shape)


def _tensor(numbers: Any) -> torch.Tensor:
    return torch.tensor(np.array(numbers), dtype=torch.float64)


def _filled(cell: Any, W: Any, b: Any, b_hh: Any, units: int) -> Any:
    with torch.no_grad():
        cell.weight_hh.copy_(_tensor(W[:, :units]))
        cell.weight_ih.copy_(_tensor(W[:, units:]))
        cell.bias_ih.copy_(_tensor(b))
        cell.bias_hh.copy_(_tensor(b_hh))
    return cell


def _sigmoid(a: Any) -> Any:
    return 1 / (1 + np.exp(-a))


@pytest.mark.parametrize("d, units", SIZES)
def test_rnn_step_is_torchs(d: int, units: int) -> None:
    W, b, x, h = _draw(units, units + d), _draw(units), _draw(d), _draw(units)
    cell = _filled(torch.nn.RNNCell(d, units, dtype=torch.float64), W, b, np.zeros(units), units)
    theirs = cell(_tensor(x)[None], _tensor(h)[None])[0].detach().numpy()
    assert recurrent.rnn_step(W[:, units:], W[:, :units], b, x, h) == pytest.approx(theirs, abs=1e-12)


def test_the_other_activations() -> None:
    W_x, W_h, b, x, h = _draw(3, 2), _draw(3, 3), _draw(3), _draw(2), _draw(3)
    a = W_x @ x + W_h @ h + b
    assert recurrent.rnn_step_linear(W_x, W_h, b, x, h) == pytest.approx(a)
    assert recurrent.rnn_step_relu(W_x, W_h, b, x, h) == pytest.approx(np.maximum(a, 0))


def test_states_are_nested_steps() -> None:
    W_x, W_h, b, xs = _draw(3, 2), _draw(3, 3), _draw(3), _draw(4, 2)
    h = np.zeros(3)
    found = recurrent.rnn_states(W_x, W_h, b, xs, h)
    for x, row in zip(xs, found, strict=True):
        h = np.tanh(W_x @ x + W_h @ h + b)
        assert row == pytest.approx(h)


def test_one_unit_by_plain_numbers() -> None:
    assert recurrent.rnn_step(0.4, -0.3, 0.1, 2.0, 0.5) == pytest.approx(np.tanh(0.8 - 0.15 + 0.1))
    states = recurrent.rnn_states(0.4, -0.3, 0.1, np.array([2.0, 1.0]), 0.0)
    assert states == pytest.approx([np.tanh(0.9), np.tanh(0.5 - 0.3 * np.tanh(0.9))])
    assert np.shape(recurrent.lstm_step(_draw(4, 2), _draw(4), 1.0, 0.5, 0.9)) == (6,)
    assert np.shape(recurrent.gru_keep(_draw(3, 2), _draw(3), 1.0, 0.5)) == (4,)


@pytest.mark.parametrize("d, units", SIZES)
def test_lstm_step_is_torchs(d: int, units: int) -> None:
    W, b = _draw(4 * units, units + d), _draw(4 * units)
    x, h, c = _draw(d), _draw(units), _draw(units) + 1
    order = np.r_[units : 2 * units, 0:units, 2 * units : 4 * units]  # ours is f i g o, theirs i f g o
    cell = torch.nn.LSTMCell(d, units, dtype=torch.float64)
    _filled(cell, W[order], b[order], np.zeros(4 * units), units)
    their_h, their_c = cell(_tensor(x)[None], (_tensor(h)[None], _tensor(c)[None]))
    f, i, g, o, new_c, new_h = recurrent.lstm_step(W, b, x, h, c)
    assert new_h == pytest.approx(their_h[0].detach().numpy(), abs=1e-12)
    assert new_c == pytest.approx(their_c[0].detach().numpy(), abs=1e-12)
    a = W @ np.concatenate([h, x]) + b
    assert f == pytest.approx(_sigmoid(a[:units]))
    assert i == pytest.approx(_sigmoid(a[units : 2 * units]))
    assert g == pytest.approx(np.tanh(a[2 * units : 3 * units]))
    assert o == pytest.approx(_sigmoid(a[3 * units :]))


def test_peepholes_add_the_memory_inside_the_gates() -> None:
    W, b, x, h, c = _draw(12, 5), _draw(12), _draw(2), _draw(3), _draw(3)
    p = _draw(3, 3)
    a_f, a_i, a_g, a_o = (W @ np.concatenate([h, x]) + b).reshape(4, 3)
    f, i = _sigmoid(a_f + p[0] * c), _sigmoid(a_i + p[1] * c)
    new = f * c + i * np.tanh(a_g)
    o = _sigmoid(a_o + p[2] * new)
    told = recurrent.lstm_peephole_step(W, b, p, x, h, c)
    assert told == pytest.approx(np.array([f, i, np.tanh(a_g), o, new, o * np.tanh(new)]))


def test_the_memory_jacobian_is_the_slope_with_the_gates_held() -> None:
    W, b, x, h, c = _draw(12, 5), _draw(12), _draw(2), _draw(3), _draw(3)
    f, i, g, *_ = recurrent.lstm_step(W, b, x, h, c)
    slopes = np.zeros((3, 3))
    for k in range(3):
        step = np.eye(3)[k] * 1e-6
        slopes[:, k] = ((f * (c + step) + i * g) - (f * (c - step) + i * g)) / 2e-6
    assert recurrent.lstm_memory_jacobian(W, b, x, h, c) == pytest.approx(slopes, abs=1e-8)


@pytest.mark.parametrize("d, units", SIZES)
def test_gru_by_its_equations(d: int, units: int) -> None:
    W, b, x, h = _draw(3 * units, units + d), _draw(3 * units), _draw(d), _draw(units)
    z, r = np.split(_sigmoid(W[: 2 * units] @ np.concatenate([h, x]) + b[: 2 * units]), 2)
    n = np.tanh(W[2 * units :] @ np.concatenate([r * h, x]) + b[2 * units :])
    assert np.asarray(recurrent.gru_keep(W, b, x, h)) == pytest.approx(
        np.array([z, r, n, z * h + (1 - z) * n])
    )
    assert np.asarray(recurrent.gru_take(W, b, x, h)) == pytest.approx(
        np.array([z, r, n, (1 - z) * h + z * n])
    )


@pytest.mark.parametrize("d, units", SIZES)
def test_gru_with_the_reset_gate_after_the_product_is_torchs(d: int, units: int) -> None:
    W, b, b_m = _draw(3 * units, units + d), _draw(3 * units), _draw(units) - 1
    x, h = _draw(d), _draw(units)
    order = np.r_[units : 2 * units, 0:units, 2 * units : 3 * units]  # ours is z r n, theirs r z n
    b_hh = np.r_[np.zeros(2 * units), b_m]
    cell = _filled(torch.nn.GRUCell(d, units, dtype=torch.float64), W[order], b[order], b_hh, units)
    theirs = cell(_tensor(x)[None], _tensor(h)[None])[0].detach().numpy()
    z, _, n, new = recurrent.gru_keep_after(W, b, b_m, x, h)
    assert new == pytest.approx(theirs, abs=1e-12)
    assert recurrent.gru_take_after(W, b, b_m, x, h)[3] == pytest.approx((1 - z) * h + z * n)


@pytest.mark.parametrize("d, units", [(32, 5), (4, 3), (1, 7)])
@pytest.mark.parametrize("name", ["rnn", "lstm", "gru"])
def test_counts_are_torchs(name: str, d: int, units: int) -> None:
    layer = getattr(torch.nn, name.upper())(d, units)
    both = sum(weights.numel() for weights in layer.parameters())
    assert recurrent.FUNCTIONS[f"{name}_count_torch"](d, units) == both
    assert recurrent.FUNCTIONS[f"{name}_count"](d, units) == both - layer.bias_hh_l0.numel()
