"""DeriveDesk: one kind of question with its form, its answer, and what stands beside that.

Run it alone: python -m studyapp.widgets.derive_desk
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.symbolic.report import Agreement, Line, Network, Refusal, Report
from studyapp.mathtext.prefetch import Prefetch
from studyapp.mathtext.shipped import Key
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.derivation_view import READ, DerivationView
from studyapp.widgets.derive_side import DeriveSide
from studyapp.widgets.findings_card import FindingsCard
from studyapp.widgets.gutter_scroll import GUTTER
from studyapp.widgets.network_layout import laid_out
from studyapp.widgets.network_view import NetworkView

_SIDE, _WIDE_SIDE, _WIDE_FROM = 324, 416, 1300  # px: of the side, where there is room, from when on
_FINDINGS_SIDE, _WIDE_FINDINGS = 348, 520  # px: of the side, where there are findings
_FINDINGS = (270, 0.56)  # of the findings: px at least, of the desk's height
_MARGINS = 54  # px: left and right of the picture
_LOWEST, _SHARE = 150, 0.42  # of the picture: px at least, of the desk's height at most
_TORCH = "torch autograd"


class DeriveDesk(QWidget):
    """Form above, answer below; at the side the picture, which does not scroll away, and the cards.

    Signals:
        shown(): `report` is on screen now.
        resized(): there is more or less room.

    Attributes:
        report: what is on screen; None for nothing, or a refusal.
        view: the answer. side: the cards. picture: the unrolled network, where there is one.
    """

    shown = Signal()
    resized = Signal()

    def __init__(self, theme: Theme, form: QWidget, tips: Mapping[str, str], heading: str = "") -> None:
        """`tips` and `heading` are those of DerivationView."""
        super().__init__()
        self.report: Report | None = None
        self._pending = ""
        self._network: Network | None = None  # to be shown once these are typeset:
        self._letters: list[Key] = []
        self._later = QTimer(self, singleShot=True, interval=0)  # after what has been waiting meanwhile
        self._later.timeout.connect(self._show_cards)
        self.mode = READ
        self.view = DerivationView(theme, tips, heading)
        self._instead: dict[str, QWidget] = {READ: self.view}
        self.side = DeriveSide(theme, self.view.steps.prefetch)
        self.picture, frame = NetworkView(theme), CardFrame("Network")
        frame.body.addWidget(self.picture, 1)
        self._frame = _with_gutter(frame)
        self._findings: FindingsCard | None = None
        self._side_widths = (_SIDE, _WIDE_SIDE)
        self._stack = QStackedWidget()
        self._lay_out(form)
        self._connect()
        self._show_side(None)

    def set_findings(self, card: FindingsCard) -> None:
        """Show what answers bring along in `card`, above the other cards of a side that is wider then."""
        self._findings = card
        self._side_widths = (_FINDINGS_SIDE, _WIDE_FINDINGS)
        self._right_column.insertWidget(0, _with_gutter(card))

    def show_report(self, report: Report, asking_torch: bool) -> None:
        """Show `report` as soon as it is typeset; with `asking_torch`, another agreement is still to come."""
        self._pending = _TORCH if asking_torch else ""
        self.view.show_report(report)

    def show_refusal(self, refusal: Refusal) -> None:
        """Show why there is no answer."""
        self.report = None
        self.view.set_busy("")
        self.view.show_refusal(refusal)
        self._show_mode()
        self._show_side(None)

    def show_nothing(self) -> None:
        """As before the first question."""
        self.report = None
        self.view.show_nothing()
        self._show_mode()
        self._show_side(None)

    def add_panel(self, mode: str, panel: QWidget, *, below: bool) -> None:
        """`panel` is used in the mode of that name: below the steps, or in place of the whole answer."""
        if below:
            self.view.add_panel(mode, panel)
        else:
            self._instead[mode] = _with_gutter(panel)
            self._stack.addWidget(self._instead[mode])

    def set_mode(self, mode: str) -> None:
        """READ the derivation, or use the panel of that mode on it; the result is covered then."""
        self.mode = mode
        self.view.set_mode(mode)
        self._show_mode()
        self._show_findings()
        self.view.show_panel()

    def add_opinion(self, opinion: Agreement | Refusal) -> None:
        """What torch says, or why it says nothing."""
        self._pending = ""
        found = self.side.agreements.found
        if isinstance(opinion, Agreement):
            self._show_agreements((*found, opinion))
        else:
            self._show_agreements(found, trouble=f"{opinion.reason} {opinion.way_out}".strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(self._side_widths[self.width() >= _WIDE_FROM])
        self._fit_picture()
        if self._findings is not None:
            self._findings.setFixedHeight(max(_FINDINGS[0], round(_FINDINGS[1] * self.height())))
        self.resized.emit()

    # --- slots ---

    def _on_shown(self, report: Report) -> None:
        self.report = report
        self.view.set_busy("")
        self._show_mode()
        self._show_agreements(report.agreements, self._pending)
        self._show_side(report)
        self.shown.emit()

    def _on_looked_at(self, line: Line | None) -> None:
        if line is None and self.mode != READ:
            return  # the panel says what is lit
        self.picture.light_line(line, self._time)

    def _on_moved(self) -> None:
        self.picture.set_time(self._time)

    def _on_time_chosen(self, t: int) -> None:
        self.view.steps.head.time.go(t - 1)

    # --- inside ---

    @property
    def _time(self) -> int:
        return self.view.steps.head.time.t + 1

    def _show_agreements(self, found: tuple[Agreement, ...], pending: str = "", trouble: str = "") -> None:
        self.side.agreements.set_agreements(found, pending, trouble)
        self.view.result.set_agreements(found, pending)

    def _show_side(self, report: Report | None) -> None:
        self._right.setVisible(report is not None)
        self._network, self._letters = report.network if report is not None else None, []
        if self._network is None:
            self._frame.hide()
        if report is not None:
            self._later.start()

    def _show_cards(self) -> None:
        if self.report is not None:
            self.side.set_report(self.report)
            self._show_findings()
        if self._network is not None:
            self._letters = self._letters_of(self._network)
            self._prefetch.want(self._letters)
            self._show_network()

    def _show_mode(self) -> None:
        """What is in place of the answer, if there is an answer."""
        mode = READ if self.report is None else self.mode
        self._stack.setCurrentWidget(self._instead.get(mode, self.view))

    def _show_findings(self) -> None:
        """What came out can be seen in them, so not while one is to find it out."""
        if self._findings is not None:
            found = self.report.found if self.report is not None and self.mode == READ else None
            self._findings.set_found(found)

    def _show_network(self) -> None:
        """The picture, once all the letters in it are typeset."""
        network = self._network
        if network is None or not self._letters or not self._prefetch.at_hand(self._letters):
            return
        self._network = None
        self.picture.set_network(network, letter=self.report is not None and is_for_any_t(self.report))
        self.picture.set_time(self._time)
        self._fit_picture()
        self._frame.show()
        row = self.view.steps.current
        self.picture.light_line(row.line if row is not None else None, self._time)

    def _letters_of(self, network: Network) -> list[Key]:
        """The formulas that will be seen in the picture."""
        room = self._right.width() - _MARGINS
        layout = laid_out(network, self._time, room, self.picture.height())
        return [(spot.place.latex, False) for spot in layout.spots.values()]

    @property
    def _prefetch(self) -> Prefetch:
        return self.view.steps.prefetch

    def _fit_picture(self) -> None:
        """As high as the picture would like to be, but the cards keep their share."""
        wanted: QSize = self.picture.sizeHint()
        most = max(_LOWEST, round(self.height() * _SHARE))
        self.picture.setFixedHeight(max(_LOWEST, min(wanted.height(), most)))

    def _connect(self) -> None:
        steps = self.view.steps
        steps.prefetch.advanced.connect(self._show_network)
        self.view.shown.connect(self._on_shown)
        self.view.cover_changed.connect(self.side.agreements.set_covered)
        steps.looked_at.connect(self._on_looked_at)
        steps.head.time.moved.connect(self._on_moved)
        self.picture.time_chosen.connect(self._on_time_chosen)

    def _lay_out(self, form: QWidget) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(_with_gutter(form))
        self._stack.addWidget(self.view)
        left.addWidget(self._stack, 1)
        self._right = QWidget()
        right = self._right_column = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(self._frame)
        right.addWidget(self.side, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._right)


def _with_gutter(widget: QWidget) -> QWidget:
    """As wide as what scrolls beside or below it."""
    around = QWidget()
    row = QHBoxLayout(around)
    row.setContentsMargins(0, 0, GUTTER, 0)
    row.addWidget(widget)
    return around


def is_for_any_t(report: Report) -> bool:
    """Whether T stays a letter in `report`."""
    return report.title.endswith("any T")


def _show(theme: Theme) -> DeriveDesk:
    from studyapp.widgets.derive_sample import gradient
    from studyapp.widgets.gradient_form import GradientForm

    desk = DeriveDesk(theme, GradientForm(theme), {})
    desk.show_report(gradient(), asking_torch=True)
    return desk


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
