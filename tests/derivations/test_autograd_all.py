"""Every gradient of every model, from the lines of its derivation, against float64 autograd.

The forward passes below are written from the papers, one vector at a time, and with torch.nn's own
layers wherever these have the convention. All sizes differ, so that a transpose cannot hide.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from engine.derivations.gradients import gradients

Arrays = dict[str, NDArray[np.float64]]
States = dict[str, list[Tensor]]  # by time, from 1

TOLERANCE = 1e-9
STEPS = (1, 2, 5, 12)
SIZES = ({"h": 4, "d": 3, "k": 2, "n": 5, "m": 6}, {"h": 2, "d": 5, "k": 3, "n": 4, "m": 7})
PHI: Mapping[str, Callable[[Tensor], Tensor]] = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "identity": lambda a: a,
}
PLAIN = {"W_h": "hh", "W_i": "hd", "b_h": "h", "h_0": "h"}
OUTPUT = {"W_o": "kh", "b_o": "k"}
GATED_OUTPUT = {"W_y": "kh", "b_y": "k"}
GRU_GATES = {
    f"{kind}_{gate}": axes for gate in "zrn" for kind, axes in (("W", "hd"), ("U", "hh"), ("b", "h"))
}
LSTM_GATES = {
    f"{kind}_{gate}": axes for gate in "figo" for kind, axes in (("W", "hd"), ("U", "hh"), ("b", "h"))
}


def shapes(model: str, options: Mapping[str, Any]) -> dict[str, str]:
    """The names and shapes that the docstring of `gradients` promises."""
    stacked = {f"{kind}_{gate}": axes for gate in "figo" for kind, axes in (("W", "hv"), ("b", "h"))}
    return {
        "rnn": PLAIN | OUTPUT,
        "lstm": (stacked if options.get("gates") == "stacked" else LSTM_GATES)
        | GATED_OUTPUT
        | {"h_0": "h", "c_0": "h"},
        "gru": GRU_GATES
        | ({} if options.get("reset") == "before" else {"c_n": "h"})
        | GATED_OUTPUT
        | {"h_0": "h"},
        "birnn": PLAIN
        | {"W_h_rev": "hh", "W_i_rev": "hd", "b_h_rev": "h", "h_rev_T+1": "h", "W_o_rev": "kh"}
        | OUTPUT,
        "layers": {"W_i1": "hd", "W_h1": "hh", "b_1": "h", "W_i2": "hh", "W_h2": "hh", "b_2": "h"}
        | {"h1_0": "h", "h2_0": "h"}
        | OUTPUT,
        "attention": PLAIN
        | {"W_a": "nh", "U_a": "nh", "v_a": "n", "W_d": "hh", "W_c": "hh", "b_d": "h"}
        | OUTPUT,
        "softmax": {},
        "layernorm": {"gamma": "h", "beta": "h"},
        "batchnorm": {"gamma": "h", "beta": "h"},
    }[model]


# --- forward passes ---


def detached(job: Mapping[str, Any], t: int, *states: Tensor) -> tuple[Tensor, ...]:
    """What truncated BPTT hands on after step t."""
    window = job.get("truncate", 0)
    return tuple(state.detach() for state in states) if window and t % window == 0 else states


def rnn(p: dict[str, Tensor], x: Tensor, job: Mapping[str, Any]) -> tuple[States, list[Tensor]]:
    states = one_way(x, (p["W_h"], p["W_i"], p["b_h"]), p["h_0"], job, ("a", "h"))
    return states, [p["W_o"] @ h + p["b_o"] for h in states["h"]]


def one_way(
    x: Sequence[Tensor] | Tensor,
    weights: Sequence[Tensor],
    h: Tensor,
    job: Mapping[str, Any],
    names: tuple[str, str],
) -> States:
    W_h, W_i, b = weights
    found: States = {name: [] for name in names}
    for t, x_t in enumerate(x, start=1):
        a = W_h @ h + W_i @ x_t + b
        state = PHI[job.get("activation", "tanh")](a)
        found[names[0]].append(a)
        found[names[1]].append(state)
        (h,) = detached(job, t, state)
    return found


def birnn(p: dict[str, Tensor], x: Tensor, job: Mapping[str, Any]) -> tuple[States, list[Tensor]]:
    ahead = one_way(x, (p["W_h"], p["W_i"], p["b_h"]), p["h_0"], job, ("a", "h"))
    weights = (p["W_h_rev"], p["W_i_rev"], p["b_h_rev"])
    behind = one_way(x.flip(0), weights, p["h_rev_T+1"], job, ("a_rev", "h_rev"))
    states = ahead | {name: found[::-1] for name, found in behind.items()}
    pairs = zip(states["h"], states["h_rev"], strict=True)
    return states, [p["W_o"] @ h + p["W_o_rev"] @ h_rev + p["b_o"] for h, h_rev in pairs]


def layers(p: dict[str, Tensor], x: Tensor, job: Mapping[str, Any]) -> tuple[States, list[Tensor]]:
    lower = one_way(x, (p["W_h1"], p["W_i1"], p["b_1"]), p["h1_0"], job, ("a1", "h1"))
    upper = one_way(lower["h1"], (p["W_h2"], p["W_i2"], p["b_2"]), p["h2_0"], job, ("a2", "h2"))
    return lower | upper, [p["W_o"] @ h + p["b_o"] for h in upper["h2"]]


def lstm(p: dict[str, Tensor], x: Tensor, job: Mapping[str, Any]) -> tuple[States, list[Tensor]]:
    h, c = p["h_0"], p["c_0"]
    found: States = {name: [] for name in ("a_f", "a_i", "a_g", "a_o", "c", "h")}
    for t, x_t in enumerate(x, start=1):
        a = {}
        for gate in "figo":
            if job.get("gates") == "stacked":
                a[gate] = p[f"W_{gate}"] @ torch.cat([h, x_t]) + p[f"b_{gate}"]
            else:
                a[gate] = p[f"W_{gate}"] @ x_t + p[f"U_{gate}"] @ h + p[f"b_{gate}"]
            found[f"a_{gate}"].append(a[gate])
        f, i, o = (torch.sigmoid(a[gate]) for gate in "fio")
        c = f * c + i * torch.tanh(a["g"])
        h = o * torch.tanh(c)
        found["c"].append(c)
        found["h"].append(h)
        h, c = detached(job, t, h, c)
    return found, [p["W_y"] @ h + p["b_y"] for h in found["h"]]


def gru(p: dict[str, Tensor], x: Tensor, job: Mapping[str, Any]) -> tuple[States, list[Tensor]]:
    h = p["h_0"]
    found: States = {name: [] for name in ("a_z", "a_r", "a_n", "h")}
    for t, x_t in enumerate(x, start=1):
        a_z, a_r = (p[f"W_{gate}"] @ x_t + p[f"U_{gate}"] @ h + p[f"b_{gate}"] for gate in "zr")
        z, r = torch.sigmoid(a_z), torch.sigmoid(a_r)
        before = job.get("reset") == "before"
        recalled = p["U_n"] @ (r * h) if before else r * (p["U_n"] @ h + p["c_n"])
        a_n = p["W_n"] @ x_t + p["b_n"] + recalled
        n = torch.tanh(a_n)
        h = (1 - z) * h + z * n if job.get("update") == "take" else z * h + (1 - z) * n
        for name, value in zip(found, (a_z, a_r, a_n, h), strict=True):
            found[name].append(value)
        (h,) = detached(job, t, h)
    return found, [p["W_y"] @ h + p["b_y"] for h in found["h"]]


def attention(p: dict[str, Tensor], x: Tensor, job: Mapping[str, Any]) -> tuple[States, list[Tensor]]:
    states = one_way(x, (p["W_h"], p["W_i"], p["b_h"]), p["h_0"], job, ("a", "h"))
    d_0 = states["h"][-1]
    scores = torch.stack([p["v_a"] @ torch.tanh(p["W_a"] @ d_0 + p["U_a"] @ h) for h in states["h"]])
    context = sum(share * h for share, h in zip(torch.softmax(scores, 0), states["h"], strict=True))
    d_1 = torch.tanh(p["W_d"] @ d_0 + p["W_c"] @ context + p["b_d"])
    return states, [p["W_o"] @ d_1 + p["b_o"]]


FORWARD = {"rnn": rnn, "birnn": birnn, "layers": layers, "lstm": lstm, "gru": gru, "attention": attention}


def cost(s: Tensor, y: Tensor, loss: str) -> Tensor:
    match loss:
        case "cross-entropy":
            return functional.cross_entropy(s, y)
        case "whole":
            return functional.mse_loss(s, y, reduction="sum")
    return ((s - y) ** 2).sum() / 2


def whole_cost(s: list[Tensor], y: Tensor, job: Mapping[str, Any]) -> Tensor:
    loss = job.get("loss", "half")
    if job.get("outputs") == "each":
        return torch.stack([cost(s_t, y_t, loss) for s_t, y_t in zip(s, y, strict=True)]).sum()
    return cost(s[-1], y, loss)


# --- numbers ---


def numbers(model: str, options: Mapping[str, Any], T: int, seed: int) -> tuple[Arrays, Any, Any]:
    """Parameters, inputs, targets of a model with time."""
    random = np.random.default_rng(seed)
    sizes = SIZES[seed % 2]
    sizes = sizes | {"v": sizes["h"] + sizes["d"]}
    scale = 1 / np.sqrt(sizes["h"])
    p = {
        name: random.normal(0, scale, [sizes[axis] for axis in axes])
        for name, axes in shapes(model, options).items()
    }
    x = random.normal(size=(T, sizes["d"]))
    y_shape = (T, sizes["k"]) if options.get("outputs") == "each" else (sizes["k"],)
    y = random.normal(size=y_shape)
    if options.get("loss") == "cross-entropy" or model == "attention":
        y = np.eye(sizes["k"])[random.integers(sizes["k"], size=y_shape[:-1])]
    return p, x, y


def compare(found: Mapping[str, NDArray[Any]], expected: Mapping[str, NDArray[Any]]) -> None:
    assert found.keys() == expected.keys()
    for name, wanted in expected.items():
        assert found[name].shape == wanted.shape, name
        largest = np.abs(wanted).max()
        np.testing.assert_allclose(
            found[name], wanted, rtol=0, atol=TOLERANCE * max(largest, 1e-6), err_msg=name
        )


def check(model: str, options: Mapping[str, Any], T: int, seed: int) -> None:
    """All parameters and first states, and the slopes at every time of all that is computed in time."""
    p, x, y = numbers(model, options, T, seed)
    tensors = {name: torch.tensor(value, requires_grad=True) for name, value in p.items()}
    job = options | ({"loss": "cross-entropy"} if model == "attention" else {})
    states, s = FORWARD[model](tensors, torch.tensor(x), job)
    for values in states.values():
        for value in values:
            value.retain_grad()
    whole_cost(s, torch.tensor(y), job).backward()
    compare(gradients(model, p, x, y, **options), {name: slope(tensor) for name, tensor in tensors.items()})
    over_time = {name: np.stack([slope(value) for value in values]) for name, values in states.items()}
    compare(gradients(model, p, x, y, wrt=list(states), **options), over_time)


def slope(tensor: Tensor) -> NDArray[Any]:
    return np.zeros(tensor.shape) if tensor.grad is None else tensor.grad.numpy()


TASKS = [
    {"outputs": outputs, "loss": loss}
    for outputs, loss in itertools.product(("last", "each"), ("half", "whole", "cross-entropy"))
]
CUT = [
    {"outputs": "last", "truncate": 2},
    {"outputs": "each", "truncate": 3},
    {"outputs": "each", "truncate": 1, "loss": "whole"},
]


PLAIN_ONES = [
    *(("tanh", task) for task in (*TASKS, *CUT)),
    *((phi, task) for phi in ("sigmoid", "relu", "identity") for task in (TASKS[1], TASKS[5], CUT[1])),
]


@pytest.mark.parametrize("T", STEPS)
@pytest.mark.parametrize(("activation", "task"), PLAIN_ONES, ids=str)
def test_plain_network(activation: str, task: dict[str, Any], T: int) -> None:
    check("rnn", {"activation": activation, **task}, T, seed=T)


@pytest.mark.parametrize("T", STEPS)
@pytest.mark.parametrize("gates", ["apart", "stacked"])
@pytest.mark.parametrize("task", [TASKS[5], CUT[0]], ids=str)
def test_lstm(gates: str, task: dict[str, Any], T: int) -> None:
    check("lstm", {"gates": gates, **task}, T, seed=T)


@pytest.mark.parametrize("update", ["keep", "take"])
@pytest.mark.parametrize("reset", ["after", "before"])
@pytest.mark.parametrize(
    ("T", "task"), list(zip(STEPS, [TASKS[1], TASKS[2], CUT[0], CUT[1]], strict=True)), ids=str
)
def test_gru(update: str, reset: str, task: dict[str, Any], T: int) -> None:
    check("gru", {"update": update, "reset": reset, **task}, T, seed=T + 1)


@pytest.mark.parametrize("T", STEPS)
@pytest.mark.parametrize(("activation", "task"), [("tanh", TASKS[5]), ("relu", TASKS[1])], ids=str)
def test_two_way_network(activation: str, task: dict[str, Any], T: int) -> None:
    check("birnn", {"activation": activation, **task}, T, seed=T)


@pytest.mark.parametrize("T", STEPS)
@pytest.mark.parametrize(("activation", "task"), [("tanh", CUT[1]), ("sigmoid", TASKS[5])], ids=str)
def test_two_layers(activation: str, task: dict[str, Any], T: int) -> None:
    check("layers", {"activation": activation, **task}, T, seed=T + 1)


@pytest.mark.parametrize("T", STEPS)
@pytest.mark.parametrize("seed", [0, 1])
def test_attention(T: int, seed: int) -> None:
    check("attention", {}, T, seed)


@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "birnn", "layers"])
@pytest.mark.parametrize("outputs", ["last", "each"])
def test_longer_than_what_is_written_out(model: str, outputs: str) -> None:
    """More steps than a derivation may have: T stays a letter, and the lines hold all the same."""
    check(model, {"outputs": outputs}, 60, seed=3)


@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "birnn", "layers"])
@pytest.mark.parametrize("T", STEPS)
def test_networks_of_one_unit(model: str, T: int) -> None:
    """Derived with numbers for matrices, equal to the network of matrices with one entry."""
    options: dict[str, Any] = {"outputs": "each", "loss": "half"}
    random = np.random.default_rng(T)
    p = {name: random.normal(size=(1,) * len(axes)) for name, axes in shapes(model, options).items()}
    x, y = random.normal(size=(2, T, 1))
    tensors = {name: torch.tensor(value, requires_grad=True) for name, value in p.items()}
    _, s = FORWARD[model](tensors, torch.tensor(x), options)
    whole_cost(s, torch.tensor(y), options).backward()
    alone = {name: float(value.item()) for name, value in p.items()}
    found = gradients(model, alone, x[:, 0], y[:, 0], scalar=True, **options)
    compare(found, {name: slope(tensor).reshape(()) for name, tensor in tensors.items()})
    over_time = gradients(
        model, alone, x[:, 0], y[:, 0], scalar=True, wrt="h2" if model == "layers" else "h", **options
    )
    assert [value.shape for value in over_time.values()] == [(T,)]


# --- torch.nn ---


def layer(
    kind: type[torch.nn.RNNBase], weights: Mapping[str, Tensor], x: Tensor, start: Any, **options: Any
) -> Tensor:
    """The states [T, h] of a layer of torch.nn with these weights."""
    hidden, inputs = weights["weight_hh_l0"].shape[1], x.shape[1]
    module = kind(inputs, hidden, **options).double()
    return torch.func.functional_call(module, dict(weights), (x, start))[0]


def nn_rnn(p: dict[str, Tensor], x: Tensor, zero: Tensor) -> Tensor:
    weights = {"weight_ih_l0": p["W_i"], "weight_hh_l0": p["W_h"], "bias_ih_l0": p["b_h"], "bias_hh_l0": zero}
    return layer(torch.nn.RNN, weights, x, p["h_0"][None])


def nn_layers(p: dict[str, Tensor], x: Tensor, zero: Tensor) -> Tensor:
    weights = {
        f"{name}_l{n}": value
        for n in (0, 1)
        for name, value in (
            ("weight_ih", p[f"W_i{n + 1}"]),
            ("weight_hh", p[f"W_h{n + 1}"]),
            ("bias_ih", p[f"b_{n + 1}"]),
            ("bias_hh", zero),
        )
    }
    return layer(torch.nn.RNN, weights, x, torch.stack([p["h1_0"], p["h2_0"]]), num_layers=2)


def nn_birnn(p: dict[str, Tensor], x: Tensor, zero: Tensor) -> Tensor:
    weights = {
        f"{name}_l0{ours.replace('_rev', '_reverse')}": value
        for ours in ("", "_rev")
        for name, value in (
            ("weight_ih", p[f"W_i{ours}"]),
            ("weight_hh", p[f"W_h{ours}"]),
            ("bias_ih", p[f"b_h{ours}"]),
            ("bias_hh", zero),
        )
    }
    return layer(torch.nn.RNN, weights, x, torch.stack([p["h_0"], p["h_rev_T+1"]]), bidirectional=True)


def nn_lstm(p: dict[str, Tensor], x: Tensor, zero: Tensor) -> Tensor:
    weights = {
        "weight_ih_l0": torch.cat([p[f"W_{gate}"] for gate in "ifgo"]),
        "weight_hh_l0": torch.cat([p[f"U_{gate}"] for gate in "ifgo"]),
        "bias_ih_l0": torch.cat([p[f"b_{gate}"] for gate in "ifgo"]),
        "bias_hh_l0": torch.cat([zero] * 4),
    }
    return layer(torch.nn.LSTM, weights, x, (p["h_0"][None], p["c_0"][None]))


def nn_gru(p: dict[str, Tensor], x: Tensor, zero: Tensor) -> Tensor:
    weights = {
        "weight_ih_l0": torch.cat([p[f"W_{gate}"] for gate in "rzn"]),
        "weight_hh_l0": torch.cat([p[f"U_{gate}"] for gate in "rzn"]),
        "bias_ih_l0": torch.cat([p[f"b_{gate}"] for gate in "rzn"]),
        "bias_hh_l0": torch.cat([zero, zero, p["c_n"]]),
    }
    return layer(torch.nn.GRU, weights, x, p["h_0"][None])


NN = {"rnn": nn_rnn, "layers": nn_layers, "birnn": nn_birnn, "lstm": nn_lstm, "gru": nn_gru}


@pytest.mark.parametrize("T", STEPS)
@pytest.mark.parametrize("outputs", ["last", "each"])
@pytest.mark.parametrize("model", NN)
def test_layers_of_torch(model: str, outputs: str, T: int) -> None:
    p, x, y = numbers(model, {"outputs": outputs}, T, seed=T + 7)
    tensors = {name: torch.tensor(value, requires_grad=True) for name, value in p.items()}
    zero = torch.zeros(len(tensors["h1_0" if model == "layers" else "h_0"]), dtype=torch.float64)
    h = NN[model](tensors, torch.tensor(x), zero)
    gated = "W_y" in tensors
    W, b = (tensors["W_y"], tensors["b_y"]) if gated else (tensors["W_o"], tensors["b_o"])
    if model == "birnn":
        W = torch.cat([W, tensors["W_o_rev"]], dim=1)
    s = list(functional.linear(h, W, b))
    whole_cost(s, torch.tensor(y), {"outputs": outputs}).backward()
    found = gradients(model, p, x, y, outputs=outputs)
    compare(found, {name: slope(tensor) for name, tensor in tensors.items()})


# --- models without time ---


@pytest.mark.parametrize("k", [2, 3, 7])
def test_softmax_with_cross_entropy(k: int) -> None:
    random = np.random.default_rng(k)
    s, y = 3 * random.normal(size=k), random.dirichlet(np.ones(k))
    tensor = torch.tensor(s, requires_grad=True)
    functional.cross_entropy(tensor, torch.tensor(y)).backward()
    compare(gradients("softmax", {}, s, y), {"s": slope(tensor)})


@pytest.mark.parametrize("h", [2, 3, 8])
def test_layer_norm(h: int) -> None:
    random = np.random.default_rng(h)
    x, y, gamma, beta = random.normal(size=(4, h))
    p = {
        name: torch.tensor(value, requires_grad=True)
        for name, value in (("x", x), ("gamma", gamma), ("beta", beta))
    }
    out = functional.layer_norm(p["x"], [h], p["gamma"], p["beta"], eps=1e-5)
    cost(out, torch.tensor(y), "half").backward()
    found = gradients("layernorm", {"gamma": gamma, "beta": beta}, x, y)
    compare(found, {name: slope(tensor) for name, tensor in p.items()})


@pytest.mark.parametrize(("m", "h"), [(2, 3), (5, 2), (8, 4)])
def test_batch_norm(m: int, h: int) -> None:
    random = np.random.default_rng(m)
    X, Y = random.normal(size=(2, m, h))
    gamma, beta = random.normal(size=(2, h))
    p = {
        name: torch.tensor(value, requires_grad=True)
        for name, value in (("X", X), ("gamma", gamma), ("beta", beta))
    }
    out = functional.batch_norm(p["X"], None, None, p["gamma"], p["beta"], training=True, eps=1e-5)
    cost(out, torch.tensor(Y), "half").backward()
    found = gradients("batchnorm", {"gamma": gamma, "beta": beta}, X, Y)
    compare(found, {name: slope(tensor) for name, tensor in p.items()})


@pytest.mark.parametrize("threshold", [0.3, 1.0, 50.0])
def test_clipping(threshold: float) -> None:
    g = np.random.default_rng(1).normal(size=6)
    found = gradients("clipping", {"v": threshold}, g)
    tensor = torch.tensor(g)
    by_norm = tensor * min(1.0, threshold / float(torch.linalg.vector_norm(tensor)))
    expected = {"g_by_norm": by_norm.numpy(), "g_by_value": tensor.clamp(-threshold, threshold).numpy()}
    compare(found, expected)
