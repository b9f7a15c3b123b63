"""The Jordan RNN against autograd over the same equations, written a second time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.models.jordan import Jordan
from engine.models.model import Look, Moment
from engine.parameters import named
from engine.snapshot import Array
from engine.tasks.task import Batch

T, B, D, H, K = 6, 3, 4, 5, 3
ACTIVATIONS = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "identity": lambda a: a}
LOSSES = ("cross-entropy", "half squared error")


def config(**knobs: Any) -> RunConfig:
    return RunConfig(cell="jordan", hidden=H, **knobs)


def model(knobs: RunConfig, loss: str = "cross-entropy", d: int = D, k: int = K) -> Jordan:
    return Jordan(knobs, SimpleNamespace(inputs=d, outputs=k, loss=loss))  # type: ignore[arg-type]  # sizes are all it reads


def batch(
    rng: np.random.Generator, loss: str = "cross-entropy", t: int = T, b: int = B, d: int = D, k: int = K
) -> Batch:
    values = rng.normal(size=(t, b, k))
    targets = np.eye(k)[values.argmax(axis=2)] if loss == "cross-entropy" else values
    return Batch(rng.normal(size=(t, b, d)), targets, rng.random((t, b)))


def theta_of(jordan: Jordan, rng: np.random.Generator) -> Array:
    return rng.normal(0, 0.5, sum(int(np.prod(shape)) for shape in jordan.shapes.values()))


def by_autograd(
    jordan: Jordan, theta: Array, batch: Batch, forced: Array, knobs: RunConfig, loss: str
) -> dict[str, Any]:
    """Loss, gradient and dL/dh_t of one unrolling, sequence by sequence and step by step."""
    flat = torch.tensor(theta, requires_grad=True)
    w, place = {}, 0
    for name, shape in jordan.shapes.items():
        size = int(np.prod(shape))
        w[name], place = flat[place : place + size].reshape(shape), place + size
    total, states, outputs = torch.zeros(()), [], []
    for b in range(batch.inputs.shape[1]):
        y = torch.zeros(batch.targets.shape[2], dtype=torch.float64)
        for t in range(len(batch.inputs)):
            x = torch.tensor(batch.inputs[t, b])
            if t and forced[t, b]:
                y = torch.tensor(batch.targets[t - 1, b])
            elif t and batch.own is not None and batch.own[t, b]:
                x = torch.eye(len(y)).double()[y.argmax()] if loss == "cross-entropy" else y.detach()
            a = w["W_ih"] @ x + w["b_ih"] + w["W_yh"] @ y + w.get("b_yh", torch.zeros(()))
            h = ACTIVATIONS[knobs.activation](a)
            z = w["W_o"] @ h + w["b_o"]
            target = torch.tensor(batch.targets[t, b])
            if loss == "cross-entropy":
                y, each = torch.softmax(z, 0), -(target * torch.log_softmax(z, 0)).sum()
            else:
                y, each = z, 0.5 * ((z - target) ** 2).sum()
            weight = 1.0 if batch.weights is None else batch.weights[t, b]
            total = total + weight * each
            states.append(h)
            outputs.append(z)
    count = batch.targets[..., 0].size if batch.weights is None else batch.weights.sum()
    value = total / count
    found = torch.autograd.grad(value, [flat, *states, *outputs])
    shape = (batch.inputs.shape[1], len(batch.inputs), -1)
    steps = len(states)
    return {
        "loss": value.item(),
        "gradient": found[0].numpy(),
        "h": torch.stack(states).detach().reshape(shape).numpy(),
        "dh": torch.stack(found[1 : 1 + steps]).reshape(shape).numpy(),
        "dz": torch.stack(found[1 + steps :]).reshape(shape).numpy(),
    }


def agree(look: Look, oracle: dict[str, Any]) -> None:
    assert look.loss == pytest.approx(oracle["loss"], rel=1e-12)
    np.testing.assert_allclose(look.gradient, oracle["gradient"], rtol=1e-10, atol=1e-10)
    for b, (h, dh, dz) in enumerate(zip(oracle["h"], oracle["dh"], oracle["dz"], strict=True)):
        picture = look.picture(b)
        np.testing.assert_allclose(picture.hidden, h, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(picture.dh, dh, rtol=1e-10, atol=1e-10)
        np.testing.assert_allclose(picture.named["dz"], dz, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_gradient_is_what_autograd_finds(loss: str, activation: str, share: float) -> None:
    rng = np.random.default_rng(7)
    knobs = config(activation=activation, teacher_forcing=share)
    jordan, seen = model(knobs, loss), batch(rng, loss)
    theta, moment = theta_of(jordan, rng), Moment(3, knobs)
    forced = moment.rng().random((T, B)) < share
    assert share in (0, 1) or (forced[1:].any() and not forced[1:].all())
    agree(jordan.look(theta, seen, moment), by_autograd(jordan, theta, seen, forced, knobs, loss))


@settings(max_examples=25)
@given(
    sizes=st.tuples(st.integers(1, 12), *(st.integers(1, 4) for _ in range(3))),
    seed=st.integers(0, 2**16),
    biases=st.sampled_from(["one", "two"]),
    loss=st.sampled_from(LOSSES),
)
def test_gradient_over_random_shapes(sizes: tuple[int, ...], seed: int, biases: str, loss: str) -> None:
    rng = np.random.default_rng(seed)
    t, b, d, k = sizes
    knobs = config(teacher_forcing=0.4, biases=biases, seed=seed)
    jordan, seen = model(knobs, loss, d, k), batch(rng, loss, t, b, d, k)
    theta, moment = theta_of(jordan, rng), Moment(1, knobs)
    forced = moment.rng().random((t, b)) < 0.4
    agree(jordan.look(theta, seen, moment), by_autograd(jordan, theta, seen, forced, knobs, loss))
    assert ("b_yh" in jordan.shapes) == (biases == "two")


@pytest.mark.parametrize("loss", LOSSES)
def test_an_input_that_is_the_last_target_is_replaced_where_not_forced(loss: str) -> None:
    rng = np.random.default_rng(5)
    knobs = config(teacher_forcing=0.5)
    jordan, made = model(knobs, loss, K, K), batch(rng, loss, d=K)
    own = np.ones((T, B), dtype=bool)
    own[0] = False
    inputs = made.inputs.copy()
    inputs[1:] = made.targets[:-1]
    seen = Batch(inputs, made.targets, own=own)
    theta, moment = theta_of(jordan, rng), Moment(1, knobs)
    forced = moment.rng().random((T, B)) < 0.5
    look = jordan.look(theta, seen, moment)
    agree(look, by_autograd(jordan, theta, seen, forced, knobs, loss))
    assert not np.array_equal(look.picture(0).inputs, inputs[:, 0])
    assert np.array_equal(seen.inputs, inputs), "the batch is not written to"


def test_forced_steps_send_nothing_back() -> None:
    rng = np.random.default_rng(1)
    knobs = config()
    jordan, seen = model(knobs), batch(rng)
    picture = jordan.look(theta_of(jordan, rng), seen, Moment(1, knobs)).picture(1)
    assert not picture.named["dy"].any()
    assert picture.named["forced"][1:].all()
    assert not picture.named["forced"][0]
    assert np.array_equal(picture.named["fed"][1:], seen.targets[:-1, 1])
    assert not picture.named["fed"][0].any()
    np.testing.assert_allclose(picture.named["y"], picture.outputs, rtol=1e-12)


def test_what_is_not_asked_for_is_not_given_away() -> None:
    """One answer at the end: whatever stands in the other rows of the targets, it is never read."""
    rng = np.random.default_rng(6)
    knobs = config()
    jordan, made = model(knobs), batch(rng)
    weights = np.zeros((T, B))
    weights[-1] = 1
    theta = theta_of(jordan, rng)
    others = made.targets.copy()
    others[:-1] = rng.normal(size=others[:-1].shape)
    one, other = (
        jordan.look(theta, Batch(made.inputs, targets, weights), Moment(1, knobs))
        for targets in (made.targets, others)
    )
    assert one.loss == other.loss
    np.testing.assert_array_equal(one.gradient, other.gradient)
    picture = one.picture(0)
    np.testing.assert_array_equal(picture.named["fed"][1:], picture.named["y"][:-1])
    agree(
        jordan.look(theta, Batch(made.inputs, made.targets, weights), Moment(1, knobs)),
        by_autograd(
            jordan, theta, Batch(made.inputs, made.targets, weights), np.zeros((T, B)), knobs, LOSSES[0]
        ),
    )


def test_float32_stays_float32_and_is_close() -> None:
    rng = np.random.default_rng(2)
    knobs = config(teacher_forcing=0.5)
    jordan, seen = model(knobs), batch(rng)
    theta = theta_of(jordan, rng)
    narrow = Batch(*(array.astype(np.float32) for array in (seen.inputs, seen.targets, seen.weights)))  # type: ignore[union-attr, arg-type]  # all three are there
    exact = jordan.look(theta, seen, Moment(1, knobs))
    look = jordan.look(theta.astype(np.float32), narrow, Moment(1, knobs))
    assert look.gradient.dtype == np.float32
    assert {array.dtype for array in look.picture(0).named.values()} == {np.dtype(np.float32)}
    np.testing.assert_allclose(look.gradient, exact.gradient, atol=1e-5)


def test_stepper_writes_what_the_free_running_network_computes() -> None:
    rng = np.random.default_rng(3)
    knobs = config(teacher_forcing=0.0)
    jordan = model(knobs)
    tokens = rng.integers(0, D, (T, 1))
    theta = theta_of(jordan, rng)
    seen = Batch(np.eye(D)[tokens], np.eye(K)[rng.integers(0, K, (T, 1))], tokens=tokens)
    z = jordan.look(theta, seen, Moment(1, knobs)).picture(0).named["z"]
    stepper = jordan.stepper(named(theta, jordan.shapes))
    state = first = stepper.start()
    for t, place in enumerate(tokens[:, 0]):
        state, found = stepper.feed(state, int(place))
        np.testing.assert_allclose(found, z[t], rtol=1e-12)
    assert not first[0].any(), "feeding changes nothing"


def test_initial_weights_follow_the_scheme_and_the_gain() -> None:
    plain, doubled = (config(init="orthogonal", gain=gain) for gain in (1.0, 2.0))
    jordan = model(plain)
    one, two = (jordan.initial(knobs, np.random.default_rng(4)) for knobs in (plain, doubled))
    np.testing.assert_array_equal(2 * one, two)
    w = named(one, jordan.shapes)
    np.testing.assert_allclose(w["W_ih"].T @ w["W_ih"], np.eye(D), atol=1e-12)
    assert not w["b_ih"].any()
    assert not w["b_o"].any()
