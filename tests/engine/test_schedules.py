"""Learning-rate schedules against torch's, over 50 steps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.optim import lr_scheduler as theirs

from engine.config import RunConfig, knob_of
from engine.schedules import rate

STEPS = 50
SCHEDULES = tuple(value for value, _ in knob_of("schedule").choices)
ORACLES: dict[str, Callable[[torch.optim.Optimizer, int], theirs.LRScheduler]] = {
    "constant": lambda o, n: theirs.ConstantLR(o, factor=1.0),
    "step": lambda o, n: theirs.StepLR(o, step_size=n, gamma=0.5),
    "exponential": lambda o, n: theirs.ExponentialLR(o, gamma=0.5 ** (1 / n)),
    "cosine": lambda o, n: theirs.CosineAnnealingLR(o, T_max=n),
    "warmup": lambda o, n: theirs.LinearLR(o, start_factor=1 / n, total_iters=n - 1),
}


@pytest.mark.parametrize("n", [2, 7, STEPS])
@pytest.mark.parametrize("name", SCHEDULES)
def test_the_rates_are_torchs(name: str, n: int) -> None:
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    scheduler = ORACLES[name](optimiser, n)
    config = RunConfig(learning_rate=0.3, schedule=name, schedule_steps=n)
    steps = n + 1 if name == "cosine" else STEPS  # beyond n torch's cosine comes up again, ours stays at 0
    for step in range(1, steps + 1):
        assert rate(config, step) == pytest.approx(scheduler.get_last_lr()[0], rel=1e-12, abs=1e-15)
        optimiser.step()
        scheduler.step()


def test_after_the_cosine_nothing_moves() -> None:
    config = RunConfig(schedule="cosine", schedule_steps=10)
    assert [rate(config, step) for step in (11, 12, 21, 1000)] == pytest.approx([0] * 4, abs=1e-17)
    assert rate(config, 12) == 0


def test_the_rate_of_now_is_what_is_scheduled() -> None:
    """The learning rate is a live knob: the schedule is a factor on it."""
    for name in SCHEDULES:
        slow, fast = (RunConfig(learning_rate=x, schedule=name, schedule_steps=9) for x in (0.01, 0.02))
        assert rate(fast, 5) == pytest.approx(2 * rate(slow, 5), rel=1e-15)


@given(
    name=st.sampled_from(SCHEDULES),
    n=st.integers(1, 1_000_000),
    step=st.integers(1, 10**9),
    eta=st.floats(1e-6, 100),
)
def test_never_above_the_knob_nor_below_zero(name: str, n: int, step: int, eta: float) -> None:
    found = rate(RunConfig(learning_rate=eta, schedule=name, schedule_steps=n), step)
    assert type(found) is float  # a NumPy float would make float32 weights float64
    assert 0 <= found <= eta
