r"""MeaningsView: "with δ_t = ..., ∂L/∂h_t = ...", in one column or two.

Run it alone: python -m studyapp.widgets.meanings_view
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.shipped import Key
from studyapp.theme import Theme
from studyapp.widgets.labels import styled
from studyapp.widgets.layouts import emptied

_PX = 16  # of a formula, set as in a line of text
_GAP, _BETWEEN, _WITH = 4, 26, 40  # px: between lines, between columns, of the word before them


class MeaningsView(QWidget):
    """Hidden where there is nothing to define. No signals.

    Attributes:
        labels: the formulas, in order.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.labels: list[MathLabel] = []
        self._columns = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(_GAP)
        self.hide()

    @staticmethod
    def keys(formulas: tuple[str, ...]) -> list[Key]:
        """What `set_formulas` will typeset."""
        return [(tex, False) for tex in formulas]

    def set_formulas(self, formulas: tuple[str, ...]) -> None:
        """Show these, which are typeset."""
        emptied(self._grid)
        self.labels = [self._label(tex) for tex in formulas]
        self._columns = 1
        self._place()
        self.setVisible(bool(formulas))

    def widths(self) -> tuple[int, int]:
        """How wide it would like to be in one column, and in two; px."""
        wide = [label.sizeHint().width() for label in self.labels] or [0]
        return _WITH + max(wide), _WITH + max(wide[::2]) + _BETWEEN + max(wide[1::2], default=0)

    def set_room(self, room: int) -> None:
        """Take two columns where there are `room` px for them."""
        columns = 2 if len(self.labels) > 1 and self.widths()[1] <= room else 1
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        for label in self.labels:
            self._grid.removeWidget(label)
        if self.labels and self._grid.itemAtPosition(0, 0) is None:
            self._grid.addWidget(self._word(), 0, 0)
        for place, label in enumerate(self.labels):
            row, column = divmod(place, self._columns)
            self._grid.addWidget(label, row, 1 + column, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setColumnStretch(3, 1)

    def _word(self) -> QLabel:
        return styled("small", "with")

    def _label(self, tex: str) -> MathLabel:
        label = MathLabel(self._theme, _PX, tex, display=False)
        label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        label.setMinimumSize(QSize(0, 0))
        return label


def _show(theme: Theme) -> MeaningsView:
    view = MeaningsView(theme)
    view.set_formulas((r"\delta_t = W_h^{\top} \delta_{t+1}", r"\delta_T = W_o^{\top} (\hat{y} - y)"))
    return view


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
