"""A Turing machine's memory: the notes' NumPy against the engine's torch, and against plain sums."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from content.worked import beyond
from engine.models import addressing

SIZES = given(st.integers(0, 10_000), st.integers(3, 7), st.integers(1, 5))


def _tensor(array: object) -> torch.Tensor:
    return torch.tensor(np.asarray(array, float))


def _weights(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.dirichlet(np.ones(n))


def _long(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Entries of either sign, none near 0."""
    return rng.choice((-1.0, 1.0), shape) * rng.uniform(0.5, 2.0, shape)


@SIZES
def test_addresses_by_content_are_the_engines(seed: int, n: int, m: int) -> None:
    rng = np.random.default_rng(seed)
    memory, key, beta = _long(rng, (n, m)), _long(rng, (m,)), float(rng.uniform(0.1, 8))
    engine = addressing.content(_tensor(key)[None, None], _tensor([[[beta]]]), _tensor(memory)[None])[0, 0]
    # the engine keeps its cosine from dividing by 0, which shows in short rows only
    assert beyond.ntm_content(key, beta, memory) == pytest.approx(engine.numpy(), abs=1e-5)


@SIZES
def test_mixing_moving_and_sharpening_are_the_engines(seed: int, n: int, m: int) -> None:
    rng = np.random.default_rng(seed)
    by_content, before, shift = _weights(rng, n), _weights(rng, n), _weights(rng, 3)
    g, gamma = float(rng.uniform()), float(m)
    one = [_tensor(each)[None, None] for each in (by_content, before, shift)]
    mixed = addressing.gated(_tensor([[[g]]]), one[0], one[1])
    moved = addressing.shifted(mixed, one[2])
    sharp = addressing.sharpened(moved, _tensor([[[gamma]]]))
    ours = beyond.ntm_gated(g, by_content, before)
    assert ours == pytest.approx(mixed[0, 0].numpy())
    ours = beyond.ntm_shifted(ours, shift)
    assert ours == pytest.approx(moved[0, 0].numpy())
    assert beyond.ntm_sharpened(ours, gamma) == pytest.approx(sharp[0, 0].numpy())


@SIZES
def test_writing_and_reading_are_sums_over_the_places(seed: int, n: int, m: int) -> None:
    rng = np.random.default_rng(seed)
    memory, w, e, a = rng.normal(size=(n, m)), _weights(rng, n), rng.uniform(size=m), rng.normal(size=m)
    written = [[memory[i][k] * (1 - w[i] * e[k]) + w[i] * a[k] for k in range(m)] for i in range(n)]
    assert beyond.ntm_written(memory, w, e, a) == pytest.approx(np.array(written))
    read = [sum(w[i] * memory[i][k] for i in range(n)) for k in range(m)]
    assert beyond.ntm_reading(memory, w) == pytest.approx(read)


def test_a_full_move_forward_goes_to_the_next_place() -> None:
    assert list(beyond.ntm_shifted(np.array([0.0, 0, 1]), np.array([0.0, 0, 1]))) == [1, 0, 0]
