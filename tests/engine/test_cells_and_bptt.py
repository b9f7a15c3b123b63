"""Shares of the time steps, the gradient at the start, conventions, and the scalar network.

That every gradient is what autograd finds is in `test_cells`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from cell_cases import VARIANTS, Case, name_of

from engine import bptt, nets
from engine.cells import Cell, Gru, Lstm, Rnn, State, cell_of
from engine.nets import Spec
from engine.snapshot import Array

CELLS = [("rnn", "keep"), ("lstm", "keep"), ("gru", "keep"), ("gru", "take")]
D, H, K = 4, 5, 3  # all different: a transposed matrix cannot go unnoticed


def random_weights(
    cell: Cell, rng: np.random.Generator, d: int = D, h: int = H, k: int = K
) -> dict[str, Array]:
    rows = len(cell.stacked) * h
    shapes = {
        "W_ih": (rows, d),
        "W_hh": (rows, h),
        "b_ih": (rows,),
        "b_hh": (rows,),
        "W_o": (k, h),
        "b_o": (k,),
    }
    return {name: rng.normal(0, 0.7, shape) for name, shape in shapes.items()}


def half_squared(z: Array, targets: Array) -> tuple[float, Array]:
    """Mean over T and B of half the squared error, and its derivative, written for this test."""
    n = z.shape[0] * z.shape[1]
    return float(0.5 * ((z - targets) ** 2).sum() / n), (z - targets) / n


def example(name: str, update: str, T: int, B: int) -> tuple[Cell, dict[str, Array], Array, Array]:
    rng = np.random.default_rng([T, B])
    cell = cell_of(name, update)
    return cell, random_weights(cell, rng), rng.normal(size=(T, B, D)), rng.normal(size=(T, B, K))


@pytest.mark.parametrize("spec", VARIANTS, ids=name_of)
def test_the_share_of_one_step_is_the_gradient_of_weights_used_at_that_step_only(spec: Spec) -> None:
    """Central differences with the weights nudged at one time step and left alone at the others."""
    case = Case(spec, T=4, B=3, d=D, h=H, k=2)
    weights, cell = case.weights, case.cell
    run = bptt.forward(cell, weights, case.inputs, case.start)
    back = bptt.backward(cell, weights, run, half_squared(run.z, case.targets)[1])
    shares = bptt.shares(run, back)
    assert shares.keys() == weights.keys()

    def loss(parameter: str, t: int, index: tuple[int, ...], nudge: float) -> float:
        nudged = weights | {parameter: weights[parameter].copy()}
        nudged[parameter][index] += nudge
        state: State = case.start
        z = []
        for now, x in enumerate(case.inputs):
            used = nudged if now == t else weights
            state = cell.forward(used, x, state).after
            z.append(state[0] @ used["W_o"].T + used["b_o"])
        return half_squared(np.stack(z), case.targets)[0]

    rng = np.random.default_rng(0)
    for parameter, array in weights.items():
        assert shares[parameter].shape == (4, *array.shape)
        for t in range(4):
            index = tuple(int(rng.integers(n)) for n in array.shape)
            slope = (loss(parameter, t, index, 1e-6) - loss(parameter, t, index, -1e-6)) / 2e-6
            assert shares[parameter][(t, *index)] == pytest.approx(slope, abs=1e-8), (parameter, t)


@pytest.mark.parametrize(("name", "update"), CELLS)
def test_the_gradient_at_the_start_is_a_central_difference(name: str, update: str) -> None:
    """dL/dh_0 and, for the LSTM, dL/dc_0, starting from a state that is not zero."""
    cell, weights, inputs, targets = example(name, update, 3, 2)
    rng = np.random.default_rng(9)
    start: State = tuple(rng.normal(size=(2, H)) for _ in range(cell.parts))

    def loss(state: State) -> float:
        return half_squared(bptt.forward(cell, weights, inputs, state).z, targets)[0]

    run = bptt.forward(cell, weights, inputs, start)
    back = bptt.backward(cell, weights, run, half_squared(run.z, targets)[1])
    for part in range(cell.parts):
        slope = central_difference(
            lambda a, part=part: loss((*start[:part], a, *start[part + 1 :])), start[part]
        )
        np.testing.assert_allclose(back.start[part], slope, rtol=0, atol=1e-8)


def central_difference(f: Callable[[Array], float], at: Array, eps: float = 1e-6) -> Array:
    slope = np.empty_like(at)
    for index in np.ndindex(at.shape):
        nudge = np.zeros_like(at)
        nudge[index] = eps
        slope[index] = (f(at + nudge) - f(at - nudge)) / (2 * eps)
    return slope


@pytest.mark.parametrize("name", ["rnn", "lstm", "gru"])
def test_hidden_states_are_those_of_torchs_modules(name: str) -> None:
    cell, weights, inputs, _ = example(name, "keep", 12, 3)
    ours = bptt.forward(cell, weights, inputs).hidden[1:]
    np.testing.assert_allclose(ours, nets.library_hidden(name, weights, inputs), rtol=0, atol=1e-12)


def test_the_two_gru_conventions_are_each_other_with_z_turned_round() -> None:
    """σ(-a) = 1 - σ(a), so negating the rows of z turns one convention into the other."""
    keep, weights, inputs, _ = example("gru", "keep", 6, 2)
    take = Gru("take")
    turned = {name: array.copy() for name, array in weights.items()}
    for name in ("W_ih", "W_hh", "b_ih", "b_hh"):
        take.rows("z", turned[name])[...] *= -1
    ours, theirs = bptt.forward(keep, weights, inputs), bptt.forward(take, turned, inputs)
    np.testing.assert_allclose(ours.hidden, theirs.hidden, rtol=0, atol=1e-14)
    np.testing.assert_allclose(ours.steps[2].values["z"], 1 - theirs.steps[2].values["z"], atol=1e-14)


@pytest.mark.parametrize(("update", "z_bias", "kept"), [("keep", 50.0, True), ("take", 50.0, False)])
def test_what_z_near_one_means(update: str, z_bias: float, kept: bool) -> None:
    cell, weights, inputs, _ = example("gru", update, 1, 2)
    cell.rows("z", weights["b_ih"])[...] = z_bias
    before = (np.full((2, H), 0.25),)
    step = cell.forward(weights, inputs[0], before)
    np.testing.assert_allclose(step.after[0], before[0] if kept else step.values["n"], atol=1e-12)


def test_rows_are_views_of_the_stacked_weights_in_torchs_order() -> None:
    stacked = np.arange(8.0)
    assert [Lstm().rows(letter, stacked).tolist() for letter in "ifgo"] == [[0, 1], [2, 3], [4, 5], [6, 7]]
    assert np.shares_memory(Lstm().rows("f", stacked), stacked)
    with pytest.raises(ValueError, match="not in tuple"):
        Rnn().rows("q", stacked)


@pytest.mark.parametrize(("name", "update"), CELLS)
def test_huge_weights_saturate_without_a_warning(name: str, update: str) -> None:
    cell, weights, inputs, _ = example(name, update, 3, 2)
    huge = {parameter: array * 1e6 for parameter, array in weights.items()}
    assert np.isfinite(bptt.forward(cell, huge, inputs).z).all()
