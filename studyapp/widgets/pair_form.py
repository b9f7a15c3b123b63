"""PairForm: two functions of n to compare, typeset as they are understood.

Run it alone: python -m studyapp.widgets.pair_form
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import FormulaError
from engine.symbolic.functions import parse_function
from studyapp.theme import Theme
from studyapp.widgets.echo_frame import EchoFrame
from studyapp.widgets.formula_line import FormulaLine
from studyapp.widgets.icon_button import IconButton
from studyapp.widgets.labels import styled

HINT = "Type two functions of n. They are typeset here, so that you see how they are understood."
_ECHO_HEIGHT = 58  # px: the room of a fraction


class PairForm(QWidget):
    """Signals:
        submitted(str, str): compare these; both can be read.
        changed(): a text is another one.

    Attributes:
        first, second: the fields. button: compares.
    """

    submitted = Signal(str, str)
    changed = Signal()

    def __init__(self, theme: Theme, tip: str = "") -> None:
        """`tip` is for the button."""
        super().__init__()
        self.first, self.second = FormulaLine("f of n", "n log n"), FormulaLine("g of n", "n^2")
        self.button = IconButton(theme, "sigma", "Compare", "primary")
        self.button.setToolTip(tip)
        self._words = EchoFrame(theme, self.first, height=_ECHO_HEIGHT)
        self.problem, self.caret, self.echo = self._words.problem, self._words.caret, self._words.echo
        self._lay_out()
        for line in (self.first, self.second):
            line.textChanged.connect(self._on_text)
            line.entered.connect(lambda _text: self.submit())
            line.refused.connect(self._words.show_words)
        self.button.clicked.connect(self.submit)
        self._show()

    @property
    def texts(self) -> tuple[str, str]:
        """f and g as they are typed."""
        return self.first.text(), self.second.text()

    def set_texts(self, first: str, second: str) -> None:
        """Put these into the fields."""
        self.first.setText(first)
        self.second.setText(second)

    def submit(self) -> None:
        """Compare them, or point at what cannot be read."""
        for line in (self.first, self.second):
            try:
                parse_function(line.text())
            except FormulaError as error:
                line.set_invalid(True)
                line.setFocus(Qt.FocusReason.OtherFocusReason)
                line.setCursorPosition(error.column)
                self._words.show_words(error.reason, error.caret())
                return
        for line in (self.first, self.second):
            line.remember(line.text())
        self.submitted.emit(*self.texts)

    def take_keyboard(self) -> None:
        self.first.selectAll()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text(self, _text: str) -> None:
        for line in (self.first, self.second):
            line.set_invalid(False)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """What is typed so far, or what is wrong with it."""
        shown = []
        for name, text in zip("fg", self.texts, strict=True):
            if not text.strip():
                continue
            try:
                found = parse_function(text)
            except FormulaError as error:
                self._words.show_words(f"{name}: {error.reason}", error.caret())
                return
            shown.append(f"{name}({found.names.variable}) = {found.latex}")
        if shown:
            self._words.show_formula(r",\qquad ".join(shown))
        else:
            self._words.show_words(HINT)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for name, line in (("f =", self.first), ("g =", self.second)):
            top.addWidget(styled("muted", name))
            top.addWidget(line, 1)
        top.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._words)


def _show(theme: Theme) -> PairForm:
    form = PairForm(theme)
    form.set_texts("log n", "sqrt n")
    return form


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
