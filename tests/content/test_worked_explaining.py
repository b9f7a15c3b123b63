"""Explanations in the notes against the formulas that their own computation does not use, and autograd."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from content.worked import explaining

SEEDS = given(st.integers(0, 10_000))


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_shapley_values_by_the_sum_over_sets(seed: int, n: int) -> None:
    worth = np.random.default_rng(seed).normal(size=2**n)

    def v(players: tuple[int, ...]) -> float:
        return float(worth[sum(2**player for player in players)])

    found = explaining.shapley(worth)
    for i in range(n):
        others = [player for player in range(n) if player != i]
        right = sum(
            math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n) * (v((*s, i)) - v(s))
            for size in range(n)
            for s in combinations(others, size)
        )
        assert found[i] == pytest.approx(right)
    assert found.sum() == pytest.approx(worth[-1] - worth[0])


@pytest.mark.parametrize("count", [3, 6, 256])
def test_games_of_no_whole_number_of_players_or_too_many(count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} worths are given"):
        explaining.shapley(np.zeros(count))


def _net(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=4), rng.normal(size=(4, 3)), rng.normal(size=3)


@SEEDS
def test_slopes_are_autograds(seed: int) -> None:
    u, W, x = _net(seed)
    at = torch.tensor(x, requires_grad=True)
    (torch.tensor(u) @ torch.tanh(torch.tensor(W) @ at)).backward()
    assert at.grad is not None
    assert explaining.saliency(u, W, x) == pytest.approx(at.grad.numpy(), abs=1e-7)


@settings(max_examples=25)
@SEEDS
def test_integrated_gradients_add_up(seed: int) -> None:
    u, W, x = _net(seed)
    base = 0.3 * x[::-1]
    shares = explaining.integrated_gradients(u, W, x, base, 300)
    change = explaining.small_net(u, W, x) - explaining.small_net(u, W, base)
    assert shares.sum() == pytest.approx(change, abs=1e-3)


@SEEDS
def test_grad_cam_map_by_map(seed: int) -> None:
    rng = np.random.default_rng(seed)
    A, slopes = rng.normal(size=(3, 2, 4)), rng.normal(size=(3, 2, 4))
    right = sum(torch.tensor(slopes[k]).mean() * torch.tensor(A[k]) for k in range(3)).relu().numpy()
    assert explaining.grad_cam(A, slopes) == pytest.approx(right)
    flat = explaining.grad_cam(A.reshape(3, 8), slopes.reshape(3, 8))
    assert flat == pytest.approx(right.reshape(8))


@SEEDS
def test_a_local_line_solves_the_normal_equations(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y, w = rng.normal(size=(8, 2)), rng.normal(size=8), rng.uniform(0.1, 2, size=8)
    table = np.column_stack([np.ones(8), x])
    right = np.linalg.solve(table.T @ np.diag(w) @ table, table.T @ np.diag(w) @ y)
    assert explaining.local_line(x, y, w) == pytest.approx(right)


def test_the_slope_on_the_way_is_the_mean_of_very_many_slopes() -> None:
    random = np.random.default_rng(3)
    u, W, x, base = random.normal(size=3), random.normal(size=(3, 2)), *random.normal(size=(2, 2))
    shares = (np.arange(20_000) + 0.5) / 20_000
    many = [(u * (1 - np.tanh(W @ (base + share * (x - base))) ** 2)) @ W for share in shares]
    found = explaining.slope_on_the_way(u, W, x, base)
    assert found == pytest.approx(np.mean(many, axis=0), abs=1e-8)
    gained = explaining.small_net(u, W, x) - explaining.small_net(u, W, base)
    assert found @ (x - base) == pytest.approx(gained, abs=1e-13)
