"""CodeFoot: what there is to say below the code: its class in either case, the line one is at, or a fault.

Run it alone: python -m studyapp.widgets.code_foot
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.symbolic.findings import Findings, LineCount
from studyapp.golden import shortened
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.prefetch import Prefetch
from studyapp.mathtext.shipped import Key
from studyapp.theme import Theme
from studyapp.widgets.labels import restyle, styled
from studyapp.widgets.line_counts import measured_words, theta
from studyapp.widgets.segments import Segments

WORST, BEST = "worst", "best"
CASES = ((WORST, "Worst case"), (BEST, "Best case"))
_PX = 15


class CodeFoot(QFrame):
    """Which case is told, with its class and what makes it; and one line about one line of code.

    Signals:
        case_chosen(str): WORST or BEST.

    Attributes:
        cases: the switch. growth: the class. place, sums, words: a line of code, how its count
            comes about, and what else is known of it.
    """

    case_chosen = Signal(str)

    def __init__(self, theme: Theme, prefetch: Prefetch, tips: Mapping[str, str]) -> None:
        super().__init__()
        self._prefetch = prefetch
        self._found = Findings()
        self._line: LineCount | None = None
        self.cases = Segments("Which case is told", CASES)
        self.cases.setObjectName("compactsegments")
        self.cases.setToolTip(tips.get("case", ""))
        self.cases.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.growth = MathLabel(theme, _PX + 1, display=False)
        self.sums = MathLabel(theme, _PX, display=False)
        self.place = styled("small")  # of the line that is told about
        self.assumption, self.words = styled("small", wrap=True), styled("small", wrap=True)
        for label in (self.assumption, self.words):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for formula in (self.growth, self.sums):
            formula.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self.cases.chosen.connect(self.case_chosen)
        prefetch.advanced.connect(self._show_formulas)
        self.show_words("")

    @property
    def case(self) -> str:
        """The case that is told."""
        return self.cases.value

    def set_case(self, case: str) -> None:
        """Choose `case` without a signal."""
        self.cases.set_value(case)

    def set_found(self, found: Findings, case: str) -> None:
        """Show the class in this case and what makes it."""
        self._found = found
        self.cases.set_value(case)
        self.assumption.setText(found.assumption)
        self.cases.setVisible("case" in found.assumption or found.best is not None)
        self._head.setVisible(found.theta is not None or found.best is not None)
        self._show_formulas()

    def formulas(self) -> list[Key]:
        """What is to be typeset."""
        shown = [self._growth(), "" if self._line is None else _sum(self._line)]
        return [(latex, False) for latex in shown if latex]

    def show_line(self, count: LineCount | None) -> None:
        """Say how the count of one line comes about; None: that line has none."""
        self._line = count
        self._head.setVisible(self._found.theta is not None or self._found.best is not None)
        self.sums.setVisible(count is not None)
        self.place.setVisible(count is not None)
        self.place.setText("" if count is None else f"Line {count.line}:")
        where = f"for {self._found.where.text}" if self._found.where is not None else ""
        restyle(self.words, "small", "This line is not executed." if count is None else _told(count, where))
        self.words.show()
        self._prefetch.want(self.formulas())
        self._show_formulas()

    def show_words(self, sentence: str) -> None:
        """Say `sentence` and nothing else."""
        self._say("small", sentence)

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong."""
        self._say("problem", sentence)

    def _say(self, style: str, sentence: str) -> None:
        self._line = None
        self._head.hide()
        self.sums.hide()
        self.place.hide()
        restyle(self.words, style, sentence)
        self.words.setVisible(bool(sentence))

    def _growth(self) -> str:
        best = self._found.best or self._found.theta
        return theta(best if self.case == BEST else self._found.theta)

    def _show_formulas(self) -> None:
        wanted = [(self.growth, self._growth()), (self.sums, "" if self._line is None else _sum(self._line))]
        for label, latex in wanted:
            if latex != label.tex and self._prefetch.at_hand([(latex, False)]):
                label.set_tex(latex)

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(12)
        head.addWidget(self.cases)
        head.addWidget(self.growth)
        head.addWidget(self.assumption, 1)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.place)
        line.addWidget(self.sums)
        line.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addLayout(line)


def _sum(count: LineCount) -> str:
    """How it comes about, LaTeX."""
    total = "" if count.total is None else shortened(count.total.latex)
    if count.steps and count.steps != total:
        return f"{count.steps} = {total}" if total else count.steps
    return total


def _told(count: LineCount, where: str) -> str:
    """`where`: the n that the formula is for, where not all."""
    parts = [where] if where and count.total is not None else []
    if count.total is None and not count.steps:
        parts.append("no formula")
    if not count.proven:
        parts.append("measured, not derived")
    if count.cost:
        parts.append(count.cost)
    if count.measured:
        parts.append(f"counted {measured_words(count)}")
    return "  ·  ".join(parts)


def _show(theme: Theme) -> QWidget:
    from studyapp.widgets.findings_sample import code

    foot = CodeFoot(theme, Prefetch(), {})
    found = code().found or Findings()
    foot.set_found(found, WORST)
    foot.show_line(found.counts[4])
    return foot


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
