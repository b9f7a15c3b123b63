"""HeatDays: how many reviews on each study day, a column a week, as many weeks as there is room for.

Run it alone: python -m studyapp.widgets.heat_days
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studyapp.theme import Theme
from studyapp.widgets.painted import Painted

MOST_WEEKS = 53
_SMALLEST, _LARGEST = 11, 22  # px of a cell
_FEWEST_WEEKS = 18  # before cells grow
_GAP = 3.0
_LABELS = 30.0  # px for the names of the days
_MONTHS = 17.0  # px for the names of the months
_EPOCH = date(1970, 1, 1)
_FAINTEST, _STRONGEST = 80, 255  # opacity of the accent


class HeatDays(Painted):
    """Seven rows, Monday on top; today is in the last column and has a ring around it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Study days")
        self._reviews: tuple[int, ...] = ()
        self._today = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(7 * (_SMALLEST + _GAP) + _MONTHS))

    def show_days(self, reviews: Sequence[int], today: int) -> None:
        """`reviews` a study day, oldest first, today last; `today` counts days since 1970-01-01."""
        self._reviews, self._today = tuple(reviews), today
        self.describe()
        self.update()

    @property
    def empty(self) -> bool:
        return not self._reviews

    def description(self) -> str:
        days, whole = sum(1 for number in self._reviews if number), len(self._reviews)
        return f"{sum(self._reviews)} reviews on {days} of the last {whole} days, {self._reviews[-1]} today"

    @property
    def weeks(self) -> int:
        """How many columns are shown."""
        fitting = int((self.width() - _LABELS + _GAP) // (self._cell + _GAP))
        return max(1, min(MOST_WEEKS, fitting))

    def day_at(self, point: QPointF) -> int | None:
        """The study day under this point, None outside the days shown."""
        step = self._cell + _GAP
        column, row = int((point.x() - _LABELS) // step), int((point.y() - _MONTHS) // step)
        if not (0 <= column < self.weeks and 0 <= row < 7 and point.x() >= _LABELS):
            return None
        day = self._monday - 7 * (self.weeks - 1 - column) + row
        return day if day <= self._today else None

    def paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max(self._reviews)
        for column in range(self.weeks):
            monday = self._monday - 7 * (self.weeks - 1 - column)
            self._paint_month(painter, column, monday)
            for row in range(7):
                if monday + row <= self._today:
                    self._paint_day(painter, column, row, monday + row, most)
        self._paint_names(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(round(7 * (self._cell + _GAP) + _MONTHS))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if day is None else self.words(day), self)
            return True
        return super().event(event)

    def words(self, day: int) -> str:
        """What happened on this study day."""
        number, when = self._on(day), _EPOCH + timedelta(days=day)
        return f"{number} {'review' if number == 1 else 'reviews'} on {when:%A}, {when.day} {when:%B %Y}"

    @property
    def _cell(self) -> float:
        fitting = (self.width() - _LABELS + _GAP) / _FEWEST_WEEKS - _GAP
        return float(max(_SMALLEST, min(_LARGEST, int(fitting))))

    @property
    def _monday(self) -> int:
        return self._today - (_EPOCH + timedelta(days=self._today)).weekday()

    def _on(self, day: int) -> int:
        place = len(self._reviews) - 1 - (self._today - day)
        return self._reviews[place] if 0 <= place < len(self._reviews) else 0

    def _room(self, column: int, row: int) -> QRectF:
        step = self._cell + _GAP
        return QRectF(_LABELS + column * step, _MONTHS + row * step, self._cell, self._cell)

    def _paint_day(self, painter: QPainter, column: int, row: int, day: int, most: int) -> None:
        number, room = self._on(day), self._room(column, row)
        strength = _FAINTEST + round((_STRONGEST - _FAINTEST) * number / most) if number else 0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour("accent", strength) if number else self.colour("raised"))
        painter.drawRoundedRect(room, 3, 3)
        if day == self._today:
            painter.setPen(self.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _paint_month(self, painter: QPainter, column: int, monday: int) -> None:
        first = next((d for d in range(monday, monday + 7) if (_EPOCH + timedelta(days=d)).day == 1), None)
        if first is None or column > self.weeks - 3:
            return
        painter.setPen(self.colour("muted"))
        painter.setFont(self.sized(11))
        where = QRectF(self._room(column, 0).x(), 0, 40, _MONTHS - 3)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(where, flags, f"{_EPOCH + timedelta(days=first):%b}")

    def _paint_names(self, painter: QPainter) -> None:
        painter.setPen(self.colour("muted"))
        painter.setFont(self.sized(11))
        for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri")):
            where = QRectF(0, self._room(0, row).y(), _LABELS - 4, self._cell)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)


def _show(theme: Theme) -> QWidget:
    shown = HeatDays(theme)
    shown.show_days([day * day % 23 if day % 3 else 0 for day in range(200)], 20_413)
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
