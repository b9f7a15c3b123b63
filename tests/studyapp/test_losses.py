"""LossHistory against a plain list of everything that came in."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from studyapp.losses import LossHistory

LOSSES = st.floats(0, 100, allow_nan=False)
PARTS = st.lists(st.lists(LOSSES, max_size=40), max_size=12)


@given(parts=PARTS, limit=st.sampled_from((4, 8, 64, 4096)))
def test_buckets_are_the_means_and_extremes_of_the_losses(parts: list[list[float]], limit: int) -> None:
    history, everything = LossHistory(limit), []
    for part in parts:
        history.extend(np.array(part))
        everything += part
    assert history.steps == len(everything)
    assert len(history.means) < limit
    whole = len(history.means) * history.stride
    assert len(everything) - whole < history.stride, "only an unfinished bucket may be held back"
    groups = np.array(everything[:whole]).reshape(-1, history.stride)
    np.testing.assert_allclose(history.means, groups.mean(axis=1))
    for number, group in enumerate(groups):
        for step in (number * history.stride + 1, (number + 1) * history.stride):
            reading = history.at(step)
            assert reading is not None
            assert reading.first <= step <= reading.last
            assert (reading.low, reading.high) == (group.min(), group.max())


@given(
    count=st.integers(1, 300),
    seed=st.integers(0, 99),
    columns=st.integers(1, 50),
    limit=st.sampled_from((16, 4096)),
)
def test_envelope_misses_no_peak(count: int, seed: int, columns: int, limit: int) -> None:
    losses = np.random.default_rng(seed).random(count).tolist()
    history = LossHistory(limit)
    history.extend(np.array(losses))
    whole = losses[: len(history.means) * history.stride]
    envelope = history.envelope(columns)
    assert 1 <= len(envelope.step) <= columns
    assert envelope.low.min() == min(whole)
    assert envelope.high.max() == max(whole)
    assert np.all(np.diff(envelope.step) > 0)
    assert 1 <= envelope.step[0] <= envelope.step[-1] <= len(whole)
    group = -(-len(history.means) // columns) * history.stride
    for number, mean in enumerate(envelope.mean):
        np.testing.assert_allclose(mean, np.mean(whole[number * group : (number + 1) * group]))


@given(
    count=st.integers(1, 300),
    columns=st.integers(1, 50),
    ends=st.tuples(st.floats(-5, 320), st.floats(0.5, 320)),
    limit=st.sampled_from((16, 4096)),
)
def test_a_part_of_the_run_misses_no_peak_there(
    count: int, columns: int, ends: tuple[float, float], limit: int
) -> None:
    losses = np.random.default_rng(count).random(count).tolist()
    history = LossHistory(limit)
    history.extend(np.array(losses))
    whole = losses[: len(history.means) * history.stride]
    first, last = ends[0], ends[0] + ends[1]
    envelope = history.envelope(columns, first, last)
    assert 1 <= len(envelope.step) <= columns + 3
    inside = [loss for step, loss in enumerate(whole, start=1) if first <= step <= last]
    if inside:
        assert envelope.low.min() <= min(inside)
        assert envelope.high.max() >= max(inside)
    if first >= 1 and last < history.steps:
        around = 2 * history.stride * (-(-int(ends[1] + 2) // columns) + 2)
        assert envelope.step[0] > first - around - history.stride
        assert envelope.step[-1] < max(last, 1) + around + history.stride or first > len(whole)


@given(count=st.integers(0, 100), limit=st.sampled_from((4, 16, 4096)))
def test_readings_follow_each_other_without_a_gap(count: int, limit: int) -> None:
    history = LossHistory(limit)
    history.extend(np.arange(count, dtype=float))
    readings = list(history.readings())
    assert [r.mean for r in readings] == history.means.tolist()
    assert [r.first for r in readings] == [1 + k * history.stride for k in range(len(readings))]


def test_a_long_run_takes_little_memory_and_keeps_its_ends() -> None:
    history = LossHistory(1024)
    for first in range(0, 1_000_000, 10_000):
        history.extend(np.arange(first, first + 10_000, dtype=float))
    assert len(history.means) <= 1024
    assert history.last == 999_999
    first, last = history.at(1), history.at(10**9)
    assert first is not None
    assert last is not None
    assert first.low == 0
    assert last.high > 999_999 - 2 * history.stride


def test_empty() -> None:
    history = LossHistory()
    history.extend(np.empty(0))
    assert history.at(1) is None
    assert not len(history.envelope(10).step)
