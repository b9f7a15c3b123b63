"""HeatMap: the hidden state over time, one row a unit, one column a time step.

Run it alone: python -m studyapp.widgets.heatmap
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from studyapp.theme import Theme
from studyapp.widgets.colours import diverging, picture
from studyapp.widgets.finite import broken, largest
from studyapp.widgets.numbers import figure, steady_top
from studyapp.widgets.time_cursor import TimeCursor
from studyapp.widgets.time_view import TimeView

GRID_FROM = 7  # pixels: cells smaller than this touch each other


class HeatMap(TimeView):
    """Units by time steps, in diverging colours at -1..1, wider where a state leaves that range.

    Up and Down choose a unit. What is no number any more has a colour of its own.

    Signals: see TimeView.
    """

    def __init__(self, theme: Theme, cursor: TimeCursor) -> None:
        super().__init__(
            theme, cursor, "Hidden state over time", "The hidden state h of every unit, at every time step."
        )
        self._hidden: NDArray[np.float64] = np.empty((0, 0))  # [T, h]
        self.scale = 1.0  # the value of the strongest colour
        self._table = diverging(theme.colours)
        theme.changed.connect(self._on_theme_changed)
        self.setMinimumHeight(72)

    def set_hidden(self, hidden: NDArray[np.float64]) -> None:
        """Show `hidden` [T, h]; the cursor must already fit it."""
        self._hidden = hidden
        highest = largest(hidden)
        self.scale = 1.0 if highest <= 1 else steady_top(self.scale, highest)
        self.repoint()
        self.refresh()

    def unit_at(self, y: float) -> int:
        area = self.area()
        units = self.place.units
        return max(0, min(units - 1, int((y - area.top()) / area.height() * units)))

    def words_at(self, t: int, unit: int | None) -> str:
        row = unit or 0
        return f"unit {row + 1}, {self.step_name(t)}: h = {figure(float(self._hidden[t, row]))}"

    def description(self) -> str:
        cursor = self.place
        column = ", ".join(figure(float(v), 2) for v in self._hidden[cursor.t])
        lost = broken(self._hidden)
        said = f"{lost:,} values are no longer numbers. " if lost else ""
        return (
            f"{cursor.units} units, {cursor.steps} time steps, "
            f"values from -{self.scale:g} to {self.scale:g}. {said}"
            f"{self.words_at(cursor.t, cursor.unit)}. All units at {self.step_name(cursor.t)}: {column}."
        )

    def paint(self, painter: QPainter) -> None:
        area = self.area()
        image = picture(self._hidden.T, self.scale, self._table)
        painter.drawImage(area, image, QRectF(image.rect()))
        self._paint_grid(painter, area)
        self._paint_units(painter, area)
        self.paint_cursor(painter)
        cursor = self.place
        cell = area.height() / cursor.units
        column = self.column(cursor.t)
        painter.drawRect(QRectF(column.left(), area.top() + cursor.unit * cell, column.width() - 1, cell - 1))

    def _paint_grid(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(self.colour("card"))
        width, height = area.width() / self.steps, area.height() / self.place.units
        if width >= GRID_FROM:
            for t in range(1, self.steps):
                x = round(area.left() + t * width)
                painter.drawLine(x, int(area.top()), x, int(area.bottom()))
        if height >= GRID_FROM:
            for unit in range(1, self.place.units):
                y = round(area.top() + unit * height)
                painter.drawLine(int(area.left()), y, int(area.right()), y)

    def _paint_units(self, painter: QPainter, area: QRectF) -> None:
        """Numbers of the first, the last and the chosen unit."""
        cursor = self.place
        height = area.height() / cursor.units
        painter.setFont(self.sized(11))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        chosen = area.top() + (cursor.unit + 0.5) * height
        for unit in {0, cursor.units - 1, cursor.unit}:
            middle = area.top() + (unit + 0.5) * height
            if unit != cursor.unit and abs(middle - chosen) < 13:
                continue
            painter.setPen(self.colour("text" if unit == cursor.unit else "muted"))
            painter.drawText(QRectF(0, middle - 8, area.left() - 6, 16), right, f"unit {unit + 1}")

    def _on_theme_changed(self) -> None:
        self._table = diverging(self.theme.colours)
        self.update()


def _show(theme: Theme) -> HeatMap:
    cursor = TimeCursor()
    cursor.fit(24, 16)
    shown = HeatMap(theme, cursor)
    steps, units = np.mgrid[0:24, 0:16]
    shown.set_hidden(np.tanh(np.sin(steps * 0.4 + units) * 1.5))
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
