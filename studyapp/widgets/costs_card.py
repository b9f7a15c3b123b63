"""CostsCard: how many parameters, multiplications and stored numbers a derivation stands for.

Run it alone: python -m studyapp.widgets.costs_card
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.symbolic.report import Cost
from studyapp import assets
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.shipped import Key
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.labels import styled
from studyapp.widgets.layouts import emptied
from studyapp.widgets.line_words import check_words

_MARK, _PX = 14, 14  # px


class CostRow(QWidget):
    """What is counted, the number; below it the formula, and how it grows."""

    def __init__(self, theme: Theme, cost: Cost) -> None:
        super().__init__()
        self._theme, self._ok = theme, cost.check.ok
        self._mark = QLabel()
        self._mark.setToolTip(check_words(cost.check))
        number = styled("mono", f"{cost.value:,}".replace(",", "\N{THIN SPACE}"))
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(styled("source", cost.name, wrap=True), 0, 1)
        grid.addWidget(number, 0, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_label(theme, cost.latex), 1, 1)
        if cost.grows:
            grid.addWidget(_label(theme, cost.grows), 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        self.setAccessibleName(f"{cost.name}: {cost.value}, {cost.latex} {cost.grows}".strip())
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        icon, tint = ("circle-check", "good") if self._ok else ("circle-x", "bad")
        colour = getattr(self._theme.colours, tint)
        self._mark.setPixmap(assets.icon(icon, colour, size=_MARK).pixmap(_MARK, _MARK))


class CostsCard(CardFrame):
    """The counts; hidden while there are none. No signals."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Costs")
        self._theme = theme
        self.hide()

    @staticmethod
    def formulas(costs: Sequence[Cost]) -> list[Key]:
        """What `set_costs` will typeset."""
        return [(tex, False) for cost in costs for tex in (cost.latex, cost.grows)]

    def set_costs(self, costs: Sequence[Cost]) -> None:
        """Show these."""
        emptied(self.body, keep=1)
        for cost in costs:
            self.body.addWidget(CostRow(self._theme, cost))
        wrong = sum(not cost.check.ok for cost in costs)
        self.set_chip(f"{wrong} wrong" if wrong else "counted", "chipbad" if wrong else "chipgood")
        self.setVisible(bool(costs))


def _label(theme: Theme, tex: str) -> MathLabel:
    label = MathLabel(theme, _PX, tex, display=False)
    label.set_ink("muted")
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label


def _show(theme: Theme) -> CostsCard:
    from studyapp.widgets.derive_sample import gradient

    card = CostsCard(theme)
    card.set_costs(gradient().costs)
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
