"""RefusalCard: why a derivation was not done, where the reason is in the text, and what to try instead.

Run it alone: python -m studyapp.widgets.refusal_card
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from engine.errors import FormulaError
from engine.symbolic.report import Refusal
from studyapp import assets
from studyapp.mathtext.label import MathLabel
from studyapp.theme import Theme
from studyapp.widgets.labels import styled

_ICON = 22


class RefusalCard(QFrame):
    """A refusal is an answer like any other, so it is said calmly. No signals."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._icon, self.title = QLabel(), styled("h2")
        self.reason, self.way_out = QLabel(), styled("muted", wrap=True)
        self.reason.setWordWrap(True)
        self.problem = MathLabel(theme, 18)
        self.caret = styled("mono")
        self.caret.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for label in (self.reason, self.way_out, self.caret):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()

    def set_refusal(self, refusal: Refusal) -> None:
        """Show `refusal`."""
        about_problem = refusal.column >= 0 or bool(refusal.problem) or bool(refusal.line)
        title = "This one is not solved here" if about_problem else "No answer this time"
        self.title.setText(f"Refused: line {refusal.line}" if refusal.line else title)
        self.reason.setText(refusal.reason)
        self.way_out.setText(refusal.way_out)
        self.problem.set_tex(refusal.problem)
        text, column = _place(refusal)
        placed = (refusal.column >= 0 or bool(refusal.line)) and bool(text.strip())
        self.problem.setVisible(bool(refusal.problem) and not placed)
        self.caret.setText(FormulaError(refusal.reason, text, column).caret() if placed else "")
        self.caret.setVisible(placed)
        self.setAccessibleName(refusal.reason)
        self.setAccessibleDescription(refusal.way_out)

    def _tint(self) -> None:
        self._icon.setPixmap(assets.icon("info", self._theme.colours.accent, size=_ICON).pixmap(_ICON, _ICON))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(8)
        for widget in (self.title, self.problem, self.caret, self.reason, self.way_out):
            words.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 16, 18, 16)
        row.setSpacing(14)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


def _place(refusal: Refusal) -> tuple[str, int]:
    """What the column counts in, and the column: of code in the line that it is about, without its indent."""
    lines = refusal.text.split("\n")
    if not 0 < refusal.line <= len(lines):
        return refusal.text, max(0, refusal.column)
    line = lines[refusal.line - 1]
    return line.strip(), max(0, refusal.column - (len(line) - len(line.lstrip())))


def _show(theme: Theme) -> RefusalCard:
    card = RefusalCard(theme)
    text = "T(n) = T(n-1)^2"
    card.set_refusal(Refusal("The recurrence is not linear.", "Try constant factors.", text, 7))
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
