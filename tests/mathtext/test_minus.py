"""Negative numbers outside formulas have a true minus on screen, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from studyapp.mathtext.joined import written
from studyapp.mathtext.minus import MINUS, with_minus
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("-0.5", "−0.5"), ("is -3, or -.25.", "is −3, or −.25."), ("[-0.4, 0.2,-1]", "[−0.4, 0.2,−1]"),
        ("x=-2", "x=−2"), ("7 - 3", "7 − 3"), ("(-1)", "(−1)"), ("−3", "−3"), ("“-3”", "“−3”"),
        ("2-3", "2-3"), ("GPT-2", "GPT-2"), ("k-1", "k-1"), ("2026-01-31", "2026-01-31"), ("1e-5", "1e-5"),
        ("--steps 3", "--steps 3"), ("well-known", "well-known"), ("- no number", "- no number"),
        ("(a)-2", "(a)-2"),
    ],
)  # fmt: skip
def test_which_hyphens_are_minus_signs(text: str, shown: str) -> None:
    assert with_minus(text) == shown


@given(st.text("a1 .-−,([", max_size=30))
def test_only_hyphens_before_numbers_change(text: str) -> None:
    shown = with_minus(text)
    assert len(shown) == len(text)
    for number, (before, after) in enumerate(zip(text, shown, strict=True)):
        assert before == after or (before, after) == ("-", MINUS)
        if before != after:
            assert re.match(r" ?\.?\d", text[number + 1 :])
    assert with_minus(shown) == shown


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> MathView:
    made = MathView(theme)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    return made


def test_words_have_it_but_code_and_formulas_have_not(view: MathView) -> None:
    view.set_markdown(
        "The state is -0.5 (**-2**), `x = -0.5`; $-3$. *GPT*-2 and [-1](topic:a)\n\n```\ny = -7\n```"
    )
    shown = view.toPlainText()
    assert "The state is −0.5 (−2)" in shown
    assert "x = -0.5" in shown
    assert "y = -7" in shown
    assert "GPT-2" in shown
    assert "−1" in shown
    assert view.markdown.count("−") == 0
    view.selectAll()
    assert "$-3$" in view.selected_markdown()
    assert "`x = -0.5`" in view.selected_markdown()


def test_a_table_has_it(view: MathView) -> None:
    view.set_markdown("| a | b |\n|---|---|\n| -1 | 2 |\n")
    assert "−1" in view.toPlainText()


@pytest.mark.parametrize("typed", ["-0.5", "−0.5", "IS -0.5", "x = -0.5"])
def test_what_is_found_by_either_sign(view: MathView, typed: str) -> None:
    view.set_markdown("The state is -0.5, and `x = -0.5` too.")
    assert view.mark_all(typed) == (2 if len(typed) == 4 else 1)
    assert view.find_text(typed)
    found = written(view.textCursor().selectedText())
    assert found.replace("−", "-").lower() == typed.replace("−", "-").lower()


def test_signs_of_regular_expressions_are_only_letters(view: MathView) -> None:
    view.set_markdown("What is (a+b)? It is [c-d]. A . and a *")
    for words in ("(a+b)?", "[c-d]", ". and"):
        assert view.mark_all(words) == 1, words
    assert view.mark_all("a.b") == 0
