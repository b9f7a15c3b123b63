"""What would send the compiled code outside its buffers, or a counter over its end, does not get there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.kernels import door
from engine.kernels.kernel import Kernel
from engine.kernels.layout import GATES, Layout
from engine.kernels.learner import ByKernel
from engine.models.model import Moment
from engine.tasks.catalogue import task_of

pytestmark = pytest.mark.skipif(not door.available(), reason=door.state())

SIZES = {"T": 4, "B": 3, "I": 5, "H": 7, "V": 6}
NO_PLACES = [np.nan, np.inf, 1.0, "1", None, True, -1, 2**31, 2**32, -(2**32), 2**63, 2**64 - 1]


def kernel_of(cell: str = "rnn", **more: Any) -> Kernel:
    kernel = Kernel(Layout(cell, **SIZES), **more)
    rng = np.random.default_rng(1)
    kernel.theta = rng.normal(0, 0.3, len(kernel.layout.places))
    kernel.read(tokens=rng.integers(0, SIZES["I"], (SIZES["T"], SIZES["B"])))
    kernel.want(labels=rng.integers(0, SIZES["V"], (SIZES["T"], SIZES["B"])))
    return kernel


@given(st.sampled_from(list(GATES)), st.sampled_from(list(SIZES)), st.integers(max_value=0))
def test_a_size_is_at_least_one(cell: str, name: str, size: int) -> None:
    with pytest.raises(ValueError, match=f"{name} is {size}; it must be a whole number, 1 or more"):
        Layout(cell, **SIZES | {name: size})


@pytest.mark.parametrize("size", [4.0, "4", None, float("nan")])
@pytest.mark.parametrize("name", SIZES)
def test_a_size_is_a_whole_number(name: str, size: Any) -> None:
    with pytest.raises(ValueError, match="must be a whole number"):
        Layout("rnn", **SIZES | {name: size})


@pytest.mark.parametrize(
    "sizes", [{"T": 2**16, "B": 2**16}, {"I": 2**31}, {"H": 2**29}, {"V": 2**40}], ids=str
)
def test_sizes_that_32_bits_cannot_count_are_refused(sizes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="can count"):
        Layout("lstm", **SIZES | sizes)


def test_a_cell_or_a_convention_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="no cell 'jordan'; it has rnn, lstm, gru"):
        Layout("jordan", **SIZES)
    with pytest.raises(ValueError, match="truncate is -1"):
        kernel_of(truncate=-1)
    with pytest.raises(ValueError, match="not in tuple"):
        kernel_of(update="Keep")


@pytest.mark.parametrize("t", [-1, -1_000_000, 4, 1_000_000, 2**31, 2**32])
def test_a_time_step_that_is_none_is_refused(t: int) -> None:
    with pytest.raises(IndexError, match="0 to 3"):
        kernel_of().forward_at(t)


@pytest.mark.parametrize("place", NO_PLACES, ids=str)
def test_tokens_and_labels_are_whole_numbers_that_exist(place: Any) -> None:
    kernel = kernel_of()
    before = kernel.tokens.copy()
    everywhere = np.full((4, 3), place)
    once = np.zeros_like(everywhere)
    once[2, 1] = place
    for spoilt in (everywhere, once):
        with pytest.raises(IndexError, match="0 to 4 are"):
            kernel.read(tokens=spoilt)
        with pytest.raises(IndexError, match="0 to 5 are"):
            kernel.want(labels=spoilt)
    with pytest.raises(IndexError, match="0 to 4 are"):
        kernel.replace(1, np.array([True, False, True]), np.full(2, place))
    assert np.array_equal(kernel.tokens, before)


def test_tokens_are_looked_at_and_not_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        kernel_of().tokens[:] = 0


def test_replaced_tokens_are_read() -> None:
    one, other = kernel_of("gru"), kernel_of("gru")
    tokens = one.tokens.copy()
    tokens[2, [0, 2]] = [4, 1]
    one.read(tokens=tokens)
    other.replace(2, np.array([True, False, True]), np.array([4, 1]))
    assert one.passes() == other.passes()
    assert np.array_equal(one.unpacked("gradient"), other.unpacked("gradient"))


@pytest.mark.parametrize("steps", [0, -1, -5])
def test_no_steps_are_no_steps(steps: int) -> None:
    kernel = kernel_of()
    kernel.train(2)
    before = {name: kernel.unpacked(name) for name in ("theta", "theta_next", "first", "second", "gradient")}
    assert kernel.train(steps) == 0
    assert kernel.updates == 2
    assert all(np.array_equal(array, kernel.unpacked(name)) for name, array in before.items())


@pytest.mark.parametrize("count", [2**31 - 1, 2**31, 2**53 - 2])
def test_a_run_of_very_many_steps_can_be_recalled_and_goes_on(count: int) -> None:
    """Adam's corrections are 1 by then: θ ← θ - η m / (√v + ε), in NumPy here."""
    config = RunConfig(cell="rnn", hidden=5, length=6, batch=2, optimiser="adam", clip=0)
    task = task_of(config)
    learner = ByKernel(config, task)
    learner.advance(task.batch(1), Moment(1, config))
    learner.recall(learner.memory() | {"optimiser.t": np.array(float(count))})
    before = learner.memory()["theta"].astype(np.float64)
    assert learner.advance(task.batch(2), Moment(2, config)).finite
    after = learner.memory()
    assert after["optimiser.t"] == count + 1
    m, v = (after[f"optimiser.{letter}"].astype(np.float64) for letter in "mv")
    moved = config.learning_rate * m / (np.sqrt(v) + 1e-8)
    np.testing.assert_allclose(after["theta"], before - moved, rtol=0, atol=1e-6)
