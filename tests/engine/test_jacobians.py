"""Jacobians against autograd's, central differences and what linear algebra says of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from engine import bptt
from engine.bptt import Unrolled
from engine.cells import cell_for
from engine.config import RunConfig
from engine.errors import TaskError
from engine.jacobians import bound, jacobians, kept, radius
from engine.snapshot import Array
from tests.engine.torch_recurrent import STEPS

VARIANTS: list[dict[str, Any]] = [
    {"cell": "rnn"},
    {"cell": "rnn", "activation": "sigmoid", "norm": "layer"},
    {"cell": "lstm"},
    {"cell": "lstm", "peepholes": "yes", "biases": "one"},
    {"cell": "gru"},
    {"cell": "gru", "gru_reset": "before", "gru_update": "take"},
]


def layer(config: RunConfig, T: int = 7, B: int = 3, d: int = 4, scale: float = 0.6) -> Unrolled:
    rng = np.random.default_rng(2)
    cell = cell_for(config)
    shapes = cell.shapes(d, config.hidden, config.biases)
    weights = {name: rng.normal(0, scale, shape) for name, shape in shapes.items()}
    start = tuple(rng.normal(0, 0.5, (B, config.hidden)) for _ in range(cell.parts))
    return bptt.unroll(cell, weights, rng.normal(size=(T, B, d)), start)


def by_autograd(config: RunConfig, run: Unrolled, t: int, b: int) -> Array:
    p = {name: torch.tensor(w) for name, w in run.weights.items()}
    x = torch.tensor(run.inputs[t, b : b + 1])
    parts = run.cell.parts

    def after(state: torch.Tensor) -> torch.Tensor:
        return torch.cat(
            STEPS[config.cell](config, p, x, list(state.reshape(1, -1).chunk(parts, dim=1))), dim=1
        )[0]

    before = torch.tensor(np.concatenate([part[b] for part in run.steps[t].before]))
    return torch.autograd.functional.jacobian(after, before).numpy()


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_step_is_what_autograd_finds(variant: dict[str, Any]) -> None:
    config = RunConfig(hidden=5, **variant)
    run = layer(config)
    found = jacobians(run, 1)
    for t in range(7):
        np.testing.assert_allclose(found.steps[t], by_autograd(config, run, t, 1), rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    "variant", [*VARIANTS, {"cell": "lstm", "norm": "layer"}, {"cell": "gru", "norm": "layer"}]
)
def test_the_product_is_what_central_differences_find(variant: dict[str, Any]) -> None:
    """A nudge of the state before the first step, seen in the state after the last."""
    run = layer(RunConfig(hidden=3, **variant), T=4)
    found = jacobians(run, 2).to_last[0]
    alone = run.inputs[:, 2:3]
    start = [part[2:3] for part in run.steps[0].before]
    for place in range(len(found)):
        ends = []
        for sign in (1, -1):
            moved = np.concatenate(start, axis=1)
            moved[0, place] += sign * 1e-6
            state = tuple(np.split(moved, run.cell.parts, axis=1))
            ends.append(
                np.concatenate(bptt.unroll(run.cell, run.weights, alone, state).steps[-1].after, axis=1)[0]
            )
        np.testing.assert_allclose(found[:, place], (ends[0] - ends[1]) / 2e-6, rtol=0, atol=1e-8)


@pytest.mark.parametrize("variant", VARIANTS)
def test_products_norms_and_radii_are_those_of_the_matrices(variant: dict[str, Any]) -> None:
    found = jacobians(layer(RunConfig(hidden=3, **variant)), 0)
    T, n = 7, found.steps.shape[1]
    pairs, frobenius = found.pairs(), found.pairs(frobenius=True)
    for t in range(T + 1):
        reach = np.eye(n)
        for k in range(t, -1, -1):
            if t == T:
                np.testing.assert_allclose(found.to_last[k], reach, atol=1e-13)
                assert found.to_last_norms[k] == pytest.approx(np.linalg.svd(reach)[1][0])
                assert found.to_last_frobenius[k] == pytest.approx(np.sqrt((reach**2).sum()))
            assert pairs[t, k] == pytest.approx(np.linalg.svd(reach[:3, :3])[1][0], abs=1e-14)
            assert frobenius[t, k] == pytest.approx(np.sqrt((reach[:3, :3] ** 2).sum()), abs=1e-14)
            reach = reach @ found.steps[k - 1] if k else reach
    assert not np.triu(pairs, 1).any()
    for t in range(T):
        assert found.norms[t] == pytest.approx(np.linalg.svd(found.steps[t])[1][0])
        assert found.frobenius[t] == pytest.approx(np.sqrt((found.steps[t] ** 2).sum()))
        assert found.radii[t] == pytest.approx(np.abs(np.linalg.eigvals(found.steps[t])).max())


def test_a_gradient_travels_by_the_products() -> None:
    """dL/dh_0 of a loss at the last step is dL/dh_T times ∂s_T/∂s_0."""
    run = layer(RunConfig(cell="lstm", hidden=4))
    dh = np.zeros((7, 3, 4))
    dh[-1] = np.random.default_rng(1).normal(size=(3, 4))
    start = np.concatenate(bptt.rewind(run, dh).start, axis=1)
    seed = np.concatenate([dh[-1, 1], np.zeros(4)])
    np.testing.assert_allclose(seed @ jacobians(run, 1).to_last[0], start[1], atol=1e-13)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "identity"])
@pytest.mark.parametrize("scale", [0.2, 1.0])
def test_no_plain_rnn_exceeds_its_bound(activation: str, scale: float) -> None:
    run = layer(RunConfig(cell="rnn", hidden=5, activation=activation), scale=scale)
    limit = bound(run)
    assert limit[-1] == 1 and limit.shape == (8,)
    assert (jacobians(run, 0).to_last_norms <= limit * (1 + 1e-12)).all()


def test_the_bound_is_reached_by_a_scaled_identity_and_nothing_less() -> None:
    cell = cell_for(RunConfig(cell="rnn", activation="identity"))
    weights = {"W_ih": np.ones((3, 1)), "W_hh": 0.5 * np.eye(3), "b_ih": np.zeros(3)}
    run = bptt.unroll(cell, weights, np.zeros((4, 1, 1)))
    np.testing.assert_allclose(bound(run), [0.0625, 0.125, 0.25, 0.5, 1])
    np.testing.assert_allclose(jacobians(run).to_last_norms, bound(run))
    at_rest = bptt.unroll(
        cell_for(RunConfig(cell="rnn", activation="sigmoid")),
        weights | {"W_hh": 4 * np.eye(3)},
        np.zeros((1, 1, 1)),
    )
    assert bound(at_rest)[0] == pytest.approx(jacobians(at_rest).norms[0]) == pytest.approx(1)


def test_gates_alone_keep_what_they_say() -> None:
    run = layer(RunConfig(cell="lstm", hidden=3))
    f = np.array([step.values["f"][1] for step in run.steps])
    np.testing.assert_allclose(kept(run, 1)[0], f.prod(axis=0))
    np.testing.assert_allclose(kept(run, 1)[5], f[5] * f[6])
    np.testing.assert_array_equal(kept(run, 1)[7], np.ones(3))
    for update in ("keep", "take"):
        gru = layer(RunConfig(cell="gru", hidden=3, gru_update=update))
        z = np.array([step.values["z"][0] for step in gru.steps])
        np.testing.assert_allclose(kept(gru)[4], (z if update == "keep" else 1 - z)[4:].prod(axis=0))


def test_without_recurrent_weights_only_the_gates_are_left() -> None:
    run = layer(RunConfig(cell="lstm", hidden=3))
    deaf = dict(run.weights) | {"W_hh": np.zeros((12, 3))}
    calm = bptt.unroll(run.cell, deaf, run.inputs)
    np.testing.assert_allclose(jacobians(calm, 2).to_last[0][3:, 3:], np.diag(kept(calm, 2)[0]), atol=1e-14)


def test_the_radius_is_the_largest_eigenvalue() -> None:
    turn = 1.5 * np.array([[0.0, -1.0], [1.0, 0.0]])  # eigenvalues ±1.5 i
    assert radius(turn) == pytest.approx(1.5)
    assert radius(np.array([[0.5, 9.0], [0.0, -0.75]])) == pytest.approx(0.75)
    assert np.isnan(radius(np.array([[np.inf]])))


def test_float32_stays_float32() -> None:
    run = layer(RunConfig(cell="lstm", hidden=3))
    small = {name: w.astype(np.float32) for name, w in run.weights.items()}
    found = jacobians(bptt.unroll(run.cell, small, run.inputs.astype(np.float32)))
    arrays = [found.steps, found.to_last, found.norms, found.radii, found.pairs(), found.to_last_frobenius]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


def test_what_has_no_such_number_says_so() -> None:
    with pytest.raises(TaskError, match="batch norm"):
        jacobians(layer(RunConfig(cell="gru", norm="batch", hidden=3)))
    with pytest.raises(TaskError, match="plain RNN"):
        bound(layer(RunConfig(cell="lstm", hidden=3)))
    with pytest.raises(TaskError, match="plain RNN"):
        bound(layer(RunConfig(cell="rnn", norm="layer", hidden=3)))
    with pytest.raises(TaskError, match="Only an LSTM or a GRU"):
        kept(layer(RunConfig(cell="rnn", hidden=3)))
