"""The networks as forward programs, run step by step, against torch and against formulas of the papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.derivations.catalogue import MODELS, cleaned, options
from engine.derivations.programs import CONSTANTS, asked_for, named, program, start_name
from engine.symbolic.jobs import GradientJob
from engine.tape.nodes import Var
from engine.tape.numbers import Array, evaluate, measured
from engine.tape.program import Program
from engine.tape.walk import variables

Sizes = dict[str, int]
DEFAULT = {"h": 3, "d": 2, "k": 5, "n": 4, "m": 6}


class Numbers:
    """The values of one run: (name, time) -> [1, 1, r, c]."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes, self.known = sizes, dict[tuple[str, int | None], Array]()

    def of(self, leaf: Any, times: Any) -> Array:
        found = [None] if times is None else [int(time) for time in times]
        return np.concatenate([self.known[leaf.name, time] for time in found])

    def partial(self, leaf: Any, of: Any, by: Any) -> Array:
        raise AssertionError("a forward program has no slopes")

    def size(self, name: str) -> int:
        return measured(name, self.sizes.__getitem__)

    def __getitem__(self, key: str | tuple[str, int]) -> Array:
        found = self.known[(key, None) if isinstance(key, str) else key]
        return found[0]

    def over_time(self, name: str) -> Array:
        """[T, r] of columns."""
        return np.array([self[name, n][:, 0] for n in range(1, self.sizes["T"] + 1)])


def assert_near(found: Array, right: Any) -> None:
    """Apart by the rounding of sums of a few terms near 1, which may cancel to an entry near 0."""
    np.testing.assert_allclose(found, right, rtol=1e-13, atol=1e-13)


def run(made: Program, sizes: Sizes, given: dict[str, Array] | None = None, seed: int = 0) -> Numbers:
    """The program at random numbers, or at those of `given` (a first state as "h_0")."""
    numbers, random = Numbers(sizes), np.random.default_rng(seed)
    for leaf in (*made.parameters, *made.starts, *made.inputs, *made.targets):
        for time in times(leaf, sizes["T"]):
            shape = tuple(1 if size == "1" else numbers.size(size) for size in leaf.shape)
            name = start_name(leaf) if leaf in made.starts else leaf.name
            value = (given or {}).get(name, np.full(shape, CONSTANTS.get(name, np.nan)))
            if np.isnan(value).any():
                value = random.uniform(0.1, 1, shape) * random.choice([-1, 1], shape)
            assert value.shape == shape, leaf.name
            numbers.known[leaf.name, time] = value[None]
    for block in made.blocks:
        for n in block.span.times({"T": sizes["T"]}) if block.span else [0]:
            for definition in block.definitions:
                at, letters = definition.var.at, {"T": sizes["T"], "t": n}
                key = definition.var.name, None if at is None else at.number(letters)
                numbers.known[key] = evaluate(definition.value, numbers, letters)
    return numbers


def times(leaf: Var, steps: int) -> list[int | None]:
    if leaf.at is None:
        return [None]
    return list(range(1, steps + 1)) if leaf.at.base == "t" else [leaf.at.number({"T": steps})]


def a_run(job: GradientJob, steps: int = 3, sizes: Sizes = DEFAULT) -> Numbers:
    return run(program(job), {**sizes, "T": steps}, seed=steps)


def loaded(layer: torch.nn.Module, **weights: Array) -> Any:
    """The torch layer with these weights; all of them, and its second biases 0."""
    with torch.no_grad():
        for name, parameter in layer.named_parameters():
            second = name.startswith("bias_hh") and name not in weights
            value = torch.zeros_like(parameter) if second else torch.tensor(weights.pop(name))
            parameter.copy_(value.reshape(parameter.shape))
    assert not weights
    return layer


def double(layer: Any) -> Any:
    return layer.double()


def tensor(array: Array) -> torch.Tensor:
    return torch.tensor(array)


shapes = st.fixed_dictionaries({"h": st.integers(1, 4), "d": st.integers(1, 4), "k": st.integers(1, 4)})


@settings(max_examples=15)
@given(shapes, st.integers(1, 5), st.sampled_from(["tanh", "relu"]))
def test_the_plain_network_is_torchs(sizes: Sizes, steps: int, activation: str) -> None:
    n = a_run(GradientJob(activation=activation), steps, sizes)
    layer = double(torch.nn.RNN(sizes["d"], sizes["h"], nonlinearity=activation))
    weights = {"weight_ih_l0": n["W_i"], "weight_hh_l0": n["W_h"], "bias_ih_l0": n["b_h"]}
    out, last = loaded(layer, **weights)(tensor(n.over_time("x")), tensor(n["h", 0].T))
    assert_near(n.over_time("h"), out.detach())
    yhat = last.detach().numpy() @ n["W_o"].T + n["b_o"].T
    np.testing.assert_allclose(n["yhat"].T, yhat)
    np.testing.assert_allclose(n["L"][0, 0], ((n["yhat"] - n["y"]) ** 2).sum() / 2)


@settings(max_examples=15)
@given(shapes, st.integers(1, 5), st.booleans())
def test_the_lstm_is_torchs(sizes: Sizes, steps: int, stacked: bool) -> None:
    n = a_run(GradientJob("lstm", gates="stacked" if stacked else "apart"), steps, sizes)
    h = sizes["h"]

    def rows(letter: str) -> Array:
        return np.concatenate([n[f"{letter}_{gate}"] for gate in "ifgo"])

    to_h, to_x = (rows("W")[:, :h], rows("W")[:, h:]) if stacked else (rows("U"), rows("W"))
    layer = double(torch.nn.LSTM(sizes["d"], h))
    weights = {"weight_ih_l0": to_x, "weight_hh_l0": to_h, "bias_ih_l0": rows("b")}
    start = (tensor(n["h", 0].T), tensor(n["c", 0].T))
    out, (_, c) = loaded(layer, **weights)(tensor(n.over_time("x")), start)
    assert_near(n.over_time("h"), out.detach())
    assert_near(n.over_time("c")[-1], c.detach()[0])
    np.testing.assert_allclose(n["yhat"], n["W_y"] @ n["h", steps] + n["b_y"])


@settings(max_examples=15)
@given(shapes, st.integers(1, 5))
def test_the_gru_that_resets_after_and_keeps_is_torchs(sizes: Sizes, steps: int) -> None:
    n = a_run(GradientJob("gru"), steps, sizes)
    layer = double(torch.nn.GRU(sizes["d"], sizes["h"]))
    weights = {
        "weight_ih_l0": np.concatenate([n[f"W_{gate}"] for gate in "rzn"]),
        "weight_hh_l0": np.concatenate([n[f"U_{gate}"] for gate in "rzn"]),
        "bias_ih_l0": np.concatenate([n[f"b_{gate}"] for gate in "rzn"]),
        "bias_hh_l0": np.concatenate([np.zeros((2 * sizes["h"], 1)), n["c_n"]]),
    }
    out, _ = loaded(layer, **weights)(tensor(n.over_time("x")), tensor(n["h", 0].T))
    assert_near(n.over_time("h"), out.detach())


def sigmoid(a: Array) -> Array:
    return 1 / (1 + np.exp(-a))


@pytest.mark.parametrize("update", ["keep", "take"])
def test_the_gru_that_resets_before_is_chos_and_chungs(update: str) -> None:
    """Cho et al. (2014), eq. 5-8; Chung et al. (2014) with z and 1 - z exchanged."""
    n = a_run(GradientJob("gru", reset="before", update=update))
    h = n["h", 0]
    for step in range(1, 4):
        x = n["x", step]
        r, z = (sigmoid(n[f"W_{gate}"] @ x + n[f"U_{gate}"] @ h + n[f"b_{gate}"]) for gate in "rz")
        new = np.tanh(n["W_n"] @ x + n["U_n"] @ (r * h) + n["b_n"])
        h = z * h + (1 - z) * new if update == "keep" else (1 - z) * h + z * new
        np.testing.assert_allclose(n["h", step], h)
    assert ("c_n", None) not in n.known


@pytest.mark.parametrize("outputs", ["last", "each"])
def test_the_two_way_network_is_torchs(outputs: str) -> None:
    n = a_run(GradientJob("birnn", outputs=outputs), steps := 4)
    layer = double(torch.nn.RNN(2, 3, bidirectional=True))
    weights = {
        f"{theirs}_l0{suffix[1]}": n[f"{ours}{suffix[0]}"]
        for theirs, ours in (("weight_ih", "W_i"), ("weight_hh", "W_h"), ("bias_ih", "b_h"))
        for suffix in (("", ""), ("_rev", "_reverse"))
    }
    start = np.stack([n["h", 0].T[0], n["h_rev", steps + 1].T[0]])
    out, _ = loaded(layer, **weights)(tensor(n.over_time("x")), tensor(start))
    both = np.concatenate([n.over_time("h"), n.over_time("h_rev")], axis=1)
    assert_near(both, out.detach())
    read = both @ np.concatenate([n["W_o"], n["W_o_rev"]], axis=1).T + n["b_o"].T
    np.testing.assert_allclose(
        n.over_time("yhat") if outputs == "each" else n["yhat"].T, read[-1:] if outputs == "last" else read
    )


def test_two_layers_are_torchs() -> None:
    n = a_run(GradientJob("layers"), 4)
    layer = double(torch.nn.RNN(2, 3, num_layers=2))
    weights = {
        f"{theirs}_l{number - 1}": n[f"{ours}{number}"]
        for theirs, ours in (("weight_ih", "W_i"), ("weight_hh", "W_h"), ("bias_ih", "b_"))
        for number in (1, 2)
    }
    start = np.stack([n["h1", 0].T[0], n["h2", 0].T[0]])
    out, _ = loaded(layer, **weights)(tensor(n.over_time("x")), tensor(start))
    assert_near(n.over_time("h2"), out.detach())
    np.testing.assert_allclose(n["yhat"], n["W_o"] @ n["h2", 4] + n["b_o"])


def test_attention_is_bahdanaus() -> None:
    """Bahdanau et al. (2015), eq. 5-6 and A.1.2: scores vᵀ tanh(W s + U h_j)."""
    n = a_run(GradientJob("attention", loss="cross-entropy"), 4)
    states = [n["h", j] for j in range(1, 5)]
    s = states[-1]
    e = np.array([(n["v_a"].T @ np.tanh(n["W_a"] @ s + n["U_a"] @ h))[0, 0] for h in states])
    alpha = np.exp(e) / np.exp(e).sum()
    np.testing.assert_allclose(n["alpha"][:, 0], alpha)
    context = sum(weight * h for weight, h in zip(alpha, states, strict=True))
    after = np.tanh(n["W_d"] @ s + n["W_c"] @ context + n["b_d"])
    np.testing.assert_allclose(n["d1"], after)
    np.testing.assert_allclose(n["s"], n["W_o"] @ after + n["b_o"])
    np.testing.assert_allclose(n["yhat"], np.exp(n["s"]) / np.exp(n["s"]).sum())


def test_cross_entropy_is_torchs() -> None:
    y = np.eye(5)[:, [3]]
    n = run(program(GradientJob("softmax", loss="cross-entropy")), {**DEFAULT, "T": 1}, {"y": y})
    loss = torch.nn.functional.cross_entropy(tensor(n["s"].T), torch.tensor([3]))
    np.testing.assert_allclose(n["L"][0, 0], loss)


def test_norms_are_torchs() -> None:
    n = a_run(GradientJob("layernorm"))
    gamma, beta = (tensor(n[name][:, 0]) for name in ("gamma", "beta"))
    out = torch.nn.functional.layer_norm(tensor(n["x"].T), (3,), gamma, beta)
    assert_near(n["out"].T, out)
    n = a_run(GradientJob("batchnorm"))
    gamma, beta = (tensor(n[name][0]) for name in ("gamma", "beta"))
    out = torch.nn.functional.batch_norm(tensor(n["X"]), None, None, gamma, beta, training=True)
    assert_near(n["out"], out)
    np.testing.assert_allclose(n["L"][0, 0], ((n["out"] - n["Y"]) ** 2).sum() / 2)


@pytest.mark.parametrize("v", [0.1, 9.0])
def test_clipping_is_torchs(v: float) -> None:
    g = np.array([[0.3], [-1.2], [0.05], [0.7]])
    n = run(program(GradientJob("clipping")), {**DEFAULT, "T": 1}, {"g": g, "v": np.array([[v]])})
    for name, clip in (
        ("g_by_norm", torch.nn.utils.clip_grad_norm_),
        ("g_by_value", torch.nn.utils.clip_grad_value_),
    ):
        held = torch.nn.Parameter(tensor(g))
        held.grad = tensor(g.copy())
        clip([held], v)
        np.testing.assert_allclose(n[name], held.grad, rtol=1e-5)  # torch adds 1e-6 to the norm


@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "birnn", "layers"])
@pytest.mark.parametrize("loss", ["half", "whole", "cross-entropy"])
def test_with_an_output_at_each_step_losses_are_added(model: str, loss: str) -> None:
    n = a_run(cleaned(GradientJob(model, loss=loss, outputs="each")))
    total = 0.0
    for yhat, y in zip(n.over_time("yhat"), n.over_time("y"), strict=True):
        total += (
            -y @ np.log(yhat) if loss == "cross-entropy" else (yhat - y) @ (yhat - y) / (1 + (loss == "half"))
        )
    np.testing.assert_allclose(n["L"][0, 0], total)
    assert ("s", 1) in n.known or loss != "cross-entropy"


def every_job() -> Iterator[GradientJob]:
    """Each model with each choice of each option."""
    for card in MODELS:
        for scalar in (False, True):
            base = cleaned(GradientJob(card.key, scalar=scalar))
            for option in options(base):
                for choice in option.choices:
                    yield cleaned(replace(base, **{option.field: choice.value}))


JOBS = tuple(dict.fromkeys(every_job()))


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.model}-{JOBS.index(job)}")
def test_what_is_needed_is_computed_before_or_given(job: GradientJob) -> None:
    made = program(job)
    sizes = dict.fromkeys(DEFAULT, 1) if job.scalar else DEFAULT
    numbers = run(made, {**sizes, "T": 3})  # a KeyError if something came too late
    assert all(np.isfinite(value).all() for value in numbers.known.values())
    final = list(made.definitions())[-1][0].var
    assert made.loss is None or made.loss is final
    used = {leaf for definition, _ in made.definitions() for leaf in variables(definition.value)}
    assert set(made.parameters) <= used
    if job.scalar:
        assert all(definition.var.shape == ("1", "1") for definition, _ in made.definitions())
    assert asked_for(job) is named(job, job.wrt)
    assert program(job) is program(replace(job, steps=7, seed=9))


def test_what_no_program_has_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="transformer"):
        program(GradientJob("transformer"))
    with pytest.raises(KeyError, match="W_q"):
        asked_for(GradientJob(wrt="W_q"))
