"""Trees as LaTeX: as a textbook has them, without two readings, and fit for our MathJax."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from random_trees import LETTERS, trees
from tree_values import valued

from engine.derivations.programs import program
from engine.errors import FormulaError
from engine.symbolic.jobs import GradientJob
from engine.symbolic.tokens import MAX_CHARACTERS
from engine.tape.index import At, Span, at, first, last, t
from engine.tape.latex import latex, rows, span_latex
from engine.tape.makers import (
    HALF,
    ONE,
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
from engine.tape.mirror import mirrored
from engine.tape.names import name_latex, shape_words
from engine.tape.nodes import NUMBER, Node, Partial
from engine.working.typed import read
from engine.working.vocabulary import Vocabulary, vocabulary
from tests.counted import counted

H, J, K = ("h", "1"), At("j"), At("k")
W_h, W_o = var("W_h", ("h", "h")), var("W_o", ("k", "h"))
h_t, h_before, a_t, x_t = var("h", H, t), var("h", H, t - 1), var("a", H, t), var("x", ("d", "1"), t)
L, z, n = var("L", NUMBER), var("z", H, t), var("n", NUMBER)
step = partial(var("h", H, K), var("h", H, K - 1))
product = prod_over(step, "k", J + 1, last)
summed = sum_over(matmul(slope(a_t), transpose(h_before)), "t", first, last)
slope_h = times(slope(h_t), minus(fill(1, H), power(h_t, 2)))

ROW = r"\frac{\partial L}{\partial h_T^{\top}}"
STEPS = r"\prod_{k=j+1}^{T} \frac{\partial h_k}{\partial h_{k-1}}"
IMMEDIATE = r"\frac{\partial^{+} h_j}{\partial \operatorname{vec}(W_h)}"
WRITTEN: dict[str, Node] = {
    r"W_h^{\top} \delta_{t+1}": matmul(transpose(W_h), slope(var("a", H, t + 1))),
    r"\frac{\partial L}{\partial h_t} \odot (1 - h_t^{\odot 2})": slope_h,
    r"\left(\frac{\partial L}{\partial h_t}\right)^{\top}": transpose(slope(h_t)),
    r"\sum_{t=1}^{T} \delta_t h_{t-1}^{\top}": summed,
    r"\left(\sum_{t=1}^{T} \delta_t h_{t-1}^{\top}\right) + W_h": add(summed, W_h),
    r"W_h - \sum_{t=1}^{T} \delta_t h_{t-1}^{\top}": minus(W_h, summed),
    r"\operatorname{diag}(\tanh'(a_t)) W_h": matmul(diag(fn("tanh", a_t, True)), W_h),
    r"\prod_{k=j+1}^{T} \frac{\partial h_k}{\partial h_{k-1}}": product,
    rf"{ROW} \, \left({STEPS}\right) \, {IMMEDIATE}": matmul(
        partial(L, var("h", H, last)), product, partial(var("h", H, J), W_h, ("h",))
    ),
    r"\left\lVert\prod_{k=j+1}^{T} \frac{\partial h_k}{\partial h_{k-1}}\right\rVert_2": norm(product),
    r"\lVert W_h\rVert_2^{2}": power(norm(W_h), 2),
    r"z_t \odot h_{t-1} + (1 - z_t) \odot h_t": add(times(z, h_before), times(minus(fill(1, H), z), h_t)),
    r"(W_h^{\top} \delta_t) \odot z_t": times(matmul(transpose(W_h), slope(a_t)), z),
    r"z_t \odot n h_t": times(z, n, h_t),
    r"W_h (\delta_t + z_t)": matmul(W_h, add(slope(a_t), z)),
    r"h_{t-1}^{\top} \otimes I": kron(transpose(h_before), eye("h")),
    r"\begin{bmatrix} h_{t-1} \\ x_t \end{bmatrix}": stack(h_before, x_t),
    r"\left[\begin{bmatrix} h_{t-1} \\ x_t \end{bmatrix}\right]_x": part(stack(h_before, x_t), False),
    r"\mathbf{1}^{\top} h_t": matmul(fill(1, ("1", "h")), h_t),
    r"\frac{1}{2} (n - 3)^{2}": times(HALF, power(minus(n, fill(3)), 2)),
    r"n \cdot 2": times(n, fill(2)),
    r"n^{-1} (1 - n)": times(power(n, -1), minus(ONE, n)),
    r"-z_t^{\top} \log h_t": neg(matmul(transpose(z), fn("log", h_t))),
    r"(\log h_t) \odot z_t": times(fn("log", h_t), z),
    r"\frac{h_t - z_t}{\sqrt{n + 1}}": over(minus(h_t, z), fn("sqrt", add(n, ONE))),
    r"K_{:,t}": column_of(var("K", ("n", "T")), t),
    r"w_h h_{t-1} + b_h": add(
        times(var("W_h", NUMBER), var("h", NUMBER, t - 1)), var("b_h", NUMBER)
    ),
    r"w_h^{T-j}": prod_over(var("W_h", NUMBER), "k", J + 1, last),
    r"h_t^{(1)\top}": transpose(var("h1", H, t)),
    r"(h_t^{(1)})^{\odot 2}": power(var("h1", H, t), 2),
}  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_is_written_as_in_a_textbook(written: str) -> None:
    assert latex(WRITTEN[written]) == written


NAMES = {
    "W_h": "W_h", "a_f": "a_f", "yhat": r"\hat{y}", "W_i1": "W_i^{(1)}", "b_2": "b^{(2)}", "d1": "d_1",
    "W_h_rev": r"\overleftarrow{W}_h", "alpha": r"\alpha", "var": r"\sigma^2", "sd": r"\sigma_{\epsilon}",
    "g_by_norm": r"g_{\mathrm{norm}}", "c_n": "c_n", "xhat": r"\hat{x}",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    assert name_latex(name, ("h", "h")) == NAMES[name]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a", r"\delta_t"),
        ("a_f", r"\delta_{f,t}"),
        ("a_rev", r"\overleftarrow{\delta}_t"),
        ("a1", r"\delta_t^{(1)}"),
    ],
)
def test_slopes_of_sums_are_deltas(name: str, written: str) -> None:
    assert latex(slope(var(name, H, t))) == written


def test_a_network_of_one_unit_has_small_weights_and_only_those() -> None:
    assert [name_latex(name, NUMBER) for name in ("W_h", "U_f", "b_h", "L", "W_h_rev")] == [
        "w_h", "u_f", "b_h", "L", r"\overleftarrow{w}_h",
    ]  # fmt: skip


def test_shapes_in_words() -> None:
    shapes = (("h", "d"), ("h", "1"), ("1", "k"), NUMBER)
    assert [*map(shape_words, shapes)] == ["h × d", "column of h", "row of k", "number"]


# --- numbers for letters -------------------------------------------------------------------


def test_numbers_stand_for_letters() -> None:
    assert latex(slope_h, {"t": 2}) == r"\frac{\partial L}{\partial h_2} \odot (1 - h_2^{\odot 2})"
    assert latex(summed, {"T": 3, "t": 9}) == r"\sum_{t=1}^{3} \delta_t h_{t-1}^{\top}"


def test_sums_of_one_or_none_are_no_sums() -> None:
    assert latex(summed, {"T": 1}) == r"\delta_1 h_0^{\top}"
    assert latex(summed, {"T": 0}) == "0"
    assert latex(product, {"T": 3, "j": 3}) == "I"
    assert latex(product, {"T": 3, "j": 2}) == r"\frac{\partial h_3}{\partial h_2}"
    assert latex(product, {"T": 3, "j": 1}) == r"\prod_{k=2}^{3} \frac{\partial h_k}{\partial h_{k-1}}"


FALLING = Span("t", first, last - 1, falling=True)
SPANS = [
    (FALLING, {}, r"t = T-1, \dots, 1"),
    (FALLING, {"T": 3}, "t = 2, 1"),
    (FALLING, {"T": 1}, ""),
    (FALLING, {"T": 50}, r"t = 49, 48, \dots, 1"),
    (Span("t", first, last), {}, r"t = 1, \dots, T"),
    (Span("t", last, last), {}, "t = T"),
    (Span("t", first, last - 1, True, 3), {}, r"t = T-1, \dots, 1,\; 3 \nmid t"),
    (Span("t", first, last - 1, True, 3, True), {}, r"t = T-1, \dots, 1,\; 3 \mid t"),
    (Span("t", first, last - 1, True, 3), {"T": 8}, "t = 7, 5, 4, 2, 1"),
]  # fmt: skip


@pytest.mark.parametrize(("span", "letters", "written"), SPANS)
def test_spans(span: Span, letters: dict[str, int], written: str) -> None:
    assert span_latex(span, letters) == written


# --- focus and rows ------------------------------------------------------------------------


def test_what_is_new_is_in_focus_wherever_it_stands() -> None:
    assert latex(slope_h, focus=slope_h) == rf"\focus{{{latex(slope_h)}}}"
    inner = minus(fill(1, H), power(h_t, 2))
    assert latex(slope_h, focus=inner) == r"\frac{\partial L}{\partial h_t} \odot (\focus{1 - h_t^{\odot 2}})"
    assert latex(minus(h_t, z), focus=neg(z)) == r"h_t - \focus{z_t}"
    assert latex(transpose(h_t), focus=h_t) == r"\focus{h_t}^{\top}"
    assert latex(summed, {"T": 1}, focus=summed.body) == r"\focus{\delta_1 h_0^{\top}}"  # type: ignore[attr-defined] # a Sum


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(trees())
def test_a_focus_changes_nothing_else(found: tuple[Vocabulary, Node]) -> None:
    _, node = found
    marked = latex(node, focus=node)
    assert marked.replace(r"\focus{", "{", 1) == f"{{{latex(node)}}}"


def test_a_long_sum_has_a_row_for_each_term() -> None:
    term = matmul(transpose(W_h), slope_h)
    long = add(neg(term), *(times(fill(k), term) for k in (2, 3, 4)), neg(h_t))
    found = rows(long)
    assert len(found) == 5
    assert found[0] == f"-{latex(term)}"
    assert found[1].startswith(r"\quad + 2 ")
    assert found[4] == r"\quad - h_t"
    assert rows(summed) == [latex(summed)]


# --- what it says --------------------------------------------------------------------------


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(trees())
def test_has_only_one_reading(found: tuple[Vocabulary, Node]) -> None:
    """Read back by a reader that knows nothing of the printer, it has the same numbers."""
    known, node = found
    text = latex(node)
    if len(text) > MAX_CHARACTERS:
        return
    try:
        again = read(text, known).right
    except FormulaError as error:
        assert "more than 200" in error.reason, (text, error.reason)
        return
    with np.errstate(all="ignore"):
        one, other = valued(node, LETTERS), valued(again, LETTERS)
    np.testing.assert_allclose(other, one, rtol=1e-9, atol=1e-12, err_msg=text)


MODELS = (
    "rnn", "lstm", "gru", "birnn", "layers", "attention", "softmax", "layernorm", "batchnorm", "clipping",
)  # fmt: skip


def test_all_of_it_can_be_typeset() -> None:
    from studyapp.mathtext.engine import MathEngine

    engine = MathEngine()
    definitions = [made for model in MODELS for made, _ in program(GradientJob(model)).definitions()]
    texts = {latex(made.value) for made in definitions} | {
        latex(mirrored(made.value)) for made in definitions
    }
    texts |= {span_latex(span, letters) for span, letters, _ in SPANS} | {*WRITTEN}
    for text in sorted(texts)[::2]:  # each takes MathJax about 5 ms
        assert engine.svg(text, display=True).startswith("<svg")


@pytest.mark.parametrize("written", WRITTEN)
def test_is_written_in_one_pass(written: str) -> None:
    """How long it takes is a figure of benchmarks/working.py."""
    with counted(most=8 * len(written) + 200):  # 176 at the most, as it is
        latex(WRITTEN[written])


def test_shown_at_a_plain_time() -> None:
    assert latex(var("h", H, at(0))) == "h_0"
    assert latex(var("h_rev", H, last + 1)) == r"\overleftarrow{h}_{T+1}"


@pytest.mark.parametrize(("model", "name"), [("lstm", "c"), ("gru", "h")])
def test_a_state_by_an_earlier_one_says_that_gates_are_held(model: str, name: str) -> None:
    """With a + it would be 0 over two steps, as a book reads it; what is printed can be typed."""
    known = vocabulary(program(GradientJob(model)))
    for later, before in ((t, "t-1"), (last, "j")):
        by = var(name, H, t - 1 if later is t else J)
        node = read(f"d⁺{name}_{later}/d{name}_{{{before}}} = 0", known).left
        assert isinstance(node, Partial)
        assert node.by is by
        fraction = latex(partial(node.of, by))
        assert latex(node) == rf"\left.{fraction}\right|_{{\text{{gates held}}}}"
        assert read(f"{latex(node)} = 0", known).left is node
