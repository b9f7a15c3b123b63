"""A student's next line: right ones in many forms are accepted, wrong ones never, and each hears why."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.derivations.catalogue import MODELS, cleaned
from engine.symbolic.jobs import Given, GradientJob, WorkingJob
from engine.symbolic.report import Judged, Verdict
from engine.tape import makers, nodes
from engine.tape.index import At, at, first
from engine.tape.nodes import Node
from engine.tape.plain import plain
from engine.tape.walk import put, swap, walk
from engine.working.bench import bench
from engine.working.judging import judged

RNN, LSTM, GRU = GradientJob(), GradientJob(model="lstm", wrt="U_f"), GradientJob(model="gru", wrt="U_z")
SOFTMAX = GradientJob(model="softmax", wrt="s")
JOBS = [
    *(cleaned(GradientJob(model=card.key, wrt="")) for card in MODELS),
    RNN,
    LSTM,
    GRU,
    GradientJob(outputs="each", loss="whole"),
    GradientJob(loss="cross-entropy", activation="sigmoid", wrt="b_h"),
    GradientJob(scalar=True),
    GradientJob(steps=0),
    GradientJob(steps=1),
    GradientJob(steps=5, truncate=2, outputs="each"),
    GradientJob(model="lstm", wrt="W_f", gates="stacked"),
    GradientJob(model="gru", wrt="U_n", reset="before", update="take", outputs="each"),
]


def said(job: GradientJob, known: int, text: str) -> Verdict:
    return judged(WorkingJob(job, known, text))


def number(job: GradientJob, left: str, which: int = -1) -> int:
    """The number of the last line (or another) with this left side."""
    here = bench(cleaned(job))
    found = [n for n, step in enumerate(here.derivation.steps, 1) if plain(step.left, here.letters) == left]
    return found[which]


def after(job: GradientJob, left: str, text: str, which: int = -1) -> Verdict:
    """The verdict on `text` where the line about `left` comes next."""
    return said(job, number(job, left, which) - 1, text)


# --- what is right ---


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.model}-{job.wrt}-{job.steps}")
def test_every_line_as_it_stands_is_right(job: GradientJob) -> None:
    here = bench(cleaned(job))
    for line, step in enumerate(here.derivation.steps, 1):
        for side in step.chain:
            text = f"{plain(step.left, here.letters)} {step.relation} {plain(side, here.letters)}"
            if len(text) <= 250:
                verdict = said(job, line - 1, text)
                assert (verdict.judged, verdict.line) == (Judged.RIGHT, line), (text, verdict)


def rewritten(node: Node, dice: random.Random) -> Node:
    """The same matrix in another form: two or three changes that a student may make."""
    for _ in range(dice.randint(2, 3)):
        spots = [(part, other) for part in walk(node) for other in _forms(part, dice)]
        if spots:
            part, other = dice.choice(spots)
            node = swap(node, lambda found, part=part, other=other: other if found is part else None)
    return node


def _forms(part: Node, dice: random.Random) -> Iterator[Node]:
    match part:
        case nodes.Add(_, terms):
            yield nodes.once(nodes.Add(part.shape, tuple(dice.sample(terms, len(terms)))))
            yield makers.neg(makers.add(*map(makers.neg, terms)))
        case nodes.Hadamard(_, factors):
            yield nodes.once(nodes.Hadamard(part.shape, tuple(dice.sample(factors, len(factors)))))
            one, *rest = factors
            if one.shape == part.shape and part.shape[1] == "1" and makers.times(*rest).shape == part.shape:
                yield makers.matmul(makers.diag(one), makers.times(*rest))
            yield from _spread(makers.times, factors)
        case nodes.MatMul(_, factors):
            yield makers.transpose(makers.matmul(*(makers.transpose(one) for one in reversed(factors))))
            yield from _spread(makers.matmul, factors)
        case nodes.Diag(_, body):
            yield makers.transpose(part)
            if isinstance(body, nodes.Hadamard):
                yield makers.matmul(*map(makers.diag, body.factors))
        case nodes.Fn(_, "tanh", body, True):
            yield makers.minus(makers.fill(1, part.shape), makers.power(makers.fn("tanh", body), 2))
        case nodes.Sum(_, body, index, low, high) if (
            low == first and index != "l" and not _has(body, nodes.Sum)
        ):
            yield makers.sum_over(put(body, index, At("l", 1)), "l", low - 1, high - 1)
            if _has(body, nodes.Prod):
                return  # an empty product, from T down to T + 1, reads like one of two factors
            yield makers.add(makers.sum_over(body, index, low, high - 1), put(body, index, high))
        case nodes.Var(_, name, time) if time is not None and name in _SQUASHED:
            before, function = _SQUASHED[name]
            if time.base or time.shift:
                yield makers.fn(function, makers.var(before, part.shape, time))


def _has(node: Node, kind: type[Node]) -> bool:
    return any(isinstance(part, kind) for part in walk(node))


# of an LSTM
_SQUASHED = {"f": ("a_f", "sigmoid"), "i": ("a_i", "sigmoid"), "g": ("a_g", "tanh"), "m": ("c", "tanh")}


def _spread(maker, factors: tuple[Node, ...]) -> Iterator[Node]:
    """a (b + c) as a b + a c."""
    for place, factor in enumerate(factors):
        if isinstance(factor, nodes.Add) and factor.shape != nodes.NUMBER:
            before, rest = factors[:place], factors[place + 1 :]
            yield makers.add(*(maker(*before, term, *rest) for term in factor.terms))


@pytest.mark.parametrize(
    "job", [RNN, LSTM, GRU, JOBS[-8], JOBS[-1]], ids=lambda job: f"{job.model}-{job.loss}"
)
def test_right_lines_in_other_forms_are_accepted(job: GradientJob) -> None:
    dice, here, tried = random.Random(7), bench(cleaned(job)), 0  # noqa: S311 - a test draws what it likes
    for line, step in enumerate(here.derivation.steps, 1):
        for side in step.chain * 3:
            other = rewritten(side, dice)
            text = f"{plain(step.left, here.letters)} {step.relation} {plain(other, here.letters)}"
            if other is not side and len(text) <= 200:
                tried += 1
                verdict = said(job, line - 1, text)
                assert (verdict.judged, verdict.line) == (Judged.RIGHT, line), (text, verdict)
    assert tried > 25


@pytest.mark.parametrize(
    ("left", "text"),
    [
        ("delta_t", "diag(1 - h_t^2) dL/dh_t"),
        ("delta_t", "dL/dh_t ⊙ (1 - tanh(a_t)^2)"),
        ("delta_t", "tanh'(a_t) ⊙ dL/dh_t"),
        ("delta_t", r"\left(1 - h_t \odot h_t\right) \odot \frac{\partial L}{\partial h_t}"),
        ("delta_t", "dL/dh_t - h_t ⊙ h_t ⊙ dL/dh_t"),
        ("dL/dh_t", "W_hh^T δ_{t+1}"),
        ("dL/dh_t", "(δ_{t+1}^T W_h)^T"),
        ("dL/dh_t", "W_hᵀ ((1 - h_{t+1}²) ⊙ dL/dh_{t+1})"),
        ("dL/dh_t", "W_hᵀ diag(1 - h_{t+1}^2) dL/dh_{t+1}"),
        ("dL/dW_h", "sum_{k=1}^{T} δ_k h_{k-1}ᵀ"),
        ("dL/dW_h", "sum_{t=0}^{T-1} δ_{t+1} h_tᵀ"),
        ("dL/dW_h", "sum_{t=1}^{T} diag(1 - h_t^2) dL/dh_t h_{t-1}^T"),
        ("dL/dW_h", "sum_{t=1}^{T-1} δ_t h_{t-1}ᵀ + δ_T h_{T-1}ᵀ"),
        ("dL/dW_h", "δ_1 h_0ᵀ + δ_2 h_1ᵀ + δ_3 h_2ᵀ"),
    ],
)
def test_what_students_write_for_the_plain_network(left: str, text: str) -> None:
    verdict = after(RNN, left, text, 0)
    assert verdict.judged is Judged.RIGHT, verdict
    assert verdict.line == number(RNN, left, 0)
    assert verdict.latex.startswith(("\\frac", "\\delta"))


def test_a_case_of_a_family_is_its_line() -> None:
    verdict = after(RNN, "dL/dh_t", "dL/dh_2 = W_h^T delta_3")
    assert (verdict.judged, verdict.line) == (Judged.RIGHT, number(RNN, "dL/dh_t"))


def test_a_product_of_many_steps_is_not_its_last_one() -> None:
    text = "d⁺h_3/dh_j = prod_{k=3}^{j+1} diag(z_k)"
    verdict = said(GRU, number(GRU, "dL/dU_z"), text)
    assert (verdict.judged, verdict.line) == (Judged.SKIPS, number(GRU, "d⁺h_3/dh_j"))
    assert said(GRU, verdict.line - 1, text).judged is Judged.RIGHT


def test_a_line_may_be_read_from_right_to_left() -> None:
    assert after(RNN, "dL/dh_t", "W_h^T delta_{t+1} = dL/dh_t").judged is Judged.RIGHT


def test_lines_that_only_a_finer_telling_has_may_be_left_out() -> None:
    known = number(RNN, "dL/dh_3")
    assert number(RNN, "dL/dh_t") > known + 1
    verdict = said(RNN, known, "W_h^T delta_{t+1}")
    assert (verdict.judged, verdict.line) == (Judged.RIGHT, number(RNN, "dL/dh_t"))


def test_at_the_start_any_line_may_be_typed() -> None:
    verdict = said(RNN, 0, "dL/dW_h = sum_{t=1}^{T} delta_t h_{t-1}^T")
    assert (verdict.judged, verdict.line) == (Judged.RIGHT, number(RNN, "dL/dW_h", 0))


def test_rows_are_read_as_rows() -> None:
    job = GradientJob(rows=True)
    assert after(job, "a_t", "a_t = h_{t-1} W_h + x_t W_i + b_h").judged is Judged.RIGHT
    assert after(job, "dL/dh_t", "dL/dh_t = delta_{t+1} W_h^T").judged is Judged.RIGHT
    assert after(job, "dL/dh_t", "dL/dh_t = delta_{t+1} W_h").mistake == "W not transposed"
    assert after(job, "dL/dW_h", "sum_{t=1}^T h_{t-1}^T delta_t", 0).judged is Judged.RIGHT
    assert after(job, "dh_k/dh_{k-1}", "W_h diag(1 - h_k^2)").judged is Judged.RIGHT


# --- what is true, but not the next line ---


def test_a_later_line_skips_those_that_it_needs() -> None:
    known = number(RNN, "dL/dyhat")
    verdict = said(RNN, known, "dL/dW_h = sum_{t=1}^{T} delta_t h_{t-1}^T")
    assert verdict.judged is Judged.SKIPS
    assert verdict.line == number(RNN, "dL/dW_h", 0)
    for left in ("dL/dh_3", "dL/dh_t", "delta_t"):
        assert f"line {number(RNN, left)}" in verdict.sentence


def test_quantities_that_no_line_has_given_are_named() -> None:
    verdict = after(
        LSTM,
        "dL/dh_t",
        "U_f^T (f_{t+1} (1 - f_{t+1}) dL/df_{t+1}) + U_i^T δ_{i,t+1}"
        " + U_g^T δ_{g,t+1} + U_o^T δ_{o,t+1}".replace(" (1", " ⊙ (1").replace(") dL", ") ⊙ dL"),
    )
    assert verdict.judged is Judged.SKIPS
    assert f"line {number(LSTM, 'dL/df_t')}" in verdict.sentence


@pytest.mark.parametrize("text", ["h_t = h_t", "0 = 0", "dL/dh_t = dL/dh_t", "2 delta_t - delta_t = delta_t",
                                  "(delta_{t+1}^T W_h)^T = W_h^T delta_{t+1}"])  # fmt: skip
def test_what_is_true_of_any_numbers_is_no_progress(text: str) -> None:
    verdict = after(RNN, "dL/dh_t", text)
    assert (verdict.judged, verdict.line) == (Judged.SKIPS, 0)
    assert "says nothing" in verdict.sentence


def test_finding_something_from_itself_is_no_progress() -> None:
    text = "delta_t = delta_t ⊙ (1 - h_t^2) / (1 - tanh(a_t)^2)"
    assert "says nothing" in after(RNN, "delta_t", text).sentence


def test_an_earlier_line_again_is_named() -> None:
    verdict = after(RNN, "dL/dW_h", "h_t = tanh(a_t)")
    assert (verdict.judged, verdict.line) == (Judged.SKIPS, number(RNN, "h_t"))
    assert "again" in verdict.sentence


def test_after_the_last_line_there_is_none() -> None:
    verdict = said(RNN, 999, "delta_t")
    assert verdict.judged is Judged.UNREADABLE
    assert "finished" in verdict.sentence


def test_another_gradient_is_not_in_this_derivation() -> None:
    verdict = after(RNN, "dL/dW_h", "dL/dW_i = sum_{t=1}^{T} delta_t x_t^T")
    assert verdict.judged is Judged.UNREADABLE
    assert "no line about" in verdict.sentence


# --- other conventions ---


@pytest.mark.parametrize(
    ("job", "left", "text", "name"),
    [
        (RNN, "dL/dyhat", "2 (yhat - y)", "loss without the 1/2"),
        (RNN, "L", "L = ‖yhat - y‖^2", "loss without the 1/2"),
        (GradientJob(loss="whole"), "dL/dyhat", "yhat - y", "loss with the 1/2"),
        (RNN, "dL/dyhat", "y - yhat", "minus the gradient"),
        (GradientJob(loss="cross-entropy"), "dL/ds", "y - yhat", "minus the gradient"),
        (RNN, "dL/dW_h", "sum_{t=1}^T h_{t-1} delta_t^T", "derivatives transposed"),
        (GradientJob(wrt="W_i"), "dL/dW_i", "dL/dW_i = sum_{t=1}^T x_t delta_t^T", "derivatives transposed"),
        (RNN, "a_t", "a_t = h_{t-1} W_h + x_t W_i + b_h", "vectors as rows"),
        (GradientJob(rows=True), "a_t", "a_t = W_h h_{t-1} + W_i x_t + b_h", "vectors as columns"),
        (
            *(RNN, "dL/dh_t", "delta_t = W_h^T ((1 - h_{t+1}^2) ⊙ delta_{t+1})"),
            "δ for the gradient of the state",
        ),
        (GradientJob(outputs="each"), "dL/dyhat_t", "(1/3) (yhat_t - y_t)", "mean over time"),
        (GradientJob(outputs="each"), "L", "L = (1/3) sum_{t=1}^{3} L_t", "mean over time"),
        (GRU, "h_t", "(1 - z_t) ⊙ h_{t-1} + z_t ⊙ n_t", "GRU z takes the new state"),
        (GradientJob(model="gru", update="take", wrt="U_z"), "dL/dn_t", "(1 - z_t) ⊙ dL/dh_t",
         "GRU z keeps the old state"),
        (GRU, "a_{n,t}", "a_{n,t} = W_n x_t + U_n (r_t ⊙ h_{t-1}) + b_n", "GRU reset before the product"),
        (GradientJob(model="gru", reset="before", wrt="U_z"), "a_{n,t}",
         "a_{n,t} = W_n x_t + b_n + r_t ⊙ (U_n h_{t-1} + c_n)", "GRU reset after the product"),
        (LSTM, "a_{f,t}", "a_{f,t} = W_f [h_{t-1}; x_t] + b_f", "one matrix a gate"),
        (GradientJob(model="lstm", wrt="W_f", gates="stacked"), "a_{f,t}",
         "a_{f,t} = W_f x_t + U_f h_{t-1} + b_f", "two matrices a gate"),
    ],
)  # fmt: skip
def test_other_conventions_are_named(job: GradientJob, left: str, text: str, name: str) -> None:
    verdict = after(job, left, text, 0)
    assert verdict.judged is Judged.CONVENTION, verdict
    assert verdict.sentence.startswith(f"**{name}.**")
    assert verdict.line == number(job, left, 0)


# --- what is wrong ---


@pytest.mark.parametrize(
    ("job", "left", "text", "mistake"),
    [
        (RNN, "dL/dW_h", "delta_T h_{T-1}^T", "last term of the sum only"),
        (RNN, "dL/dW_h", "delta_1 h_0^T", "first term of the sum only"),
        (RNN, "dL/dW_h", "delta_t h_{t-1}^T", "no sum over time"),
        (RNN, "dL/dW_h", "sum_{t=2}^{T} delta_t h_{t-1}^T", "sum off by one"),
        (RNN, "dL/dW_h", "sum_{t=1}^{T} delta_t h_t^T", "h_t for h_{t-1}"),
        (RNN, "dL/dW_h", "sum_{t=1}^{T} delta_t x_t^T", "x_t for h_{t-1}"),
        (RNN, "dL/dW_h", "sum_{t=1}^{T} dL/dh_t h_{t-1}^T", "missing tanh'"),
        (RNN, "dL/dW_h", "-sum_{t=1}^{T} delta_t h_{t-1}^T", "wrong sign"),
        (RNN, "dL/dW_h", "2 sum_{t=1}^{T} delta_t h_{t-1}^T", "factor 2"),
        (RNN, "dL/dW_h", "sum_{t=0}^{T-1} ((1 - h_{t+1}^2) ⊙ dL/dh_{t+1}) h_{t+1}^T", "h_t for h_{t-1}"),
        (RNN, "dL/dh_t", "W_h delta_{t+1}", "W not transposed"),
        (RNN, "dL/dh_t", "W_h^T delta_t", "δ_t for δ_{t+1}"),
        (RNN, "dL/dh_t", "W_h^T dL/dh_{t+1}", "missing tanh'"),
        (RNN, "dL/dh_t", "W_h^T ((1 - h_{t+1}) ⊙ dL/dh_{t+1})", "1 - h for 1 - h²"),
        (RNN, "dL/dh_3", "dL/dh_t = W_o^T dL/dyhat", "t for T"),
        (RNN, "delta_t", "(1 - tanh(h_t)^2) ⊙ dL/dh_t", "tanh of h, not of a"),
        (RNN, "delta_t", "h_t ⊙ (1 - h_t) ⊙ dL/dh_t", "σ' for tanh'"),
        (RNN, "delta_t", "tanh(a_t) ⊙ dL/dh_t", "φ for φ'"),
        (RNN, "dh_k/dh_{k-1}", "W_h diag(1 - h_k^2)", "order of the matrix product"),
        (GradientJob(outputs="each"), "dL/dh_t", "W_h^T delta_{t+1}", "missing output term"),
        (GradientJob(outputs="each"), "dL/dh_t", "W_o^T dL/dyhat_t", "missing recurrent term"),
        (GradientJob(wrt="b_h"), "dL/db_h", "delta_T", "last term of the sum only"),
        (GradientJob(wrt="b_h"), "dL/db_h", "sum_{t=1}^{T} delta_t ⊙ h_{t-1}", "wrong bias sum"),
        (LSTM, "dL/dU_f", "delta_{f,3} h_2^T", "last term of the sum only"),
        (LSTM, "dL/dU_f", "sum_{t=1}^{3} delta_{i,t} h_{t-1}^T", "gates swapped"),
        (LSTM, "dL/dU_f", "sum_{t=1}^{3} delta_{f,t} h_t^T", "h_t for h_{t-1}"),
        (LSTM, "dL/dU_f", "sum_{t=1}^{3} dL/df_t h_{t-1}^T", "missing σ'"),
        (LSTM, "c_t", "i_t ⊙ c_{t-1} + f_t ⊙ g_t", "gates swapped"),
        (LSTM, "dL/df_t", "c_t ⊙ dL/dc_t", "c_t for c_{t-1}"),
        (LSTM, "dL/do_t", "c_t ⊙ dL/dh_t", "before the function, not after"),
        (LSTM, "dL/dc_t", "(1 - m_t^2) ⊙ dL/dm_t", "missing term"),
        (LSTM, "dL/dc_t", "(1 - m_t^2) ⊙ dL/dm_t + f_t ⊙ dL/dc_{t+1}", "f_t for f_{t+1}"),
        (LSTM, "dL/dc_t", "(1 - m_t^2) ⊙ dL/dm_t + i_{t+1} ⊙ dL/dc_{t+1}", "gates swapped"),
        (LSTM, "delta_{f,t}", "dL/df_t", "missing σ'"),
        (LSTM, "delta_{f,t}", "(1 - f_t) ⊙ dL/df_t", "half of σ'"),
        (LSTM, "delta_{f,t}", "(1 - f_t^2) ⊙ dL/df_t", "tanh' for σ'"),
        (LSTM, "delta_{g,t}", "g_t ⊙ (1 - g_t) ⊙ dL/dg_t", "σ' for tanh'"),
        (LSTM, "dL/dh_t", "U_f δ_{f,t+1} + U_i^T δ_{i,t+1} + U_g^T δ_{g,t+1} + U_o^T δ_{o,t+1}",
         "W not transposed"),
        (LSTM, "dL/dh_t", "U_f^T δ_{i,t+1} + U_i^T δ_{f,t+1} + U_g^T δ_{g,t+1} + U_o^T δ_{o,t+1}",
         "gates swapped"),
        (LSTM, "dL/dh_t", "U_i^T δ_{i,t+1} + U_g^T δ_{g,t+1} + U_o^T δ_{o,t+1}", "missing term"),
        (LSTM, "d⁺c_3/dc_j", "prod_{k=3}^{j} diag(f_k)", "product off by one"),
        (GRU, "dL/dU_z", "delta_{z,3} h_2^T", "last term of the sum only"),
        (GRU, "dL/dU_z", "sum_{t=1}^{3} delta_{z,t} h_t^T", "h_t for h_{t-1}"),
        (GRU, "dL/dU_z", "sum_{t=1}^{3} delta_{r,t} h_{t-1}^T", "gates swapped"),
        (GRU, "delta_{z,t}", "(h_{t-1} - n_t) ⊙ dL/dh_t", "missing σ'"),
        (GRU, "delta_{n,t}", "dL/dn_t", "missing tanh'"),
        (GRU, "dL/dz_t", "(h_t - n_t) ⊙ dL/dh_t", "h_t for h_{t-1}"),
        (GRU, "dL/dh_t", "U_z δ_{z,t+1} + U_r^T δ_{r,t+1} + U_n^T dL/dq_{t+1} + z_{t+1} ⊙ dL/dh_{t+1}",
         "W not transposed"),
    ],
)  # fmt: skip
def test_mistakes_are_named(job: GradientJob, left: str, text: str, mistake: str) -> None:
    verdict = after(job, left, text, 0)
    assert verdict.judged is Judged.WRONG, verdict
    assert verdict.mistake == mistake
    assert verdict.line == number(job, left, 0)
    assert "«" not in verdict.sentence
    assert verdict.sentence.count("$") % 2 == 0


def test_the_first_number_that_differs_is_shown() -> None:
    verdict = after(RNN, "dL/dh_t", "W_h^T delta_{t+1} + 0.5 h_t")
    assert verdict.judged is Judged.WRONG
    assert verdict.where == "t = 1, row 1"
    assert not verdict.mistake
    h = bench(RNN).value(makers.var("h", ("h", "1"), at(1)), {})[0, 0, 0, 0]
    assert verdict.yours is not None
    assert verdict.right is not None
    assert verdict.yours - verdict.right == pytest.approx(h / 2)


def test_nearly_right_is_wrong() -> None:
    assert after(RNN, "dL/dh_t", "1.0000001 W_h^T delta_{t+1}").judged is Judged.WRONG
    assert after(RNN, "dL/dh_t", "W_h^T delta_{t+1} + 0.0000001 delta_t").judged is Judged.WRONG


@pytest.mark.parametrize(
    ("job", "text", "reason"),
    [
        (SOFTMAX, "L = -yhat^T log(y)", "logarithm of 0"),
        (SOFTMAX, "dL/ds = log(y)", "logarithm of 0"),
        (SOFTMAX, "dL/dyhat = -yhat / y", "divides by 0"),
        (GradientJob(loss="cross-entropy", outputs="each"), "dL/dyhat_t = -yhat_t / y_t", "divides by 0"),
        (GradientJob(activation="relu"), "dL/dh_3 = 1 / h_3", "divides by 0"),
        (SOFTMAX, "dL/ds = log(s - s)", "logarithm of 0"),
    ],
)
def test_what_is_no_finite_number_is_wrong(job: GradientJob, text: str, reason: str) -> None:
    for known in (0, 3):
        verdict = said(job, known, text)
        assert verdict.judged is Judged.WRONG, verdict
        assert reason in verdict.sentence
        assert (verdict.yours, verdict.right) == (None, None)


def test_an_infinite_bound_is_none() -> None:
    left = "norm(dh_k/dh_{k-1})"
    assert after(RNN, left, f"{left} ≤ norm(W_h) / norm(h_k - tanh(a_k))").judged is Judged.WRONG


@pytest.mark.parametrize("text", ["dh_t/dh_t = I", "dh_3/dh_3 = I", "da_t/da_t = I", "d⁺h_t/dh_t = I"])
def test_a_quantity_by_itself_has_the_slope_1(text: str) -> None:
    assert said(RNN, 0, text).judged is Judged.SKIPS
    assert said(RNN, 0, text.replace("= I", "= 0")).judged is Judged.WRONG


def test_among_other_pairs_of_times_a_quantity_by_itself_has_the_slope_1() -> None:
    h = makers.var("h", ("h", "1"), At("t")), makers.var("h", ("h", "1"), At("j"))
    pairs = {"t": np.array([1, 3, 3, 2]), "j": np.array([1, 3, 1, 2])}
    found = bench(RNN).value(makers.partial(*h), pairs)
    size = found.shape[-1]
    for case in (0, 1, 3):
        assert (found[:, case] == np.eye(size)).all()
    assert not np.allclose(found[:, 2], np.eye(size))


def test_a_bound_is_no_equation_and_another_bound_is_not_this_one() -> None:
    left = "norm(dh_k/dh_{k-1})"
    assert after(RNN, left, f"{left} ≤ norm(W_h)").judged is Judged.RIGHT
    assert after(RNN, left, f"{left} <= norm(W_h)").judged is Judged.RIGHT
    assert after(RNN, left, f"{left} = norm(W_h)").mistake == "= for ≤"
    assert after(RNN, left, rf"{left} \le 2 norm(W_h)").judged is Judged.SKIPS
    assert after(RNN, left, f"{left} ≤ 0.001 norm(W_h)").judged is Judged.WRONG


def test_with_T_a_letter_a_number_for_it_is_not_right() -> None:
    job = GradientJob(steps=0)
    assert after(job, "dL/dW_h", "sum_{t=1}^{T} delta_t h_{t-1}^T").judged is Judged.RIGHT
    assert after(job, "dL/dW_h", "sum_{t=1}^{4} delta_t h_{t-1}^T").mistake == "a number for T"


def test_given_numbers_that_do_not_fit_are_told() -> None:
    job = GradientJob(given=Given("a test", (), ((1.0,),), ((1.0,),)))
    verdict = said(job, 8, "W_h delta_{t+1}")
    assert verdict.judged is Judged.UNREADABLE
    assert "a test" in verdict.sentence


# --- whatever is typed ---


@given(st.text(max_size=60))
@settings(max_examples=150)
def test_any_text_gets_a_verdict(text: str) -> None:
    verdict = said(RNN, 8, text)
    assert isinstance(verdict.judged, Judged)
    assert verdict.sentence
    assert verdict.text == text


_PIECES = [
    *("W_h", "h_t", "h_{t-1}", "δ_t", "dL/dh_t", "dL/dW_h", "x_t", "h_{t+9}", "W_o", "yhat", "2", "0", "1"),
    *("^T", "⊙", "(", ")", "=", "+", "-", "/", "≤", "^{-1}", "tanh", "log"),
    *("sum_{t=1}^{T}", "prod_{k=1}^{t}"),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=9), st.integers(-2, 40))
@settings(max_examples=60)
def test_any_heap_of_symbols_gets_a_verdict(pieces: list[str], known: int) -> None:
    assert said(RNN, known, " ".join(pieces)).sentence
