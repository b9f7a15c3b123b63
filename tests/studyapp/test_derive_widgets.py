"""Parts of the Derive page alone: lines of chips, the LaTeX of a whole derivation, failed checks."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.symbolic.report import Check, Status
from studyapp.derivation_latex import whole
from studyapp.theme import Theme
from studyapp.widgets.derive_sample import report
from studyapp.widgets.flow_row import FlowRow
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.line_words import check_words, sources
from studyapp.widgets.result_card import ResultCard
from studyapp.widgets.step_row import StepRow


@pytest.mark.parametrize(("width", "lines"), [(1000, 1), (230, 3), (60, 6)])
def test_chips_go_on_in_another_line(width: int, lines: int, qtbot: QtBot) -> None:
    row = FlowRow(gap=10)
    qtbot.addWidget(row)
    labels = [QLabel("x") for _ in range(6)]
    for label in labels:
        label.setFixedSize(100, 20)
        row.add(label)
    row.resize(width, row.heightForWidth(width))
    row.show()
    assert len({label.y() for label in labels}) == lines
    assert row.heightForWidth(width) == lines * 30 - 10
    assert not any(a.geometry().intersects(b.geometry()) for a in labels for b in labels if a is not b)


def test_the_content_of_a_gutter_is_as_wide_with_a_bar_as_without(qtbot: QtBot) -> None:
    scroll = GutterScroll()
    qtbot.addWidget(scroll)
    label = QLabel("x")
    scroll.column.addWidget(label)
    scroll.resize(300, 200)
    scroll.show()
    qtbot.waitUntil(lambda: label.width() == 300 - 16, timeout=8000)
    label.setMinimumHeight(900)
    qtbot.waitUntil(scroll.verticalScrollBar().isVisible, timeout=8000)
    qtbot.waitUntil(lambda: label.width() == 300 - 16, timeout=8000)


def test_what_latex_would_read_as_a_command_is_only_printed() -> None:
    made = dataclasses.replace(report(), conventions=(("50% & more", "a_ b {c} #1 $x$ ~ ^ \\end"),))
    line = next(line for line in whole(made).splitlines() if line.startswith("Conventions"))
    assert line == (
        r"Conventions: 50\% \& more: a\_ b \{c\} \#1 \$x\$ \textasciitilde{} \textasciicircum{} "
        r"\textbackslash{}end"
    )


def test_symbols_of_the_conventions_are_mathematics_in_latex() -> None:
    made = dataclasses.replace(report(), conventions=(("∂⁺", "immediate"), ("δₜ", "∂L by aₜ, h₀")))
    line = next(line for line in whole(made).splitlines() if line.startswith("Conventions"))
    assert line == r"Conventions: $\partial^{+}$: immediate; $\delta_{t}$: $\partial$L by $a_{t}$, $h_{0}$"


def test_lines_keep_their_numbers_and_sources() -> None:
    made = whole(report())
    assert [made.index(rf"\tag{{{number}}}") for number in (1, 2, 3)] == sorted(
        made.index(rf"\tag{{{number}}}") for number in (1, 2, 3)
    )
    assert "Unroll, from (1), (2):" in made


def test_words_about_sources_and_checks() -> None:
    first, _, last = report().lines
    assert sources(first) == ""
    assert sources(last) == "from lines 1 and 2"
    assert sources(dataclasses.replace(last, uses=(1, 4, 9))) == "from lines 1, 4 and 9"
    assert check_words(None).startswith("An assumption")
    assert "failed" in check_words(Check("both sides", 8, 0.5, False))
    assert "0.50" in check_words(Check("both sides", 8, 0.5, False))


def test_a_failed_check_is_not_called_proven(qtbot: QtBot) -> None:
    card = ResultCard(Theme("light"))
    qtbot.addWidget(card)
    good, *rest = report().lines
    bad = dataclasses.replace(good, check=Check("both sides", 8, 0.5, False))
    card.set_report(dataclasses.replace(report(), lines=(bad, *rest)))
    assert card.status.text() == "Line 1 failed its check"
    assert card.status.objectName() == "chipbad"
    card.set_report(dataclasses.replace(report(), status=Status.MEASURED))
    assert card.status.text().startswith("Measured")
    card.set_report(report())
    assert card.status.objectName() == "chipgood"


def test_a_row_is_empty_until_it_is_seen(qtbot: QtBot) -> None:
    row = StepRow(Theme("light"), report().lines[2])
    qtbot.addWidget(row)
    assert not row.findChildren(QLabel)
    assert "2^n" in row.accessibleDescription()
    row.show()
    row.setFocus()
    qtbot.waitUntil(lambda: row.filled, timeout=8000)
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert row.open
    assert row.why is not None
    assert row.line.statement in row.why.markdown
