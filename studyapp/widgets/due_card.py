"""DueCard: how many cards wait today, and the button that begins.

Run it alone: python -m studyapp.widgets.due_card
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from content.records import Counts
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.icon_button import IconButton


class DueCard(CardFrame):
    """A number, what it is made of, and one button.

    Signals:
        review(): the student wants to begin the review.
        quiz(): nothing is due, the student wants a quiz instead.
    """

    review = Signal()
    quiz = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("Due today")
        self._number, self._words = QLabel("–"), QLabel()
        self._number.setObjectName("huge")
        self._words.setObjectName("muted")
        self._words.setWordWrap(True)
        self.button = IconButton(theme, "play", "Start review", "primary")
        self.button.setEnabled(False)
        self.button.clicked.connect(self._on_clicked)
        self._done = False
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._number)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.body.addWidget(self.button)

    def show_counts(self, counts: Counts, now_ms: int) -> None:
        """Show these counts; `now_ms` is UTC milliseconds, to say how long the next card waits."""
        self._done = counts.total == 0
        self._number.setText("0" if self._done else str(counts.total))
        self._words.setText(_done_words(counts, now_ms) if self._done else _parts(counts))
        self.button.set_words(*(("list-checks", "Take a quiz") if self._done else ("play", "Start review")))
        self.button.setEnabled(True)
        self.set_chip("Done" if self._done else "", "chipgood")

    def _on_clicked(self) -> None:
        if self._done:
            self.quiz.emit()
        else:
            self.review.emit()


def _parts(counts: Counts) -> str:
    kinds = ((counts.new, "new"), (counts.learning, "being learnt"), (counts.review, "to review"))
    found = [(number, words) for number, words in kinds if number]
    if len(found) == 1:
        return f"{'card' if found[0][0] == 1 else 'cards'}, {'all ' if found[0][0] > 1 else ''}{found[0][1]}"
    return "\n".join(f"{number} {words}" for number, words in found)


def _done_words(counts: Counts, now_ms: int) -> str:
    wait = counts.next_ms - now_ms
    if wait <= 0:
        return "All of today's cards are done. New ones come tomorrow."
    minutes = max(1, round(wait / 60_000))
    return f"All done for now. The next card comes back in about {minutes} min."


def _show(theme: Theme) -> QWidget:
    shown = DueCard(theme)
    shown.show_counts(Counts(new=6, learning=2, review=18), 0)
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
