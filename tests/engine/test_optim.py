"""Optimisers and clipping against torch's own, in float64 and float32, and what they keep."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.clipping import clip, clipped, clipped_by_value, global_norm
from engine.config import RunConfig, knob_of
from engine.errors import CheckpointError
from engine.optim import Plain, optimiser_of, restored
from engine.snapshot import Array

SIZE, RATE = 6, 0.05
NAMES = tuple(value for value, _ in knob_of("optimiser").choices)
THEIRS: dict[str, Callable[..., torch.optim.Optimizer]] = {
    "sgd": lambda p, mu, l2: torch.optim.SGD(p, RATE, weight_decay=l2),
    "momentum": lambda p, mu, l2: torch.optim.SGD(p, RATE, momentum=mu, weight_decay=l2),
    "nesterov": lambda p, mu, l2: torch.optim.SGD(p, RATE, momentum=mu, weight_decay=l2, nesterov=True),
    "rmsprop": lambda p, mu, l2: torch.optim.RMSprop(p, RATE, weight_decay=l2),
    "adam": lambda p, mu, l2: torch.optim.Adam(p, RATE, weight_decay=l2),
    "adamw": lambda p, mu, l2: torch.optim.AdamW(p, RATE, weight_decay=l2),
}


def gradients(dtype: type[np.floating], steps: int = 50) -> list[Array]:
    rng = np.random.default_rng(3)
    sizes = np.array([1, 10, 0.1, 1e-6, 1, 0])
    return [(rng.normal(size=SIZE) * sizes).astype(dtype) for _ in range(steps)]


@pytest.mark.parametrize(("dtype", "atol"), [(np.float64, 1e-12), (np.float32, 1e-5)])
@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize("momentum", [0.9, 0.5])
@pytest.mark.parametrize("name", NAMES)
def test_fifty_steps_walk_where_torchs_walk(
    name: str, momentum: float, l2: float, dtype: type[np.floating], atol: float
) -> None:
    theta = np.random.default_rng(1).normal(size=SIZE).astype(dtype)
    optimiser = optimiser_of(name, SIZE, dtype)
    peer = torch.tensor(theta.copy(), requires_grad=True)
    oracle = THEIRS[name]([peer], momentum, l2)
    for gradient in gradients(dtype):
        theta, optimiser = optimiser.update(theta, gradient, RATE, Plain(momentum, l2))
        peer.grad = torch.tensor(gradient)
        oracle.step()
        assert theta.dtype == dtype
        np.testing.assert_allclose(theta, peer.detach().numpy(), rtol=0, atol=atol)


@pytest.mark.parametrize("name", NAMES)
def test_momentum_and_decay_can_be_turned_between_two_steps(name: str) -> None:
    theta, optimiser = np.arange(1.0, SIZE + 1), optimiser_of(name, SIZE)
    peer = torch.tensor(theta.copy(), requires_grad=True)
    oracle = THEIRS[name]([peer], 0.9, 0.0)
    for step, gradient in enumerate(gradients(np.float64, 20)):
        config = RunConfig(optimiser=name, momentum=0.9 - 0.04 * step, l2=0.01 * step)
        group = oracle.param_groups[0]
        group["weight_decay"] = config.l2
        if name in ("momentum", "nesterov"):
            group["momentum"] = config.momentum
        theta, optimiser = optimiser.update(theta, gradient, RATE, config)
        peer.grad = torch.tensor(gradient)
        oracle.step()
    np.testing.assert_allclose(theta, peer.detach().numpy(), rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "adamw"])
def test_weight_decay_is_the_gradient_of_half_the_square(name: str) -> None:
    """One step on L + ½ λ ‖θ‖² as autograd differentiates it, without decay."""
    theta, gradient, l2 = np.arange(1.0, SIZE + 1), gradients(np.float64)[0], 0.7
    peer = torch.tensor(theta, requires_grad=True)
    ((torch.tensor(gradient) * peer).sum() + 0.5 * l2 * (peer * peer).sum()).backward()
    assert peer.grad is not None
    ours, _ = optimiser_of(name, SIZE).update(theta, gradient, RATE, Plain(l2=l2))
    whole, _ = optimiser_of(name, SIZE).update(theta, peer.grad.numpy(), RATE)
    np.testing.assert_allclose(ours, whole, rtol=1e-14)


@pytest.mark.parametrize("name", NAMES)
def test_an_update_changes_nothing_in_place(name: str) -> None:
    theta, gradient = np.ones(3), np.array([1.0, -2.0, 3.0])
    first = optimiser_of(name, 3)
    once, second = first.update(theta, gradient, 0.1)
    kept = second.memory()
    second.update(once, gradient, 0.1)
    again, _ = first.update(theta, gradient, 0.1)
    assert np.array_equal(once, again)
    assert np.array_equal(theta, np.ones(3))
    assert all(np.array_equal(array, second.memory()[letter]) for letter, array in kept.items())


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", NAMES)
def test_a_restored_optimiser_goes_on_bit_for_bit(name: str, dtype: type[np.floating]) -> None:
    theta, optimiser = np.ones(SIZE, dtype), optimiser_of(name, SIZE, dtype)
    walk = gradients(dtype, 12)
    for gradient in walk[:6]:
        theta, optimiser = optimiser.update(theta, gradient, RATE)
    memory = optimiser.memory()
    other, there = theta, restored(name, memory)
    for array in memory.values():
        array[...] = 7  # the memory is nobody's but its holder's
    for gradient in walk[6:]:
        theta, optimiser = optimiser.update(theta, gradient, RATE)
        other, there = there.update(other, gradient, RATE)
    assert theta.tobytes() == other.tobytes()
    assert all(a.dtype == dtype for a in there.memory().values() if a.shape)


@pytest.mark.parametrize("spoilt", [math.nan, math.inf, -math.inf, 1e200])
@pytest.mark.parametrize("name", NAMES)
def test_an_optimiser_that_remembers_no_numbers_says_so(name: str, spoilt: float) -> None:
    gradient = np.ones(SIZE)
    _, optimiser = optimiser_of(name, SIZE).update(np.ones(SIZE), gradient, RATE)
    assert optimiser.finite
    gradient[3] = spoilt
    with np.errstate(all="ignore"):
        _, optimiser = optimiser.update(np.ones(SIZE), gradient, RATE)
    remembered = [array for array in optimiser.memory().values() if array.shape]
    assert optimiser.finite == all(math.isfinite(x) for array in remembered for x in array)
    assert optimiser.finite == (name == "sgd" or (spoilt == 1e200 and name in ("momentum", "nesterov")))


@pytest.mark.parametrize("letter", "mv")
def test_either_memory_of_adam_can_be_spoilt(letter: str) -> None:
    memory = optimiser_of("adam", SIZE).memory()
    memory[letter][2] = math.inf
    assert not restored("adam", memory).finite


@pytest.mark.parametrize("t", [-1.0, 0.5, math.nan, math.inf, 1e300])
def test_a_count_of_steps_that_is_none_is_told(t: float) -> None:
    memory = {"m": np.zeros(2), "v": np.zeros(2), "t": np.array(t)}
    with pytest.raises(CheckpointError, match="count of steps t is"):
        restored("adam", memory)


def test_a_missing_memory_is_named() -> None:
    with pytest.raises(CheckpointError, match="adamw also remembers m and t"):
        restored("adamw", {"v": np.zeros(2)})


def test_clipping_is_torchs_and_keeps_the_direction() -> None:
    gradient = np.random.default_rng(4).normal(size=20)
    norm = global_norm(gradient)
    short = clipped(gradient, norm, 0.5)
    parts = [torch.tensor(gradient[:7], requires_grad=True), torch.tensor(gradient[7:], requires_grad=True)]
    for part in parts:
        part.grad = part.detach().clone()
    their_norm = torch.nn.utils.clip_grad_norm_(parts, 0.5)
    assert norm == pytest.approx(their_norm.item(), rel=1e-14)
    assert global_norm(short) == pytest.approx(0.5, rel=1e-14)
    theirs = torch.cat([part.grad for part in parts if part.grad is not None]).numpy()
    np.testing.assert_allclose(short, theirs, rtol=1e-5)  # torch adds 1e-6 to the norm, Pascanu et al. do not
    assert np.array_equal(clip(gradient, norm, 0.5, "norm"), short)


def test_clipping_by_value_is_torchs() -> None:
    gradient = np.random.default_rng(5).normal(size=20)
    peer = torch.zeros(20, requires_grad=True, dtype=torch.float64)
    peer.grad = torch.tensor(gradient)
    torch.nn.utils.clip_grad_value_([peer], 0.4)
    assert np.array_equal(clipped_by_value(gradient, 0.4), peer.grad.numpy())
    assert np.array_equal(clip(gradient, global_norm(gradient), 0.4, "value"), peer.grad.numpy())


def test_a_short_gradient_and_limit_zero_are_left_alone() -> None:
    gradient = np.array([3.0, 4.0])
    assert clipped(gradient, 5.0, 5.0) is gradient
    assert clipped(gradient, 5.0, 0.0) is gradient
    assert clipped_by_value(gradient, 0.0) is gradient


@pytest.mark.parametrize(
    ("dtype", "rel", "scale"),
    [(np.float64, 1e-14, 10.0**n) for n in (0, 100, 200, 300, -160, -200, -300)]
    + [(np.float32, 1e-5, 10.0**n) for n in (0, 19, 25, 37, -22, -25)],
)
def test_the_norm_of_huge_and_tiny_gradients(dtype: type[np.floating], rel: float, scale: float) -> None:
    """Against math.hypot, which takes care of the range."""
    gradient = (np.array([3.0, -4.0, 12.0, 0.5]) * scale).astype(dtype)
    norm = global_norm(gradient)
    assert norm == pytest.approx(math.hypot(*gradient.tolist()), rel=rel)
    limit = min(norm, 1e-3) / 2
    short = clipped(gradient, norm, limit)
    assert short.dtype == dtype
    assert global_norm(short) == pytest.approx(limit, rel=rel)


@given(arrays(np.float32, st.integers(0, 12), elements=st.floats(width=32)))
def test_the_norm_is_finite_where_the_entries_are(gradient: Array) -> None:
    found = global_norm(gradient)
    assert type(found) is float  # a NumPy float would make float32 weights float64
    if np.isnan(gradient).any():
        assert math.isnan(found)
    else:
        assert found == pytest.approx(math.hypot(*gradient.tolist()), rel=1e-5, abs=1e-45)
