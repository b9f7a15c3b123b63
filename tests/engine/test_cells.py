"""Every variant of every cell, there and back, against autograd, torch's modules and central differences."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
from cell_cases import NORMS, VARIANTS, Case, cell_as, distance, name_of
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cells import Gru, Lstm, Rnn, cell_for, cell_of
from engine.cells.norms import EPSILON, normalised
from engine.config import RunConfig
from engine.errors import ConfigError
from engine.nets import Spec
from engine.snapshot import Array

every_variant = pytest.mark.parametrize("spec", VARIANTS, ids=name_of)


@st.composite
def cases(draw: st.DrawFn, dtype: type = np.float64, fewest: int = 3) -> Case:
    """Any variant over any small sizes with d != h != k != B, so that no transpose goes unnoticed.

    At least `fewest` numbers are normalised together: two would always become ±1, with no slope left.
    """
    spec = draw(st.sampled_from(VARIANTS))
    h = draw(st.integers(fewest if spec.norm == "layer" else 1, 8))
    B = draw(st.integers(fewest if spec.norm == "batch" else 1, 8).filter(lambda n: n != h))
    d, k = draw(st.permutations([n for n in range(1, 8) if n not in (h, B)]))[:2]
    biases = draw(st.sampled_from(["one", "two"]))
    return Case(spec, draw(st.integers(1, 9)), B, d, h, k, biases, draw(st.integers(0, 2**16)), dtype)


@settings(max_examples=120)
@given(cases())
def test_every_number_is_what_autograd_finds(case: Case) -> None:
    assert distance(case.by_hand(), case.by_autograd()) < 1e-10


@settings(max_examples=100, derandomize=True)
@given(cases(np.float32, fewest=6))
def test_single_precision_is_near_double_and_stays_single(case: Case) -> None:
    """Fewer than 6 numbers can lie so near together that a norm makes rounding errors large, torch's too."""
    ours = case.by_hand()
    assert {array.dtype for array in ours.values()} == {np.dtype(np.float32)}
    assert distance(ours, case.by_autograd()) < 1e-5


@every_variant
def test_a_hundred_steps(spec: Spec) -> None:
    case = Case(spec, T=100, B=9, d=2, h=5, k=4)
    assert distance(case.by_hand(), case.by_autograd()) < 1e-10
    single = dataclasses.replace(case, dtype=np.float32)
    assert distance(single.by_hand(), single.by_autograd()) < 1e-5


@every_variant
def test_one_step_back_is_a_central_difference(spec: Spec) -> None:
    """Along a random direction in each parameter and each part of the state."""
    case = Case(spec, T=1, B=4, d=3, h=5, k=2, seed=3)
    rng = np.random.default_rng(5)
    upstream = [rng.normal(size=(4, 5)) for _ in case.start]

    def loss(weights: dict[str, Array], start: tuple[Array, ...]) -> float:
        after = case.cell.forward(weights, case.inputs[0], start).after
        return sum(float((part * slope).sum()) for part, slope in zip(after, upstream, strict=True))

    step = case.cell.forward(case.weights, case.inputs[0], case.start)
    back = case.cell.backward(case.weights, step, tuple(upstream))
    blocks = zip(np.split(back.da_h, len(step.sources), axis=1), step.sources, strict=True)
    slopes = {
        "W_ih": back.da_x.T @ case.inputs[0],
        "W_hh": np.concatenate([da.T @ source for da, source in blocks]),
        "b_ih": back.da_x.sum(axis=0),
        "b_hh": back.da_h.sum(axis=0),
    }
    slopes |= {name: share.sum(axis=0) for name, share in back.extra.items()}
    assert slopes.keys() == case.cell.shapes(3, 5).keys()
    for name, slope in slopes.items():
        way = rng.normal(size=slope.shape)
        there, here = (
            loss(case.weights | {name: case.weights[name] + nudge * way}, case.start)
            for nudge in (1e-6, -1e-6)
        )
        assert (slope * way).sum() == pytest.approx((there - here) / 2e-6, abs=2e-8), name
    for part, slope in enumerate(back.before):
        way = rng.normal(size=slope.shape)
        moved = [list(case.start), list(case.start)]
        moved[0][part], moved[1][part] = case.start[part] + 1e-6 * way, case.start[part] - 1e-6 * way
        there, here = (loss(case.weights, tuple(start)) for start in moved)
        assert (slope * way).sum() == pytest.approx((there - here) / 2e-6, abs=2e-8), part


@every_variant
def test_one_bias_is_two_of_which_one_is_zero(spec: Spec) -> None:
    one = Case(spec, T=3, B=3, d=2, h=4, k=5, biases="one")
    assert "b_hh" not in one.weights
    run = one.cell.forward(one.weights, one.inputs[0], one.start)
    with_zero = one.weights | {"b_hh": np.zeros_like(one.weights["b_ih"])}
    again = one.cell.forward(with_zero, one.inputs[0], one.start)
    assert run.after[0].tobytes() == again.after[0].tobytes()


@every_variant
def test_gates_are_named_and_so_are_their_derivatives(spec: Spec) -> None:
    case = Case(spec, T=1, B=3, d=2, h=4, k=5)
    step = case.cell.forward(case.weights, case.inputs[0], case.start)
    assert {*case.cell.shown, *case.cell.stacked} <= step.values.keys()
    assert {value.shape for value in step.values.values()} == {(3, 4)}
    back = case.cell.backward(case.weights, step, case.start)
    lettered = case.cell.lettered(back.da)
    assert [*lettered] == [f"da_{letter}" for letter in case.cell.stacked]
    for letter in case.cell.stacked:
        ours = lettered[f"da_{letter}"].sum(axis=0)
        np.testing.assert_allclose(ours, case.cell.rows(letter, _bias_gradient(case)), atol=1e-12)


def _bias_gradient(case: Case) -> Array:
    """db_ih of one step by a central difference at each of its entries: that is where a gate's sum is."""
    slope = np.empty_like(case.weights["b_ih"])
    for place in range(len(slope)):
        nudge = np.zeros_like(slope)
        nudge[place] = 1e-4
        ends = []
        for sign in (2, 1, -1, -2):  # fourth order, for 1e-12
            weights = case.weights | {"b_ih": case.weights["b_ih"] + sign * nudge}
            after = case.cell.forward(weights, case.inputs[0], case.start).after
            ends.append(sum(float((a * b).sum()) for a, b in zip(after, case.start, strict=True)))
        slope[place] = (-ends[0] + 8 * ends[1] - 8 * ends[2] + ends[3]) / 12e-4
    return slope


@settings(max_examples=40)
@given(
    B=st.integers(2, 9),
    n=st.integers(2, 9),
    kind=st.sampled_from(["layer", "batch"]),
    seed=st.integers(0, 99),
)
def test_norms_are_those_of_torch_there_and_back(B: int, n: int, kind: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, slope = rng.normal(3, 2, (B, n)), rng.normal(size=(B, n))
    theirs = torch.tensor(a, requires_grad=True)
    hat = (
        torch.nn.functional.layer_norm(theirs, (n,), eps=EPSILON)
        if kind == "layer"
        else torch.nn.functional.batch_norm(theirs, None, None, training=True, eps=EPSILON)
    )
    hat.backward(torch.tensor(slope))
    ours = normalised(a, kind)
    np.testing.assert_allclose(ours.hat, hat.detach().numpy(), rtol=0, atol=1e-12)
    assert theirs.grad is not None
    np.testing.assert_allclose(ours.back(slope), theirs.grad.numpy(), rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", ["rnn", "lstm", "gru"])
def test_batch_norm_of_one_sequence_is_refused(name: str) -> None:
    case = Case(Spec(name, norm="batch"), T=1, B=1, d=2, h=3, k=4)
    with pytest.raises(ConfigError, match="1 sequence"):
        case.cell.forward(case.weights, case.inputs[0], case.start)


def test_the_start_has_the_dtype_that_is_asked_for() -> None:
    assert [part.dtype for part in Lstm().start(2, 3)] == [np.float64] * 2
    assert [part.dtype for part in Lstm().start(2, 3, np.float32)] == [np.float32] * 2


def test_a_config_says_which_cell() -> None:
    knobs = {
        "cell": st.sampled_from(["rnn", "lstm", "gru"]),
        "norm": st.sampled_from(NORMS),
        "peepholes": st.sampled_from(["yes", "no"]),
        "activation": st.sampled_from(["tanh", "relu", "sigmoid", "identity"]),
        "gru_update": st.sampled_from(["keep", "take"]),
        "gru_reset": st.sampled_from(["after", "before"]),
    }

    @settings(max_examples=60)
    @given(st.fixed_dictionaries(knobs))
    def agrees(chosen: dict[str, str]) -> None:
        wanted = {
            "rnn": Rnn(chosen["activation"], chosen["norm"]),
            "lstm": Lstm(chosen["peepholes"] == "yes", chosen["norm"]),
            "gru": Gru(chosen["gru_update"], chosen["gru_reset"], chosen["norm"]),
        }
        assert cell_for(RunConfig(**chosen)) == wanted[chosen["cell"]]  # type: ignore[arg-type]  # all are text

    agrees()
    with pytest.raises(KeyError):
        cell_for(RunConfig(cell="jordan"))
    with pytest.raises(KeyError):
        cell_of("transformer")


def test_names_and_shapes_of_the_weights() -> None:
    two = {"W_ih": (20, 3), "W_hh": (20, 5), "b_ih": (20,), "b_hh": (20,)}
    assert Lstm().shapes(3, 5) == two
    assert "b_hh" not in Lstm().shapes(3, 5, "one")
    eyes = {"p_i": (5,), "p_f": (5,), "p_o": (5,)}
    assert Lstm(peepholes=True).shapes(3, 5) == two | eyes
    gains = {"gain_ih": (20,), "gain_hh": (20,), "gain_c": (5,), "shift_c": (5,)}
    assert Lstm(norm="layer").shapes(3, 5) == two | gains
    assert Rnn(norm="batch").extras(5) == {"gain_h": (5,)}
    assert Gru(norm="layer").extras(5) == {"gain_ih": (15,), "gain_hh": (15,)}


def test_what_the_peepholes_see() -> None:
    """i and f the state before the step, o the state after it: pushed hard, each gate opens or shuts."""
    cell = Lstm(peepholes=True)
    weights = {name: np.zeros(shape) for name, shape in cell.shapes(1, 1).items()}
    before = (np.zeros((1, 1)), np.ones((1, 1)))
    open_f = cell.forward(weights | {"p_f": np.array([99.0])}, np.zeros((1, 1)), before)
    assert open_f.values["f"].item() == pytest.approx(1)
    assert open_f.values["c"].item() == pytest.approx(1)
    shut_f = cell.forward(
        weights | {"p_f": np.array([-99.0]), "p_o": np.array([99.0])}, np.zeros((1, 1)), before
    )
    assert shut_f.values["c"].item() == pytest.approx(0), "forgotten"
    assert shut_f.values["o"].item() == pytest.approx(0.5), "o sees the c that is now 0, not the 1 before"


@pytest.mark.parametrize("update", ["keep", "take"])
def test_an_open_reset_gate_makes_both_places_of_it_the_same(update: str) -> None:
    case = Case(Spec("gru", update=update), T=1, B=3, d=2, h=4, k=5)
    weights = {name: array.copy() for name, array in case.weights.items()}
    case.cell.rows("r", weights["b_ih"])[...] = 99.0
    after, before = (
        cell_as(Spec("gru", update=update, reset=reset)).forward(weights, case.inputs[0], case.start)
        for reset in ("after", "before")
    )
    np.testing.assert_allclose(after.after[0], before.after[0], rtol=0, atol=1e-14)


def test_normalised_sums_do_not_feel_the_size_of_the_weights() -> None:
    """What layer norm is for (Ba et al. 2016, table 1): W times 8 gives the same state, up to ε."""
    case = Case(Spec("lstm", norm="layer"), T=1, B=3, d=2, h=4, k=5)
    scaled = case.weights | {"W_ih": 8 * case.weights["W_ih"], "W_hh": 8 * case.weights["W_hh"]}
    ours, theirs = (case.cell.forward(w, case.inputs[0], case.start).after[0] for w in (case.weights, scaled))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-4)
