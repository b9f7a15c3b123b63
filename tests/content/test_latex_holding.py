"""A formula is held as it is printed: any slip in its LaTeX is noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.checking.formulas import untrue
from content.course import Course
from content.records import SheetFormula

CELL = SheetFormula(
    id="cell",
    unit="lstm",
    title="Cell",
    latex=r"a_t=\tanh(W_xx_t+W_hh_{t-1}+b),\qquad c_t=f\odot c_{t-1}+(1-f)\odot a_t",
    where="",
    topic="lstm",
    claims=(),
    draw=(
        ("U", "[3, 2]"),
        ("W", "[3, 3]"),
        ("x", "[2]"),
        ("h", "[3]"),
        ("b", "[3]"),
        ("f", "unit [3]"),
        ("c", "[3]"),
    ),
    letters=(
        ("a_t", "rnn_step(U, W, b, x, h)"),
        ("c_t", "c + (1 - f) * (rnn_step(U, W, b, x, h) - c)"),
        ("c_{t-1}", "c"),
        ("W_x", "U"),
        ("W_h", "W"),
        ("x_t", "x"),
        ("h_{t-1}", "h"),
    ),
)


def told(formula: SheetFormula) -> str:
    found = untrue(Course((), (), (), asides=(formula,)))
    return "\n".join(problem.sentence for problem in found)


def test_what_holds_has_no_problem() -> None:
    assert told(CELL) == ""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("+b", "-b"),
        (r"\tanh", r"\sigma"),
        ("h_{t-1}", "a_t"),
        ("W_xx_t", "x_t"),
        ("(1-f)", "f"),
        ("(1-f)", "(1+f)"),
        (r"f\odot c", "f c"),
        (r"c_{t-1}+", "c_{t-1}-"),
        (r"\tanh(W_xx_t+W_hh_{t-1}+b)", r"\tanh(W_xx_t+W_hh_{t-1})+b"),
        ("c_t=", "c_{t-1}="),
    ],
)
def test_a_slip_in_the_printed_formula_is_noticed(right: str, wrong: str) -> None:
    assert right in CELL.latex
    assert told(replace(CELL, latex=CELL.latex.replace(right, wrong, 1)))


def test_a_letter_without_a_meaning_and_one_too_many_are_told() -> None:
    assert "a_t" not in told(CELL)
    assert "has no meaning" in told(replace(CELL, letters=CELL.letters[1:]))
    spare = (*CELL.letters, ("z_t", "c"))
    assert told(replace(CELL, letters=spare)) == "letters: z_t does not stand in the formula."


def test_one_thing_by_two_names_says_nothing() -> None:
    empty = replace(CELL, latex="a_t=c_t", letters=(("a_t", "b"), ("c_t", "b")))
    assert "one thing by its names" in told(empty)


def test_a_statement_may_have_a_reason_and_only_a_statement() -> None:
    more = CELL.latex + r",\quad \theta=\{U,W,b\}"
    assert "\\theta" in told(replace(CELL, latex=more))
    assert told(replace(CELL, latex=more, unread=((r"\theta=\{U,W,b\}", "names"),))) == ""
    assert "is no statement" in told(replace(CELL, unread=(("q=1", "names"),)))


def test_what_equates_nothing_needs_equals() -> None:
    size = SheetFormula("n", "lstm", "N", "h^2+h", "", "lstm", (), draw=(("h", "1..9"),))
    assert "what it comes to (`equals`)" in told(size)
    assert told(replace(size, equals="len(range(h)) * (h + 1)")) == ""
    assert "the left side is" in told(replace(size, equals="h * h"))


def test_shapes_are_those_of_what_is_drawn() -> None:
    shapes = replace(
        CELL,
        latex=r"W_x\in\mathbb{R}^{n\times 2},\quad x_t,b\in\mathbb{R}^{2}",
        letters=(("W_x", "U"), ("x_t", "x"), ("n", "len(h)")),
    )
    assert told(shapes) == r"b \in \mathbb R^2: it has the shape [3], not [2]."


def test_what_is_assigned_has_a_letter_of_its_own() -> None:
    step = SheetFormula(
        id="step",
        unit="optimizers",
        title="",
        latex=r"\theta\leftarrow\theta-\eta g",
        where="",
        topic="x",
        claims=(),
        draw=(("t", "[2]"), ("g", "[2]"), ("r", "positive")),
        letters=((r"\theta\leftarrow", "sgd_step(t, g, r)"), (r"\theta", "t"), (r"\eta", "r")),
    )
    assert told(step) == ""
    assert "the left side is" in told(replace(step, latex=step.latex.replace("-", "+")))
    assert "what is assigned needs one" in told(replace(step, letters=step.letters[1:]))


def test_what_was_assigned_counts_with_its_new_value() -> None:
    rolled = SheetFormula(
        id="ball",
        unit="optimizers",
        title="",
        latex=r"m\leftarrow\beta m-\eta g,\quad\theta\leftarrow\theta+m",
        where="",
        topic="x",
        claims=(),
        draw=(("v", "[2]"), ("g", "[2]")),
        letters=(
            (r"m\leftarrow", "0 - 0.1 * momentum_step(v, v, g, 0.1, 0.9)[1]"),
            (r"\theta\leftarrow", "momentum_step(v, v, g, 0.1, 0.9)[0]"),
            ("m", "0 - 0.1 * v"),
            (r"\theta", "v"),
            (r"\beta", "0.9"),
            (r"\eta", "0.1"),
        ),
    )
    assert told(rolled) == ""
    first, second = rolled.latex.split(r",\quad")
    assert "the left side is" in told(replace(rolled, latex=rf"{second},\quad {first}"))


def test_growth_is_no_number() -> None:
    total = SheetFormula(
        id="sum",
        unit="complexity",
        title="",
        latex=r"\sum_{k=0}^{n}k\binom nk=n\,2^{n-1}=\Theta(n\,2^n)",
        where="",
        topic="x",
        claims=(),
        draw=(("n", "1..9"),),
        letters=(("k", "k"),),
    )
    assert told(total) == ""
    assert told(replace(total, latex=total.latex.replace("n-1", "n")))


def test_an_expression_that_cannot_be_read_is_told() -> None:
    assert "there is no function" in told(replace(CELL, letters=(("a_t", "rn_step(U)"), *CELL.letters[1:])))
    assert "is no kind of value" in told(replace(CELL, draw=(("U", "large"), *CELL.draw[1:])))


def test_a_lost_sign_of_equality_or_bracket_is_noticed() -> None:
    assert "nothing is equated" in told(replace(CELL, latex=CELL.latex.replace("c_t=", "c_t ")))
    assert "a bracket has no partner" in told(replace(CELL, latex=CELL.latex.replace("+b)", "+b")))
    assert "a bracket has no partner" in told(
        replace(CELL, latex=CELL.latex.replace("c_t=", r"c_{\langle t}="))
    )


@pytest.mark.parametrize(
    ("latex", "letters"),
    [
        (r"a=\tanh(Wx+b)", [("a", "tanh(b + W @ x)")]),
        (r"a=\tanh(W^\top x)-b", [("a", "-b + tanh(W.T @ x)")]),
        (r"a=f(x,b)", [("a", "tanh(W @ x) + b"), ("f", "(u, v) -> v + tanh(W @ u)")]),
        (r"Wx+b=a", [("a", "W @ x + b")]),
        (r"s=e^{c/d}", [("s", "exp(c / d)")]),
        (r"s=-\frac{c}{d}=\sqrt{c}", [("s", "-c / d"), (r"\sqrt{c}", "0 - c / d")]),
    ],
)
def test_a_letter_that_only_repeats_the_other_side_is_told(
    latex: str, letters: list[tuple[str, str]]
) -> None:
    draw = (("W", "[3, 3]"), ("x", "[3]"), ("b", "[3]"), ("c", "positive"), ("d", "positive"))
    formula = replace(CELL, latex=latex, draw=draw, letters=tuple(letters))
    repeated = "a letter only repeats the other side" in " ".join(
        problem.sentence for problem in untrue(Course((), (), (), formulas=(formula,)))
    )
    assert repeated == ("sqrt" not in latex)
    held = replace(formula, latex=r"a=\tanh(Wx+b)", letters=(("a", "rnn_step(W, zeros(3, 3), b, x, b)"),))
    assert list(untrue(Course((), (), (), formulas=(held,)))) == []
