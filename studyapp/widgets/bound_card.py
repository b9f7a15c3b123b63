"""BoundCard: a bound such as O(n^2) to type, and what is to be said about it.

Knows how bounds are read and how verdicts look; judges nothing.
Run it alone: python -m studyapp.widgets.bound_card
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import FormulaError
from engine.symbolic.claims import echo
from engine.symbolic.report import Judged, Verdict
from studyapp.theme import Theme
from studyapp.widgets.echo_frame import EchoFrame
from studyapp.widgets.formula_line import FormulaLine
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.verdict_card import VerdictCard

BETTER = "True, but it can be said better"
NOTHING = "Type a bound first, such as O(n^2)."
_PX, _ECHO_HEIGHT = 17, 44


class BoundCard(QWidget):
    """The verdict goes when the bound is another one.

    Signals:
        submitted(str): judge this bound; it can be read.

    Attributes:
        line: the field. button: submits. verdict: what became of it.
    """

    submitted = Signal(str)

    def __init__(self, theme: Theme, tip: str = "") -> None:
        """`tip` is for the button."""
        super().__init__()
        self.line = FormulaLine("Bound", "O(n^2)")
        self.button = IconButton(theme, "check", "Grade", "primary")
        self.button.setToolTip(tip)
        self._words = EchoFrame(theme, self.line, _PX, _ECHO_HEIGHT)
        self.problem, self.caret, self.echo = self._words.problem, self._words.caret, self._words.echo
        self.verdict = VerdictCard(theme)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.line, 1)
        top.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._words)
        column.addWidget(self.verdict)
        self.line.textChanged.connect(self._on_text)
        self.line.entered.connect(lambda _text: self.submit())
        self.line.refused.connect(lambda sentence: self._show_words(sentence, ""))
        self.button.clicked.connect(self.submit)
        self._words.hide()

    @property
    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put `text` into the field."""
        self.line.setText(text)
        self.line.setCursorPosition(len(text))

    def submit(self) -> None:
        """Have the bound judged, or say what cannot be read."""
        text = self.text
        try:
            if not text.strip():
                raise FormulaError(NOTHING, text, 0)
            echo(text)
        except FormulaError as error:
            self._complain(error)
            return
        self.line.remember(text)
        self.submitted.emit(text)

    def show_verdict(self, verdict: Verdict) -> None:
        """What became of the bound, if it is still the one that is typed."""
        if verdict.text and verdict.text != self.text:
            return
        self.verdict.show_verdict(verdict, ())
        if verdict.judged is Judged.RIGHT and verdict.mistake:  # true, and yet something can be said
            self.verdict.mistake.hide()
            self.verdict.set_title(BETTER)
        if verdict.judged is Judged.UNREADABLE and verdict.column >= 0:
            self._complain(FormulaError(verdict.sentence, self.text, verdict.column))

    def show_trouble(self, sentence: str) -> None:
        """There is no verdict, and why."""
        self.verdict.show_words("No verdict", sentence)
        for button in self.verdict.buttons.values():
            button.hide()

    def clear(self) -> None:
        """No verdict: it was about something else."""
        self.verdict.clear()

    def take_keyboard(self) -> None:
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complain(self, error: FormulaError) -> None:
        self.line.set_invalid(True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.setCursorPosition(error.column)
        self._show_words(error.reason, error.caret())

    def _on_text(self, text: str) -> None:
        self.line.set_invalid(False)
        self.verdict.clear()
        self._words.setVisible(bool(text.strip()))
        if not text.strip():
            return
        try:
            self._words.show_formula(echo(text))
        except FormulaError as error:
            self._show_words(error.reason, error.caret())

    def _show_words(self, sentence: str, caret: str) -> None:
        self._words.show_words(sentence, caret)
        self._words.show()


def _show(theme: Theme) -> BoundCard:
    card = BoundCard(theme)
    card.set_text("O(n^2)")
    card.show_verdict(Verdict(Judged.RIGHT, "It is $\\Theta(n)$.", text="O(n^2)", mistake="not tight"))
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
