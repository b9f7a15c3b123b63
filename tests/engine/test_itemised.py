"""The itemised gradient against autograd, a loss at a time, and against its own sums."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from engine import itemised as under_test
from engine import parameters
from engine.config import RunConfig
from engine.errors import ConfigError
from engine.itemised import itemised, itemised_norms
from engine.models.model import Moment
from tests.engine.recurrent_cases import Case, case, close

NETWORKS: list[dict[str, Any]] = [
    {"cell": "rnn"},
    {"cell": "lstm", "peepholes": "yes"},
    {"cell": "gru", "gru_reset": "before", "biases": "one"},
    {"cell": "lstm", "layers": 2, "residual": "yes", "dropout": 0.3},
    {"cell": "gru", "direction": "both", "layers": 2},
    {"cell": "rnn", "norm": "layer", "truncate": 2},
]


def example(knobs: dict[str, Any], T: int = 5) -> Case:
    return case(RunConfig(hidden=3, length=T, **knobs), T, 2, 4, 2, asked="some")


def tables(one: Case) -> dict[str, Any]:
    return itemised(one.model, one.weights, one.batch, moment=one.moment)


@pytest.mark.parametrize("knobs", NETWORKS)
def test_all_items_sum_to_the_gradient(knobs: dict[str, Any]) -> None:
    one = example(knobs)
    found, gradients = tables(one), one.gradients()
    assert set(found) == set(gradients)
    for name, table in found.items():
        assert table.shape == (5, 5, *one.model.shapes[name])
        close(table.sum((0, 1)), gradients[name], 1e-13, name)


@pytest.mark.parametrize("knobs", NETWORKS)
def test_each_row_is_the_gradient_of_one_loss(knobs: dict[str, Any]) -> None:
    one = example(knobs)
    oracle, found = one.oracle(), tables(one)
    for t in range(5):
        for name, expected in oracle.gradients(oracle.losses[t]).items():
            close(found[name][t].sum(0), expected, name=f"{name} at {t}")


@pytest.mark.parametrize("knobs", NETWORKS)
def test_each_column_is_the_share_of_one_step(knobs: dict[str, Any]) -> None:
    """Summed over the losses, an item is what its step adds to the gradient: the deltas say so."""
    one = example(knobs)
    found, letters = tables(one), one.model.layers.cell.stacked
    pictures = [one.look().picture(b).named for b in range(2)]
    for name in found:
        if name.startswith("b_ih"):
            lane = name.removeprefix("b_ih")
            deltas = [np.concatenate([p[f"da_{letter}{lane}"] for letter in letters], 1) for p in pictures]
            close(found[name].sum(0), deltas[0] + deltas[1], name=name)


@pytest.mark.parametrize("knobs", NETWORKS)
def test_nothing_flows_to_a_later_step_but_backwards_in_time(knobs: dict[str, Any]) -> None:
    found = tables(example(knobs))
    later = ~np.tri(5, dtype=bool)  # k > t
    for name, table in found.items():
        if knobs.get("direction") != "both" or name in ("W_o", "b_o"):
            assert not table[later].any(), name
    if knobs.get("direction") == "both":
        assert found["W_ih_l2_reverse"][0, 4].any() and found["W_ih_l1"][0, 4].any()


def test_a_cut_lets_nothing_through() -> None:
    table = tables(example({"cell": "gru", "truncate": 2}))["W_ih"]
    groups = np.arange(5) // 2
    through = groups[:, None] == groups[None, :]
    assert not table[~through].any() and table[1, 0].any() and table[3, 2].any()


def test_each_step_uses_the_output_layer_for_its_own_loss_only() -> None:
    table = tables(example({"cell": "lstm", "layers": 2}))["W_o"]
    assert not table[~np.eye(5, dtype=bool)].any() and table[4, 4].any()


@pytest.mark.parametrize("knobs", NETWORKS)
def test_norms_are_those_of_the_tables(knobs: dict[str, Any]) -> None:
    one = example(knobs)
    norms = itemised_norms(one.model, one.weights, one.batch, moment=one.moment)
    for name, table in tables(one).items():
        close(norms[name], np.sqrt((table.reshape(5, 5, -1) ** 2).sum(2)), 1e-13, name)


def test_without_a_moment_nothing_is_dropped_or_cut() -> None:
    one = example({"cell": "gru", "layers": 2, "dropout": 0.5, "truncate": 2})
    calm = dataclasses.replace(one.config, dropout=0.0, truncate=0)
    look = one.model.look(one.theta, one.batch, Moment(1, calm))
    expected = parameters.named(look.gradient, one.model.shapes)
    close(
        itemised(one.model, one.weights, one.batch, ["W_hh_l1"])["W_hh_l1"].sum((0, 1)), expected["W_hh_l1"]
    )


def test_only_what_is_asked_for_is_made() -> None:
    one = example({"cell": "rnn"})
    assert list(itemised(one.model, one.weights, one.batch, ["W_hh"])) == ["W_hh"]
    assert list(itemised_norms(one.model, one.weights, one.batch, ["b_o", "W_ih"])) == ["b_o", "W_ih"]
    with pytest.raises(ConfigError, match="no parameter W_xx; it has W_ih, W_hh"):
        itemised_norms(one.model, one.weights, one.batch, ["W_ih", "W_xx"])


def test_a_table_that_is_too_large_is_refused_with_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    one = example({"cell": "rnn"})
    monkeypatch.setattr(under_test, "LARGEST", 5 * 5 * 9 * 8)
    assert itemised(one.model, one.weights, one.batch, ["W_hh"])["W_hh"].nbytes == under_test.LARGEST
    large = example({"cell": "rnn"}, T=6)
    with pytest.raises(ConfigError, match="W_hh over 6 steps takes"):
        itemised(large.model, large.weights, large.batch, ["W_hh"])
    assert itemised_norms(large.model, large.weights, large.batch, ["W_hh"])["W_hh"].shape == (6, 6)


def test_the_largest_network_is_refused_in_megabytes() -> None:
    one = case(RunConfig(hidden=128, length=100), 100, 1, 4, 2)
    with pytest.raises(ConfigError, match=r"W_hh over 100 steps takes 5,243 MB; 256 MB is the most"):
        itemised(one.model, one.weights, one.batch, ["W_hh"])


def test_float32_stays_float32() -> None:
    one = case(RunConfig(hidden=3, length=5), 5, 2, 4, 2, dtype=np.float32)
    for found in (
        itemised(one.model, one.weights, one.batch),
        itemised_norms(one.model, one.weights, one.batch),
    ):
        assert {table.dtype for table in found.values()} == {np.dtype(np.float32)}
