"""DeriveSide: what stands beside a derivation: agreements, conventions, costs, numbers, methods.

Run it alone: python -m studyapp.widgets.derive_side
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.symbolic.report import Cost, Method, Report
from studyapp import assets
from studyapp.mathtext.prefetch import Prefetch
from studyapp.mathtext.shipped import Key
from studyapp.theme import Theme
from studyapp.widgets.agreements_card import AgreementsCard
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.costs_card import CostsCard
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.labels import styled
from studyapp.widgets.layouts import emptied
from studyapp.widgets.numbers_card import NumbersCard

_MARK = 16  # px
_LATER = 60  # ms until what can wait is built: first the lines


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
    """Cards, each only when there is something in it. No signals.

    What has to be typeset first comes as soon as it is; the rest at once.

    Attributes:
        agreements: the card of independent ways to the number. numbers, costs: more cards.
    """

    def __init__(self, theme: Theme, prefetch: Prefetch) -> None:
        super().__init__()
        self._theme, self._prefetch = theme, prefetch
        self._coming: Report | None = None
        self._costs: tuple[Cost, ...] = ()
        self._later = QTimer(self, singleShot=True, interval=_LATER)
        self._later.timeout.connect(self._show_costs)
        self.agreements, self.numbers = AgreementsCard(theme), NumbersCard(theme)
        self.costs = CostsCard(theme)
        self.methods, self.conventions = CardFrame("Methods"), CardFrame("Conventions")
        self._method_rows, self._convention_rows = QVBoxLayout(), QVBoxLayout()
        self._method_rows.setSpacing(10)
        self._convention_rows.setSpacing(4)
        self.methods.body.addLayout(self._method_rows)
        self.conventions.body.addLayout(self._convention_rows)
        for card in (self.agreements, self.conventions, self.costs, self.numbers, self.methods):
            self.column.addWidget(card)
        self.column.addStretch(1)
        prefetch.advanced.connect(self._on_advanced)

    def set_report(self, report: Report) -> None:
        """Show what `report` brings along; the agreements are set by themselves."""
        emptied(self._method_rows)
        emptied(self._convention_rows)
        for method in report.methods:
            self._method_rows.addWidget(MethodRow(self._theme, method))
        for name, choice in report.conventions:
            self._convention_rows.addWidget(styled("chipaccent", name), 0, Qt.AlignmentFlag.AlignLeft)
            self._convention_rows.addWidget(styled("convention", choice, wrap=True))
        self.methods.setVisible(bool(report.methods))
        self.conventions.setVisible(bool(report.conventions))
        self._coming, self._costs = report, report.costs
        self._prefetch.want(self._formulas(report))
        self._on_advanced()

    def _on_advanced(self) -> None:
        report = self._coming
        if report is not None and self._prefetch.at_hand(self._formulas(report)):
            self._coming = None
            self.numbers.set_report(report)
            self._later.start()

    def _show_costs(self) -> None:
        self.costs.set_costs(self._costs)

    def _formulas(self, report: Report) -> list[Key]:
        return [*self.numbers.formulas(report), *self.costs.formulas(report.costs)]


def _show(theme: Theme) -> DeriveSide:
    from studyapp.widgets.derive_sample import gradient

    side = DeriveSide(theme, Prefetch())
    side.set_report(gradient())
    side.agreements.set_agreements(gradient().agreements)
    return side


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
