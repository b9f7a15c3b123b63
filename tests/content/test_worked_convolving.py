"""Convolution and pooling of the notes against PyTorch, sizes against the formulas of the books."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from content.worked import convolving


def _image(array: np.ndarray) -> torch.Tensor:
    return torch.tensor(array)[None, None]


@given(st.integers(0, 9999), st.integers(1, 4), st.integers(1, 4), st.integers(0, 2), st.integers(1, 3))
def test_a_convolution_is_pytorchs(seed: int, f: int, g: int, p: int, s: int) -> None:
    rng = np.random.default_rng(seed)
    x, w, b = rng.normal(size=(6, 7)), rng.normal(size=(f, g)), float(rng.normal())
    right = functional.conv2d(
        _image(x), _image(w), torch.tensor([b], dtype=torch.float64), stride=s, padding=p
    )
    assert convolving.convolution(x, w, b, p, s) == pytest.approx(right[0, 0].numpy())
    assert convolving.conv_size(6, f, p, s) == right.shape[2]
    assert convolving.conv_size(7, g, p, s) == right.shape[3]


@given(st.integers(0, 9999), st.integers(1, 3), st.integers(1, 3))
def test_a_row_with_gaps_is_pytorchs(seed: int, f: int, d: int) -> None:
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=9), rng.normal(size=f)
    right = functional.conv1d(torch.tensor(x)[None, None], torch.tensor(w)[None, None], dilation=d)
    assert convolving.convolution_1d(x, w, d) == pytest.approx(right[0, 0].numpy())


@given(st.integers(0, 9999), st.integers(1, 3), st.integers(1, 3))
def test_pooling_is_pytorchs(seed: int, f: int, s: int) -> None:
    x = np.random.default_rng(seed).normal(size=(6, 5))
    largest, mean = functional.max_pool2d(_image(x), f, s), functional.avg_pool2d(_image(x), f, s)
    assert convolving.max_pool(x, f, s) == pytest.approx(largest[0, 0].numpy())
    assert convolving.average_pool(x, f, s) == pytest.approx(mean[0, 0].numpy())


@given(st.integers(1, 7), st.integers(1, 7), st.integers(1, 9), st.integers(1, 9))
def test_parameters_are_pytorchs(f_h: int, f_w: int, c_in: int, c_out: int) -> None:
    layer = torch.nn.Conv2d(c_in, c_out, (f_h, f_w))
    assert convolving.conv_count(f_h, f_w, c_in, c_out) == sum(p.numel() for p in layer.parameters())


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3)), min_size=1, max_size=4))
def test_the_receptive_field_is_what_has_a_gradient(layers: list[tuple[int, int]]) -> None:
    sizes, strides = zip(*layers, strict=True)
    reach = 1 + sum((f - 1) * math.prod(strides[:place]) for place, f in enumerate(sizes))
    assert convolving.receptive_field(sizes, strides) == reach
    if all(s <= f for f, s in layers):
        x = torch.ones(1, 1, 2 * reach + 2, dtype=torch.float64, requires_grad=True)
        y = x
        for f, s in layers:
            y = functional.conv1d(y, torch.ones(1, 1, f, dtype=torch.float64), stride=s)
        y[0, 0, 0].backward()
        assert x.grad is not None
        assert int((x.grad != 0).sum()) == reach


@given(st.integers(2, 5), st.integers(1, 6))
def test_the_reach_of_wavenet(f: int, layers: int) -> None:
    assert convolving.causal_field(f, layers) == 1 + (f - 1) * (2**layers - 1)
