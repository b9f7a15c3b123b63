"""Three independent ways to every gradient of the catalogue: by hand, by torch, by nudging an oracle."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest

from engine.checking import by_hand, central, expansion, torch_forwards
from engine.checking.oracles import Array, forward
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
    for outputs, loss in (
        ("last", "half"),
        ("each", "whole"),
        ("last", "cross-entropy"),
        ("each", "cross-entropy"),
    )
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


@pytest.mark.parametrize("job", [*RECURRENT, *SINGLE], ids=lambda job: job.model)
def test_central_differences_are_the_slopes_by_hand(job: GradientJob) -> None:
    """Of truncated BPTT too, where a state that is handed on past a cut has to stay."""
    T = 5
    asked_for = dataclasses.replace(job, outputs="each", truncate=0 if job.model == "birnn" else 2)
    arrays = drawn(asked_for, T)
    for wrt, leaf in asked(asked_for):
        times: tuple[int | None, ...] = (None if leaf.at is None else leaf.at.number({"T": T, "t": 0}),)
        timed = leaf.at is not None and leaf.at.base == "t"
        found = central.gradient(asked_for, arrays, leaf.name, tuple(range(1, T + 1)) if timed else times)
        wanted = by_hand.gradient(asked_for, arrays, wrt)
        each = [wanted[t - 1 if timed and t else ..., r, c] for t, r, c in found.places]
        assert found.of == wanted.size
        np.testing.assert_allclose(found.slopes, each, rtol=1e-8, atol=1e-9, err_msg=f"{wrt} of {asked_for}")


def test_central_differences_of_many_entries_are_taken_at_some_from_the_first_to_the_last() -> None:
    arrays = drawn(GradientJob(), 3)
    found = central.gradient(GradientJob(), arrays, "W_o", (None,), most=5)
    assert found.of == 12
    assert [place[1:] for place in found.places] == [(0, 0), (1, 0), (2, 0), (2, 2), (3, 2)]
    wanted = by_hand.gradient(GradientJob(), arrays, "W_o")
    np.testing.assert_allclose(found.slopes, [wanted[r, c] for _, r, c in found.places], rtol=1e-8)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "identity"])
@pytest.mark.parametrize(("outputs", "loss"), [("last", "half"), ("each", "whole")])
def test_the_loss_written_out_has_the_same_slope(activation: str, outputs: str, loss: str) -> None:
    sizes = []
    for wrt, T in (("W_h", 1), ("h_0", 2), ("b_h", 3), ("W_i", 3), ("W_o", 2), ("b_o", 2)):
        job = GradientJob("rnn", wrt, T, scalar=True, activation=activation, outputs=outputs, loss=loss)
        arrays = drawn(job, T)
        found = expansion.gradient(job, arrays)
        assert found.slope == pytest.approx(by_hand.gradient(job, arrays, wrt).item(), rel=1e-12)
        sizes.append(found.operations)
    assert sizes[3] > sizes[0]


def test_what_grows_too_large_or_has_a_kink_is_not_written_out() -> None:
    job = GradientJob(scalar=True)
    assert expansion.applies(job, 3)
    assert expansion.applies(dataclasses.replace(job, truncate=3), 3)
    for change in (
        {"model": "lstm"},
        {"scalar": False},
        {"wrt": "a"},
        {"activation": "relu"},
        {"truncate": 2},
    ):
        assert not expansion.applies(dataclasses.replace(job, **change), 3)
    assert not expansion.applies(job, 50)
