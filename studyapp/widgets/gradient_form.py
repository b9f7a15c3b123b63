"""GradientForm: which gradient of which network to derive, told in which way, with which numbers.

Knows the catalogue of models, which is quick to ask; derives nothing.
Run it alone: python -m studyapp.widgets.gradient_form
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.derivations.catalogue import (
    MODELS,
    MOST_STEPS,
    Option,
    cleaned,
    has_steps,
    options,
    parameters,
)
from engine.symbolic.jobs import GradientJob
from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets import form_words as words
from studyapp.widgets.choice_box import ChoiceBox
from studyapp.widgets.form_fields import icon_tool, labelled, mark, quietly
from studyapp.widgets.form_line import FormLine
from studyapp.widgets.formula_box import FormulaBox, Item
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled, toggle
from studyapp.widgets.number_field import NumberField
from studyapp.widgets.parameter_words import in_few_words
from studyapp.widgets.segments import Segments

HIGHEST_SEED = 9999
MATRICES, ONE_UNIT, BOTH = "matrices", "one", "both"
VIEWS = ((MATRICES, "Matrices"), (ONE_UNIT, "One unit"), (BOTH, "Both"))
_LETTER = "T"  # what the field says when T stays a letter
_NARROWEST = 96  # px of a list, whose text is cut then
_IN_ROW = 3  # options that have room beside the numbers; the others are folded
_NETWORK = frozenset({"model", "steps", "scalar", "activation", "outputs", "gates", "update", "reset"})
_ORDER = ("outputs", "loss", "activation", "gates", "update", "reset", "truncate", "rows")


class GradientForm(QFrame):
    """Model, T, what to derive by, how it is written; its conventions; the numbers to put in.

    Signals:
        changed(): another gradient, or other numbers, are wanted; `job` says which.
        view_changed(): only `view` is another one.
        lab_asked(): put the Lab's current weights in.

    Attributes:
        model, wrt: lists. steps, seed: fields. any_steps: T stays a letter. view_switch: how it is written.
        choices: a list for each option by its field. more: opens the fold. lab: the Lab's numbers.
        problem: what is wrong with a field. fold_button, line: fold the form to one line, and open it again.
    """

    changed = Signal()
    view_changed = Signal()
    lab_asked = Signal()

    def __init__(self, theme: Theme, tips: Mapping[str, str] | None = None) -> None:
        """`tips` are tooltips by name: dice, lab, view."""
        super().__init__()
        self.setObjectName("card")
        self._theme, self._tips = theme, tips or {}
        self._job = cleaned(GradientJob())
        self._last_steps = self._job.steps
        self.choices: dict[str, ChoiceBox] = {}
        self._boxes: dict[str, QWidget] = {}
        self._fields: tuple[str, ...] = ()
        self.model = ChoiceBox("Model", tuple((card.key, card.title) for card in MODELS))
        self.wrt = FormulaBox(theme, "Derivative by")
        self.steps = NumberField("Time steps T", True, 1, MOST_STEPS)
        self.any_steps = toggle("any T", "T stays a letter", "Leave T a letter: the lines are those of any T")
        self.view_switch = Segments("How it is written", VIEWS)
        self.view_switch.setObjectName("compactsegments")
        self.view_switch.setToolTip(self._tips.get("view", ""))
        self.seed = NumberField("Seed of the numbers", True, 0, HIGHEST_SEED)
        self.dice = icon_tool("Draw other numbers", self._tips.get("dice", "Draw other numbers"))
        self.lab = toggle("Lab", "Put in the Lab's current weights", "")
        self._lab_trouble = ""
        self.line, self.fold_button = FormLine(theme), IconButton(theme, "chevron-up", "", "fold")
        self.fold_button.setAccessibleName("Fold the form")
        self.fold_button.setToolTip("Fold the form to one line")
        self.more = IconButton(theme, "ellipsis", "", "fold")
        self.more.setAccessibleName("More choices")
        self.more.setToolTip("More choices: conventions that are changed rarely")
        self.problem = styled("problem", wrap=True)
        self.problem.hide()
        self._lay_out()
        self.set_lab_trouble("There is no run in the Lab yet.")
        self._show_job()
        self._connect()

    # --- what is wanted ---

    @property
    def job(self) -> GradientJob | None:
        """What is wanted; None when a field is wrong, which is then said under it."""
        seed, steps = self.seed.value, self._typed_steps()
        good_seed = isinstance(seed, int) and 0 <= seed <= HIGHEST_SEED
        mark(self.seed, not good_seed)
        mark(self.steps, steps is None)
        wrong = ""
        if steps is None:
            wrong = words.STEPS_WRONG.format(value=self.steps.text(), most=MOST_STEPS)
        elif not good_seed:
            wrong = words.SEED_WRONG.format(value=seed, most=HIGHEST_SEED)
        self.problem.setText(wrong)
        self.problem.setVisible(bool(wrong))
        if wrong:
            self.set_folded(False)
        return None if wrong else self._job

    def set_job(self, job: GradientJob) -> None:
        """Show `job`, or the nearest valid one, without a signal."""
        self._job = cleaned(job)
        if self._job.scalar and self.view == MATRICES:
            self.view_switch.set_value(ONE_UNIT)
        elif not self._job.scalar and self.view == ONE_UNIT:
            self.view_switch.set_value(MATRICES)
        self._show_job()

    @property
    def view(self) -> str:
        """MATRICES, ONE_UNIT or BOTH."""
        return self.view_switch.value

    def set_view(self, view: str) -> None:
        """Write it like this, without a signal."""
        self.view_switch.set_value(view)
        self._job = cleaned(replace(self._job, scalar=view == ONE_UNIT))
        self._show_job()

    @property
    def more_open(self) -> bool:
        """Whether the choices that are made rarely are shown."""
        return not self._folded.isHidden()

    def set_more_open(self, wanted: bool) -> None:
        """Show them or not."""
        self._folded.setVisible(wanted)
        self.more.setAccessibleName("Fewer choices" if wanted else "More choices")

    @property
    def folded(self) -> bool:
        """Whether the form is one line."""
        return self._knobs.isHidden()

    def set_folded(self, wanted: bool) -> None:
        """Fold it to one line, or open it."""
        had_keyboard = self.isAncestorOf(self.focusWidget())
        self.line.setVisible(wanted)
        self._knobs.setVisible(not wanted)
        margins = (12, 4, 12, 4) if wanted else (16, 10, 16, 12)
        self._around.setContentsMargins(*margins)
        if had_keyboard:
            (self.line if wanted else self.fold_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_lab_trouble(self, reason: str) -> None:
        """Why the Lab's weights cannot be put in; "" when they can."""
        self._lab_trouble = reason
        self._show_lab()

    def _show_lab(self) -> None:
        reason = self._lab_trouble if has_steps(self._job) else words.NO_LAB
        self.lab.setEnabled(not reason or self.lab.isChecked())
        self.lab.setToolTip(reason or self._tips.get("lab", "Put in the Lab's current weights"))

    # --- what the user does ---

    def draw(self) -> None:
        """Draw other numbers."""
        seed = random.randrange(HIGHEST_SEED + 1)  # noqa: S311 - no secret, and shown
        self.seed.set_value(seed)
        self._change(seed=seed, given=None)

    def next_view(self) -> None:
        """Matrices, one unit, both, and again."""
        names = [name for name, _ in VIEWS]
        self.view_switch.button(names[(names.index(self.view) + 1) % len(names)]).click()

    def _on_choice(self, field: str, place: str) -> None:
        option = next(option for option in options(self._job) if option.field == field)
        self._change(**{field: option.choices[int(place)].value})

    def _on_steps(self) -> None:
        steps = self._typed_steps()
        if steps is None:
            self.changed.emit()  # whoever asks for the job has it said what is wrong
        elif steps != self._job.steps:
            self._change(steps=steps)

    def _on_any(self, on: bool) -> None:
        self._change(steps=0 if on else self._last_steps)

    def _on_seed(self) -> None:
        seed = self.seed.value
        if isinstance(seed, int) and 0 <= seed <= HIGHEST_SEED:
            self._change(seed=seed, given=None)
        else:
            self.changed.emit()

    def _on_view(self, view: str) -> None:
        if (view == ONE_UNIT) != self._job.scalar:
            self._change(scalar=view == ONE_UNIT)
        self.view_changed.emit()

    def _on_lab(self, on: bool) -> None:
        if on:
            self.lab_asked.emit()
        else:
            self._change(given=None)

    def _on_more(self) -> None:
        self.set_more_open(not self.more_open)

    def _change(self, **fields: object) -> None:
        """Another job. Numbers of the Lab go when they are no longer of this network."""
        job = replace(self._job, **fields)  # type: ignore[arg-type] # checked by `cleaned`
        if job.given is not None and any(getattr(job, name) != getattr(self._job, name) for name in _NETWORK):
            job = replace(job, given=None)
        self._job = cleaned(job)
        self._show_job()
        self.changed.emit()

    # --- showing a job ---

    def _typed_steps(self) -> int | None:
        """T as it stands in the field, 0 for the letter; None when it is neither."""
        if not has_steps(self._job):
            return self._job.steps
        value = self.steps.value
        if value == _LETTER:
            return 0
        return value if isinstance(value, int) and 1 <= value <= MOST_STEPS else None

    def _show_job(self) -> None:
        job = self._job
        self._last_steps = job.steps or self._last_steps
        self.model.set_value(job.model)
        self.model.setToolTip(next(f"{card.title}\n{card.about}" for card in MODELS if card.key == job.model))
        if self._typed_steps() != job.steps:
            self._show_steps()
        quietly(self.any_steps, not job.steps)
        self._steps_box.setVisible(has_steps(job))
        self._show_wrt()
        self.seed.set_value(job.seed)
        quietly(self.lab, job.given is not None)
        self.seed.setEnabled(job.given is None)
        self._show_lab()
        self._show_options()
        self._show_line()

    def _show_wrt(self) -> None:
        offered = parameters(self._job)
        self.wrt.set_items(tuple(Item(p.key, p.latex, p.label, in_few_words(p.label)) for p in offered))
        self.wrt.set_value(self._job.wrt)
        chosen = next(p for p in offered if p.key == self._job.wrt)
        self.wrt.setToolTip(f"{chosen.label} ({chosen.shape})")
        self._wrt_words.setText(words.SHOWN if self._job.model == "clipping" else words.BY)

    def _show_line(self) -> None:
        """What the form says, in one line."""
        job, chosen = self._job, next(p for p in parameters(self._job) if p.key == self._job.wrt)
        steps = (f", T = {job.steps}" if job.steps else ", any T") if has_steps(job) else ""
        said = [dict(VIEWS)[self.view].lower()] if self._view_box.isVisibleTo(self._knobs) else []
        said += [box.brief for field, box in self.choices.items() if field in self._fields[:_IN_ROW]]
        said.append(job.given.source if job.given is not None else f"seed {job.seed}")
        tex = chosen.latex if job.model == "clipping" else rf"\partial L / \partial {chosen.latex}"
        self.line.say(f"{self.model.currentText()}{steps}", tex, " · ".join(said))

    def _show_steps(self) -> None:
        if self._job.steps:
            self.steps.set_value(self._job.steps)
        else:
            self.steps.setText(_LETTER)

    def _show_options(self) -> None:
        offered = {option.field: option for option in options(self._job)}
        self._view_box.setVisible("scalar" in offered)
        rest = {field: option for field, option in offered.items() if field != "scalar"}
        if tuple(rest) != self._fields:
            self._place(rest)
        for field, option in rest.items():
            box = self.choices[field]
            box.set_choices(tuple((str(place), choice.label) for place, choice in enumerate(option.choices)))
            values = [choice.value for choice in option.choices]
            box.set_value(str(values.index(getattr(self._job, field))))
            box.setToolTip(f"{box.currentText()}\n{option.tip}")

    def _place(self, rest: Mapping[str, Option]) -> None:
        """Put the options into the row, and those that find no room into the fold."""
        for row in (self._row, self._fold_row):
            while row.count():
                item = row.takeAt(0)
                if item is not None and (box := item.widget()) is not None:
                    box.hide()
        first = sorted(rest, key=_ORDER.index)
        for place, field in enumerate(first):
            if field not in self.choices:
                self._make_choice(rest[field])
            (self._row if place < _IN_ROW else self._fold_row).addWidget(
                self._boxes[field], 1, Qt.AlignmentFlag.AlignBottom
            )
            self._boxes[field].show()
        self.more.setVisible(len(first) > _IN_ROW)
        if len(first) <= _IN_ROW:
            self.set_more_open(False)
        self._fields = tuple(rest)

    def _make_choice(self, option: Option) -> None:
        box = ChoiceBox(option.label, (), brief=True)
        box.setMinimumWidth(_NARROWEST)
        box.chosen.connect(lambda place, field=option.field: self._on_choice(field, place))
        self.choices[option.field] = box
        self._boxes[option.field] = labelled(option.label, box)

    # --- build ---

    def _connect(self) -> None:
        self.model.chosen.connect(lambda model: self._change(model=model))
        self.wrt.chosen.connect(lambda wrt: self._change(wrt=wrt))
        self.steps.settled.connect(self._on_steps)
        self.any_steps.toggled.connect(self._on_any)
        self.view_switch.chosen.connect(self._on_view)
        self.seed.settled.connect(self._on_seed)
        self.dice.clicked.connect(self.draw)
        self.lab.toggled.connect(self._on_lab)
        self.more.clicked.connect(self._on_more)
        self.fold_button.clicked.connect(lambda: self.set_folded(True))
        self.line.clicked.connect(lambda: self.set_folded(False))
        self._theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        self.dice.setIcon(assets.icon("dices", self._theme.colours.muted))

    def _lay_out(self) -> None:
        for box in (self.model, self.wrt):
            box.setMinimumWidth(_NARROWEST)
        self.steps.setFixedWidth(48)
        self.seed.setFixedWidth(58)
        self._steps_box = labelled("Time steps T", self.steps, self.any_steps)
        self._view_box = labelled("Written with", self.view_switch)
        first, second = QHBoxLayout(), QHBoxLayout()
        self._row, self._fold_row = QHBoxLayout(), QHBoxLayout()
        bottom = Qt.AlignmentFlag.AlignBottom
        first.addWidget(labelled("Model", self.model), 2, bottom)
        first.addWidget(self._steps_box, 0, bottom)
        wrt_box = labelled(words.BY, self.wrt)
        self._wrt_words = wrt_box.findChildren(QLabel)[0]
        first.addWidget(wrt_box, 4, bottom)
        first.addWidget(self._view_box, 0, bottom)
        second.addLayout(self._row, 1)
        numbers = labelled("Numbers: seed", self.seed, self.dice, self.lab)
        numbers.setToolTip(words.SEED)
        self.seed.setToolTip(words.SEED)
        second.addWidget(numbers, 0, bottom)
        second.addWidget(self.more, 0, bottom)
        second.addWidget(self.fold_button, 0, bottom)
        for row in (first, second, self._row, self._fold_row):
            row.setSpacing(12)
        self._folded = QWidget()
        self._folded.setLayout(self._fold_row)
        self._fold_row.setContentsMargins(0, 0, 0, 0)
        self._folded.hide()
        self._knobs = knobs = QWidget()
        knobs.setObjectName("knobs")
        column = QVBoxLayout(knobs)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self._folded)
        column.addWidget(self.problem)
        self._around = QVBoxLayout(self)
        self._around.addWidget(self.line)
        self._around.addWidget(knobs)
        self.set_folded(False)


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    QVBoxLayout(around).addWidget(GradientForm(theme))
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
