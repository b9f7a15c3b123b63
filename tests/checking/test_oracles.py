"""The oracles against torch: its own recurrent modules forward, and autograd for what a nudge says."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest

from engine import nets
from engine.checking.oracles import Array, forward
from engine.symbolic.jobs import GradientJob

h, d, k = 3, 2, 4
TINY = 1e-30
RNN = GradientJob()
LSTM, GRU = GradientJob(model="lstm"), GradientJob(model="gru")
TASKS = [
    ("last", "half"),
    ("each", "half"),
    ("last", "whole"),
    ("last", "cross-entropy"),
    ("each", "cross-entropy"),
]


def drawn(
    shapes: Mapping[str, tuple[int, ...]], T: int, job: GradientJob, points: int = 2
) -> dict[str, Array]:
    """Random numbers in the layout of the oracles: `shapes` are those without a time."""
    rng = np.random.default_rng(T)
    found: dict[str, Array] = {name: rng.normal(0, 0.6, (points, *shape)) for name, shape in shapes.items()}
    found["x"] = rng.normal(size=(points, T + 2, d, 1))
    y = rng.normal(size=(points, T + 2, k, 1))
    if job.loss == "cross-entropy":
        y = np.eye(k)[rng.integers(0, k, (points, T + 2))][..., None]
    found["y"] = y if job.outputs == "each" else y[:, T]
    for name in ("h", "c", "h_rev", "h1", "h2"):
        found[name] = rng.normal(0, 0.5, (points, T + 2, h, 1))
    return found


def plain(output: str = "o") -> dict[str, tuple[int, ...]]:
    return {"W_h": (h, h), "W_i": (h, d), "b_h": (h, 1), f"W_{output}": (k, h), f"b_{output}": (k, 1)}


def gated(gates: str, stacked: bool = False) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {"W_y": (k, h), "b_y": (k, 1)}
    for gate in gates:
        shapes |= {f"W_{gate}": (h, h + d if stacked else d), f"b_{gate}": (h, 1)}
        if not stacked:
            shapes[f"U_{gate}"] = (h, h)
    return shapes


def stacks(arrays: Mapping[str, Array], gates: str, point: int) -> dict[str, Array]:
    """The weights of one point as torch stacks them."""

    def rows(kind: str) -> Array:
        return np.concatenate([arrays[f"{kind}_{gate}"][point] for gate in gates])

    weights = {"W_ih": rows("W"), "W_hh": rows("U"), "b_ih": rows("b")[:, 0]}
    weights["b_hh"] = np.zeros(len(weights["b_ih"]))
    if "c_n" in arrays:
        weights["b_hh"][-h:] = arrays["c_n"][point, :, 0]
    return weights | {"W_o": arrays["W_y"][point], "b_o": arrays["b_y"][point, :, 0]}


def by_torch(
    job: GradientJob,
    arrays: Mapping[str, Array],
    spec: nets.Spec,
    weights: Mapping[str, Array],
    point: int,
    T: int,
) -> nets.Oracle:
    """The same run by torch, whose loss is a half and a mean over time: see `scale`."""
    inputs = arrays["x"][point, 1 : T + 1, :, 0][:, None]
    targets = np.zeros((T, 1, k))
    wanted = np.zeros((T, 1))
    if job.outputs == "each":
        targets[:, 0], wanted[:] = arrays["y"][point, 1 : T + 1, :, 0], 1
    else:
        targets[-1, 0], wanted[-1] = arrays["y"][point, :, 0], 1
    if job.loss == "cross-entropy":
        targets[wanted == 0] = np.eye(k)[0]
    start = [arrays[name][point, 0].T for name in ("hc" if spec.cell == "lstm" else "h")]
    loss = "cross-entropy" if job.loss == "cross-entropy" else "half squared error"
    return nets.autograd_network(
        spec, weights, inputs, targets, loss, wanted, start=start, window=job.truncate
    )


def scale(job: GradientJob, T: int) -> float:
    return (T if job.outputs == "each" else 1) * (2 if job.loss == "whole" else 1)


def slope(
    job: GradientJob, arrays: Mapping[str, Array], name: str, entry: tuple[int, ...], time: int | None = None
) -> Array:
    """dL by one entry of a quantity, at all points."""

    def nudge(of: str, at: int | None, value: Array) -> Array:
        if (of, at) != (name, time):
            return value
        tiny = np.zeros(value.shape[-2:], complex)
        tiny[entry] = TINY * 1j
        return value + tiny

    return forward(job, arrays, nudge)["L"][..., 0, 0].imag / TINY


CASES = [
    *[
        (dataclasses.replace(RNN, activation=phi), nets.Spec("rnn", activation=phi))
        for phi in ("tanh", "sigmoid", "relu", "identity")
    ],
    (LSTM, nets.Spec("lstm")),
    *[
        (dataclasses.replace(GRU, update=update, reset=reset), nets.Spec("gru", update=update, reset=reset))
        for update in ("keep", "take")
        for reset in ("after", "before")
    ],
]


def shapes_of(job: GradientJob) -> dict[str, tuple[int, ...]]:
    if job.model == "rnn":
        return plain()
    if job.model == "lstm":
        return gated("ifgo", job.gates == "stacked")
    return gated("rzn") | ({"c_n": (h, 1)} if job.reset == "after" else {})


def weights_of(job: GradientJob, arrays: Mapping[str, Array], point: int) -> dict[str, Array]:
    if job.model != "rnn":
        return stacks(arrays, "ifgo" if job.model == "lstm" else "rzn", point)
    names = {"W_h": "W_hh", "W_i": "W_ih", "W_o": "W_o"}
    biases = {"b_h": "b_ih", "b_o": "b_o"}
    found = {theirs: arrays[ours][point] for ours, theirs in names.items()}
    return found | {theirs: arrays[ours][point, :, 0] for ours, theirs in biases.items()}


@pytest.mark.parametrize(("outputs", "loss"), TASKS)
@pytest.mark.parametrize(("job", "spec"), CASES, ids=lambda case: f"{case}"[:60])
def test_states_loss_and_slopes_are_those_of_torch(
    job: GradientJob, spec: nets.Spec, outputs: str, loss: str
) -> None:
    for T, window in ((1, 0), (5, 0), (5, 2)):
        asked = dataclasses.replace(job, outputs=outputs, loss=loss, truncate=window)
        arrays = drawn(shapes_of(asked), T, asked)
        found = forward(asked, arrays)
        first = {"rnn": "W_h", "lstm": "U_f", "gru": "U_r"}[asked.model]
        slopes = (
            slope(asked, arrays, first, (0, 1)),
            slope(asked, arrays, "h", (2, 0), 0),
            slope(asked, arrays, "h", (1, 0), 1),
        )
        for point in range(2):
            theirs = by_torch(asked, arrays, spec, weights_of(asked, arrays, point), point, T)
            times = scale(asked, T)
            np.testing.assert_allclose(
                found["h"][point, 1 : T + 1, :, 0], theirs.hidden[:, 0], rtol=1e-12, atol=1e-14
            )
            assert found["L"][point, 0, 0] == pytest.approx(theirs.loss * times, rel=1e-12)
            row = h if first == "U_f" else 0
            wanted = (theirs.gradients["W_hh"][row, 1], theirs.start[0][0, 2], theirs.dh[0, 0, 1])
            np.testing.assert_allclose(
                [each[point] for each in slopes], np.array(wanted) * times, rtol=1e-10, atol=1e-13
            )
