"""`gradients`: what goes in and comes out, what is refused, and that its numbers are the derivation's."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.derivations import gradients as module
from engine.derivations.catalogue import MODELS
from engine.derivations.derive import derive
from engine.derivations.gradients import gradients
from engine.derivations.steps import Derivation
from engine.errors import ConfigError
from engine.symbolic.jobs import GradientJob
from engine.tape.makers import fill, times

h, d, k, T = 4, 3, 2, 5
RANDOM = np.random.default_rng(5)
X, Y = RANDOM.normal(size=(T, d)), RANDOM.normal(size=(T, k))


def plain() -> dict[str, NDArray[Any]]:
    random = np.random.default_rng(6)
    shapes = {"W_h": (h, h), "W_i": (h, d), "b_h": (h,), "W_o": (k, h), "b_o": (k,)}
    return {name: random.normal(size=shape) / 2 for name, shape in shapes.items()}


# --- out ---


def test_each_gradient_has_the_shape_of_its_quantity() -> None:
    p = plain()
    found = gradients("rnn", p, X, Y, outputs="each")
    assert {name: value.shape for name, value in found.items()} == {
        **{name: value.shape for name, value in p.items()},
        "h_0": (h,),
    }
    assert all(value.dtype == np.float64 for value in found.values())
    over_time = gradients("rnn", p, X, Y[0], wrt=("h", "a"))
    assert {name: value.shape for name, value in over_time.items()} == {"h": (T, h), "a": (T, h)}


def test_only_what_is_asked_for() -> None:
    assert gradients("rnn", plain(), X, Y[0], wrt="W_h").keys() == {"W_h"}
    assert list(gradients("rnn", plain(), X, Y[0], wrt=["b_o", "h_0"])) == ["b_o", "h_0"]
    assert gradients("rnn", plain(), X, Y[0], wrt=[]) == {}


def test_states_of_one_step_keep_their_axis_of_time() -> None:
    assert gradients("rnn", plain(), X[:1], Y[0], wrt="h")["h"].shape == (1, h)


def test_numbers_of_one_unit() -> None:
    p = {"W_h": 0.5, "W_i": -0.3, "b_h": 0.1, "W_o": 1.5, "b_o": 0.2, "h_0": 0.4}
    found = gradients("rnn", p, [0.5, -1.0], 0.7, scalar=True)
    assert {value.shape for value in found.values()} == {()}
    h_1 = np.tanh(0.5 * 0.4 - 0.3 * 0.5 + 0.1)
    h_2 = np.tanh(0.5 * h_1 + 0.3 + 0.1)
    error = 1.5 * h_2 + 0.2 - 0.7
    d_2 = error * 1.5 * (1 - h_2**2)
    d_1 = d_2 * 0.5 * (1 - h_1**2)
    by_hand = {"W_h": d_2 * h_1 + d_1 * 0.4, "W_i": -d_2 + 0.5 * d_1, "b_h": d_1 + d_2, "W_o": error * h_2}
    for name, expected in (by_hand | {"b_o": error, "h_0": 0.5 * d_1}).items():
        assert float(found[name]) == pytest.approx(expected, rel=1e-12)


def test_nothing_given_is_changed_and_lists_will_do() -> None:
    p = plain()
    before = {name: value.copy() for name, value in p.items()}
    found = gradients("rnn", p, X, Y[0])
    assert all(np.array_equal(p[name], value) for name, value in before.items())
    as_lists: dict[str, Any] = {name: value.tolist() for name, value in p.items()}
    again = gradients("rnn", as_lists, X.tolist(), Y[0].tolist())
    assert all(np.array_equal(again[name], value) for name, value in found.items())


def test_first_states_are_zero_where_they_are_not_given() -> None:
    found, zero = (
        gradients("rnn", plain(), X, Y[0]),
        gradients("rnn", plain() | {"h_0": np.zeros(h)}, X, Y[0]),
    )
    assert all(np.array_equal(zero[name], value) for name, value in found.items())
    other = gradients("rnn", plain() | {"h_0": np.ones(h)}, X, Y[0])
    assert not np.allclose(other["W_h"], found["W_h"])


def test_the_docstring_names_every_model_and_option() -> None:
    told = gradients.__doc__ or ""
    assert all(f'"{card.key}"' in told for card in MODELS)
    for name in ("activation", "outputs", "loss", "truncate", "gates", "update", "reset", "scalar"):
        assert f"{name}=" in told


# --- the derivation's own numbers ---


def test_numbers_come_from_the_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """With another last expression in the answer's line there is another gradient."""
    right = gradients("rnn", plain(), X, Y[0], wrt="W_h")["W_h"]

    def tripled(job: GradientJob) -> Derivation:
        derivation = derive(job)
        place = derivation.answer - 1
        step = derivation.steps[place]
        wrong = replace(step, chain=(*step.chain[:-1], times(fill(3), step.after)))
        return replace(derivation, steps=(*derivation.steps[:place], wrong, *derivation.steps[place + 1 :]))

    monkeypatch.setattr(module, "_derived", tripled)
    np.testing.assert_allclose(gradients("rnn", plain(), X, Y[0], wrt="W_h")["W_h"], 3 * right)


def test_no_oracle_and_no_torch_is_even_loaded() -> None:
    code = "import sys, engine.derivations.gradients; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not re.search(r"engine\.derivations\.(oracles|by_hand|opinions)|\btorch\b|\bsympy\b", loaded)


# --- against torch ---


def autograd(
    p: Mapping[str, NDArray[Any]], x: NDArray[Any], y: NDArray[Any], loss: str, window: int = 0
) -> dict[str, NDArray[Any]]:
    """A plain RNN with one output, states cut off after every `window` steps."""
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in p.items()}
    state = torch.zeros(len(p["b_h"]), dtype=torch.float64)
    for t, row in enumerate(torch.tensor(x), start=1):
        state = torch.tanh(leaves["W_h"] @ state + leaves["W_i"] @ row + leaves["b_h"])
        state = state.detach() if window and t % window == 0 and t < len(x) else state
    s = leaves["W_o"] @ state + leaves["b_o"]
    target = torch.tensor(y)
    if loss == "half":
        ((s - target) ** 2).sum().mul(0.5).backward()
    else:
        (-(target * torch.log_softmax(s, dim=0)).sum()).backward()
    return {name: leaf.grad.numpy() for name, leaf in leaves.items() if leaf.grad is not None}


@pytest.mark.parametrize("right", [0, 1])
@pytest.mark.parametrize("size", [1.0, 30.0, 500.0])
def test_a_softmax_that_saturates_still_has_its_slope(size: float, right: int) -> None:
    p = plain() | {"W_o": np.array([[size] * h, [-size] * h])}
    y = np.eye(k)[right]
    found, theirs = gradients("rnn", p, X, y, loss="cross-entropy"), autograd(p, X, y, "cross-entropy")
    for name, expected in theirs.items():
        np.testing.assert_allclose(found[name], expected, rtol=1e-9, atol=1e-12)


def test_a_given_softmax_that_saturates() -> None:
    found = gradients("softmax", {}, [0.0, 2000.0, -2000.0], [1.0, 0.0, 0.0])["s"]
    np.testing.assert_array_equal(found, [-1.0, 1.0, 0.0])


@pytest.mark.parametrize("window", [2, np.int64(3), 55, 60, 99])
def test_long_windows_of_long_sequences_and_any_integer(window: int) -> None:
    x = np.random.default_rng(7).normal(size=(60, d))
    p = plain()
    theirs = autograd(p, x, Y[0], "half", int(window))
    for name, expected in theirs.items():
        found = gradients("rnn", p, x, Y[0], truncate=window, wrt=name)[name]
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-13)


# --- refused ---

BAD: list[tuple[dict[str, Any], str]] = [
    ({"model": "transformer"}, "There is no model called “transformer”. Choose one of rnn, lstm"),
    ({"loss": "hinge"}, "Loss cannot be “hinge” (loss). Choose one of half, whole or cross-entropy."),
    ({"activation": "gelu"}, "cannot be “gelu”"),
    (
        {"gates": "stacked"},
        "rnn has no option gates; its options are scalar, activation, outputs, loss, truncate.",
    ),
    ({"steps": 3}, "rnn has no option steps"),
    ({"truncate": "2"}, "truncate is '2'; give a whole number of steps, 0 for none."),
    ({"truncate": -1}, "window of truncated BPTT is -1"),
    ({"wrt": "U_f"}, "The RNN has no “U_f”. Choose one of W_h, W_i, b_h, W_o, b_o, h_0, h or a."),
    (
        {"parameters": {"W_q": np.eye(3)}},
        "There is no parameter W_q; there are W_h, W_i, b_h, W_o, b_o, h_0.",
    ),
    ({"parameters": {"W_i": None}}, "W_i is missing; give it among the parameters."),
    ({"parameters": {"b_h": np.zeros(5)}}, "b_h is 5 × 1, not h × 1: W_h says that h = 4."),
    ({"parameters": {"W_o": np.zeros((2, 3))}}, "W_o is 2 × 3, not k × h: "),
    ({"parameters": {"W_h": np.zeros(4)}}, "W_h has the shape [4]; give a matrix of h × h."),
    ({"parameters": {"b_h": "many"}}, "b_h is not an array of numbers"),
    (
        {"parameters": {"W_h": [[1.0, 2.0], [3.0]]}},
        "W_h is not an array of numbers; give rows of numbers, all equally long.",
    ),
    ({"parameters": {"b_o": [np.nan, 1.0]}}, "b_o has nan in row 1, column 1; give finite numbers."),
    ({"parameters": {"W_h": np.full((4, 4), np.inf)}}, "W_h has inf in row 1, column 1"),
    ({"inputs": np.full((2, d), np.nan)}, "inputs at t = 1 has nan"),
    ({"inputs": np.zeros((0, d))}, "inputs have no time steps; give x as an array [T, d] with T at least 1."),
    ({"inputs": 1.0}, "inputs have no time steps"),
    ({"inputs": np.zeros((3, 7))}, "inputs at t = 1 is 7 × 1, not d × 1: W_i says that d = 3."),
    ({"parameters": {"b_h": 1j * np.ones(h)}}, "b_h has complex numbers; give real ones."),
    ({"parameters": {"b_h": ["1", "2", "3", "4"]}}, "b_h is not an array of numbers"),
    ({"parameters": {"b_h": np.array([1, 2, None, 4])}}, "b_h is not an array of numbers"),
    ({"parameters": {"b_h": [10**400] * h}}, "b_h has a number that is not finite"),
    ({"parameters": {"W_h": np.zeros((0, 0))}}, "W_h is empty; give at least one number."),
    ({"truncate": True}, "truncate is True; give a whole number of steps, 0 for none."),
    ({"truncate": 2.0}, "truncate is 2.0"),
    ({"scalar": "no"}, "scalar is 'no', which is not True or False."),
    ({"loss": np.zeros(2)}, "loss is array([0., 0.]), which is not text."),
    ({"model": ["rnn"]}, "The model is ['rnn']; give its name, such as “rnn”."),
    ({"model": None}, "The model is None"),
    ({"wrt": 3}, "wrt has 3; give names, such as “W_h”."),
    ({"wrt": [["W_h"]]}, "wrt has ['W_h']"),
    ({"wrt": ["W_q", "Z"]}, "The RNN has no “W_q”."),
    (
        {"loss": "cross-entropy", "targets": [1.0, 1.0]},
        "targets sum to 2; targets of a cross-entropy sum to 1, such as 0, 1, 0.",
    ),
    (
        {
            "loss": "cross-entropy",
            "outputs": "each",
            "targets": np.eye(k)[[0, 1, 0, 1, 0]] * [[1], [1], [3], [1], [1]],
        },
        "targets at t = 3 sum to 3;",
    ),
    ({"targets": None}, "There are no targets; the loss needs them."),
    ({"targets": np.zeros(3)}, "targets is 3 × 1, not k × 1: W_o says that k = 2."),
    ({"outputs": "each", "targets": Y[:2]}, "targets have 2 time steps, but T = 5; give one row a step."),
]


@pytest.mark.parametrize(("change", "told"), BAD, ids=str)
def test_what_does_not_fit_is_refused_in_a_sentence(change: Mapping[str, Any], told: str) -> None:
    asked: dict[str, Any] = {"model": "rnn", "inputs": X, "targets": Y[0], **change}
    parameters = plain() | dict(change.get("parameters", {}))
    asked["parameters"] = {name: value for name, value in parameters.items() if value is not None}
    with pytest.raises(ConfigError, match=re.escape(told)):
        gradients(**asked)


def test_parameters_that_are_no_dict_are_refused() -> None:
    nothing: Any = None
    with pytest.raises(ConfigError, match=r"The parameters are None; give a dict of arrays by name\."):
        gradients("rnn", nothing, X, Y[0])


@pytest.mark.parametrize("v", [0.0, -1.0])
def test_a_threshold_has_to_be_above_0(v: float) -> None:
    with pytest.raises(ConfigError, match=f"v is {v:g}; give a threshold above 0."):
        gradients("clipping", {"v": v}, [3.0, 4.0])


def test_what_grows_too_large_is_refused_and_warns_of_nothing() -> None:
    large = plain() | {"W_h": np.full((h, h), 1e200)}
    with pytest.raises(ConfigError, match=r"The gradient by W_h, .* has a number that is not finite"):
        gradients("rnn", large, X, Y[0], activation="identity")
    assert all(np.isfinite(each).all() for each in gradients("rnn", plain(), X, Y[0]).values())


def test_all_faults_at_once() -> None:
    p = plain() | {"Z": np.zeros(1)}
    del p["b_h"], p["b_o"]
    with pytest.raises(ConfigError) as caught:
        gradients("rnn", p, X, Y[0])
    assert len(caught.value.problems) == 3


def test_clipping_has_no_targets_and_one_threshold() -> None:
    found = gradients("clipping", {"v": 1.0}, [3.0, 4.0])
    np.testing.assert_allclose(found["g_by_norm"], [0.6, 0.8])
    np.testing.assert_allclose(found["g_by_value"], [1.0, 1.0])
    with pytest.raises(ConfigError, match="v is missing"):
        gradients("clipping", {}, [3.0, 4.0])


def test_a_stacked_weight_of_the_wrong_width() -> None:
    p: dict[str, Any] = {
        f"{kind}_{gate}": np.zeros((h, h + d) if kind == "W" else h) for gate in "figo" for kind in "Wb"
    }
    p |= {"W_y": np.zeros((k, h)), "b_y": np.zeros(k), "W_f": np.zeros((h, h))}
    with pytest.raises(ConfigError, match=r"W_f is 4 × 4, not h × h\+d: b_f says that h = 4 and inputs"):
        gradients("lstm", p, X, Y[0], gates="stacked")
