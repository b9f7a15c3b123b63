"""How results are written: the golden ratio by its letter, long ones in rows, counts as numbers."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.recurrences.answers import answer
from engine.symbolic.findings import Findings, LineCount, Row
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.report import Report
from studyapp import golden
from studyapp.long_formulas import WIDE, in_rows, length
from studyapp.mathtext.cache import formulas
from studyapp.mathtext.prefetch import Prefetch
from studyapp.theme import Theme
from studyapp.widgets.findings_sample import code
from studyapp.widgets.measured_card import MeasuredCard, totals
from studyapp.widgets.result_card import ResultCard
from studyapp.widgets.rows_table import RowsTable

RATIO = r"\left(\frac{1 + \sqrt{5}}{2}\right)"


def solved(text: str) -> Report:
    found = answer(RecurrenceJob(text))
    assert isinstance(found, Report), found
    return found


def test_fibonacci_is_told_by_the_golden_ratio() -> None:
    result = solved("F(n) = F(n-1) + F(n-2), F(0) = 0, F(1) = 1").result
    assert RATIO in result
    short = golden.shortened(result)
    assert r"\varphi^{n}" in short
    assert r"\psi^{n}" in short
    assert RATIO not in short
    assert len(golden.meanings(result)) == 2


@pytest.mark.parametrize("latex", [r"n \log n", rf"{RATIO} n", r"\frac{1 + \sqrt{5}}{2}", ""])
def test_what_is_no_power_of_it_stays(latex: str) -> None:
    assert golden.shortened(latex) == latex
    assert golden.meanings(latex) == ()


def test_the_ratio_in_a_sentence_comes_with_its_meaning() -> None:
    said = golden.in_words("By induction F(n) ≤ 2/3 ((1 + sqrt(5))/2)^n for n ≥ 1.")
    assert said == "By induction F(n) ≤ 2/3 φ^n for n ≥ 1, with φ = (1 + √5)/2."
    assert golden.in_words("Case 2.") == "Case 2."


@given(
    st.lists(
        st.sampled_from([r"\frac{n^{2}}{2}", "3 n", r"\left(n + 1\right)", "4"]), min_size=1, max_size=14
    )
)
def test_rows_keep_every_sign_and_break_outside_of_brackets(terms: list[str]) -> None:
    latex = "T(n) = " + " + ".join(terms) + r" \in \Theta\left(n^{2}\right)"
    shown = in_rows(latex)
    bare = re.sub(r"\\(?:begin|end)\{aligned\}|\\\\\[4pt\]|\\quad|&|\s", "", shown)
    assert bare == re.sub(r"\s", "", latex)
    for row in shown.split(r"\\[4pt]"):
        assert row.count("{") == row.count("}")
        assert row.count(r"\left") == row.count(r"\right")
    assert (shown == latex) == (length(latex) <= WIDE)


def result_card(qtbot: QtBot, report: Report, width: int) -> ResultCard:
    card = ResultCard(Theme("light"))
    qtbot.addWidget(card)
    card.resize(width, 300)
    card.show()
    qtbot.waitUntil(lambda: all(formulas().at_hand(*key) for key in card.formulas(report)), timeout=8000)
    card.set_report(report)
    return card


def test_a_long_result_breaks_where_there_is_no_room(qtbot: QtBot) -> None:
    terms = r" + ".join(rf"\frac{{{k} n^{{{k}}}}}{{7}}" for k in range(2, 16))
    report = dataclasses.replace(code(), result=rf"T(n) = {terms} \in \Theta\left(n^{{15}}\right)")
    prefetch = Prefetch()
    prefetch.want(ResultCard.formulas(report))
    card = result_card(qtbot, report, 500)
    assert r"\begin{aligned}" in card.result.tex
    card.resize(1800, 300)
    qtbot.waitUntil(lambda: r"\begin{aligned}" not in card.result.tex, timeout=2000)


def test_why_there_is_no_class_stands_below_the_result(qtbot: QtBot) -> None:
    report = solved("T(n) = -2T(n-1) + 1, T(0) = 1")
    prefetch = Prefetch()
    prefetch.want(ResultCard.formulas(report))
    card = result_card(qtbot, report, 640)
    assert "changes its sign" in card.note.text()
    assert card.note.isVisible()
    card.set_covered(True)
    assert not card.note.isVisible()


def test_what_was_measured_is_shown_in_numbers(qtbot: QtBot) -> None:
    counts = tuple(
        LineCount(line, None, "", None, None, measured=tuple((n, line * n) for n in range(1, 13)))
        for line in (1, 2, 3)
    )
    assert totals(counts)[:2] == [(1, 6), (2, 12)]
    card = MeasuredCard()
    qtbot.addWidget(card)
    card.resize(900, 200)
    card.show()
    card.set_found(Findings(counts=counts), proven=False)
    card.resize(420, 200)
    qtbot.wait(20)
    words = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert "12" in words
    assert "72" in words
    assert "no proof" in " ".join(words)
    assert "lines executed" in words
    card.set_found(Findings(counts=counts, start=11), proven=False)
    assert [point[0] for point in card._points] == [11, 12], "the formula says nothing of smaller ones"
    card.set_found(Findings(counts=counts, assumption="Each argument is worked out once."), proven=True)
    words = [label.text() for label in card.findChildren(QLabel)]
    assert any(word.startswith("Each argument is worked out once.") for word in words)
    assert "no proof" not in " ".join(words)


def test_roots_in_a_sentence_have_their_sign() -> None:
    assert golden.in_words("p is sqrt(13) or sqrt(n); sqrt(n + 1)") == "p is √13 or √n; sqrt(n + 1)"


def test_digits_with_dots_stand_in_brackets_below_a_power() -> None:
    result = solved("T(n) = T(n-1) + T(n-2) + T(n-3), T(0) = 0, T(1) = 1, T(2) = 1").result
    assert r"(1.8392\ldots)^{n}" in result


def test_large_values_are_short_powers_of_ten(qtbot: QtBot) -> None:
    rows = (
        Row(10, "2.29 · 10^21", 21.36, "10^208,971 years"),
        Row(100, "a number of 208,989 digits", 208988.2, "years"),
    )
    table = RowsTable(Theme("light"), Prefetch())
    qtbot.addWidget(table)
    table.set_rows(rows)
    words = [label.text() for label in table.findChildren(QLabel)]
    assert "2.29 · 10²¹" in words
    assert "10²⁰⁸⁹⁷¹ years" in words
    assert "≈ 10²⁰⁸⁹⁸⁸" in words
