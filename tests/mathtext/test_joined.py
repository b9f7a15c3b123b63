"""Where no line ends: behind the hyphen of "n-grams", before an operator in code. Copies and searches
know nothing of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from studyapp.mathtext.joined import HYPHEN, SPACE, operators, short_words, written
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme

TEXT = (
    "The n-grams and a 1-D convolution, the k-th one; *n*-grams too, **U-Net**. It is well-known that "
    "`3 + 4*3`, `itemsize * 35` and `a == b` are `f(x, -1)`."
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("n-grams", "n‑grams"), ("(k-th", "(k‑th"), ("1-D", "1‑D"), ("GPT-2", "GPT-2"),
     ("well-known", "well-known"), ("many-to-one", "many-to-one"), ("a - b", "a - b"), ("n-", "n-"),
     ("seq-2-seq", "seq-2-seq"), ("--n-best", "--n-best")],
)  # fmt: skip
def test_hyphens_behind_one_letter(text: str, shown: str) -> None:
    assert short_words(text) == shown


def test_the_letter_may_stand_before_the_text() -> None:
    assert short_words("-grams", " n") == f"{HYPHEN}grams"
    assert short_words("-grams", "in") == "-grams"


@pytest.mark.parametrize(
    ("code", "shown"),
    [("3 + 4", "3~+ 4"), ("a == b", "a~== b"), ("f(x, -1)", "f(x, -1)"), ("x = -1", "x~= -1"),
     ("f(*, /)", "f(*, /)"), ("a -b", "a -b"), ("(a, * b)", "(a, * b)")],
)  # fmt: skip
def test_operators(code: str, shown: str) -> None:
    assert operators(code) == shown.replace("~", SPACE)


@given(st.text("ab1 .-+=*(", max_size=30))
def test_what_was_written_comes_back(text: str) -> None:
    assert written(short_words(text)) == text
    assert written(operators(text)) == text


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> MathView:
    made = MathView(theme, 15)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.set_markdown(TEXT)
    return made


def test_no_line_ends_or_begins_there(view: MathView) -> None:
    block = view.document().begin()
    seen = set()
    for width in range(60, 500, 3):
        view.document().setTextWidth(width)
        layout = block.layout()
        for number in range(1, layout.lineCount()):
            start = layout.lineAt(number).textStart()
            before, line = block.text()[:start], block.text()[start:]
            seen.add(start)
            assert not line.startswith(("+", "*", "==", "grams", "D con", "th one", "Net")), (width, before)
    assert len(seen) > 20


def test_a_copy_and_a_search_do_not_see_it(view: MathView) -> None:
    view.selectAll()
    assert view.selected_markdown() == TEXT
    for words, count in (
        ("n-grams", 2),
        ("1-d", 1),
        ("u-net", 1),
        ("3 + 4", 1),
        ("size * 35", 1),
        ("well-k", 1),
    ):
        assert view.mark_all(words) == count, words
        assert view.find_text(words), words
