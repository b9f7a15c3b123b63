"""Exercises: gaps and lines in order, judged and counted, and nothing lost by a slip."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.derivations.catalogue import cleaned
from engine.errors import FormulaError
from engine.symbolic.jobs import ExerciseJob, GapJob, GradientJob
from engine.symbolic.report import Exercise, Gap, Judged, Verdict
from engine.working.exercises import judged, made
from studyapp.exercise_notes import BOX, ExerciseNotes
from studyapp.mathtext.engine import MathEngine
from studyapp.theme import Theme
from studyapp.typed_names import keys, reader
from studyapp.widgets.choice_button import ChoiceButton
from studyapp.widgets.exercise_panel import ExercisePanel
from studyapp.widgets.gap_row import GapRow, in_box, read_index
from studyapp.widgets.score_card import ANOTHER, HARDER, SAME, score_words

JOB = GradientJob()


def exercise(kind: str = "gaps", level: int = 2, seed: int = 1, job: GradientJob = JOB) -> Exercise:
    found = made(ExerciseJob(job, kind, level, seed))
    assert isinstance(found, Exercise)
    return found


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    """One for all: each new one styles every widget of the process again."""
    return Theme("dark")


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot) -> ExercisePanel:
    shown = ExercisePanel(theme)
    qtbot.addWidget(shown)
    shown.resize(620, 700)
    shown.show()
    shown.set_reader(reader(JOB), keys(JOB))
    return shown


def solve(panel: ExercisePanel) -> None:
    """Answer the open gap rightly, as a student would."""
    assert panel.notes is not None
    number = panel.notes.current
    gap = panel.notes.exercise.gaps[number]
    panel.rows[-1].buttons[gap.answer].click()
    assert panel.notes.current == number + 1


def wrong_choice(gap: Gap) -> int:
    return next(place for place in range(len(gap.choices)) if place != gap.answer)


# --- choices ---


@pytest.mark.parametrize(("kind", "level"), [("gaps", 1), ("gaps", 2), ("order", 1), ("order", 3)])
def test_an_exercise_is_done_gap_by_gap(kind: str, level: int, panel: ExercisePanel) -> None:
    asked = exercise(kind, level)
    panel.set_exercise(asked)
    for number in range(len(asked.gaps)):
        assert len(panel.rows) == number + 1
        assert panel.score.isHidden()
        solve(panel)
    assert not panel.score.isHidden()
    assert panel.score.big.text() == f"{len(asked.gaps)}/{len(asked.gaps)}"
    assert [row.gap for row in panel.rows] == list(asked.gaps)


def test_lines_without_gaps_stand_before_the_gap_and_later_ones_are_not_given_away(
    panel: ExercisePanel,
) -> None:
    asked = exercise("order")
    panel.set_exercise(asked)
    shown = [label.tex for label in panel.findChildren(type(panel.rows[0].formula)) if label.tex]
    first = asked.gaps[0].line
    before = [line.latex for line in asked.lines if line.number < first]
    after = [line.latex for line in asked.lines if line.number >= first]
    assert shown == before
    assert not set(shown) & set(after)


def test_the_page_hears_which_line_is_asked_for(panel: ExercisePanel) -> None:
    heard: list[int] = []
    panel.asked.connect(heard.append)
    asked = exercise("gaps", 1)
    panel.set_exercise(asked)
    finish(panel)
    assert heard == [*(gap.line for gap in asked.gaps), 0]


def test_a_wrong_choice_says_why_may_be_tried_again_and_is_counted(panel: ExercisePanel) -> None:
    asked = exercise()
    panel.set_exercise(asked)
    gap, row = asked.gaps[0], panel.rows[0]
    wrong = wrong_choice(gap)
    for times in (1, 2):
        row.buttons[wrong].click()
        assert panel.notes is not None
        assert panel.notes.answers[0].wrong == times
    assert row.buttons[wrong].mark == "wrong"
    assert gap.wrong[wrong] in row.feedback.markdown
    assert panel.rows == [row]
    solve(panel)
    assert gap.because in row.feedback.markdown
    assert not panel.notes.answers[0].at_once
    assert panel.notes.score() == (0, len(asked.gaps), 2)


def test_number_keys_choose(panel: ExercisePanel) -> None:
    asked = exercise()
    panel.set_exercise(asked)
    panel.take_keyboard()
    assert panel.rows[0].buttons[0].hasFocus()
    QTest.keyClick(panel.rows[0].buttons[0], str(asked.gaps[0].answer + 1))
    assert len(panel.rows) == 2
    assert panel.rows[1].buttons[0].hasFocus()
    QTest.keyClick(panel.rows[1].buttons[0], Qt.Key.Key_9)
    assert len(panel.rows) == 2


def test_enter_and_space_choose(panel: ExercisePanel) -> None:
    asked = exercise()
    panel.set_exercise(asked)
    for number, key in enumerate((Qt.Key.Key_Return, Qt.Key.Key_Space)):
        QTest.keyClick(panel.rows[number].buttons[asked.gaps[number].answer], key)
        assert len(panel.rows) == number + 2


def test_a_click_on_a_gap_that_is_done_changes_nothing(panel: ExercisePanel) -> None:
    asked = exercise()
    panel.set_exercise(asked)
    solve(panel)
    assert panel.notes is not None
    before = panel.notes.score()
    panel.rows[0].buttons[wrong_choice(asked.gaps[0])].click()
    assert panel.notes.score() == before
    assert len(panel.rows) == 2


def test_the_answer_can_be_looked_at_and_does_not_count(panel: ExercisePanel) -> None:
    asked = exercise()
    panel.set_exercise(asked)
    panel.rows[0].give_up.click()
    assert panel.notes is not None
    assert panel.notes.answers[0].shown
    assert panel.notes.score()[0] == 0
    assert len(panel.rows) == 2
    assert BOX not in panel.rows[0].formula.tex


def test_what_is_asked_is_in_sight_until_the_user_scrolls(panel: ExercisePanel, qtbot: QtBot) -> None:
    panel.set_exercise(exercise("order"))
    for _ in range(4):
        solve(panel)

    def seen(row: GapRow) -> bool:
        return row.visibleRegion().boundingRect().height() > 0.9 * min(row.height(), panel.lines.height())

    qtbot.waitUntil(lambda: seen(panel.rows[-1]), timeout=8000)
    bar = panel.lines.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    panel.resize(640, 720)
    qtbot.wait(50)
    assert bar.value() == 0


# --- typed answers ---


def typed_gap(panel: ExercisePanel, kind: str) -> int:
    """Go on to the first typed gap of this kind."""
    for seed in range(1, 30):
        asked = exercise("gaps", 3, seed)
        if any(gap.kind == kind for gap in asked.gaps):
            panel.set_exercise(asked)
            number = next(i for i, gap in enumerate(asked.gaps) if gap.kind == kind)
            for _ in range(number):
                panel.rows[-1].give_up.click()
            return number
    raise AssertionError(kind)


def test_a_typed_answer_is_judged_and_kept_if_it_is_wrong(panel: ExercisePanel, qtbot: QtBot) -> None:
    number = typed_gap(panel, "factor")
    row = panel.rows[-1]
    assert row.field is not None
    assert panel.notes is not None
    row.field.set_text("b_h")
    with qtbot.waitSignal(panel.typed) as caught:
        QTest.keyClick(row.field.line, Qt.Key.Key_Return)
    assert caught.args == [number, "b_h"]
    assert not row.field.button.isEnabled()
    panel.show_verdict(number, judged(GapJob(panel.notes.exercise.asked, number, "b_h")))
    assert row.field.text == "b_h"
    assert row.field.button.isEnabled()
    assert "Not so" in row.feedback.markdown
    assert panel.notes.answers[number].wrong == 1
    row.field.set_text("(")
    row.field.submit()
    panel.show_verdict(number, judged(GapJob(panel.notes.exercise.asked, number, "(")))
    assert panel.notes.answers[number].wrong == 1  # what cannot be read is no wrong answer
    assert row.field.line.property("invalid")
    assert panel.notes.answers[number].drafts == ["b_h", "("]


@pytest.mark.parametrize("kind", ["factor", "index"])
def test_a_right_typed_answer_fills_the_box(kind: str, panel: ExercisePanel) -> None:
    number = typed_gap(panel, kind)
    assert panel.notes is not None
    row = panel.rows[-1]
    row.field.set_text("x") if row.field else None
    row.typed.emit("x")
    latex = "t-1" if kind == "index" else r"W_h^{\top}"
    panel.show_verdict(number, Verdict(Judged.RIGHT, "Right.", latex))
    assert panel.notes.current == number + 1
    assert BOX not in row.formula.tex
    assert row.gap.because in row.feedback.markdown


def test_the_echo_shows_the_line_with_the_answer_in_it() -> None:
    gap = Gap(1, "factor", rf"\delta_t = {BOX}\,x_t", "?", (), -1, "")
    read = in_box(gap, reader(JOB))
    assert read is not None
    assert read("W_h^T") == r"\delta_t = \boxed{W_h^{\top}}\,x_t"
    index = in_box(replace(gap, kind="index", latex=f"h_{{{BOX}}}"), reader(JOB))
    assert index is not None
    assert index(" t - 1") == r"h_{\boxed{t-1}}"


@pytest.mark.parametrize("text", ["t", "t-1", "T", "0", "12", "j + 1"])
def test_times_are_indices(text: str) -> None:
    assert read_index(text) == text.replace(" ", "")


@pytest.mark.parametrize("text", ["", "t-", "h_t", "t-1-1", "\\boxed", "1234", "}{"])
def test_anything_else_is_no_index(text: str) -> None:
    with pytest.raises(FormulaError, match="index"):
        read_index(text)


def test_a_late_verdict_on_another_gap_is_ignored(panel: ExercisePanel) -> None:
    panel.set_exercise(exercise())
    panel.show_verdict(7, Verdict(Judged.RIGHT, ""))
    assert panel.notes is not None
    assert panel.notes.current == 0


def test_no_verdict_says_why_and_keeps_the_text(panel: ExercisePanel) -> None:
    typed_gap(panel, "factor")
    row = panel.rows[-1]
    assert row.field is not None
    row.field.set_text("W_h")
    row.field.submit()
    panel.show_trouble("The process has stopped.")
    assert row.field.text == "W_h"
    assert row.field.button.isEnabled()
    assert "stopped" in row.feedback.markdown
    assert "Not so" not in row.feedback.markdown


# --- again ---


def finish(panel: ExercisePanel) -> None:
    while panel.notes is not None and not panel.notes.finished:
        solve(panel)


def test_at_the_end_there_is_more(panel: ExercisePanel) -> None:
    wanted: list[tuple[str, int, int]] = []
    panel.wanted.connect(lambda *asked: wanted.append(asked))
    panel.set_exercise(exercise("gaps", 1, 4))
    finish(panel)
    assert list(panel.score.buttons) == [ANOTHER, HARDER, SAME]
    panel.score.buttons[ANOTHER].click()
    assert wanted == [("gaps", 1, 5)]
    panel.score.buttons[HARDER].click()
    assert wanted[-1][:2] == ("gaps", 2)
    panel.score.buttons[SAME].click()
    assert panel.notes is not None
    assert panel.notes.current == 0
    assert panel.notes.exercise == exercise("gaps", 1, 4)


def test_the_hardest_offers_nothing_harder(panel: ExercisePanel) -> None:
    panel.set_exercise(exercise("order", 3))
    finish(panel)
    assert HARDER not in panel.score.buttons


def test_kind_and_level_ask_for_another_exercise(panel: ExercisePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.wanted) as caught:
        panel.begin()
    assert caught.args == ["gaps", 1, 1]
    with qtbot.waitSignal(panel.wanted) as caught:
        panel.kind.button("order").click()
    assert caught.args == ["order", 1, 1]
    with qtbot.waitSignal(panel.wanted) as caught:
        panel.level.button("3").click()
    assert caught.args == ["order", 3, 1]
    assert panel.level.button("3").toolTip()


def test_an_exercise_that_comes_back_has_its_answers(panel: ExercisePanel) -> None:
    asked = exercise()
    panel.set_exercise(asked)
    solve(panel)
    panel.rows[1].buttons[wrong_choice(asked.gaps[1])].click()
    panel.set_exercise(exercise("order"))
    panel.clear()
    panel.set_exercise(asked)
    assert panel.notes is not None
    assert panel.notes.current == 1
    assert panel.notes.score()[2] == 1
    assert len(panel.rows) == 2
    assert panel.rows[1].buttons[wrong_choice(asked.gaps[1])].mark == "wrong"


def test_no_exercise_says_why(panel: ExercisePanel) -> None:
    panel.set_busy("Making an exercise…")
    panel.show_trouble("There is no such derivation. Choose another model.")
    assert "no such derivation" in panel.empty.accessibleDescription()
    panel.clear()
    assert panel.empty.accessibleName() == "Practise this derivation"


# --- pieces ---


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((3, 3, 0, 0), "All 3 right at the first try."),
        ((2, 3, 1, 0), "2 of 3 right at the first try; 1 wrong answer on the way."),
        ((0, 3, 2, 2), "0 of 3 right at the first try; 2 wrong answers on the way, 2 answers looked at."),
    ],
)
def test_the_score_in_words(counts: tuple[int, int, int, int], words: str) -> None:
    assert score_words(*counts) == words


def test_two_gaps_in_a_line_give_nothing_away() -> None:
    asked = exercise()
    line = asked.lines[0].number
    first = Gap(line, "factor", f"{BOX} = x", "?", ("a", "b"), 0, "")
    second = replace(first, latex=f"y = {BOX}")
    notes = ExerciseNotes(replace(asked, gaps=(first, second)))
    notes.choose(0, 0)
    assert notes.latex(0) == r"\boxed{a} = x"
    notes.choose(1, 0)
    assert notes.latex(0) == notes.latex(1) == asked.lines[0].latex


@pytest.mark.parametrize("model", ["rnn", "attention", "batchnorm"])
def test_every_gap_and_choice_can_be_set(model: str) -> None:
    engine = MathEngine()
    found: set[str] = set()
    for kind, level in (("gaps", 2), ("gaps", 3), ("order", 2)):
        for gap in exercise(kind, level, 1, cleaned(GradientJob(model=model))).gaps[:4]:
            found |= {gap.latex, *(gap.choices if gap.kind != "rule" else ())}
    assert all(engine.svg(latex, True).startswith("<") for latex in found)


def test_a_choice_that_is_too_wide_is_shrunk_not_cut(theme: Theme, qtbot: QtBot) -> None:
    button = ChoiceButton(theme, 1, " + ".join(["W_h^{\\top}"] * 60), latex=True)
    qtbot.addWidget(button)
    button.resize(400, button.sizeHint().height())
    image = button.grab().toImage()
    ground = image.pixelColor(200, 4)
    ratio = image.devicePixelRatio()
    edge = [image.pixelColor(round((400 - 10) * ratio), y) for y in range(6, image.height() - 6)]
    assert all(colour == ground for colour in edge)


def test_every_widget_shows_itself(theme: Theme, qtbot: QtBot) -> None:
    from studyapp.widgets import choice_button, exercise_lines, exercise_panel, gap_row, score_card

    for module in (choice_button, exercise_lines, exercise_panel, gap_row, score_card):
        widget: QWidget = module._show(theme)  # type: ignore[attr-defined] # each has one
        qtbot.addWidget(widget)
        assert not widget.grab().isNull()


def test_rows_have_names_for_those_who_hear_them(theme: Theme, qtbot: QtBot) -> None:
    gap = Gap(5, "factor", "x = " + BOX, "Which?", ("a", "b"), 0, "")
    row = GapRow(theme, gap, gap.latex)
    qtbot.addWidget(row)
    assert row.accessibleName() == "Line 5: factor"
    assert [button.accessibleName() for button in row.buttons] == ["Choice 1: a", "Choice 2: b"]
