"""DerivationView: the answer to one question: nothing yet, in work, a refusal, or result and steps.

Run it alone: python -m studyapp.widgets.derivation_view
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget
from shiboken6 import isValid

from engine.symbolic.report import Refusal, Report
from studyapp.theme import Theme
from studyapp.widgets.empty_state import EmptyState
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.labels import styled
from studyapp.widgets.refusal_card import RefusalCard
from studyapp.widgets.result_card import ResultCard
from studyapp.widgets.step_row import StepRow
from studyapp.widgets.steps_card import StepsCard

_AIR = 24  # px kept around a row that is scrolled to
_REST = 400  # ms after which all heights are known
_MOST_MOVES = 8
_ALL_ROOM = 1000  # stretch of what stands alone
_AHEAD = 200  # px beyond the edges in which rows are built already


READ = "read"


class DerivationView(GutterScroll):
    """Builds rows only where they are seen.

    Signals:
        cancelled(): the user does not want to wait any longer.
        shown(Report): this is on screen now.
        cover_changed(bool): whether the result is kept to ourselves.
        said(str): a sentence for the status line.

    Attributes:
        empty, busy, refusal, result, steps: the parts; which are visible is the state.
        mode: READ, or the name of the panel that is used on the derivation.
    """

    cancelled = Signal()
    shown = Signal(object)
    cover_changed = Signal(bool)
    said = Signal(str)

    def __init__(self, theme: Theme, tips: Mapping[str, str], heading: str = "") -> None:
        """`tips` are those of StepsCard; `heading` stands in place of the title of a report."""
        super().__init__()
        self.empty, self.refusal = EmptyState(theme), RefusalCard(theme)
        self.result, self.steps = ResultCard(theme, heading), StepsCard(theme, tips)
        self.busy, self._busy_words = QFrame(), styled("muted")
        self.cancel = QPushButton("Cancel")
        self.cancel.setObjectName("compact")
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fill)
        self.mode, self.covered = READ, False
        self._wants_end = False  # stay at the end until all heights are known
        self._panels: dict[str, QWidget] = {}
        self._extra: QWidget | None = None  # between result and steps
        self._coming: Report | None = None  # until its result is typeset
        self._has_lines = True  # what was only measured has none
        self._target: StepRow | None = None  # scrolled to until all heights around it are known
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._on_rested)
        self._connect()
        self._show_only(self.empty)

    def show_report(self, report: Report) -> None:
        """Show result and steps, from the top, as soon as the result is typeset; `shown` says when."""
        self._coming = report
        self.steps.prefetch.want(self.result.formulas(report))
        self._show_coming()

    def show_refusal(self, refusal: Refusal) -> None:
        """Show why there is no result."""
        self._coming = None
        self.refusal.set_refusal(refusal)
        self._show_only(self.refusal)

    def show_nothing(self) -> None:
        """As before the first question."""
        self._coming = None
        self._show_only(self.empty)

    def add_panel(self, mode: str, panel: QWidget) -> None:
        """`panel` is shown below the steps in the mode of that name."""
        self._panels[mode] = panel
        self.column.insertWidget(self.column.indexOf(self.empty), panel)
        panel.hide()

    def set_extra(self, panel: QWidget | None) -> None:
        """Show `panel` between the result and the steps, as long as they are there; None: nothing."""
        if self._extra is not None and panel is not self._extra:
            self._extra.hide()
        if panel is not None and self.column.indexOf(panel) < 0:
            panel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            self.column.insertWidget(self.column.indexOf(self.steps), panel)
        self._extra = panel
        if panel is not None:
            panel.setVisible(not self.result.isHidden())

    def set_mode(self, mode: str) -> None:
        """READ shows result and steps, the name of a panel what that is about; the result is covered then."""
        self.mode = mode
        if mode == READ:
            self.steps.set_limit(0)
        self._on_revealed(self.steps.shown, len(self.steps.told))
        if not self.result.isHidden():
            self._show_parts()

    def show_panel(self) -> None:
        """Scroll to the end of the mode's panel, also while it grows; with READ, do nothing."""
        if self.mode in self._panels:
            self._wants_end = True
            self._rest.start()
            self._soon.start()

    @property
    def coming(self) -> bool:
        """Whether a report is being typeset."""
        return self._coming is not None

    def take_keyboard(self) -> bool:
        """Have the keyboard on the first row that is seen, without scrolling; whether there is one."""
        if self.steps.isHidden() or not self.steps.shown:
            return False
        row = self._top_row() or self.steps.told[0]
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def set_busy(self, words: str) -> None:
        """Say that something goes on, above what is there; "" when it is over."""
        self._busy_words.setText(words)
        self.busy.setVisible(bool(words))

    def show_row(self, row: StepRow) -> None:
        """Scroll so that `row` is seen, whole if it fits."""
        row.fill()
        self._target = row
        self._reach()
        self._rest.start()

    def _reach(self) -> None:
        """Scroll to the row that is wanted; when it is higher than the view, to its top."""
        if self._target is None or not isValid(self._target):
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for _ in range(_MOST_MOVES):  # the rows around it get their heights, which may move it
            self._settle()
            top = self._target.mapTo(self.content, QPoint(0, 0)).y() - _AIR
            is_last = self._target is self.steps.last_row
            bottom = self.content.height() if is_last else top + self._target.height() + 2 * _AIR
            bar.setValue(min(top, max(bar.value(), bottom - height)))
            if not self.steps.fill(self._seen(), at_once=True):
                return

    def _on_rested(self) -> None:
        if not self.steps.isVisible() or self.steps.is_built(self._seen()):
            self._target, self._wants_end = None, False
        else:
            self._rest.start()

    def _on_user_scrolled(self, _action: int) -> None:
        self._target, self._wants_end = None, False  # who scrolls by hand has the last word

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    # --- inside ---

    def _seen(self) -> QRect:
        """What is on screen, and a little more, in the coordinates of the steps."""
        top = self.steps.mapFrom(self.content, QPoint(0, self.verticalScrollBar().value()))
        return QRect(0, top.y(), self.steps.width(), self.viewport().height()).adjusted(0, -_AHEAD, 0, _AHEAD)

    def _fill(self) -> None:
        """Build what has come into view; what is at the top of the view stays there."""
        if not self.steps.isVisible():
            return
        if self._target is not None:
            self._reach()
            return
        self._settle()
        bar, anchor = self.verticalScrollBar(), self._top_row()
        before = self._height_of(anchor)
        filled = self.steps.fill(self._seen())
        if filled:
            self._settle()
            self._soon.start()  # rows that are lower than they were thought let others in
        if self._wants_end:
            bar.setValue(bar.maximum())
        elif filled:
            bar.setValue(bar.value() + self._height_of(anchor) - before)

    def _height_of(self, row: StepRow | None) -> int:
        """How far down `row` begins, px."""
        return 0 if row is None else row.mapTo(self.content, QPoint(0, 0)).y()

    def _top_row(self) -> StepRow | None:
        """The first row that begins below the upper edge; None when the steps do themselves."""
        top = self.verticalScrollBar().value()
        if self.steps.y() >= top:
            return None
        return next((row for row in self.steps.in_order() if self._height_of(row) >= top), None)

    def _settle(self) -> None:
        """Have all heights worked out now."""
        built = (row for row in self.steps.in_order() if row.filled)
        for part in (*built, self.steps, self.content):
            layout = part.layout()
            if layout is not None:
                layout.activate()
        QCoreApplication.sendEvent(self.content, QEvent(QEvent.Type.LayoutRequest))  # the scroll bar, too

    def _on_grown(self) -> None:
        if self._target is not None:
            self._rest.start()  # heights are not all known yet
        self._soon.start()

    def _on_scrolled(self, value: int) -> None:
        if 0 < self.verticalScrollBar().maximum() == value:  # the end, also when rows turn out taller
            self._wants_end = True
            self._rest.start()
        self._soon.start()

    def _on_revealed(self, shown: int, total: int) -> None:
        self.covered = shown < total or self.mode != READ
        self.result.set_covered(self.covered)
        self.cover_changed.emit(self.covered)

    def _show_coming(self) -> None:
        report = self._coming
        if report is None:
            return
        if self.steps.prefetch.at_hand(self.result.formulas(report)):
            self._coming, self._has_lines = None, bool(report.lines)
            self._show_parts()
            self.result.set_report(report)
            self.steps.set_report(report)
            self.verticalScrollBar().setValue(0)
            self.shown.emit(report)

    def _show_parts(self) -> None:
        panel = self._panels.get(self.mode)
        steps = (self.steps,) if self._has_lines else ()
        self._show_only(self.result, *steps, *((panel,) if panel is not None else ()))

    def _show_only(self, *parts: QWidget) -> None:
        self._keep_keyboard()
        for part in (self.empty, self.refusal, self.result, self.steps, *self._panels.values()):
            part.setVisible(part in parts)
        if self._extra is not None:
            self._extra.setVisible(self.result in parts)

    def _keep_keyboard(self) -> None:
        """What has the keyboard may go away now: have it here, not on another page's button."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.cancelled)
        self.steps.prefetch.advanced.connect(self._show_coming)
        self.steps.wanted.connect(self.show_row)
        self.steps.grown.connect(self._soon.start)
        self.steps.revealed.connect(self._on_revealed)
        self.steps.said.connect(self.said)
        self.result.said.connect(self.said)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_grown)
        self.verticalScrollBar().actionTriggered.connect(self._on_user_scrolled)

    def _lay_out(self) -> None:
        self.busy.setObjectName("banner")
        row = QHBoxLayout(self.busy)
        row.setContentsMargins(16, 8, 10, 8)
        row.addWidget(self._busy_words, 1)
        row.addWidget(self.cancel)
        self.busy.hide()
        self.column.addWidget(self.busy)
        for part in (self.refusal, self.result, self.steps):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            self.column.addWidget(part)
        self.column.addWidget(self.empty, _ALL_ROOM)
        self.column.addStretch(1)  # so that short cards keep their height


def _show(theme: Theme) -> DerivationView:
    from studyapp.widgets.derive_sample import gradient

    view = DerivationView(theme, {})
    view.show_report(gradient())
    return view


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
