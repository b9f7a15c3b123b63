"""NumbersCard: the numbers and matrices that the lines are evaluated with.

Run it alone: python -m studyapp.widgets.numbers_card
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from engine.symbolic.report import Report
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.shipped import Key
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.labels import styled
from studyapp.widgets.layouts import emptied
from studyapp.widgets.numbers import MINUS
from studyapp.widgets.value_view import ValueView

_PX = 15
_COLUMNS, _MORE, _WIDE = 4, 6, 380  # of a matrix; where the card is so wide, px
_FIRST, _FIRST_MATRICES = 16, 7  # so many are shown until all are wanted


class NumbersCard(CardFrame):
    """A few of them, and the rest when asked; hidden while there are none. No signals.

    Attributes:
        all_button: shows all.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__("Numbers put in")
        self._theme = theme
        self._report: Report | None = None
        self._columns = _COLUMNS
        self._shown: tuple[int | None, int | None] = (_FIRST, _FIRST_MATRICES)
        self._grid, self._matrices = QGridLayout(), QVBoxLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._matrices.setSpacing(6)
        self.all_button = QPushButton()
        self.all_button.setObjectName("link")
        self.all_button.clicked.connect(self._on_all)
        self.body.addLayout(self._grid)
        self.body.addLayout(self._matrices)
        self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @staticmethod
    def formulas(report: Report) -> list[Key]:
        """What `set_report` will typeset."""
        numbers, matrices = report.numbers[:_FIRST], report.matrices[:_FIRST_MATRICES]
        return [(f"{latex} =", False) for latex, _ in (*numbers, *matrices)]

    def set_report(self, report: Report) -> None:
        """Show the first numbers of `report`."""
        self._report = report
        rest = max(0, len(report.numbers) - _FIRST) + max(0, len(report.matrices) - _FIRST_MATRICES)
        self._fill(_FIRST, _FIRST_MATRICES)
        self.all_button.setText(f"Show {rest} more")
        self.all_button.setVisible(rest > 0)
        self.setVisible(bool(report.numbers or report.matrices))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = _MORE if self.width() >= _WIDE else _COLUMNS
        if columns != self._columns:
            self._columns = columns
            self._fill(*self._shown)

    def _on_all(self) -> None:
        self._fill(None, None)
        self.all_button.hide()

    def _fill(self, numbers: int | None, matrices: int | None) -> None:
        self._shown = numbers, matrices
        emptied(self._grid)
        emptied(self._matrices)
        if self._report is None:
            return
        for place, (name, value) in enumerate(self._report.numbers[:numbers]):
            row, pair = divmod(place, 2)
            label = styled("mono", f"{value:.6g}".replace("-", MINUS))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(self._name(name), row, 3 * pair)
            self._grid.addWidget(label, row, 3 * pair + 1)
        for column in (2, 5):
            self._grid.setColumnStretch(column, 1)
        for name, matrix in self._report.matrices[:matrices]:
            both = QWidget()
            line = QGridLayout(both)
            line.setContentsMargins(0, 0, 0, 0)
            line.setHorizontalSpacing(6)
            line.addWidget(self._name(name), 0, 0, Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(ValueView(self._theme, (matrix,), self._columns), 0, 1)
            line.setColumnStretch(2, 1)
            self._matrices.addWidget(both)

    def _name(self, latex: str) -> MathLabel:
        label = MathLabel(self._theme, _PX, f"{latex} =", display=False)
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return label


def _show(theme: Theme) -> NumbersCard:
    from studyapp.widgets.derive_sample import gradient

    card = NumbersCard(theme)
    card.set_report(gradient())
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
