"""DaysCard: the study days as a heat map, with how many reviews today, this week and this year.

Run it alone: python -m studyapp.widgets.days_card
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.heat_days import HeatDays

_EPOCH_WEEKDAY = 3  # 1970-01-01 was a Thursday, Monday being 0


class DaysCard(CardFrame):
    """An honest sentence takes the place of the figures until there is a review."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Study days")
        self.heat = HeatDays(theme)
        self.note = QLabel("Your first review will show up here.")
        self.note.setObjectName("muted")
        self._figures = {words: QLabel() for words in ("today", "this week", "in a year")}
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        for words, number in self._figures.items():
            number.setObjectName("h3")
            label = QLabel(words)
            label.setObjectName("small")
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(number)
            column.addWidget(label)
            row.addLayout(column, 1)
        self._row.hide()
        self.note.hide()
        self.body.addStretch()
        self.body.addWidget(self.heat)
        self.body.addStretch()
        self.body.addWidget(self._row)
        self.body.addWidget(self.note)

    def show_days(self, reviews: Sequence[int], today: int, streak: int) -> None:
        """`reviews` a study day over a year, today last; `today` since 1970; `streak` in days."""
        self.heat.show_days(reviews, today)
        in_week = (today + _EPOCH_WEEKDAY) % 7 + 1
        counts = (reviews[-1], sum(reviews[-in_week:]), sum(reviews))
        for label, count in zip(self._figures.values(), counts, strict=True):
            label.setText(f"{count:,}")
        self._row.setVisible(any(reviews))
        self.note.setVisible(not any(reviews))
        self.set_chip(f"{streak} day{'' if streak == 1 else 's'} in a row" if streak else "", "chipgood")


def _show(theme: Theme) -> QWidget:
    shown = DaysCard(theme)
    shown.show_days([day * day % 23 if day % 3 else 0 for day in range(371)], 20_413, 2)
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
