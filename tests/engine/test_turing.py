"""The Neural Turing Machine: each equation against a loop over the paper, whole runs, differences."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.losses import LOSSES
from engine.models import addressing
from engine.models.model import Look, Moment
from engine.models.turing import HEADS, M_WIDTH, N, TuringMachine
from engine.parameters import count, named
from engine.snapshot import Array
from engine.tasks.task import Batch

T, B, D, H, K = 5, 3, 4, 6, 3


def config(**knobs: Any) -> RunConfig:
    return RunConfig(**({"task": "copy", "model": "ntm", "hidden": H} | knobs))


def machine(loss: str = "cross-entropy") -> TuringMachine:
    return TuringMachine(config(), SimpleNamespace(inputs=D, outputs=K, loss=loss))  # type: ignore[arg-type]  # sizes are all it reads


def example(loss: str = "cross-entropy", scale: float = 0.7) -> tuple[TuringMachine, Array, Batch]:
    rng = np.random.default_rng(4)
    ntm = machine(loss)
    targets = np.eye(K)[rng.integers(0, K, (T, B))] if loss == "cross-entropy" else rng.normal(size=(T, B, K))
    weights = rng.integers(0, 2, (T, B)).astype(float)
    weights[0] = 1
    return ntm, rng.normal(0, scale, count(ntm.shapes)), Batch(rng.normal(size=(T, B, D)), targets, weights)


def look_at(ntm: TuringMachine, theta: Array, batch: Batch) -> Look:
    return ntm.look(theta, batch, Moment(1, config()))


# --- the paper's equations, one number at a time ---------------------------------------------------


def K_of(u: Array, v: Array) -> float:
    return float(sum(u * v) / (math.sqrt(sum(u * u)) * math.sqrt(sum(v * v)) + 1e-8))  # ε: see EPSILON


def content_5(k: Array, beta: float, M: Array) -> Array:
    scores = [math.exp(beta * K_of(k, M[i])) for i in range(len(M))]
    return np.array([score / sum(scores) for score in scores])


def gated_7(g: float, w_c: Array, w_before: Array) -> Array:
    return np.array([g * w_c[i] + (1 - g) * w_before[i] for i in range(len(w_c))])


def shifted_8(w_g: Array, s: dict[int, float]) -> Array:
    n = len(w_g)
    full = [s.get(i if i <= n // 2 else i - n, 0.0) for i in range(n)]  # s(i) for i = 0 .. N - 1, modulo N
    return np.array([sum(w_g[j] * full[(i - j) % n] for j in range(n)) for i in range(n)])


def sharpened_9(w: Array, gamma: float) -> Array:
    return np.array([w_i**gamma / sum(w_j**gamma for w_j in w) for w_i in w])


def written_3_4(M: Array, w: Array, e: Array, a: Array) -> Array:
    erased = np.array([M[i] * (1 - w[i] * e) for i in range(len(M))])
    return np.array([erased[i] + w[i] * a for i in range(len(M))])


def sigmoid(a: Array) -> Array:
    return 1 / (1 + np.exp(-a))


def softplus(a: float) -> float:
    return math.log(1 + math.exp(a))


@settings(max_examples=30)
@given(n=st.integers(4, 9), m=st.integers(1, 5), b=st.integers(1, 3), seed=st.integers(0, 2**16))
def test_each_equation_is_the_papers(n: int, m: int, b: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    M, key = rng.normal(size=(b, n, m)), rng.normal(size=(b, 2, m))
    beta, gate, gamma = rng.random((b, 2, 1)) * 5, rng.random((b, 2, 1)), 1 + rng.random((b, 2, 1)) * 9
    w, s = rng.dirichlet(np.ones(n), (b, 2)), rng.dirichlet(np.ones(3), (b, 2))
    e, a = rng.random((b, m)), rng.normal(size=(b, m))
    tensors = [torch.from_numpy(array) for array in (M, key, beta, gate, gamma, w, s, e, a)]
    t_M, t_key, t_beta, t_gate, t_gamma, t_w, t_s, t_e, t_a = tensors
    by_content = addressing.content(t_key, t_beta, t_M)
    past = addressing.gated(t_gate, by_content, t_w)
    moved = addressing.shifted(t_w, t_s)
    sharp = addressing.sharpened(t_w, t_gamma)
    after = addressing.written(t_M, t_w[:, 1], t_e, t_a)
    read = addressing.reading(t_M, t_w[:, 0])
    for i in range(b):
        for head in range(2):
            w_c = content_5(key[i, head], beta[i, head, 0], M[i])
            shift = dict(zip((-1, 0, 1), s[i, head], strict=True))
            np.testing.assert_allclose(by_content[i, head], w_c, atol=1e-12)
            expected = gated_7(gate[i, head, 0], by_content[i, head].numpy(), w[i, head])
            np.testing.assert_allclose(past[i, head], expected, atol=1e-14)
            np.testing.assert_allclose(moved[i, head], shifted_8(w[i, head], shift), atol=1e-14)
            np.testing.assert_allclose(sharp[i, head], sharpened_9(w[i, head], gamma[i, head, 0]), atol=1e-12)
        np.testing.assert_allclose(after[i], written_3_4(M[i], w[i, 1], e[i], a[i]), atol=1e-14)
        np.testing.assert_allclose(read[i], sum(w[i, 0, j] * M[i, j] for j in range(n)), atol=1e-14)


def test_a_shift_of_one_moves_to_the_next_place_and_round_the_end() -> None:
    at = torch.eye(5, dtype=torch.float64)[None, 4:]
    for chosen, place in enumerate((3, 4, 0)):
        found = addressing.shifted(at, torch.eye(3, dtype=torch.float64)[None, chosen : chosen + 1])
        assert found[0, 0].argmax() == place


def test_a_place_of_zeros_is_like_nothing_and_has_a_gradient() -> None:
    memory = torch.zeros(1, 3, 2, dtype=torch.float64, requires_grad=True)
    found = addressing.content(torch.ones(1, 1, 2, dtype=torch.float64), torch.ones(1, 1, 1), memory)
    np.testing.assert_allclose(found.detach(), np.full((1, 1, 3), 1 / 3))
    assert torch.autograd.grad(found[0, 0, 0], memory)[0].isfinite().all()


@pytest.mark.parametrize("loss", LOSSES)
def test_a_run_is_the_equations_in_the_papers_order(loss: str) -> None:
    """Every step worked out again for each sequence, from the controller's gates to z and the loss."""
    ntm, theta, batch = example(loss)
    look = look_at(ntm, theta, batch)
    w = named(theta, ntm.shapes)
    outputs = np.zeros((T, B, K))
    for b in range(B):
        seen = look.picture(b).named
        h, c, r = np.zeros(H), np.zeros(H), np.zeros(M_WIDTH)
        M, focus = w["M_0"], {head: np.eye(N)[0] for head in HEADS}
        for t in range(T):
            x = np.concatenate((batch.inputs[t, b], r))
            a = (
                w["controller.W_ih"] @ x
                + w["controller.b_ih"]
                + w["controller.W_hh"] @ h
                + w["controller.b_hh"]
            )
            i, f, g, o = np.split(a, 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            np.testing.assert_allclose(seen["controller.h"][t], h, atol=1e-10)
            np.testing.assert_allclose(seen["controller.f"][t], sigmoid(f), atol=1e-10)
            asked = np.split(w["W_head"] @ h + w["b_head"], 2)
            for head, a in zip(HEADS, asked, strict=True):
                k, beta, gate = np.tanh(a[:M_WIDTH]), softplus(a[M_WIDTH]), sigmoid(a[M_WIDTH + 1])
                shift = np.exp(a[M_WIDTH + 2 : -1]) / np.exp(a[M_WIDTH + 2 : -1]).sum()
                gamma = 1 + softplus(a[-1])
                w_c = content_5(k, beta, M)
                w_g = gated_7(gate, w_c, focus[head])
                w_s = shifted_8(w_g, dict(zip((-1, 0, 1), shift, strict=True)))
                focus[head] = sharpened_9(w_s, gamma)
                expected = {
                    "key": k, "beta": beta, "gate": gate, "shift": shift, "gamma": gamma,
                    "content": w_c, "gated": w_g, "shifted": w_s, "weights": focus[head],
                }  # fmt: skip
                for name, value in expected.items():
                    np.testing.assert_allclose(seen[f"{head}_{name}"][t], value, atol=1e-10)
                assert seen[f"{head}_weights"][t].sum() == pytest.approx(1)
                assert (seen[f"{head}_weights"][t] >= 0).all()
            erase, add = np.split(w["W_write"] @ h + w["b_write"], 2)
            M = written_3_4(M, focus["write"], sigmoid(erase), np.tanh(add))
            r = focus["read"] @ M
            np.testing.assert_allclose(seen["erase"][t], sigmoid(erase), atol=1e-10)
            np.testing.assert_allclose(seen["add"][t], np.tanh(add), atol=1e-10)
            np.testing.assert_allclose(seen["memory"][t], M, atol=1e-10)
            np.testing.assert_allclose(seen["read"][t], r, atol=1e-10)
            outputs[t, b] = w["W_o"] @ np.concatenate((h, r)) + w["b_o"]
            np.testing.assert_allclose(seen["z"][t], outputs[t, b], atol=1e-10)
    judged = LOSSES[loss](
        np.stack([look.picture(b).named["z"] for b in range(B)], 1), batch.targets, batch.weights
    )
    assert look.loss == pytest.approx(judged.value, rel=1e-10)
    for b in range(B):
        np.testing.assert_allclose(look.picture(b).outputs, judged.outputs[:, b], atol=1e-10)


@pytest.mark.parametrize("loss", LOSSES)
def test_gradient_by_central_differences(loss: str) -> None:
    ntm, theta, batch = example(loss)
    found = look_at(ntm, theta, batch).gradient
    size = 1e-6
    rng = np.random.default_rng(0)
    for name, part in named(np.arange(len(theta)), ntm.shapes).items():  # type: ignore[arg-type]  # places, cut as θ is
        way = np.zeros_like(theta)
        way[part.ravel()] = rng.normal(size=part.size)
        ahead, behind = (look_at(ntm, theta + sign * size * way, batch).loss for sign in (1, -1))
        assert found @ way == pytest.approx((ahead - behind) / (2 * size), abs=1e-7), name


def test_without_weights_every_position_counts() -> None:
    ntm, theta, batch = example()
    ones = Batch(batch.inputs, batch.targets, np.ones((T, B)))
    plain = Batch(batch.inputs, batch.targets)
    assert look_at(ntm, theta, plain).loss == pytest.approx(look_at(ntm, theta, ones).loss, rel=1e-12)


def test_slopes_of_states() -> None:
    """dL/dr_T and dL/dh_T are known: after the last step only the output layer reads them."""
    ntm, theta, batch = example()
    look = look_at(ntm, theta, batch)
    W_o = named(theta, ntm.shapes)["W_o"]
    last = batch.weights[-1] / batch.weights.sum()  # type: ignore[index, union-attr]  # the example has weights
    for b in range(B):
        picture = look.picture(b)
        dz = last[b] * (picture.outputs[-1] - batch.targets[-1, b])
        np.testing.assert_allclose(picture.named["dread"][-1], dz @ W_o[:, H:], atol=1e-12)
        expected = np.outer(picture.named["read_weights"][-1], dz @ W_o[:, H:])
        np.testing.assert_allclose(picture.named["dmemory"][-1], expected, atol=1e-12)
        assert picture.dh is picture.named["controller.dh"]
        assert set("".join(picture.gates)) == set("figoc")
    assert any(look.picture(b).dh.any() for b in range(B))


def test_same_bits_again_and_float32_stays_float32() -> None:
    ntm, theta, batch = example()
    one, other = look_at(ntm, theta, batch), look_at(ntm, theta, batch)
    np.testing.assert_array_equal(one.gradient, other.gradient)
    narrow = Batch(*(array.astype(np.float32) for array in (batch.inputs, batch.targets, batch.weights)))  # type: ignore[union-attr, arg-type]  # all three are there
    look = look_at(ntm, theta.astype(np.float32), narrow)
    assert look.gradient.dtype == np.float32
    assert {array.dtype for array in look.picture(0).named.values()} == {np.dtype(np.float32)}
    np.testing.assert_allclose(look.gradient, one.gradient, atol=1e-4)


def test_initial_weights() -> None:
    ntm, knobs = machine(), config(forget_bias=1.5)
    theta = ntm.initial(knobs, np.random.default_rng(0))
    w = named(theta, ntm.shapes)
    np.testing.assert_array_equal(w["controller.b_ih"], np.repeat([0, 1.5, 0, 0], H))
    assert not w["b_head"].any()
    np.testing.assert_array_equal(theta, ntm.initial(knobs, np.random.default_rng(0)))
