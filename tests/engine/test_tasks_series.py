"""Waves, clean and noisy, and the adding problem: checked by what they must satisfy."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.tasks.adding import AddingTask
from engine.tasks.catalogue import task_of
from engine.tasks.series import SPAN, SineTask


def wave(config: RunConfig, steps: range) -> np.ndarray:
    """[n, B] the inputs of several steps one after another."""
    task = task_of(config)
    return np.concatenate([task.batch(step).inputs[:, :, 0] for step in steps])


def test_stateful_waves_go_on_without_a_seam_and_then_start_anew() -> None:
    config = RunConfig(task="sine", state="stateful", length=7, batch=3)
    x = wave(config, range(1, SPAN + 1))
    for series in x.T:  # two sines: x[t] + x[t-4] is a combination of x[t-1] + x[t-3] and x[t-2]
        sides = np.stack([series[3:-1] + series[1:-3], series[2:-2]], axis=1)
        fit, *_ = np.linalg.lstsq(sides, series[4:] + series[:-4], rcond=None)
        np.testing.assert_allclose(sides @ fit, series[4:] + series[:-4], atol=1e-9)
    task = task_of(config)
    assert [task.batch(step).fresh for step in range(1, 2 * SPAN + 2)] == [
        step % SPAN == 1 for step in range(1, 2 * SPAN + 2)
    ]
    assert not np.allclose(x[-1] - x[-2], task.batch(SPAN + 1).inputs[0, :, 0] - x[-1])


@pytest.mark.parametrize("task", ["sine", "noisy"])
def test_where_two_stateful_batches_meet_they_share_a_value(task: str) -> None:
    run = task_of(RunConfig(task=task, state="stateful", length=5, batch=4, noise=0.7))
    for step in range(1, SPAN):
        assert np.array_equal(run.batch(step).targets[-1], run.batch(step + 1).inputs[0])
        assert np.array_equal(run.batch(step).inputs[1:], run.batch(step).targets[:-1])


def test_noise_has_the_deviation_of_its_knob_and_turning_it_leaves_the_wave_alone() -> None:
    steps = range(1, 41)
    clean = wave(RunConfig(task="noisy", noise=0.0, length=50, batch=32), steps)
    assert np.array_equal(clean, wave(RunConfig(task="sine", length=50, batch=32), steps))
    low = wave(RunConfig(task="noisy", noise=0.2, length=50, batch=32), steps) - clean
    high = wave(RunConfig(task="noisy", noise=2.0, length=50, batch=32), steps) - clean
    np.testing.assert_allclose(10 * low, high, atol=1e-12)
    assert 0.98 < np.abs(clean).max() <= 1
    assert low.std() == pytest.approx(0.2, rel=0.01)
    assert low.mean() == pytest.approx(0, abs=0.003)
    neighbours = np.corrcoef(low[:-1].ravel(), low[1:].ravel())[0, 1]
    assert abs(neighbours) < 0.02, "white noise does not remember"


def test_where_the_last_value_may_be_the_networks_own_the_input_is_the_last_target() -> None:
    batch = SineTask(6, 3, 1, noise=0.3).batch(4)
    assert batch.own is not None
    assert not batch.own[0].any()
    assert batch.own[1:].all()
    assert np.array_equal(batch.inputs[1:], batch.targets[:-1])


def label_of(value: float) -> str:
    (label,) = SineTask(6, 3, 1).labels(np.array([[value]]))
    return label


@given(st.floats(-1e308, 1e308))
@example(0.125)  # rounds by exactly half a hundredth
@example(1e155)
@example(-999.996)
def test_a_label_is_short_and_its_value_rounded(value: float) -> None:
    label = label_of(value)
    assert len(label) <= len("-1.798e+308")
    off = abs(Fraction(label) - Fraction(value))
    assert off <= max(Fraction(1, 200), abs(Fraction(value)) / 2000), (
        "exact: floats cannot tell half a hundredth"
    )
    if abs(value) < 999:
        assert label[-3] == ".", "two decimals, so that they stand in a column"


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_a_label_of_what_is_no_number_says_so(value: float) -> None:
    assert label_of(value) == str(value)


@settings(max_examples=50)
@given(length=st.integers(2, 100), size=st.integers(1, 64), seed=st.integers(0, 2**31 - 1))
def test_the_last_target_is_the_sum_of_the_two_marked_numbers(length: int, size: int, seed: int) -> None:
    task = task_of(RunConfig(task="adding", length=length, batch=size, seed=seed))
    batch = task.batch(9)
    assert batch.inputs.shape == (length, size, 2)
    assert batch.targets.shape == (length, size, 1)
    assert batch.weights is not None
    assert batch.weights.sum() == batch.weights[-1].sum() == size
    for b in range(size):
        marked = [t for t in range(length) if batch.inputs[t, b, 1] == 1]
        assert len(marked) == 2
        assert marked[0] < length // 2 <= marked[1]
        assert batch.targets[-1, b, 0] == pytest.approx(sum(batch.inputs[t, b, 0] for t in marked))
    assert set(np.unique(batch.inputs[:, :, 1])) <= {0.0, 1.0}


def test_always_saying_one_has_the_loss_that_is_promised() -> None:
    task = AddingTask(10, 64, 3)
    sums = np.concatenate([task.batch(step).targets[-1, :, 0] for step in range(1, 301)])
    assert 0.5 * ((sums - 1) ** 2).mean() == pytest.approx(1 / 12, rel=0.03)
    assert task.labels(np.array([[1.234]])) == ("1.23",)
    assert task.input_labels(np.array([[0.5, 1.0], [0.25, 0.0]])) == ("0.50*", "0.25")
