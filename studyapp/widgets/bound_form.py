"""BoundForm: what a bound is about, a function or what is on another desk, and the bound itself.

Run it alone: python -m studyapp.widgets.bound_form
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import FormulaError
from engine.symbolic.functions import echo
from studyapp.theme import Theme
from studyapp.widgets.bound_card import BoundCard
from studyapp.widgets.echo_frame import EchoFrame
from studyapp.widgets.formula_line import FormulaLine
from studyapp.widgets.segments import Segments

FUNCTION, RECURRENCE, CODE = "function", "recurrence", "code"
ABOUT = (
    (FUNCTION, "Of a function"),
    (RECURRENCE, "Of the recurrence"),
    (CODE, "Of the code"),
)
HINTS = {
    FUNCTION: "Type a function of n, and a bound for it below.",
    RECURRENCE: "What is typed on the desk of recurrences: ",
    CODE: "What is in the editor of the desk of code: ",
}
NOTHING_THERE = "nothing yet. Go there and type it, or choose an example."
_ECHO_HEIGHT, _LONGEST = 48, 160  # px, characters


class BoundForm(QWidget):
    """Signals:
        submitted(): judge the bound.
        changed(): a text, or what it is about, is another one.

    Attributes:
        what: what it is about. line: the function. card: the bound and the verdict.
        others: by name, what is on the other desks; set by whoever knows.
    """

    submitted = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, tip: str = "") -> None:
        """`tip` is for the button."""
        super().__init__()
        self.others: dict[str, str] = {}
        self.what = Segments("What the bound is about", ABOUT)
        self.what.setObjectName("compactsegments")
        self.line = FormulaLine("Function", "3n^2 + n log n")
        self._words = EchoFrame(theme, self.line, height=_ECHO_HEIGHT)
        self.problem, self.caret, self.echo = self._words.problem, self._words.caret, self._words.echo
        self.card = BoundCard(theme, tip)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.what)
        top.addWidget(self.line, 1)
        top.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._words)
        column.addWidget(self.card)
        self.what.chosen.connect(lambda _what: self._on_change())
        self.line.textChanged.connect(lambda _text: self._on_change())
        self.line.entered.connect(lambda _text: self.submit())
        self.line.refused.connect(self._words.show_words)
        self.card.line.textChanged.connect(lambda _text: self.changed.emit())
        self.card.submitted.connect(lambda _text: self._on_submitted())
        self.show_about()

    @property
    def about(self) -> tuple[str, str]:
        """FUNCTION, RECURRENCE or CODE, and its text."""
        what = self.what.value
        return what, self.line.text() if what == FUNCTION else self.others.get(what, "")

    def set_about(self, text: str) -> None:
        """A bound about this function."""
        self.what.set_value(FUNCTION)
        self.line.setText(text)
        self.show_about()

    def set_what(self, what: str) -> None:
        """A bound about that, if it is one of those that there are."""
        if what in [name for name, _ in ABOUT]:
            self.what.set_value(what)
            self.show_about()

    def submit(self) -> None:
        """Have the bound judged, or say what cannot be read."""
        self.card.submit()

    def take_keyboard(self) -> None:
        field = self.line if self.what.value == FUNCTION and not self.line.text() else self.card.line
        field.selectAll()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_about(self) -> None:
        """Say what the bound is about."""
        what, text = self.about
        self.line.setVisible(what == FUNCTION)
        if what != FUNCTION:
            shown = " ".join(text.split("\n")) if text.strip() else NOTHING_THERE
            self._words.show_words(HINTS[what] + (shown if len(shown) < _LONGEST else shown[:_LONGEST] + "…"))
        elif not text.strip():
            self._words.show_words(HINTS[what])
        else:
            try:
                self._words.show_formula(echo(text))
            except FormulaError as error:
                self._words.show_words(error.reason, error.caret())

    def _on_change(self) -> None:
        self.line.set_invalid(False)
        self.card.clear()
        self.show_about()
        self.changed.emit()

    def _on_submitted(self) -> None:
        what, text = self.about
        if what == FUNCTION:
            try:
                echo(text)
            except FormulaError as error:
                self.line.set_invalid(True)
                self.line.setFocus(Qt.FocusReason.OtherFocusReason)
                self.line.setCursorPosition(error.column)
                self._words.show_words(error.reason, error.caret())
                return
            self.line.remember(text)
        if text.strip():
            self.submitted.emit()


def _show(theme: Theme) -> BoundForm:
    form = BoundForm(theme)
    form.set_about("3n^2 + n log n")
    form.card.set_text("O(n^2)")
    return form


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
