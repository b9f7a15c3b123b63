"""RecurrenceForm: a recurrence to type, typeset as it is understood, and examples to start from.

Knows the parser, which is quick and needs no other process; derives nothing.
Run it alone: python -m studyapp.widgets.recurrence_form
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from engine.errors import FormulaError
from engine.symbolic.parser import echo
from studyapp.recurrence_examples import GROUPS, NOTES
from studyapp.theme import Theme
from studyapp.widgets.echo_frame import EchoFrame
from studyapp.widgets.flow_row import FlowRow
from studyapp.widgets.formula_line import FormulaLine
from studyapp.widgets.icon_button import IconButton

HINT = "It is typeset here while you type, so that you see how it is understood."
_PX = 19  # of the echo
_ECHO_HEIGHT = 70  # px: the room of a fraction, or of three lines of words


class RecurrenceForm(QFrame):
    """The field, the Derive button, the echo or what is wrong, and the examples.

    Signals:
        submitted(str): derive this text; it can be read.

    Attributes:
        line: the field.
        echo: the text as it is understood; hidden when it cannot be read.
        problem: why not, in words, with `caret` showing the place above it.
        button: derives.
        examples: one button for each of NOTES. more: a menu with the GROUPS.
    """

    submitted = Signal(str)

    def __init__(self, theme: Theme, tip: str = "") -> None:
        """`tip` is for the Derive button."""
        super().__init__()
        self.setObjectName("card")
        self.line = FormulaLine("Recurrence", "T(n) = 2T(n/2) + n, T(1) = 1")
        self.button = IconButton(theme, "sigma", "Derive", "primary")
        self.button.setToolTip(tip)
        self._words = EchoFrame(theme, self.line, _PX, _ECHO_HEIGHT)
        self.echo, self.caret, self.problem = self._words.echo, self._words.caret, self._words.problem
        self.examples = [self._example(*example) for example in NOTES]
        self.more = self._more(theme)
        self._lay_out()
        self.line.textChanged.connect(self._on_text)
        self.line.entered.connect(self._on_entered)
        self.line.refused.connect(self._on_refused)
        self.button.clicked.connect(self.submit)
        self._on_text("")

    @property
    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put `text` into the field."""
        self.line.setText(text)
        self.line.setCursorPosition(len(text))

    def submit(self) -> None:
        """Ask for the derivation, or point at what cannot be read."""
        text = self.text
        try:
            echo(text)
        except FormulaError as error:
            self.line.set_invalid(True)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.setCursorPosition(error.column)
            self._words.show_words(error.reason, error.caret())  # also where nothing was typed
            return
        self.line.remember(text)
        self.submitted.emit(text)

    # --- slots ---

    def _on_text(self, text: str) -> None:
        self.line.set_invalid(False)
        if not text.strip():
            self._words.show_words(HINT, "")
            return
        try:
            latex = echo(text)
        except FormulaError as error:
            self._words.show_words(error.reason, error.caret())
            return
        self._words.show_formula(latex)

    def _on_entered(self, _text: str) -> None:
        self.submit()

    def _on_refused(self, sentence: str) -> None:
        self._words.show_words(sentence, "")

    def _on_example(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self._run(button.toolTip())

    def _run(self, text: str) -> None:
        self.set_text(text)
        self.submit()

    # --- build ---

    def _example(self, label: str, text: str) -> QPushButton:
        button = QPushButton(label)
        button.setObjectName("example")
        button.setToolTip(text)
        button.setAccessibleName(f"Example: {text}")
        button.clicked.connect(self._on_example)
        return button

    def _more(self, theme: Theme) -> IconButton:
        """Examples in groups."""
        button = IconButton(theme, "chevron-down", "Examples", "quiet", icon_after=True)
        button.setAccessibleName("More examples")
        button.setToolTip("More examples, in groups")
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for group, examples in GROUPS:
            menu.addSection(group)
            for label, text in examples:
                action = menu.addAction(label)
                action.setToolTip(text)
                action.triggered.connect(lambda _checked=False, text=text: self._run(text))
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.line, 1)
        top.addWidget(self.button)
        chips = FlowRow()
        chips.add(self.more)
        for button in self.examples:
            chips.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._words)
        column.addWidget(chips)


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    form = RecurrenceForm(theme)
    form.set_text("T(n) = 2T(n/2) + n, T(1) = 1")
    QVBoxLayout(around).addWidget(form)
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
