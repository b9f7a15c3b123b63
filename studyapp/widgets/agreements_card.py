"""AgreementsCard: independent ways to the same number, each with its value and how far off it is.

Run it alone: python -m studyapp.widgets.agreements_card
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from engine.symbolic.report import Agreement
from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.labels import styled
from studyapp.widgets.layouts import emptied
from studyapp.widgets.numbers import MINUS, figure

_MARK = 16  # px
_COVERED = "The values come with the last line."
_DIGITS = 10  # significant digits of a value: enough to see where a difference quotient departs


class AgreementRow(QWidget):
    """Source and verdict, value and error."""

    def __init__(self, theme: Theme, icon: str, tint: str, source: str, value: str, detail: str) -> None:
        """`tint` is the name of a colour."""
        super().__init__()
        self._theme, self._icon, self._tint_name = theme, icon, tint
        self.setAccessibleName(f"{source}: {value} {detail}".rstrip(": "))
        self._mark = QLabel()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        words = styled("source", source, wrap=True)
        off = styled("fine", detail, wrap=True)
        number = styled("mono", value)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, 0, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        if value:
            grid.addWidget(number, 1, 1)
            grid.addWidget(off, 1, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        elif detail:
            grid.addWidget(off, 1, 1, 1, 2)
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        tint = getattr(self._theme.colours, self._tint_name)
        self._mark.setPixmap(assets.icon(self._icon, tint, size=_MARK).pixmap(_MARK, _MARK))


class AgreementsCard(CardFrame):
    """The ways that have answered, and the one that is still asked. No signals.

    Attributes:
        found: what has been shown.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__("Agreement")
        self._theme = theme
        self.found: tuple[Agreement, ...] = ()
        self._pending = self._trouble = ""
        self._is_covered = False
        self._rows = QVBoxLayout()
        self._rows.setSpacing(9)
        self._note = styled("fine", _COVERED, wrap=True)
        self._note.hide()
        self.body.addLayout(self._rows)
        self.body.addWidget(self._note)

    def set_agreements(self, found: Sequence[Agreement], pending: str = "", trouble: str = "") -> None:
        """Show these; `pending` is a way that is still asked, `trouble` why it did not answer."""
        self.found, self._pending, self._trouble = tuple(found), pending, trouble
        good = all(one.ok for one in found)
        agreeing = "agrees" if len(found) == 1 else "agree"
        agree = f"{len(found)} {agreeing}" if good else "disagreement"
        self.set_chip("" if not found else agree, "chipgood" if good else "chipbad")
        self.setVisible(bool(found or pending or trouble))
        self._build_rows()

    def set_covered(self, covered: bool) -> None:
        """Keep the values to itself while the lines come one at a time."""
        if covered != self._is_covered:
            self._is_covered = covered
            self._note.setVisible(covered)
            self._build_rows()

    def _build_rows(self) -> None:
        emptied(self._rows)
        for place, one in enumerate(self.found):
            self._rows.addWidget(self._row(one, reference=place == 0))
        if self._pending:
            row = AgreementRow(self._theme, "timer", "muted", f"asking {self._pending}…", "", "")
            self._rows.addWidget(row)
        elif self._trouble:
            self._rows.addWidget(
                AgreementRow(self._theme, "circle-alert", "warn", "torch autograd", "", self._trouble)
            )

    def _row(self, one: Agreement, reference: bool) -> AgreementRow:
        icon, tint = ("circle-check", "good") if one.ok else ("circle-x", "bad")
        if self._is_covered:
            return AgreementRow(self._theme, icon, tint, one.source, "", "")
        exact = "" if reference else "no difference"
        detail = f"relative error {figure(one.error, 2)}" if one.error else exact
        value = "" if one.value is None else f"{one.value:.{_DIGITS}g}".replace("-", MINUS)
        return AgreementRow(self._theme, icon, tint, one.source, value, detail)


def _show(theme: Theme) -> AgreementsCard:
    card = AgreementsCard(theme)
    found = (Agreement("derivation", 0.25, 0.0, True), Agreement("central difference", 0.25, 2.4e-9, True))
    card.set_agreements(found, "torch autograd")
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
