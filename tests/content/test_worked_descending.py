"""Steps of optimisers in the notes against torch.optim, with gradients that change from step to step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from content.worked import descending

STEPS, SIZE = 4, 3
SEEDS = given(st.integers(0, 10_000), st.floats(0.01, 0.9))


def _run_torch(make: Callable[[list[Any]], Any], start: np.ndarray, gradients: np.ndarray) -> np.ndarray:
    theta = torch.tensor(start, requires_grad=True)
    optimiser = make([theta])
    for gradient in gradients:
        theta.grad = torch.tensor(gradient)
        optimiser.step()
    return theta.detach().numpy()


def _drawn(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=SIZE), rng.normal(size=(STEPS, SIZE))


@SEEDS
def test_momentum_and_nesterov(seed: int, eta: float) -> None:
    start, gradients = _drawn(seed)
    for step, nesterov in ((descending.momentum_step, False), (descending.nesterov_step, True)):
        theta, v = start, 0 * start
        for g in gradients:
            theta, v = step(theta, v, g, eta, 0.8)
        right = _run_torch(
            lambda p, n=nesterov: torch.optim.SGD(p, lr=eta, momentum=0.8, nesterov=n), start, gradients
        )
        assert theta == pytest.approx(right)


@SEEDS
def test_rmsprop_and_plain_descent(seed: int, eta: float) -> None:
    start, gradients = _drawn(seed)
    theta, v, plain = start, 0 * start, start
    for g in gradients:
        theta, v = descending.rmsprop_step(theta, v, g, eta)
        plain = descending.sgd_step(plain, g, eta)
    assert theta == pytest.approx(_run_torch(lambda p: torch.optim.RMSprop(p, lr=eta), start, gradients))
    assert plain == pytest.approx(_run_torch(lambda p: torch.optim.SGD(p, lr=eta), start, gradients))


@SEEDS
def test_adagrad(seed: int, eta: float) -> None:
    start, gradients = _drawn(seed)
    gradients += np.sign(gradients)  # well away from epsilon, which stands under the root here
    theta, s = start, 0 * start
    for g in gradients:
        theta, s = descending.adagrad_step(theta, s, g, eta)
    right = _run_torch(lambda p: torch.optim.Adagrad(p, lr=eta), start, gradients)
    assert theta == pytest.approx(right, abs=1e-6)


@SEEDS
def test_adam_and_adamw(seed: int, eta: float) -> None:
    start, gradients = _drawn(seed)
    adam = adamw = (start, 0 * start, 0 * start)
    for t, g in enumerate(gradients):
        adam = descending.adam_step(adam[0], adam[1], adam[2], t, g, eta)
        adamw = descending.adamw_step(adamw[0], adamw[1], adamw[2], t, g, eta, 0.3)
    assert adam[0] == pytest.approx(_run_torch(lambda p: torch.optim.Adam(p, lr=eta), start, gradients))
    right = _run_torch(lambda p: torch.optim.AdamW(p, lr=eta, weight_decay=0.3), start, gradients)
    assert adamw[0] == pytest.approx(right)


def test_single_numbers_stay_single() -> None:
    theta, v = descending.momentum_step(1.0, 0.5, 2.0, 0.1, 0.9)
    assert (theta, v) == pytest.approx((1 - 0.1 * 2.45, 2.45))
    assert descending.sgd_step(1.0, 2.0, 0.1) == pytest.approx(0.8)


@given(st.floats(0.2, 3), st.floats(0.01, 1), st.integers(1, 6))
def test_a_bowl_shrinks_by_the_same_factor(a: float, eta: float, steps: int) -> None:
    path = descending.bowl_path(np.array([a, 2 * a]), np.array([1.0, -2.0]), eta, 0.0, steps)
    assert path[-1] == pytest.approx([(1 - eta * a) ** steps, -2 * (1 - 2 * eta * a) ** steps])
    assert path.shape == (steps + 1, 2)


@given(st.integers(0, 9999), st.floats(0.01, 0.5), st.floats(0.0, 0.9))
def test_the_slope_of_the_bowl_is_what_the_path_goes_down(seed: int, eta: float, mu: float) -> None:
    rng = np.random.default_rng(seed)
    a, start = rng.uniform(0.2, 3, SIZE), rng.normal(size=SIZE)
    theta = torch.tensor(start, requires_grad=True)
    (torch.tensor(a) * theta**2).sum().div(2).backward()
    assert theta.grad is not None
    assert descending.bowl_slope(a, start) == pytest.approx(theta.grad.numpy())
    first = descending.bowl_path(a, start, eta, mu, 1)[1]
    assert first == pytest.approx(start - eta * descending.bowl_slope(a, start))
    assert descending.bowl_slope(3.0, 2.0) == pytest.approx(6.0)


@given(st.floats(-3, 3), st.floats(0.01, 1), st.floats(0.05, 0.95), st.integers(1, 6))
def test_momentum_on_a_steady_slope_is_pytorchs(g: float, eta: float, mu: float, steps: int) -> None:
    gradients = np.full((steps, 1), g)
    ways = [
        _run_torch(lambda p: torch.optim.SGD(p, lr=eta, momentum=mu), np.zeros(1), gradients[:done])
        for done in (steps - 1, steps)
    ]
    right = (ways[1] - ways[0]).item()
    assert descending.momentum_on_slope(g, eta, mu, steps) == pytest.approx(right, abs=1e-12)


@SEEDS
def test_a_run_of_adam_and_its_corrected_averages(seed: int, eta: float) -> None:
    start, gradients = _drawn(seed)
    theta, m, v = descending.adam_run(start, gradients, eta, 0.3)
    assert theta == pytest.approx(
        _run_torch(lambda p: torch.optim.AdamW(p, lr=eta, weight_decay=0.3), start, gradients)
    )
    assert descending.faded_mean(gradients, 0.9) == pytest.approx(m / (1 - 0.9**STEPS))
    assert descending.faded_mean(gradients**2, 0.999) == pytest.approx(v / (1 - 0.999**STEPS))
    assert descending.adam_run(start, gradients[:0], eta, 0.3).tolist() == [start.tolist(), [0] * 3, [0] * 3]


@given(st.floats(0.001, 1), st.integers(2, 20), st.integers(0, 60))
def test_schedules_are_pytorchs(eta: float, n: int, done: int) -> None:
    def last_rate(make: Callable[[Any], Any]) -> float:
        optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=eta)
        schedule = make(optimiser)
        for _ in range(done):
            optimiser.step()
            schedule.step()
        return float(optimiser.param_groups[0]["lr"])

    rates = torch.optim.lr_scheduler
    now = done + 1
    assert descending.rate_step(eta, n, now) == pytest.approx(last_rate(lambda o: rates.StepLR(o, n, 0.5)))
    exponential = last_rate(lambda o: rates.ExponentialLR(o, 0.5 ** (1 / n)))
    assert descending.rate_exponential(eta, n, now) == pytest.approx(exponential)
    if done <= n:
        cosine = last_rate(lambda o: rates.CosineAnnealingLR(o, n))
        assert descending.rate_cosine(eta, n, now) == pytest.approx(cosine, abs=1e-9)
    warm = last_rate(lambda o: rates.LambdaLR(o, lambda k: min(1.0, (k + 1) / n)))
    assert descending.rate_warmup(eta, n, now) == pytest.approx(warm)
