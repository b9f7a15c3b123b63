"""Whole training steps of the kernel against torch in float64, and what must not change by accident."""

from __future__ import annotations

import math
import threading
from typing import Any

import numpy as np
import pytest
import torch

from engine.kernels import door
from engine.kernels.kernel import Kernel, Rule, train_many
from engine.kernels.layout import Layout

pytestmark = pytest.mark.skipif(not door.available(), reason=door.state())

torch.set_num_threads(1)  # the matrices are tiny: a second thread only waits

MODULES = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
OPTIMISERS: dict[str, Any] = {
    "sgd": lambda p, a: torch.optim.SGD(p, a.rate, weight_decay=a.l2),
    "momentum": lambda p, a: torch.optim.SGD(p, a.rate, a.momentum, weight_decay=a.l2),
    "nesterov": lambda p, a: torch.optim.SGD(p, a.rate, a.momentum, weight_decay=a.l2, nesterov=True),
    "rmsprop": lambda p, a: torch.optim.RMSprop(p, a.rate, weight_decay=a.l2),
    "adam": lambda p, a: torch.optim.Adam(p, a.rate, weight_decay=a.l2),
    "adamw": lambda p, a: torch.optim.AdamW(p, a.rate, weight_decay=a.l2),
}


class Peer:
    """torch.nn and torch.optim in float64, with the weights and the batch of a kernel."""

    def __init__(self, kernel: Kernel, rule: Rule, x: Any, labels: Any) -> None:
        layout = kernel.layout
        self.net = MODULES[layout.cell](layout.I, layout.H).double()
        self.out = torch.nn.Linear(layout.H, layout.V).double()
        self.parameters = [*self.net.parameters(), *self.out.parameters()]
        flat = torch.tensor(kernel.theta.astype(np.float64))
        torch.nn.utils.vector_to_parameters(flat, self.parameters)
        self.rule, self.optimiser = rule, OPTIMISERS[rule.optimiser](self.parameters, rule)
        self.x, self.labels = torch.tensor(x.astype(np.float64)), torch.tensor(labels.ravel())

    def step(self) -> tuple[float, float]:
        """The loss and the norm of the gradient before clipping."""
        self.optimiser.zero_grad()
        z = self.out(self.net(self.x)[0])
        loss = torch.nn.functional.cross_entropy(z.flatten(0, 1), self.labels)
        loss.backward()
        gradient = torch.nn.utils.parameters_to_vector([p.grad for p in self.parameters])
        if self.rule.clip and self.rule.clip_by == "value":
            torch.nn.utils.clip_grad_value_(self.parameters, self.rule.clip)
        elif self.rule.clip and gradient.norm() > self.rule.clip:
            for p in self.parameters:
                p.grad *= self.rule.clip / gradient.norm()
        self.optimiser.step()
        return loss.item(), gradient.norm().item()

    @property
    def theta(self) -> Any:
        return torch.nn.utils.parameters_to_vector(self.parameters).detach().numpy()


def example(
    cell: str, rule: Rule, sizes: tuple[int, ...] = (12, 7, 5, 19, 6), seed: int = 0
) -> tuple[Kernel, Any, Any]:
    rng = np.random.default_rng(seed)
    kernel = Kernel(Layout(cell, *sizes))
    T, B, I, H, V = sizes  # noqa: E741 - the kernel's letters
    kernel.theta = rng.uniform(-1, 1, len(kernel.layout.places)) / math.sqrt(H)
    x, labels = rng.normal(size=(T, B, I)).astype(np.float32), rng.integers(0, V, (T, B))
    kernel.read(x)
    kernel.want(labels=labels)
    kernel.rule = rule
    return kernel, x, labels


@pytest.mark.parametrize("l2", [0.0, 0.05])
@pytest.mark.parametrize(("clip", "clip_by"), [(0.0, "norm"), (0.1, "norm"), (0.01, "value")])
@pytest.mark.parametrize("optimiser", list(OPTIMISERS))
def test_ten_updates_are_those_of_torch(optimiser: str, clip: float, clip_by: str, l2: float) -> None:
    # RMSprop's first steps are 10 rates long, also where g is hardly more than its rounding
    rate, slack = (0.002, 10) if optimiser == "rmsprop" else (0.02, 1)
    rule = Rule(optimiser, rate, clip, clip_by, l2)
    kernel, x, labels = example("lstm", rule)
    peer = Peer(kernel, rule, x, labels)
    for _ in range(10):
        loss, norm = peer.step()
        assert kernel.train() == 1
        assert kernel.loss == pytest.approx(loss, rel=3e-6)
        assert kernel.norm == pytest.approx(norm, rel=2e-5 * slack)
    np.testing.assert_allclose(kernel.theta, peer.theta, rtol=0, atol=5e-6 * slack)


@pytest.mark.parametrize("cell", list(MODULES))
def test_sixty_steps_have_the_losses_of_float64(cell: str) -> None:
    rule = Rule("adam", 1e-3, 1.0)
    kernel, x, labels = example(cell, rule, (20, 16, 8, 16, 8))
    peer = Peer(kernel, rule, x, labels)
    for _ in range(60):
        loss, _ = peer.step()
        kernel.train()
        assert abs(kernel.loss - loss) <= 1e-6 * max(1.0, loss)


@pytest.mark.parametrize("cell", list(MODULES))
def test_the_same_steps_give_the_same_bits(cell: str) -> None:
    runs = []
    for calls, each in ((6, 1), (1, 6), (3, 2)):
        kernel, *_ = example(cell, Rule("adam", 0.01, 0.5))
        for _ in range(calls):
            assert kernel.train(each) == each
        runs.append(kernel)
    for other in runs[1:]:
        for name in ("theta", "theta_next", "first", "second", "gradient"):
            assert np.array_equal(runs[0].unpacked(name), other.unpacked(name)), name
        for name in other.names:
            assert np.array_equal(runs[0].value(name), other.value(name)), name


def test_two_threads_train_their_shares_of_a_sweep_as_one_would() -> None:
    rates = [0.001 * (1 + i) for i in range(8)]
    alone = [example("gru", Rule("adam", rate), seed=i)[0] for i, rate in enumerate(rates)]
    for kernel in alone:
        kernel.train(20)
    shared = [example("gru", Rule("adam", rate), seed=i)[0] for i, rate in enumerate(rates)]
    threads = [threading.Thread(target=train_many, args=(shared[i::2], 20)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one, other in zip(alone, shared, strict=True):
        assert np.array_equal(one.theta, other.theta)
        assert one.loss == other.loss


def spoilt_input(kernel: Kernel) -> None:
    kernel.inputs[3, 2, 1] = np.nan


def spoilt_weight(kernel: Kernel) -> None:
    theta = kernel.theta
    theta[-1] = np.inf
    kernel.theta = theta


def huge_rate(kernel: Kernel) -> None:
    kernel.rule = Rule("sgd", 1e39)


def nothing_asked(kernel: Kernel) -> None:
    kernel.want(weights=np.zeros((kernel.layout.T, kernel.layout.B)))


@pytest.mark.parametrize("spoil", [spoilt_input, spoilt_weight, huge_rate, nothing_asked])
@pytest.mark.parametrize("cell", list(MODULES))
def test_a_step_with_numbers_that_are_none_is_not_made(cell: str, spoil: Any) -> None:
    kernel, *_ = example(cell, Rule("adam", 0.01))
    assert kernel.train(3) == 3
    spoil(kernel)
    before = {name: kernel.unpacked(name) for name in ("theta", "first", "second")}
    assert kernel.train(5) == 0
    assert not kernel.finite
    assert kernel.updates == 3
    for name, array in before.items():
        assert np.array_equal(array, kernel.unpacked(name)), name


@pytest.mark.parametrize("cell", list(MODULES))
def test_nan_in_one_sequence_is_seen_there_and_only_there(cell: str) -> None:
    kernel, *_ = example(cell, Rule())
    spoilt_input(kernel)
    kernel.passes()
    assert math.isnan(kernel.loss)
    h = kernel.value("h")
    assert np.isnan(h[3:, 2]).all()
    assert np.isfinite(h[:3]).all()
    assert np.isfinite(np.delete(h, 2, axis=1)).all()


@pytest.mark.parametrize("scale", [1e15, 1e25, 1e37])
def test_an_enormous_gradient_has_its_norm_and_is_clipped(scale: float) -> None:
    sizes = (4, 3, 2, 5, 2)
    kernel, x, _ = example("rnn", Rule("sgd", 1.0, 1.0), sizes)
    squared = Kernel(Layout("rnn", *sizes), "half squared error")
    squared.theta, squared.rule = kernel.theta, kernel.rule
    squared.read(x)
    squared.want(np.full((4, 3, 2), scale, np.float32))
    before = squared.theta
    squared.passes()
    gradient = squared.unpacked("gradient").astype(np.float64)
    assert squared.norm == pytest.approx(np.linalg.norm(gradient), rel=1e-6)
    squared.update()
    if math.isfinite(squared.loss):
        assert np.linalg.norm(before.astype(np.float64) - squared.theta) == pytest.approx(1.0, rel=1e-5)
    else:  # the loss itself is above what a float holds
        assert np.array_equal(before, squared.theta)


def test_tiny_numbers_do_not_slow_a_step_and_the_caller_keeps_his() -> None:
    kernel, *_ = example("lstm", Rule())
    kernel.train()
    tiny = np.array([1e-40], np.float32)
    assert tiny[0] * np.float32(0.5) > 0, "denormal numbers are still there after a call"


@pytest.mark.parametrize("places", [np.full((12, 7), 6), np.full((12, 7), -1)])
def test_a_symbol_that_is_none_is_refused(places: Any) -> None:
    kernel, *_ = example("rnn", Rule())
    with pytest.raises(IndexError, match="0 to 5"):
        kernel.want(labels=places)
    with pytest.raises(IndexError, match="0 to 4"):
        kernel.read(tokens=places)
