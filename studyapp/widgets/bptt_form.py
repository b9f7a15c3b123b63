"""BpttForm: which gradient of the scalar RNN to derive.

Run it alone: python -m studyapp.widgets.bptt_form
"""

from __future__ import annotations

import random

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.symbolic.jobs import BpttJob
from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.labels import styled
from studyapp.widgets.number_field import NumberField
from studyapp.widgets.segments import Segments

STEPS = tuple((str(steps), str(steps)) for steps in range(1, 7))
PARAMETERS = (("w", "w"), ("u", "u"), ("b", "b"), ("v", "v"), ("c", "c"), ("h_0", "h₀"))
LOSSES = (("half", "½ (ŷ − y)²"), ("whole", "(ŷ − y)²"))
HIGHEST_SEED = 9999


class BpttForm(QFrame):
    """Time steps, parameter, convention of the loss, and the seed of the numbers.

    Signals:
        changed(): another gradient, or other numbers, are wanted; `job` says which.

    Attributes:
        steps, wrt, loss: segments. seed: the field. problem: what is wrong with the seed.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self.steps = Segments("Time steps T", STEPS)
        self.wrt = Segments("Derivative by", PARAMETERS)
        self.loss = Segments("Loss", LOSSES)
        self.seed = NumberField("Seed of the numbers", True, 0, HIGHEST_SEED)
        self.dice = QToolButton()
        self.dice.setAccessibleName("Draw other numbers")
        self.dice.setToolTip("Draw other numbers")
        self.dice.setIconSize(QSize(18, 18))
        self.problem = styled("problem", wrap=True)
        self.problem.hide()
        self._lay_out()
        self.set_job(BpttJob())
        for segments in (self.steps, self.wrt, self.loss):
            segments.chosen.connect(self._on_changed)
        self.seed.settled.connect(self._on_changed)
        self.dice.clicked.connect(self.draw)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def job(self) -> BpttJob | None:
        """What is wanted; None when the seed is not a number, which is then said under it."""
        seed = self.seed.value
        good = isinstance(seed, int) and 0 <= seed <= HIGHEST_SEED
        self._say("" if good else f"The seed “{seed}” is no whole number from 0 to {HIGHEST_SEED:,}; try 1.")
        if not isinstance(seed, int) or not good:
            return None
        return BpttJob(int(self.steps.value), self.wrt.value, self.loss.value == "half", seed)

    def set_job(self, job: BpttJob) -> None:
        """Show `job` without a signal."""
        self.steps.set_value(str(job.steps))
        self.wrt.set_value(job.wrt)
        self.loss.set_value("half" if job.half_loss else "whole")
        self.seed.set_value(job.seed)

    def draw(self) -> None:
        """Draw other numbers."""
        self.seed.set_value(random.randrange(HIGHEST_SEED + 1))  # noqa: S311 - no secret, and shown
        self.changed.emit()

    def _on_changed(self, _value: str = "") -> None:
        self.changed.emit()

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if bool(self.seed.property("invalid")) != bool(sentence):
            self.seed.setProperty("invalid", bool(sentence))
            self.seed.style().unpolish(self.seed)
            self.seed.style().polish(self.seed)

    def _tint(self) -> None:
        self.dice.setIcon(assets.icon("dices", self._theme.colours.muted))

    def _lay_out(self) -> None:
        knobs = QWidget()
        knobs.setObjectName("knobs")
        grid = QGridLayout(knobs)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        seed = QHBoxLayout()
        seed.setSpacing(4)
        self.seed.setMaximumWidth(96)
        seed.addWidget(self.seed)
        seed.addWidget(self.dice)
        seed.addStretch()
        for place, (label, field) in enumerate((("Time steps T", self.steps), ("Derivative by", self.wrt))):
            grid.addWidget(QLabel(label), 0, 2 * place)
            grid.addWidget(field, 0, 2 * place + 1)
        grid.addWidget(QLabel("Loss L"), 1, 0)
        grid.addWidget(self.loss, 1, 1)
        grid.addWidget(QLabel("Seed"), 1, 2)
        grid.addLayout(seed, 1, 3)
        grid.addWidget(self.problem, 2, 2, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(knobs)


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    QVBoxLayout(around).addWidget(BpttForm(theme))
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
