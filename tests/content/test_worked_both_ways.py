"""The bidirectional LSTM of the formula sheet against PyTorch's, and addresses against strides."""

from __future__ import annotations

from array import array

import numpy as np
import pytest
import torch

from content.worked import both_ways, storing

RANDOM = np.random.default_rng(5)


@pytest.mark.parametrize("units, inputs, steps", [(3, 2, 4), (1, 1, 2), (2, 3, 1)])
def test_a_bidirectional_lstm_is_torchs(units: int, inputs: int, steps: int) -> None:
    W, V = RANDOM.normal(size=(2, 4 * units, units + inputs))
    b, v = RANDOM.normal(size=(2, 4 * units))
    X = RANDOM.normal(size=(steps, inputs))
    layer = torch.nn.LSTM(inputs, units, bidirectional=True, dtype=torch.float64)
    order = np.r_[units : 2 * units, 0:units, 2 * units : 4 * units]  # ours is f i g o, theirs i f g o
    with torch.no_grad():
        for end, weights, bias in (("", W, b), ("_reverse", V, v)):
            getattr(layer, f"weight_hh_l0{end}").copy_(torch.tensor(weights[order, :units]))
            getattr(layer, f"weight_ih_l0{end}").copy_(torch.tensor(weights[order, units:]))
            getattr(layer, f"bias_ih_l0{end}").copy_(torch.tensor(bias[order]))
            getattr(layer, f"bias_hh_l0{end}").zero_()
        theirs, (_, cells) = layer(torch.tensor(X))
    assert both_ways.bilstm_states(W, b, V, v, X) == pytest.approx(theirs.numpy(), abs=1e-12)
    outputs, memory = both_ways.bilstm_walk(W, b, V, v, X)
    assert outputs == pytest.approx(theirs.numpy(), abs=1e-12)
    assert memory[-1, :units] == pytest.approx(cells[0].numpy(), abs=1e-12)
    assert memory[0, units:] == pytest.approx(cells[1].numpy(), abs=1e-12)


@pytest.mark.parametrize("kind", ["b", "h", "i", "d"])
def test_an_address_is_where_the_bytes_of_the_entry_stand(kind: str) -> None:
    numbers = array(kind, range(9))
    for index, number in enumerate(numbers):
        place = storing.array_address(0, numbers.itemsize, index)
        assert array(kind, numbers.tobytes()[place : place + numbers.itemsize])[0] == number
    assert storing.array_address(1000, 4, 5) == 1020


@pytest.mark.parametrize("size, index", [(0, 3), (8, -1), (8, 10**6)])
def test_an_array_that_is_none_is_refused(size: int, index: int) -> None:
    with pytest.raises(ValueError, match="not laid out"):
        storing.array_address(0, size, index)
