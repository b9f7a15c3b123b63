"""ResultCard: what a derivation came to, how sure that is, and what it was about.

Run it alone: python -m studyapp.widgets.result_card
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.symbolic.report import Agreement, Report, Status
from studyapp import golden
from studyapp.long_formulas import in_rows
from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import formula
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.shipped import Key
from studyapp.result_meanings import meanings
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled
from studyapp.widgets.meanings_view import MeaningsView
from studyapp.widgets.numbers import figure

_PROBLEM_PX, _RESULT_PX, _TITLE_PX = 15, 22, 17
_TALL, _BETWEEN, _MARGINS = 70, 30, 66  # px: of a problem, between parts side by side, around them
_SHRUNK = 0.85  # how much smaller what stands beside the result may be set to have room there
_NETWORK = "Equations"  # the lines say them once more: they are folded
_SLOPE = re.compile(r"^\\frac\{\\partial L\}\{(\\partial .+?)\} = ")
_COVERED = "The result comes with the last line."


class ResultCard(QFrame):
    """Problem, result, status, and how many independent ways agree.

    Signals:
        said(str): a sentence for the status line.

    Attributes:
        result: the answer, typeset; its accessible name is the LaTeX.
        note: a sentence about it, if there is one.
        meanings: what stands in the answer and is nothing given, below or beside it.
        status: the chip "Every line checked, ...", "Measured: ...", or that a check failed.
        badge: the chip about the agreement. fold_button: shows the problem where it is a network.
    """

    said = Signal(str)

    def __init__(self, theme: Theme, heading: str = "") -> None:
        """`heading` stands in place of the title of a report."""
        super().__init__()
        self._heading = heading
        self.setObjectName("card")
        self._latex = ""
        self._ways = ("", "")  # the result in one row, and in several
        self.subject = MathLabel(theme, _TITLE_PX, display=False)  # the slope in the title
        self.subject.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = styled("h2", wrap=True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.status, self.badge = styled("chipgood"), styled("chip")
        self.problem = MathLabel(theme, _PROBLEM_PX)
        self.problem.set_ink("muted")
        self.result = MathLabel(theme, _RESULT_PX)
        self.meanings = MeaningsView(theme)
        self.note = styled("small", wrap=True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.fold_button = IconButton(theme, "chevron-right", _NETWORK, "fold")
        self.fold_button.setToolTip("The network's equations")
        self.fold_button.clicked.connect(self.fold)
        self._is_network = False
        self._is_folded = True  # of a network
        self.covered = styled("muted", _COVERED)
        self.copy_button = IconButton(theme, "copy", "Copy result", "quiet")
        self.copy_button.setToolTip("Copy the LaTeX of the result, with what stands in it")
        self.copy_button.clicked.connect(self.copy)
        for label in (self.problem, self.result):
            label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()

    @staticmethod
    def formulas(report: Report) -> list[Key]:
        """What `set_report` will typeset."""
        title = [(_subject(report), False)] if _subject(report) else []
        ways = [(way, True) for way in dict.fromkeys(_ways(report))]
        return [(report.problem, True), *ways, *title, *MeaningsView.keys(_meanings(report))]

    def set_report(self, report: Report) -> None:
        """Show the result of `report`."""
        found, self._is_network = _meanings(report), _is_gradient(report)
        self._ways = _ways(report)
        self._latex = "\n".join((self._ways[0], *(f"\\text{{with }} {tex}" for tex in found)))
        self.meanings.set_formulas(found)
        self._show_title(report)
        self.problem.set_tex(report.problem)
        self._arrange()
        self.note.setText(golden.in_words(_note(report)))
        self.note.setVisible(bool(self.note.text()))
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
            ways = f"{len(found)} ways agree" if len(found) != 1 else f"Agrees with the {found[0].source}"
            text, kind = f"{ways}, {off}", "chipgood"
        _dress(self.badge, text, kind)
        self.badge.setVisible(bool(found))
        self.badge.setToolTip(" = ".join(one.source for one in found))

    def set_covered(self, covered: bool) -> None:
        """Keep the result to itself while the lines come one at a time."""
        self.result.setVisible(not covered)
        self.meanings.setVisible(not covered and bool(self.meanings.labels))
        self.note.setVisible(not covered and bool(self.note.text()))
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
        """What is short enough stands side by side: a problem of several lines, the result, what is in it."""
        self.problem.setVisible(not self._is_network or not self._is_folded)
        self.fold_button.setVisible(self._is_network)
        self.fold_button.set_words("chevron-right" if self._is_folded else "chevron-down", _NETWORK)
        room = self.width() - _MARGINS
        self._break(room)
        problem, result = self.problem.sizeHint(), self.result.sizeHint().width()
        beside = (
            self.problem.isVisibleTo(self)
            and problem.height() > _TALL
            and problem.width() + _BETWEEN + max(result, min(self.meanings.widths())) <= room
        )
        _turn(self._both, beside)
        room -= problem.width() + _BETWEEN if beside else 0
        defined = result + _BETWEEN + self.meanings.widths()[0] * _SHRUNK <= room
        _turn(self._answer, defined)
        self.meanings.set_room(room - (result + _BETWEEN if defined else 0))

    def _break(self, room: int) -> None:
        """In one row where there is room for it, else in several."""
        whole, rows = self._ways
        shown = formula(whole, display=True)
        fits = whole == rows or not isinstance(shown, Box) or shown.width * _RESULT_PX * _SHRUNK <= room
        if self.result.tex != (wanted := whole if fits else rows):
            self.result.set_tex(wanted)

    def copy(self) -> None:
        """Put the LaTeX of the result on the clipboard."""
        QGuiApplication.clipboard().setText(self._latex)
        self.said.emit("Copied the result as LaTeX.")

    def _show_title(self, report: Report) -> None:
        """The slope in it is typeset, unless a heading stands in its place."""
        subject = "" if self._heading else _subject(report)
        self.subject.set_tex(subject)
        self.subject.setVisible(bool(subject))
        words = report.title[report.title.index(" of ") + 1 :] if subject else self._heading or report.title
        self.title.setText(words)

    def _show_status(self, report: Report) -> None:
        failed = [line.number for line in report.lines if line.check is not None and not line.check.ok]
        if failed:
            text, kind = f"Line {failed[0]} failed its check", "chipbad"
        elif report.status is Status.PROVEN:
            text, kind = _checked(report), "chipgood"
        else:
            text, kind = "Measured: fits the counts", "chipwarn"
        _dress(self.status, text, kind)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.subject)
        head.addWidget(self.title, 1)
        head.addWidget(self.fold_button)
        head.addWidget(self.copy_button)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        chips.addWidget(self.status)
        chips.addWidget(self.badge)
        chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 10)
        column.setSpacing(4)
        column.addLayout(head)
        answer = QWidget()
        self._answer = QBoxLayout(QBoxLayout.Direction.TopToBottom, answer)
        self._answer.setContentsMargins(0, 0, 0, 0)
        for widget in (self.result, self.covered, self.meanings):
            self._answer.addWidget(widget)
        self._answer.setStretchFactor(self.meanings, 1)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.addWidget(self.problem)
        self._both.addWidget(answer, 1)
        column.addLayout(self._both)
        column.addWidget(self.note)
        column.addLayout(chips)
        self.covered.hide()


def _ways(report: Report) -> tuple[str, str]:
    """The result in one row, and in as many as it needs."""
    short = golden.shortened(report.result)
    return short, in_rows(short)


def _meanings(report: Report) -> tuple[str, ...]:
    return golden.meanings(report.result) or meanings(report)


def _note(report: Report) -> str:
    """What has to be known with the result of a recurrence; code says it below its lines."""
    found = report.found
    if found is None or found.counts:
        return ""
    if found.assumption or found.theta is not None or found.closed is None:
        return found.assumption
    why = report.summary.partition("; ")[2]  # there is no class
    return why[:1].upper() + why[1:]


def _turn(box: QBoxLayout, sideways: bool) -> None:
    """Side by side, or one below the other."""
    direction = QBoxLayout.Direction
    box.setDirection(direction.LeftToRight if sideways else direction.TopToBottom)
    box.setSpacing(_BETWEEN if sideways else 6)


def _is_gradient(report: Report) -> bool:
    """Whether it is about a network, so that its lines hold at random points."""
    return report.network is not None


def _subject(report: Report) -> str:
    """The slope that the title of a gradient names, LaTeX in one line; empty where it names none."""
    slope = _SLOPE.match(report.result)
    return f"\\partial L / {slope[1]}" if slope and " of " in report.title else ""


def _checked(report: Report) -> str:
    points = max((line.check.points for line in report.lines if line.check is not None), default=0)
    if _is_gradient(report) and points:
        return f"Every line checked, at {points} points"
    return "Proven: every line checked" if report.lines else "Proven, and counted"


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
