"""LiveEquations: the cell's equations, typeset, each with the numbers of one unit put in below.

Run it alone: python -m studyapp.widgets.live_equations
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from studyapp.mathtext.label import MathLabel
from studyapp.theme import Theme
from studyapp.widgets.cell_words import Equation
from studyapp.widgets.painted import Painted

PX = 14  # of the formulas
LINE = 17
INDENT = 3  # as the formula above
THIN = "\u2009"  # a narrow space
VERSIONS = ((12, " "), (12, THIN), (11, THIN), (10, THIN))  # pixels, and the space between words


class NumberLine(Painted):
    """One line of numbers with its result stressed, e.g. 0.93·1.21 + 0.12·(−0.40) = 0.66."""

    ground = "card"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Equation with numbers")
        self._equation: Equation | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_equation(self, equation: Equation) -> None:
        """Show the numbers of `equation`."""
        self._equation = equation
        self.refresh()

    @property
    def empty(self) -> bool:
        return self._equation is None

    @property
    def text(self) -> str:
        """The whole line."""
        made = self._equation
        return "" if made is None else f"{made.left} = {made.numbers} {made.sign} {made.result}"

    def description(self) -> str:
        return self.text

    def sizeHint(self) -> QSize:
        return QSize(120, LINE)

    def paint(self, painter: QPainter) -> None:
        if self._equation is None:
            return
        result = f" {self._equation.sign} {self._equation.result}"
        working = f"{self._equation.left} = {self._equation.numbers}"
        metrics, working, result = self._fit(painter, working, result)
        room = self.width() - INDENT - metrics.horizontalAdvance(result)
        working = metrics.elidedText(working, Qt.TextElideMode.ElideRight, room)
        painter.setPen(self.colour("muted"))
        painter.drawText(INDENT, 13, working)
        painter.setPen(self.colour("text"))
        painter.drawText(INDENT + metrics.horizontalAdvance(working), 13, result)

    def _fit(self, painter: QPainter, working: str, result: str) -> tuple[QFontMetrics, str, str]:
        """Both in the largest font in which there is room: first with narrower spaces, then smaller."""
        for pixels, space in VERSIONS:
            painter.setFont(self.sized(pixels))
            metrics = QFontMetrics(painter.font())
            fitted, end = working.replace(" ", space), result.replace(" ", space)
            if INDENT + metrics.horizontalAdvance(fitted + end) <= self.width():
                break
        return metrics, fitted, end


class LiveEquations(QWidget):
    """A typeset line and a line of numbers for each equation."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: list[NumberLine] = []
        self._formulas: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def text(self) -> str:
        """All lines of numbers."""
        return "\n".join(line.text for line in self._lines)

    def set_equations(self, equations: tuple[Equation, ...]) -> None:
        """Show `equations`; the formulas are set anew only when they are others."""
        formulas = tuple(equation.formula for equation in equations)
        if formulas != self._formulas:
            self._formulas = formulas
            self._rebuild()
        for line, equation in zip(self._lines, equations, strict=True):
            line.set_equation(equation)
            line.setToolTip(equation.remark)

    def _rebuild(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._lines = [NumberLine(self._theme) for _ in self._formulas]
        for formula, line in zip(self._formulas, self._lines, strict=True):
            label = MathLabel(self._theme, PX, formula, display=False)
            label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._column.addWidget(label)
            self._column.addWidget(line)


def _show(theme: Theme) -> LiveEquations:
    shown = LiveEquations(theme)
    formula = r"c_t = f_t \odot c_{t-1} + i_t \odot g_t"
    shown.set_equations((Equation(formula, "c₇", "0.93·1.21 + 0.12·(−0.40)", "1.08"),))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
