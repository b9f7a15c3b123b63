"""LineFormula: a line's times, its formula, its value and its scalar twin, arranged as there is room.

Run it alone: python -m studyapp.widgets.line_formula
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.symbolic.report import Line
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.shipped import Key
from studyapp.theme import Theme
from studyapp.widgets.labels import styled
from studyapp.widgets.line_words import coloured
from studyapp.widgets.numbers import tick_label
from studyapp.widgets.value_view import ValueView

_TWIN_PX, _SPAN_PX = 15, 14  # of the scalar twin, of the times
_MEASURE = 600  # px in which a value stands at the right of a short formula, however wide the row is
_WIDE = 800  # px from which on the twin stands at the side
_GAP, _BETWEEN = 14, 40  # px from the formula to its value, to its twin at the side
_UNBOUND = 16777215  # Qt's own word for no maximum


@dataclass(frozen=True, slots=True)
class Telling:
    """How all lines are shown.

    Attributes:
        numbers: each with its value; that at time `t`, where it holds for several times.
        news: what is new in it is coloured, not only in the line that is looked at.
        twins: the same line of a network with one unit beside it.
    """

    numbers: bool = True
    news: bool = False
    twins: bool = False
    t: int = 1


class LineFormula(QWidget):
    """What of a line is mathematics. No signals.

    Attributes:
        formula: the line. value: its left side at the shown numbers; None where it has none.
        twin: the line of a network with one unit; None until it is wanted, or where there is none.
        lit: what is new in the line is coloured.
    """

    def __init__(self, theme: Theme, line: Line, telling: Telling, px: float) -> None:
        """`px` is one em of the formula."""
        super().__init__()
        self._theme, self._line, self._telling = theme, line, telling
        self.lit = False
        self.value: ValueView | QLabel | None = None
        self.twin: MathLabel | None = None
        self.formula = _label(theme, px, tex_of(line, telling.news, theme))
        self.formula.setAccessibleName(line.latex)
        self._lay_out()
        self._show_value()
        self._show_twin()
        theme.changed.connect(self._show_formula)

    def set_lit(self, lit: bool) -> None:
        """Colour what is new."""
        self.lit = lit
        self._show_formula()

    def tell(self, telling: Telling) -> bool:
        """Show the line like this from now on; whether its height may be another now."""
        before, self._telling = self._telling, telling
        if before.news != telling.news:
            self._show_formula()
        if before.twins != telling.twins:
            self._show_twin()
        if before.numbers != telling.numbers:
            self._show_value()
        elif isinstance(self.value, ValueView):
            self.value.set_time(telling.t)
        return (before.twins, before.numbers) != (telling.twins, telling.numbers)

    # --- Qt ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # --- inside ---

    def _show_formula(self) -> None:
        tex = tex_of(self._line, self.lit or self._telling.news, self._theme)
        if self.formula.tex != tex:
            self.formula.set_tex(tex)
            self.formula.setAccessibleName(self._line.latex)

    def _show_value(self) -> None:
        if self.value is None and self._telling.numbers:
            self.value = self._make_value()
            if self.value is not None:
                self._beside.addWidget(self.value)
        if self.value is not None:
            self.value.setVisible(self._telling.numbers)
            self._arrange()

    def _make_value(self) -> ValueView | QLabel | None:
        if self._line.values:
            view = ValueView(self._theme, self._line.values)
            view.set_time(self._telling.t)
            return view
        if self._line.value is None:
            return None
        label = styled("stepvalue", f"= {tick_label(self._line.value)}")
        label.setToolTip("The left side at the shown numbers")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.ensurePolished()
        return label

    def _show_twin(self) -> None:
        if self.twin is None and self._telling.twins and self._line.scalar:
            self.twin = _label(self._theme, _TWIN_PX, self._line.scalar)
            self.twin.set_ink("muted")
            self.twin.setToolTip("The same line of a network with one unit")
            self._beside_twin = QWidget()
            row = QHBoxLayout(self._beside_twin)
            row.setContentsMargins(3, 0, 0, 0)
            row.addWidget(styled("fine", "one unit"))
            row.addWidget(self.twin, 1)
            self._both.addWidget(self._beside_twin, 1)
        if self.twin is not None:
            self._beside_twin.setVisible(self._telling.twins)
            self._arrange()

    def _arrange(self) -> None:
        """All beside each other where there is room; else the twin, and a wide value, below."""
        wide = self.width() >= _WIDE
        has_twin = self.twin is not None and self._telling.twins
        self._both.setDirection(_SIDEWAYS if wide else _DOWN)
        self._both.setSpacing(_BETWEEN if wide else _GAP)
        value = self.value if self._telling.numbers else None
        formula = self.formula.sizeHint().width()
        needed = formula + (value.sizeHint().width() + _GAP if value is not None else 0)
        below = isinstance(value, ValueView) and needed > self.width() / (2 if has_twin and wide else 1)
        self._beside.setDirection(_DOWN if below else _SIDEWAYS)
        if value is not None:
            flag = Qt.AlignmentFlag
            self._beside.setAlignment(value, flag.AlignLeft if below else flag.AlignVCenter)
        longest = formula if below else needed
        self._first.setMaximumWidth(_UNBOUND if has_twin else max(_MEASURE, longest))

    def _lay_out(self) -> None:
        self._first = QWidget()
        self._beside = QBoxLayout(_SIDEWAYS, self._first)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(6)
        self._beside.addWidget(self.formula, 1)
        self._both = QBoxLayout(_SIDEWAYS)
        self._both.setSpacing(_GAP)
        first = QHBoxLayout()
        first.addWidget(self._first, 1000)  # has all the room that it takes
        first.addStretch(1)
        self._both.addLayout(first, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if self._line.span:
            column.addLayout(self._span())
        column.addLayout(self._both)

    def _span(self) -> QHBoxLayout:
        """For which times the line holds."""
        times = _label(self._theme, _SPAN_PX, self._line.span, display=False)
        times.set_ink("muted")
        row = QHBoxLayout()
        row.setContentsMargins(3, 0, 0, 0)
        row.setSpacing(3)
        row.addWidget(styled("small", "for"))
        row.addWidget(times)
        row.addStretch(1)
        return row


_SIDEWAYS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


def _label(theme: Theme, px: float, tex: str, *, display: bool = True) -> MathLabel:
    """A formula that leaves the keyboard to the row."""
    label = MathLabel(theme, px, tex, display=display)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label


def tex_of(line: Line, lit: bool, theme: Theme) -> str:
    """The line's LaTeX, with what is new in it in the accent's colour where `lit`."""
    return coloured(line.focus, theme.colours.accent) if lit and line.focus else line.latex


def keys_of(line: Line, telling: Telling, theme: Theme) -> list[Key]:
    """The formulas that a LineFormula shows."""
    keys = [(tex_of(line, telling.news, theme), True)]
    if line.span:
        keys.append((line.span, False))
    if telling.twins and line.scalar:
        keys.append((line.scalar, True))
    return keys


def _show(theme: Theme) -> LineFormula:
    from studyapp.widgets.derive_sample import gradient

    return LineFormula(theme, gradient().lines[3], Telling(news=True, twins=True), 17)


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
