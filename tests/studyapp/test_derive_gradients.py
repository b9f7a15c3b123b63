"""Gradients on the Derive page by real clicks and keys, with the real symbolic process and torch."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest
from derive_bench import (
    LEFT,
    LONG,
    SOON,
    built,
    clipboard,
    numbers,
    press,
    ready_jobs,
    rows,
    shown,
    side_words,
    visible,
)
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.config import RunConfig
from engine.symbolic.jobs import GradientJob, RecurrenceJob
from engine.symbolic.report import Agreement, Refusal, Report
from studyapp.derive_gradient import OPINION
from studyapp.derive_memory import GRADIENT
from studyapp.derive_modes import GAPS, WORK
from studyapp.jobs import Jobs
from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula
from studyapp.mathtext.label import MathLabel
from studyapp.pages.derive import DerivePage
from studyapp.settings import Settings
from studyapp.trainer import Trainer
from studyapp.widgets.gradient_form import BOTH, MATRICES, ONE_UNIT
from studyapp.widgets.line_formula import from_the_top
from studyapp.widgets.step_row import StepRow
from studyapp.widgets.value_view import ValueView


@pytest.fixture(scope="module")
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    with ready_jobs(qapp) as made:
        yield made


@pytest.fixture
def settings() -> Settings:
    return Settings(None)


@pytest.fixture
def page(qtbot: QtBot, jobs: Jobs, settings: Settings) -> DerivePage:
    """With the gradient of the first visit on screen."""
    made = shown(qtbot, jobs, settings)
    qtbot.mouseClick(made.segments.button(GRADIENT), LEFT)
    done(qtbot, made)
    return made


def done(qtbot: QtBot, page: DerivePage) -> Report:
    """Wait for the derivation that was asked for."""
    qtbot.waitUntil(lambda: not page.waiting and page.desk.report is not None, timeout=SOON)
    QApplication.processEvents()
    assert page.desk.report is not None
    return page.desk.report


def derive(qtbot: QtBot, page: DerivePage, job: GradientJob) -> Report:
    page.open(job)
    return done(qtbot, page)


def choose(qtbot: QtBot, page: DerivePage, field: str, label: str) -> Report:
    """By the keys that a list understands: open it, type, press Enter."""
    form = page.gradients.form
    box = {"model": form.model, "wrt": form.wrt}.get(field) or form.choices[field]
    box.setFocus()
    place = next(n for n in range(box.count()) if box.itemText(n).startswith(label))
    while box.currentIndex() != place:
        qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < place else Qt.Key.Key_Up)
    return done(qtbot, page)


# --- the result ---


def test_the_result_says_what_stands_in_it(page: DerivePage, qtbot: QtBot) -> None:
    card = page.desk.view.result
    told = [label.tex for label in card.meanings.labels]
    assert told[0].startswith(r"\delta_t = (1 - h_t \odot h_t) \odot \frac{\partial L}{\partial h_t}")
    assert told[1] == r"\frac{\partial L}{\partial h_3} = W_o^{\top} \, \frac{\partial L}{\partial \hat{y}}"
    assert told[2].startswith(r"\frac{\partial L}{\partial h_t} = W_h^{\top} \delta_{t+1}")
    assert len(told) == 4
    qtbot.mouseClick(card.copy_button, LEFT)
    assert [line.removeprefix(r"\text{with } ") for line in clipboard().splitlines()] == [
        card.result.tex,
        *told,
    ]
    rows(page)[0].setFocus()
    press(qtbot, page, Qt.Key.Key_O)
    assert not card.meanings.isVisible(), "it would give the result away"
    press(qtbot, page, Qt.Key.Key_A)
    assert card.meanings.isVisible()
    assert card.status.text() == "Every line checked, at 8 points"


def test_the_networks_equations_are_folded_above_the_result(page: DerivePage, qtbot: QtBot) -> None:
    card = page.desk.view.result
    assert not card.problem.isVisible()
    qtbot.mouseClick(card.fold_button, LEFT)
    assert card.problem.isVisible()


# --- the form ---


def test_every_choice_derives_at_once(page: DerivePage, qtbot: QtBot) -> None:
    card = page.desk.view.result
    assert (card.subject.tex, card.title.text()) == (r"\partial L / \partial W_h", "of the RNN, T = 3")
    report = choose(qtbot, page, "wrt", "bias of the state")
    assert "∂L/∂b_h" in report.title
    whole = choose(qtbot, page, "loss", "‖ŷ")
    assert whole.agreements[0].value == pytest.approx(2 * report.agreements[0].value)
    assert "LSTM" in choose(qtbot, page, "model", "LSTM").title
    form = page.gradients.form
    assert "gates" in form.choices
    assert form.choices["gates"].isVisible()
    assert not form.choices["activation"].isVisible(), "an LSTM has its own functions"


def test_t_is_typed_and_may_stay_a_letter(page: DerivePage, qtbot: QtBot) -> None:
    form = page.gradients.form
    form.steps.setFocus()
    form.steps.selectAll()
    qtbot.keyClicks(form.steps, "12")
    qtbot.keyClick(form.steps, Qt.Key.Key_Return)
    assert "T = 12" in done(qtbot, page).title
    qtbot.mouseClick(form.any_steps, LEFT)
    report = done(qtbot, page)
    assert "any T" in report.title
    assert r"\sum_{t=1}^{T}" in report.result
    assert form.steps.text() == "T"
    qtbot.mouseClick(form.any_steps, LEFT)
    assert "T = 12" in done(qtbot, page).title, "back at the number that it was"


@pytest.mark.parametrize(("text", "words"), [("9**9**9", "9**9**9"), ("51", "1 to 50"), ("0", "1 to 50")])
def test_a_t_that_is_none_is_said_and_nothing_is_lost(
    text: str, words: str, page: DerivePage, qtbot: QtBot
) -> None:
    form = page.gradients.form
    form.steps.setFocus()
    form.steps.selectAll()
    qtbot.keyClicks(form.steps, text)
    qtbot.keyClick(form.steps, Qt.Key.Key_Return)
    assert words in form.problem.text()
    assert form.problem.isVisible()
    assert page.desk.view.result.isVisible()
    assert not page.waiting


def test_other_numbers_come_by_the_dice_and_the_seed(page: DerivePage, qtbot: QtBot) -> None:
    first = page.desk.report
    assert first is not None
    qtbot.mouseClick(page.gradients.form.dice, LEFT)
    second = done(qtbot, page)
    seed = page.gradients.form.seed
    seed.setFocus()
    seed.selectAll()
    qtbot.keyClicks(seed, "1")
    qtbot.keyClick(seed, Qt.Key.Key_Return)
    third = done(qtbot, page)
    assert second.matrices != first.matrices
    assert third.matrices == first.matrices
    seed.selectAll()
    qtbot.keyClicks(seed, "one")
    qtbot.keyClick(seed, Qt.Key.Key_Return)
    assert "“one”" in page.gradients.form.problem.text()


def test_the_form_folds_to_one_line_and_opens_again(
    page: DerivePage, jobs: Jobs, settings: Settings, qtbot: QtBot
) -> None:
    form = page.gradients.form
    high = form.height()
    qtbot.mouseClick(form.fold_button, LEFT)
    qtbot.waitUntil(lambda: form.height() < high / 2, timeout=SOON)
    assert form.line.isVisible()
    assert not form.model.isVisible()
    assert "RNN, T = 3" in form.line.accessibleName()
    qtbot.mouseClick(form.line, LEFT)
    assert form.model.isVisible()
    assert not form.line.isVisible()
    qtbot.mouseClick(form.fold_button, LEFT)
    form.line.setFocus()
    qtbot.keyClick(form.line, Qt.Key.Key_Space)
    assert not form.folded
    assert form.fold_button.hasFocus(), "the keyboard stays in the form"
    qtbot.keyClick(form.fold_button, Qt.Key.Key_Space)
    assert form.folded
    page.closing()
    assert shown(qtbot, jobs, settings).gradients.form.folded, "it is remembered"


def test_the_closed_list_says_first_what_differs(page: DerivePage, qtbot: QtBot) -> None:
    derive(qtbot, page, GradientJob("lstm", "W_f"))
    box = page.gradients.form.wrt
    assert box._fitting(2000) == box.currentText() == "weights from input to the forget gate"
    assert box._fitting(170).startswith("forget gate, input")
    assert "weights from input to the forget gate (h × d)" in box.toolTip()
    for each in (box, *page.gradients.form.choices.values()):
        widest = max(each.fontMetrics().horizontalAdvance(each.itemText(n)) for n in range(each.count()))
        assert each.view().minimumWidth() > widest


def test_without_a_sequence_the_labs_weights_mean_nothing(page: DerivePage, qtbot: QtBot) -> None:
    form = page.gradients.form
    form.set_lab_trouble("")
    assert form.lab.isEnabled()
    derive(qtbot, page, GradientJob("softmax", "s"))
    assert not form.lab.isEnabled()
    assert "through time" in form.lab.toolTip()
    derive(qtbot, page, GradientJob())
    assert form.lab.isEnabled()


def test_rare_choices_are_folded(page: DerivePage, qtbot: QtBot) -> None:
    form = page.gradients.form
    assert not form.choices["truncate"].isVisible()
    qtbot.mouseClick(form.more, LEFT)
    assert form.choices["truncate"].isVisible()
    assert form.choices["rows"].isVisible()
    report = choose(qtbot, page, "rows", "rows")
    assert ("Vectors", "rows") in [(name, choice[:4]) for name, choice in report.conventions]


def test_arrow_keys_choose_how_it_is_written(page: DerivePage, qtbot: QtBot) -> None:
    switch = page.gradients.form.view_switch
    switch.button(MATRICES).setFocus()
    press(qtbot, page, Qt.Key.Key_Right)
    assert switch.value == ONE_UNIT
    assert page.gradients.form.job == GradientJob(scalar=True)


def test_a_gradient_can_be_handed_over(page: DerivePage, qtbot: QtBot) -> None:
    job = GradientJob("gru", "U_z", steps=2, update="take", seed=7)
    assert "GRU" in derive(qtbot, page, job).title
    assert page.gradients.form.job == job
    page.open(GradientJob("gru", "W_h", steps=999, loss="nonsense"))
    assert "T = 50" in done(qtbot, page).title, "the nearest that there is"


# --- one unit and matrices ---


def test_the_scalar_line_stands_beside_the_matrices(page: DerivePage, qtbot: QtBot) -> None:
    row = built(qtbot, page, 1)
    assert row.maths.twin is None
    qtbot.mouseClick(page.gradients.form.view_switch.button(BOTH), LEFT)
    assert row.maths.twin is not None
    assert row.maths.twin.isVisible()
    assert row.maths.twin.tex == from_the_top(row.line.scalar)
    below = row.maths.twin.mapTo(row, QPoint(0, 0)).y()
    assert below > row.maths.formula.mapTo(row, QPoint(0, 0)).y(), "where there is little room"
    page.resize(1720, 1000)
    twin, formula = row.maths.twin, row.maths.formula

    def at_the_side() -> bool:
        return twin.mapTo(row, QPoint(0, 0)).x() > formula.mapTo(row, QPoint(formula.width(), 0)).x()

    qtbot.waitUntil(at_the_side, timeout=SOON)
    assert abs(baseline(row, formula, 17) - baseline(row, twin, 15)) <= 1
    several = next(row for row in rows(page) if "aligned" in row.line.latex and row.line.scalar)
    several = built(qtbot, page, several.line.number)
    assert several.maths.twin is not None
    assert several.maths.baseline + several.maths.y() == pytest.approx(
        baseline(several, several.maths.formula, 17), abs=1
    )
    qtbot.mouseClick(page.gradients.form.view_switch.button(ONE_UNIT), LEFT)
    report = done(qtbot, page)
    assert all(line.value is not None or line.values for line in report.lines[:3])
    assert not built(qtbot, page, 1).maths.twin


def baseline(row: StepRow, label: MathLabel, px: float) -> float:
    """Of the first row of a formula, px from the top of the line."""
    box = formula(label.tex, True)
    assert isinstance(box, Box)
    return label.mapTo(row, QPoint(0, 3)).y() + box.ascent * px


def test_values_begin_at_one_place_where_there_is_room(page: DerivePage, qtbot: QtBot) -> None:
    page.resize(1720, 1000)
    views = [value(qtbot, page, number) for number in (1, 2, 3)]
    qtbot.waitUntil(lambda: len({view.mapTo(page, QPoint(0, 0)).x() for view in views}) == 1, timeout=SOON)


def test_five_lines_are_seen_on_a_small_screen(page: DerivePage, qtbot: QtBot) -> None:
    page.resize(1072, 772)  # what a window of 1280 x 800 leaves
    qtbot.waitUntil(lambda: rows(page)[4].filled, timeout=SOON)
    view, fifth = page.desk.view, rows(page)[4]
    qtbot.waitUntil(
        lambda: fifth.mapTo(view.viewport(), QPoint(0, fifth.height())).y() <= view.viewport().height(),
        timeout=SOON,
    )


# --- numbers and time ---


def value(qtbot: QtBot, page: DerivePage, number: int) -> ValueView:
    found = built(qtbot, page, number).maths.value
    assert isinstance(found, ValueView)
    return found


def test_the_time_is_shared_by_numbers_and_picture(page: DerivePage, qtbot: QtBot) -> None:
    view = value(qtbot, page, 1)
    head = page.desk.view.steps.head
    assert (view.value.at, page.desk.picture.time) == ("t = 2", 2)
    qtbot.mouseClick(head.later, LEFT)
    assert (view.value.at, page.desk.picture.time) == ("t = 3", 3)
    assert not head.later.isEnabled()
    rows(page)[0].setFocus()
    press(qtbot, page, Qt.Key.Key_Comma)
    press(qtbot, page, Qt.Key.Key_Comma)
    assert (view.value.at, page.desk.picture.time) == ("t = 1", 1)
    picture = page.desk.picture
    qtbot.waitUntil(picture.isVisible, timeout=SOON)
    qtbot.mouseClick(picture, LEFT, pos=QPoint(picture.width() - 40, picture.height() // 2))
    assert view.value.at == "t = 3"


def test_numbers_can_be_put_away(page: DerivePage, qtbot: QtBot) -> None:
    view = value(qtbot, page, 1)
    rows(page)[0].setFocus()
    press(qtbot, page, Qt.Key.Key_V)
    assert not view.isVisible()
    press(qtbot, page, Qt.Key.Key_V)
    assert view.isVisible()


def test_numbers_can_be_copied(page: DerivePage, qtbot: QtBot) -> None:
    row = built(qtbot, page, 1)
    row.context_menu().actions()[1].trigger()
    copied = [float(number) for number in clipboard().split("\n")]
    assert copied == [number for (number,) in row.line.values[1].rows]


def test_the_labs_weights_are_put_in(qtbot: QtBot, jobs: Jobs, settings: Settings) -> None:
    trainer = Trainer()
    page = shown(qtbot, jobs, settings, trainer=trainer)
    try:
        qtbot.mouseClick(page.segments.button(GRADIENT), LEFT)
        done(qtbot, page)
        form = page.gradients.form
        assert not form.lab.isEnabled()
        assert "no step yet" in form.lab.toolTip()
        with qtbot.waitSignal(trainer.started, timeout=LONG):
            trainer.start(RunConfig(task="sine", cell="gru", hidden=3, length=6, batch=2))
        trainer.step(2)
        qtbot.waitUntil(form.lab.isEnabled, timeout=LONG)
        press(qtbot, page, Qt.Key.Key_L)
        report = done(qtbot, page)
        assert "of the GRU, T = 6" in report.title
        assert page.desk.side.numbers._chip.text() == "the Lab's run, step 2"
        assert trainer.snapshot is not None
        given = dict(report.matrices)["U_z"].rows
        assert given == pytest.approx(trainer.snapshot.weights["W_hh"][3:6], rel=1e-12)
        assert form.lab.isChecked()
        choose(qtbot, page, "wrt", "weights from input to the reset gate")
        assert form.lab.isChecked(), "another slope of the same network"
        qtbot.mouseClick(form.any_steps, LEFT)
        done(qtbot, page)
        assert not form.lab.isChecked(), "another network"
        assert page.desk.side.numbers._chip.text() == "random, seed 1, T = 4"
    finally:
        trainer.close()


# --- detail, focus, links, picture ---


def test_finer_and_rougher_tellings_keep_the_numbers_of_lines(page: DerivePage, qtbot: QtBot) -> None:
    report = page.desk.report
    assert report is not None
    head = page.desk.view.steps.head
    rows(page)[0].setFocus()
    for key, level in ((Qt.Key.Key_Plus, 2), (Qt.Key.Key_Minus, 1), (Qt.Key.Key_Minus, 0)):
        press(qtbot, page, key)
        wanted = [line.number for line in report.lines if line.level <= level]
        assert numbers(page) == wanted
        of = "" if level == 2 else f" of {len(report.lines)}"
        assert head.count.text() == f"{len(wanted)}{of} lines"
    qtbot.mouseClick(head.detail.button("fine"), LEFT)
    assert numbers(page) == [line.number for line in report.lines]


def test_a_link_to_a_line_that_is_too_fine_shows_it(page: DerivePage, qtbot: QtBot) -> None:
    report = page.desk.report
    assert report is not None
    fine = {line.number for line in report.lines if line.level == 2}
    row = next(row for row in rows(page) if fine & set(row.line.uses) and row.isVisible())
    built(qtbot, page, row.line.number)
    number = next(number for number in row.line.uses if number in fine)
    assert number not in numbers(page)
    away = [bool(button.property("away")) for button in row.links.buttons]
    assert away == [use in fine for use in row.line.uses]
    link = row.links.buttons[row.line.uses.index(number)]
    assert "in the fine telling" in link.toolTip()
    with qtbot.waitSignal(page.said):
        qtbot.mouseClick(link, LEFT)
    assert not any(button.property("away") for button in row.links.buttons)
    assert "fine telling" not in link.toolTip()
    assert rows(page)[number - 1].isVisible()
    assert rows(page)[number - 1].hasFocus()
    assert {other.line.number for other in rows(page) if other.property("marked")} == set(row.line.uses)


def test_what_is_new_is_coloured_in_the_line_that_is_looked_at(page: DerivePage, qtbot: QtBot) -> None:
    number = next(row.line.number for row in rows(page) if row.line.focus and row.isVisible())
    row = built(qtbot, page, number)
    assert row.maths.formula.tex == from_the_top(row.line.latex)
    row.setFocus()
    qtbot.waitUntil(lambda: "\\textcolor" in row.maths.formula.tex, timeout=SOON)
    assert "\\focus" not in row.maths.formula.tex
    assert not row.maths.formula.trouble
    rows(page)[0].setFocus()
    assert row.maths.formula.tex == from_the_top(row.line.latex)
    press(qtbot, page, Qt.Key.Key_H)
    assert "\\textcolor" in row.maths.formula.tex, "in every line"
    press(qtbot, page, Qt.Key.Key_H)
    assert row.maths.formula.tex == from_the_top(row.line.latex)


def test_the_mouse_over_a_line_lights_its_path(page: DerivePage, qtbot: QtBot) -> None:
    picture = page.desk.picture
    qtbot.waitUntil(picture.isVisible, timeout=SOON)
    row = built(qtbot, page, 1)
    QTest.mouseMove(page.segments)
    row.pointed.emit(True)
    assert "a@2" in picture.lit_keys
    assert not any(key.startswith("L") for key in picture.lit_keys)
    row.pointed.emit(False)
    assert not picture.lit_keys


# --- unfolding ---


def test_a_line_unfolds_into_its_times(page: DerivePage, qtbot: QtBot) -> None:
    row = built(qtbot, page, 1)
    assert row.line.unfolds == 3
    qtbot.mouseClick(row.unfold_button, LEFT)
    steps = page.desk.view.steps
    qtbot.waitUntil(lambda: len(steps._instances.get(1, ())) == 3, timeout=SOON)
    made = steps._instances[1]
    qtbot.waitUntil(lambda: all(one.filled and one.isVisible() for one in made), timeout=SOON)
    assert ["a_1" in one.line.latex for one in made] == [True, False, False]
    assert made[0].y() > row.y()
    assert made[2].y() < rows(page)[1].y()
    row.setFocus()
    press(qtbot, page, Qt.Key.Key_Down)
    assert made[0].hasFocus(), "the arrow keys go through them"
    press(qtbot, page, Qt.Key.Key_U)
    assert 1 not in steps._instances
    assert row.hasFocus()
    press(qtbot, page, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: 1 in steps._instances, timeout=SOON)


def test_fifty_steps_stay_light(page: DerivePage, qtbot: QtBot) -> None:
    report = derive(qtbot, page, GradientJob("lstm", "U_f", steps=50))
    assert len(report.lines) < 80, "lines are families: their number does not grow with T"
    qtbot.wait(400)
    assert sum(row.filled for row in rows(page)) < 15
    bar = page.desk.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = page.desk.view.steps.last_row
    qtbot.waitUntil(lambda: last.filled, timeout=SOON)
    qtbot.wait(600)
    # who went to the end is not left short of it by taller rows
    qtbot.waitUntil(lambda: bar.maximum() - bar.value() < 30, timeout=SOON)


# --- one at a time ---


def test_lines_come_one_at_a_time_with_their_reason(page: DerivePage, qtbot: QtBot) -> None:
    head = page.desk.view.steps.head
    qtbot.mouseClick(head.one_by_one, LEFT)
    assert visible(page) == 1
    for _ in range(6):
        press(qtbot, page, Qt.Key.Key_Right)
    assert visible(page) == 7
    assert head.count.text().startswith("7 of ")
    view, row = page.desk.view, page.desk.view.steps.last_row

    def whole() -> bool:
        top = row.mapTo(view.viewport(), QPoint(0, 0)).y()
        return top >= 0 and top + row.height() <= view.viewport().height()

    qtbot.wait(200)
    qtbot.waitUntil(lambda: row.hasFocus() and whole(), timeout=SOON)
    assert row.why is not None
    assert row.line.why in row.why.markdown
    shown_number = row.line.number
    press(qtbot, page, Qt.Key.Key_Plus)
    assert max(numbers(page)) == shown_number, "a finer telling does not give away what is to come"


def test_the_value_is_nowhere_before_the_last_line(page: DerivePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(page.desk.side.agreements.found) == 4, timeout=LONG)
    value_text = f"{page.desk.side.agreements.found[0].value:.10g}".replace("-", "−")
    assert value_text in side_words(page)
    rows(page)[0].setFocus()
    press(qtbot, page, Qt.Key.Key_O)
    assert value_text not in side_words(page)
    assert "hand-written BPTT" in side_words(page)
    press(qtbot, page, Qt.Key.Key_A)
    assert value_text in side_words(page)


# --- agreements ---


def test_four_ways_to_the_gradient_agree_torch_last(page: DerivePage, qtbot: QtBot) -> None:
    card = page.desk.side.agreements
    qtbot.waitUntil(lambda: any("torch" in one.source for one in card.found), timeout=LONG)
    assert len(card.found) == 4
    values = [one.value for one in card.found]
    assert max(values) - min(values) <= 1e-7 * abs(values[0])
    assert "4 ways agree, largest relative error" in page.desk.view.result.badge.text()
    assert page.desk.view.result.badge.objectName() == "chipgood"


def before_torch(qtbot: QtBot, page: DerivePage) -> None:
    """Stop at "asking torch…"."""
    qtbot.mouseClick(page.gradients.form.dice, LEFT)
    page.gradients._questions._jobs.cancel(
        next(t for t, (kind, _) in page.gradients._questions._topics.items() if kind == OPINION)
    )
    done(qtbot, page)
    assert "asking torch autograd…" in side_words(page)
    assert "asking torch autograd…" in page.desk.view.result.badge.text()


def test_a_disagreement_is_red(page: DerivePage, qtbot: QtBot) -> None:
    before_torch(qtbot, page)
    page.gradients.take(OPINION, 0, Agreement("torch autograd", 123.0, 5.0, False))
    assert page.desk.view.result.badge.objectName() == "chipbad"
    assert "torch autograd disagrees" in page.desk.view.result.badge.text()
    assert "asking" not in side_words(page)


def test_torch_that_is_missing_is_said_and_the_rest_stands(page: DerivePage, qtbot: QtBot) -> None:
    before_torch(qtbot, page)
    page.gradients.take(OPINION, 0, Refusal("torch is not installed.", "Run studyapp --selftest."))
    assert "torch is not installed. Run studyapp --selftest." in side_words(page)
    assert "3 ways agree" in page.desk.view.result.badge.text()


def test_costs_and_conventions_stand_at_the_side(page: DerivePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.desk.side.costs.isVisible, timeout=SOON)
    words = side_words(page)
    assert "Parameters, one bias" in words
    assert "counted" in words
    assert "Loss" in words
    qtbot.mouseClick(page.desk.side.numbers.all_button, LEFT)
    assert not page.desk.side.numbers.all_button.isVisible()


# --- the process ---


def test_slow_work_can_be_cancelled(page: DerivePage, jobs: Jobs, qtbot: QtBot) -> None:
    os.kill(jobs.pid() or 0, signal.SIGSTOP)  # at work for as long as the test wants
    qtbot.mouseClick(page.gradients.form.dice, LEFT)
    qtbot.waitUntil(page.desk.view.busy.isVisible, timeout=8000)  # "still working… Cancel"
    assert page.desk.view.result.isVisible(), "what was there stays meanwhile"
    qtbot.mouseClick(page.desk.view.cancel, LEFT)
    assert not page.desk.view.busy.isVisible()
    assert "T = 4" in derive(qtbot, page, GradientJob(steps=4)).title


def test_a_process_that_hangs_is_replaced_and_the_page_goes_on(
    page: DerivePage, jobs: Jobs, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(jobs.answered, timeout=SOON):  # after that the child has nothing left to prepare
        jobs.ask(RecurrenceJob("T(n) = T(n-1), T(0) = 1"))
    os.kill(jobs.pid() or 0, signal.SIGSTOP)
    qtbot.mouseClick(page.gradients.form.dice, LEFT)
    refusal = page.desk.view.refusal
    qtbot.waitUntil(refusal.isVisible, timeout=SOON)
    assert "longer than 2 seconds" in refusal.reason.text()
    assert not page.desk.side.isVisible()
    assert "T = 5" in derive(qtbot, page, GradientJob(steps=5)).title
    assert page.desk.side.isVisible()


def test_only_the_newest_question_is_answered(page: DerivePage, qtbot: QtBot) -> None:
    for steps in (5, 6, 7):
        page.open(GradientJob(steps=steps))
    assert "T = 7" in done(qtbot, page).title
    qtbot.wait(300)
    assert page.desk.report is not None
    assert "T = 7" in page.desk.report.title


# --- working and gaps ---


def test_working_starts_after_the_forward_lines_and_keeps_the_rest(page: DerivePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.modes.button(WORK), LEFT)
    working = page.gradients.working
    qtbot.waitUntil(working.isVisible, timeout=SOON)
    asked = working.asked_line
    assert asked is not None
    assert max(numbers(page)) < asked.number
    assert not page.desk.view.result.result.isVisible()
    assert working.typed.line.hasFocus()
    working.typed.line.setText("∂L/∂ŷ = ŷ - y")
    qtbot.keyClick(working.typed.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: working.card.verdict is not None, timeout=SOON)
    assert "1 of" in working._chip.text()
    qtbot.mouseClick(page.modes.button("read"), LEFT)
    assert not working.isVisible()
    assert page.desk.view.result.result.isVisible()
    assert visible(page) == len(page.desk.view.steps.told)


def test_gaps_are_filled_by_number_keys(page: DerivePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.modes.button(GAPS), LEFT)
    exercise = page.gradients.exercise
    qtbot.waitUntil(lambda: exercise.notes is not None and bool(exercise.rows), timeout=SOON)
    assert exercise.isVisible()
    assert not page.desk.view.isVisible()
    notes = exercise.notes
    assert notes is not None
    gap = notes.exercise.gaps[notes.current]
    press(qtbot, page, Qt.Key(Qt.Key.Key_1 + gap.answer))
    qtbot.waitUntil(lambda: notes.current == 1, timeout=SOON)
    derive(qtbot, page, GradientJob(steps=2))
    qtbot.waitUntil(lambda: exercise.notes is not None and exercise.notes is not notes, timeout=SOON)


# --- memory ---


def test_everything_of_the_job_is_remembered(
    page: DerivePage, jobs: Jobs, settings: Settings, qtbot: QtBot
) -> None:
    job = GradientJob(
        "gru", "U_r", steps=4, outputs="each", update="take", reset="before", truncate=2, seed=12
    )
    derive(qtbot, page, job)
    head = page.desk.view.steps.head
    qtbot.mouseClick(head.detail.button("compact"), LEFT)
    qtbot.mouseClick(head.numbers, LEFT)
    qtbot.mouseClick(page.gradients.form.view_switch.button(BOTH), LEFT)
    qtbot.mouseClick(page.gradients.form.more, LEFT)
    page.closing()
    again = shown(qtbot, jobs, settings)
    assert again.segments.value == GRADIENT
    form, head = again.gradients.form, again.gradients.desk.view.steps.head
    assert form.job == job
    assert form.view == BOTH
    assert form.more_open
    assert (head.detail.value, head.numbers.isChecked()) == ("compact", False)


@pytest.mark.parametrize(
    "kept",
    [
        {"segment": 3, "job": {"steps": "9", "model": "x", "scalar": 1, "seed": -1}, "view": [], "level": {}},
        {"segment": "gradient", "job": {"steps": 10**9, "seed": 10**9, "truncate": -4}, "numbers": "no"},
        {"job": [1, 2], "text": 5, "entries": [1, None, "x" * 999]},
        {"bptt": {"steps": 3}},
    ],
)
def test_damaged_memory_reads_as_the_nearest_that_is_whole(
    kept: dict[str, object], qtbot: QtBot, jobs: Jobs, settings: Settings
) -> None:
    settings.keep_knobs("derive", kept)
    page = shown(qtbot, jobs, settings)
    job = page.gradients.form.job
    assert job is not None
    assert replace(job, steps=3) == GradientJob()
    assert page.recurrences.form.text == ""
    assert page.recurrences.form.line.entries == ()
    assert page.gradients.form.view == MATRICES
