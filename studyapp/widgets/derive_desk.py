"""DeriveDesk: one kind of question with its form, its answer, and what stands beside that.

Run it alone: python -m studyapp.widgets.derive_desk
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.symbolic.report import Agreement, Refusal, Report
from studyapp.theme import Theme
from studyapp.widgets.derivation_view import DerivationView
from studyapp.widgets.derive_side import DeriveSide
from studyapp.widgets.gutter_scroll import GUTTER

_SIDE, _WIDE_SIDE, _WIDE_FROM = 324, 416, 1300  # px: of the side, where there is room, from when on
_TORCH = "torch autograd"


class DeriveDesk(QWidget):
    """Form above, answer below, side at the right. No signals but those of its parts."""

    def __init__(self, theme: Theme, form: QWidget, tips: dict[str, str], heading: str = "") -> None:
        """`tips` and `heading` are those of DerivationView."""
        super().__init__()
        self.report: Report | None = None
        self.view = DerivationView(theme, tips, heading)
        self.side = DeriveSide(theme)
        self.side.hide()
        self.view.steps.revealed.connect(self._on_revealed)
        left = QVBoxLayout()
        left.setSpacing(12)
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, GUTTER, 0)
        above.addWidget(form)
        left.addLayout(above)
        left.addWidget(self.view, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.side)

    def show_report(self, report: Report, asking_torch: bool) -> None:
        """Show `report`; with `asking_torch`, another agreement is still to come."""
        self.report = report
        self.view.set_busy("")
        self.view.show_report(report)
        self.side.set_report(report)
        self.side.show()
        self._show_agreements(report.agreements, _TORCH if asking_torch else "")

    def show_refusal(self, refusal: Refusal) -> None:
        """Show why there is no answer."""
        self.report = None
        self.view.set_busy("")
        self.view.show_refusal(refusal)
        self.side.hide()

    def show_nothing(self) -> None:
        """As before the first question."""
        self.report = None
        self.view.show_nothing()
        self.side.hide()

    def add_opinion(self, opinion: Agreement | Refusal) -> None:
        """What torch says, or why it says nothing."""
        found = self.side.agreements.found
        if isinstance(opinion, Agreement):
            self._show_agreements((*found, opinion))
        else:
            self._show_agreements(found, trouble=f"{opinion.reason} {opinion.way_out}".strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setFixedWidth(_WIDE_SIDE if self.width() >= _WIDE_FROM else _SIDE)

    def _on_revealed(self, shown: int, total: int) -> None:
        self.side.agreements.set_covered(shown < total)

    def _show_agreements(self, found: tuple[Agreement, ...], pending: str = "", trouble: str = "") -> None:
        self.side.agreements.set_agreements(found, pending, trouble)
        self.view.result.set_agreements(found, pending)


def _show(theme: Theme) -> DeriveDesk:
    from studyapp.widgets.bptt_form import BpttForm
    from studyapp.widgets.derive_sample import report

    desk = DeriveDesk(theme, BpttForm(theme), dict.fromkeys(("one", "previous", "next", "all", "copy"), ""))
    desk.show_report(report(), asking_torch=True)
    return desk


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
