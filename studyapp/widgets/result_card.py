"""ResultCard: what a derivation came to, how sure that is, and what it was about.

Run it alone: python -m studyapp.widgets.result_card
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from engine.symbolic.report import Agreement, Report, Status
from studyapp.mathtext.label import MathLabel
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled
from studyapp.widgets.numbers import figure

_PROBLEM_PX, _RESULT_PX = 15, 22
_TALL, _BETWEEN, _MARGINS = 70, 36, 90  # px: of a problem, to the result beside it, around both
_LONG, _NETWORK = 220, "The network's equations"  # px from which on they are folded
_COVERED = "The result comes with the last line."


class ResultCard(QFrame):
    """Problem, result, status, and how many independent ways agree.

    Signals:
        said(str): a sentence for the status line.

    Attributes:
        result: the answer, typeset; its accessible name is the LaTeX.
        status: the chip "Proven: every line checked", "Measured: ...", or that a check failed.
        badge: the chip about the agreement. fold_button: shows a long problem.
    """

    said = Signal(str)

    def __init__(self, theme: Theme, heading: str = "") -> None:
        """`heading` stands in place of the title of a report."""
        super().__init__()
        self._heading = heading
        self.setObjectName("card")
        self._latex = ""
        self.title = styled("h2", wrap=True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.status, self.badge = styled("chipgood"), styled("chip")
        self.problem = MathLabel(theme, _PROBLEM_PX)
        self.problem.set_ink("muted")
        self.result = MathLabel(theme, _RESULT_PX)
        self.fold_button = IconButton(theme, "chevron-right", _NETWORK, "fold")
        self.fold_button.clicked.connect(self.fold)
        self._is_folded = True  # where it is long
        self.covered = styled("muted", _COVERED)
        self.copy_button = IconButton(theme, "copy", "Copy result", "quiet")
        self.copy_button.setToolTip("Copy the LaTeX of the result")
        self.copy_button.clicked.connect(self.copy)
        for label in (self.problem, self.result):
            label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()

    def set_report(self, report: Report) -> None:
        """Show the result of `report`."""
        self._latex = report.result
        self.title.setText(self._heading or report.title)
        self.problem.set_tex(report.problem)
        self.result.set_tex(report.result)
        self._arrange()
        self.result.setAccessibleDescription(report.summary)
        self.setAccessibleName(report.title)
        self.setAccessibleDescription(f"{report.result}. {report.summary}")
        self._show_status(report)
        self.set_agreements(report.agreements, pending="")

    def set_agreements(self, found: Sequence[Agreement], pending: str) -> None:
        """Sum up the independent ways to the number; `pending` names one that is still asked."""
        wrong = [one for one in found if not one.ok]
        largest = max((one.error for one in found), default=0.0)
        if wrong:
            text, kind = f"{wrong[0].source} disagrees, relative error {figure(wrong[0].error, 2)}", "chipbad"
        elif pending:
            text, kind = f"{len(found)} ways agree, asking {pending}…", "chip"
        else:
            off = f"largest relative error {figure(largest, 2)}" if largest else "exactly"
            text, kind = f"{len(found)} ways agree, {off}", "chipgood"
        _dress(self.badge, text, kind)
        self.badge.setVisible(bool(found))
        self.badge.setToolTip(" = ".join(one.source for one in found))

    def set_covered(self, covered: bool) -> None:
        """Keep the result to itself while the lines come one at a time."""
        self.result.setVisible(not covered)
        self.covered.setVisible(covered)
        self.copy_button.setEnabled(not covered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def fold(self) -> None:
        """Show a long problem, or put it away: the lines say it once more."""
        self._is_folded = not self._is_folded
        self._arrange()

    def _arrange(self) -> None:
        """A problem of several lines has the result beside it, where there is room for both."""
        long = self.problem.sizeHint().height() > _LONG
        self.problem.setVisible(not long or not self._is_folded)
        self.fold_button.setVisible(long)
        self.fold_button.set_words("chevron-right" if self._is_folded else "chevron-down", _NETWORK)
        problem, result = self.problem.sizeHint(), self.result.sizeHint()
        beside = (
            self.problem.isVisibleTo(self)
            and problem.height() > _TALL
            and problem.width() + result.width() + _MARGINS <= self.width()
        )
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(sideways if beside else down)
        self._both.setSpacing(_BETWEEN if beside else 8)
        self._both.setStretchFactor(self.result, 1 if beside else 0)

    def copy(self) -> None:
        """Put the LaTeX of the result on the clipboard."""
        QGuiApplication.clipboard().setText(self._latex)
        self.said.emit("Copied the result as LaTeX.")

    def _show_status(self, report: Report) -> None:
        failed = [line.number for line in report.lines if line.check is not None and not line.check.ok]
        if failed:
            text, kind = f"Line {failed[0]} failed its check", "chipbad"
        elif report.status is Status.PROVEN:
            text, kind = "Proven: every line checked", "chipgood"
        else:
            text, kind = "Measured: fits the counts", "chipwarn"
        _dress(self.status, text, kind)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title, 1)
        head.addWidget(self.copy_button)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        chips.addWidget(self.status)
        chips.addWidget(self.badge)
        chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(8)
        column.addLayout(head)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(8)
        column.addWidget(self.fold_button, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.problem, self.result, self.covered):
            self._both.addWidget(widget)
        column.addLayout(self._both)
        column.addLayout(chips)
        self.covered.hide()


def _dress(chip: QLabel, text: str, kind: str) -> None:
    """Another text and style for a chip."""
    chip.setText(text)
    if chip.objectName() != kind:
        chip.setObjectName(kind)
        chip.style().unpolish(chip)
        chip.style().polish(chip)


def _show(theme: Theme) -> ResultCard:
    from studyapp.widgets.derive_sample import report

    card = ResultCard(theme)
    card.set_report(report())
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
