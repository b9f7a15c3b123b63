"""What students type: read as it is meant, and where it cannot be, told why and in which column."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.derivations.programs import program
from engine.errors import FormulaError
from engine.symbolic.jobs import GradientJob
from engine.tape.index import At, at, first, last, t
from engine.tape.makers import (
    HALF,
    add,
    column_of,
    diag,
    eye,
    fill,
    fn,
    kron,
    matmul,
    minus,
    neg,
    norm,
    over,
    part,
    partial,
    power,
    prod_over,
    slope,
    stack,
    sum_over,
    times,
    transpose,
    var,
)
from engine.tape.nodes import NUMBER, Node
from engine.tape.plain import plain
from engine.working.typed import Equation, read, vocabulary
from engine.working.vocabulary import Vocabulary
from tests.counted import counted
from tests.hostile import LINES

H, J, K = ("h", "1"), At("j"), At("k")
W_h, W_i, W_o = var("W_h", ("h", "h")), var("W_i", ("h", "d")), var("W_o", ("k", "h"))
h_t, h_before, a_t = var("h", H, t), var("h", H, t - 1), var("a", H, t)
yhat, y = var("yhat", ("k", "1"), t), var("y", ("k", "1"), t)
delta = slope(a_t)


@lru_cache
def known(model: str = "rnn", **options: Any) -> Vocabulary:
    return vocabulary(program(replace(GradientJob(model, outputs="each"), **options)))


def right(text: str, model: str = "rnn", **options: Any) -> Node:
    return read(text, known(model, **options)).right


# --- one line, typed in many ways ----------------------------------------------------------

BACKWARD = add(
    matmul(transpose(W_h), slope(var("a", H, t + 1))), matmul(transpose(W_o), minus(yhat, y))
)  # fmt: skip
SUMMED = sum_over(matmul(delta, transpose(h_before)), "t", first, last)
SQUASHED = times(slope(h_t), minus(fill(1, H), power(h_t, 2)))
JACOBIAN = matmul(diag(minus(fill(1, H), power(h_t, 2))), W_h)
STEPS = prod_over(partial(var("h", H, K), var("h", H, K - 1)), "k", J + 1, last)

WAYS: dict[Node, tuple[str, ...]] = {
    BACKWARD: (
        "W_h^T delta_{t+1} + W_o^T (yhat_t - y_t)",
        "W_h' * delta_(t+1) + W_o' * (yhat_t - y_t)",
        "W_hᵀ δ_{t+1} + W_oᵀ · (ŷ_t − y_t)",
        "W_hh^⊤ δₜ₊₁ + W_{ho}^{T} (y_hat_t - y_t)",
        r"W_h^\top \delta_{t+1} + W_o^{\top} \left( \hat{y}_t - y_t \right)",
        r"W_h^{\mathsf{T}} \cdot \delta_{t+1} + W_o^T \, (\hat y_t - y_t).",
        "transpose(W_h) @ delta_{t+1} + transpose(W_o) @ (yhat_t - y_t)",
    ),
    SUMMED: (
        "sum_{t=1}^{T} delta_t h_{t-1}^T",
        "sum_t delta_t h_{t-1}^T",
        "Σ_{t=1}^T δ_t h_{t-1}ᵀ",
        r"\sum_{t=1}^{T} \delta_t h_{t-1}^{\top}",
        r"\sum\limits_{t=1}^T \delta_t\,h_{t-1}^\top",
    ),
    SQUASHED: (
        "dL/dh_t ⊙ (1 - h_t^2)",
        "dL/dh_t .* (1 - h_t²)",
        "dL/dh_t o (1 - h_t^{2})",
        "dL/dh_t * (1 - h_t^2)",
        "∂L/∂h_t ∘ (1 - h_t^{⊙2})",
        "dh_t ⊙ (1 - h_t^2)",
        "d L / d h_t ⊙ (1 - h_t^2)",
        r"\frac{\partial L}{\partial h_t} \odot (1 - h_t^{\odot 2})",
        r"\dfrac{dL}{dh_t} \odot \left(1 - h_t^2\right)",
        r"\frac{\partial L}{\partial h_{t}} \odot (\mathbf{1} - h_t^2)",
    ),
    JACOBIAN: ("diag(1-h_t²) W_h", r"\operatorname{diag}(1 - h_t^{\odot 2}) W_h", "diag(1 - h_t^2) · W_hh"),
    STEPS: (
        "prod_{k=j+1}^{T} J_k",
        "prod_{k=T}^{j+1} dh_k/dh_{k-1}",
        r"\prod_{k=j+1}^{T} \frac{\partial h_k}{\partial h_{k-1}}",
        "Π_{k=j+1}^T ∂h_k/∂h_{k-1}",
    ),
    times(minus(fill(1, H), h_t), h_before): ("(1 - h_t) ⊙ h_{t-1}", "(1 - h_t) * h_{t-1}"),
    fn("tanh", a_t, True): ("tanh'(a_t)", r"\tanh'(a_t)", "phi'(a_t)", "tanh′(a_t)", "tanh' a_t"),
    minus(fill(1, H), power(fn("tanh", a_t), 2)): (
        "1 - tanh^2(a_t)",
        "1 - tanh(a_t)²",
        r"1 - \tanh^{2}(a_t)",
    ),
    times(HALF, power(norm(minus(yhat, y)), 2)): (
        "1/2 ‖yhat_t - y_t‖^2",
        "0.5 norm(yhat_t - y_t)^2",
        "1/2 * ||yhat_t - y_t||²",
        r"\frac{1}{2} \lVert \hat{y}_t - y_t \rVert_2^2",
        r"\frac12 \left\| \hat y_t - y_t \right\|^{2}",
        "1/2 |yhat_t - y_t|^2",
    ),
    neg(matmul(transpose(y), fn("log", yhat))): (
        "-y_t^T log(yhat_t)",
        r"-y_t^{\top} \log \hat{y}_t",
        "-y_t' ln yhat_t",
    ),
    matmul(transpose(partial(h_t, h_before)), slope(h_t)): (
        "(dh_t/dh_{t-1})^T dL/dh_t",
        r"\left(\frac{\partial h_t}{\partial h_{t-1}}\right)^{\top} \frac{\partial L}{\partial h_t}",
    ),
    partial(var("h", H, J), W_h, ("h",)): (
        "∂⁺h_j/∂W_h",
        "∂^+h_j/∂vec(W_h)",
        r"\frac{\partial^{+} h_j}{\partial \operatorname{vec}(W_h)}",
    ),
    kron(transpose(h_before), eye("h")): ("h_{t-1}^T ⊗ I", r"h_{t-1}^\top \otimes I_h", "kron(h_{t-1}^T, I)"),
    partial(var("L", NUMBER), var("h", H, last)): ("dL/dh_T^T", r"\frac{\partial L}{\partial h_T^{\top}}"),
    add(var("h", H, at(3)), var("h", H, at(0))): ("h_3 + h_0", "h3 + h_{0}", "h_(3) + h₀"),
    add(matmul(W_h, h_before), matmul(W_i, var("x", ("d", "1"), t)), var("b_h", H)): (
        "W_h h_{t-1} + W_i x_t + b_h",
        "W_{hh} h_{t-1} + W_{ih} x_t + b",
        "Whh h_(t-1) + Wxh x_t + b_{h}",
    ),
}


@pytest.mark.parametrize(("text", "node"), [(text, node) for node, texts in WAYS.items() for text in texts])
def test_is_read_in_whichever_way_it_is_typed(text: str, node: Node) -> None:
    assert right(text) is node, plain(right(text))


A_F, C = var("a_f", H, t), var("c", H, t)
H1 = var("h1", H, t)
D_0 = var("d", H, at(0))
x, mu, sd, ones = var("x", H), var("mu", NUMBER), var("sd", NUMBER), fill(1, H)
OTHERS = [
    ("lstm", "delta_{f,t}", slope(A_F)),
    ("lstm", "δ_f,t", slope(A_F)),
    ("lstm", r"\delta^{(f)}_t", slope(A_F)),
    ("lstm", "delta^f_t", slope(A_F)),
    ("lstm", "sigma'(a_{f,t})", fn("sigmoid", A_F, True)),
    ("lstm", r"\sigma'(a_f,t)", fn("sigmoid", A_F, True)),
    ("lstm", "o_t o m_t", times(var("o", H, t), var("m", H, t))),
    ("lstm", "∂⁺c_t/∂c_{t-1}", partial(C, var("c", H, t - 1), ("f", "i", "g"))),
    ("gru", "d+h_k/dh_{k-1}", partial(var("h", H, K), var("h", H, K - 1), ("z", "n"))),
    ("layers", r"h^{(1)}_t", H1),
    ("layers", r"h_t^{(1)\top}", transpose(H1)),
    ("layers", "h1_t", H1),
    ("layers", r"\delta^{(1)}_t", slope(var("a1", H, t))),
    ("layers", r"W_i^{(2)} h_t^{(1)} + b^{(2)}", add(matmul(var("W_i2", ("h", "h")), H1), var("b_2", H))),
    ("birnn", r"\overleftarrow{h}_{t+1}", var("h_rev", H, t + 1)),
    ("birnn", r"\overleftarrow{W}_h^{\top} \overleftarrow{\delta}_t", matmul(
        transpose(var("W_h_rev", ("h", "h"))), slope(var("a_rev", H, t)))),
    ("birnn", "delta_rev_t", slope(var("a_rev", H, t))),
    ("attention", "d_1", var("d1", H)),
    ("attention", "dL/dd_0", slope(D_0)),
    ("attention", "W_a d_0 1ᵀ", matmul(var("W_a", ("n", "h")), D_0, fill(1, ("1", "T")))),
    ("attention", "K_{:,t}", column_of(var("K", ("n", "T")), t)),
    ("attention", "alpha_t d_0", times(column_of(transpose(var("alpha", ("T", "1"))), t), D_0)),
    ("attention", r"\sum_{t=1}^{T} \alpha_t h_t", sum_over(
        times(column_of(transpose(var("alpha", ("T", "1"))), t), h_t), "t", first, last)),
    ("layernorm", "var + 1e-5", add(var("var", NUMBER), fill(Fraction(1, 10**5)))),
    ("layernorm", "var + 1.5E-2", add(var("var", NUMBER), fill(Fraction(15, 1000)))),
    ("layernorm", "var + 10^{-8}", add(var("var", NUMBER), fill(Fraction(1, 10**8)))),
    ("attention", "delta_d", slope(var("a_d", H))),
    ("layernorm", "(x - mu)/sd", over(minus(x, matmul(ones, mu)), sd)),
    ("layernorm", r"\frac{x - \mathbf{1} \mu}{\sigma_{\epsilon}}", over(minus(x, matmul(ones, mu)), sd)),
    ("layernorm", "sum(x)/h", over(matmul(transpose(ones), x), matmul(transpose(ones), ones))),
    ("layernorm", "mean(x)", over(matmul(transpose(ones), x), matmul(transpose(ones), ones))),
    ("layernorm", r"\sigma^2 + \epsilon", add(var("var", NUMBER), var("eps", NUMBER))),
    ("batchnorm", "(X - mu)/sd", over(
        minus(var("X", ("m", "h")), matmul(fill(1, ("m", "1")), var("mu", ("1", "h")))),
        matmul(fill(1, ("m", "1")), var("sd", ("1", "h"))))),
    ("clipping", "min(1, v/‖g‖) g", times(
        fn("min1", over(var("v", NUMBER), norm(var("g", ("n", "1"))))), var("g", ("n", "1")))),
]  # fmt: skip


@pytest.mark.parametrize(("model", "text", "node"), OTHERS)
def test_names_of_every_model(model: str, text: str, node: Node) -> None:
    assert right(text, model, outputs="last") is node, plain(right(text, model, outputs="last"))


def test_a_number_to_a_number_of_steps_is_a_product_over_them() -> None:
    length = norm(W_h)
    for text, low, high in [
        ("‖W_h‖^{t-j}", J + 1, t),
        (r"\lVert W_h \rVert_2^{T-j}", J + 1, last),
        ("norm(W_h)^(T-j-1)", J + 1, last - 1),
        ("‖W_h‖^{3-j}", J + 1, at(3)),
    ]:
        assert right(text) is prod_over(length, "k", low, high), text
    assert right("‖W_h‖^{T-1}") is prod_over(length, "j", first, last - 1)


ROWS_OF_ONE = [
    r"\begin{aligned} h_t &= \tanh(a_t) \\[4pt] &= \tanh(W_h h_{t-1} \\ &\quad + b_h) \end{aligned}",
    r"\begin{align*}h_t&=a_t\\&=W_h h_{t-1}\\&=\tanh(W_h h_{t-1}+b_h)\end{align*}",
]


@pytest.mark.parametrize("text", ROWS_OF_ONE)
def test_of_several_rows_the_first_and_the_last_side_are_read(text: str) -> None:
    assert read(text, known()) == Equation(h_t, fn("tanh", add(matmul(W_h, h_before), var("b_h", H))))


def test_a_matrix_inside_of_rows_stays_one() -> None:
    text = r"\begin{aligned} v_t &= \begin{bmatrix} h_{t-1} \\ x_t \end{bmatrix} \end{aligned}"
    assert read(text, known("lstm", gates="stacked")).right is stack(h_before, var("x", ("d", "1"), t))


def test_joined_columns_and_their_parts() -> None:
    v = stack(h_before, var("x", ("d", "1"), t))
    for text in ("[h_{t-1}; x_t]", r"\begin{bmatrix} h_{t-1} \\ x_t \end{bmatrix}"):
        assert right(text, "lstm", gates="stacked") is v
    assert right("[W_f^T delta_{f,t}]_h", "lstm", gates="stacked") is part(
        matmul(transpose(var("W_f", ("h", "h+d"))), slope(A_F)), True
    )


def test_in_a_network_of_one_unit_everything_is_a_number() -> None:
    w, h, d = var("W_h", NUMBER), var("h", NUMBER, t - 1), slope(var("a", NUMBER, t))
    for text in ("w_h h_{t-1} delta_t", "W_h * h_{t-1} * δ_t", r"w_h \cdot h_{t-1} \odot \delta_t"):
        assert right(text, scalar=True) is times(w, h, d)
    assert right("1^T", scalar=True) is right("ones", scalar=True) is fill(1)


def test_both_sides_of_an_equation() -> None:
    found = read("dL/dW_h = sum_{t=1}^{T} delta_t h_{t-1}^T", known())
    assert found == Equation(slope(W_h), SUMMED)
    assert read("h_t", known()) == Equation(None, h_t)
    assert read("dL/dh_{T+1} = 0", known()).right is fill(0, H)


def test_an_identity_is_as_large_as_the_other_side_needs_it() -> None:
    h_T = var("h", H, last)
    found = read("dyhat/dvec(W_o) = h_T^T ⊗ I", known(outputs="last"))
    assert found.right is kron(transpose(h_T), eye("k"))


def test_the_last_output_may_be_written_with_its_time() -> None:
    assert right("yhat_T - y_T", outputs="last") is minus(var("yhat", ("k", "1")), var("y", ("k", "1")))


def test_a_star_is_by_elements_only_where_no_matrix_product_fits() -> None:
    assert right("W_h * h_t") is matmul(W_h, h_t)
    assert right("h_t * h_{t-1}") is times(h_t, h_before)
    assert right("W_h ∘ W_h") is times(W_h, W_h)
    assert right("W_h · W_h") is matmul(W_h, W_h)
    assert right("2 * h_t") is times(fill(2), h_t)
    assert right("y_t^T yhat_t h_t") is times(matmul(transpose(y), yhat), h_t)


# --- vectors as rows ---------------------------------------------------------------------

ROWS = [
    ("h_{t-1} W_h + x_t W_i", add(matmul(W_h, h_before), matmul(W_i, var("x", ("d", "1"), t)))),
    ("sum_{t=1}^{T} h_{t-1}^T delta_t", SUMMED),
    (r"\prod_{k=j+1}^{T} \frac{\partial h_k}{\partial h_{k-1}}", STEPS),
    ("W_h diag(1 - h_t^2)", JACOBIAN),
    ("delta_t W_h^T", matmul(transpose(W_h), delta)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "node"), ROWS)
def test_with_rows_the_trees_are_those_of_columns(text: str, node: Node) -> None:
    assert read(text, vocabulary(program(GradientJob()), rows=True)).right is node


def test_with_rows_faults_are_told_as_typed() -> None:
    with pytest.raises(FormulaError, match=r"h_t \(1 × h\) times W_i \(d × h\) does not fit"):
        read("h_t W_i", vocabulary(program(GradientJob()), rows=True))


@pytest.mark.parametrize("text", ["[h_{t-1}, x_t]", r"\begin{bmatrix} h_{t-1} & x_t \end{bmatrix}"])
def test_with_rows_parts_are_joined_side_by_side(text: str) -> None:
    names = vocabulary(program(GradientJob("lstm", gates="stacked")), rows=True)
    assert read(text, names).right is stack(h_before, var("x", ("d", "1"), t))


# --- what cannot be read -------------------------------------------------------------------

FAULTS = [
    ("W_i h_{t-1}", 4, "W_i (h × d) times h_{t-1} (h × 1) does not fit; did you mean W_h?"),
    ("W_o (yhat_t - y_t)", 4, "W_o (k × h) times yhat_t - y_t (k × 1) does not fit; did you mean W_oᵀ?"),
    ("delta_t h_{t-1}", 8, "did you mean delta_t ⊙ h_{t-1} or delta_t h_{t-1}ᵀ?"),
    ("dL/dh_t dh_t/dh_{t-1}", 8, "did you mean (dh_t/dh_{t-1})ᵀ dL/dh_t?"),
    ("h_t W_h", 4, "did you mean W_h h_t?"),
    ("dL/dW_h = delta_t x_t^T", 8, "dL/dW_h (h × h) cannot equal delta_t x_tᵀ (h × d)"),
    ("dL/dW_i = x_t delta_t^T", 8, "Is a transpose missing?"),
    ("h_t + y_t", 4, "h_t (h × 1) and y_t (k × 1) cannot be added"),
    ("h_t - h_t^T", 4, "Is a transpose missing?"),
    ("W_h ⊙ h_t", 4, "Or is a matrix product meant, without ⊙?"),
    ("h_t / x_t", 4, "cannot be divided"),
    ("h_t-1", 3, "Is the time t-1?"),
    ("W_q h_t", 0, "There is no W_q here. There are W_h, W_i, W_o."),
    ("foo + h_t", 0, "“foo” is not known here. Known are W_h"),
    ("1 - h", 4, "h needs its time, such as h_t."),
    ("W_{h,t}", 0, "W_h has no time here"),
    ("h_q", 0, "“q” is not a time"),
    ("h_{-1}", 3, "a time should follow"),
    ("h_99", 2, "Times are read up to 51."),
    ("h_{1.5}", 3, "Times are whole numbers"),
    ("delta_{q,t}", 0, "Known are delta_t."),
    ("(h_t", 0, "never closed"),
    ("[h_t", 0, "never closed"),
    ("‖h_t", 0, "never closed"),
    ("(h_t}", 4, "“(” is closed by “}”."),
    ("h_t)", 3, "“)” cannot stand here"),
    ("h_t +", 5, "stops too early"),
    ("h_t = = h_t", 6, "Before “=”"),
    ("h_t = h_t = h_t", 10, "one equals sign"),
    ("", 0, "Nothing is typed yet"),
    ("sum delta_t", 4, "Say over what"),
    ("sum_{q=1}^{T} h_t", 5, "a letter for the time"),
    ("prod_{k=1}^{T} h_k", 0, "cannot be multiplied with itself"),
    ("dL", 2, "Say by what"),
    ("dL_t/dW_h", 0, "Only the whole loss L"),
    ("W_h^2", 3, "can mean two things"),
    ("h_t^0.5", 4, "a T for the transpose or a whole number"),
    ("h_t^12", 3, "Powers are read from 2 to 9"),
    ("1/0", 1, "divides by zero"),
    ("2 h_t 3", 6, "Put a sign between"),
    ("tanh", 4, "it should say of what"),
    ("diag(W_h)", 0, "diag needs a column"),
    ("h_t for t = 2", 4, "Leave out “for ...”"),
    ("h_1 + ... + h_T", 6, "Dots cannot be read"),
    ("h_t § h_t", 4, "section sign"),
    (r"\frobnicate h_t", 0, "The LaTeX command"),
    ("1234567890123 h_t", 0, "12 is the most"),
    ("ones_q", 4, "“q” is no size here. There are h, "),
    ("1/999999999999/999999999999/999999999999", 27, "too large, or too small"),
    ("sum_t sum_j sum_k sum_i h_i", 18, "More than 3 sums"),
    ("dL_t/dyhat_t + y_t^T", 13, "Is a transpose missing?"),
    ("dL/dW_h^T + W_o", 10, "(dL/dW_h)ᵀ (h × h)"),
    ("W_i h_{t-1} + W_h x_t + b_h", 4, "W_i (h × d) and W_h (h × h) are mixed up"),
    ("W_i h_{t-1} + W_i x_t", 4, "did you mean W_h?"),
    ("L = -sum_i y_i log yhat_i", 15, "write y_t^T log(yhat_t)"),
    ("W_h^{t-j}", 3, "Only a number is raised to a number of steps."),
    ("1e99", 0, "too large, or too small"),
    (r"\begin{aligned} h_t &= a_t \\ a_t &= h_t \end{aligned}", 29, "Type one at a time."),
    (r"\begin{aligned} h_t &= a_t \\ &= h_q \end{aligned}", 33, "“q” is not a time"),
    ("phi'(a_{f,t})", 0, "What phi is here is not one function"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "column", "reason"), FAULTS)
def test_a_fault_is_told_in_its_column(text: str, column: int, reason: str) -> None:
    names = known("lstm") if "a_{f" in text else known()
    with pytest.raises(FormulaError) as caught:
        read(text, names)
    assert reason in caught.value.reason
    assert caught.value.column == column, caught.value.caret()
    assert caught.value.reason.rstrip().endswith((".", "?", "..."))


def test_times_beyond_the_last_are_told_where_T_is_known() -> None:
    three = vocabulary(program(GradientJob()), steps=3)
    assert read("h_4", three).right is var("h", H, at(4))
    with pytest.raises(FormulaError, match=r"There is no time 5\. Times here are 0 to 4\."):
        read("h_5", three)


@pytest.mark.parametrize("text", LINES)
def test_bombs_are_read_or_refused_with_little_work(text: str) -> None:
    with counted(most=1_000_000):  # the hardest takes 400,000, a twentieth of a second
        try:
            read(text, known())
        except FormulaError as error:
            assert 0 <= error.column <= len(text)


PIECES = r"""
W_h h_t h_{t-1} delta_{t+1} x_t dL/dh_t ∂ L ^T ^2 ' + - * ⊙ / ( ) [ ] { } = sum_{t=1}^{T} prod_{k=1}^{T} tanh
diag( 1 ½ 0 , ; : _ ^ ‖ | ⊗ I J_k ones \frac \partial \hat o d min(1, _t ᵀ ₋₁
\begin{aligned} \end{aligned} \\[4pt] & alpha_t ^{t-j} 1e-5
"""


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=30).map("".join),
    st.sampled_from(["rnn", "lstm", "layernorm", "attention"]),
)
@example("I_", "rnn")
@example("ones+ones", "rnn")
@example("-ones-2*ones/3", "rnn")
@example("onesᵀ+ones'", "rnn")
@example("sigma^2^2", "layernorm")
@example("a^{(f", "lstm")
@example("h_t^{(1)\\top", "layers")
def test_anything_is_read_or_refused_with_a_column(text: str, model: str) -> None:
    try:
        found = read(text, known(model))
    except FormulaError as error:
        assert 0 <= error.column <= len(text)
        assert error.caret()
    else:
        assert "?" not in "".join(found.right.shape), text


def test_what_may_be_typed_is_listed() -> None:
    listed = {one.plain: one for one in known("lstm").listed()}
    assert listed["W_f"][1:] == ("W_f", "h × d")
    assert listed["a_{f,t}"].latex == "a_{f,t}"
    assert listed["delta_{f,t}"][1:] == (r"\delta_{f,t}", "column of h")
    for one in listed:
        assert plain(right(one, "lstm")) == one


def test_a_line_is_read_with_little_work() -> None:
    """How long it takes is a figure of benchmarks/working.py."""
    text = r"\frac{\partial L}{\partial h_t} = W_h^{\top} \delta_{t+1} + W_o^{\top} (\hat{y}_t - y_t)"
    read(text, known())
    with counted(most=6_000):  # 2,200 as it is
        read(text, known())
