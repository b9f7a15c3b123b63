"""Costs against torch's parameters, textbook formulas, and BPTT by hand with numbers that count."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.counting import costs as costs_module
from engine.counting.costs import costs
from engine.counting.counted import Tally
from engine.counting.multiplications import length, multiplications
from engine.counting.passes import backward, through_all
from engine.counting.polynomial import Polynomial, added, latex, letter, number, size
from engine.derivations.catalogue import MODELS, cleaned, options
from engine.derivations.derive import derive
from engine.derivations.programs import program, start_name
from engine.symbolic.jobs import Given, GradientJob
from engine.symbolic.report import Cost
from engine.tape.makers import add, fn, matmul, var

SIZES = {"h": 5, "d": 3, "k": 2, "T": 4}


def given_sizes(job: GradientJob, sizes: dict[str, int] = SIZES) -> GradientJob:
    """The job with numbers of other sizes, all of them 0.5."""

    def full(rows: int, columns: int) -> tuple[tuple[float, ...], ...]:
        return ((0.5,) * columns,) * rows

    def number_of(name: str) -> int:
        return 1 if name == "1" else sum(sizes[part] for part in name.split("+"))

    made = program(job)
    leaves = [(leaf.name, leaf) for leaf in made.parameters] + [(start_name(x), x) for x in made.starts]
    parameters = tuple((name, full(*map(number_of, leaf.shape))) for name, leaf in leaves)
    targets = full(sizes["T"] if job.outputs == "each" else 1, sizes["k"])
    return replace(
        job, steps=sizes["T"], given=Given("a test", parameters, full(sizes["T"], sizes["d"]), targets)
    )


def told(job: GradientJob) -> dict[str, Cost]:
    return {cost.name: cost for cost in costs(job, program(job))}


def value_of(formula: str, sizes: dict[str, int]) -> int:
    """A formula in LaTeX at sizes: letters side by side are multiplied."""
    w = sizes.get("w", 1)
    text = formula.replace(r"\lfloor\tfrac{T-1}{w}\rfloor", f"({(sizes.get('T', 1) - 1) // w})")
    text = text.replace(r"\left", "").replace(r"\right", "")
    pieces = re.findall(r"\^\d|\d+|[a-zA-Z]|[()+-]", text)
    assert "".join(pieces) == text.replace(" ", "")
    return _sum(pieces, sizes)


def _sum(pieces: list[str], sizes: dict[str, int]) -> int:
    total, sign, product = 0, 1, None
    while pieces and pieces[0] != ")":
        piece = pieces.pop(0)
        if piece in "+-":
            total, sign, product = total + sign * (product or 0), -1 if piece == "-" else 1, None
            continue
        factor = int(piece) if piece.isdigit() else sizes.get(piece, 0)
        if piece == "(":
            factor = _sum(pieces, sizes)
            pieces.pop(0)
        if pieces and pieces[0][0] == "^":
            factor **= int(pieces.pop(0)[1:])
        product = factor if product is None else product * factor
    return total + sign * (product or 0)


def test_the_reader_of_formulas_reads() -> None:
    assert (
        value_of(r"4\left(dh + 2h^2 - h\right) + hk - 1", {"d": 2, "h": 3, "k": 5}) == 4 * (6 + 18 - 3) + 14
    )


LAYERS = {
    "rnn": torch.nn.RNN,
    "lstm": torch.nn.LSTM,
    "gru": torch.nn.GRU,
    "birnn": lambda d, h: torch.nn.RNN(d, h, bidirectional=True),
    "layers": lambda d, h: torch.nn.RNN(d, h, num_layers=2),
}


@pytest.mark.parametrize("model", LAYERS)
@pytest.mark.parametrize("gates", ["apart", "stacked"])
def test_two_biases_are_torchs_and_one_is_what_torch_has_without_its_second(model: str, gates: str) -> None:
    layer = LAYERS[model](SIZES["d"], SIZES["h"])
    wide = SIZES["h"] * (2 if model == "birnn" else 1)
    output = sum(parameter.numel() for parameter in torch.nn.Linear(wide, SIZES["k"]).parameters())
    counts = {name: parameter.numel() for name, parameter in layer.named_parameters()}
    second = sum(many for name, many in counts.items() if name.startswith("bias_hh"))
    found = told(given_sizes(cleaned(GradientJob(model, gates=gates))))
    assert found["Parameters, two biases (PyTorch)"].value == sum(counts.values()) + output
    assert found["Parameters, one bias (books)"].value == sum(counts.values()) - second + output


def test_the_formulas_of_the_books() -> None:
    """n_RNN = dh + h² + h, four times that for the LSTM, three times for the GRU; PyTorch has h² + 2h."""
    lstm, gru = told(cleaned(GradientJob("lstm"))), told(cleaned(GradientJob("gru")))
    assert lstm["Parameters, one bias (books)"].latex == r"4\left(dh + h^2 + h\right) + hk + k"
    assert lstm["Parameters, two biases (PyTorch)"].latex == r"4\left(dh + h^2 + 2h\right) + hk + k"
    assert gru["Parameters, one bias (books)"].latex == r"3\left(dh + h^2 + h\right) + hk + k"
    assert gru["Parameters, two biases (PyTorch)"].latex == r"3\left(dh + h^2 + 2h\right) + hk + k"
    assert "Parameters as written here, with c_n" in gru
    assert len(told(cleaned(GradientJob("gru", reset="before")))) == len(gru) - 1


ALL = [
    cleaned(replace(base, **{option.field: choice.value}))
    for card in MODELS
    for scalar in (False, True)
    for base in [cleaned(GradientJob(card.key, steps=7, scalar=scalar))]
    for option in options(base)
    if option.field not in ("rows", "scalar", "activation")
    for choice in option.choices
]
JOBS = tuple(dict.fromkeys([*ALL, *(cleaned(GradientJob(card.key, steps=0)) for card in MODELS)]))


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.model}-{JOBS.index(job)}")
def test_every_formula_is_what_was_counted_and_has_the_value_shown(job: GradientJob) -> None:
    steps = job.steps or 4
    for cost in told(job).values():
        assert cost.check.ok, cost
        assert cost.check.points
        if not job.scalar:
            window = re.search(r"pieces of (\d+)", cost.name)
            w = int(window[1]) if window else 1
            k = 3 if job.loss == "cross-entropy" else 2
            sizes = {"h": 3, "d": 2, "k": k, "n": 4, "m": 4, "T": steps, "w": w}
            assert value_of(cost.latex, sizes) == cost.value, cost


def by_hand(each: bool, steps: int, h: int, d: int, k: int) -> int:
    """Multiplications of BPTT as one writes it down for a tanh network (Goodfellow et al. 2016, 10.2.2)."""
    tally = Tally()

    def some(*shape: int) -> Any:
        found = np.empty(shape, object)
        found[...] = np.vectorize(tally.number, otypes=[object])(
            np.random.default_rng(0).uniform(0.1, 1, shape)
        )
        return found

    W_h, W_o, states = some(h, h), some(k, h), [some(h, 1) for _ in range(steps + 1)]
    reached, used = some(h, 1), []
    for t in range(steps, 0, -1):
        arriving = []
        if each or t == steps:
            error = some(k, 1)
            used.append(error @ states[t].T)
            arriving.append(W_o.T @ error)
        if t < steps:
            arriving.append(W_h.T @ reached)
        one_less = -(states[t] * states[t]) + 1
        reached = one_less * sum(arriving[1:], arriving[0])
        used += [reached @ states[t - 1].T, reached @ some(d, 1).T]
    return tally.multiplied


@pytest.mark.parametrize("outputs", ["last", "each"])
@pytest.mark.parametrize("steps", [1, 2, 5, 12])
def test_bptt_takes_as_many_multiplications_as_by_hand(outputs: str, steps: int) -> None:
    sizes = {"h": 4, "d": 3, "k": 2, "T": steps}
    job = given_sizes(cleaned(GradientJob(outputs=outputs)), sizes)
    assert told(job)["Multiplications of BPTT"].value == by_hand(
        outputs == "each", **{"steps": steps}, h=4, d=3, k=2
    )


@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "birnn", "layers", "attention"])
def test_time_and_memory_grow_by_the_same_with_every_step(model: str) -> None:
    """O(T), not O(T²): the growth itself does not grow."""
    by_steps = [told(cleaned(GradientJob(model, outputs="each", steps=T))) for T in (10, 20, 30)]
    for name in ("Multiplications of the forward pass", "Multiplications of BPTT", "Numbers kept for BPTT"):
        first, second, third = (costs[name].value for costs in by_steps)
        assert third - second == second - first > 0
        assert by_steps[0][name].grows == r"\Theta(T)"
        assert "4 times" in by_steps[0][name].check.what


@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "layers"])
def test_truncation_saves_memory_and_hardly_time(model: str) -> None:
    short, long = (told(cleaned(GradientJob(model, outputs="each", truncate=5, steps=T))) for T in (10, 50))
    memory, time = (
        "Numbers kept for truncated BPTT, pieces of 5",
        "Multiplications of truncated BPTT, pieces of 5",
    )
    assert short[memory].value == long[memory].value
    assert long[memory].value < long["Numbers kept for BPTT"].value / 5
    assert long[memory].grows == r"\Theta(w)"
    assert 0.8 < long[time].value / long["Multiplications of BPTT"].value < 1
    assert long[time].grows == r"\Theta(T)"


@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "layers"])
def test_bptt_is_truncated_bptt_without_the_cuts(model: str) -> None:
    def total(lines: Any) -> Polynomial:
        return added(multiplications(line.right) * length(line.span) for line in lines)

    job = cleaned(GradientJob(model, outputs="each"))
    whole, cut = (backward(program(replace(job, truncate=window))) for window in (0, 3))
    assert total(whole) == total(through_all(cut)) != total(cut)


def test_what_stands_twice_in_a_line_is_computed_once() -> None:
    product = matmul(var("W", ("h", "d")), var("x", ("d", "1")))
    assert multiplications(add(product, fn("tanh", product))) == letter("h") * letter("d")


def test_a_wrong_formula_turns_its_badge_red(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_more(node: Any) -> Polynomial:
        return multiplications(node) + number(1)

    monkeypatch.setattr(costs_module, "multiplications", one_more)
    costs_module._counts.cache_clear()
    found = told(cleaned(GradientJob()))
    costs_module._counts.cache_clear()
    assert not found["Multiplications of BPTT"].check.ok
    assert found["Multiplications of BPTT"].check.error > 0
    assert found["Numbers kept for BPTT"].check.ok


small = st.dictionaries(
    st.lists(st.sampled_from("dhkT"), max_size=3).map(lambda letters: tuple(sorted(letters))),
    st.integers(-4, 4).filter(bool),
    max_size=4,
).map(Polynomial)
values = st.fixed_dictionaries({name: st.integers(0, 5) for name in "dhkT"})


@given(small, small, values)
def test_polynomials_compute_like_numbers(a: Polynomial, b: Polynomial, sizes: dict[str, int]) -> None:
    assert (a + b).at(sizes) == a.at(sizes) + b.at(sizes)
    assert (a - b).at(sizes) == a.at(sizes) - b.at(sizes)
    assert (a * b).at(sizes) == a.at(sizes) * b.at(sizes)
    assert a.put("T", b).at(sizes) == a.at({**sizes, "T": b.at(sizes)})
    assert sum(part.at(sizes) * sizes["T"] ** n for n, part in a.by("T").items()) == a.at(sizes)


@given(small, values)
def test_polynomials_are_written_as_what_they_are_worth(a: Polynomial, sizes: dict[str, int]) -> None:
    for outside in ((), ("T",), ("T", "h")):
        assert value_of(latex(a, outside), sizes) == a.at(sizes)


def test_sizes_of_the_tape_language() -> None:
    assert size("h+d") * size("h·k") == (letter("h") + letter("d")) * letter("h") * letter("k")
    assert size("1") == number(1)


@pytest.mark.parametrize(("wrt", "formula"), [("g_by_norm", "2n + 1"), ("g_by_value", "2n")])
def test_clipping_counts_the_asked_way_alone(wrt: str, formula: str) -> None:
    """By norm: n squares, a quotient, n products; by value a quotient and a product for each entry."""
    job = cleaned(GradientJob("clipping", wrt))
    for made in (program(job), derive(job).program):
        (cost,) = costs(job, made)
        assert (cost.latex, cost.check.ok) == (formula, True)


def test_softmax_with_cross_entropy_goes_back_without_a_multiplication() -> None:
    back = told(cleaned(GradientJob("softmax")))["Multiplications of the way back"]
    assert (back.latex, back.value, back.check.ok) == ("0", 0, True)


@pytest.mark.parametrize("model", ["rnn", "lstm", "gru", "birnn", "layers"])
@pytest.mark.parametrize("outputs", ["last", "each"])
def test_cross_entropy_takes_as_many_multiplications_as_half_a_square(model: str, outputs: str) -> None:
    """Either way the slope at the end is ŷ - y."""
    one, other = (
        told(cleaned(GradientJob(model, loss=loss, outputs=outputs))) for loss in ("half", "cross-entropy")
    )
    assert one["Multiplications of BPTT"].latex == other["Multiplications of BPTT"].latex
