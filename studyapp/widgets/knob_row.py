"""KnobRow: one knob of a form: its name, the field that fits it, and what is wrong with its value."""

from __future__ import annotations

import dataclasses
import random

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from engine.config import MAX_TEXT, RunConfig, knob_of
from engine.knobs import Knob
from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.choice_box import ChoiceBox
from studyapp.widgets.labels import styled
from studyapp.widgets.log_slider import LogSlider
from studyapp.widgets.number_field import NumberField
from studyapp.widgets.own_text import OwnText
from studyapp.widgets.segments import Segments

KINDS = {f.name: f.type for f in dataclasses.fields(RunConfig)}
SLIDERS = {"learning_rate": (1e-5, 10.0)}  # a slider for the part of the range that is of use
SHORT, LONG = 9, 36  # letters of all choices together: beside their name, in a line or a list of their own
MOST_SEGMENTS = 4
SAY_IT_ALL = ("cell", "state", "direction")  # knobs whose choices need no name above them
LABEL_WIDTH = 96
TEXT_HEIGHT = 62
ZERO_IS_OFF = ("clip", "dropout", "l2", "regulariser", "truncate")  # 0 means that nothing is done


class KnobRow(QWidget):
    """The row of one field of RunConfig.

    Signals:
        settled(str): the user gave the knob of this name another value.
    """

    settled = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._name, self._knob = theme, name, knob_of(name)
        self.problem = ""
        self._label = QLabel(self._knob.label)
        self._said = styled("problem", wrap=True)
        self._said.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._off = styled("small", "off")
        self._off.hide()
        self._field = self._make_field()
        self._field.setToolTip(self._knob.help)
        self._label.setToolTip(self._knob.help)
        self._label.setBuddy(self._field)
        self._grid.addWidget(self._said, 3, 0, 1, 2)

    @property
    def value(self) -> int | float | str:
        """What the field holds: for a number, the text where it is none."""
        return self._field.value

    def set_value(self, value: int | float | str) -> None:
        """Show `value` without a signal."""
        field = self._field
        if not isinstance(field, NumberField):
            field.set_value(str(value))
        elif not isinstance(value, str):
            field.set_value(value)
            if self._slider:
                self._slider.set_number(value)

    def set_problem(self, sentence: str) -> None:
        """Say `sentence` under the field; empty when there is nothing wrong."""
        if sentence == self.problem:
            return
        self.problem = sentence
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self._field.setAccessibleDescription(sentence or self._knob.help)
        self._mark(bool(sentence))

    def set_clashing(self, clashing: bool) -> None:
        """Mark the knob as one of those that cannot be together; what is wrong is said elsewhere."""
        self._mark(clashing or bool(self.problem))

    def set_waiting(self, waiting: bool) -> None:
        """Mark the knob as one that takes effect with the next Reset."""
        self._label.setText(f"{self._knob.label} •" if waiting else self._knob.label)

    def focus(self) -> None:
        """Put the keyboard here; the next key replaces a number."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self._field, NumberField):
            self._field.selectAll()

    def _mark(self, bad: bool) -> None:
        if bool(self._field.property("invalid")) == bad:
            return
        self._field.setProperty("invalid", bad)
        self._field.style().unpolish(self._field)
        self._field.style().polish(self._field)

    # --- one way to build each kind of field -------------------------------------------------

    def _make_field(self) -> Segments | ChoiceBox | NumberField | OwnText:
        self._slider: LogSlider | None = None
        if self._knob.choices:
            return self._make_choice(self._knob)
        return self._make_text() if KINDS[self._name] == "str" else self._make_number(self._knob)

    def _make_choice(self, knob: Knob) -> Segments | ChoiceBox:
        letters = sum(len(label) for _, label in knob.choices)
        made = ChoiceBox if letters > LONG or len(knob.choices) > MOST_SEGMENTS else Segments
        field = made(knob.label, knob.choices)
        field.chosen.connect(self._on_settled)
        if letters <= SHORT:
            self._beside(field)
            return field
        self._grid.addWidget(field, 1, 0, 1, 2)
        if self._name in SAY_IT_ALL:
            self._label.hide()
        else:
            self._grid.addWidget(self._label, 0, 0, 1, 2)
        return field

    def _make_number(self, knob: Knob) -> NumberField:
        assert knob.low is not None and knob.high is not None  # noqa: S101 - every number has bounds
        field = NumberField(knob.label, KINDS[self._name] == "int", knob.low, knob.high)
        field.settled.connect(self._on_number_settled)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(field, 1)
        if self._name == "seed":
            line.addWidget(self._make_dice())
        if self._name in ZERO_IS_OFF:
            line.addWidget(self._off)
            field.textChanged.connect(self._on_text_changed)
        self._beside_label()
        self._grid.addLayout(line, 0, 1)
        if self._name in SLIDERS:
            self._slider = LogSlider(f"{knob.label} slider", *SLIDERS[self._name])
            self._slider.setToolTip(knob.help)
            self._slider.slid.connect(self._on_slid)
            self._grid.addWidget(self._slider, 1, 0, 1, 2)
        return field

    def _make_dice(self) -> QToolButton:
        dice = QToolButton()
        dice.setAccessibleName("Draw a seed")
        dice.setToolTip("Draw a new seed")
        dice.setIconSize(QSize(18, 18))
        dice.clicked.connect(self.draw)
        self._dice = dice
        self._theme.changed.connect(self._tint)
        self._tint()
        return dice

    def _make_text(self) -> OwnText:
        field = OwnText(self._knob.label, "Empty: the built-in sample. Paste anything.", MAX_TEXT)
        field.settled.connect(self._on_settled)
        field.refused.connect(self.set_problem)
        field.setFixedHeight(TEXT_HEIGHT)
        self._grid.addWidget(self._label, 0, 0, 1, 2)
        self._grid.addWidget(field, 1, 0, 1, 2)
        return field

    def _beside(self, field: QWidget) -> None:
        self._beside_label()
        self._grid.addWidget(field, 0, 1)

    def _beside_label(self) -> None:
        """Long names take two lines, so that all fields begin in one column."""
        self._label.setWordWrap(True)
        self._label.setFixedWidth(LABEL_WIDTH)
        self._grid.addWidget(self._label, 0, 0)

    # --- slots -------------------------------------------------------------------------------

    def _on_settled(self) -> None:
        self.settled.emit(self._name)

    def _on_number_settled(self) -> None:
        value = self.value
        if self._slider and not isinstance(value, str) and 0 < value < float("inf"):
            self._slider.set_number(value)
        self._on_settled()

    def _on_text_changed(self) -> None:
        self._off.setVisible(self.value == 0)

    def _on_slid(self, value: float) -> None:
        if isinstance(self._field, NumberField):
            self._field.set_value(value)
        self._on_settled()

    def draw(self) -> None:
        """Draw a new number, for the seed."""
        self.set_value(random.randrange(10_000))  # noqa: S311 - not a secret; it is shown, so it can be repeated
        self._on_settled()

    def _tint(self) -> None:
        self._dice.setIcon(assets.icon("dices", self._theme.colours.muted))
