"""Three independent ways to every gradient of the catalogue: by hand, by torch, by nudging an oracle."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest

from engine.derivations import by_hand, torch_forwards
from engine.derivations.oracles import Array, forward
from engine.derivations.programs import CONSTANTS, program, start_name
from engine.symbolic.jobs import GradientJob
from engine.tape.nodes import Var
from engine.tape.numbers import measured

SIZES = {"h": 3, "d": 2, "k": 4, "m": 5, "n": 6}
TINY = 1e-30

RECURRENT = [
    *(GradientJob(activation=phi) for phi in ("tanh", "sigmoid", "relu", "identity")),
    *(GradientJob("lstm", gates=gates) for gates in ("apart", "stacked")),
    *(GradientJob("gru", update=u, reset=r) for u in ("keep", "take") for r in ("after", "before")),
    GradientJob("birnn"),
    GradientJob("layers", activation="sigmoid"),
]
TASKS = [
    {"outputs": outputs, "loss": loss}
    for outputs, loss in itertools.product(("last", "each"), ("half", "whole", "cross-entropy"))
]
SINGLE = [GradientJob(model) for model in ("attention", "softmax", "layernorm", "batchnorm")]


def drawn(job: GradientJob, T: int) -> dict[str, Array]:
    """Random numbers of one point in the layout of the oracles, for whatever the program reads."""
    rng = np.random.default_rng(T)
    sizes = {**SIZES, "T": T}
    found: dict[str, Array] = {}
    made = program(job)
    for leaf in (*made.parameters, *made.inputs, *made.targets, *made.starts):
        shape = tuple(measured(name, sizes.__getitem__) for name in leaf.shape)
        found[leaf.name] = rng.normal(0, 0.7, shape if leaf.at is None else (T + 2, *shape))
    for target in made.targets:
        if job.loss == "cross-entropy" or job.model in ("attention", "softmax"):
            raw = np.abs(found[target.name])
            found[target.name] = raw / raw.sum(axis=-2, keepdims=True)
    return found | {name: np.full((1, 1), value) for name, value in CONSTANTS.items()}


def asked(job: GradientJob) -> list[tuple[str, Var]]:
    """Every quantity by which one may differentiate, by its name in a job."""
    made = program(job)
    inputs = [leaf for leaf in made.inputs if leaf.at is None and leaf.name != "eps"]
    timed = {d.var.name: d.var for d, span in made.definitions() if span is not None}
    names = [name for name in (*made.sums, *made.states) if name in timed]
    return [
        *((leaf.name, leaf) for leaf in (*made.parameters, *inputs)),
        *((start_name(start), start) for start in made.starts),
        *((name, timed[name]) for name in names),
    ]


def by_nudges(job: GradientJob, arrays: dict[str, Array], of: Var, T: int) -> Array:
    """Every entry nudged by itself, all in one run along a leading axis."""
    over_time = of.at is not None and of.at.base == "t"
    once = None if of.at is None else of.at.number({"T": T, "t": 0})
    times = range(1, T + 1) if over_time else (once,)
    given = forward(job, arrays)[of.name]
    shape = given.shape[-2:]
    size = shape[0] * shape[1]
    found = []
    for time in times:

        def nudge(name: str, at: int | None, value: Array, time: int | None = time) -> Array:
            if (name, at) != (of.name, time):
                return value
            return value + TINY * 1j * np.eye(size).reshape(size, *shape)

        slopes = forward(job, arrays, nudge)["L"].imag / TINY
        found.append(np.broadcast_to(slopes, (size, 1, 1)).reshape(shape))
    return np.stack(found) if over_time else found[0]


@pytest.mark.parametrize(
    "job", RECURRENT, ids=lambda job: f"{job.model}-{job.activation}-{job.gates}-{job.update}-{job.reset}"
)
@pytest.mark.parametrize("task", TASKS, ids=lambda task: "-".join(task.values()))
def test_of_recurrent_networks_three_ways_agree(job: GradientJob, task: dict[str, str]) -> None:
    windows = (0,) if job.model == "birnn" else (0, 2)
    for T, window in itertools.product((1, 4), windows):
        agree(dataclasses.replace(job, **task, truncate=window), T)


@pytest.mark.parametrize("job", SINGLE, ids=lambda job: job.model)
def test_of_single_models_three_ways_agree(job: GradientJob) -> None:
    for T in (1, 4):
        agree(job, T)


def agree(job: GradientJob, T: int) -> None:
    arrays = drawn(job, T)
    for wrt, leaf in asked(job):
        nudged = by_nudges(job, arrays, leaf, T)
        for name, way in (("hand", by_hand.gradient), ("torch", torch_forwards.gradient)):
            found = way(job, arrays, wrt)
            np.testing.assert_allclose(
                found, nudged, rtol=1e-10, atol=1e-12, err_msg=f"{name}, {wrt}, T = {T}, {job}"
            )


@pytest.mark.parametrize("limit", [0.3, 1.0, 50.0])
def test_of_clipping_three_ways_agree(limit: float) -> None:
    job = GradientJob("clipping")
    arrays = drawn(job, 1) | {"v": np.full((1, 1), limit)}
    found = forward(job, arrays)
    for name in ("g_by_norm", "g_by_value"):
        np.testing.assert_allclose(by_hand.gradient(job, arrays, name), found[name], rtol=1e-13)
        np.testing.assert_allclose(torch_forwards.gradient(job, arrays, name), found[name], rtol=1e-13)
