"""Losses, gradients, states and counts of the notes, held against torch's autograd and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from content.worked.evaluate import evaluate
from content.worked.functions import function
from content.worked.reading import WorkedError

SIZES = st.integers(1, 4)


def _close(found: object, expected: object) -> None:
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected), rtol=1e-9, atol=1e-12)


@settings(max_examples=15, deadline=None)
@given(h=SIZES, d=SIZES, k=SIZES, steps=SIZES, seed=st.integers(0, 99))
def test_gradients_are_those_of_autograd(h: int, d: int, k: int, steps: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    shapes = ((h, d), (h, h), (h,), (k, h), (steps, d), (k,), (h,))
    W_i, W_h, b, W_o, X, y, zeros = (
        torch.tensor(rng.normal(size=shape), requires_grad=True) for shape in shapes
    )
    state, states, entered = zeros * 0, [], []
    start = state = state.detach().requires_grad_()
    for x in X:
        entered.append(W_i @ x + W_h @ state + b)
        state = torch.tanh(entered[-1])
        states.append(state)
    loss = 0.5 * ((W_o @ state - y) ** 2).sum()
    arrays = [part.detach().numpy() for part in (W_i, W_h, b, W_o, X, y)]
    by_name = {"w_i": W_i, "w_h": W_h, "w_o": W_o, "b": b, "h0": start}
    expected = torch.autograd.grad(loss, [*by_name.values(), *states, *entered])
    for name, slope in zip(by_name, expected, strict=False):
        _close(function(f"bptt_{name}")(*arrays), slope)
    _close(function("bptt_h")(*arrays), torch.stack(expected[5 : 5 + steps]))
    _close(function("bptt_a")(*arrays), torch.stack(expected[5 + steps :]))


def test_a_network_of_single_numbers_gives_single_numbers() -> None:
    slope = evaluate("bptt_w_h(0.8, 0.5, 0, 1.5, [1, 0.5, -1], 1)", {})
    matrix = evaluate("bptt_w_h([[0.8]], [[0.5]], [0], [[1.5]], [[1], [0.5], [-1]], [1])", {})
    assert isinstance(slope, float)
    _close([[slope]], matrix)
    assert np.shape(evaluate("bptt_a(0.8, 0.5, 0, 1.5, [1, 0.5, -1], 1)", {})) == (3,)


@settings(max_examples=15, deadline=None)
@given(d=SIZES, h=SIZES, steps=SIZES, seed=st.integers(0, 99))
def test_both_directions_and_two_layers_are_those_of_torch(d: int, h: int, steps: int, seed: int) -> None:
    rng = np.random.default_rng(seed)

    def drawn(reads: int) -> list[np.ndarray]:
        return [rng.normal(size=shape) for shape in ((h, reads), (h, h), (h,))]

    X = rng.normal(size=(steps, d))
    forward, backward, above = drawn(d), drawn(d), drawn(h)
    both = torch.nn.RNN(d, h, bidirectional=True, dtype=torch.float64)
    _set(both, {"_l0": forward, "_l0_reverse": backward})
    _close(function("birnn_states")(*forward, *backward, X), both(torch.tensor(X))[0].detach())
    stack = torch.nn.RNN(d, h, num_layers=2, dtype=torch.float64)
    _set(stack, {"_l0": forward, "_l1": above})
    _close(function("two_layer_states")(*forward, *above, X), stack(torch.tensor(X))[0].detach())


def _set(layer: torch.nn.RNN, weights: dict[str, list[np.ndarray]]) -> None:
    with torch.no_grad():
        for place, (W_i, W_h, b) in weights.items():
            for name, array in (("weight_ih", W_i), ("weight_hh", W_h), ("bias_ih", b), ("bias_hh", 0 * b)):
                getattr(layer, name + place).copy_(torch.tensor(array))


@settings(max_examples=20, deadline=None)
@given(rows=SIZES, k=st.integers(2, 5), seed=st.integers(0, 99))
def test_losses_are_sums_over_the_rows(rows: int, k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    z, right = rng.normal(size=(rows, k)), rng.integers(k, size=rows)
    y = np.eye(k)[right]
    tensor = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(tensor, torch.tensor(right), reduction="sum")
    (slope,) = torch.autograd.grad(loss, tensor)
    _close(function("cross_entropy")(z, y), loss.item())
    _close(function("cross_entropy_slope")(z, y), slope)
    one = function("cross_entropy_slope")(z[0], y[0])
    assert one.shape == (k,)
    _close(one, slope[0])


@pytest.mark.parametrize(("z", "y"), [(0.3, 1), (-2.0, 0), (4.0, 0.25)])
def test_one_sigmoid_output(z: float, y: float) -> None:
    logits, target = (torch.tensor(value, dtype=torch.float64) for value in (z, y))
    expected = torch.nn.functional.binary_cross_entropy_with_logits(logits, target)
    _close(function("binary_cross_entropy")(z, y), expected)
    _close(function("half_squared_error")(z, y), (z - y) ** 2 / 2)


@pytest.mark.parametrize(("cell", "kind"), [("rnn", "RNN"), ("lstm", "LSTM"), ("gru", "GRU")])
def test_sizes_are_those_of_torch(cell: str, kind: str) -> None:
    for layers, directions in ((1, 1), (3, 1), (1, 2), (2, 2)):
        module = getattr(torch.nn, kind)(7, 4, num_layers=layers, bidirectional=directions == 2)
        weights = dict(module.named_parameters())
        one = sum(p.numel() for name, p in weights.items() if not name.startswith("bias_hh"))
        two = sum(p.numel() for p in weights.values())
        assert function(f"{cell}_size")(7, 4, layers, directions) == one
        assert function(f"{cell}_size")(7, 4, layers, directions, 2) == two


def test_counts_are_the_closed_forms() -> None:
    count = {
        name: function(name) for name in ("triangle_steps", "doubling_rounds", "halving_rounds", "fib_calls")
    }
    for n in range(1, 40):
        assert count["triangle_steps"](n) == math.comb(n, 2)
        assert count["doubling_rounds"](1, n) == n.bit_length()
        assert count["halving_rounds"](n) == n.bit_length() - 1
        assert function("digit_rounds")(n) == len(str(n))
        assert function("digit_sum")(n) == sum(map(int, str(n)))
    assert [count["fib_calls"](n) for n in range(7)] == [1, 1, 3, 5, 9, 15, 25]
    assert [function("subset_count")(n) for n in range(6)] == [1, 2, 4, 8, 16, 32]
    assert [function("copied_elements")(n) for n in range(5)] == [0, 1, 4, 12, 32]
    assert function("nested_steps")(6, 7) == 42
    assert function("sequence_steps")(6, 7) == 13
    assert function("half_and_doubling_steps")(100) == 306
    assert function("fib")(90) == 2880067194370816120
    assert [function("root_probes")(m * m, 1, 100) for m in (50, 25, 35)] == [1, 2, 6]
    assert function("root_probes")(2, 1, 100) <= 7


def test_the_price_of_a_way_back_grows_with_the_length() -> None:
    for d, h in ((1, 1), (3, 4), (2, 9)):
        back = [function("bptt_products")(d, h, steps) for steps in (10, 20, 30)]
        assert back[2] - back[1] == back[1] - back[0] == 10 * (2 * h * h + 2 * h + d * h)
        assert function("bptt_kept")(d, h, 10) == 10 * h + 1


def test_what_cannot_be_counted_is_said() -> None:
    with pytest.raises(WorkedError, match="cannot be counted"):
        evaluate("fib_calls(40)", {})
