"""CodeForm: code to count, what is wrong with it while one types, and what each line came to.

Knows Python's grammar by `code_check`; runs and derives nothing.
Run it alone: python -m studyapp.widgets.code_form
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.symbolic.findings import Findings
from engine.symbolic.report import Refusal
from studyapp import code_check
from studyapp.code_check import Fault
from studyapp.code_examples import EXAMPLES
from studyapp.mathtext.prefetch import Prefetch
from studyapp.theme import Theme
from studyapp.widgets.choice_box import ChoiceBox
from studyapp.widgets.code_editor import CodeEditor
from studyapp.widgets.code_foot import CodeFoot
from studyapp.widgets.flow_row import FlowRow
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled

_FEWEST, _MOST = 6, 34  # lines of code that have room
_SHARE = 0.46  # of the desk's height, at most, for the editor
_CHECKED_AFTER = 120  # ms after the last key
_COVERED = "The counts are yours to find out now; choose Read to see them."
_ALL = ""  # which function: the one that the engine takes for the main one


class CodeForm(QFrame):
    """The editor, examples above it, and below it what there is to say about the code.

    Signals:
        submitted(str): derive this text; Python can read it.
        case_chosen(str): "worst" or "best".
        file_asked(): the user wants to open a file. file_dropped(str): a path.
        line_asked(int): the user is at this line.

    Attributes:
        editor: where the code is. foot: the cases, the line that one is at, or what is wrong.
        examples: one button for each of EXAMPLES. function: which one is counted, of several.
    """

    submitted = Signal(str)
    case_chosen = Signal(str)
    file_asked = Signal()
    file_dropped = Signal(str)
    line_asked = Signal(int)

    def __init__(self, theme: Theme, tips: Mapping[str, str]) -> None:
        """`tips` are for the buttons derive and open, and for the choice of a case."""
        super().__init__()
        self.setObjectName("card")
        self._covered = False
        self._counted, self._found = "", Findings()  # the text that was counted, and what it came to
        self._prefetch = Prefetch(self)
        self.editor = CodeEditor(theme)
        self.foot = CodeFoot(theme, self._prefetch, tips)
        self.button = IconButton(theme, "sigma", "Derive", "primary")
        self.button.setToolTip(tips.get("derive", ""))
        self.open_button = IconButton(theme, "book-open", "Open", "quiet")
        self.open_button.setToolTip(tips.get("open", ""))
        self.fold_button = IconButton(theme, "chevron-down", "Examples", "fold")
        self.function = ChoiceBox("Which function is counted", ((_ALL, "main function"),))
        self.function.setObjectName("compact")
        self.examples = [self._example(*example) for example in EXAMPLES]
        self._chips = FlowRow()
        self._later = QTimer(self, singleShot=True, interval=_CHECKED_AFTER)
        self._lay_out()
        self._connect()
        self._check()

    # --- text ---

    @property
    def text(self) -> str:
        """What is typed."""
        return self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Put `text` into the editor; undo brings back what was there."""
        cursor = self.editor.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text.rstrip("\n"))
        self.editor.go_to(1)
        self._check()

    def submit(self) -> None:
        """Ask for the counts, or point at what cannot be read."""
        self._check()
        text = self.text
        if not text.strip():
            self.foot.show_words("There is no code yet. Type or paste some, or choose an example.")
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (wrong := code_check.fault(text)) is not None:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.editor.go_to(wrong.line, wrong.column)
            self.foot.show_fault(wrong.sentence)
        else:
            self.set_folded(True)
            self.submitted.emit(text)

    def set_folded(self, folded: bool) -> None:
        """Put the examples away, or show them."""
        self._chips.setVisible(not folded)
        self.fold_button.set_words("chevron-right" if folded else "chevron-down", "Examples")

    @property
    def folded(self) -> bool:
        """Whether the examples are put away."""
        return self._chips.isHidden()

    # --- what came back ---

    def show_found(self, text: str, found: Findings, case: str) -> None:
        """Show what `text` came to, as long as it is in the editor."""
        self._counted, self._found = text, found
        self.foot.set_found(found, case)
        self._show_counts()
        self._prefetch.want([*self.foot.formulas(), *self.editor.formulas()])

    def set_covered(self, covered: bool) -> None:
        """Keep the counts to itself: one is to find them out."""
        if covered != self._covered:
            self._covered = covered
            self._show_counts()

    def show_refusal(self, text: str, refusal: Refusal) -> None:
        """Point at the line that is to blame."""
        self._counted, self._found = "", Findings()
        self.editor.set_counts(())
        if text == self.text and refusal.line:
            self.editor.set_fault(Fault(refusal.line, refusal.column, refusal.reason))
        self.foot.show_fault(refusal.reason)

    def show_nothing(self) -> None:
        """As before the first question."""
        self._counted, self._found = "", Findings()
        self._check()

    # --- slots ---

    def _check(self) -> None:
        """Say what is wrong, or take back what is no longer so."""
        self._later.stop()
        text = self.text
        wrong = code_check.fault(text) if text.strip() else None
        self.editor.set_fault(wrong)
        names = code_check.functions(text) if wrong is None else ()
        if wrong is None:
            listed = ((_ALL, "main function"), *((name, name) for name in names))
            self.function.set_choices(listed)
        self.function.setVisible(len(self.function.choices) > 2)
        if wrong is not None:
            self.foot.show_fault(wrong.sentence)
        self._show_counts(quiet=wrong is not None)

    def _show_counts(self, quiet: bool = False) -> None:
        """The counts belong to one text: with another one they go, and come back with it."""
        current = bool(self._counted) and self._counted == self.text
        counts = self._found.counts if current and not self._covered else ()
        self.editor.set_counts(counts, self.foot.case == "best")
        if current:
            self._show_line(self._line)
        elif not quiet:
            self.foot.show_words("" if self.text.strip() else _HINT)

    def _show_line(self, line: int) -> None:
        if self._covered:
            self.foot.show_words(_COVERED)
        else:
            self.foot.show_line(self.editor.count_at(line))

    def _on_text(self) -> None:
        if self._counted and self.text == self._counted:
            self._check()
        else:
            self.editor.set_counts(())
            self._later.start()
        self._fit()

    def _on_line(self, line: int) -> None:
        if self._counted and self._counted == self.text:
            self._show_line(line)
            self.line_asked.emit(line)

    def _on_hovered(self, line: int) -> None:
        if self._counted and self._counted == self.text:
            self._show_line(line or self._line)

    def _on_example(self, text: str) -> None:
        self.set_text(text)
        self.submit()

    def _on_advanced(self) -> None:
        self.editor.fit_margins()

    @property
    def _line(self) -> int:
        return self.editor.textCursor().blockNumber() + 1

    # --- build ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_room(self, height: int) -> None:
        """The desk is that high."""
        self._room = height
        self._fit()

    def _fit(self) -> None:
        """As many lines as there are, within bounds."""
        most = round(_SHARE * self._room)
        wanted = self.editor.height_of(max(_FEWEST, min(_MOST, self.editor.line_count)))
        self.editor.setFixedHeight(max(110, min(wanted, most)))

    def _example(self, label: str, text: str) -> QPushButton:
        button = QPushButton(label)
        button.setObjectName("example")
        button.setToolTip(f"<pre>{text.replace('<', '&lt;')}</pre>")
        button.setAccessibleName(f"Example: {label}")
        button.clicked.connect(lambda: self._on_example(text))
        return button

    def _connect(self) -> None:
        self.button.clicked.connect(self.submit)
        self.open_button.clicked.connect(self.file_asked)
        self.fold_button.clicked.connect(lambda: self.set_folded(not self.folded))
        self.function.chosen.connect(lambda _name: self.submit())
        self._later.timeout.connect(self._check)
        self._prefetch.advanced.connect(self._on_advanced)
        self.editor.textChanged.connect(self._on_text)
        self.editor.horizontalScrollBar().rangeChanged.connect(self._fit)
        self.editor.refused.connect(self.foot.show_fault)
        self.editor.file_dropped.connect(self.file_dropped)
        self.editor.line_asked.connect(self._on_line)
        self.editor.line_hovered.connect(self._on_hovered)
        self.foot.case_chosen.connect(self.case_chosen)

    def _lay_out(self) -> None:
        self._room = 700
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(styled("h2", "Python"))
        top.addWidget(self.fold_button)
        top.addWidget(self.open_button)
        top.addStretch(1)
        top.addWidget(self.function)
        top.addWidget(self.button)
        for button in self.examples:
            self._chips.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._chips)
        column.addWidget(self.editor)
        column.addWidget(self.foot)


_HINT = "The code is read, never run. What is wrong is said here while you type."


def _show(theme: Theme) -> QWidget:
    from studyapp.widgets.findings_sample import NESTED, code

    around = QWidget()
    form = CodeForm(theme, {})
    form.set_text(NESTED)
    form.show_found(NESTED, code().found or Findings(), "worst")
    QVBoxLayout(around).addWidget(form)
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
