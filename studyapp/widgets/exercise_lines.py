"""ExerciseLines: the lines of an exercise as far as one has come, the newest always in sight.

Run it alone: python -m studyapp.widgets.exercise_lines
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.symbolic.report import Line
from studyapp.mathtext.label import MathLabel
from studyapp.theme import Theme
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.labels import styled

_PX = 16  # of the lines that are given
_AIR = 16  # px around what is brought into sight


class ExerciseLines(GutterScroll):
    """Given lines and gaps in their order, and below them `end`. No signals."""

    def __init__(self, theme: Theme, end: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._parts: list[QWidget] = []
        self._sought: QWidget | None = None  # is to be in sight, until the user scrolls
        self.column.addWidget(end)
        self.column.addStretch(1)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)

    def add(self, part: QWidget) -> None:
        """Put `part` after the others."""
        self.column.insertWidget(len(self._parts), part)
        self._parts.append(part)

    def add_given(self, line: Line) -> None:
        """Put a line after the others that is not asked for."""
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(12)
        formula = MathLabel(self._theme, _PX, line.latex)
        formula.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row.addWidget(styled("stepnumber", str(line.number)))
        row.addWidget(formula, 1)
        self.add(around)

    def clear(self) -> None:
        """Take all of them away."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self._sought = [], None

    def seek(self, part: QWidget) -> None:
        """Have `part` in sight, also when heights become known later."""
        self._sought = part
        QTimer.singleShot(0, self, self._on_range)

    def _on_range(self) -> None:
        if self._sought is not None:
            self.ensureWidgetVisible(self._sought, 0, _AIR)

    def _on_scrolled(self) -> None:
        self._sought = None


def _show(theme: Theme) -> ExerciseLines:
    from studyapp.widgets.derive_sample import report

    lines = ExerciseLines(theme, styled("muted", "The end."))
    for line in report().lines:
        lines.add_given(line)
    return lines


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
