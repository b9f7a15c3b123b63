"""DeriveSide: what stands beside a derivation: agreements, numbers, methods, conventions.

Run it alone: python -m studyapp.widgets.derive_side
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from engine.symbolic.report import Method, Report
from studyapp import assets
from studyapp.mathtext.label import MathLabel
from studyapp.theme import Theme
from studyapp.widgets.agreements_card import AgreementsCard
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.labels import styled
from studyapp.widgets.numbers import MINUS

_MARK, _PX = 16, 15  # px


class MethodRow(QWidget):
    """One method: that it applies, or why not."""

    def __init__(self, theme: Theme, method: Method) -> None:
        super().__init__()
        self._theme, self._applies = theme, method.applies
        self.setAccessibleName(f"{method.name} {'applies' if method.applies else 'does not apply'}")
        self.setAccessibleDescription(method.reason)
        self._mark = QLabel()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(styled("source", method.name, wrap=True))
        words.addWidget(styled("small", method.reason, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        colours = self._theme.colours
        icon, tint = ("circle-check", colours.good) if self._applies else ("minus", colours.muted)
        self._mark.setPixmap(assets.icon(icon, tint, size=_MARK).pixmap(_MARK, _MARK))


class DeriveSide(GutterScroll):
    """Four cards, each only when there is something in it. No signals.

    Attributes:
        agreements: the card of independent ways to the number.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.agreements = AgreementsCard(theme)
        self.methods, self.numbers = CardFrame("Methods"), CardFrame("Numbers put in")
        self.conventions = CardFrame("Conventions")
        self._method_rows, self._convention_rows = QVBoxLayout(), QVBoxLayout()
        self._method_rows.setSpacing(10)
        self._convention_rows.setSpacing(4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for card, layout in (
            (self.agreements, None),
            (self.numbers, self._grid),
            (self.methods, self._method_rows),
            (self.conventions, self._convention_rows),
        ):
            if layout is not None:
                card.body.addLayout(layout)
            self.column.addWidget(card)
        self.column.addStretch(1)

    def set_report(self, report: Report) -> None:
        """Show what `report` brings along; the agreements are set by themselves."""
        for layout in (self._method_rows, self._convention_rows, self._grid):
            _empty(layout)
        for method in report.methods:
            self._method_rows.addWidget(MethodRow(self._theme, method))
        for name, choice in report.conventions:
            self._convention_rows.addWidget(styled("chipaccent", name), 0, Qt.AlignmentFlag.AlignLeft)
            self._convention_rows.addWidget(styled("convention", choice, wrap=True))
        for place, (name, value) in enumerate(report.numbers):
            row, pair = divmod(place, 2)
            self._grid.addWidget(self._name(name), row, 3 * pair)
            self._grid.addWidget(self._value(value), row, 3 * pair + 1)
        for column in (2, 5):
            self._grid.setColumnStretch(column, 1)
        self.methods.setVisible(bool(report.methods))
        self.conventions.setVisible(bool(report.conventions))
        self.numbers.setVisible(bool(report.numbers))

    def _name(self, latex: str) -> MathLabel:
        label = MathLabel(self._theme, _PX, f"{latex} =", display=False)
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return label

    def _value(self, value: float) -> QLabel:
        label = styled("mono", f"{value:.6g}".replace("-", MINUS))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def _show(theme: Theme) -> DeriveSide:
    from studyapp.widgets.derive_sample import report

    side = DeriveSide(theme)
    side.set_report(report())
    side.agreements.set_agreements(report().agreements)
    return side


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
