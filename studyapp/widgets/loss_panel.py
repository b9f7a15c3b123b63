"""LossPanel: the loss curve with its faint companions, and below it the way through time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from studyapp.theme import Theme
from studyapp.widgets.curve import LossCurve
from studyapp.widgets.ghosts import Ghost, legend
from studyapp.widgets.labels import styled, toggle
from studyapp.widgets.panel import Panel
from studyapp.widgets.time_bar import TimeBar

MOST_MARKS = 8


class LossPanel(Panel):
    """Curve, scales, legend, scrubber.

    Attributes:
        curve, time: the parts that have signals. log: the button of the logarithmic scale.
    """

    def __init__(self, theme: Theme, branch_tip: str) -> None:
        super().__init__(theme, "Loss")
        self._theme = theme
        self.marks: list[tuple[int, str]] = []
        self.curve = LossCurve(theme)
        self.time = TimeBar(theme, branch_tip)
        self.log = toggle("log", "Logarithmic loss scale", "Logarithmic scale for the loss")
        self._whole = toggle("whole run", "Whole run", "Show the whole run again (A, or a double click)")
        self._whole.setCheckable(False)
        self._whole.hide()
        self._legend = styled("fine", wrap=True)
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._legend.hide()
        self.log.toggled.connect(self.curve.set_log)
        self._whole.clicked.connect(self.curve.show_whole)
        self.curve.zoomed.connect(self._whole.setVisible)
        self.curve.pointed.connect(self.reading.set_text)
        self.add_tool(self._whole)
        self.add_tool(self.log)
        self.body.addWidget(self.curve, 1)
        self.body.addWidget(self._legend)
        self.body.addWidget(self.time)
        theme.changed.connect(self._say_legend)

    def set_ghosts(self, ghosts: Sequence[Ghost]) -> None:
        """Draw these faint curves, and say which is which."""
        self.curve.set_ghosts(ghosts)
        self._say_legend()

    def mark(self, step: int, label: str) -> None:
        """Flag the curve at `step`; while a slider is dragged the last flag is replaced."""
        near = self.marks and step - self.marks[-1][0] < max(20, step // 12)
        self.marks = [*(self.marks[:-1] if near else self.marks), (step, label)][-MOST_MARKS:]
        self.curve.set_marks(tuple(self.marks))

    def keep_marks(self, last: int) -> None:
        """Take away the flags after step `last`; -1 for all."""
        self.marks = [mark for mark in self.marks if mark[0] <= last]
        self.curve.set_marks(tuple(self.marks))

    def _say_legend(self) -> None:
        self._legend.setText(legend(self._theme, self.curve.ghosts))
        self._legend.setVisible(bool(self.curve.ghosts))
