"""Convolution layers of the formula sheet against PyTorch."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from content.worked import filtering
from content.worked.reading import WorkedError


@given(st.integers(0, 9999), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
def test_a_layer_is_pytorchs(seed: int, f: int, g: int, s: int) -> None:
    rng = np.random.default_rng(seed)
    x, w, b = rng.normal(size=(6, 5, 2)), rng.normal(size=(f, g, 2, 3)), rng.normal(size=3)
    right = functional.conv2d(
        torch.tensor(x).permute(2, 0, 1)[None], torch.tensor(w).permute(3, 2, 0, 1), torch.tensor(b), stride=s
    )
    assert filtering.conv_layer(x, w, b, s) == pytest.approx(right[0].permute(1, 2, 0).numpy())


@given(st.integers(0, 9999), st.integers(1, 4), st.integers(1, 3))
def test_a_causal_layer_is_pytorchs(seed: int, f: int, d: int) -> None:
    rng = np.random.default_rng(seed)
    x, w, b = rng.normal(size=9), rng.normal(size=f), float(rng.normal())
    early = functional.pad(torch.tensor(x), ((f - 1) * d, 0))[None, None]
    right = functional.conv1d(early, torch.tensor(w[::-1].copy())[None, None], dilation=d)[0, 0] + b
    assert filtering.causal_layer(x, w, b, d) == pytest.approx(right.numpy())


@given(st.integers(1, 4), st.integers(10, 20))
def test_the_padding_keeps_the_size(half: int, n: int) -> None:
    f = 2 * half + 1
    padding = int(filtering.same_padding(n, f))
    kept = functional.conv1d(torch.zeros(1, 1, n), torch.zeros(1, 1, f), padding=padding)
    assert kept.shape[2] == n
    with pytest.raises(WorkedError, match="no padding"):
        filtering.same_padding(n, f - 1)


def test_the_places_of_a_window() -> None:
    assert filtering.window_places(2).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
