"""RatingBar: Again, Hard, Good, Easy, each with what it would do to the card. Knows no card and no bank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from content.records import Prospect, Rating
from studyapp.theme import Theme

_TIPS = {
    Rating.AGAIN: "You did not know it. It comes back within this session.",
    Rating.HARD: "You knew it, with great effort or in part.",
    Rating.GOOD: "You knew it after a moment's thought.",
    Rating.EASY: "You knew it at once.",
}


class RatingBar(QWidget):
    """Four buttons with the wait that each would lead to.

    Signals:
        rated(object): the `Rating` that was chosen.
    """

    rated = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._buttons: dict[Rating, RatingButton] = {}
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for column, rating in enumerate(Rating):
            button = RatingButton(theme, rating)
            button.clicked.connect(self._on_clicked)
            row.addWidget(button, 0, column)
            row.setColumnStretch(column, 1)
            self._buttons[rating] = button

    def button(self, rating: Rating) -> RatingButton:
        return self._buttons[rating]

    def show_prospects(self, prospects: Sequence[Prospect]) -> None:
        """Put the waits on the buttons."""
        for prospect in prospects:
            self._buttons[prospect.rating].set_wait(prospect.wait)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, RatingButton):
            self.rated.emit(sender.rating)


class RatingButton(QPushButton):
    """One rating: its name in its colour, its key, and its wait."""

    _COLOURS: ClassVar = {
        Rating.AGAIN: "bad",
        Rating.HARD: "warn",
        Rating.GOOD: "good",
        Rating.EASY: "accent",
    }

    def __init__(self, theme: Theme, rating: Rating) -> None:
        super().__init__()
        self.rating = rating
        self.setObjectName("rating")
        self._theme = theme
        self._name = QLabel(rating.name.capitalize())
        self._wait = QLabel()
        self._wait.setObjectName("small")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 9, 8, 9)
        column.setSpacing(1)
        for label in (self._name, self._wait):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._recolour)
        self._recolour()

    def set_wait(self, wait: str) -> None:
        """Show when the card would come back, e.g. "10 min"."""
        name = self.rating.name.capitalize()
        self._wait.setText(f"{wait}   ·   key {int(self.rating)}")
        self.setAccessibleName(f"{name}, comes back in {wait}")
        self.setToolTip(f"{_TIPS[self.rating]} Comes back in {wait}.  ({int(self.rating)})")

    def _recolour(self) -> None:
        colour = getattr(self._theme.colours, self._COLOURS[self.rating])
        self._name.setStyleSheet(f"color: {colour}; font-weight: 600; background: transparent;")
