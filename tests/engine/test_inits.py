"""How weights start: each scheme by what defines it, block by block."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.inits import drawn
from engine.snapshot import Array

sizes = st.integers(1, 9)


def blocks(scheme: str, n: int, m: int, gates: int = 3, **more: bool) -> list[Array]:
    array = drawn(scheme, (gates * n, m), np.random.default_rng(5), h=n, gates=gates, **more)
    assert array.shape == (gates * n, m)
    assert array.dtype == np.float64
    return np.split(array, gates)


@settings(max_examples=60)
@given(n=sizes, m=sizes)
def test_orthogonal_blocks_keep_lengths(n: int, m: int) -> None:
    first, second, _ = blocks("orthogonal", n, m)
    for block in (first, second):
        product = block.T @ block if n >= m else block @ block.T
        np.testing.assert_allclose(product, np.eye(min(n, m)), rtol=0, atol=1e-12)
    assert max(n, m) == 1 or not np.allclose(first, second), "each gate has its own"


def test_orthogonal_blocks_are_spread_evenly() -> None:
    """Without the signs of R's diagonal, QR would leave the trace far from 0 on average (Mezzadri 2007)."""
    rng = np.random.default_rng(0)
    traces = [np.trace(drawn("orthogonal", (2, 2), rng, h=2)) for _ in range(4000)]
    assert abs(np.mean(traces)) < 0.1
    assert np.mean(np.square(traces)) == pytest.approx(1, abs=0.1), (
        "as for any evenly spread orthogonal matrix"
    )


def test_identity_is_of_recurrent_blocks_only() -> None:
    for block in blocks("identity", 4, 4, recurrent=True):
        assert np.array_equal(block, np.eye(4))
    inputs = drawn("identity", (12, 5), np.random.default_rng(1), h=4, gates=3)
    assert np.array_equal(inputs, drawn("uniform", (12, 5), np.random.default_rng(1), h=4))


def test_uniform_is_one_draw_whatever_the_gates() -> None:
    """The numbers of PyTorch's range, and the same stream as a draw of the whole matrix."""
    array = drawn("uniform", (12, 5), np.random.default_rng(1), h=4, gates=3)
    assert np.array_equal(array, np.random.default_rng(1).uniform(-0.5, 0.5, (12, 5)))


@pytest.mark.parametrize(
    ("scheme", "theirs"),
    [
        ("xavier", torch.nn.init.xavier_uniform_),
        ("he", lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="relu")),
        ("scaled", lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="linear")),
    ],
)
@pytest.mark.parametrize(("n", "m"), [(40, 90), (90, 40)])
def test_spread_is_that_of_torchs_scheme(scheme: str, theirs: object, n: int, m: int) -> None:
    """Each gate by itself: torch, given all gates in one matrix, would take the rows of four for one."""
    torch.manual_seed(0)
    for block in blocks(scheme, n, m, gates=4):
        wanted = theirs(torch.empty(n, m))  # type: ignore[operator]  # a function of torch
        assert block.mean() == pytest.approx(0, abs=0.02)
        assert block.std() == pytest.approx(wanted.std().item(), rel=0.06)
        assert (np.abs(block).max() > 1.9 * block.std()) == (scheme != "xavier"), "normal, or cut at √3 σ"


def test_xavier_stays_inside_its_bound() -> None:
    for block in blocks("xavier", 6, 9):
        assert np.abs(block).max() <= math.sqrt(6 / 15)


def test_an_unknown_scheme_is_an_error() -> None:
    with pytest.raises(KeyError):
        drawn("zeros", (2, 2), np.random.default_rng(0), h=2)
