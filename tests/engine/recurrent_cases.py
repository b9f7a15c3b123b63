"""Recurrent networks of every shape with random weights, and the same in torch beside them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from engine import parameters
from engine.config import RunConfig
from engine.losses import LOSSES
from engine.models.model import Look, Moment
from engine.models.recurrent import Recurrent
from engine.snapshot import Array
from engine.tasks.task import Batch
from tests.engine.torch_recurrent import Told, told


@dataclass
class Sizes:
    """All of a task that the model asks for."""

    inputs: int
    outputs: int
    loss: Any = "cross-entropy"


@dataclass
class Case:
    config: RunConfig
    model: Recurrent
    theta: Array
    batch: Batch
    moment: Moment

    @property
    def weights(self) -> dict[str, Array]:
        return parameters.named(self.theta, self.model.shapes)

    def look(self) -> Look:
        return self.model.look(self.theta, self.batch, self.moment)

    def gradients(self) -> dict[str, Array]:
        return parameters.named(self.look().gradient, self.model.shapes)

    def oracle(self, config: RunConfig | None = None) -> Told:
        """The same in torch, in float64; the masks are the model's: they are drawn, not derived."""
        seen = self.model.forward(self.weights, self.batch, self.moment)
        double = {name: w.astype(np.float64) for name, w in self.weights.items()}
        return told(
            config or self.config, double, self.batch.inputs.astype(float), self.batch.targets.astype(float),
            entropy=self.model.symbols, asked=self.batch.weights,
            masks=[mask.astype(float) for mask in seen.masks], start=self.moment.carry,
        )  # fmt: skip


def case(config: RunConfig, T: int, B: int, d: int, k: int, seed: int = 0, **more: Any) -> Case:
    """Random weights and a random batch; `more`: loss, asked ("all", "last", "some"), dtype, carry."""
    rng = np.random.default_rng(seed)
    loss, dtype = more.get("loss", "cross-entropy"), more.get("dtype", np.float64)
    model = Recurrent(config, Sizes(d, k, loss))
    theta = rng.normal(0, 0.5, parameters.count(model.shapes)).astype(dtype)
    targets = np.eye(k)[rng.integers(0, k, (T, B))] if loss == "cross-entropy" else rng.normal(size=(T, B, k))
    asked = {"all": None, "last": np.zeros((T, B)), "some": rng.random((T, B)) * (rng.random((T, B)) < 0.5)}
    weights = asked[more.get("asked", "all")]
    if weights is not None:
        weights[-1] = 1
    batch = Batch(
        rng.normal(size=(T, B, d)).astype(dtype), targets.astype(dtype),
        None if weights is None else weights.astype(dtype), fresh=not more.get("carry"),
    )  # fmt: skip
    parts = 2 if config.cell == "lstm" else 1
    carry = (
        tuple(rng.normal(size=(B, config.hidden)) for _ in range(parts * config.layers))
        if more.get("carry")
        else ()
    )
    return Case(config, model, theta, batch, Moment(3, config, carry))


def close(found: Array, expected: Array, atol: float = 1e-10, name: str = "") -> None:
    scale = max(1.0, float(np.abs(expected).max(initial=0)))
    np.testing.assert_allclose(found, expected, rtol=0, atol=atol * scale, err_msg=name)


@st.composite
def cases(draw: st.DrawFn, dtype: Any = np.float64) -> Callable[[], Case]:
    """What makes a case: the arrays are left to the test, so that drawing stays quick."""
    pick = lambda *values: draw(st.sampled_from(values))  # noqa: E731 - short for this strategy only
    cell, layers = pick("rnn", "lstm", "gru"), draw(st.integers(1, 4))
    T = draw(st.integers(2, 9))
    config = RunConfig(
        cell=cell, layers=layers, length=T, hidden=draw(st.integers(1, 5)), direction=pick("one", "both"),
        residual=pick("no", "yes") if layers > 1 else "no", dropout=pick(0.0, 0.4), biases=pick("one", "two"),
        truncate=draw(st.integers(0, T)), gru_update=pick("keep", "take"), gru_reset=pick("after", "before"),
        peepholes=pick("no", "yes"), activation=pick("tanh", "sigmoid", "identity"),
    )  # fmt: skip
    return functools.partial(
        case, config, T, draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 4)),
        seed=draw(st.integers(0, 99)), loss=pick(*LOSSES), asked=pick("all", "last", "some"), dtype=dtype,
    )  # fmt: skip
