"""The oracle itself against a third opinion: torch's own modules, which nobody here has written."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
from cell_cases import Stack

from engine import nets
from engine.nets import Spec
from engine.snapshot import Array

LIBRARY = [
    Spec(cell, layers, both) for cell in ("rnn", "lstm", "gru") for layers in (1, 3) for both in (False, True)
] + [Spec("rnn", 2, True, activation="relu")]


def _from_zeros(stack: Stack, weights: dict[str, Array]) -> nets.Oracle:
    inputs, targets, *_ = stack.arrays
    return nets.autograd_network(stack.spec, weights, inputs, targets, "half squared error")


@pytest.mark.parametrize("spec", LIBRARY, ids=str)
@pytest.mark.parametrize("biases", ["one", "two"])
def test_outputs_are_those_of_torchs_modules(spec: Spec, biases: str) -> None:
    stack = Stack(spec)
    weights = {
        name: array for name, array in stack.weights.items() if biases == "two" or not name.startswith("b_hh")
    }
    hidden = nets.library_hidden(
        spec.cell, weights, stack.arrays[0], layers=spec.layers, both=spec.both, activation=spec.activation
    )
    oracle = _from_zeros(stack, weights)
    np.testing.assert_allclose(oracle.z, hidden @ weights["W_o"].T + weights["b_o"], rtol=0, atol=1e-12)
    top = np.concatenate([oracle.named["h" + suffix] for suffix in spec.suffixes(spec.layers - 1)], axis=2)
    np.testing.assert_allclose(top, hidden, rtol=0, atol=1e-12)


@pytest.mark.parametrize("loss", ["cross-entropy", "half squared error"])
def test_a_loss_is_a_weighted_mean_of_the_positions(loss: str) -> None:
    stack = Stack(Spec("rnn"))
    inputs, values, *_ = stack.arrays
    wanted = np.eye(4)[values.argmax(axis=2)] if loss == "cross-entropy" else values
    weights_of_positions = np.zeros((4, 3))
    weights_of_positions[1, 2], weights_of_positions[3, 0] = 1.0, 3.0
    oracle = nets.autograd_network(stack.spec, stack.weights, inputs, wanted, loss, weights_of_positions)

    def at(t: int, b: int) -> float:
        z = torch.tensor(oracle.z[t, b])
        if loss == "cross-entropy":
            return -z.log_softmax(0)[wanted[t, b].argmax()].item()
        return 0.5 * ((z - torch.tensor(wanted[t, b])) ** 2).sum().item()

    assert oracle.loss == pytest.approx((at(1, 2) + 3 * at(3, 0)) / 4, rel=1e-12)


def test_masks_of_zeros_leave_only_what_a_layer_knows_without_reading() -> None:
    stack = Stack(Spec("gru", layers=2))
    inputs, targets, *_ = stack.arrays
    silent = [np.zeros((4, 3, 5))]
    oracle = nets.autograd_network(
        stack.spec, stack.weights, inputs, targets, "half squared error", masks=silent
    )
    assert np.ptp(oracle.z, axis=1).max() < 1e-12, "every sequence has the same outputs"
    assert not oracle.gradients["W_ih_l1"].any()


def test_residual_links_add_what_a_layer_read_to_what_it_says() -> None:
    stack = Stack(Spec("lstm", layers=2, residual=True))
    weights = {name: array * (not name.endswith("_l2")) for name, array in stack.weights.items()}
    oracle = _from_zeros(stack, weights)
    below = oracle.named["h_l1"]
    np.testing.assert_allclose(oracle.z, below @ weights["W_o"].T + weights["b_o"], rtol=0, atol=1e-12)


def test_a_window_of_all_steps_cuts_nothing_and_of_one_step_cuts_everything() -> None:
    stack = Stack(Spec("rnn"))
    inputs, targets, *_ = stack.arrays
    whole, cut, all_cut = (
        nets.autograd_network(stack.spec, stack.weights, inputs, targets, "half squared error", window=window)
        for window in (0, 4, 1)
    )
    assert np.array_equal(whole.dh, cut.dh)
    dz = (whole.z - targets) / 12
    np.testing.assert_allclose(all_cut.dh, dz @ stack.weights["W_o"], rtol=0, atol=1e-15)


def test_single_precision_is_read_but_the_answer_is_double() -> None:
    stack = Stack(Spec("lstm"))
    single = {name: array.astype(np.float32) for name, array in stack.weights.items()}
    oracle = _from_zeros(dataclasses.replace(stack), single)
    assert {gradient.dtype for gradient in oracle.gradients.values()} == {np.dtype(np.float64)}
