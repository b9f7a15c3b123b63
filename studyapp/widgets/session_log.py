"""SessionLog: the reviews of this sitting, newest first. Knows only the words it is given."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from content.records import Rating

_SHOWN = 10
_CHIPS = {
    Rating.AGAIN: "chipbad",
    Rating.HARD: "chipwarn",
    Rating.GOOD: "chipgood",
    Rating.EASY: "chipaccent",
}


class SessionLog(QFrame):
    """A panel with one line a review: topic, rating, wait."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._entries: list[tuple[str, Rating, str]] = []
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
    def entries(self) -> tuple[tuple[str, Rating, str], ...]:
        """(topic, rating, wait) of each review, oldest first."""
        return tuple(self._entries)

    def add(self, topic: str, rating: Rating, wait: str) -> None:
        """A review was done."""
        self._entries.append((topic, rating, wait))
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
        known = sum(rating is not Rating.AGAIN for _, rating, _ in self._entries)
        total = len(self._entries)
        self._summary.setText(
            f"{total} reviewed, {known} known ({known / total:.0%})."
            if total
            else "Your answers are listed here as you go. Z takes the last one back."
        )
        for entry in reversed(self._entries[-_SHOWN:]):
            self._rows.addWidget(_row(*entry))


def _row(topic: str, rating: Rating, wait: str) -> QWidget:
    made = QWidget()
    name = QLabel(topic)
    name.setWordWrap(True)
    chip = QLabel(rating.name.capitalize())
    chip.setObjectName(_CHIPS[rating])
    wait_label = QLabel(wait)
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
