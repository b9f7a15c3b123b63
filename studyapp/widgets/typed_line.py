"""TypedLine: a formula to type, typeset below at each key, with a palette of signs and names.

What can be read is decided by the reader that is handed in; derives and judges nothing.
Run it alone: python -m studyapp.widgets.typed_line
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.errors import FormulaError
from studyapp.plain_maths import shortened
from studyapp.theme import Theme
from studyapp.widgets.echo_frame import EchoFrame
from studyapp.widgets.flow_row import FlowRow
from studyapp.widgets.formula_key import FormulaKey
from studyapp.widgets.formula_line import LONGEST, FormulaLine
from studyapp.widgets.icon_button import IconButton

Reader = Callable[[str], str]
"""Text -> LaTeX of what is understood. Raises FormulaError for what cannot be read."""

HINT = "It is typeset here while you type, so that you see how it is understood."
NOTHING = "Type something first."
TOO_LONG = f"That is longer than the {LONGEST:,} characters there is room for, so nothing was put in."
CARET = "|"  # in a palette key: where the caret goes on
_GAP = 6  # px between keys of the palette


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the palette: what it shows, what it puts in, and what that is, in words.

    With `latex` it shows that, typeset, in place of `label`.
    """

    label: str
    text: str
    tip: str
    latex: str = ""


SIGNS = (
    Key("∂", "∂", "Partial derivative: ∂L/∂h_t", "\\partial"),
    Key("δ", "δ_", "Delta, the gradient at a pre-activation: δ_t", "\\delta"),
    Key("⊙", " ⊙ ", "Product element by element; * will do where only that fits", "\\odot"),
    Key("ᵀ", "ᵀ", "Transposed: W_hᵀ", "\\square^{\\top}"),
    Key("Σ", "Σ_{t=1}^{T} |", "Sum over time", "\\sum"),
    Key("Π", "Π_{k=T}^{t+1} |", "Product over time, the latest factor first", "\\prod"),
)


class TypedLine(QWidget):
    """The field with its button, the echo or what is wrong, and the palette.

    Signals:
        submitted(str): Enter or the button, and there is a text.
        changed(str): the text is another one.

    Attributes:
        line: the field; Up and Down recall what it remembers.
        button: submits.
        echo: the formula as it is understood; hidden while it cannot be read.
        problem: why not, in words; `caret` shows the place.
        keys: the buttons of the palette.
    """

    submitted = Signal(str)
    changed = Signal(str)

    def __init__(self, theme: Theme, name: str, placeholder: str = "", button: str = "Check") -> None:
        """`name` is for screen readers."""
        super().__init__()
        self._theme = theme
        self._read: Reader | None = None
        self.line = FormulaLine(name, placeholder)
        self.button = IconButton(theme, "check", button, "primary")
        self._words = EchoFrame(theme, self.line)
        self.echo, self.caret, self.problem = self._words.echo, self._words.caret, self._words.problem
        self.keys: list[QPushButton] = []
        self._palette = FlowRow(_GAP)
        self._column = QVBoxLayout(self)
        self._soon = QTimer(self, singleShot=True, interval=0)  # several keys at once: one formula
        self._soon.timeout.connect(self._show_read)
        self._lay_out()
        self.set_names(())
        self.line.textChanged.connect(self._on_text)
        self.line.entered.connect(self._on_entered)
        self.line.refused.connect(self._on_refused)
        self.button.clicked.connect(self.submit)
        self._show_problem(HINT, "")

    # --- what is typed ---

    @property
    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put `text` into the field, the caret after it."""
        self.line.setText(text)
        self.line.setCursorPosition(len(text))

    def set_reader(self, read: Reader | None) -> None:
        """Read with this from now on; None: there is no echo yet."""
        self._read = read
        self._show_read()

    def set_names(self, names: Sequence[Key], signs: Sequence[Key] = SIGNS) -> None:
        """Put these names into the palette, after the signs."""
        old, self._palette = self._palette, FlowRow(_GAP)
        self.keys = [self._key(key) for key in (*signs, *names)]
        for button in self.keys:
            self._palette.add(button)
        self._column.replaceWidget(old, self._palette)
        old.hide()
        old.deleteLater()

    def submit(self) -> None:
        """Hand the text on; the text stays. Also what is not understood: who judges it may say more."""
        if self.text.strip():
            self.submitted.emit(self.text)
        else:
            self._show_problem(NOTHING, "")
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def complain(self, error: FormulaError) -> None:
        """Say what is wrong with the text and put the caret there."""
        self.line.set_invalid(True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if error.text == self.text:
            self.line.setCursorPosition(error.column)
        self._show_problem(error.reason, error.caret())

    def insert(self, text: str) -> None:
        """Put `text` in where the caret is; the caret goes on at its "|", or after it."""
        before, mark, after = text.partition(CARET)
        self.line.insert(before + after)
        if mark:
            self.line.setCursorPosition(self.line.cursorPosition() - len(after))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- slots ---

    def _on_text(self, text: str) -> None:
        self.line.set_invalid(False)
        self._soon.start()
        self.changed.emit(text)

    def _on_entered(self, _text: str) -> None:
        self.submit()

    def _on_refused(self, _sentence: str) -> None:
        self._show_problem(TOO_LONG, "")

    def _show_read(self) -> None:
        """Typeset the text, or say why that cannot be done."""
        text = self.text
        if not text.strip() or self._read is None:
            self._show_problem(HINT, "")
            return
        try:
            latex = self._read(text)
        except FormulaError as error:
            self._show_problem(error.reason, error.caret())
            return
        self._words.show_formula(latex)

    def _show_problem(self, sentence: str, caret: str) -> None:
        self._words.show_words(shortened(sentence), caret)

    # --- build ---

    def _key(self, key: Key) -> QPushButton:
        button = FormulaKey(self._theme, key.label, key.latex)
        button.setToolTip(key.tip)
        button.setAccessibleName(f"Insert {key.label}: {key.tip}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: self.insert(key.text))
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.line, 1)
        top.addWidget(self.button)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(top)
        self._column.addWidget(self._words)
        self._column.addWidget(self._palette)


def _show(theme: Theme) -> QWidget:
    from engine.symbolic.parser import echo

    around = QWidget()
    typed = TypedLine(theme, "Your line")
    typed.set_reader(echo)
    typed.set_text("T(n) = 2T(n/2) + n, T(1) = 1")
    QVBoxLayout(around).addWidget(typed)
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
