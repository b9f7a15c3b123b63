"""VerdictCard: what became of a student's line: one of five verdicts, where it breaks, and what to do next.

Run it alone: python -m studyapp.widgets.verdict_card
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.symbolic.report import Judged, Verdict
from studyapp import assets
from studyapp.mathtext.view import MathView
from studyapp.plain_maths import shortened, typeset
from studyapp.theme import Theme
from studyapp.widgets.labels import styled
from studyapp.widgets.numbers import MINUS

SHAPES = "The shapes do not fit"
_ABOUT_SHAPES = re.compile(r"\bshapes?\b|\b(?:does|do) not fit\b")
_ICON = 20  # px


@dataclass(frozen=True, slots=True)
class Look:
    """How a verdict is shown: its words, icon and colour."""

    title: str
    icon: str
    colour: str


LOOKS = {
    Judged.RIGHT: Look("Right", "circle-check", "good"),
    Judged.SKIPS: Look("True, but it skips a step", "skip-forward", "accent"),
    Judged.CONVENTION: Look("True under another convention", "info", "warn"),
    Judged.WRONG: Look("Not so", "circle-x", "bad"),
    Judged.UNREADABLE: Look("This cannot be read", "circle-alert", "warn"),
}
NEXT, AGAIN, SHOW, GO_ON = "Next line", "Try again", "Show the line", "Go on from there"
OFFERED = {  # the first one is the main one
    Judged.RIGHT: (NEXT,),
    Judged.SKIPS: (NEXT, SHOW),
    Judged.CONVENTION: (AGAIN, SHOW, NEXT),
    Judged.WRONG: (AGAIN, SHOW),
    Judged.UNREADABLE: (AGAIN, SHOW),
}


class VerdictCard(QFrame):
    """One verdict at a time; hidden while there is none.

    Signals:
        asked(str): one of NEXT, AGAIN, SHOW, GO_ON was clicked.

    Attributes:
        verdict: what is shown.
        buttons: label -> button.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("inset")
        self._theme = theme
        self.verdict: Verdict | None = None
        self._icon, self._title = QLabel(), styled("h3")
        self.mistake = styled("chipbad")
        self.where = styled("mono", wrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence = MathView(theme, 14)
        self.sentence.fit_to_content()
        self.sentence.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        theme.changed.connect(self._tint)
        self.hide()

    def show_verdict(self, verdict: Verdict, offered: Sequence[str] | None = None) -> None:
        """Show `verdict`; `offered` are the buttons, the main one first, if not the usual ones."""
        self.verdict = verdict
        look = LOOKS[verdict.judged]
        title = SHAPES if is_about_shapes(verdict) else look.title
        self._title.setText(title)
        self.mistake.setText(shortened(verdict.mistake))
        self.mistake.setVisible(bool(verdict.mistake))
        words = shortened(verdict.sentence)
        self.sentence.set_markdown(typeset(words) if verdict.judged is Judged.UNREADABLE else words)
        self.sentence.setVisible(bool(verdict.sentence))
        self.where.setText(shortened(difference(verdict)))
        self.where.setVisible(bool(self.where.text()))
        self._offer(OFFERED[verdict.judged] if offered is None else offered)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{verdict.mistake} {verdict.sentence} {self.where.text()}".strip())
        self._tint()
        self.show()

    def show_words(self, title: str, sentence: str) -> None:
        """Something went wrong on the way, which is no verdict on the line."""
        self.show_verdict(Verdict(Judged.UNREADABLE, sentence), (AGAIN,))
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Another title for the verdict that is shown."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def clear(self) -> None:
        """No verdict."""
        self.verdict = None
        self.hide()

    def _offer(self, labels: Sequence[str]) -> None:
        for old in self.buttons.values():
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for number, label in enumerate(labels):
            button = QPushButton(label)
            button.setObjectName("ghost" if number else "primary")
            button.clicked.connect(lambda _checked=False, name=label: self.asked.emit(name))
            self._row.insertWidget(number, button)
            self.buttons[label] = button
        self._buttons.setVisible(bool(labels))

    def _tint(self) -> None:
        if self.verdict is None:
            return
        look = LOOKS[self.verdict.judged]
        tint = getattr(self._theme.colours, look.colour)
        self._icon.setPixmap(assets.icon(look.icon, tint, size=_ICON).pixmap(_ICON, _ICON))
        self._title.setStyleSheet(f"color: {tint}")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self.mistake)
        head.addStretch(1)
        self._buttons = QWidget()
        self._row = QHBoxLayout(self._buttons)
        self._row.setContentsMargins(0, 4, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addLayout(head)
        for widget in (self.sentence, self.where, self._buttons):
            words.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


def is_about_shapes(verdict: Verdict) -> bool:
    """Whether a line cannot be read because its shapes do not fit each other."""
    return verdict.judged is Judged.UNREADABLE and bool(_ABOUT_SHAPES.search(verdict.sentence))


def difference(verdict: Verdict) -> str:
    """The first place where the numbers differ: "t = 2, row 1: yours 0.12, should be 0.34"."""
    if verdict.yours is None or verdict.right is None:
        return verdict.where
    numbers = f"yours {_number(verdict.yours)}, should be {_number(verdict.right)}"
    return f"{verdict.where}: {numbers}" if verdict.where else numbers[0].upper() + numbers[1:]


def _number(value: float) -> str:
    return f"{value:.4g}".replace("-", MINUS)


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    column = QVBoxLayout(around)
    sentence = "The rows and columns of $W_h$ are exchanged: going back needs $W_h^\\top$."
    for judged in Judged:
        card = VerdictCard(theme)
        wrong = judged is Judged.WRONG
        numbers = ("t = 2, row 1", 0.12, 0.34, "W not transposed") if wrong else ("", None, None, "")
        card.show_verdict(Verdict(judged, sentence, "", 3, *numbers))
        column.addWidget(card)
    column.addStretch(1)
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
