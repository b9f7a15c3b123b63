"""EchoFrame: what was typed, as it is understood, or why it is not. Reads nothing itself.

Run it alone: python -m studyapp.widgets.echo_frame
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from studyapp.mathtext.label import MathLabel
from studyapp.theme import Theme
from studyapp.widgets.labels import styled


class EchoFrame(QFrame):
    """A formula, or a sentence with a caret above it. No signals.

    Attributes:
        echo: the formula; hidden while there is a sentence.
        problem: the sentence; `caret` shows the place.
    """

    def __init__(self, theme: Theme, field: QWidget, px: int = 18, height: int = 64) -> None:
        """`field` is where one types: screen readers are told there.

        `px` is one em of the formula; `height` has room for a fraction, or for three lines of words.
        """
        super().__init__()
        self._field = field
        self.setObjectName("inset")
        self.setMinimumHeight(height)
        self.echo = MathLabel(theme, px)
        self.echo.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.caret, self.problem = styled("mono"), styled("muted", wrap=True)
        for label in (self.caret, self.problem):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.caret.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(2)
        column.addStretch()
        for widget in (self.echo, self.caret, self.problem):
            column.addWidget(widget)
        column.addStretch()

    def show_formula(self, latex: str) -> None:
        """Typeset what is understood."""
        self.echo.set_tex(latex)
        self.echo.show()
        self.caret.hide()
        self.problem.hide()
        self._field.setAccessibleDescription(f"Understood as {latex}")

    def show_words(self, sentence: str, caret: str = "") -> None:
        """Say `sentence`; `caret` is the text with a mark below it, or empty."""
        self.echo.hide()
        self.caret.setText(caret)
        self.caret.setVisible(bool(caret.strip(" ^\n")))
        self.problem.setText(sentence)
        self.problem.show()
        self._field.setAccessibleDescription(sentence)


def _show(theme: Theme) -> EchoFrame:
    around = QFrame()
    frame = EchoFrame(theme, around)
    frame.show_formula(r"T(n) = 2\,T\left(\frac{n}{2}\right) + n")
    return frame


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
