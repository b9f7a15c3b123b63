"""DeriveSide: what stands beside a derivation: agreements, conventions, costs, numbers, methods.

Run it alone: python -m studyapp.widgets.derive_side
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from engine.symbolic.report import Cost, Report
from studyapp.mathtext.prefetch import Prefetch
from studyapp.mathtext.shipped import Key
from studyapp.theme import Theme
from studyapp.widgets.agreements_card import AgreementsCard
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.costs_card import CostsCard
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.labels import styled
from studyapp.widgets.layouts import emptied
from studyapp.widgets.method_row import MethodRow
from studyapp.widgets.numbers_card import NumbersCard

_LATER = 60  # ms until what can wait is built: first the lines


class DeriveSide(GutterScroll):
    """Cards, each only when there is something in it.

    What has to be typeset first comes as soon as it is; the rest at once.

    Signals:
        method_chosen(str): the user wants it told by the method of this name.

    Attributes:
        method: the one that is told; empty for the first that applies. Set it before `set_report`.
        applying: names of those that apply. silent: those of them that have no lines of their own.
        agreements: the card of independent ways to the number. numbers, costs: more cards.
    """

    method_chosen = Signal(str)

    def __init__(self, theme: Theme, prefetch: Prefetch) -> None:
        super().__init__()
        self._theme, self._prefetch = theme, prefetch
        self.method = ""
        self.applying: tuple[str, ...] = ()
        self.silent: set[str] = set()
        self._method_group = QButtonGroup(self)
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
        for card in (self.methods, self.agreements, self.conventions, self.costs, self.numbers):
            self.column.addWidget(card)
        self.column.addStretch(1)
        prefetch.advanced.connect(self._on_advanced)

    def set_report(self, report: Report) -> None:
        """Show what `report` brings along; the agreements are set by themselves."""
        emptied(self._method_rows)
        emptied(self._convention_rows)
        self._show_methods(report)
        for name, choice in report.conventions:
            self._convention_rows.addWidget(styled("chipaccent", name), 0, Qt.AlignmentFlag.AlignLeft)
            self._convention_rows.addWidget(styled("convention", choice, wrap=True))
        self.methods.setVisible(bool(report.methods))
        self.conventions.setVisible(bool(report.conventions))
        self._coming, self._costs = report, report.costs
        self._prefetch.want(self._formulas(report))
        self._on_advanced()

    def _show_methods(self, report: Report) -> None:
        """One of those that apply is told; the others can be chosen."""
        self.applying = tuple(method.name for method in report.methods if method.applies)
        if self.method not in self.applying:
            self.method = self.applying[0] if self.applying else ""
        self._method_group = QButtonGroup(self)
        for method in report.methods:
            row = MethodRow(self._theme, method, told=method.name == self.method)
            self._method_rows.addWidget(row)
            if row.button is not None and len(self.applying) > 1:
                self._method_group.addButton(row.button)
                row.button.clicked.connect(lambda _on, name=method.name: self._on_method(name))
        self._mute()

    def silence(self, name: str) -> None:
        """The method of that name was chosen, and has no lines of its own: tick the one that is told."""
        self.silent.add(name)
        for button in self._method_group.buttons():
            button.setChecked(button.text() == self.method)
        self._mute()

    def _mute(self) -> None:
        for button in self._method_group.buttons():
            button.setEnabled(button.text() not in self.silent)

    def _on_method(self, name: str) -> None:
        if name != self.method:
            self.method_chosen.emit(name)

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
