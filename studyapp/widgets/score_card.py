"""ScoreCard: how an exercise went, and what to do next.

Run it alone: python -m studyapp.widgets.score_card
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studyapp.theme import Theme
from studyapp.widgets.labels import styled

SAME, ANOTHER, HARDER = "The same again", "Another one", "Harder"


class ScoreCard(QFrame):
    """Shown when the last gap is filled.

    Signals:
        asked(str): one of SAME, ANOTHER, HARDER.
    """

    asked = Signal(str)

    def __init__(self, _theme: Theme) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.big, self.words = styled("big"), styled("muted", wrap=True)
        self.buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        beside = QVBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.words)
        beside.addLayout(self._row)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(18)
        row.addWidget(self.big, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(beside, 1)

    def show_score(self, at_once: int, total: int, wrong: int, shown: int, offered: Sequence[str]) -> None:
        """Show these counts, and `offered` as buttons, the main one first."""
        self.big.setText(f"{at_once}/{total}")
        self.words.setText(score_words(at_once, total, wrong, shown))
        self.setAccessibleName(self.words.text())
        for old in self.buttons.values():
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for number, label in enumerate(offered):
            button = QPushButton(label)
            button.setObjectName("" if number else "primary")
            button.clicked.connect(lambda _checked=False, name=label: self.asked.emit(name))
            self._row.insertWidget(number, button)
            self.buttons[label] = button
        self.show()
        self.buttons[offered[0]].setFocus(Qt.FocusReason.OtherFocusReason)


def score_words(at_once: int, total: int, wrong: int, shown: int) -> str:
    """ "9 of 12 right at the first try; 4 wrong answers on the way, 1 answer looked at"."""
    if at_once == total:
        return f"All {total} right at the first try."
    more = [f"{wrong} wrong answer{'s' * (wrong != 1)} on the way"] if wrong else []
    more += [f"{shown} answer{'s' * (shown != 1)} looked at"] if shown else []
    tail = f"; {', '.join(more)}" if more else ""
    return f"{at_once} of {total} right at the first try{tail}."


def _show(theme: Theme) -> QWidget:
    card = ScoreCard(theme)
    card.show_score(9, 12, 4, 1, (ANOTHER, HARDER, SAME))
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
