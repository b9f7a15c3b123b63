"""Textbook lines and the lines that students get wrong: all of the first are accepted, none of the second."""

from __future__ import annotations

import pytest

from engine.derivations.catalogue import cleaned
from engine.symbolic.jobs import GradientJob, WorkingJob
from engine.symbolic.report import Judged, Verdict
from engine.working.bench import bench
from engine.working.judging import judged
from tests.counted import counted

RNN, EACH = GradientJob(), GradientJob(outputs="each", loss="cross-entropy")
LSTM, GRU = GradientJob(model="lstm", wrt="U_f"), GradientJob(model="gru", wrt="U_z")
SOFTMAX, ATTENTION = GradientJob(model="softmax", wrt="s"), GradientJob(model="attention", wrt="W_a")

RIGHT = [
    (RNN, "a_t = W_hh h_{t-1} + W_xh x_t + b_h"),
    (RNN, r"h_t = \tanh(W_h h_{t-1} + W_i x_t + b_h)"),
    (RNN, "yhat = V h_T + b_o"),
    (RNN, r"L = \frac{1}{2} (\hat{y} - y)^\top (\hat{y} - y)"),
    (RNN, r"\frac{\partial L}{\partial \hat{y}} = \hat{y} - y"),
    (RNN, "dL/dh_T = W_o^T (yhat - y)"),
    (RNN, "dyhat/dh_T = W_o"),
    (RNN, "dL/dh_t = W_h^T delta_{t+1}"),
    (RNN, "dL/dh_t = (dh_{t+1}/dh_t)^T dL/dh_{t+1}"),
    (RNN, r"\delta_t = (1 - h_t^2) \odot \frac{\partial L}{\partial h_t}"),
    (RNN, "delta_t = (1 - h_t^2) ⊙ W_h^T delta_{t+1}"),
    (RNN, "delta_t = diag(1 - h_t^2) W_h^T delta_{t+1}"),
    (RNN, "delta_t = diag(tanh'(a_t)) W_h^T delta_{t+1}"),
    (RNN, "delta_T = (1 - h_T^2) ⊙ (W_o^T (yhat - y))"),
    (RNN, "dh_t/dh_{t-1} = diag(1 - h_t^2) W_h"),
    (RNN, "J_k = diag(1 - h_k^2) W_h"),
    (RNN, "dh_t/da_t = diag(1 - h_t^2)"),
    (RNN, "da_t/dh_{t-1} = W_h"),
    (RNN, "dh_T/dh_j = prod_{k=j+1}^{T} diag(1 - h_k^2) W_h"),
    (RNN, "dh_t/dh_j = prod_{k=j+1}^{t} diag(1 - h_k^2) W_h"),
    (RNN, "dh_t/dh_j = dh_t/dh_{j+1} diag(1 - h_{j+1}^2) W_h"),
    (RNN, "dL/dW_h = sum_{t=1}^{T} delta_t h_{t-1}^T"),
    (RNN, "dL/dW_h = sum_{t=1}^{T} diag(1 - h_t^2) dL/dh_t h_{t-1}^T"),
    (GradientJob(wrt="W_i"), "dL/dW_i = sum_{t=1}^{T} delta_t x_t^T"),
    (GradientJob(wrt="b_h"), "dL/db_h = sum_{t=1}^{T} delta_t"),
    (GradientJob(wrt="b_o"), r"\frac{\partial \hat{y}}{\partial b_o} = I"),
    (GradientJob(wrt="b_o"), "dL/db_o = yhat - y"),
    (GradientJob(wrt="W_o"), "dL/dW_o = (yhat - y) h_T^T"),
    (EACH, "yhat_t = softmax(W_o h_t + b_o)"),
    (EACH, "L_t = -y_t^T log(yhat_t)"),
    (EACH, "dL/ds_t = yhat_t - y_t"),
    (EACH, "dL/dh_t = W_o^T (yhat_t - y_t) + W_h^T delta_{t+1}"),
    (EACH, "delta_t = (1 - h_t^2) ⊙ (W_o^T (yhat_t - y_t) + W_h^T delta_{t+1})"),
    (LSTM, "f_t = sigma(W_f x_t + U_f h_{t-1} + b_f)"),
    (LSTM, "c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t"),
    (LSTM, "h_t = o_t ⊙ tanh(c_t)"),
    (LSTM, "dL/do_t = dL/dh_t ⊙ tanh(c_t)"),
    (LSTM, "dL/df_t = dL/dc_t ⊙ c_{t-1}"),
    (LSTM, "dL/dc_t = o_t ⊙ (1 - tanh(c_t)^2) ⊙ dL/dh_t + f_{t+1} ⊙ dL/dc_{t+1}"),
    (LSTM, "delta_{f,t} = dL/dc_t ⊙ c_{t-1} ⊙ f_t ⊙ (1 - f_t)"),
    (LSTM, "dL/dU_f = sum_{t=1}^{T} delta_{f,t} h_{t-1}^T"),
    (LSTM, "d⁺c_t/dc_{t-1} = diag(f_t)"),
    (LSTM, "da_{f,t}/dh_{t-1} = U_f"),
    (GRU, "z_t = sigma(W_z x_t + U_z h_{t-1} + b_z)"),
    (GRU, "h_t = (1 - z_t) ⊙ n_t + z_t ⊙ h_{t-1}"),
    (GRU, "dL/dz_t = dL/dh_t ⊙ (h_{t-1} - n_t)"),
    (GRU, "delta_{n,t} = dL/dh_t ⊙ (1 - z_t) ⊙ (1 - n_t^2)"),
    (GRU, "dL/dU_z = sum_{t=1}^{T} delta_{z,t} h_{t-1}^T"),
    (GRU, "d⁺h_t/dh_{t-1} = diag(z_t)"),
    (SOFTMAX, "yhat = exp(s) / (1^T exp(s))"),
    (SOFTMAX, "L = -y^T log(yhat)"),
    (SOFTMAX, "dyhat/ds = diag(yhat) - yhat yhat^T"),
    (SOFTMAX, "dL/dyhat = -y / yhat"),
    (SOFTMAX, "dL/ds = yhat - y"),
    (ATTENTION, "alpha = softmax(e)"),
    (ATTENTION, "c = H alpha"),
    (ATTENTION, "e = K^T v_a"),
    (ATTENTION, "dL/ds = yhat - y"),
    (ATTENTION, "dL/dalpha = H^T dL/dc"),
    (ATTENTION, "dL/de = (diag(alpha) - alpha alpha^T) dL/dalpha"),
]
WRONG = [
    (RNN, "a_t = W_h h_t + W_i x_t + b_h"),
    (RNN, "h_t = sigma(a_t)"),
    (RNN, "L = ‖yhat - y‖"),
    (RNN, "dL/dyhat = yhat + y"),
    (RNN, "dL/dh_T = W_o (yhat - y)"),
    (RNN, "dL/dh_t = W_h delta_{t+1}"),
    (RNN, "dL/dh_t = W_h^T delta_t"),
    (RNN, "dL/dh_t = dh_{t+1}/dh_t dL/dh_{t+1}"),
    (RNN, "dL/dh_t = W_h^T dL/dh_{t+1}"),
    (RNN, "delta_t = (1 - h_t) ⊙ dL/dh_t"),
    (RNN, "delta_t = (1 - h_t^2) ⊙ W_h delta_{t+1}"),
    (RNN, "delta_t = (1 - h_{t+1}^2) ⊙ W_h^T delta_{t+1}"),
    (RNN, "delta_t = W_h^T diag(1 - h_t^2) delta_{t+1}"),
    (RNN, "delta_t = W_h^T delta_{t+1}"),
    (RNN, "delta_t = (1 - h_t^2) ⊙ W_h^T delta_{t-1}"),
    (RNN, "dh_t/dh_{t-1} = W_h diag(1 - h_t^2)"),
    (RNN, "dh_t/dh_{t-1} = diag(1 - h_{t-1}^2) W_h"),
    (RNN, "dh_t/dh_{t-1} = diag(1 - h_t^2) W_h^T"),
    (GradientJob(steps=5), "dh_t/dh_j = diag(1 - h_t^2) W_h"),
    (GradientJob(steps=5), "dh_t/dh_1 = diag(1 - h_t^2) W_h"),
    (GradientJob(steps=5), "dh_5/dh_j = diag(1 - h_5^2) W_h"),
    (RNN, "dh_t/dh_j = diag(1 - h_t^2) W_h"),
    (RNN, "dh_t/dh_j = W_h"),
    (RNN, "dh_t/dh_j = prod_{k=j}^{t} diag(1 - h_k^2) W_h"),
    (RNN, "dh_t/dh_j = 0"),
    (RNN, "dh_t/dh_j = I"),
    (RNN, "dh_T/dh_j = prod_{k=j+1}^{T} W_h diag(1 - h_k^2)"),
    (RNN, "dh_t/dh_t = 0"),
    (RNN, "da_t/dh_j = W_h"),
    (RNN, "dh_3/dh_1 = diag(1 - h_3^2) W_h"),
    (RNN, "dL/dW_h = delta_T h_{T-1}^T"),
    (RNN, "dL/dW_h = sum_{t=1}^{T} delta_t h_t^T"),
    (RNN, "dL/dW_h = sum_{t=2}^{T} delta_t h_{t-1}^T"),
    (RNN, "dL/dW_h = sum_{t=1}^{T} dL/dh_t h_{t-1}^T"),
    (RNN, "dL/dh_3 = 1 / (h_3 - h_3)"),
    (GradientJob(activation="relu"), "dL/dh_3 = 1/h_3"),
    (GradientJob(wrt="b_h"), "dL/db_h = delta_T"),
    (GradientJob(wrt="b_h"), "da_t/db_h = 2 I"),
    (GradientJob(wrt="b_o"), "dyhat/db_o = W_o W_o^T"),
    (EACH, "dL/ds_t = yhat_t + y_t"),
    (EACH, "dL/dh_t = W_o^T (yhat_t - y_t)"),
    (EACH, "dL/dyhat_t = -yhat_t / y_t"),
    (EACH, "dL/dyhat_t = yhat_t - y_t"),
    (EACH, "delta_t = (1 - h_t^2) ⊙ W_h^T delta_{t+1}"),
    (LSTM, "c_t = i_t ⊙ c_{t-1} + f_t ⊙ g_t"),
    (LSTM, "h_t = o_t ⊙ c_t"),
    (LSTM, "dL/dh_t = U_f^T delta_{f,t+1}"),
    (LSTM, "dL/dc_t = f_{t+1} ⊙ dL/dc_{t+1}"),
    (LSTM, "dL/dc_t = o_t ⊙ dL/dh_t"),
    (LSTM, "dc_t/dc_{t-1} = diag(i_t)"),
    (LSTM, "dc_t/dc_j = diag(f_t)"),
    (LSTM, "dc_t/dc_j = prod_{k=j}^{t} diag(f_k)"),
    (LSTM, "dc_3/dc_1 = diag(f_3)"),
    (LSTM, "da_{f,t}/dh_j = U_f"),
    (LSTM, "da_{f,t}/dh_{t-1} = U_f^T"),
    (LSTM, "dL/df_t = dL/dc_t ⊙ c_t"),
    (LSTM, "delta_{f,t} = f_t ⊙ dL/df_t"),
    (GRU, "h_t = z_t ⊙ h_{t-1} + (1 + z_t) ⊙ n_t"),
    (GRU, "dh_t/dh_{t-1} = diag(r_t)"),
    (GRU, "dh_t/dh_j = diag(z_t)"),
    (GRU, "dL/dz_t = dL/dh_t ⊙ h_{t-1}"),
    (GRU, "delta_{z,t} = z_t ⊙ dL/dz_t"),
    (GRU, "dL/dh_t = z_{t+1} ⊙ dL/dh_{t+1}"),
    (SOFTMAX, "L = -yhat^T log(y)"),
    (SOFTMAX, "dL/ds = log(y)"),
    (SOFTMAX, "dL/dyhat = -yhat / y"),
    (SOFTMAX, "dL/dyhat = -log(yhat)"),
    (SOFTMAX, "dyhat/ds = diag(yhat)"),
    (SOFTMAX, "dyhat/ds = diag(yhat ⊙ (1 - yhat))"),
    (SOFTMAX, "dL/ds = 2 (yhat - y)"),
    (SOFTMAX, "yhat = exp(s)"),
    (ATTENTION, "c = H^T alpha"),
    (ATTENTION, "dL/dalpha = H^T c"),
    (ATTENTION, "dL/de = diag(alpha) dL/dalpha"),
    (ATTENTION, "dL/de = (diag(alpha) + alpha alpha^T) dL/dalpha"),
    (ATTENTION, "alpha = sigma(e)"),
    (ATTENTION, "e = v_a^T K"),
]


def said(job: GradientJob, text: str, known: int = 0) -> Verdict:
    return judged(WorkingJob(cleaned(job), known, text))


@pytest.mark.parametrize(("job", "text"), RIGHT)
def test_what_books_write_is_right(job: GradientJob, text: str) -> None:
    assert said(job, text).judged is Judged.RIGHT


@pytest.mark.parametrize(("job", "text"), WRONG)
def test_what_is_wrong_is_never_right(job: GradientJob, text: str) -> None:
    """However much is known; a convention is named, but not accepted."""
    here = bench(cleaned(job))
    for known in (0, len(here.derivation.steps) // 2):
        verdict = said(job, text, known)
        assert verdict.judged in (Judged.WRONG, Judged.UNREADABLE, Judged.CONVENTION), verdict
    assert verdict.sentence.count("$") % 2 == 0


# --- times ---


FIVE = GradientJob(steps=5)


@pytest.mark.parametrize(
    ("job", "text", "when"),
    [
        (FIVE, "dh_t/dh_j = diag(1 - h_t^2) W_h", "j = t-1"),
        (FIVE, "dh_t/dh_1 = diag(1 - h_t^2) W_h", "t = 2"),
        (FIVE, "dh_5/dh_j = diag(1 - h_5^2) W_h", "j = 4"),
        (FIVE, "dh_{t+1}/dh_j = diag(1 - h_{t+1}^2) W_h", "j = t"),
        (LSTM, "da_{f,t}/dh_j = U_f", "j = t-1"),
        (GradientJob(model="birnn"), "da_t/dh_j = W_h", "j = t-1"),
        (GradientJob(steps=50), "dh_t/dh_j = diag(1 - h_t^2) W_h", "j = t-1"),
        (GradientJob(scalar=True), "dh_t/dh_j = (1 - h_t^2) W_h", "j = t-1"),
    ],
)
def test_what_is_true_of_one_step_only_hears_of_which(job: GradientJob, text: str, when: str) -> None:
    verdict = said(job, text)
    assert verdict.judged is Judged.WRONG, verdict
    assert f"only for ${when}$" in verdict.sentence
    assert verdict.mistake == "one step for many"


def test_over_many_steps_it_is_more_than_the_line_of_one_step() -> None:
    text = "dh_t/dh_j = prod_{k=j+1}^{t} diag(1 - h_k^2) W_h"
    verdict = said(RNN, text)
    assert "for one step it is line" in verdict.sentence
    assert "not a line of this derivation" in said(RNN, text, verdict.line).sentence


@pytest.mark.parametrize("text", ["(1 - h_t^2) ⊙ W_h^T delta_{t+1}", "diag(1 - h_t^2) W_h^T delta_{t+1}"])
@pytest.mark.parametrize(
    ("steps", "shown"), [(3, r"$t = 3$ there is no $\delta_4$"), (0, "$t = T$ there is no")]
)
def test_the_recursion_of_books_may_leave_out_the_last_step(text: str, steps: int, shown: str) -> None:
    job = GradientJob(steps=steps)
    line = said(job, "delta_t = " + text).line
    for known, judgement in ((0, Judged.RIGHT), (4, Judged.SKIPS), (line - 1, Judged.RIGHT)):
        verdict = said(job, "delta_t = " + text, known)
        assert (verdict.judged, verdict.line) == (judgement, line)
        assert shown in verdict.sentence
        assert "the output" in verdict.sentence


@pytest.mark.parametrize("known", [0, 4, 8])
@pytest.mark.parametrize(
    ("job", "text", "mistake"),
    [
        (RNN, "dL/dh_t = W_h delta_{t+1}", "W not transposed"),
        (RNN, "dL/dh_t = W_h^T delta_t", "δ_t for δ_{t+1}"),
        (LSTM, "dL/dh_t = U_f^T delta_{f,t+1}", "missing terms"),
        (LSTM, "dL/dh_t = U_f^T delta_{f,t+1} + U_i^T delta_{i,t+1}", "missing terms"),
    ],
)
def test_a_wrong_line_is_compared_with_the_family_that_it_fits(
    known: int, job: GradientJob, text: str, mistake: str
) -> None:
    verdict = said(job, text, known)
    assert verdict.mistake == mistake
    span = bench(cleaned(job)).derivation[verdict.line].span
    assert span is not None
    assert str(span.high) == "T-1"


@pytest.mark.parametrize(
    "text", ["delta_t = W_o^T (yhat - y)", "delta_{t-1} = W_o^T (yhat - y)", "dL/dh_t = 2 W_o^T (yhat - y)"]
)
def test_what_another_book_says_of_the_last_step_only_is_no_convention(text: str) -> None:
    assert said(RNN, text).judged is Judged.WRONG


def test_another_book_speaks_of_all_pairs_of_times_as_well() -> None:
    assert said(RNN, "da_t/dh_{t-1} = W_h^T").judged is Judged.CONVENTION
    assert said(RNN, "da_t/dh_j = W_h^T").judged is Judged.WRONG


# --- what is held constant ---


@pytest.mark.parametrize(
    ("job", "text"),
    [
        (LSTM, "dc_t/dc_{t-1} = diag(f_t)"),
        (LSTM, "dc_t/dc_j = prod_{k=j+1}^{t} diag(f_k)"),
        (LSTM, "dc_3/dc_j = prod_{k=j+1}^{3} diag(f_k)"),
        (LSTM, "dc_3/dc_1 = diag(f_3) diag(f_2)"),
        (GRU, "dh_t/dh_{t-1} = diag(z_t)"),
        (GRU, "dh_t/dh_j = prod_{k=j+1}^{t} diag(z_k)"),
        (GradientJob(model="gru", wrt="U_z", update="take"), "dh_t/dh_{t-1} = diag(1 - z_t)"),
    ],
)
def test_gates_held_constant_are_a_convention(job: GradientJob, text: str) -> None:
    verdict = said(job, text)
    assert verdict.judged is Judged.CONVENTION, verdict
    assert verdict.sentence.startswith("**gates held constant.**")


@pytest.mark.parametrize("job", [RNN, GradientJob(wrt="b_h")])
def test_an_immediate_derivative_is_a_convention(job: GradientJob) -> None:
    verdict = said(job, "da_t/db_h = I")
    assert verdict.judged is Judged.CONVENTION
    assert verdict.sentence.startswith("**immediate derivative.**")
    assert said(job, "da_1/db_h = I").judged in (Judged.SKIPS, Judged.RIGHT)
    assert said(job, "da_t/da_j = 0").judged is Judged.WRONG


def test_a_bare_identity_is_as_large_as_the_other_side() -> None:
    assert said(RNN, r"\frac{\partial \hat{y}}{\partial b_o} = I").judged is Judged.SKIPS
    assert said(RNN, "dyhat/dyhat = I").judged is Judged.SKIPS


# --- what is said ---


@pytest.mark.parametrize(
    ("job", "text"), [(LSTM, "dc_3/dc_1 = diag(i_3)"), (RNN, "dh_3/dh_1 = W_h"), (RNN, "dh_3/dh_1 = W_h W_h")]
)
def test_a_left_side_without_a_line_hears_of_no_rule(job: GradientJob, text: str) -> None:
    verdict = said(job, text, 3)
    assert (verdict.judged, verdict.line) == (Judged.WRONG, 0)
    assert "rule" not in verdict.sentence


def test_a_square_is_spoken_of_only_where_there_is_one() -> None:
    squares = said(GradientJob(loss="whole"), "dL/dyhat = 4 (yhat - y)")
    assert (squares.mistake, "The square in the loss" in squares.sentence) == ("factor 2", True)
    for job in (SOFTMAX, GradientJob(loss="cross-entropy")):
        verdict = said(job, "dL/ds = 2 (yhat - y)")
        assert verdict.mistake == "factor 2"
        assert "no line here has a square" in verdict.sentence


def test_the_slope_of_another_loss_is_named() -> None:
    verdict = said(EACH, "dL/dyhat_t = yhat_t - y_t")
    assert verdict.sentence.startswith("**squared error.**")


# --- how much work it is ---


@pytest.mark.parametrize("text", ["dh_t/dh_j = W_h", "dh_t/dh_1 = W_h", "delta_t = W_h^T delta_{t+1}"])
def test_work_grows_no_faster_than_the_steps(text: str) -> None:
    """The milliseconds are a figure of benchmarks/working.py."""
    few, many = (cleaned(GradientJob(steps=steps)) for steps in (12, 50))
    for job in (few, many):
        said(job, "dL/dh_t = h_t")  # the derivation, and those of other conventions
    with counted() as work:
        assert said(few, text).judged is Judged.WRONG
    with counted(most=50 / 12 * work.calls):
        assert said(many, text).judged is Judged.WRONG
