"""SessionLog: the reviews of this sitting, newest first. Knows only the words it is given."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from content.records import Rating
from studyapp.widgets.plain_words import plain_words

_SHOWN = 10
_LONGEST = 70  # characters of a question: two lines
_CHIPS = {
    Rating.AGAIN: "chipbad",
    Rating.HARD: "chipwarn",
    Rating.GOOD: "chipgood",
    Rating.EASY: "chipaccent",
}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One review: the question as Markdown, its topic, how it was rated, when it comes back."""

    question: str
    topic: str
    rating: Rating
    wait: str


class SessionLog(QFrame):
    """A panel with one entry a review: question, rating, wait."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._entries: list[Reviewed] = []
        self._title = QLabel("This sitting")
        self._title.setObjectName("h2")
        self._summary = QLabel()
        self._summary.setObjectName("muted")
        self._summary.setWordWrap(True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._summary)
        column.addLayout(self._rows)
        column.addStretch(1)
        self._redraw()

    @property
    def entries(self) -> tuple[Reviewed, ...]:
        """The reviews of this sitting, oldest first."""
        return tuple(self._entries)

    def add(self, review: Reviewed) -> None:
        """A review was done."""
        self._entries.append(review)
        self._redraw()

    def take_back(self) -> None:
        """The last review was undone; nothing happens if it was of an earlier sitting."""
        if self._entries:
            self._entries.pop()
            self._redraw()

    def _redraw(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        known = sum(entry.rating is not Rating.AGAIN for entry in self._entries)
        total = len(self._entries)
        self._summary.setText(
            f"{total} reviewed, {known} remembered ({100 * known / total:.0f}\N{NO-BREAK SPACE}%)."
            if total
            else "Your answers are listed here as you go. Z takes the last one back."
        )
        self._summary.setToolTip("Remembered: rated Hard, Good or Easy, not Again" if total else "")
        for entry in reversed(self._entries[-_SHOWN:]):
            self._rows.addWidget(_row(entry))


def _row(review: Reviewed) -> QWidget:
    made = QWidget()
    made.setToolTip(review.topic)
    name = QLabel(plain_words(review.question, _LONGEST))
    name.setTextFormat(Qt.TextFormat.PlainText)
    name.setWordWrap(True)
    chip = QLabel(review.rating.name.capitalize())
    chip.setObjectName(_CHIPS[review.rating])
    wait_label = QLabel(review.wait)
    wait_label.setObjectName("small")
    wait_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row = QHBoxLayout()
    row.addWidget(chip)
    row.addStretch(1)
    row.addWidget(wait_label)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(3)
    column.addWidget(name)
    column.addLayout(row)
    return made
