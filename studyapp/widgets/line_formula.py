"""LineFormula: a line's formula, its value and its scalar twin, arranged as there is room.

Run it alone: python -m studyapp.widgets.line_formula
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from engine.symbolic.report import Line
from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.shipped import Key
from studyapp.theme import Theme
from studyapp.widgets.labels import styled
from studyapp.widgets.line_words import coloured
from studyapp.widgets.numbers import tick_label
from studyapp.widgets.value_view import ValueView

_TWIN_PX = 15  # of the scalar twin
_WIDE = 640  # px from which on the twin stands at the side, unless one of the two is much too long for it
_ROOMY, _COLUMN = 800, 440  # px from which on all values begin at one place, that far from the left
_SHRINKS = 1.25  # how much too long a formula may be: it is set smaller then
_GAP, _BETWEEN = 14, 40  # px from the formula to its value, to its twin at the side
_AIR = 3  # px around a MathLabel


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
    """What of a line is mathematics.

    Signals:
        levelled(): `baseline` is another one.

    Attributes:
        baseline: that of the formula's first row, px from the top.
        formula: the line. value: its left side at the shown numbers; None where it has none.
        twin: the line of a network with one unit; None until it is wanted, or where there is none.
        lit: what is new in the line is coloured.
    """

    levelled = Signal()

    def __init__(self, theme: Theme, line: Line, telling: Telling, px: float) -> None:
        """`px` is one em of the formula."""
        super().__init__()
        self._px = px
        self._theme, self._line, self._telling = theme, line, telling
        self.lit = False
        self.baseline = 0
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
            self.twin = _label(self._theme, _TWIN_PX, from_the_top(self._line.scalar))
            self.twin.set_ink("muted")
            self.twin.setToolTip("The same line of a network with one unit")
            self._beside_twin = QWidget()
            self._twin_row, self._word = QHBoxLayout(self._beside_twin), styled("fine", "one unit")
            self._twin_row.addWidget(self._word, 0, Qt.AlignmentFlag.AlignTop)
            self._twin_row.addWidget(self.twin, 1, Qt.AlignmentFlag.AlignTop)
            self._both.addWidget(self._beside_twin, 1, Qt.AlignmentFlag.AlignTop)
        if self.twin is not None:
            self._beside_twin.setVisible(self._telling.twins)
            self._arrange()

    def _arrange(self) -> None:
        """All beside each other where there is room; else the twin, and a wide value, below."""
        sideways = self._is_twin_beside()
        self._both.setDirection(_SIDEWAYS if sideways else _DOWN)
        self._both.setSpacing(_BETWEEN if sideways else 0)
        self._place_value(self.width() // 2 - _BETWEEN if sideways else self.width())
        self._level(sideways)

    def _is_twin_beside(self) -> bool:
        if self.twin is None or not self._telling.twins or self.width() < _WIDE:
            return False
        longest = (self.width() - _BETWEEN) / 2 * _SHRINKS
        return self.formula.sizeHint().width() <= longest and self._beside_twin.sizeHint().width() <= longest

    def _place_value(self, room: int) -> None:
        """Beside the formula, all rows in one column where there is much room; or below."""
        value = self.value if self._telling.numbers else None
        if value is None:
            return
        formula, wide = self.formula.sizeHint().width() + _GAP, value.sizeHint().width()
        below = isinstance(value, ValueView) and formula + wide > room
        in_column = room >= _ROOMY and formula <= _COLUMN and not below
        value.setMinimumWidth(room - _COLUMN if in_column else 0)
        self._beside.setDirection(_DOWN if below else _SIDEWAYS)
        flag = Qt.AlignmentFlag
        self._beside.setAlignment(value, flag.AlignLeft if below else flag.AlignVCenter)

    def _level(self, sideways: bool) -> None:
        """The first rows of formula and twin at one height, where they are side by side."""
        own = _ascent(self.formula.tex, self._px)
        others = _ascent(self.twin.tex, _TWIN_PX) if self.twin is not None and sideways else 0
        self._beside.setContentsMargins(0, max(0, others - own), 0, 0)
        if self.twin is not None:
            lower = max(0, own - others) if sideways else 0
            self._twin_row.setContentsMargins(_AIR, lower, 0, 0)
            words = _ascent(self.twin.tex, _TWIN_PX) - self._word.fontMetrics().ascent()
            self._word.setContentsMargins(0, max(0, words + _AIR), 0, 0)
        baseline = _AIR + max(own, others)
        if baseline != self.baseline:
            self.baseline = baseline
            self.levelled.emit()

    def _lay_out(self) -> None:
        first = QWidget()
        self._beside = QBoxLayout(_SIDEWAYS, first)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(6)
        self._beside.addWidget(self.formula, 1, Qt.AlignmentFlag.AlignTop)
        self._both = QBoxLayout(_SIDEWAYS, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.addWidget(first, 1, Qt.AlignmentFlag.AlignTop)


_SIDEWAYS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


def _label(theme: Theme, px: float, tex: str, *, display: bool = True) -> MathLabel:
    """A formula that leaves the keyboard to the row."""
    label = MathLabel(theme, px, tex, display=display)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label


def tex_of(line: Line, lit: bool, theme: Theme) -> str:
    """The line's LaTeX, with what is new in it in the accent's colour where `lit`."""
    focused = coloured(line.focus, theme.colours.accent) if lit and line.focus else line.latex
    return from_the_top(focused)


def from_the_top(tex: str) -> str:
    """`tex` with its first row on the baseline, where it has several."""
    start = r"\begin{aligned}"
    return f"{start}[t]{tex.removeprefix(start)}" if tex.startswith(start + " ") else tex


def _ascent(tex: str, px: float) -> int:
    """How high the first row of a formula is, px; of one that cannot be typeset, a line of text."""
    box = formula(tex, True)
    return math.ceil((box.ascent if isinstance(box, Box) else 1.0) * px)


def keys_of(line: Line, telling: Telling, theme: Theme) -> list[Key]:
    """The formulas that a LineFormula shows."""
    keys = [(tex_of(line, telling.news, theme), True)]
    if line.span:
        keys.append((line.span, False))
    if telling.twins and line.scalar:
        keys.append((from_the_top(line.scalar), True))
    return keys


def _show(theme: Theme) -> LineFormula:
    from studyapp.widgets.derive_sample import gradient

    return LineFormula(theme, gradient().lines[3], Telling(news=True, twins=True), 17)


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
