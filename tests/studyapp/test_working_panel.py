"""Check my working: what is asked, what becomes of what is typed, and that nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from engine.derivations.answers import answer
from engine.derivations.catalogue import MODELS, cleaned
from engine.errors import FormulaError
from engine.symbolic.jobs import GradientJob, WorkingJob
from engine.symbolic.report import Judged, Line, Report, Verdict
from engine.working.judging import judged
from studyapp.line_question import question, sides
from studyapp.mathtext.engine import MathEngine
from studyapp.theme import Theme
from studyapp.typed_names import keys, reader
from studyapp.widgets.derive_sample import report as sample
from studyapp.widgets.formula_line import LONGEST
from studyapp.widgets.typed_line import SIGNS, TypedLine
from studyapp.widgets.verdict_card import (
    AGAIN,
    GO_ON,
    LOOKS,
    NEXT,
    OFFERED,
    SHAPES,
    SHOW,
    VerdictCard,
    difference,
)
from studyapp.widgets.working_panel import WorkingPanel
from studyapp.working_notes import Notes, first_asked

JOB = GradientJob()


@pytest.fixture(scope="module")
def derived() -> Report:
    found = answer(JOB)
    assert isinstance(found, Report)
    return found


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    """One for all: each new one styles every widget of the process again."""
    return Theme("dark")


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot, derived: Report) -> WorkingPanel:
    made = WorkingPanel(theme)
    qtbot.addWidget(made)
    made.resize(620, 700)
    made.show()
    made.set_report(derived)
    made.set_reader(reader(JOB), keys(JOB))
    return made


def submit(panel: WorkingPanel, text: str) -> Verdict:
    """As the page does it."""
    panel.typed.set_text(text)
    panel.typed.submit()
    verdict = judged(WorkingJob(JOB, panel.known, text))
    panel.show_verdict(verdict)
    return verdict


# --- what is asked ---


@pytest.mark.parametrize(
    ("latex", "left", "relation"),
    [
        (r"\frac{\partial L}{\partial h_t} = W", r"\frac{\partial L}{\partial h_t}", "="),
        (r"\begin{aligned} \delta_t &= a \\ &= b \end{aligned}", r"\delta_t", "="),
        (r"\left\lVert\prod_{k=1}^T J\right\rVert \le 1", r"\left\lVert\prod_{k=1}^T J\right\rVert", r"\le"),
        (r"\sum_{t=1}^{T} a_t = b", r"\sum_{t=1}^{T} a_t", "="),
        (r"\left.x\right|_{t=1} = 2", r"\left.x\right|_{t=1}", "="),
        (r"\text{no relation}", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_left_side_ends_at_the_first_relation_outside_of_braces(
    latex: str, left: str, relation: str
) -> None:
    assert sides(latex) == (left, relation)


def test_every_line_of_the_catalogue_has_a_question_that_can_be_set() -> None:
    lefts: set[str] = set()
    for card in MODELS:
        found = answer(cleaned(GradientJob(model=card.key)))
        assert isinstance(found, Report)
        for line in found.lines:
            lefts.add(sides(line.latex)[0])
            assert question(line).startswith("What is ")
    assert "" not in lefts
    engine = MathEngine()
    assert all(engine.svg(left, True).startswith("<") for left in sorted(lefts)[::4])


def test_the_forward_pass_is_given_and_fine_lines_are_not_asked_for(
    panel: WorkingPanel, derived: Report
) -> None:
    asked = panel.asked_line
    assert asked is not None
    assert sides(asked.latex)[0] == r"\frac{\partial L}{\partial \hat{y}}"
    assert first_asked(derived.lines) == asked.number - 1 == panel.known
    assert all(line.level <= 1 for line in panel.notes.lines)
    assert "What is" in panel.question.markdown
    assert f"Line {asked.number}" in panel.question.markdown


def test_a_bound_is_asked_for_as_a_bound() -> None:
    line = replace(sample().lines[0], latex=r"\lVert J_t\rVert \le \gamma", span="t = 1, 2")
    assert question(line) == r"What is an upper bound for $\displaystyle \lVert J_t\rVert$ for $t = 1, 2$?"


# --- what becomes of it ---


def test_a_right_line_counts_and_enter_goes_on(panel: WorkingPanel, qtbot: QtBot) -> None:
    first = panel.asked_line
    assert submit(panel, "ŷ - y").judged is Judged.RIGHT
    assert panel.notes.score()[0] == 1
    button = panel.card.buttons[NEXT]
    assert button.hasFocus()
    with qtbot.waitSignal(panel.asked):
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert panel.asked_line is not first
    assert panel.typed.text == ""
    assert panel.card.isHidden()
    assert panel.typed.line.hasFocus()


def test_a_mistake_is_named_with_the_first_number_that_differs(panel: WorkingPanel) -> None:
    panel.ask_for(9)
    verdict = submit(panel, "W_h δ_{t+1}")
    assert verdict.judged is Judged.WRONG
    assert panel.card.mistake.text() == verdict.mistake == "W not transposed"
    where = panel.card.where.text()
    assert where.startswith("t = 1, row 1: yours ")
    assert ", should be " in where
    assert panel.typed.text == "W_h δ_{t+1}"
    assert panel.notes.score()[0] == 0
    assert list(panel.card.buttons) == [AGAIN, SHOW]


def test_what_cannot_be_read_is_pointed_at(panel: WorkingPanel) -> None:
    panel.ask_for(9)
    text = "W_hᵀ δ_{t+1"
    assert submit(panel, text).judged is Judged.UNREADABLE
    assert panel.typed.line.property("invalid")
    assert panel.typed.line.cursorPosition() == text.index("{")
    assert panel.typed.caret.text().splitlines()[1].index("^") == text.index("{")
    assert "never closed" in panel.typed.problem.text()
    assert panel.typed.text == text


def test_another_convention_is_no_mistake_and_one_may_go_on(panel: WorkingPanel) -> None:
    assert submit(panel, "2(ŷ - y)").judged is Judged.CONVENTION
    assert "without the 1/2" in panel.card.sentence.markdown
    assert set(panel.card.buttons) == {NEXT, AGAIN, SHOW}
    assert panel.notes.score()[0] == 0


def test_a_line_that_skips_goes_on_after_what_it_reached(panel: WorkingPanel) -> None:
    verdict = submit(panel, "∂L/∂h_T = W_oᵀ (ŷ - y)")
    assert verdict.judged is Judged.SKIPS
    assert verdict.line == 7
    panel.next()
    assert panel.asked_line is not None
    assert panel.asked_line.number > 7


def test_what_is_known_already_does_not_count(panel: WorkingPanel) -> None:
    panel.ask_for(9)
    submit(panel, "∂L/∂ŷ = ŷ - y")
    assert panel.notes.score()[0] == 0
    assert NEXT not in panel.card.buttons
    assert "nothing new" in panel.card.accessibleName()
    panel.card.buttons[AGAIN].click()
    assert panel.asked_line is not None
    assert panel.asked_line.number == 9


def test_a_line_that_was_shown_is_not_found_by_oneself(panel: WorkingPanel, qtbot: QtBot) -> None:
    panel.ask_for(9)
    submit(panel, "W_h δ_{t+1}")
    with qtbot.waitSignal(panel.shown) as caught:
        panel.card.buttons[SHOW].click()
    assert caught.args == [9]
    assert panel.line.tex == panel.asked_line.latex if panel.asked_line else False
    submit(panel, "W_hᵀ δ_{t+1}")
    assert panel.notes.score()[0] == 0
    panel.card.buttons[NEXT].click()
    assert panel.known >= 9


def test_the_whole_derivation_can_be_worked_out(panel: WorkingPanel) -> None:
    typed = {
        5: "ŷ - y",
        7: "W_oᵀ ∂L/∂ŷ",
        9: "W_hᵀ δ_{t+1}",
        11: "∂L/∂h_t ⊙ (1 - h_t²)",
        13: "Σ_{t=1}^{T} δ_t h_{t-1}ᵀ",
    }
    for number, text in typed.items():
        assert panel.asked_line is not None
        assert panel.asked_line.number == number
        assert submit(panel, text).judged is Judged.RIGHT, text
        panel.next()
    right, total = panel.notes.score()
    assert right == len(typed) <= total
    while panel.asked_line is not None:
        panel.show_line()
        panel.next()
    assert not panel.again.isHidden()
    assert panel.typed.isHidden()
    panel.again.click()
    assert panel.asked_line is not None
    assert panel.asked_line.number == 5
    assert len(panel.notes.tried) == len(typed)


# --- nothing is lost ---


def test_no_answer_keeps_the_text_and_lets_one_try_again(panel: WorkingPanel) -> None:
    asked: list[str] = []
    panel.submitted.connect(asked.append)
    panel.typed.set_text("ŷ - y")
    panel.typed.submit()
    panel.typed.submit()  # a second Enter while the first is judged
    assert asked == ["ŷ - y"]
    assert not panel.typed.button.isEnabled()
    panel.show_trouble("The process has stopped. It starts again.")
    assert panel.typed.text == "ŷ - y"
    assert panel.typed.button.isEnabled()
    assert "stopped" in panel.card.sentence.markdown
    panel.card.buttons[AGAIN].click()
    panel.typed.submit()
    assert len(asked) == 2


def test_a_verdict_that_nobody_waits_for_is_ignored(panel: WorkingPanel) -> None:
    panel.show_verdict(Verdict(Judged.RIGHT, "Right.", line=5))
    assert panel.card.isHidden()
    assert panel.notes.score()[0] == 0


def test_another_derivation_and_back_keeps_text_and_history(panel: WorkingPanel, derived: Report) -> None:
    submit(panel, "ŷ + y")
    panel.typed.set_text("half a li")
    other = answer(replace(JOB, wrt="W_i"))
    assert isinstance(other, Report)
    panel.set_report(other)
    assert panel.typed.text == ""
    assert not panel.notes.tried
    panel.set_report(derived)
    assert panel.typed.text == "half a li"
    assert [one.text for one in panel.notes.tried] == ["ŷ + y"]
    assert panel.typed.line.entries == ("ŷ + y",)


def test_other_numbers_keep_what_was_typed(panel: WorkingPanel, derived: Report) -> None:
    submit(panel, "ŷ - y")
    panel.next()
    known = panel.known
    again = answer(replace(JOB, seed=2))
    assert isinstance(again, Report)
    panel.set_report(again)
    assert panel.known == known
    assert panel.notes.score()[0] == 1
    assert len(panel.notes.tried) == 1


def test_up_recalls_and_a_click_on_the_history_puts_it_back(panel: WorkingPanel) -> None:
    submit(panel, "ŷ + y")
    submit(panel, "ŷ - y²")
    panel.typed.set_text("draft")
    QTest.keyClick(panel.typed.line, Qt.Key.Key_Up)
    assert panel.typed.text == "ŷ - y²"
    QTest.keyClick(panel.typed.line, Qt.Key.Key_Down)
    assert panel.typed.text == "draft"
    panel.tried.rows[-1].click()
    assert panel.typed.text == "ŷ + y"


def test_notes_count_each_line_once() -> None:
    lines = tuple(replace(sample().lines[0], number=number) for number in range(1, 6))
    notes = Notes(lines, known=2)
    for _ in range(3):
        notes.submit("x")
        notes.judge(Verdict(Judged.RIGHT, "", line=3))
    assert notes.score() == (1, 3)
    notes.advance()
    assert (notes.known, notes.done()) == (3, 1)


# --- the field ---


@pytest.fixture
def typed(theme: Theme, qtbot: QtBot) -> TypedLine:
    made = TypedLine(theme, "Your line")
    qtbot.addWidget(made)
    made.show()
    made.set_reader(reader(JOB))
    return made


def test_what_is_typed_is_typeset_at_once(typed: TypedLine, qtbot: QtBot) -> None:
    QTest.keyClicks(typed.line, "dL/dh_t = W_h^T delta_{t+1}")
    qtbot.waitUntil(lambda: not typed.echo.isHidden(), timeout=8000)
    assert typed.echo.tex == r"\frac{\partial L}{\partial h_t} = W_h^{\top} \delta_{t+1}"
    QTest.keyClick(typed.line, Qt.Key.Key_Backspace)
    qtbot.waitUntil(typed.echo.isHidden, timeout=8000)
    assert "^" in typed.caret.text()


def test_keys_insert_at_the_caret_and_can_be_undone(typed: TypedLine) -> None:
    typed.set_names(keys(JOB))
    assert len(typed.keys) == len(SIGNS) + len(keys(JOB))
    typed.set_text("ab")
    typed.line.setCursorPosition(1)
    sigma = next(i for i, key in enumerate(SIGNS) if key.label == "Σ")
    typed.keys[sigma].click()
    assert typed.text == "aΣ_{t=1}^{T} b"
    QTest.keyClicks(typed.line, "x")
    assert typed.text == "aΣ_{t=1}^{T} xb"
    typed.line.undo()
    typed.line.undo()
    assert typed.text == "ab"
    assert all(button.accessibleName() for button in typed.keys)


def test_every_key_is_understood() -> None:
    read = reader(JOB)
    for text in ("Σ_{t=1}^{T} δ_t h_{t-1}ᵀ", "Π_{k=T}^{t+1} W_h", "∂L/∂h_t", "δ_t ⊙ h_t"):
        assert read(text)
    for key in keys(JOB):
        assert read(key.text) == key.latex


def test_a_text_that_is_too_long_is_refused_whole(typed: TypedLine, qtbot: QtBot) -> None:
    typed.set_text("h_t")
    typed.line.insert("x" * (LONGEST + 5))
    qtbot.waitUntil(lambda: typed.text == "h_t", timeout=8000)
    assert "room for" in typed.problem.text()


def test_nothing_typed_is_nothing_submitted(typed: TypedLine) -> None:
    sent: list[str] = []
    typed.submitted.connect(sent.append)
    typed.submit()
    typed.set_text("   ")
    typed.submit()
    assert not sent
    assert "Type something" in typed.problem.text()


@pytest.mark.parametrize(
    "text", ["\x00", "((((" * 400, "∂" * 900, "\\frac{" * 200, "h_t" * 600, "𝔥", "; rm -rf /"]
)
def test_whatever_is_typed_is_answered_with_words(text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        reader(JOB)(text)
    assert str(caught.value).endswith(".")
    assert 0 <= caught.value.column <= len(text)


# --- the card ---


@pytest.mark.parametrize("verdict", list(Judged))
def test_each_verdict_has_its_look(verdict: Judged, theme: Theme, qtbot: QtBot) -> None:
    card = VerdictCard(theme)
    qtbot.addWidget(card)
    card.show_verdict(Verdict(verdict, "Because $x$."))
    assert card.accessibleName() == LOOKS[verdict].title
    assert tuple(card.buttons) == OFFERED[verdict]
    card.clear()
    assert card.isHidden()


def test_looks_differ() -> None:
    assert len({look.title for look in LOOKS.values()}) == len({look.icon for look in LOOKS.values()}) == 5


@pytest.mark.parametrize(
    ("where", "yours", "right", "words"),
    [
        ("t = 2, row 1", 0.12, -0.34, "t = 2, row 1: yours 0.12, should be −0.34"),
        ("", 0.12, 0.34, "Yours 0.12, should be 0.34"),
        ("t = 2", None, None, "t = 2"),
    ],
)
def test_the_first_difference_in_words(
    where: str, yours: float | None, right: float | None, words: str
) -> None:
    assert difference(Verdict(Judged.WRONG, "", where=where, yours=yours, right=right)) == words


def test_every_widget_shows_itself(theme: Theme, qtbot: QtBot) -> None:
    from studyapp.widgets import formula_key, tried_list, typed_line, verdict_card, working_panel

    makers: list[Callable[[Theme], QWidget]] = [
        module._show for module in (formula_key, tried_list, typed_line, verdict_card, working_panel)
    ]
    for make in makers:
        widget = make(theme)
        qtbot.addWidget(widget)
        assert not widget.grab().isNull()


def test_a_panel_without_a_derivation_asks_for_nothing(theme: Theme, qtbot: QtBot) -> None:
    made = WorkingPanel(theme)
    qtbot.addWidget(made)
    assert made.asked_line is None
    made.next()
    made.show_line()
    empty: tuple[Line, ...] = ()
    made.set_lines("none", empty)
    assert made.known == 0


# --- what is too long, what jumps ahead, what does not fit ---


def test_a_word_of_400_letters_makes_nothing_wider(panel: WorkingPanel, qtbot: QtBot) -> None:
    scroll = QScrollArea()
    qtbot.addWidget(scroll)
    scroll.setWidgetResizable(True)
    scroll.resize(620, 500)
    scroll.setWidget(panel)
    scroll.show()
    qtbot.waitExposed(scroll)
    panel.typed.line.setFocus()
    QGuiApplication.clipboard().setText("a" * 400)
    QTest.keyClick(panel.typed.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.typed.text == "a" * 400
    QTest.keyClick(panel.typed.line, Qt.Key.Key_Return)
    panel.show_verdict(judged(WorkingJob(JOB, panel.known, panel.typed.text)))
    qtbot.wait(120)
    assert panel.width() <= scroll.viewport().width()
    assert scroll.horizontalScrollBar().maximum() == 0 == scroll.horizontalScrollBar().value()
    assert "a" * 25 not in panel.typed.problem.text() and "…" in panel.typed.problem.text()
    assert "…" in panel.card.sentence.toPlainText()
    assert panel.tried.rows[0].minimumSizeHint().width() > 0
    assert panel.tried.rows[0].width() <= panel.width()


def test_shapes_that_do_not_fit_are_called_so(panel: WorkingPanel) -> None:
    text = "∂L/∂h_T = W_h h_{t-1} W_i"
    assert submit(panel, text).judged is Judged.UNREADABLE
    assert panel.card.accessibleName() == SHAPES
    assert "did you mean" in panel.card.sentence.markdown
    assert not panel.card.sentence.isHidden()


def test_one_goes_on_from_a_later_line(panel: WorkingPanel, derived: Report) -> None:
    asked = panel.asked_line
    assert asked is not None
    later = [line for line in panel.notes.lines if line.number > asked.number][1]
    panel.typed.set_text("x")
    QTest.keyClick(panel.typed.line, Qt.Key.Key_Return)
    panel.show_verdict(Verdict(Judged.SKIPS, "True.", later.latex, later.number))
    assert list(panel.card.buttons) == [GO_ON, SHOW]
    assert panel.notes.score()[0] == 0, "it counts when one goes on from there"
    assert panel.lit_line == later.number
    QTest.mouseClick(panel.card.buttons[GO_ON], Qt.MouseButton.LeftButton)
    following = panel.asked_line
    assert following is not None and following.number > later.number
    assert panel.notes.score()[0] == 1
    assert panel.notes.skipped == {
        n.number for n in panel.notes.lines if asked.number <= n.number < later.number
    }
    assert panel.notes.done() == 1 + len(panel.notes.skipped) + sum(
        panel.notes.given < n.number < asked.number for n in panel.notes.lines
    )
    assert "2 skipped" in panel._chip.text()


def test_the_picture_is_not_told_the_line_that_is_asked_for(panel: WorkingPanel) -> None:
    asked = panel.asked_line
    assert asked is not None and 0 < panel.lit_line < asked.number
    QTest.mouseClick(panel.typed.button, Qt.MouseButton.LeftButton)
    panel.show_line()
    assert panel.lit_line == asked.number
